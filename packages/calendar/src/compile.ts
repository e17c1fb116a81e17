// From the JSON form to a table. Every issue is collected; nothing is thrown.

import {
  type CivilDay,
  COMMON_KEYS,
  DAY,
  type Either,
  FIRST_INSTANT,
  formatDate,
  LAST_INSTANT,
  left,
  memberPath,
  type NonEmptyArray,
  orThrow,
  Reader,
  right,
  type UnknownRecord,
  WEEKDAYS,
} from '@clientele/core'
import { type Issue, message } from './issue.js'
import { type Definition, VERSION } from './model.js'
import { occurrencesBetween, parseRule } from './recur/index.js'
import { type DayRule, type HoursRule, hoursRule, type Rule, type Spans, type WeekRule } from './rule.js'
import { parseSpan } from './span.js'
import { type Table, tableOf } from './table.js'

type CalendarReader = Reader<Issue>
type Read<T> = (reader: CalendarReader, value: unknown, path: string) => T

const FIRST_DAY = FIRST_INSTANT / DAY
const LAST_DAY = LAST_INSTANT / DAY - 1

/** Budgets. They are far beyond any calendar of people and keep a hostile one from filling memory. */
const MAX_DEPTH = 8
const MAX_PARTS = 32
const MAX_DAYS = 20_000
const MAX_EFFECTIVE = 400
const MAX_SPANS = 48
const MAX_RECURRING = 300_000
/** What finding the days of a recurrence costs, in days found. */
const RECURRENCE = 1_000

const HOURS_KEYS = [...COMMON_KEYS, 'timeZone', 'week', 'holidays', 'dates', 'breaks', 'effective']
const ALGEBRA = {
  union: 'a list of at least one calendar',
  intersect: 'a list of at least one calendar',
  subtract: 'a list of two calendars',
  shift: 'a list of a calendar and a duration',
}

/** What is left to read, over the whole definition. */
interface Budget {
  parts: number
  days: number
}

/** Reads a member, where there is one. */
const readMember = <T>(
  reader: CalendarReader,
  record: UnknownRecord,
  key: string,
  path: string,
  read: Read<T>,
): T | undefined => {
  const value = reader.member(record, key)
  return value === undefined ? undefined : read(reader, value, memberPath(path, key))
}

const readRequired: typeof readMember = (reader, record, key, path, read) => {
  reader.required(record, key, path)
  return readMember(reader, record, key, path, read)
}

/** Reads what the elements of a list give. */
const readList =
  <T>(most: number, read: Read<readonly T[]>): Read<readonly T[]> =>
  (reader, value, path) =>
    reader.list(value, path, most).flatMap((element, i) => read(reader, element, memberPath(path, i)))

const readSpan: Read<Spans> = (reader, text, path) => {
  if (typeof text !== 'string') return reader.wrongType(text, path, 'an interval such as "09:00-18:00"') ?? []
  const span = parseSpan(text)
  const given = JSON.stringify(text.slice(0, 40))
  if (span === undefined) return reader.report({ code: 'bad-interval', path, given }) ?? []
  return span === 'empty'
    ? (reader.report({ code: 'empty-interval', path, given: text }) ?? [])
    : [span.start, span.end]
}

// overlapping spans stay apart until they are instants: a gap may empty one and leave the other
const readSpans: Read<Spans> = readList(MAX_SPANS, readSpan)

const readWeek: Read<readonly Spans[]> = (reader, value, path) => {
  if (value === '24/7') return WEEKDAYS.map(() => [0, DAY])
  const week =
    typeof value === 'string'
      ? reader.badValue(value, path, '"24/7" or an object of weekdays', ['24/7'])
      : reader.object(value, path, WEEKDAYS)
  return WEEKDAYS.map((day) => readMember(reader, week ?? {}, day, path, readSpans) ?? [])
}

const readDay: Read<CivilDay | undefined> = (reader, value, path) => {
  const day = reader.date(value, path)
  if (day === undefined || (day >= FIRST_DAY && day <= LAST_DAY)) return day
  return reader.report({ code: 'date-out-of-range', path, given: String(value) })
}

const readText: Read<string | undefined> = (reader, value, path) => reader.text(value, path)

const readRecurrence =
  (start: CivilDay, budget: Budget): Read<readonly CivilDay[]> =>
  (reader, value, path) => {
    const text = reader.text(value, path)
    if (text === undefined || budget.days < 0) return []
    const rule = parseRule(text)
    const given = text.slice(0, 80)
    if (rule._tag === 'Left')
      return reader.report({ code: 'bad-rrule', path, given, reason: rule.left.reason }) ?? []
    const days = occurrencesBetween(rule.right, start, FIRST_DAY, LAST_DAY)
    if (days.length === 0) reader.report({ code: 'no-occurrence', path, given })
    budget.days -= days.length + RECURRENCE
    if (budget.days < 0)
      reader.report({ code: 'too-large', path, what: 'days of recurrences', limit: MAX_RECURRING })
    return days
  }

const readHoliday =
  (budget: Budget): Read<readonly DayRule[]> =>
  (reader, value, path) => {
    const holidays = (days: readonly (CivilDay | undefined)[], holiday = ''): DayRule[] =>
      days.flatMap((day) => (day === undefined ? [] : { day, spans: [], ref: path, holiday }))
    if (typeof value === 'string') return holidays([readDay(reader, value, path)])
    const entry = reader.object(value, path, ['date', 'rrule', 'from', 'name'])
    if (entry === undefined) return []
    const name = readMember(reader, entry, 'name', path, readText)
    if (reader.member(entry, 'rrule') === undefined) {
      return holidays([readRequired(reader, entry, 'date', path, readDay)], name)
    }
    if (reader.member(entry, 'date') !== undefined)
      reader.badValue(entry, path, 'either "date" or "rrule", not both')
    const start = readMember(reader, { from: '1970-01-01', ...entry }, 'from', path, readDay)
    if (start === undefined) return []
    return holidays(readMember(reader, entry, 'rrule', path, readRecurrence(start, budget)) ?? [], name)
  }

const readDates: Read<readonly DayRule[]> = (reader, value, path) =>
  reader.entries(value, path, MAX_DAYS).flatMap(([date, intervals]) => {
    const ref = memberPath(path, date)
    const day = readDay(reader, date, ref)
    const spans = readSpans(reader, intervals, ref)
    return day === undefined ? [] : { day, spans, ref }
  })

const readEffective =
  (seen: Map<CivilDay, string>): Read<readonly WeekRule[]> =>
  (reader, value, path) => {
    const record = reader.object(value, path, ['from', 'week'])
    if (record === undefined) return []
    const from = readRequired(reader, record, 'from', path, readDay)
    const days = readRequired(reader, record, 'week', path, readWeek)
    if (from === undefined || days === undefined) return []
    const first = seen.get(from)
    if (first !== undefined) {
      reader.report({ code: 'duplicate-id', path: memberPath(path, 'from'), id: formatDate(from), first })
    }
    seen.set(from, path)
    return [{ from, days, ref: memberPath(path, 'week') }]
  }

const readHours = (
  reader: CalendarReader,
  record: UnknownRecord,
  path: string,
  budget: Budget,
): HoursRule | undefined => {
  const optional = <T>(key: string, read: Read<readonly T[]>): readonly T[] =>
    readMember(reader, record, key, path, read) ?? []
  const zone = readRequired(reader, record, 'timeZone', path, (_, value, at) => reader.zone(value, at))
  const days = readRequired(reader, record, 'week', path, readWeek)
  const effective = optional('effective', readList(MAX_EFFECTIVE, readEffective(new Map())))
  const dates = optional('dates', readDates)
  const holidays = optional('holidays', readList(MAX_DAYS, readHoliday(budget)))
  const breaks = optional('breaks', readDates)
  if (zone === undefined || days === undefined) return undefined
  const week = { from: FIRST_DAY - 7, days, ref: memberPath(path, 'week') }
  // a date in both is not a holiday
  return hoursRule(zone, [week, ...effective], [...dates, ...holidays], breaks)
}

const readRule = (
  reader: CalendarReader,
  value: unknown,
  path: string,
  budget: Budget,
  depth = 0,
): Rule | undefined => {
  if (depth > MAX_DEPTH) return reader.report({ code: 'too-deep', path, limit: MAX_DEPTH })
  if (--budget.parts < 0)
    return reader.report({ code: 'too-large', path, what: 'calendars in one', limit: MAX_PARTS })
  const words = Object.keys(ALGEBRA) as (keyof typeof ALGEBRA)[]
  const kind = words.find((word) => Object.hasOwn(Object(value), word))
  const record = reader.object(value, path, kind === undefined ? HOURS_KEYS : [...COMMON_KEYS, kind])
  if (record === undefined) return undefined
  reader.version(record, path, VERSION)
  if (kind === undefined) return readHours(reader, record, path, budget)

  const at = memberPath(path, kind)
  const before = reader.issues.length
  const given = reader.list(record[kind], at, MAX_PARTS)
  const two = kind === 'subtract' || kind === 'shift'
  if (two ? given.length !== 2 : given.length === 0) {
    return reader.issues.length > before ? undefined : reader.badValue(record[kind], at, ALGEBRA[kind])
  }
  const by = kind === 'shift' ? reader.duration(given[1], memberPath(at, 1)) : 0
  if (by !== undefined && Math.abs(by) > 366 * DAY) {
    return reader.badValue(given[1], memberPath(at, 1), 'a shift of at most a year')
  }
  const calendars = kind === 'shift' ? given.slice(0, 1) : given
  const parts = calendars.map((part, i) => readRule(reader, part, memberPath(at, i), budget, depth + 1))
  return by === undefined || parts.includes(undefined) ? undefined : { kind, parts: parts as Rule[], by }
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
  const rule = readRule(reader, value, path, { parts: MAX_PARTS, days: MAX_RECURRING })
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
  // without an issue there is a table
  return first === undefined ? right(table!) : left([first, ...rest])
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
export const compileOrThrow = (definition: Definition): Table =>
  orThrow(compile(definition), 'The calendar', message)
