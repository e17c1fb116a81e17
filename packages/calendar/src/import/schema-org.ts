// schema.org OpeningHoursSpecification, alone, in a list, or inside the place that it belongs to.

import {
  type CivilDay,
  describeValue,
  formatDate,
  formatTime,
  left,
  parseDate,
  parseTime,
  right,
  type UnknownRecord,
} from '@clientele/core'
import type { Definition, Hours, Interval } from '../model.js'
import { datesOfHolidays, hoursOf, replacementsOf, spanOf, spanOfInterval, weekdaysOf } from './dates.js'
import { type ExportResult, type ImportOptions, type ImportResult, Report, refused } from './report.js'
import { isRecord, listOf, textOf } from './value.js'
import { intervalOf, type Pattern, weeksOf } from './weeks.js'

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const DEEPEST = 8

/** One specification, read. */
interface Spec {
  readonly from: CivilDay
  readonly until: CivilDay
  readonly weekdays: readonly number[]
  /** Absent: closed. */
  readonly interval: Interval | undefined
}

/** All specifications within a value: itself, a list, or what a place or a graph holds. */
const specsIn = (
  value: unknown,
  path: string,
  report: Report,
  depth = 0,
): { record: UnknownRecord; path: string }[] => {
  if (depth > DEEPEST)
    return report.refuse('too-large', path, '', `it is nested deeper than ${DEEPEST} levels`) ?? []
  if (Array.isArray(value)) {
    return listOf(value, path, report).flatMap((each, i) => specsIn(each, `${path}[${i}]`, report, depth + 1))
  }
  if (!isRecord(value)) return []
  const inside = ['@graph', 'openingHoursSpecification', 'specialOpeningHoursSpecification'].flatMap((key) =>
    Object.hasOwn(value, key)
      ? specsIn(value[key], path === '' ? key : `${path}.${key}`, report, depth + 1)
      : [],
  )
  if (Object.hasOwn(value, 'openingHours')) {
    report.note(
      'dropped',
      path,
      describeValue(value['openingHours']),
      'openingHours is a text; read it as osm',
    )
  }
  const isSpec = ['opens', 'closes', 'dayOfWeek', 'validFrom'].some((key) => Object.hasOwn(value, key))
  return isSpec ? [...inside, { record: value, path }] : inside
}

const weekdaysIn = (record: UnknownRecord, path: string, report: Report): number[] | undefined => {
  if (!Object.hasOwn(record, 'dayOfWeek')) return undefined
  return listOf(record['dayOfWeek'], `${path}.dayOfWeek`, report).flatMap((given) => {
    const name = isRecord(given) ? (textOf(given, '@id') ?? textOf(given, 'name') ?? '') : String(given)
    const plain = name
      .slice(0, 100)
      .replace(/^https?:\/\/(www\.)?(schema\.org|purl\.org\/goodrelations\/v1#?)\/?/, '')
    const found = DAY_NAMES.findIndex((day) => day === plain || (plain.length === 2 && day.startsWith(plain)))
    if (found >= 0) return [found]
    if (plain === 'PublicHolidays')
      report.note('dropped', path, plain, 'which dates these are is not said; add them to dates')
    else report.refuse('bad-value', `${path}.dayOfWeek`, given, 'it is no weekday such as Monday')
    return []
  })
}

const dateIn = (record: UnknownRecord, key: string, path: string, report: Report): CivilDay | undefined => {
  const text = textOf(record, key)
  if (text === undefined) return undefined
  // a date-time is allowed; its date is taken as written
  const day = parseDate(text.slice(0, 10))
  return day ?? report.refuse('bad-value', `${path}.${key}`, text, 'it is no date such as 2026-12-25')
}

/** The interval of a specification; `undefined` when closed. */
const intervalIn = (record: UnknownRecord, path: string, report: Report): Interval | undefined => {
  const [opens, closes] = [textOf(record, 'opens'), textOf(record, 'closes')]
  if (opens === undefined && closes === undefined) return undefined
  const [start, end] = [parseTime(opens ?? ''), parseTime(closes ?? '')]
  if (start === undefined || end === undefined) {
    return report.refuse(
      'bad-value',
      path,
      `${opens} to ${closes}`,
      'opens and closes are times such as 09:00',
    )
  }
  // the conventions of Google: 00:00 to 23:59 is the whole day, 00:00 to 00:00 is closed
  if (start === 0 && /^23:59(:59)?$/.test(closes ?? '')) return '00:00-24:00'
  if (start === 0 && end === 0) return undefined
  if (start !== end) return intervalOf(start, end)
  return report.refuse('bad-value', path, `${opens} to ${closes}`, 'it opens and closes at the same time')
}

const specOf = (record: UnknownRecord, path: string, report: Report): Spec | undefined => {
  const from = dateIn(record, 'validFrom', path, report) ?? Number.NEGATIVE_INFINITY
  const until = dateIn(record, 'validThrough', path, report) ?? Number.POSITIVE_INFINITY
  if (until < from)
    return report.refuse(
      'bad-value',
      path,
      textOf(record, 'validThrough'),
      'validThrough is before validFrom',
    )
  return {
    from,
    until,
    weekdays: weekdaysIn(record, path, report) ?? EVERY_DAY,
    interval: intervalIn(record, path, report),
  }
}

/**
 * Reads opening hours of schema.org: one OpeningHoursSpecification, a list of them, or a place that holds them under
 * `openingHoursSpecification` and `specialOpeningHoursSpecification`. Closing before opening runs over midnight; `00:00` to
 * `23:59` is the whole day and `00:00` to `00:00`, or no times at all, is closed. Specifications with `validFrom` or
 * `validThrough` replace the others while they are valid: those of one date become `dates`, longer ones effective weeks. schema.org names no zone: give `timeZone`.
 *
 * @example
 * import { fromSchemaOrg } from '@clientele/calendar/import'
 * const spec = { dayOfWeek: ['Monday', 'https://schema.org/Friday'], opens: '22:00', closes: '06:00' }
 * const read = fromSchemaOrg(spec, { timeZone: 'Europe/Paris' })
 * if (read._tag === 'Right') read.right.definition
 * // => { timeZone: 'Europe/Paris', week: { mon: ['22:00-06:00'], fri: ['22:00-06:00'] } }
 *
 * @category compile
 */
export const fromSchemaOrg = (value: unknown, options: ImportOptions = {}): ImportResult => {
  const report = new Report()
  const found = specsIn(value, '', report)
  const specs = found.flatMap(({ record, path }) => specOf(record, path, report) ?? [])
  if (found.length === 0 && report.issues.length === 0) {
    return refused('nothing-found', '', value, 'there is no OpeningHoursSpecification in it')
  }
  const timeZone = report.zone(undefined, '', options)
  const patterns: Pattern[] = []
  const dates = new Map<string, Interval[]>()
  for (const { from, until, weekdays, interval } of specs) {
    if (from !== until) for (const weekday of weekdays) patterns.push({ from, until, weekday, interval })
    else
      dates.set(formatDate(from), [
        ...(dates.get(formatDate(from)) ?? []),
        ...(interval === undefined ? [] : [interval]),
      ])
  }
  // while a specification of limited validity holds, those without limits do not
  const { week, effective } = weeksOf(patterns, (valid) => {
    const limited = valid.filter(({ from, until }) => Number.isFinite(from) || Number.isFinite(until))
    return limited.length > 0 ? limited : valid
  })
  return report.result({
    timeZone,
    week,
    ...(dates.size === 0 ? {} : { dates: Object.fromEntries(dates) }),
    ...(effective.length === 0 ? {} : { effective }),
  })
}

/** An OpeningHoursSpecification. @category definitions */
export interface OpeningHoursSpecification {
  readonly '@type': 'OpeningHoursSpecification'
  readonly dayOfWeek?: readonly string[]
  readonly opens: string
  readonly closes: string
  readonly validFrom?: string
  readonly validThrough?: string
}

/** The specifications of one week: weekdays with the same interval share one. */
const specsOfWeek = (week: Hours['week'], valid: object, report: Report): OpeningHoursSpecification[] => {
  const byInterval = new Map<Interval, string[]>()
  weekdaysOf(week).forEach((intervals, weekday) => {
    for (const each of intervals) byInterval.set(each, [...(byInterval.get(each) ?? []), DAY_NAMES[weekday]!])
  })
  return [...byInterval].flatMap(([interval, dayOfWeek]) =>
    specsOfInterval(interval, { dayOfWeek, ...valid }, report),
  )
}

const specsOfInterval = (interval: Interval, more: object, report: Report): OpeningHoursSpecification[] => {
  const span = spanOfInterval(interval)
  if (span === undefined) return report.refuse('bad-value', '', interval, 'it is no interval') ?? []
  const [start, end] = interval.split('-') as [string, string]
  const whole = span[0] === 0 && end === '24:00'
  // 24:00 is no time in schema.org: a whole day ends at 23:59 by convention, any other at 00:00 of the next
  const closes = whole ? '23:59' : end === '24:00' ? '00:00' : formatTime(parseTime(end) ?? 0)
  return [{ '@type': 'OpeningHoursSpecification', opens: start, closes, ...more }]
}

/**
 * Writes hours as OpeningHoursSpecification: weeks with their validity, holidays and `dates` as specifications of one date
 * (closed is `00:00` to `00:00`). Breaks are dropped with a note, recurring holidays written out in `years`.
 *
 * @example
 * import { toSchemaOrg } from '@clientele/calendar/import'
 * const written = toSchemaOrg({ timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } })
 * if (written._tag === 'Right') written.right.value
 * // => [{ '@type': 'OpeningHoursSpecification', opens: '09:00', closes: '17:00', dayOfWeek: ['Monday'] }]
 *
 * @category compile
 */
export const toSchemaOrg = (
  definition: Definition,
  options: ImportOptions = {},
): ExportResult<readonly OpeningHoursSpecification[]> => {
  const report = new Report()
  const hours = hoursOf(definition, report)
  const span = spanOf(options, report)
  if (hours?.breaks !== undefined)
    report.note('dropped', 'breaks', 'breaks', 'schema.org has no breaks by date')
  const effective = hours?.effective ?? []
  const starts = effective.map((entry) => parseDate(entry.from) ?? 0)
  const closed = { opens: '00:00', closes: '00:00' }
  const weeks = [{ week: hours?.week ?? {} }, ...effective].flatMap(({ week }, i) => {
    const [from, next] = [starts[i - 1], starts[i]]
    const valid = {
      ...(from === undefined ? {} : { validFrom: formatDate(from) }),
      ...(next === undefined ? {} : { validThrough: formatDate(next - 1) }),
    }
    const specs = specsOfWeek(week, valid, report)
    // a week without hours still replaces the one before it
    const empty = { '@type': 'OpeningHoursSpecification', ...closed, dayOfWeek: DAY_NAMES, ...valid } as const
    return specs.length === 0 && effective.length > 0 ? [empty] : specs
  })
  const holidays = datesOfHolidays(hours?.holidays ?? [], span, report)
  const dates =
    hours === undefined ? [] : [...replacementsOf(hours, holidays)].sort(([a], [b]) => (a < b ? -1 : 1))
  const special = dates.flatMap(([date, intervals]) => {
    const valid = { validFrom: date, validThrough: date }
    const shut: OpeningHoursSpecification = { '@type': 'OpeningHoursSpecification', ...closed, ...valid }
    return intervals.length === 0 ? [shut] : intervals.flatMap((each) => specsOfInterval(each, valid, report))
  })
  const [first, ...rest] = report.issues
  return first === undefined
    ? right({ value: [...weeks, ...special], notes: report.notes })
    : left([first, ...rest])
}
