// Salesforce BusinessHours and Holiday records: one window a weekday, holidays with recurrences of their own.

import {
  type CivilDay,
  DAY,
  formatDate,
  formatTime,
  MINUTE,
  parseDate,
  parseTime,
  type UnknownRecord,
  WEEKDAYS,
} from '@clientele/core'
import type { Holiday, Interval } from '../model.js'
import { parseRule } from '../recur/index.js'
import { type ImportOptions, type ImportResult, Report, refused } from './report.js'
import { isRecord, listOf, numberOf, textOf } from './value.js'

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTH_NAMES = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
]
const INSTANCES = new Map([
  ['First', 1],
  ['Second', 2],
  ['Third', 3],
  ['Fourth', 4],
  ['Last', -1],
])
/** Bits of RecurrenceDayOfWeekMask: Sunday 1, Monday 2 … Saturday 64. */
const MASK_CODES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const ALL_DAYS = 127

/** `09:00:00.000Z`, or `09:00:00`: the time of day as Salesforce stores it. */
const timeOf = (record: UnknownRecord, key: string, report: Report): number | undefined => {
  const text = textOf(record, key)
  if (text === undefined || text === '') return undefined
  const time = parseTime(text.replace(/Z$/, ''))
  return time ?? report.refuse('bad-value', key, text, 'it is no time of day such as 09:00:00.000Z')
}

const dayHours = (record: UnknownRecord, day: string, report: Report): Interval[] => {
  const start = timeOf(record, `${day}StartTime`, report)
  const end = timeOf(record, `${day}EndTime`, report)
  if (start === undefined && end === undefined) return []
  if (start === undefined || end === undefined) {
    report.refuse(
      'bad-value',
      day,
      textOf(record, `${day}StartTime`) ?? '',
      'it has one of StartTime and EndTime only',
    )
    return []
  }
  // midnight to midnight is how Salesforce writes a day without a closing time
  if (start === end && start === 0) return ['00:00-24:00']
  if (start !== end) return [`${formatTime(start)}-${formatTime(end === 0 ? DAY : end)}`]
  report.refuse('bad-value', day, formatTime(start), 'it starts and ends at the same time')
  return []
}

const days = (mask: number): string => MASK_CODES.filter((_, bit) => (mask & (1 << bit)) !== 0).join()

/** The text of a recurrence rule for a recurring holiday; `undefined` where a part is missing. */
const ruleText = (record: UnknownRecord): string | undefined => {
  const every = numberOf(record, 'RecurrenceInterval') ?? 1
  const mask = numberOf(record, 'RecurrenceDayOfWeekMask') ?? 0
  const month = MONTH_NAMES.indexOf(textOf(record, 'RecurrenceMonthOfYear') ?? '') + 1
  const dayOfMonth = numberOf(record, 'RecurrenceDayOfMonth')
  const instance = INSTANCES.get(textOf(record, 'RecurrenceInstance') ?? '')
  const end = textOf(record, 'RecurrenceEndDateOnly')?.slice(0, 10).replaceAll('-', '')
  const until = end === undefined ? '' : `;UNTIL=${end}`
  const nth = mask === ALL_DAYS ? `BYMONTHDAY=${instance}` : `BYDAY=${days(mask)};BYSETPOS=${instance}`
  switch (textOf(record, 'RecurrenceType')) {
    case 'RecursDaily':
      return `FREQ=DAILY;INTERVAL=${every}${until}`
    case 'RecursEveryWeekday':
      return `FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR${until}`
    case 'RecursWeekly':
      return mask === 0 ? undefined : `FREQ=WEEKLY;INTERVAL=${every};WKST=SU;BYDAY=${days(mask)}${until}`
    case 'RecursMonthly':
      return dayOfMonth === undefined
        ? undefined
        : `FREQ=MONTHLY;INTERVAL=${every};BYMONTHDAY=${dayOfMonth}${until}`
    case 'RecursMonthlyNth':
      return instance === undefined || mask === 0
        ? undefined
        : `FREQ=MONTHLY;INTERVAL=${every};${nth}${until}`
    case 'RecursYearly':
      return month === 0 || dayOfMonth === undefined
        ? undefined
        : `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${dayOfMonth}${until}`
    case 'RecursYearlyNth':
      return month === 0 || instance === undefined || mask === 0
        ? undefined
        : `FREQ=YEARLY;BYMONTH=${month};${nth}${until}`
    default:
      return undefined
  }
}

interface Closing {
  readonly holidays: Holiday[]
  readonly breaks: Record<string, Interval[]>
}

const addHoliday = (record: UnknownRecord, path: string, closing: Closing, report: Report): void => {
  const dateOf = (key: string): CivilDay | undefined => parseDate((textOf(record, key) ?? '').slice(0, 10))
  const name = textOf(record, 'Name')
  const named = name === undefined ? {} : { name }
  const allDay = record['IsAllDay'] !== false
  if (record['IsRecurrence'] === true) {
    const text = ruleText(record)
    const start = dateOf('RecurrenceStartDate')
    const rule = text === undefined ? undefined : parseRule(text)
    if (start === undefined || rule === undefined || rule._tag === 'Left') {
      report.refuse(
        'bad-value',
        path,
        textOf(record, 'RecurrenceType') ?? '',
        'its recurrence is not complete',
      )
    } else if (!allDay) {
      report.note('dropped', path, name ?? '', 'a recurring holiday of some hours; breaks are given by date')
    } else closing.holidays.push({ rrule: text!, from: formatDate(start), ...named })
    return
  }
  const day = dateOf('ActivityDate')
  if (day === undefined) report.refuse('bad-value', path, record['ActivityDate'], 'ActivityDate is no date')
  else if (allDay) closing.holidays.push({ date: formatDate(day), ...named })
  else {
    const [from = -1, to = -1] = [
      numberOf(record, 'StartTimeInMinutes'),
      numberOf(record, 'EndTimeInMinutes'),
    ]
    const fits = from >= 0 && from < to && to <= 1_440
    if (!fits) report.refuse('bad-value', path, `${from} to ${to}`, 'they are no minutes of a day, in order')
    else {
      const interval = `${formatTime(from * MINUTE)}-${formatTime(to * MINUTE)}`
      closing.breaks[formatDate(day)] = [...(closing.breaks[formatDate(day)] ?? []), interval]
    }
  }
}

/**
 * Reads Salesforce records: `{ "businessHours": {…}, "holidays": [{…}] }`, or a list of BusinessHours and Holiday records as
 * queries return them (a record with `MondayStartTime` or `TimeZoneSidKey` is BusinessHours). No times on a weekday means
 * closed, 00:00 to 00:00 the whole day, an end of 00:00 midnight. All seven kinds of recurring holidays are read; a holiday
 * of some hours becomes a break, unless it recurs (a note).
 *
 * @example
 * import { fromSalesforce } from '@clientele/calendar/import'
 * const hours = { TimeZoneSidKey: 'Europe/Paris', MondayStartTime: '09:00:00.000Z', MondayEndTime: '17:00:00.000Z' }
 * const read = fromSalesforce({ businessHours: hours })
 * if (read._tag === 'Right') read.right.definition
 * // => { timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } }
 *
 * @category compile
 */
export const fromSalesforce = (value: unknown, options: ImportOptions = {}): ImportResult => {
  const report = new Report()
  const source = isRecord(value)
    ? (value['records'] ?? [value['businessHours'] ?? value, value['holidays']])
    : value
  const records = listOf(source, '', report).flat().filter(isRecord)
  const isHours = (record: UnknownRecord): boolean =>
    Object.hasOwn(record, 'TimeZoneSidKey') ||
    DAY_NAMES.some((day) => Object.hasOwn(record, `${day}StartTime`))
  const [hours, second] = records.filter(isHours)
  if (hours === undefined) return refused('nothing-found', '', value, 'there is no record of BusinessHours')
  if (second !== undefined)
    report.note('dropped', '', textOf(second, 'Name') ?? '', 'only the first BusinessHours are read')
  if (hours['IsActive'] === false)
    report.note('assumed', 'IsActive', 'false', 'the hours are not active; they are read as if they were')
  const timeZone = report.zone(textOf(hours, 'TimeZoneSidKey'), 'TimeZoneSidKey', options)
  const week = DAY_NAMES.map((day, i) => [WEEKDAYS[i]!, dayHours(hours, day, report)] as const)
  const closing: Closing = { holidays: [], breaks: {} }
  records.forEach((record, index) => {
    if (!isHours(record)) addHoliday(record, `[${index}]`, closing, report)
  })
  const label = textOf(hours, 'Name')
  return report.result({
    timeZone,
    ...(label === undefined ? {} : { label }),
    week: Object.fromEntries(week.filter(([, intervals]) => intervals.length > 0)),
    ...(closing.holidays.length === 0 ? {} : { holidays: closing.holidays }),
    ...(Object.keys(closing.breaks).length === 0 ? {} : { breaks: closing.breaks }),
  })
}
