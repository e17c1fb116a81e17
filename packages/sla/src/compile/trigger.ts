// Reads triggers and conditions of a policy.

import { memberPath, type Reader, type UnknownRecord } from '@clientele/core'
import { type Table as ConditionTable, compileWith, type VocabularyTable } from '@clientele/core/condition'
import type { Issue } from '../issue.js'
import type { Ask } from '../table.js'

export type PolicyReader = Reader<Issue>

/** What the parts of a policy are compiled with. */
export interface Work {
  readonly reader: PolicyReader
  readonly vocabulary: VocabularyTable | undefined
  /** Names of the calendars, as rows of `hours`. */
  readonly calendars: readonly string[]
}

const MOST_EVENTS = 1_000
const TRIGGER_KEYS = ['on', 'when'] as const

/** Whether a condition that compiled asks for the time of the line. */
export const asksTime = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(asksTime)
  if (typeof value !== 'object' || value === null) return false
  if (Object.hasOwn(value, 'fact') && Object.hasOwn(value, 'within')) return true
  return Object.entries(value).some(([key, inner]) => key !== 'meta' && asksTime(inner))
}

/** A condition, `undefined` when there is none or it was refused. */
export const readCondition = (
  { reader, vocabulary }: Work,
  value: unknown,
  path: string,
): ConditionTable | undefined =>
  value === undefined ? undefined : compileWith(reader, value, path, { vocabulary, undeclared: ['event'] })

const readEvents = (reader: PolicyReader, value: unknown, path: string): ReadonlySet<string> | undefined => {
  if (!Array.isArray(value)) {
    const name = reader.text(value, path)
    return name === undefined ? undefined : new Set([name])
  }
  const names = reader.list(value, path, MOST_EVENTS).map((name, i) => reader.text(name, memberPath(path, i)))
  if (names.length === 0) return reader.badValue(value, path, 'the name of an event, or several')
  return new Set(names.filter((name) => name !== undefined))
}

/** The trigger in a record that may have other keys too; `undefined` when it names nothing. */
export const readAsk = (work: Work, record: UnknownRecord, path: string, bit: number): Ask | undefined => {
  const { reader } = work
  const on = reader.member(record, 'on')
  const when = reader.member(record, 'when')
  if (on === undefined && when === undefined) return undefined
  const events = on === undefined ? undefined : readEvents(reader, on, memberPath(path, 'on'))
  return { bit, events, when: readCondition(work, when, memberPath(path, 'when')) }
}

/** A trigger of its own, with `extra` keys read elsewhere. */
export const readTrigger = (
  work: Work,
  value: unknown,
  path: string,
  bit: number,
  extra: readonly string[] = [],
): Ask | undefined => {
  const record = work.reader.object(value, path, [...TRIGGER_KEYS, ...extra])
  if (record === undefined) return undefined
  return readAsk(work, record, path, bit) ?? work.reader.report({ code: 'no-trigger', path })
}
