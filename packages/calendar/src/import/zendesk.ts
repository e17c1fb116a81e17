// Zendesk schedules: intervals in minutes of a week that begins on Sunday, holidays as spans of dates.

import { formatDate, formatTime, left, MINUTE, parseDate, right, zoneOf } from '@clientele/core'
import type { Definition, Holiday, Interval } from '../model.js'
import { datesOfHolidays, hoursOf, spanOf, spanOfInterval, weekdaysOf } from './dates.js'
import { type ExportResult, type ImportOptions, type ImportResult, Report, refused } from './report.js'
import { isRecord, listOf, numberOf, textOf } from './value.js'
import { type Pattern, weekOf } from './weeks.js'

const DAY_MINUTES = 1_440
const WEEK_MINUTES = 10_080
const LONGEST_HOLIDAY = 366
/** Zendesk spells zones as Rails does: these by a name of their own, most others by a city of the IANA zone. */
const RAILS_ZONES = new Map([
  ['Eastern Time (US & Canada)', 'America/New_York'],
  ['Central Time (US & Canada)', 'America/Chicago'],
  ['Mountain Time (US & Canada)', 'America/Denver'],
  ['Pacific Time (US & Canada)', 'America/Los_Angeles'],
  ['Atlantic Time (Canada)', 'America/Halifax'],
  ['Edinburgh', 'Europe/London'],
  ['Bern', 'Europe/Zurich'],
  ['St. Petersburg', 'Europe/Moscow'],
  ['Beijing', 'Asia/Shanghai'],
  ['Mumbai', 'Asia/Kolkata'],
  ['New Delhi', 'Asia/Kolkata'],
  ['Hawaii', 'Pacific/Honolulu'],
  ['Alaska', 'America/Anchorage'],
])
const REGIONS = ['Europe', 'America', 'Asia', 'Africa', 'Australia', 'Pacific', 'Atlantic']

const zoneOfRails = (name: string | undefined): string | undefined => {
  if (name === undefined || zoneOf(name) !== undefined) return name
  const city = name.replaceAll(' ', '_')
  return (
    RAILS_ZONES.get(name) ??
    REGIONS.map((region) => `${region}/${city}`).find((zone) => zoneOf(zone) !== undefined) ??
    name
  )
}

/** Cuts minutes of the week at midnights, Monday 0. */
const patternsOf = (start: number, end: number): Pattern[] => {
  const found: Pattern[] = []
  for (let from = start; from < end; from = Math.floor(from / DAY_MINUTES + 1) * DAY_MINUTES) {
    const day = Math.floor(from / DAY_MINUTES)
    const to = Math.min(end, (day + 1) * DAY_MINUTES)
    const clock = (minutes: number): string => formatTime((minutes - day * DAY_MINUTES) * MINUTE)
    const interval = `${clock(from)}-${clock(to)}`
    found.push({
      from: Number.NEGATIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
      weekday: (day + 6) % 7,
      interval,
    })
  }
  return found
}

const holidaysOf = (value: unknown, report: Report): Holiday[] =>
  listOf(value, 'holidays', report).flatMap((given, index) => {
    const path = `holidays[${index}]`
    const record = isRecord(given) ? given : {}
    const [first, last] = [textOf(record, 'start_date'), textOf(record, 'end_date')].map((text) =>
      parseDate(text ?? ''),
    )
    if (first === undefined || last === undefined || last < first || last - first >= LONGEST_HOLIDAY) {
      report.refuse('bad-value', path, given, 'it is no span of dates, start_date to end_date, within a year')
      return []
    }
    const name = textOf(record, 'name')
    const dates = Array.from({ length: last - first + 1 }, (_, i) => formatDate(first + i))
    return dates.map((date) => (name === undefined ? date : { date, name }))
  })

/**
 * Reads a Zendesk schedule, `{ "schedule": { "time_zone", "intervals": [{ "start_time", "end_time" }] }, "holidays": [{ "name",
 * "start_date", "end_date" }] }`, or the schedule itself. Times are minutes of a week that begins on Sunday; the dates of a
 * holiday are both included.
 *
 * @example
 * import { fromZendesk } from '@clientele/calendar/import'
 * const read = fromZendesk({ time_zone: 'London', intervals: [{ start_time: 1980, end_time: 2460 }] })
 * if (read._tag === 'Right') read.right.definition
 * // => { timeZone: 'Europe/London', week: { mon: ['09:00-17:00'] } }
 *
 * @category compile
 */
export const fromZendesk = (value: unknown, options: ImportOptions = {}): ImportResult => {
  const schedule = isRecord(value) && isRecord(value['schedule']) ? value['schedule'] : value
  if (!isRecord(value) || !isRecord(schedule))
    return refused('bad-syntax', '', value, 'a schedule is an object')
  if (!['intervals', 'holidays'].some((key) => Object.hasOwn(schedule, key) || Object.hasOwn(value, key)))
    return refused('nothing-found', '', value, 'there are no intervals and no holidays in it')
  const report = new Report()
  const timeZone = report.zone(zoneOfRails(textOf(schedule, 'time_zone')), 'time_zone', options)
  const patterns = listOf(schedule['intervals'], 'intervals', report).flatMap((given, index) => {
    const record = isRecord(given) ? given : {}
    const [start = -1, end = -1] = [numberOf(record, 'start_time'), numberOf(record, 'end_time')]
    const fits =
      Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= WEEK_MINUTES
    if (fits) return patternsOf(start, end)
    report.refuse(
      'bad-value',
      `intervals[${index}]`,
      given,
      'start_time and end_time are minutes of a week, in order',
    )
    return []
  })
  const holidays = holidaysOf(value['holidays'] ?? schedule['holidays'], report)
  const label = textOf(schedule, 'name')
  return report.result({
    timeZone,
    ...(label === undefined ? {} : { label }),
    week: weekOf(patterns),
    ...(holidays.length === 0 ? {} : { holidays }),
  })
}

/** A Zendesk schedule with its holidays. @category definitions */
export interface ZendeskSchedule {
  readonly schedule: {
    readonly name: string
    readonly time_zone: string
    readonly intervals: readonly { readonly start_time: number; readonly end_time: number }[]
  }
  readonly holidays: readonly {
    readonly name: string
    readonly start_date: string
    readonly end_date: string
  }[]
}

/**
 * Writes hours as a Zendesk schedule. Zendesk knows weekly intervals and whole holidays; `dates`, `breaks` and `effective`
 * are dropped with a note, intervals over midnight are cut there, seconds are refused, and recurring holidays are written
 * out in `years`.
 *
 * @example
 * import { toZendesk } from '@clientele/calendar/import'
 * const written = toZendesk({ timeZone: 'Europe/London', week: { mon: ['09:00-17:00'] } })
 * if (written._tag === 'Right') written.right.value.schedule.intervals // => [{ start_time: 1980, end_time: 2460 }]
 *
 * @category compile
 */
export const toZendesk = (
  definition: Definition,
  options: ImportOptions = {},
): ExportResult<ZendeskSchedule> => {
  const report = new Report()
  const hours = hoursOf(definition, report)
  const span = spanOf(options, report)
  for (const key of ['dates', 'breaks', 'effective'] as const) {
    if (hours?.[key] !== undefined) report.note('dropped', key, key, 'a Zendesk schedule has no such thing')
  }
  const week = hours === undefined ? [] : weekdaysOf(hours.week)
  const intervals = week.flatMap((list, weekday) => list.flatMap((each) => minutesOf(each, weekday, report)))
  const holidays = datesOfHolidays(hours?.holidays ?? [], span, report)
  const [first, ...rest] = report.issues
  if (hours === undefined || first !== undefined) return left([first!, ...rest])
  const value = {
    schedule: {
      name: hours.label ?? 'Schedule',
      time_zone: hours.timeZone,
      intervals: intervals.sort((a, b) => a.start_time - b.start_time),
    },
    holidays: holidays.map(({ date, name }) => ({ name: name ?? date, start_date: date, end_date: date })),
  }
  return right({ value, notes: report.notes })
}

type Minutes = { readonly start_time: number; readonly end_time: number }

const minutesOf = (interval: Interval, weekday: number, report: Report): Minutes[] => {
  const span = spanOfInterval(interval)
  if (span === undefined || span.some((time) => time % MINUTE !== 0)) {
    report.refuse('bad-value', `week[${weekday}]`, interval, 'it is no interval of whole minutes')
    return []
  }
  const midnight = ((weekday + 1) % 7) * DAY_MINUTES
  const [start, end] = [midnight + span[0] / MINUTE, midnight + span[1] / MINUTE]
  const cut = Math.min(end, midnight + DAY_MINUTES)
  const next = cut % WEEK_MINUTES
  const own = { start_time: start, end_time: cut }
  return end === cut ? [own] : [own, { start_time: next, end_time: next + end - cut }]
}
