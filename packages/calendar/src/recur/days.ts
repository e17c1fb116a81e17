// Which days of a year a rule picks, whatever its interval, count and end. Nothing else of a year matters to them than its
// length and the weekday of its 1 January: 14 kinds of years, so they are remembered.

import { civilDay, weekdayOf } from '@clientele/core'
import type { Rule } from './rule.js'

/** Whether a place, counted from 1, is among those wanted from either end. Nothing wanted restricts nothing. */
export const isPlace = (wanted: readonly number[], place: number, length: number): boolean =>
  wanted.length === 0 || wanted.includes(place) || wanted.includes(place - length - 1)

/** Whether BYMONTHDAY picks a day of a month; the one past its end stands for those that SKIP moves forward. */
const isMonthDay = ({ monthDays, skip }: Rule, day: number, length: number): boolean => {
  if (day <= length && isPlace(monthDays, day, length)) return true
  // only a day past the month's end moves: a negative one that the month lacks lies before its first day
  const takesMoved = skip === 'forward' ? day > length : skip === 'backward' && day === length
  return takesMoved && monthDays.some((wanted) => wanted > length)
}

/** Whether BYDAY picks a weekday; its turns are counted within a month or year of `length` days. */
const isTurn = ({ weekdays }: Rule, weekday: number, place: number, length: number): boolean => {
  const [turn, fromEnd] = [Math.ceil(place / 7), -Math.ceil((length - place + 1) / 7)]
  return (
    weekdays.length === 0 ||
    weekdays.some((day) => day.weekday === weekday && [0, turn, fromEnd].includes(day.nth))
  )
}

const picksOf = (rule: Rule, year: number): readonly number[] => {
  const { frequency, months, yearDays } = rule
  const first = civilDay(year, 1, 1)
  const length = civilDay(year + 1, 1, 1) - first
  // turns of a weekday are counted within the month, but within the year where a yearly rule names no month
  const ofYear = frequency === 'yearly' && months.length === 0
  const picks: number[] = []
  for (let month = 1; month <= 12; month++) {
    const begin = civilDay(year, month, 1)
    const size = civilDay(year, month + 1, 1) - begin
    for (let day = 1; day <= size + 1; day++) {
      const place = begin - first + day
      const picked =
        isPlace(months, month, 12) &&
        isMonthDay(rule, day, size) &&
        isPlace(yearDays, place, length) &&
        isTurn(rule, weekdayOf(begin + day - 1), ofYear ? place : day, ofYear ? length : size)
      if (picked) picks.push(day > size ? place - 1.5 : place - 1)
    }
  }
  return picks
}

/**
 * The days of a year that BYMONTH, BYYEARDAY, BYMONTHDAY and BYDAY agree on, counted from its first, ascending. One moved
 * forward into the next month (RFC 7529, section 4.1) stands half a day early: its floor lies in the month it comes from.
 */
export const picker = (rule: Rule): ((year: number) => readonly number[]) => {
  const kinds = new Map<number, readonly number[]>()
  return (year) => {
    const first = civilDay(year, 1, 1)
    const kind = (civilDay(year + 1, 1, 1) - first) * 7 + weekdayOf(first)
    const picks = kinds.get(kind) ?? picksOf(rule, year)
    kinds.set(kind, picks)
    return picks
  }
}
