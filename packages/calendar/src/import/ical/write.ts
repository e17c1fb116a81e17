// A calendar as iCalendar: its weeks and dates as availability (RFC 7953), its holidays and breaks as events.

import {
  type CivilDay,
  civilDate,
  DAY,
  formatLocal,
  type Instant,
  type LocalMillis,
  left,
  parseDate,
  right,
  weekdayOf,
} from '@clientele/core'
import type { Definition, Hours, Interval } from '../../model.js'
import { formatRule, occurrencesBetween, type Rule } from '../../recur/index.js'
import { holidayOf, hoursOf, spanOfInterval, weekdaysOf } from '../dates.js'
import { type ExportResult, Report } from '../report.js'
import { LAST_DAY } from './source.js'
import { escapeText, fold } from './text.js'

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** What the exporter may be told. @category compile */
export interface ICalendarOptions {
  /** DTSTAMP of everything written. Default: 1970-01-01, so that equal calendars write equal texts. */
  readonly stamp?: Instant
}

const digits = (day: CivilDay): string => {
  const { year, month, day: ofMonth } = civilDate(day)
  return `${String(year).padStart(4, '0')}${String(month).padStart(2, '0')}${String(ofMonth).padStart(2, '0')}`
}
const clock = (local: LocalMillis): string => formatLocal(local).replace(/[-:]|\.\d+$/g, '')

/** Lines of one component, numbered for its UID. */
type Lines = readonly string[]

const component = (name: string, id: string, stamp: string, lines: Lines): Lines => [
  `BEGIN:${name}`,
  `UID:${id}@clientele`,
  `DTSTAMP:${stamp}`,
  ...lines,
  `END:${name}`,
]

/** Start and end of an interval on a day, in the zone. */
const times = (interval: Interval, day: CivilDay, zone: string, path: string, report: Report): Lines => {
  const span = spanOfInterval(interval)
  if (span === undefined) return report.refuse('bad-value', path, interval, 'it is no interval') ?? []
  const [start, end] = span.map((time) => clock(day * DAY + time))
  return [`DTSTART;TZID=${zone}:${start}`, `DTEND;TZID=${zone}:${end}`]
}

/** The weekly intervals, each from the first date of its weekday on, without the dates that have hours of their own. */
const weekly = (
  hours: Hours,
  own: readonly CivilDay[],
  shut: readonly CivilDay[],
  report: Report,
): Lines[] => {
  const effective = hours.effective ?? []
  const starts = [0, ...effective.map(({ from }) => parseDate(from) ?? 0)]
  return [hours.week, ...effective.map(({ week }) => week)].flatMap((week, i) => {
    const [from, next] = [starts[i]!, starts[i + 1] ?? Number.POSITIVE_INFINITY]
    const until = Number.isFinite(next) ? `;UNTIL=${digits(next - 1)}T235959` : ''
    return weekdaysOf(week).flatMap((intervals, weekday) => {
      const first = from + ((weekday - weekdayOf(from) + 7) % 7)
      if (first >= next) return []
      return intervals.map((interval) => {
        const [start, end] = spanOfInterval(interval) ?? [0, 0]
        // a holiday drops the whole interval, and its event ends at midnight
        const gone = end > DAY ? [...new Set([...own, ...shut])] : own
        const without = gone.filter((day) => day >= first && day < next && weekdayOf(day) === weekday)
        return [
          ...times(interval, first, hours.timeZone, 'week', report),
          `RRULE:FREQ=WEEKLY;BYDAY=${CODES[weekday]}${until}`,
          ...without.map((day) => `EXDATE;TZID=${hours.timeZone}:${clock(day * DAY + start)}`),
        ]
      })
    })
  })
}

const daysOf = ({ from, rule }: { readonly from: CivilDay; readonly rule: Rule | undefined }): CivilDay[] =>
  rule === undefined ? [from] : occurrencesBetween(rule, from, from, LAST_DAY)

/** The events that close. */
const closing = (hours: Hours, own: readonly CivilDay[], report: Report): Lines[] => {
  const holidays = (hours.holidays ?? []).flatMap((holiday, index) => {
    const parts = holidayOf(holiday, `holidays[${index}]`, report)
    if (parts === undefined) return []
    const { name, from, rule } = parts
    // iCalendar counts the start in, so a rule begins at its first date
    const all = daysOf({ from, rule })
    const first = all[0]
    if (first === undefined || (rule === undefined && own.includes(from))) return []
    const summary = name === undefined ? [] : [`SUMMARY:${escapeText(name)}`]
    if (rule === undefined) return [[`DTSTART;VALUE=DATE:${digits(first)}`, ...summary]]
    const without = all.filter((day) => own.includes(day))
    return [
      [
        `DTSTART;VALUE=DATE:${digits(first)}`,
        `RRULE:${formatRule(rule)}`,
        ...without.map((day) => `EXDATE;VALUE=DATE:${digits(day)}`),
        ...summary,
      ],
    ]
  })
  const breaks = Object.entries(hours.breaks ?? {}).flatMap(([date, intervals]) =>
    intervals.map((each) => times(each, parseDate(date) ?? 0, hours.timeZone, `breaks["${date}"]`, report)),
  )
  return [...holidays, ...breaks]
}

/**
 * Writes hours as iCalendar: weeks and `dates` as AVAILABLE parts of one VAVAILABILITY (RFC 7953), holidays as events of whole
 * days, breaks as events. `fromICalendar` reads it back to the same openings. Zones are named by TZID without a VTIMEZONE
 * (RFC 7809); the text has equal bytes for equal calendars.
 *
 * @example
 * import { toICalendar } from '@clientele/calendar/import'
 * const written = toICalendar({ timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } })
 * if (written._tag === 'Right') written.right.value.split('\r\n').filter((line) => /^(DTSTART|RRULE)/.test(line))
 * // => ['DTSTART;TZID=Europe/Paris:19700105T090000', 'RRULE:FREQ=WEEKLY;BYDAY=MO']
 *
 * @category compile
 */
export const toICalendar = (definition: Definition, options: ICalendarOptions = {}): ExportResult<string> => {
  const report = new Report()
  const hours = hoursOf(definition, report)
  const stamp = `${clock(options.stamp ?? 0)}Z`
  const dates = Object.entries(hours?.dates ?? {}).map(
    ([date, intervals]) => [parseDate(date) ?? 0, intervals] as const,
  )
  const own = dates.map(([day]) => day)
  const shut = (hours?.holidays ?? []).flatMap((holiday, index) => {
    const parts = holidayOf(holiday, `holidays[${index}]`, report)
    return parts === undefined ? [] : daysOf(parts)
  })
  const opening = hours === undefined ? [] : weekly(hours, own, shut, report)
  const single = dates.flatMap(([day, intervals]) =>
    intervals.map((each) => times(each, day, hours!.timeZone, 'dates', report)),
  )
  const events = hours === undefined ? [] : closing(hours, own, report)
  const available = [...opening, ...single].flatMap((lines, i) =>
    component('AVAILABLE', `open-${i + 1}`, stamp, lines),
  )
  const lines = [
    ...[
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Clientele//calendar//EN',
      `X-WR-TIMEZONE:${hours?.timeZone ?? 'UTC'}`,
    ],
    ...component('VAVAILABILITY', 'hours', stamp, available),
    ...events.flatMap((event, i) => component('VEVENT', `closed-${i + 1}`, stamp, event)),
    'END:VCALENDAR',
  ]
  const [first, ...rest] = report.issues
  if (first !== undefined) return left([first, ...rest])
  return right({ value: `${lines.map(fold).join('\r\n')}\r\n`, notes: report.notes })
}
