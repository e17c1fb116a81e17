// The periods of a rule, numbered without gaps (years, months, weeks or days), and the days that it picks in each.

import { type CivilDay, civilDate, civilDay, daysInMonth, weekdayOf } from '@clientele/core'
import { atPositions, daysOfMonth, daysOfYear, type Offsets } from './expand.js'
import type { Rule } from './rule.js'

/** The periods of a rule. */
export interface Grid {
  /** The period that holds a day. */
  readonly indexOf: (day: CivilDay) => number
  /** The first day of a period. */
  readonly firstDay: (index: number) => CivilDay
  /** The days picked in a period, counted from its first, which is given too. */
  readonly daysIn: (index: number, first: CivilDay) => Offsets
  /** After so many periods the Gregorian calendar repeats to the day: those of 400 years, or 1 where all are empty. */
  readonly cycle: number
}

const NOTHING: Offsets = []
const FIRST_ONLY: Offsets = [0]

const remembered = <V>(make: (key: number) => V): ((key: number) => V) => {
  const made = new Map<number, V>()
  return (key) => {
    const before = made.get(key)
    if (before !== undefined) return before
    const value = make(key)
    made.set(key, value)
    return value
  }
}

/** What is made of the days picked in a year of a length, by the weekday of its first day. */
const yearPages = <V>(rule: Rule, make: (days: Offsets) => V): ((length: number, first: CivilDay) => V) => {
  const page = remembered((key) => make(daysOfYear(rule, key >> 3, key & 7)))
  return (length, first) => page((length << 3) + weekdayOf(first))
}

const years = (rule: Rule): Grid => {
  const pages = yearPages(rule, (days) => atPositions(days, rule.positions))
  const firstDay = (year: number): CivilDay => civilDay(year, 1, 1)
  return {
    indexOf: (day) => civilDate(day).year,
    firstDay,
    daysIn: (year, first) => pages(firstDay(year + 1) - first, first),
    cycle: 400,
  }
}

const months = (rule: Rule): Grid => {
  const page = remembered((key) => daysOfMonth(rule, key >> 3, key & 7))
  const monthOf = (index: number): number => index - Math.floor(index / 12) * 12 + 1
  return {
    indexOf: (day) => {
      const { year, month } = civilDate(day)
      return year * 12 + month - 1
    },
    firstDay: (index) => civilDay(Math.floor(index / 12), monthOf(index), 1),
    daysIn: (index, first) => {
      const month = monthOf(index)
      if (rule.months.length > 0 && !rule.months.includes(month)) return NOTHING
      return page((daysInMonth(Math.floor(index / 12), month) << 3) + weekdayOf(first))
    },
    cycle: 4_800,
  }
}

/** Tests single days against a rule; quick while the days asked about stay within a year. */
const dayTest = (rule: Rule): ((day: CivilDay) => boolean) => {
  const pages = yearPages(rule, (days) => {
    const mask = new Uint8Array(366)
    for (const day of days) mask[day] = 1
    return mask
  })
  let [first, end, mask] = [0, 0, new Uint8Array(0)]
  return (day) => {
    if (day < first || day >= end) {
      const { year } = civilDate(day)
      first = civilDay(year, 1, 1)
      end = civilDay(year + 1, 1, 1)
      mask = pages(end - first, first)
    }
    return mask[day - first] === 1
  }
}

/** The first day of the week that holds a day. */
const weekOf = (day: CivilDay, weekStart: number): CivilDay => day - ((weekdayOf(day) - weekStart + 7) % 7)

/** Years of whole weeks, for BYWEEKNO: week 1 is the first with four days in the year (ISO 8601, with WKST for Monday). */
const weekYears = (rule: Rule): Grid => {
  const { weekStart } = rule
  const fits = dayTest(rule)
  const firstDay = (year: number): CivilDay => weekOf(civilDay(year, 1, 4), weekStart)
  return {
    indexOf: (day) => civilDate(weekOf(day, weekStart) + 3).year,
    firstDay,
    daysIn: (year, first) => {
      const weeks = (firstDay(year + 1) - first) / 7
      const days: number[] = []
      for (let week = 1; week <= weeks; week++) {
        if (!rule.weekNumbers.includes(week) && !rule.weekNumbers.includes(week - weeks - 1)) continue
        for (let offset = week * 7 - 7; offset < week * 7; offset++)
          if (fits(first + offset)) days.push(offset)
      }
      return atPositions(days, rule.positions)
    },
    cycle: 400,
  }
}

const weeks = (rule: Rule): Grid => {
  const { weekStart, positions } = rule
  const offsets = rule.weekdays.map(({ weekday }) => (weekday - weekStart + 7) % 7).sort((a, b) => a - b)
  const whole = atPositions(offsets, positions)
  const inMonth = (day: CivilDay): boolean => rule.months.includes(civilDate(day).month)
  // week 0 is the first that begins after 1970-01-04, a Sunday
  const begin = 4 + weekStart
  return {
    indexOf: (day) => Math.floor((day - begin) / 7),
    firstDay: (index) => begin + index * 7,
    daysIn: (_, first) => {
      if (rule.months.length === 0) return whole
      const [from, to] = [civilDate(first), civilDate(first + 6)]
      if (from.month === to.month) return rule.months.includes(from.month) ? whole : NOTHING
      return atPositions(
        offsets.filter((offset) => inMonth(first + offset)),
        positions,
      )
    },
    // a turn that whole weeks do not have is missing from weeks cut by a month's end too
    cycle: whole.length === 0 ? 1 : 20_871,
  }
}

const days = (rule: Rule): Grid => {
  const found = atPositions(FIRST_ONLY, rule.positions)
  // an invalid day of the month is none to ask about, so it cannot move either
  const plain: Rule = { ...rule, skip: 'omit', positions: [] }
  const filtered = rule.months.length + rule.monthDays.length + rule.weekdays.length > 0
  if (filtered && rule.interval === 1 && found.length > 0) return years(plain)
  const fits = filtered ? dayTest(plain) : () => true
  const never = found.length === 0 || yearKinds.every((first) => daysOfYear(plain, 366, first).length === 0)
  return {
    indexOf: (day) => day,
    firstDay: (index) => index,
    daysIn: (_, first) => (fits(first) ? found : NOTHING),
    cycle: never ? 1 : 146_097,
  }
}

/** Weekdays that a leap year may begin with: every date and weekday that can meet do so in one of them. */
const yearKinds = [0, 1, 2, 3, 4, 5, 6]

/** The parts that a rule leaves to its start (RFC 5545, section 3.3.10: "information not contained in the rule"). */
const completed = (rule: Rule, start: CivilDay): Rule => {
  const { frequency, months, weekNumbers, yearDays, monthDays, weekdays } = rule
  if (frequency === 'daily' || yearDays.length + monthDays.length + weekdays.length > 0) return rule
  const onWeekday = [{ weekday: weekdayOf(start), nth: 0 }]
  if (frequency === 'weekly' || weekNumbers.length > 0) return { ...rule, weekdays: onWeekday }
  const { month, day } = civilDate(start)
  const everyYear = frequency === 'yearly' && months.length === 0
  return { ...rule, months: everyYear ? [month] : months, monthDays: [day] }
}

/** The periods of a rule that starts on a day. */
export const gridOf = (rule: Rule, start: CivilDay): Grid => {
  const full = completed(rule, start)
  switch (rule.frequency) {
    case 'daily':
      return days(full)
    case 'weekly':
      return weeks(full)
    case 'monthly':
      return months(full)
    case 'yearly':
      return rule.weekNumbers.length > 0 ? weekYears(full) : years(full)
  }
}
