// Reads targets and marks of a clock.

import {
  formatDuration,
  type Millis,
  memberPath,
  nearest,
  parseDuration,
  type UnknownRecord,
} from '@clientele/core'
import { BREACH_BIT, MOST_MARKS, type TargetRow } from '../table.js'
import { type PolicyReader, readCondition, type Work } from './trigger.js'

/** A warning: a share of the target, or open time before the deadline. */
export type Warning = { readonly share: number } | { readonly before: Millis }

/** The marks of a clock, the same for each target. */
export interface Marks {
  readonly warn: readonly string[]
  readonly warnings: readonly Warning[]
  readonly after: readonly (string | number)[]
  readonly steps: readonly Millis[]
}

const SHARE = /^(100(?:\.0{1,6})?|\d{1,2}(?:\.\d{1,6})?)%$/
const MOST_TARGETS = 1_000
const TARGET_KEYS = ['id', 'label', 'when', 'within', 'notBefore', 'calendar'] as const

const readWarning = (reader: PolicyReader, value: unknown, path: string): Warning | undefined => {
  if (typeof value !== 'string') return reader.wrongType(value, path, 'a mark such as "50%" or "-PT15M"')
  const share = Number(SHARE.exec(value)?.[1] ?? 0)
  if (share > 0) return { share: share / 100 }
  const before = parseDuration(value)
  if (before !== undefined && before < 0) return { before: -before }
  if (before === 0) return reader.report({ code: 'not-positive', path, given: JSON.stringify(value) })
  return reader.report({ code: 'bad-mark', path, given: JSON.stringify(value.slice(0, 40)) })
}

/** A duration of more than nothing. */
const readPositive = (reader: PolicyReader, value: unknown, path: string): Millis | undefined => {
  const millis = reader.duration(value, path)
  if (millis === undefined || millis > 0) return millis
  return reader.report({ code: 'not-positive', path, given: JSON.stringify(value) })
}

/** A mark as its author wrote it; anything but a text was refused where it was read. */
const asWritten = (mark: unknown): string => (typeof mark === 'string' ? mark : '')

/** Reads `warn` and `after`. */
export const readMarks = (reader: PolicyReader, clock: UnknownRecord, path: string): Marks => {
  const [warn, after] = [reader.member(clock, 'warn'), reader.member(clock, 'after')]
  const list = (value: unknown, key: string): readonly unknown[] =>
    value === undefined ? [] : reader.list(value, memberPath(path, key), MOST_MARKS)
  const at = (key: string, i: number): string => memberPath(memberPath(path, key), i)
  const warnings = list(warn, 'warn').map((value, i) => readWarning(reader, value, at('warn', i)))
  const steps = list(after, 'after').map((value, i) => readPositive(reader, value, at('after', i)))
  return {
    warn: list(warn, 'warn').map(asWritten),
    warnings: warnings.filter((warning) => warning !== undefined),
    after: list(after, 'after').map((step) => (typeof step === 'number' ? step : asWritten(step))),
    steps: steps.filter((step) => step !== undefined),
  }
}

const markRows = ({ warnings, steps }: Marks, within: Millis): TargetRow['marks'] => [
  ...warnings.map((warning, i) => ({
    // rounded up: the share is reached, not almost; a time before longer than the target is reached at the start
    at: 'share' in warning ? Math.ceil(warning.share * within - 1e-6) : Math.max(0, within - warning.before),
    bit: i,
  })),
  { at: within, bit: BREACH_BIT },
  ...steps.map((step, i) => ({ at: within + step, bit: BREACH_BIT + 1 + i })),
]

/** The row of a calendar's name: −1 for none. */
export const readCalendarName = ({ reader, calendars }: Work, value: unknown, path: string): number => {
  if (value === undefined) return -1
  const name = reader.text(value, path)
  if (name === undefined) return -1
  const row = calendars.indexOf(name)
  if (row < 0) {
    reader.report({
      code: 'unknown-calendar',
      path,
      given: name.slice(0, 80),
      nearest: nearest(name, calendars),
    })
  }
  return row
}

const readTarget = (work: Work, value: unknown, path: string, place: number, marks: Marks, hours: number) => {
  const { reader } = work
  const record = reader.object(value, path, TARGET_KEYS)
  if (record === undefined) return undefined
  const own = (key: (typeof TARGET_KEYS)[number]): unknown => reader.member(record, key)
  const at = (key: (typeof TARGET_KEYS)[number]): string => memberPath(path, key)
  const id = own('id') === undefined ? undefined : reader.text(own('id'), at('id'))
  if (own('label') !== undefined) reader.text(own('label'), at('label'))
  const when = readCondition(work, own('when'), at('when'))
  const given = reader.required(record, 'within', path)
  const within = given === undefined ? undefined : readPositive(reader, given, at('within'))
  const least = own('notBefore') === undefined ? 0 : reader.duration(own('notBefore'), at('notBefore'))
  const calendar =
    own('calendar') === undefined ? hours : readCalendarName(work, own('calendar'), at('calendar'))
  if (least !== undefined && least < 0) {
    return reader.report({
      code: 'not-positive',
      path: at('notBefore'),
      given: JSON.stringify(own('notBefore')),
    })
  }
  if (within === undefined || least === undefined) return undefined
  if (least > within) {
    const [short, long] = [formatDuration(within), formatDuration(least)]
    return reader.report({
      code: 'not-before-after-within',
      path: at('notBefore'),
      given: long,
      within: short,
    })
  }
  const row: TargetRow = {
    name: id ?? `targets[${place}]`,
    path,
    when,
    within,
    notBefore: least,
    hours: calendar,
    marks: markRows(marks, within),
  }
  return { row, id }
}

/** Reads the targets of a clock. */
export const readTargets = (
  work: Work,
  clock: UnknownRecord,
  path: string,
  marks: Marks,
  hours: number,
): TargetRow[] => {
  const { reader } = work
  const value = reader.required(clock, 'targets', path)
  const at = memberPath(path, 'targets')
  const rows: TargetRow[] = []
  const seen = new Map<string, string>()
  if (value === undefined) return rows
  const list = reader.list(value, at, MOST_TARGETS)
  if (Array.isArray(value) && value.length === 0) reader.badValue(value, at, 'at least one target')
  list.forEach((each, i) => {
    const read = readTarget(work, each, memberPath(at, i), i, marks, hours)
    if (read === undefined) return
    const first = read.id === undefined ? undefined : seen.get(read.id)
    if (first !== undefined)
      reader.report({ code: 'duplicate-id', path: memberPath(at, i), id: read.id!, first })
    if (read.id !== undefined) seen.set(read.id, memberPath(at, i))
    rows.push(read.row)
  })
  return rows
}
