// From the JSON form to a table. Every issue is collected; nothing is thrown.

import {
  type CivilDay,
  civilDay,
  COMMON_KEYS,
  DAY,
  type Either,
  left,
  memberPath,
  type NonEmptyArray,
  orThrow,
  Reader,
  right,
  type UnknownRecord,
  WEEKDAYS,
  type Zone,
} from '@clientele/core'
import { type Issue, message } from './issue.js'
import { type Definition, VERSION } from './model.js'
import { occurrencesBetween, parseRule } from './recur/index.js'
import type { DayRows, HoursRule, Rule, SpanRows } from './rule.js'
import { parseSpan, type Span } from './span.js'
import { type Table, tableOf } from './table.js'

type CalendarReader = Reader<Issue>

const FIRST_DAY = civilDay(1970, 1, 1)
const LAST_DAY = civilDay(2100, 12, 31)

/** Budgets. They are far beyond any calendar of people and keep a hostile one from filling memory. */
const MAX_DEPTH = 8
const MAX_PARTS = 32
const MAX_DAYS = 20_000
const MAX_EFFECTIVE = 400
const MAX_SPANS = 48

const HOURS_KEYS = [...COMMON_KEYS, 'timeZone', 'week', 'holidays', 'dates', 'breaks', 'effective']
const ALGEBRA = ['union', 'intersect', 'subtract', 'shift'] as const
const WHOLE_DAY: readonly Span[] = [{ start: 0, end: DAY }]

const readSpans = (reader: CalendarReader, value: unknown, path: string): readonly Span[] => {
  const spans: Span[] = []
  reader.list(value, path, MAX_SPANS).forEach((text, i) => {
    const at = memberPath(path, i)
    if (typeof text !== 'string') return reader.wrongType(text, at, 'an interval such as "09:00-18:00"')
    const span = parseSpan(text)
    if (span === undefined) return reader.report({ code: 'bad-interval', path: at, given: JSON.stringify(text.slice(0, 40)) })
    if (span === 'empty') return reader.report({ code: 'empty-interval', path: at, given: text })
    return spans.push(span)
  })
  // overlapping spans stay apart until they are instants: a gap may empty one and leave the other
  return spans.sort((a, b) => a.start - b.start)
}

const readWeek = (reader: CalendarReader, value: unknown, path: string): readonly (readonly Span[])[] => {
  if (value === '24/7') return WEEKDAYS.map(() => WHOLE_DAY)
  if (typeof value === 'string') {
    reader.badValue(value, path, '"24/7" or an object of weekdays', ['24/7'])
    return WEEKDAYS.map(() => [])
  }
  const week = reader.object(value, path, WEEKDAYS) ?? {}
  return WEEKDAYS.map((day) => {
    const intervals = reader.member(week, day)
    return intervals === undefined ? [] : readSpans(reader, intervals, memberPath(path, day))
  })
}

const readDay = (reader: CalendarReader, value: unknown, path: string): CivilDay | undefined => {
  const day = reader.date(value, path)
  if (day === undefined || (day >= FIRST_DAY && day <= LAST_DAY)) return day
  return reader.report({ code: 'date-out-of-range', path, given: String(value) })
}

/** A day with a rule of its own, before the days are laid out in columns. */
interface SpecialDay {
  readonly day: CivilDay
  readonly spans: readonly Span[]
  readonly ref: string
  readonly name: string
  readonly holiday: boolean
}

const readRecurrence = (reader: CalendarReader, entry: UnknownRecord, path: string): readonly CivilDay[] => {
  const text = reader.text(reader.member(entry, 'rrule'), memberPath(path, 'rrule'))
  const from = reader.member(entry, 'from')
  const start = from === undefined ? FIRST_DAY : readDay(reader, from, memberPath(path, 'from'))
  if (text === undefined || start === undefined) return []
  const rule = parseRule(text)
  const at = memberPath(path, 'rrule')
  const given = text.slice(0, 80)
  if (rule._tag === 'Left') {
    reader.report({ code: 'bad-rrule', path: at, given, reason: rule.left.reason })
    return []
  }
  const days = occurrencesBetween(rule.right, start, FIRST_DAY, LAST_DAY)
  if (days.length === 0) reader.report({ code: 'no-occurrence', path: at, given })
  return days
}

const readHoliday = (reader: CalendarReader, value: unknown, path: string): readonly SpecialDay[] => {
  const holiday = (day: CivilDay, name: string): SpecialDay => ({ day, spans: [], ref: path, name, holiday: true })
  if (typeof value === 'string') {
    const day = readDay(reader, value, path)
    return day === undefined ? [] : [holiday(day, '')]
  }
  const entry = reader.object(value, path, ['date', 'rrule', 'from', 'name'])
  if (entry === undefined) return []
  const given = reader.member(entry, 'name')
  const name = given === undefined ? '' : (reader.text(given, memberPath(path, 'name')) ?? '')
  const date = reader.member(entry, 'date')
  if (date !== undefined && reader.member(entry, 'rrule') !== undefined) {
    reader.badValue(entry, path, 'either "date" or "rrule", not both')
    return []
  }
  if (reader.member(entry, 'rrule') !== undefined) {
    return readRecurrence(reader, entry, path).map((day) => holiday(day, name))
  }
  if (date === undefined) {
    reader.report({ code: 'missing-key', path, key: 'date' })
    return []
  }
  const day = readDay(reader, date, memberPath(path, 'date'))
  return day === undefined ? [] : [holiday(day, name)]
}

const readDates = (reader: CalendarReader, value: unknown, path: string): readonly SpecialDay[] =>
  reader.entries(value, path, MAX_DAYS).flatMap(([date, intervals]) => {
    const ref = memberPath(path, date)
    const day = readDay(reader, date, ref)
    const spans = readSpans(reader, intervals, ref)
    return day === undefined ? [] : [{ day, spans, ref, name: '', holiday: false }]
  })

const spanRows = (rows: readonly (readonly Span[])[]): SpanRows => {
  const offsets = new Uint32Array(rows.length + 1)
  rows.forEach((row, i) => {
    offsets[i + 1] = offsets[i]! + row.length
  })
  return { offsets, spans: Float64Array.from(rows.flatMap((row) => row.flatMap(({ start, end }) => [start, end]))) }
}

const dayRows = (days: readonly SpecialDay[]): DayRows => ({
  ...spanRows(days.map(({ spans }) => spans)),
  days: Int32Array.from(days, ({ day }) => day),
  refs: days.map(({ ref }) => ref),
  names: days.map(({ name }) => name),
})

/** One rule a day, ascending: what `dates` say comes before what `holidays` say, and the first of equals stays. */
const byDay = (days: readonly SpecialDay[]): readonly SpecialDay[] => {
  const first = new Map<CivilDay, SpecialDay>()
  for (const day of days) if (!first.has(day.day)) first.set(day.day, day)
  return [...first.values()].sort((a, b) => a.day - b.day)
}

interface EffectiveWeek {
  readonly from: CivilDay
  readonly week: readonly (readonly Span[])[]
  readonly ref: string
}

const readEffective = (reader: CalendarReader, value: unknown, path: string): readonly EffectiveWeek[] => {
  const seen = new Map<CivilDay, string>()
  const weeks = reader.list(value, path, MAX_EFFECTIVE).flatMap((entry, i): readonly EffectiveWeek[] => {
    const at = memberPath(path, i)
    const record = reader.object(entry, at, ['from', 'week'])
    if (record === undefined) return []
    const from = reader.required(record, 'from', at)
    const week = reader.required(record, 'week', at)
    const day = from === undefined ? undefined : readDay(reader, from, memberPath(at, 'from'))
    const spans = week === undefined ? undefined : readWeek(reader, week, memberPath(at, 'week'))
    if (day === undefined || spans === undefined) return []
    const first = seen.get(day)
    if (first !== undefined) {
      reader.report({ code: 'duplicate-id', path: memberPath(at, 'from'), id: String(from), first })
    }
    seen.set(day, at)
    return [{ from: day, week: spans, ref: memberPath(at, 'week') }]
  })
  return [...weeks].sort((a, b) => a.from - b.from)
}

/** The days on which a zone's wall clock jumps, and their neighbors. */
const jumpDays = ({ starts, offsets }: Zone): readonly CivilDay[] =>
  [...starts].slice(1).flatMap((start, i) => {
    const first = Math.floor((start + Math.min(offsets[i]!, offsets[i + 1]!)) / DAY)
    const last = Math.floor((start + Math.max(offsets[i]!, offsets[i + 1]!)) / DAY)
    return [first - 1, first, last, last + 1]
  })

const readHours = (reader: CalendarReader, record: UnknownRecord, path: string): HoursRule | undefined => {
  const at = (key: string): string => memberPath(path, key)
  const optional = <T>(key: string, read: (value: unknown) => readonly T[]): readonly T[] => {
    const value = reader.member(record, key)
    return value === undefined ? [] : read(value)
  }
  const zoneName = reader.required(record, 'timeZone', path)
  const zone = zoneName === undefined ? undefined : reader.zone(zoneName, at('timeZone'))
  const weekValue = reader.required(record, 'week', path)
  const week = weekValue === undefined ? WEEKDAYS.map(() => []) : readWeek(reader, weekValue, at('week'))
  const effective = optional('effective', (value) => readEffective(reader, value, at('effective')))
  const dates = optional('dates', (value) => readDates(reader, value, at('dates')))
  const holidays = optional('holidays', (value) =>
    reader
      .list(value, at('holidays'), MAX_DAYS)
      .flatMap((entry, i) => readHoliday(reader, entry, memberPath(at('holidays'), i))),
  )
  const breaks = optional('breaks', (value) => readDates(reader, value, at('breaks')))
  if (zone === undefined) return undefined
  const special = byDay([...dates, ...holidays])
  const cuts = byDay(breaks)
  const weeks = [{ from: FIRST_DAY - 7, week, ref: at('week') }, ...effective]
  const irregular = new Set([
    ...special.map(({ day }) => day),
    ...cuts.flatMap(({ day }) => [day, day + 1]),
    ...effective.map(({ from }) => from),
    ...jumpDays(zone),
  ])
  return {
    kind: 'hours',
    zone,
    weekFrom: Int32Array.from(weeks, ({ from }) => from),
    weeks: spanRows(weeks.flatMap((entry) => entry.week)),
    weekRefs: weeks.map(({ ref }) => ref),
    special: dayRows(special),
    holiday: Uint8Array.from(special, ({ holiday }) => (holiday ? 1 : 0)),
    breaks: dayRows(cuts),
    irregular: Int32Array.from(irregular).sort(),
  }
}

/** How many parts of an algebra are left to read, over the whole definition. */
interface Budget {
  parts: number
}

const readRule = (
  reader: CalendarReader,
  value: unknown,
  path: string,
  depth: number,
  budget: Budget,
): Rule | undefined => {
  if (depth > MAX_DEPTH) return reader.report({ code: 'too-deep', path, limit: MAX_DEPTH })
  if (--budget.parts < 0) return reader.report({ code: 'too-large', path, what: 'calendars in one', limit: MAX_PARTS })
  const kind =
    typeof value === 'object' && value !== null ? ALGEBRA.find((word) => Object.hasOwn(value, word)) : undefined
  const record = reader.object(value, path, kind === undefined ? HOURS_KEYS : [...COMMON_KEYS, kind])
  if (record === undefined) return undefined
  reader.version(record, path, VERSION)
  if (kind === undefined) return readHours(reader, record, path)
  const at = memberPath(path, kind)
  const given = reader.list(record[kind], at, MAX_PARTS)
  const read = (part: unknown, i: number): Rule | undefined =>
    readRule(reader, part, memberPath(at, i), depth + 1, budget)
  const size = given.length
  if (kind === 'shift') {
    if (size !== 2) return reader.badValue(record[kind], at, 'a list of a calendar and a duration')
    const part = read(given[0], 0)
    const by = reader.duration(given[1], memberPath(at, 1))
    if (by !== undefined && Math.abs(by) > 366 * DAY) {
      return reader.badValue(given[1], memberPath(at, 1), 'a shift of at most a year')
    }
    return part === undefined || by === undefined ? undefined : { kind, parts: [part], by }
  }
  if (kind === 'subtract' && size !== 2) return reader.badValue(record[kind], at, 'a list of two calendars')
  if (size === 0) return reader.badValue(record[kind], at, 'a list of at least one calendar')
  const parts = given.map(read).filter((part) => part !== undefined)
  if (parts.length !== size) return undefined
  return kind === 'subtract' ? { kind, parts: [parts[0]!, parts[1]!] } : { kind, parts }
}

/**
 * Reads a calendar that is part of another definition: issues go to the reader with the path of the whole.
 *
 * @example
 * import { Reader } from '@clientele/core'
 * import { compileWith, type Issue } from '@clientele/calendar'
 * const reader = new Reader<Issue>()
 * compileWith(reader, { timeZone: 'UTC' }, 'calendars.desk') // => undefined
 * reader.issues[0]?.path // => 'calendars.desk'
 *
 * @category compile
 */
export const compileWith = (reader: Reader<Issue>, value: unknown, path: string): Table | undefined => {
  const before = reader.issues.length
  const rule = readRule(reader, value, path, 0, { parts: MAX_PARTS })
  return rule === undefined || reader.issues.length > before ? undefined : tableOf(rule)
}

/**
 * Compiles the JSON form of a calendar. All issues are collected, each with its path. Cost: some 20 ms for a zone not
 * yet known, otherwise well under a millisecond; years are indexed when first asked about, or ahead by `warm`.
 *
 * @example
 * import { compile } from '@clientele/calendar'
 * compile({ timeZone: 'Europe/Moscow', week: { mon: ['09:00-18:00'] } })._tag // => 'Right'
 * compile({ timeZone: 'Europe/Moscow', week: { monday: ['09:00-18:00'] } })._tag // => 'Left'
 *
 * @category compile
 */
export const compile = (definition: unknown): Either<NonEmptyArray<Issue>, Table> => {
  const reader: CalendarReader = new Reader<Issue>()
  const table = compileWith(reader, definition, '')
  const [first, ...rest] = reader.issues
  if (first !== undefined) return left([first, ...rest])
  if (table === undefined) throw new TypeError('a calendar compiled to nothing without an issue')
  return right(table)
}

/**
 * Compiles a calendar, or throws a `TypeError` that prints every issue. For scripts and tests.
 *
 * @example
 * import { compileOrThrow, isOpen } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: '24/7' })
 * isOpen(desk, 0) // => true
 *
 * @category compile
 */
export const compileOrThrow = (definition: Definition): Table => orThrow(compile(definition), 'The calendar', message)
