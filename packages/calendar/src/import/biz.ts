// The configuration of the Ruby library `biz` as JSON: hours, shifts, breaks, holidays, time_zone.

import { DAY, describeValue, formatTime, left, parseDate, parseTime, right, WEEKDAYS } from '@clientele/core'
import type { Definition, Interval, IntervalsByDate } from '../model.js'
import { datesOfHolidays, hoursOf, spanOf, spanOfInterval, weekdaysOf } from './dates.js'
import { type ExportResult, type ImportOptions, type ImportResult, Report, refused } from './report.js'
import { entriesOf, isRecord } from './value.js'

const HOURS = ['hours', 'shifts', 'breaks', 'holidays']
const KNOWN = [...HOURS, 'time_zone']

const intervals = (value: unknown, path: string, report: Report): Interval[] =>
  entriesOf(value, path, report).flatMap(([from, to]) => {
    const [start, end] = [parseTime(from), typeof to === 'string' ? parseTime(to) : undefined]
    if (start !== undefined && end !== undefined && start < end)
      return [`${formatTime(start)}-${formatTime(end)}`]
    report.refuse(
      'bad-value',
      path,
      `${from} to ${describeValue(to)}`,
      'it is no pair of times in order within a day',
    )
    return []
  })

const byDate = (value: unknown, path: string, report: Report): IntervalsByDate =>
  Object.fromEntries(
    entriesOf(value, path, report).flatMap(([date, hours]) => {
      if (parseDate(date) === undefined)
        report.refuse('bad-value', path, date, 'it is no date such as 2026-12-25')
      return [[date, intervals(hours, `${path}["${date.slice(0, 20)}"]`, report)] as const]
    }),
  )

/**
 * Reads a configuration of `biz`: `{ "hours": { "mon": { "09:00": "17:00" } }, "shifts": { "2026-01-03": { … } }, "breaks",
 * "holidays": [dates], "time_zone" }`. Shifts become `dates`. A date that is a holiday and has a shift stays closed, as in
 * `biz`, with a note.
 *
 * @example
 * import { fromBiz } from '@clientele/calendar/import'
 * const read = fromBiz({ hours: { mon: { '09:00': '17:00' } }, time_zone: 'Europe/Paris' })
 * if (read._tag === 'Right') read.right.definition
 * // => { timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } }
 *
 * @category compile
 */
export const fromBiz = (value: unknown, options: ImportOptions = {}): ImportResult => {
  if (!isRecord(value)) return refused('bad-syntax', '', value, 'a configuration is an object')
  if (!HOURS.some((key) => Object.hasOwn(value, key)))
    return refused('nothing-found', '', value, 'there are no hours and no holidays in it')
  const report = new Report()
  for (const key of Object.keys(value))
    if (!KNOWN.includes(key)) report.note('dropped', key, value[key], 'biz has no such key')
  const zone = typeof value['time_zone'] === 'string' ? value['time_zone'] : undefined
  const timeZone = report.zone(zone, 'time_zone', options)
  const week = entriesOf(value['hours'], 'hours', report).map(([day, hours]) => {
    if (!WEEKDAYS.some((name) => name === day))
      report.refuse('bad-value', 'hours', day, 'a weekday is mon to sun')
    return [day, intervals(hours, `hours.${day.slice(0, 20)}`, report)] as const
  })
  const given = value['holidays'] ?? []
  const holidays = (Array.isArray(given) ? given : [given]).flatMap((date: unknown, index) => {
    if (typeof date === 'string' && parseDate(date) !== undefined) return [date]
    report.refuse('bad-value', `holidays[${index}]`, date, 'it is no date such as 2026-12-25')
    return []
  })
  const shifts = Object.entries(byDate(value['shifts'], 'shifts', report)).filter(([date]) => {
    if (!holidays.includes(date)) return true
    report.note('dropped', 'shifts', date, 'it is a holiday too, and biz keeps it closed')
    return false
  })
  const breaks = byDate(value['breaks'], 'breaks', report)
  return report.result({
    timeZone,
    week: Object.fromEntries(week),
    ...(holidays.length === 0 ? {} : { holidays }),
    ...(shifts.length === 0 ? {} : { dates: Object.fromEntries(shifts) }),
    ...(Object.keys(breaks).length === 0 ? {} : { breaks }),
  })
}

/** The configuration of `biz`. @category definitions */
export interface BizSchedule {
  readonly hours: { readonly [day: string]: { readonly [from: string]: string } }
  readonly shifts: { readonly [date: string]: { readonly [from: string]: string } }
  readonly breaks: { readonly [date: string]: { readonly [from: string]: string } }
  readonly holidays: readonly string[]
  readonly time_zone: string
}

/**
 * Writes hours for `biz`, which knows no interval over midnight (split, where a weekday follows), no effective weeks
 * (dropped with a note) and no recurring holidays (written out in `years`).
 *
 * @example
 * import { toBiz } from '@clientele/calendar/import'
 * const written = toBiz({ timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } })
 * if (written._tag === 'Right') written.right.value.hours // => { mon: { '09:00': '17:00' } }
 *
 * @category compile
 */
export const toBiz = (definition: Definition, options: ImportOptions = {}): ExportResult<BizSchedule> => {
  const report = new Report()
  const hours = hoursOf(definition, report)
  const span = spanOf(options, report)
  const [first, ...rest] = report.issues
  if (hours === undefined || first !== undefined) return left([first!, ...rest])
  const days = weekdaysOf(hours.week).map((list, weekday) => pairs(list, `week.${WEEKDAYS[weekday]}`, report))
  // what runs over midnight belongs to the day after, where biz can say it
  const week = WEEKDAYS.map((name, i) => [name, { ...days[(i + 6) % 7]!.after, ...days[i]!.own }] as const)
  if (hours.effective !== undefined && hours.effective.length > 0) {
    report.note('dropped', 'effective', `${hours.effective.length} weeks`, 'biz knows one week only')
  }
  const onDates = (given: IntervalsByDate | undefined, path: string): BizSchedule['shifts'] =>
    Object.fromEntries(
      Object.entries(given ?? {}).map(([date, list]) => {
        const { own, after } = pairs(list, `${path}["${date}"]`, report)
        if (Object.keys(after).length > 0)
          report.note('dropped', path, date, 'the part after midnight is left out')
        return [date, own] as const
      }),
    )
  const opened = Object.keys(hours.dates ?? {})
  const holidays = datesOfHolidays(hours.holidays ?? [], span, report).map(({ date }) => date)
  const value = {
    hours: Object.fromEntries(week.filter(([, day]) => Object.keys(day).length > 0)),
    shifts: onDates(hours.dates, 'dates'),
    breaks: onDates(hours.breaks, 'breaks'),
    holidays: holidays.filter((date) => !opened.includes(date)),
    time_zone: hours.timeZone,
  }
  return right({ value, notes: report.notes })
}

type Pairs = { readonly [from: string]: string }

/** Intervals as pairs of times within their day, and what is left of them for the next. */
const pairs = (
  intervals: readonly Interval[],
  path: string,
  report: Report,
): { own: Pairs; after: Pairs } => {
  const own: Record<string, string> = {}
  const after: Record<string, string> = {}
  for (const interval of intervals) {
    const span = spanOfInterval(interval)
    if (span === undefined) report.refuse('bad-value', path, interval, 'it is no interval')
    else {
      own[formatTime(span[0])] = formatTime(Math.min(span[1], DAY))
      if (span[1] > DAY) after['00:00'] = formatTime(span[1] - DAY)
    }
  }
  return { own, after }
}
