// Opening hours by the Russian production calendar: the week a service keeps, with the special days of some years put in.

import { type CivilDay, formatTime, HOUR, parseDate, parseTime, WEEKDAYS, weekdayOf } from '@clientele/core'
import type { Holiday, Hours, Interval, Week } from '../model.js'
import { russianDays, yearOf } from './days.js'

/** What the calendar is made of. @category definitions */
export interface RussianHours {
  /** Default: `Europe/Moscow`. */
  readonly timeZone?: string
  /** The hours of an ordinary week. */
  readonly week: Week
  /** The years whose special days are put in. */
  readonly years: readonly number[]
}

const hoursOf = (week: Week, date: string): readonly Interval[] => {
  const day: CivilDay = parseDate(date) ?? 0
  return week === '24/7' ? ['00:00-24:00'] : (week[WEEKDAYS[weekdayOf(day)]!] ?? [])
}

/** The last closing an hour earlier; an interval of an hour or less falls away. */
const shorter = (intervals: readonly Interval[]): Interval[] => {
  const last = [...intervals].sort().at(-1)
  return intervals.flatMap((interval) => {
    const [from = '', to = ''] = interval.split('-')
    const [start, end] = [parseTime(from), parseTime(to)]
    if (interval !== last || start === undefined || end === undefined) return [interval]
    const length = end > start ? end - start : end + 24 * HOUR - start
    // an hour before 00:30 is 23:30 of the evening before
    return length <= HOUR ? [] : [`${from}-${formatTime((end - HOUR + 24 * HOUR) % (24 * HOUR))}`]
  })
}

/**
 * Hours by the Russian production calendar for the five-day week: holidays and days off moved to working days are closed, a
 * working Saturday has the hours of the working day that it stands for, and a shortened day closes an hour earlier. Days
 * that the week keeps closed stay closed, and a service that works on Saturdays anyway keeps its Saturday hours. The sources
 * stand in `meta`.
 *
 * @throws RangeError for a year that is not known; transfers are decreed each year, so none is computed.
 *
 * @example
 * import { russianHours } from '@clientele/calendar/russia'
 * const [mon, tue, wed, thu, fri] = Array.from({ length: 5 }, () => ['09:00-18:00'])
 * const desk = russianHours({ week: { mon: mon!, tue: tue!, wed: wed!, thu: thu!, fri: fri! }, years: [2025] })
 * desk.dates
 * // => { '2025-03-07': ['09:00-17:00'], '2025-04-30': ['09:00-17:00'], '2025-06-11': ['09:00-17:00'], '2025-11-01': ['09:00-17:00'] }
 *
 * @category definitions
 */
export const russianHours = ({ timeZone = 'Europe/Moscow', week, years }: RussianHours): Hours => {
  const sorted = [...new Set(years)].sort((a, b) => a - b)
  const days = sorted.flatMap((year) => russianDays(year))
  const holidays: Holiday[] = days
    .filter(({ kind }) => kind === 'holiday' || kind === 'moved-day-off')
    .map(({ date, name }) => ({ date, name }))
  const dates = new Map<string, readonly Interval[]>()
  for (const { date, kind, standsFor } of days) {
    const own = hoursOf(week, date)
    if (kind === 'working-saturday' && own.length === 0) dates.set(date, hoursOf(week, standsFor ?? date))
  }
  for (const { date, kind } of days) {
    const intervals = dates.get(date) ?? hoursOf(week, date)
    if (kind === 'shortened' && intervals.length > 0) dates.set(date, shorter(intervals))
  }
  return {
    timeZone,
    week,
    holidays,
    ...(dates.size === 0 ? {} : { dates: Object.fromEntries([...dates].sort(byDate)) }),
    meta: { sources: sorted.map((year) => ({ year, source: yearOf(year).source })) },
  }
}

const byDate = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
