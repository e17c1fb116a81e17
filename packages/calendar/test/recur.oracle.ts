// The naive recurrence: every day of a span is asked whether each part of the rule holds for it, with the fields of
// Temporal. It shares no code with the walk and knows nothing of cycles, pages or seeking.

import type { Rule } from '@clientele/calendar/recur'
import { Temporal } from 'temporal-polyfill'

interface Day {
  readonly text: string
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly dayOfYear: number
  readonly daysInMonth: number
  readonly daysInYear: number
  /** Days since 1970-01-01. */
  readonly number: number
}

const EPOCH = Temporal.PlainDate.from('1970-01-01')

const dayOf = (date: Temporal.PlainDate): Day => ({
  text: date.toString(),
  year: date.year,
  month: date.month,
  day: date.day,
  weekday: date.dayOfWeek - 1,
  dayOfYear: date.dayOfYear,
  daysInMonth: date.daysInMonth,
  daysInYear: date.daysInYear,
  number: EPOCH.until(date).days,
})

/** All days of a span, which should reach a year beyond the dates asked about. */
export const daysOfSpan = (first: string, last: string): readonly Day[] => {
  const days: Day[] = []
  const end = Temporal.PlainDate.from(last)
  for (
    let date = Temporal.PlainDate.from(first);
    Temporal.PlainDate.compare(date, end) <= 0;
    date = date.add({ days: 1 })
  ) {
    days.push(dayOf(date))
  }
  return days
}

const fromEitherEnd = (wanted: readonly number[], place: number, of: number): boolean =>
  wanted.includes(place) || wanted.includes(place - of - 1)

/** The week-year, week and weeks of a day: the year that holds the week's fourth day owns it. */
const weekOf = (
  days: readonly Day[],
  index: number,
  weekStart: number,
): { year: number; week: number; weeks: number } => {
  const fourth = days[index - ((days[index]!.weekday - weekStart + 7) % 7) + 3]!
  const week = Math.ceil(fourth.dayOfYear / 7)
  return { year: fourth.year, week, weeks: week + Math.floor((fourth.daysInYear - fourth.dayOfYear) / 7) }
}

/** The dates of a rule within a span, as texts. */
export const naiveDates = (rule: Rule, startText: string, days: readonly Day[]): string[] => {
  const start = days.findIndex((day) => day.text === startText)
  const at = days[start]!
  const parts = [rule.yearDays, rule.monthDays, rule.weekdays, rule.weekNumbers, rule.months].map(
    (part) => part.length,
  )
  const bare = parts.slice(0, 3).every((length) => length === 0) && rule.frequency !== 'daily'
  const takesWeekday = bare && (rule.frequency === 'weekly' || rule.weekNumbers.length > 0)
  const weekdays = takesWeekday ? [{ weekday: at.weekday, nth: 0 }] : rule.weekdays
  const monthDays = bare && !takesWeekday ? [at.day] : rule.monthDays
  const takesMonth = bare && !takesWeekday && rule.frequency === 'yearly' && rule.months.length === 0
  const months = takesMonth ? [at.month] : rule.months
  const inYear = rule.frequency === 'yearly' && months.length === 0

  const periodOf = (index: number, owner: Day): number => {
    if (rule.frequency === 'daily') return days[index]!.number
    // 1969-12-29 was a Monday
    if (rule.frequency === 'weekly') return Math.floor((days[index]!.number + 3 - rule.weekStart) / 7)
    if (rule.frequency === 'monthly') return owner.year * 12 + owner.month
    return rule.weekNumbers.length > 0 ? weekOf(days, index, rule.weekStart).year : owner.year
  }
  /** The days whose month picks this one: itself, and one in the month that moved an invalid day here. */
  const owners = (day: Day, index: number): Day[] => {
    const fits = (owner: Day): boolean => months.length === 0 || months.includes(owner.month)
    const found = monthDays.length === 0 || fromEitherEnd(monthDays, day.day, day.daysInMonth) ? [day] : []
    const isLast = rule.skip === 'backward' && day.day === day.daysInMonth
    const isFirst = rule.skip === 'forward' && day.day === 1
    const from = isLast ? day : isFirst ? days[index - 1] : undefined
    const moves =
      rule.frequency !== 'daily' &&
      monthDays.some((wanted) => from !== undefined && wanted > from.daysInMonth)
    return [...found, ...(moves && from !== undefined ? [from] : [])].filter(fits)
  }
  const onWeekday = (day: Day, owner: Day): boolean => {
    const [place, length] = inYear
      ? [day.dayOfYear, day.daysInYear]
      : [owner.month === day.month ? day.day : owner.daysInMonth + 1, owner.daysInMonth]
    const turn = Math.ceil(place / 7)
    const fromEnd = -Math.ceil((length - place + 1) / 7)
    return weekdays.some(
      ({ weekday, nth }) => weekday === day.weekday && (nth === 0 || nth === turn || nth === fromEnd),
    )
  }

  const periods = new Map<number, Set<string>>()
  const anchor = periodOf(start, at)
  for (let index = 400; index < days.length - 10; index++) {
    const day = days[index]!
    if (rule.yearDays.length > 0 && !fromEitherEnd(rule.yearDays, day.dayOfYear, day.daysInYear)) continue
    const { week, weeks } = weekOf(days, index, rule.weekStart)
    if (rule.weekNumbers.length > 0 && !fromEitherEnd(rule.weekNumbers, week, weeks)) continue
    for (const owner of owners(day, index)) {
      const period = periodOf(index, owner)
      const onGrid = period >= anchor && (period - anchor) % rule.interval === 0
      if (!onGrid || (weekdays.length > 0 && !onWeekday(day, owner))) continue
      periods.set(period, (periods.get(period) ?? new Set()).add(day.text))
    }
  }
  const found = [...periods.values()].flatMap((set) =>
    [...set].filter((_, i) => rule.positions.length === 0 || fromEitherEnd(rule.positions, i + 1, set.size)),
  )
  const last = rule.until === undefined ? '9999' : EPOCH.add({ days: rule.until }).toString()
  const dates = [...new Set(found)].sort().filter((text) => text >= startText && text <= last)
  return dates.slice(0, rule.count)
}
