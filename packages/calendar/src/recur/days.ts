// Which days of a year a rule picks, whatever its interval, count and end. Nothing else of a year matters to them than its
// length and the weekday of its 1 January: 14 kinds of years, so they are remembered.

import { civilDay, weekdayOf } from '@clientele/core'
import type { Rule } from './rule.js'

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

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

const picksOf = (rule: Rule, length: number, first: number): readonly number[] => {
  // turns of a weekday are counted within the month, but within the year where a yearly rule names no month
  const ofYear = rule.frequency === 'yearly' && rule.months.length === 0
  const picks: number[] = []
  let begin = 0
  MONTH_LENGTHS.forEach((usual, month) => {
    const size = month === 1 ? length - 337 : usual
    for (let day = 1; day <= size + 1; day++) {
      const place = begin + day
      const picked =
        isPlace(rule.months, month + 1, 12) &&
        isMonthDay(rule, day, size) &&
        isPlace(rule.yearDays, place, length) &&
        isTurn(rule, (first + place - 1) % 7, ofYear ? place : day, ofYear ? length : size)
      if (picked) picks.push(day > size ? place - 1.5 : place - 1)
    }
    begin += size
  })
  return picks
}

/**
 * The days of a year that BYMONTH, BYYEARDAY, BYMONTHDAY and BYDAY agree on, counted from its first, ascending. One moved
 * forward into the next month (RFC 7529, section 4.1) stands half a day early: its floor lies in the month it comes from.
 */
export const picker = (rule: Rule): ((year: number) => readonly number[]) => {
  const kinds = new Map<number, readonly number[]>()
  return (year) => {
    const begin = civilDay(year, 1, 1)
    const [length, first] = [civilDay(year + 1, 1, 1) - begin, weekdayOf(begin)]
    const picks = kinds.get(length * 7 + first) ?? picksOf(rule, length, first)
    kinds.set(length * 7 + first, picks)
    return picks
  }
}
