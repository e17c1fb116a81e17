// What exporters need of a calendar: its hours in one zone, its holidays as plain dates, its intervals in minutes.

import {
  type CivilDay,
  civilDay,
  DAY,
  describeValue,
  formatDate,
  parseDate,
  parseTime,
  WEEKDAYS,
  weekdayOf,
} from '@clientele/core'
import type { Definition, Holiday, Hours, Interval, Week } from '../model.js'
import { occurrencesBetween, parseRule, type Rule } from '../recur/index.js'
import type { ImportOptions, Report } from './report.js'

const DEFAULT_YEARS = [2020, 2040] as const

/** The first and last day of the years in which dates are written out. */
export const spanOf = (
  { years = DEFAULT_YEARS }: ImportOptions,
  report: Report,
): readonly [CivilDay, CivilDay] => {
  const [first, last] = years
  const fits =
    Number.isInteger(first) && Number.isInteger(last) && first >= 1970 && last <= 2100 && first <= last
  if (!fits)
    report.refuse(
      'bad-value',
      'years',
      `${first} to ${last}`,
      'years are whole numbers in order, 1970 to 2100',
    )
  return fits ? [civilDay(first, 1, 1), civilDay(last, 12, 31)] : [0, 0]
}

/** The hours of a definition, or a refusal: other formats know no algebra of calendars. */
export const hoursOf = (definition: Definition, report: Report): Hours | undefined =>
  'timeZone' in definition && 'week' in definition
    ? definition
    : report.refuse(
        'unsupported',
        '',
        Object.keys(definition).join(),
        'only hours in one zone can be written in this format',
      )

/** A holiday taken apart: one date, or a rule from a date. */
export const holidayOf = (
  holiday: Holiday,
  path: string,
  report: Report,
):
  | { readonly name: string | undefined; readonly from: CivilDay; readonly rule: Rule | undefined }
  | undefined => {
  const given = typeof holiday === 'string' ? { date: holiday } : holiday
  const name = 'name' in given ? given.name : undefined
  const from = parseDate('date' in given ? given.date : (given.from ?? '1970-01-01'))
  if (from === undefined) return report.refuse('bad-value', path, describeValue(holiday), 'it is no date')
  if ('date' in given) return { name, from, rule: undefined }
  const rule = parseRule(given.rrule)
  if (rule._tag === 'Left') return report.refuse('bad-value', path, given.rrule, rule.left.reason)
  return { name, from, rule: rule.right }
}

/** Holidays as dates, those of rules written out within the span, with a note. */
export const datesOfHolidays = (
  holidays: readonly Holiday[],
  [first, last]: readonly [CivilDay, CivilDay],
  report: Report,
): { readonly date: string; readonly name: string | undefined }[] => {
  const found = new Map<string, string | undefined>()
  holidays.forEach((holiday, index) => {
    const path = `holidays[${index}]`
    const parts = holidayOf(holiday, path, report)
    if (parts === undefined) return
    const { name, from, rule } = parts
    if (rule !== undefined) {
      report.note(
        'written-out',
        path,
        'rrule',
        `its dates from ${formatDate(first)} to ${formatDate(last)} are written out`,
      )
    }
    const days = rule === undefined ? [from] : occurrencesBetween(rule, from, first, last)
    for (const day of days) if (!found.has(formatDate(day))) found.set(formatDate(day), name)
  })
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, name]) => ({ date, name }))
}

/** The intervals of each weekday, Monday first. */
export const weekdaysOf = (week: Week): readonly (readonly Interval[])[] =>
  WEEKDAYS.map((day) => (week === '24/7' ? ['00:00-24:00'] : (week[day] ?? [])))

/** The intervals that start on a date by the week that holds then; holidays and `dates` are not asked. */
export const weekdayHours = ({ week, effective = [] }: Hours, day: CivilDay): readonly Interval[] => {
  const current = effective.filter(({ from }) => from <= formatDate(day)).at(-1)
  return weekdaysOf(current?.week ?? week)[weekdayOf(day)]!
}

/** Cuts what runs over midnight. */
export const untilMidnight = (intervals: readonly Interval[]): Interval[] =>
  intervals.map((each) => ((spanOfInterval(each)?.[1] ?? 0) > DAY ? `${each.split('-')[0]}-24:00` : each))

/** `dates` with holidays among them: a holiday has no hours, and the date before it none after midnight. */
export const replacementsOf = (
  hours: Hours,
  holidays: readonly { readonly date: string }[],
): Map<string, readonly Interval[]> => {
  const own = new Map(Object.entries(hours.dates ?? {}))
  const closed = new Set(holidays.map(({ date }) => date).filter((date) => !own.has(date)))
  const all = new Map(own)
  for (const date of closed) {
    all.set(date, [])
    const before = (parseDate(date) ?? 0) - 1
    const evening = formatDate(before)
    const intervals = closed.has(evening) ? [] : (own.get(evening) ?? weekdayHours(hours, before))
    const cut = untilMidnight(intervals)
    if (cut.join() !== intervals.join()) all.set(evening, cut)
  }
  return all
}

/** An interval as milliseconds after its day's midnight; the end exceeds a day when it runs into the next. */
export const spanOfInterval = (interval: Interval): readonly [number, number] | undefined => {
  const [from = '', to = '', more] = interval.split('-')
  const [start, end] = [parseTime(from), parseTime(to)]
  if (start === undefined || end === undefined || more !== undefined || start === end) return undefined
  return [start, end > start ? end : end + DAY]
}
