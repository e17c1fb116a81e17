// A calendar as OSM `opening_hours`, in the subset that is read back.

import {
  type CivilDay,
  civilDate,
  DAY,
  formatDate,
  formatTime,
  left,
  MINUTE,
  parseDate,
  right,
} from '@clientele/core'
import type { Definition, Holiday, Hours, Interval } from '../../model.js'
import type { Rule } from '../../recur/index.js'
import {
  datesOfHolidays,
  holidayOf,
  hoursOf,
  spanOf,
  spanOfInterval,
  weekdayHours,
  weekdaysOf,
} from '../dates.js'
import { type ExportResult, type ImportOptions, Report } from '../report.js'

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const two = (value: number): string => String(value).padStart(2, '0')

/** Weekdays as a list of ranges; two in a row stay two. */
const daysText = (weekdays: readonly number[]): string => {
  const runs: number[][] = []
  for (const day of weekdays) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  const names = runs.flatMap((run) =>
    run.length > 2 ? [`${DAYS[run[0]!]}-${DAYS[run.at(-1)!]}`] : run.map((day) => DAYS[day]!),
  )
  return names.join()
}

const timesText = (intervals: readonly Interval[], path: string, report: Report): string => {
  const times = intervals.flatMap((interval) => {
    const span = spanOfInterval(interval)
    if (span?.every((time) => time % MINUTE === 0)) return [interval]
    report.refuse('bad-value', path, interval, 'it is no interval of whole minutes')
    return []
  })
  return times.length === 0 ? 'off' : times.join()
}

const dateText = (day: CivilDay): string => {
  const { year, month, day: ofMonth } = civilDate(day)
  return `${year} ${MONTHS[month - 1]} ${two(ofMonth)}`
}

/** A recurring holiday that is nothing but days of months, as OSM says it; `undefined` for any other. */
const yearlyText = (rule: Rule): string | undefined => {
  const { frequency, interval, count, until, months, monthDays, weekdays, yearDays, weekNumbers, positions } =
    rule
  const more = weekdays.length + yearDays.length + weekNumbers.length + positions.length
  const isPlain =
    frequency === 'yearly' && interval === 1 && count === undefined && until === undefined && more === 0
  if (!isPlain || months.length === 0 || monthDays.length === 0 || monthDays.some((day) => day < 0))
    return undefined
  if (rule.skip !== 'omit') return undefined
  // days that a month lacks do not occur, and OSM takes none of them either
  const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const dates = months.flatMap((month) =>
    monthDays.filter((day) => day <= lengths[month - 1]!).map((day) => `${MONTHS[month - 1]} ${two(day)}`),
  )
  return dates.length === 0 ? undefined : dates.join()
}

/** What runs into a date from the evening before: OSM would cut it where the date has a rule of its own. */
const tailInto = (hours: Hours, date: string, closed: readonly { readonly date: string }[]): Interval[] => {
  const before = (parseDate(date) ?? 0) - 1
  const evening = formatDate(before)
  if (closed.some((each) => each.date === evening)) return []
  return (hours.dates?.[evening] ?? weekdayHours(hours, before)).flatMap((each) => {
    const end = spanOfInterval(each)?.[1] ?? 0
    return end > DAY ? [`00:00-${formatTime(end - DAY)}`] : []
  })
}

/**
 * Writes hours as OSM `opening_hours`. Recurring holidays that are plain days of months stay recurring, others are written
 * out in `years`; breaks and effective weeks are dropped with a note; seconds are refused.
 *
 * @example
 * import { toOsm } from '@clientele/calendar/import'
 * const week = { mon: ['09:00-13:00', '14:00-18:00'], tue: ['09:00-18:00'], wed: ['09:00-18:00'], thu: ['09:00-18:00'] }
 * const written = toOsm({ timeZone: 'Europe/Paris', week, dates: { '2026-12-24': ['09:00-12:00'] } })
 * if (written._tag === 'Right') written.right.value
 * // => 'Mo 09:00-13:00,14:00-18:00; Tu-Th 09:00-18:00; 2026 Dec 24 09:00-12:00'
 *
 * @category compile
 */
export const toOsm = (definition: Definition, options: ImportOptions = {}): ExportResult<string> => {
  const report = new Report()
  const hours = hoursOf(definition, report)
  const span = spanOf(options, report)
  for (const key of ['breaks', 'effective'] as const) {
    if (hours?.[key] !== undefined)
      report.note('dropped', key, key, 'the subset of OSM written here has no such thing')
  }
  const byTimes = new Map<string, number[]>()
  weekdaysOf(hours?.week ?? {}).forEach((intervals, weekday) => {
    if (intervals.length === 0) return
    const times = timesText(intervals, `week[${weekday}]`, report)
    byTimes.set(times, [...(byTimes.get(times) ?? []), weekday])
  })
  const week = [...byTimes].map(([times, weekdays]) => `${daysText(weekdays)} ${times}`)
  const always = hours?.week === '24/7' ? ['24/7'] : week.length === 0 ? ['Mo-Su off'] : week
  const yearly: string[] = []
  const others: Holiday[] = []
  hours?.holidays?.forEach((holiday, index) => {
    const parts = holidayOf(holiday, `holidays[${index}]`, report)
    const text = parts?.rule === undefined ? undefined : yearlyText(parts.rule)
    const begins = parts !== undefined && parts.from > 0 && text !== undefined
    if (begins)
      report.note(
        'assumed',
        `holidays[${index}]`,
        text,
        'OSM cannot say when it begins; it holds for every year',
      )
    if (text === undefined) others.push(holiday)
    else yearly.push(`${text} off`)
  })
  const dates = Object.entries(hours?.dates ?? {})
  const closed = datesOfHolidays(others, span, report).filter(
    ({ date }) => !dates.some(([open]) => open === date),
  )
  const single = [
    ...closed.map(({ date }) => [date, 'off'] as const),
    ...dates.map(([date, intervals]) => {
      const tail = hours === undefined ? [] : tailInto(hours, date, closed)
      return [date, timesText([...tail, ...intervals], `dates["${date}"]`, report)] as const
    }),
  ].map(([date, times]) => `${dateText(parseDate(date) ?? 0)} ${times}`)
  const [first, ...rest] = report.issues
  // rules after a comma add, and so leave alone what runs into their days from the evening before
  const overnight = weekdaysOf(hours?.week ?? {})
    .flat()
    .some((each) => (spanOfInterval(each)?.[1] ?? 0) > DAY)
  const value = [always.join(overnight ? ', ' : '; '), ...yearly, ...single].join('; ')
  return first === undefined ? right({ value, notes: report.notes }) : left([first, ...rest])
}
