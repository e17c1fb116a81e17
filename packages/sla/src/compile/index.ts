// From the JSON form to a table. Every issue is collected, also those of the calendars and conditions inside; nothing is
// thrown.

import {
  compileWith as compileCalendar,
  type Issue as CalendarIssue,
  type Table as CalendarTable,
} from '@clientele/calendar'
import {
  COMMON_KEYS,
  type Either,
  left,
  memberPath,
  type NonEmptyArray,
  orThrow,
  Reader,
  right,
  type UnknownRecord,
} from '@clientele/core'
import { vocabularyWith } from '@clientele/core/condition'
import { type Issue, message } from '../issue.js'
import { type Definition, VERSION } from '../model.js'
import { type ClockTable, type Hours, type Table, targetColumns, type TargetRow } from '../table.js'
import { readClock } from './clock.js'
import type { PolicyReader } from './trigger.js'

const POLICY_KEYS = [...COMMON_KEYS, 'id', 'calendars', 'clocks']
const MOST_CALENDARS = 1_000
const MOST_CLOCKS = 200
const MOST_TARGETS = 10_000

const readCalendars = (reader: PolicyReader, record: UnknownRecord): readonly Hours[] => {
  const value = reader.member(record, 'calendars')
  if (value === undefined) return []
  return reader.entries(value, 'calendars', MOST_CALENDARS).map(([name, definition]) => {
    const own = new Reader<CalendarIssue>()
    const calendar: CalendarTable | undefined = compileCalendar(
      own,
      definition,
      memberPath('calendars', name),
    )
    for (const issue of own.issues) reader.report(issue)
    return { name, calendar, host: undefined }
  })
}

const readClocks = (reader: PolicyReader, record: UnknownRecord, hours: readonly Hours[]) => {
  const vocabulary = vocabularyWith(reader, record)
  const value = reader.required(record, 'clocks', '')
  const clocks: ClockTable[] = []
  const rows: TargetRow[] = []
  const seen = new Map<string, string>()
  if (Array.isArray(value) && value.length === 0) reader.badValue(value, 'clocks', 'at least one clock')
  const list = value === undefined ? [] : reader.list(value, 'clocks', MOST_CLOCKS)
  const work = { reader, vocabulary, calendars: hours.map(({ name }) => name) }
  list.forEach((each, i) => {
    const path = memberPath('clocks', i)
    const read = readClock(work, each, path)
    if (read === undefined) return
    const first = seen.get(read.clock.id)
    if (first !== undefined) reader.report({ code: 'duplicate-id', path, id: read.clock.id, first })
    seen.set(read.clock.id, path)
    clocks.push({ ...read.clock, targets: [rows.length, rows.length + read.rows.length] })
    rows.push(...read.rows)
  })
  if (rows.length > MOST_TARGETS)
    reader.report({ code: 'too-large', path: 'clocks', what: 'targets', limit: MOST_TARGETS })
  return { clocks, rows, vocabulary }
}

/**
 * Compiles the JSON form of a policy with the calendars and conditions inside it. All issues are collected, each with
 * its path, what was given, what was expected and the nearest name. Cost: some 20 ms for a zone not yet known, otherwise
 * proportional to the definition.
 *
 * @example
 * import { compile } from '@clientele/sla'
 * const clock = { id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT4H' }] }
 * compile({ clocks: [clock] })._tag // => 'Right'
 * compile({ clocks: [{ ...clock, calendar: 'desk' }] })._tag // => 'Left'
 *
 * @category compile
 */
export const compile = (definition: unknown): Either<NonEmptyArray<Issue>, Table> => {
  const reader: PolicyReader = new Reader<Issue>()
  const record = reader.object(definition, '', POLICY_KEYS)
  if (record === undefined) return left(reader.issues as unknown as NonEmptyArray<Issue>)
  reader.version(record, '', VERSION)
  for (const key of ['id', 'label'] as const) {
    if (reader.member(record, key) !== undefined) reader.text(reader.member(record, key), key)
  }
  const hours = readCalendars(reader, record)
  const { clocks, rows, vocabulary } = readClocks(reader, record, hours)
  const [first, ...rest] = reader.issues
  if (first !== undefined) return left([first, ...rest])
  return right(
    Object.freeze({
      definition: definition as Definition,
      clocks,
      targets: targetColumns(rows),
      hours,
      hoursFrom: 0,
      remembered: [],
      vocabulary,
    }),
  )
}

/**
 * Compiles a policy, or throws a `TypeError` that prints every issue. For scripts and tests.
 *
 * @example
 * import { compileOrThrow } from '@clientele/sla'
 * const clock = { id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT4H' }] }
 * compileOrThrow({ clocks: [clock] }).clocks.length // => 1
 *
 * @category compile
 */
export const compileOrThrow = (definition: Definition): Table =>
  orThrow(compile(definition), 'The policy', message)
