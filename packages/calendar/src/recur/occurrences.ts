// The walk over the dates of a rule. It ends for every rule: a round of the Gregorian calendar without a date proves that
// there is none.

import { type CivilDay, civilDate, civilDay, weekdayOf } from '@clientele/core'
import { isPlace, picker } from './days.js'
import { periodsOf } from './periods.js'
import { NONE, type Rule } from './rule.js'

/** The last day that is looked at: 9999-12-31, after which dates have no four-digit year. */
const LAST_DAY: CivilDay = 2_932_896

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** With the parts that a rule leaves to its start (RFC 5545, section 3.3.10: "information not contained in the rule"). */
const completed = (rule: Rule, start: CivilDay): Rule => {
  const { frequency, months, weekNumbers, yearDays, monthDays, weekdays } = rule
  // of single days none is invalid, so none moves
  if (frequency === 'daily') return { ...rule, skip: 'omit' }
  if (yearDays.length + monthDays.length + weekdays.length > 0) return rule
  if (frequency === 'weekly' || weekNumbers.length > 0)
    return { ...rule, weekdays: [{ weekday: weekdayOf(start), nth: 0 }] }
  const { month, day } = civilDate(start)
  const everyYear = frequency === 'yearly' && months.length === 0
  return { ...rule, months: everyYear ? [month] : months, monthDays: [day] }
}

/**
 * The first dates, at most so many, from `from` to `to`.
 *
 * The barren law: the days picked in a period depend on its place in the 400-year cycle alone, and stepping by `interval`
 * comes back to the same place after cycle / gcd(cycle, interval) steps. No day in so many periods proves that there is
 * none in any later one.
 */
const datesOf = (rule: Rule, start: CivilDay, from: CivilDay, to: CivilDay, most: number): CivilDay[] => {
  const { interval, count = Number.POSITIVE_INFINITY, until = LAST_DAY, weekNumbers, positions } = rule
  const { indexOf, firstDay, cycle } = periodsOf(rule)
  const picksOf = picker(completed(rule, start))
  const anchor = indexOf(start)
  const last = Math.min(to, until, LAST_DAY)
  let [first, next, left, previous, end] = [0, 0, count, start - 1, last]
  const days: CivilDay[] = []
  const found: CivilDay[] = []

  /** Goes to the period of the rule that holds a day, or else to the next one. */
  const enter = (day: CivilDay): void => {
    const index = anchor + Math.max(0, Math.ceil((indexOf(day) - anchor) / interval)) * interval
    first = firstDay(index)
    next = firstDay(index + 1)
    days.length = 0
  }
  /** Takes the dates of the period; `false` when that was all. */
  const leave = (): boolean =>
    days.every((day, i) => {
      if (!isPlace(positions, i + 1, days.length)) return true
      end = last
      // before the start, or moved forward onto a day that the next period picks too
      if (day <= previous) return true
      if (day > last || left === 0) return false
      previous = day
      left--
      return day < from || found.push(day) < most
    })

  // with COUNT all dates since the start are counted; a day moved forward lies one day past its period
  enter(rule.count === undefined ? from - 1 : start)
  end = Math.min(last, firstDay(indexOf(first) + (cycle / gcd(cycle, interval)) * interval))
  for (let { year } = civilDate(first); first <= end; year = Math.max(year + 1, civilDate(first).year)) {
    const begin = civilDay(year, 1, 1)
    // the period that holds the end may run into the next year
    if (begin > Math.max(end, next)) break
    for (const pick of picksOf(year)) {
      const day = begin + Math.floor(pick)
      if (day >= next) {
        if (!leave()) return found
        enter(day)
      }
      const inWeek = isPlace(weekNumbers, Math.ceil((day - first + 1) / 7), (next - first) / 7)
      if (day >= first && inWeek) days.push(begin + Math.ceil(pick))
    }
  }
  leave()
  return found
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
export const occurrencesBetween = (rule: Rule, start: CivilDay, from: CivilDay, to: CivilDay): CivilDay[] =>
  datesOf(rule, start, from, to, Number.POSITIVE_INFINITY)

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
export const nextOccurrence = (rule: Rule, start: CivilDay, after: CivilDay): CivilDay =>
  datesOf(rule, start, Math.max(start, after + 1), LAST_DAY, 1)[0] ?? NONE

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
