// Weekly patterns, each valid over a span of dates, as one week and the effective weeks after it.

import { type CivilDay, formatDate, formatTime, HOUR, type Millis, WEEKDAYS } from '@clientele/core'
import type { EffectiveWeek, Interval, Week } from '../model.js'

/** Opens on a weekday of every week from one date to another, both included. */
export interface Pattern {
  /** −∞ where it has held always. */
  readonly from: CivilDay
  /** +∞ where it holds for good. */
  readonly until: CivilDay
  /** Monday 0 … Sunday 6. */
  readonly weekday: number
  /** Absent: closed on that weekday. */
  readonly interval: Interval | undefined
}

/** Writes an interval; an end past midnight is given as more than 24 hours. */
export const intervalOf = (start: Millis, end: Millis): Interval =>
  `${formatTime(start)}-${formatTime(end > 24 * HOUR ? end - 24 * HOUR : end)}`

/** The intervals of some patterns by weekday; a full week of full days is `24/7`. */
export const weekOf = (patterns: readonly Pattern[]): Week => {
  const entries = WEEKDAYS.flatMap((name, weekday) => {
    const found = patterns.flatMap((each) =>
      each.weekday === weekday && each.interval !== undefined ? [each.interval] : [],
    )
    return found.length === 0 ? [] : [[name, [...new Set(found)].sort()] as const]
  })
  const full = entries.length === 7 && entries.every(([, intervals]) => intervals.includes('00:00-24:00'))
  return full ? '24/7' : Object.fromEntries(entries)
}

/**
 * The week that holds at first and those that replace it. `choose` says which of the patterns that are valid on a date
 * count: all of them, or only those of a limited span.
 */
export const weeksOf = (
  patterns: readonly Pattern[],
  choose: (valid: readonly Pattern[]) => readonly Pattern[],
): { readonly week: Week; readonly effective: readonly EffectiveWeek[] } => {
  const edges = patterns.flatMap(({ from, until }) => [from, until + 1])
  const dates = [...new Set(edges.filter(Number.isFinite))].sort((a, b) => a - b)
  const at = (day: CivilDay): Week =>
    weekOf(choose(patterns.filter(({ from, until }) => from <= day && day <= until)))
  const week = at(Number.NEGATIVE_INFINITY)
  const effective: EffectiveWeek[] = []
  let last = JSON.stringify(week)
  for (const day of dates) {
    const next = at(day)
    const text = JSON.stringify(next)
    if (text !== last) effective.push({ from: formatDate(day), week: next })
    last = text
  }
  return { week, effective }
}
