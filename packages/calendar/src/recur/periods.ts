// The periods of a rule (days, weeks, months, years or years of whole weeks), numbered without gaps.

import { type CivilDay, civilDate, civilDay, weekdayOf } from '@clientele/core'
import type { Rule } from './rule.js'

/** The periods of a rule. */
export interface Periods {
  /** The period that holds a day. */
  readonly indexOf: (day: CivilDay) => number
  /** The first day of a period. */
  readonly firstDay: (index: number) => CivilDay
  /** After so many periods, those of 400 years, the Gregorian calendar repeats to the day. */
  readonly cycle: number
}

const ofDays = (size: number, begin: CivilDay): Periods => ({
  indexOf: (day) => Math.floor((day - begin) / size),
  firstDay: (index) => begin + index * size,
  cycle: 146_097 / size,
})

const ofMonths = (size: number): Periods => ({
  indexOf: (day) => {
    const { year, month } = civilDate(day)
    return Math.floor((year * 12 + month - 1) / size)
  },
  firstDay: (index) => civilDay(0, index * size + 1, 1),
  cycle: 4_800 / size,
})

/** Years of whole weeks, for BYWEEKNO: week 1 is the first with four days in the year (ISO 8601, with WKST for Monday). */
const ofWeekYears = (weekStart: number): Periods => {
  const weekOf = (day: CivilDay): CivilDay => day - weekdayOf(day - weekStart)
  return {
    indexOf: (day) => civilDate(weekOf(day) + 3).year,
    firstDay: (year) => weekOf(civilDay(year, 1, 4)),
    cycle: 400,
  }
}

/** The periods that a rule repeats in. */
export const periodsOf = ({ frequency, interval, weekNumbers, weekStart, positions }: Rule): Periods => {
  // 1970-01-05 was a Monday
  if (frequency === 'weekly') return ofDays(7, 4 + weekStart)
  if (frequency === 'monthly') return ofMonths(1)
  if (weekNumbers.length > 0) return ofWeekYears(weekStart)
  // every day counts alike: by the year it is faster
  return frequency === 'yearly' || (interval === 1 && positions.length === 0) ? ofMonths(12) : ofDays(1, 0)
}
