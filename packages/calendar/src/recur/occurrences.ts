// The walk over the dates of a rule. It ends for every rule: a round of the Gregorian calendar without a date proves that
// there is none.

import type { CivilDay } from '@clientele/core'
import { gridOf } from './grid.js'
import { NONE, type Rule } from './rule.js'

/** The last day that is looked at: 9999-12-31, after which dates have no four-digit year. */
const LAST_DAY: CivilDay = 2_932_896

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/**
 * Visits the dates from `from` to `to` in order, until `visit` says `false`.
 *
 * The barren law: the days picked in a period depend on its place in the 400-year cycle alone, and stepping by `interval`
 * comes back to the same place after cycle / gcd(cycle, interval) steps. So many periods in a row without a day prove
 * that no later one has any.
 */
const walk = (
  rule: Rule,
  start: CivilDay,
  from: CivilDay,
  to: CivilDay,
  visit: (day: CivilDay) => boolean,
): void => {
  const { interval, count } = rule
  const grid = gridOf(rule, start)
  const anchor = grid.indexOf(start)
  const last = Math.min(to, rule.until ?? LAST_DAY, LAST_DAY)
  const round = grid.cycle / gcd(grid.cycle, interval)
  // with COUNT all dates since the start are counted; a day moved forward lies one day past its period
  let step = count === undefined ? Math.max(0, Math.ceil((grid.indexOf(from - 1) - anchor) / interval)) : 0
  let left = count ?? Number.POSITIVE_INFINITY
  let barren = 0
  let previous = start - 1
  for (; left > 0 && barren < round; step++) {
    const index = anchor + step * interval
    const first = grid.firstDay(index)
    if (first > last) return
    const offsets = grid.daysIn(index, first)
    barren = offsets.length === 0 ? barren + 1 : 0
    // a whole period before the window only counts
    const end = first + (offsets.at(-1) ?? 0)
    if (end < from && first > previous && offsets.length <= left) {
      left -= offsets.length
      if (offsets.length > 0) previous = end
      continue
    }
    for (const offset of offsets) {
      const day = first + offset
      // before the start, or moved forward onto a day that the next period picks too
      if (day <= previous) continue
      if (day > last || left === 0) return
      previous = day
      left -= 1
      if (day >= from && !visit(day)) return
    }
  }
}

/**
 * The dates of a rule from one day to another, both included, ascending. `start` is the anchor of INTERVAL and COUNT, and
 * gives the weekday, day or month that the rule leaves open (RFC 5545, section 3.8.5.3); it occurs itself only when it
 * matches the rule. Dates before `start` do not occur. Days the month does not have are omitted or moved by SKIP
 * (RFC 7529). Cost: by the length of the window, with COUNT by the way from `start`; the years 1970 to 2100 of any rule take
 * less than 5 ms.
 *
 * @example
 * import { formatDate, parseDate } from '@clientele/core'
 * import { occurrencesBetween, parseRule } from '@clientele/calendar/recur'
 * const rule = parseRule('FREQ=MONTHLY;BYDAY=-1FR')
 * const [from, to] = [parseDate('2026-01-01')!, parseDate('2026-03-31')!]
 * if (rule._tag === 'Right') occurrencesBetween(rule.right, from, from, to).map(formatDate)
 * // => ['2026-01-30', '2026-02-27', '2026-03-27']
 *
 * @category evaluate
 */
export const occurrencesBetween = (rule: Rule, start: CivilDay, from: CivilDay, to: CivilDay): CivilDay[] => {
  const found: CivilDay[] = []
  walk(rule, start, from, to, (day) => found.push(day) > 0)
  return found
}

/**
 * The first date of a rule strictly after a day, or {@link NONE}: the rule is over, or has no date before the year 10000.
 * What `start` means is said at {@link occurrencesBetween}. Cost: a few periods, at most one round of 400 years; with COUNT,
 * the way from `start`.
 *
 * @example
 * import { formatDate, parseDate } from '@clientele/core'
 * import { nextOccurrence, parseRule } from '@clientele/calendar/recur'
 * const rule = parseRule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29')
 * const day = parseDate('2026-01-01')!
 * if (rule._tag === 'Right') formatDate(nextOccurrence(rule.right, day, day)) // => '2028-02-29'
 *
 * @category evaluate
 */
export const nextOccurrence = (rule: Rule, start: CivilDay, after: CivilDay): CivilDay => {
  let next = NONE
  walk(rule, start, Math.max(start, after + 1), Number.POSITIVE_INFINITY, (day) => {
    next = day
    return false
  })
  return next
}

/**
 * Whether a rule has no date at all from its start to the year 9999. It is a proof, not a search that gives up: the
 * Gregorian calendar repeats after 400 years, so a rule without a date in one round of it has none. Cost: at most one
 * round, under 5 ms.
 *
 * @example
 * import { neverOccurs, parseRule } from '@clientele/calendar/recur'
 * const rule = parseRule('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30')
 * if (rule._tag === 'Right') neverOccurs(rule.right, 0) // => true
 *
 * @category evaluate
 */
export const neverOccurs = (rule: Rule, start: CivilDay): boolean =>
  Number.isNaN(nextOccurrence(rule, start, start - 1))
