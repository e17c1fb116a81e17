// Laws of business days: dates counted one by one with Temporal and the minute oracle.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { calendarAround, instantNear, ZONES } from './arbitraries.js'
import { Oracle, openMinutes, type PlainHours } from './oracle.js'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const WINDOW = 120

/** Hours of one zone, with a midnight among their dates. */
const cases = fc
  .tuple(fc.integer({ min: 500, max: 47_000 }), fc.constantFrom(...ZONES))
  .chain(([day, zone]) =>
    fc.record({
      hours: calendarAround(day * DAY, [zone]).filter(
        (calendar): calendar is PlainHours => 'timeZone' in calendar,
      ),
      center: fc.constant(day * DAY),
      at: instantNear(day * DAY),
      days: fc.integer({ min: 1, max: 12 }),
    }),
  )

/** The minutes that only the intervals of one date open: the calendar with nothing else in it. */
const opensOn = (hours: PlainHours, date: Temporal.PlainDate, from: number): boolean => {
  const week = hours.effective.reduce(
    (last, entry) => (entry.from <= date.toString() && entry.from > last.from ? entry : last),
    { from: '', week: hours.week },
  ).week
  const weekday = (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const)[date.dayOfWeek - 1]!
  const own = week === '24/7' ? ['00:00-24:00'] : (week[weekday] ?? [])
  const holiday = hours.holidays.includes(date.toString()) && hours.dates[date.toString()] === undefined
  const only = {
    ...hours,
    week: {},
    effective: [],
    dates: { [date.toString()]: holiday ? [] : (hours.dates[date.toString()] ?? own) },
  }
  return openMinutes(only, from, WINDOW).includes(1)
}

const naive = (hours: PlainHours, at: number, days: number, from: number): number | undefined => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(hours.timeZone)
  const step = { days: Math.sign(days) }
  let date = local.toPlainDate()
  for (let left = Math.abs(days); left > 0; ) {
    date = date.add(step)
    if (Math.abs(date.since(local.toPlainDate()).days) > 25) return undefined
    if (opensOn(hours, date, from)) left--
  }
  const time = local.toPlainTime()
  return date.toZonedDateTime({ timeZone: hours.timeZone, plainTime: time }).epochMilliseconds
}

test('agrees with counting dates one by one', () => {
  let answered = 0
  fc.assert(
    fc.property(cases, ({ hours, center, at, days }) => {
      const table = Calendar.compileOrThrow(hours)
      const from = center / MINUTE - (WINDOW / 2) * 1440
      for (const count of [days, -days]) {
        const expected = naive(hours, at, count, from)
        if (expected === undefined) continue
        answered++
        expect(Calendar.addBusinessDays(table, at, count)).toBe(expected)
      }
    }),
    { numRuns: runs(5_000) },
  )
  expect(answered).toBeGreaterThan(runs(5_000) / 2)
})

describe('a week from Monday to Friday', () => {
  const desk = Calendar.compileOrThrow({
    timeZone: 'Europe/Moscow',
    week: Calendar.weekdays(['09:00-18:00']),
    holidays: ['2026-03-09'],
    dates: { '2026-03-14': ['10:00-12:00'] },
    breaks: { '2026-03-11': ['00:00-24:00'] },
  })
  const at = (text: string): number => Date.parse(`${text}+03:00`)

  test.each<[string, string, number, string]>([
    ['the next one', '2026-03-02T12:00', 1, '2026-03-03T12:00'],
    ['over a weekend and a holiday', '2026-03-06T12:00', 1, '2026-03-10T12:00'],
    ['over a day that breaks take away', '2026-03-10T12:00', 1, '2026-03-12T12:00'],
    ['a Saturday with hours of its own counts', '2026-03-13T12:00', 1, '2026-03-14T12:00'],
    ['from a weekend', '2026-03-07T12:00', 1, '2026-03-10T12:00'],
    ['at a time when it is closed', '2026-03-02T23:30', 1, '2026-03-03T23:30'],
    ['back', '2026-03-10T12:00', -1, '2026-03-06T12:00'],
    ['back from a weekend', '2026-03-08T12:00', -2, '2026-03-05T12:00'],
    ['none', '2026-03-07T12:00', 0, '2026-03-07T12:00'],
    ['a fraction counts whole days', '2026-03-02T12:00', 1.9, '2026-03-03T12:00'],
  ])('%s', (_, from, days, to) => {
    expect(Calendar.addBusinessDays(desk, at(from), days)).toBe(at(to))
  })

  test('there and back again is where it was, from a business day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (days) => {
        const monday = at('2026-03-02T12:00')
        expect(Calendar.addBusinessDays(desk, Calendar.addBusinessDays(desk, monday, days), -days)).toBe(
          monday,
        )
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('without an end there is no answer', () => {
    const never = Calendar.compileOrThrow({ timeZone: 'UTC', week: {} })
    expect(Calendar.addBusinessDays(never, 0, 1)).toBeNaN()
    expect(Calendar.addBusinessDays(never, 0, -1)).toBeNaN()
    for (const days of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(Calendar.addBusinessDays(desk, 0, days)).toBeNaN()
    }
    for (const instant of [Number.NaN, Number.POSITIVE_INFINITY, -1, 8.64e15]) {
      expect(Calendar.addBusinessDays(desk, instant, 1)).toBeNaN()
    }
  })
})

test('of a combination, in the zone of the first: a date on which it opens, or is open from end to end', () => {
  const always = { timeZone: 'UTC', week: '24/7' as const }
  const noon = Date.UTC(2026, 2, 2, 12)
  expect(Calendar.addBusinessDays(Calendar.compileOrThrow({ union: [always] }), noon, 3)).toBe(noon + 3 * DAY)
  const nights = {
    timeZone: 'UTC',
    week: { mon: ['22:00-24:00'], tue: ['00:00-06:00'], thu: ['09:00-10:00'] },
  }
  // Tuesday only goes on with what Monday began
  expect(Calendar.addBusinessDays(Calendar.compileOrThrow({ union: [nights] }), noon, 1)).toBe(noon + 3 * DAY)
})

test('the oracle that stands behind this knows a closed calendar from an open one', () => {
  const plain = {
    timeZone: 'UTC',
    week: { mon: ['09:00-10:00'] },
    holidays: [],
    dates: {},
    breaks: {},
    effective: [],
  }
  const oracle = new Oracle(plain, Date.UTC(2026, 2, 2) / MINUTE, 1)
  expect(oracle.elapsed(Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 3))).toBe(60 * MINUTE)
})
