// A recurrence of civil dates as data: what RFC 5545 section 3.3.10 and RFC 7529 let a rule say, less the time of day.
// Reading its text is in `parse.ts`, printing it in `format.ts`.

import type { CivilDay, Millis } from '@clientele/core'

/** The period that a rule repeats in. @category definitions */
export type Frequency = 'daily' | 'weekly' | 'monthly' | 'yearly'

/** What becomes of a day that its month does not have (RFC 7529, section 4.1). @category definitions */
export type Skip = 'omit' | 'backward' | 'forward'

/**
 * A weekday, or one of its turns within the month or year.
 *
 * @category definitions
 */
export interface NthWeekday {
  /** Monday 0 … Sunday 6. */
  readonly weekday: number
  /** 0: every one; 2: the second; −1: the last. */
  readonly nth: number
}

/** The time of day that an UNTIL was written with. @category definitions */
export interface UntilTime {
  /** Milliseconds after midnight. */
  readonly time: Millis
  /** Whether it was written in UTC, with `Z`. */
  readonly utc: boolean
}

/**
 * A recurrence of civil dates. Lists are ascending and without repeats; an empty list restricts nothing.
 *
 * @category definitions
 */
export interface Rule {
  readonly frequency: Frequency
  /** Every how many periods, from the one that holds the start; at least 1. */
  readonly interval: number
  /** How many dates there are in all, counted from the start. */
  readonly count: number | undefined
  /** The last day that may occur. */
  readonly until: CivilDay | undefined
  /** The time of day of UNTIL; no part in the dates, kept for hosts that add times of their own. */
  readonly untilTime: UntilTime | undefined
  /** The first day of a week, Monday 0 … Sunday 6. */
  readonly weekStart: number
  /** BYMONTH, 1…12. */
  readonly months: readonly number[]
  /** BYWEEKNO, 1…53, or −53…−1 from the year's end. */
  readonly weekNumbers: readonly number[]
  /** BYYEARDAY, 1…366, or −366…−1 from the year's end. */
  readonly yearDays: readonly number[]
  /** BYMONTHDAY, 1…31, or −31…−1 from the month's end. */
  readonly monthDays: readonly number[]
  /** BYDAY. */
  readonly weekdays: readonly NthWeekday[]
  /** BYSETPOS, 1…366, or −366…−1 from the period's end. */
  readonly positions: readonly number[]
  readonly skip: Skip
}

/**
 * Why a text is no recurrence of dates.
 *
 * @category definitions
 */
export interface RuleIssue {
  readonly code: 'bad-rrule'
  readonly path: ''
  /** The text, at most its first 120 characters. */
  readonly given: string
  /** A sentence for a person, without its full stop. */
  readonly reason: string
}

/** Weekdays as rules spell them, Monday first. */
export const WEEKDAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/**
 * The answer where no date is left. It is NaN, so that it cannot pass for a day in later arithmetic; test with
 * `Number.isNaN`.
 *
 * @category evaluate
 */
export const NONE: CivilDay = Number.NaN
