// What the readers of a policy share: where issues go, the vocabulary, the calendars by name.

import {
  memberPath,
  type Reader,
  type UnknownRecord,
  WEEKDAYS,
  type WindowTable,
  type Zone,
} from '@clientele/core'
import { type Table as ConditionTable, compileWith, type VocabularyTable } from '@clientele/core/condition'
import type { Issue } from '../issue.js'
import type { KeyPart, ZonedWindow } from '../table.js'

export type PolicyReader = Reader<Issue>

export interface Work {
  readonly reader: PolicyReader
  readonly vocabulary: VocabularyTable | undefined
  readonly calendars: readonly string[]
}

/** Whether a condition asks for the moment of asking anywhere. */
const asksTime = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(asksTime)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, part]) =>
    key === 'within' ? true : key !== 'meta' && asksTime(part),
  )
}

/** Compiles a condition; `undefined` when it is absent. */
export const readCondition = (work: Work, value: unknown, path: string): ConditionTable | undefined => {
  if (value === undefined) return undefined
  const table = compileWith(work.reader, value, path, { vocabulary: work.vocabulary, undeclared: ['event'] })
  if (table !== undefined && asksTime(value)) work.reader.report({ code: 'timed-condition', path })
  return table
}

const FORBIDDEN = ['__proto__', 'constructor', 'prototype']
const KEY = /^[^.[\]]+(?:\.[^.[\]]+)*$/
const MOST_KEYS = 8

/** The keys of a rule: the recipient alone when absent. */
export const readPer = ({ reader }: Work, value: unknown, path: string): readonly KeyPart[] => {
  if (value === undefined) return ['recipient']
  return reader.list(value, path, MOST_KEYS).flatMap((each, i): KeyPart[] => {
    const at = memberPath(path, i)
    const name = reader.text(each, at)
    if (name === undefined) return []
    if (name === 'recipient') return ['recipient']
    const parts = name.split('.')
    if (name.length <= 500 && KEY.test(name) && !parts.some((part) => FORBIDDEN.includes(part)))
      return [parts]
    reader.badValue(name, at, '"recipient" or the path of a fact, such as "debt" or "account.id"')
    return []
  })
}

/** The recipient's zone is `undefined`. */
export const readZone = ({ reader }: Work, value: unknown, path: string): Zone | undefined =>
  value === undefined || value === 'recipient' ? undefined : reader.zone(value, path)

const UNITS = ['hour', 'day', 'week', 'month', 'year'] as const
const MOST_DAYS = 36_600
const KINDS = ['rolling', 'civilDays', 'calendar', 'lifetime'] as const
const NOTHING: WindowTable = { kind: 'lifetime' }

const readKind = (
  { reader }: Work,
  record: UnknownRecord,
  kind: (typeof KINDS)[number],
  path: string,
): WindowTable | undefined => {
  const at = memberPath(path, kind)
  const value = reader.member(record, kind)
  if (kind === 'rolling') {
    const millis = reader.duration(value, at)
    if (millis === undefined) return undefined
    if (millis > 0 && millis % 1_000 === 0) return { kind, seconds: millis / 1_000 }
    return reader.badValue(value, at, 'more than nothing, in whole seconds')
  }
  if (kind === 'civilDays') {
    const days = reader.integer(value, at, 1, MOST_DAYS)
    return days === undefined ? undefined : { kind, days }
  }
  if (kind === 'lifetime') return value === true ? { kind } : reader.badValue(value, at, 'true')
  const unit = reader.word(value, at, UNITS)
  const start = reader.member(record, 'weekStart')
  const first = start === undefined ? 'mon' : reader.word(start, memberPath(path, 'weekStart'), WEEKDAYS)
  if (unit === undefined || first === undefined) return undefined
  return { kind, unit, weekStart: WEEKDAYS.indexOf(first) }
}

/** The window of a rule; an absent one lasts for ever. */
export const readWindow = (work: Work, value: unknown, path: string): ZonedWindow => {
  const forever: ZonedWindow = { window: NOTHING, zone: undefined, local: false }
  if (value === undefined) return forever
  const { reader } = work
  const record = reader.object(value, path, [...KINDS, 'weekStart', 'zone'])
  if (record === undefined) return forever
  const kinds = KINDS.filter((kind) => reader.member(record, kind) !== undefined)
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1) {
    reader.badValue(
      value,
      path,
      `one of ${KINDS.join(', ')}, given ${kinds.length === 0 ? 'none' : kinds.join(' and ')}`,
    )
    return forever
  }
  const window = readKind(work, record, kind, path)
  if (window === undefined) return forever
  const zone = readZone(work, reader.member(record, 'zone'), memberPath(path, 'zone'))
  const zoned = window.kind === 'civilDays' || window.kind === 'calendar'
  return { window, zone: zoned ? zone : undefined, local: zoned && zone === undefined }
}
