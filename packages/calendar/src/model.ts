// The JSON form of a calendar, as people write it and databases hold it, and the words of its answers.

import type { Instant, Weekday } from '@clientele/core'

/**
 * `"09:00-13:00"`: half-open, `24:00` ends a day; an end before its start runs into the next date and belongs to the
 * day it starts. Seconds are allowed, `"09:00:30-13:00"`.
 *
 * @category definitions
 */
export type Interval = string

/** Opening hours by weekday; a day left out is closed. @category definitions */
export type Week = '24/7' | { readonly [day in Weekday]?: readonly Interval[] }

/**
 * A day on which nothing starts: a date, or every date of a recurrence (RFC 5545; of a rule without a start, those from
 * 1970 on).
 *
 * @category definitions
 */
export type Holiday =
  | string
  | { readonly date: string; readonly name?: string }
  | { readonly rrule: string; readonly from?: string; readonly name?: string }

/** Intervals by date, `YYYY-MM-DD`. @category definitions */
export type IntervalsByDate = { readonly [date: string]: readonly Interval[] }

/** A week that replaces the whole week from a date on. @category definitions */
export interface EffectiveWeek {
  readonly from: string
  readonly week: Week
}

/** What any calendar may carry. @category definitions */
export interface Described {
  readonly $schema?: string
  /** Of the form; absent means 1. */
  readonly version?: number
  readonly label?: string
  /** Any JSON, kept and ignored. */
  readonly meta?: unknown
  /** A vocabulary of conditions, as any form may carry; a calendar has no use for it. */
  readonly facts?: unknown
}

/**
 * Opening hours in one zone.
 *
 * @category definitions
 */
export interface Hours extends Described {
  /** IANA name. */
  readonly timeZone: string
  readonly week: Week
  /** Drops the intervals that start on the date, and cuts the tail of the evening before at midnight. */
  readonly holidays?: readonly Holiday[]
  /** Replaces the intervals that start on the date; a date in both is not a holiday. */
  readonly dates?: IntervalsByDate
  /** Cuts the civil date, whichever day the interval belongs to. */
  readonly breaks?: IntervalsByDate
  /** Weeks that hold from a date on, until the next. */
  readonly effective?: readonly EffectiveWeek[]
}

/** Open when any part is. @category definitions */
export interface Union extends Described {
  readonly union: readonly Definition[]
}

/** Open when all parts are. @category definitions */
export interface Intersect extends Described {
  readonly intersect: readonly Definition[]
}

/** Open when the first is and the second is not. @category definitions */
export interface Subtract extends Described {
  readonly subtract: readonly [Definition, Definition]
}

/** The same hours, later by a duration (earlier, when negative). @category definitions */
export interface Shift extends Described {
  readonly shift: readonly [Definition, string | number]
}

/** The JSON form of a calendar: hours in one zone, or an algebra of calendars in any zones. @category definitions */
export type Definition = Hours | Union | Intersect | Subtract | Shift

/**
 * The answer where there is none: no such instant before 2101 (or after 1970, going back). It is NaN, so that it cannot
 * pass for an instant in later arithmetic; test with `Number.isNaN` or {@link isNever}.
 *
 * @category evaluate
 */
export const NEVER: Instant = Number.NaN

/**
 * Whether an answer is {@link NEVER}.
 *
 * @example
 * import { isNever, NEVER } from '@clientele/calendar'
 * isNever(NEVER) // => true
 *
 * @category evaluate
 */
export const isNever = (instant: Instant): boolean => Number.isNaN(instant)

/** A stretch of time, half-open. @category evaluate */
export type Period = readonly [from: Instant, to: Instant]

/** The newest version of the form. @category definitions */
export const VERSION = 1
