// Laws of civil periods: a day lies in its own, periods tile time, months clamp, and Temporal counts the same.
import {
  addMonths,
  anchoredPeriod,
  type CivilDay,
  calendarPeriod,
  civilDate,
  civilDay,
  daysInMonth,
  formatDate,
  PERIODS,
  parseDate,
  weekdayOf,
} from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'

const day = fc.integer({ min: civilDay(1900, 1, 1), max: civilDay(2200, 1, 1) })
/** Often the last days of a month, where counting clamps. */
const anchor = fc.oneof(
  day,
  day.map((each) => {
    const { year, month } = civilDate(each)
    return civilDay(year, month, daysInMonth(year, month) - (each % 3))
  }),
)
const period = fc.constantFrom(...PERIODS)
const weekStart = fc.integer({ min: 0, max: 6 })

const plain = (civil: CivilDay): Temporal.PlainDate => Temporal.PlainDate.from(formatDate(civil))
const civil = (date: Temporal.PlainDate): CivilDay => parseDate(date.toString())!
const MONTHS = { month: 1, quarter: 3, year: 12 } as const

test('a day lies in its period of the calendar, and periods tile time', () => {
  fc.assert(
    fc.property(period, day, weekStart, (unit, at, start) => {
      const { from, to } = calendarPeriod(unit, at, start)
      expect(from <= at && at < to).toBe(true)
      expect(calendarPeriod(unit, from, start)).toEqual({ from, to })
      expect(calendarPeriod(unit, to - 1, start)).toEqual({ from, to })
      expect(calendarPeriod(unit, to, start).from).toBe(to)
      expect(calendarPeriod(unit, from - 1, start).to).toBe(from)
    }),
    { numRuns: runs(1_000_000) },
  )
})

test('a day lies in its anchored period, and periods tile time, the anchor among their first days', () => {
  fc.assert(
    fc.property(period, anchor, day, (unit, first, at) => {
      const { from, to } = anchoredPeriod(unit, first, at)
      expect(from <= at && at < to).toBe(true)
      expect(anchoredPeriod(unit, first, from)).toEqual({ from, to })
      expect(anchoredPeriod(unit, first, to - 1)).toEqual({ from, to })
      expect(anchoredPeriod(unit, first, to).from).toBe(to)
      expect(anchoredPeriod(unit, first, from - 1).to).toBe(from)
      expect(anchoredPeriod(unit, first, first).from).toBe(first)
    }),
    { numRuns: runs(1_000_000) },
  )
})

test('months are added as Temporal adds them: the 31st clamps to the end of the month', () => {
  fc.assert(
    fc.property(anchor, fc.integer({ min: -600, max: 600 }), (at, months) => {
      const found = addMonths(at, months)
      expect(found).toBe(civil(plain(at).add({ months })))
    }),
    { numRuns: runs(300_000) },
  )
})

/** The first day of a period, as Temporal reads a date. */
const FIRST = {
  day: (date: Temporal.PlainDate) => date,
  week: (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 }),
  month: (date: Temporal.PlainDate) => date.with({ day: 1 }),
  quarter: (date: Temporal.PlainDate) => date.with({ day: 1 }).subtract({ months: (date.month - 1) % 3 }),
  year: (date: Temporal.PlainDate) => date.with({ day: 1, month: 1 }),
} as const
const LENGTH = {
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const

test.each(PERIODS)('the %s of the calendar is that of Temporal', (unit) => {
  fc.assert(
    fc.property(day, (at) => {
      const first = FIRST[unit](plain(at))
      expect(calendarPeriod(unit, at)).toEqual({ from: civil(first), to: civil(first.add(LENGTH[unit])) })
    }),
    { numRuns: runs(100_000) },
  )
})

test('weeks begin on the day they are told', () => {
  fc.assert(
    fc.property(day, weekStart, (at, start) => {
      expect(weekdayOf(calendarPeriod('week', at, start).from)).toBe(start)
    }),
    { numRuns: runs(100_000) },
  )
})

test('anchored periods are those of Temporal, counted from the anchor one by one', () => {
  const near = anchor.chain((first) =>
    fc.tuple(fc.constant(first), fc.integer({ min: first - 2_000, max: first + 2_000 })),
  )
  fc.assert(
    fc.property(fc.constantFrom('month', 'quarter', 'year'), near, (unit, [first, at]) => {
      const months = MONTHS[unit]
      const starts = Array.from({ length: 140 }, (_, i) =>
        civil(plain(first).add({ months: (i - 70) * months })),
      )
      const place = starts.filter((start) => start <= at).length - 1
      expect(anchoredPeriod(unit, first, at)).toEqual({ from: starts[place], to: starts[place + 1] })
    }),
    { numRuns: runs(100_000) },
  )
})

test('the quarters of a year', () => {
  const quarters = [1, 4, 7, 10].map((month) => civilDay(2026, month, 1))
  const ends = [...quarters.slice(1), civilDay(2027, 1, 1)]
  for (let at = civilDay(2026, 1, 1); at < civilDay(2027, 1, 1); at++) {
    const place = quarters.filter((from) => from <= at).length - 1
    expect(calendarPeriod('quarter', at)).toEqual({ from: quarters[place], to: ends[place] })
  }
})
