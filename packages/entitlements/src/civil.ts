// Dates as stretches of time. A date begins when the wall clock first shows it, or a later one, and ends where the next
// begins; so dates tile time also where clocks are put back over midnight and the wall clock shows a date twice.

import type { Instant, Zone } from '@clientele/core'
import {
  addMonths,
  anchoredPeriod,
  type CivilDay,
  calendarPeriod,
  civilDate,
  DAY,
  PERIODS,
  toInstant,
  toLocal,
  upperBound,
} from '@clientele/core'

/** Days before and after all that the engines know, for terms without a first or last day. */
export const FIRST_DAY: CivilDay = -1_000_000
export const LAST_DAY: CivilDay = 10_000_000
/** Before them all. */
export const NO_DAY: CivilDay = FIRST_DAY - 1

/** When a date begins: at the jump, where a gap holds its midnight. */
export const startOfDay = (zone: Zone, day: CivilDay): Instant => {
  if (day <= FIRST_DAY) return Number.NEGATIVE_INFINITY
  if (day >= LAST_DAY) return Number.POSITIVE_INFINITY
  const at = toInstant(zone, day * DAY)
  if (toLocal(zone, at) === day * DAY) return at
  return zone.starts[upperBound(zone.starts, at, 1, zone.starts.length) - 1]!
}

/** The last date that has begun. */
export const dayAt = (zone: Zone, at: Instant): CivilDay => {
  let day = Math.floor(toLocal(zone, at) / DAY)
  // the wall clock shows a date again that has ended already
  while (startOfDay(zone, day + 1) <= at) day++
  return day
}

/** How a channel's periods follow each other; `per` as in the table, below the whole contract. */
export interface Rhythm {
  readonly per: number
  readonly anchored: number
  /** The day that anchored periods count from. */
  readonly anchor: CivilDay
  readonly weekStart: number
}

const MONTHS = [0, 0, 1, 3, 12]
const LENGTHS = [1, 7]
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4

const monthOf = (day: CivilDay): number => {
  const { year, month } = civilDate(day)
  return year * 12 + month - 1
}

/** The first day of the period that a day lies in. */
export const periodOf = ({ per, anchored, anchor, weekStart }: Rhythm, day: CivilDay): CivilDay =>
  anchored === 1
    ? anchoredPeriod(PERIODS[per]!, anchor, day).from
    : calendarPeriod(PERIODS[per]!, day, weekStart).from

/** The number of the period that begins on a day: the next one's is one more. */
export const numberOf = ({ per, anchored, anchor, weekStart }: Rhythm, from: CivilDay): number => {
  if (per < LENGTHS.length) {
    const first = anchored === 1 ? anchor : FIRST_MONDAY + weekStart
    return Math.round((from - first) / LENGTHS[per]!)
  }
  const months = MONTHS[per]!
  // an anchored period begins in the month it should, on the day it should or the last before it
  return Math.round((monthOf(from) - (anchored === 1 ? monthOf(anchor) : 0)) / months)
}

/** The day on which the next period begins, or the n-th next. */
export const periodAfter = (rhythm: Rhythm, from: CivilDay, count = 1): CivilDay => {
  const { per, anchored, anchor } = rhythm
  if (per < LENGTHS.length) return from + count * LENGTHS[per]!
  const months = MONTHS[per]!
  return anchored === 1
    ? addMonths(anchor, (numberOf(rhythm, from) + count) * months)
    : addMonths(from, count * months)
}
