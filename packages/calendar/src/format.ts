// Rendering for people, by luxon: a deadline where the customer is, a week of hours as lines, a ledger in local time. Texts
// follow the locale; nothing here is read back by a program.

import { formatDuration, type Instant, type Ledger, type LedgerEntry, WEEKDAYS } from '@clientele/core'
import { DateTime, Duration, Info } from 'luxon'
import type { Hours, Interval, Week } from './model.js'

/**
 * Where and how a text is read.
 *
 * @category definitions
 */
export interface Reader {
  /** IANA name of the reader's zone. */
  readonly timeZone: string
  /** BCP 47, such as `en-GB` or `ru`. Default: `en`. */
  readonly locale?: string
}

const at = (instant: Instant, { timeZone, locale = 'en' }: Reader): DateTime => {
  const local = DateTime.fromMillis(instant, { zone: timeZone, locale })
  if (local.isValid) return local
  throw new RangeError(
    `expected an instant and a known zone, given ${instant} and "${timeZone}": ${local.invalidExplanation}`,
  )
}

/**
 * An instant as a customer reads it: weekday, date and time in their zone and language, with the zone's name. An instant
 * that is NaN (no open time) gives the text of `never`.
 *
 * @throws RangeError for a zone that luxon does not know.
 *
 * @example
 * import { formatDeadline } from '@clientele/calendar/format'
 * formatDeadline(1772438400000, { timeZone: 'Europe/Moscow', locale: 'en-GB' }).endsWith('2 March 2026 at 11:00 GMT+3')
 * // => true
 * formatDeadline(Number.NaN, { timeZone: 'Europe/Moscow' }) // => 'never'
 *
 * @category explain
 */
export const formatDeadline = (
  instant: Instant,
  reader: Reader,
  { never = 'never' }: { readonly never?: string } = {},
): string => {
  if (Number.isNaN(instant)) return never
  return at(instant, reader).toLocaleString({
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  })
}

/**
 * How far off an instant is, in the reader's language: `in 2 hours`, `3 days ago`.
 *
 * @example
 * import { formatRelative } from '@clientele/calendar/format'
 * formatRelative(7200000, 0, { timeZone: 'UTC' }) // => 'in 2 hours'
 *
 * @category explain
 */
export const formatRelative = (instant: Instant, now: Instant, reader: Reader): string =>
  at(instant, reader).toRelative({ base: at(now, reader) }) ?? ''

/** An interval as a line shows it; seconds only where there are any. */
const intervalText = (interval: Interval): string => interval.replace('-', '–')

const textOf = (intervals: readonly Interval[], closed: string): string =>
  intervals.length === 0 ? closed : [...intervals].sort().map(intervalText).join(', ')

/** Words that a week is rendered with. */
export interface WeekWords {
  /** Default: `closed`. */
  readonly closed?: string
}

/**
 * A week as lines, Monday first: the weekday in the reader's language, then its hours. Names are padded to one width.
 *
 * @example
 * import { formatWeek } from '@clientele/calendar/format'
 * formatWeek({ mon: ['09:00-13:00', '14:00-18:00'], tue: ['22:00-06:00'] }, 'en').slice(0, 3)
 * // => ['Monday     09:00–13:00, 14:00–18:00', 'Tuesday    22:00–06:00', 'Wednesday  closed']
 *
 * @category explain
 */
export const formatWeek = (week: Week, locale: string, { closed = 'closed' }: WeekWords = {}): string[] => {
  const names = Info.weekdays('long', { locale })
  const width = Math.max(...names.map((name) => name.length))
  return WEEKDAYS.map((day, i) => {
    const intervals = week === '24/7' ? ['00:00-24:00'] : (week[day] ?? [])
    return `${names[i]!.padEnd(width)}  ${textOf(intervals, closed)}`
  })
}

/**
 * The week of a calendar that holds on a date, as lines; the zone stands in the first.
 *
 * @example
 * import { formatHours } from '@clientele/calendar/format'
 * const desk = { timeZone: 'Europe/Paris', week: {}, effective: [{ from: '2026-07-01', week: { mon: ['08:00-16:00'] } }] }
 * formatHours(desk, '2026-08-01', 'en').slice(0, 2) // => ['Europe/Paris', 'Monday     08:00–16:00']
 *
 * @category explain
 */
export const formatHours = (hours: Hours, date: string, locale: string, words: WeekWords = {}): string[] => {
  const current = (hours.effective ?? []).filter(({ from }) => from <= date).at(-1)
  return [hours.timeZone, ...formatWeek(current?.week ?? hours.week, locale, words)]
}

const stretch = ({ at: span }: LedgerEntry, reader: Reader): string => {
  if (span === undefined) return ''
  const [from, to] = [at(span[0], reader), at(span[1], reader)]
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const ends = from.hasSame(to, 'day') ? to.toLocaleString(time) : to.toLocaleString({ ...day, ...time })
  return `${from.toLocaleString({ ...day, ...time })} – ${ends}`
}

const lengthOf = (millis: number, locale: string): string => {
  if (millis === 0 || Math.abs(millis) < 1_000) return formatDuration(millis)
  const parts = Duration.fromMillis(Math.abs(millis), { locale })
    .shiftTo('hours', 'minutes', 'seconds')
    .toObject()
  const shown = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== 0))
  return `${millis < 0 ? '−' : ''}${Duration.fromObject(shown, { locale }).toHuman({ unitDisplay: 'short' })}`
}

/**
 * The ledger of a calendar or clock in the reader's zone and language: one line a segment with its length, its label and its
 * stretch of local time, then the total.
 *
 * @example
 * import { formatLedger } from '@clientele/calendar/format'
 * import { ledgerOf } from '@clientele/core'
 * const ledger = ledgerOf('ms', 'sum', [{ code: 'open', label: 'open', amount: 3600000, at: [1772438400000, 1772442000000] }])
 * formatLedger(ledger, { timeZone: 'Europe/Moscow', locale: 'en-GB' }).length // => 2
 *
 * @category explain
 */
export const formatLedger = (ledger: Ledger, reader: Reader): string[] => {
  const amount = (value: number): string =>
    ledger.unit === 'ms' ? lengthOf(value, reader.locale ?? 'en') : `${value} ${ledger.unit}`
  const rows = ledger.entries.map(
    (entry) => [amount(entry.amount), entry.label, stretch(entry, reader)] as const,
  )
  const all = [...rows, [amount(ledger.total), 'total', ''] as const]
  const width = Math.max(...all.map(([text]) => text.length))
  return all.map(
    ([text, label, span]) => `${text.padStart(width)}  ${label}${span === '' ? '' : `  ${span}`}`,
  )
}
