// Civil periods: which day, week, month, quarter or year a date lies in, by the calendar or counted from a first day.

import { type CivilDay, civilDate, civilDay, daysInMonth, weekdayOf } from './time.js'

/**
 * The civil periods, shortest first.
 *
 * @example
 * import { PERIODS } from '@clientele/core'
 * PERIODS.length // => 5
 *
 * @category definitions
 */
export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const
/** A civil period. @category definitions */
export type Period = (typeof PERIODS)[number]

/** Civil days [from, to). @category definitions */
export interface CivilSpan {
  /** The first day. */
  readonly from: CivilDay
  /** The day after the last. */
  readonly to: CivilDay
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/**
 * The date that many months on; the 31st becomes the last day of a shorter month.
 *
 * @example
 * import { addMonths, formatDate, parseDate } from '@clientele/core'
 * formatDate(addMonths(parseDate('2026-01-31') ?? 0, 1)) // => '2026-02-28'
 *
 * @category definitions
 */
export const addMonths = (day: CivilDay, months: number): CivilDay => {
  const date = civilDate(day)
  const first = civilDate(civilDay(date.year, date.month + months, 1))
  return civilDay(first.year, first.month, Math.min(date.day, daysInMonth(first.year, first.month)))
}

/**
 * The period of the calendar that a day lies in. `weekStart` is the weekday weeks begin on, Monday 0 … Sunday 6.
 *
 * @example
 * import { calendarPeriod, formatDate, parseDate } from '@clientele/core'
 * const { from, to } = calendarPeriod('quarter', parseDate('2026-05-20') ?? 0)
 * formatDate(from) // => '2026-04-01'
 * formatDate(to) // => '2026-07-01'
 *
 * @category definitions
 */
export const calendarPeriod = (period: Period, day: CivilDay, weekStart = 0): CivilSpan => {
  if (period === 'day') return { from: day, to: day + 1 }
  if (period === 'week') {
    const from = day - ((weekdayOf(day) - weekStart + 7) % 7)
    return { from, to: from + 7 }
  }
  const months = MONTHS[period]
  const { year, month } = civilDate(day)
  const first = month - ((month - 1) % months)
  return { from: civilDay(year, first, 1), to: civilDay(year, first + months, 1) }
}

/**
 * The period a day lies in when periods are counted from a first day: a month from the 31st begins on the last day of
 * shorter months, and on the 31st again in longer ones.
 *
 * @example
 * import { anchoredPeriod, formatDate, parseDate } from '@clientele/core'
 * const { from, to } = anchoredPeriod('month', parseDate('2026-01-31') ?? 0, parseDate('2026-03-01') ?? 0)
 * formatDate(from) // => '2026-02-28'
 * formatDate(to) // => '2026-03-31'
 *
 * @category definitions
 */
export const anchoredPeriod = (period: Period, anchor: CivilDay, day: CivilDay): CivilSpan => {
  if (period === 'day' || period === 'week') {
    const length = period === 'day' ? 1 : 7
    const from = anchor + Math.floor((day - anchor) / length) * length
    return { from, to: from + length }
  }
  const months = MONTHS[period]
  const [a, d] = [civilDate(anchor), civilDate(day)]
  let turn = Math.floor(((d.year - a.year) * 12 + d.month - a.month) / months)
  // its month has come, its day perhaps not
  if (addMonths(anchor, turn * months) > day) turn--
  return { from: addMonths(anchor, turn * months), to: addMonths(anchor, (turn + 1) * months) }
}
