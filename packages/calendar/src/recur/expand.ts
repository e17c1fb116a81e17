// Which days of one month or one year a rule picks, whatever its interval, count and end. It depends
// on the length and the first weekday of the period alone: 28 kinds of months, 14 kinds of years, so it is remembered.

import type { NthWeekday, Rule } from './rule.js'

/** Ascending, counted from the first day of the period. */
export type Offsets = readonly number[]

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

export const yearLength = (leap: boolean): number => (leap ? 366 : 365)

const ascending = (values: Iterable<number>): number[] => [...new Set(values)].sort((a, b) => a - b)

/** BYSETPOS: the n-th of a period's days, from either end. */
export const atPositions = (days: Offsets, positions: readonly number[]): Offsets => {
  if (positions.length === 0 || days.length === 0) return days
  const picked = positions.map((position) => (position > 0 ? position - 1 : days.length + position))
  return ascending(picked.filter((index) => index >= 0 && index < days.length)).map((index) => days[index]!)
}

/** The days that BYMONTHDAY names in a month; an invalid one goes where SKIP says (RFC 7529, section 4.1). */
const monthDays = ({ monthDays: wanted, skip }: Rule, length: number): Offsets => {
  if (wanted.length === 0) return Array.from({ length }, (_, offset) => offset)
  return wanted.flatMap((day) => {
    const offset = day > 0 ? day - 1 : length + day
    if (offset >= 0 && offset < length) return [offset]
    // only a day past the month's end moves: a negative one that the month lacks lies before its first day
    if (offset < 0 || skip === 'omit') return []
    return [skip === 'backward' ? length - 1 : length]
  })
}

/** Whether a day falls on one of the weekdays; turns are counted within a span of `length` days. */
const onWeekday = (days: readonly NthWeekday[], weekday: number, offset: number, length: number): boolean => {
  if (days.length === 0) return true
  const turn = Math.floor(offset / 7) + 1
  const turnFromEnd = -Math.floor((length - 1 - offset) / 7) - 1
  return days.some(
    (day) => day.weekday === weekday && (day.nth === 0 || day.nth === turn || day.nth === turnFromEnd),
  )
}

/** The days of a month of this length whose first day is this weekday; BYMONTH is asked elsewhere. */
export const daysOfMonth = (rule: Rule, length: number, first: number): Offsets => {
  const days = monthDays(rule, length).filter((offset) =>
    onWeekday(rule.weekdays, (first + offset) % 7, offset, length),
  )
  return atPositions(ascending(days), rule.positions)
}

/**
 * The days of a year that BYMONTH, BYYEARDAY, BYMONTHDAY and BYDAY agree on, before BYSETPOS. Nothing else of a year matters
 * to them than its length and the weekday of its 1 January.
 */
export const daysOfYear = (rule: Rule, length: number, first: number): Offsets => {
  const { months, yearDays, weekdays } = rule
  const found: number[] = []
  let begin = 0
  for (const month of ALL_MONTHS) {
    const monthLength = month === 2 ? length - 337 : MONTH_LENGTHS[month - 1]!
    const wanted = months.length === 0 || months.includes(month)
    for (const day of wanted ? monthDays(rule, monthLength) : []) {
      const offset = begin + day
      const named =
        yearDays.length === 0 || yearDays.includes(offset + 1) || yearDays.includes(offset - length)
      // turns of a weekday are counted within the month where months are named, else within the year
      const [turn, span] = months.length > 0 ? [day, monthLength] : [offset, length]
      if (named && onWeekday(weekdays, (first + offset) % 7, turn, span)) found.push(offset)
    }
    begin += monthLength
  }
  return ascending(found)
}
