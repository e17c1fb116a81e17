// Far and odd: calendars that never open or never close, the ends of the known range, and numbers that are no instants.

import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { at, DAY, HOUR, iso } from './cases.js'

const END = at('2101-01-01')
const NOW = at('2026-03-02T12:00')
const { NEVER } = Calendar

const days = (intervals: readonly string[]) => ({
  mon: intervals,
  tue: intervals,
  wed: intervals,
  thu: intervals,
  fri: intervals,
  sat: intervals,
  sun: intervals,
})
const always = Calendar.compileOrThrow({ timeZone: 'Europe/Moscow', week: '24/7' })
const desk = Calendar.compileOrThrow({ timeZone: 'UTC', week: days(['09:00-18:00']) })

const weekdays = { timeZone: 'America/New_York', week: days(['09:00-18:00']) }
const neverOpen: readonly (readonly [string, Calendar.Definition])[] = [
  ['an empty week', { timeZone: 'Europe/Moscow', week: {} }],
  ['days without intervals', { timeZone: 'Europe/Moscow', week: days([]) }],
  ['a holiday every day', { ...weekdays, holidays: [{ rrule: 'FREQ=DAILY' }] }],
  ['a difference with itself', { subtract: [weekdays, weekdays] }],
  [
    'hours that never meet',
    { intersect: [weekdays, { timeZone: 'America/New_York', week: days(['18:00-20:00']) }] },
  ],
  ['a shift of nothing', { shift: [{ timeZone: 'UTC', week: {} }, 'P30D'] }],
  [
    'a union of nothing',
    {
      union: [
        { timeZone: 'UTC', week: {} },
        { timeZone: 'Asia/Tokyo', week: {} },
      ],
    },
  ],
]

describe('a calendar that never opens', () => {
  test.each(neverOpen)('%s: answers at once that there is no such instant', (_, definition) => {
    const start = performance.now()
    const table = Calendar.compileOrThrow(definition)
    const answers = {
      add: Calendar.add(table, NOW, 1),
      back: Calendar.add(table, NOW, -1),
      paused: Calendar.addPaused(table, NOW, HOUR, [[NOW, NOW + DAY]]),
      nextOpen: Calendar.nextOpen(table, NOW),
      nextClose: Calendar.nextClose(table, NOW),
      prevOpen: Calendar.prevOpen(table, NOW),
      days: Calendar.addBusinessDays(table, NOW, 1),
      daysBack: Calendar.addBusinessDays(table, NOW, -1),
    }
    expect(new Set(Object.values(answers))).toEqual(new Set([NEVER]))
    expect(Calendar.elapsed(table, 0, END)).toBe(0)
    expect(Calendar.periods(table, 0, END)).toEqual([])
    expect(Calendar.isOpen(table, NOW)).toBe(false)
    expect(Calendar.add(table, NOW, 0)).toBe(NOW)
    expect(Calendar.addBusinessDays(table, NOW, 0)).toBe(NOW)
    // 131 years, whatever the machine: far from a loop without end
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('one opening in 2090', () => {
  const table = Calendar.compileOrThrow({
    timeZone: 'UTC',
    week: {},
    dates: { '2090-05-05': ['09:00-10:00'] },
  })
  const [open, close] = [at('2090-05-05T09:00'), at('2090-05-05T10:00')]

  test('is found from both sides', () => {
    expect(Calendar.nextOpen(table, NOW)).toBe(open)
    expect(Calendar.nextClose(table, NOW)).toBe(close)
    expect(Calendar.add(table, NOW, HOUR)).toBe(close)
    expect(Calendar.add(table, NOW, HOUR + 1)).toBe(NEVER)
    expect(Calendar.add(table, 0, 1)).toBe(open + 1)
    expect(Calendar.prevOpen(table, END)).toBe(close)
    expect(Calendar.prevOpen(table, open)).toBe(NEVER)
    expect(Calendar.add(table, END, -HOUR)).toBe(open)
    expect(Calendar.add(table, END, -HOUR - 1)).toBe(NEVER)
    expect(Calendar.elapsed(table, 0, END)).toBe(HOUR)
    expect(Calendar.periods(table, 0, END)).toEqual([[open, close]])
    expect(iso(Calendar.addBusinessDays(table, NOW, 1))).toBe('2090-05-05T12:00Z')
    expect(Calendar.addBusinessDays(table, NOW, 2)).toBe(NEVER)
    expect(iso(Calendar.addBusinessDays(table, at('2100-01-01'), -1))).toBe('2090-05-05T00:00Z')
  })
})

describe('a calendar that never closes', () => {
  test('has no closing, and counts every millisecond over a hundred years', () => {
    expect(Calendar.nextClose(always, NOW)).toBe(NEVER)
    expect(Calendar.nextClose(always, 0)).toBe(NEVER)
    expect(Calendar.add(always, 0, 100 * 365 * DAY)).toBe(100 * 365 * DAY)
    expect(Calendar.add(always, at('2080-01-01'), -36_500 * DAY)).toBe(at('2080-01-01') - 36_500 * DAY)
    expect(Calendar.elapsed(always, 0, END)).toBe(END)
    expect(Calendar.periods(always, 0, END)).toEqual([[0, END]])
    expect(Calendar.add(always, 0, END)).toBe(END)
    expect(Calendar.add(always, 0, END + 1)).toBe(NEVER)
    expect(Calendar.add(always, END, -END)).toBe(0)
    expect(Calendar.add(always, END, -END - 1)).toBe(NEVER)
  })
})

describe('beyond the known range', () => {
  const [before, after] = [at('1950-06-01'), at('2150-06-01')]

  test('everything is closed', () => {
    for (const instant of [before, -1, END, after]) expect(Calendar.isOpen(always, instant)).toBe(false)
    expect(Calendar.isOpen(always, 0)).toBe(true)
    expect(Calendar.isOpen(always, END - 1)).toBe(true)
    expect(Calendar.elapsed(always, before, DAY)).toBe(DAY)
    expect(Calendar.elapsed(always, END - DAY, after)).toBe(DAY)
    expect(Calendar.elapsed(always, after, before)).toBe(-END)
    expect(Calendar.elapsed(always, before, before + DAY)).toBe(0)
    expect(Calendar.elapsed(always, after, after + DAY)).toBe(0)
    expect(Calendar.periods(always, before, after)).toEqual([[0, END]])
  })

  test('instants lead into it and not out of it', () => {
    expect(Calendar.add(always, before, HOUR)).toBe(HOUR)
    expect(Calendar.add(always, after, -HOUR)).toBe(END - HOUR)
    expect(Calendar.add(always, before, -HOUR)).toBe(NEVER)
    expect(Calendar.add(always, after, HOUR)).toBe(NEVER)
    expect(Calendar.nextOpen(always, before)).toBe(0)
    expect(Calendar.nextOpen(desk, before)).toBe(9 * HOUR)
    expect(Calendar.nextClose(desk, before)).toBe(18 * HOUR)
    expect(Calendar.prevOpen(desk, after)).toBe(at('2100-12-31T18:00'))
    expect(Calendar.prevOpen(always, after)).toBe(END)
    expect(Calendar.nextOpen(always, END)).toBe(NEVER)
    expect(Calendar.nextClose(desk, after)).toBe(NEVER)
    expect(Calendar.prevOpen(desk, before)).toBe(NEVER)
    expect(Calendar.prevOpen(desk, 0)).toBe(NEVER)
    expect(Calendar.addBusinessDays(desk, before, 1)).toBe(NEVER)
    expect(Calendar.addBusinessDays(desk, after, -1)).toBe(NEVER)
    expect(Calendar.addBusinessDays(desk, at('2100-12-31'), 1)).toBe(NEVER)
    expect(Calendar.addBusinessDays(desk, at('1970-01-01T12:00'), -1)).toBe(NEVER)
  })
})

describe('numbers that are no instants', () => {
  test('NaN in, NaN out', () => {
    expect(Calendar.add(desk, Number.NaN, HOUR)).toBeNaN()
    expect(Calendar.add(desk, Number.NaN, 0)).toBeNaN()
    expect(Calendar.add(desk, NOW, Number.NaN)).toBeNaN()
    expect(Calendar.elapsed(desk, Number.NaN, NOW)).toBeNaN()
    expect(Calendar.elapsed(desk, NOW, Number.NaN)).toBeNaN()
    expect(Calendar.nextOpen(desk, Number.NaN)).toBeNaN()
    expect(Calendar.nextClose(desk, Number.NaN)).toBeNaN()
    expect(Calendar.prevOpen(desk, Number.NaN)).toBeNaN()
    expect(Calendar.isOpen(desk, Number.NaN)).toBe(false)
    expect(Calendar.periods(desk, Number.NaN, NOW)).toEqual([])
    expect(Calendar.periods(desk, NOW, Number.NaN)).toEqual([])
    expect(Calendar.addBusinessDays(desk, Number.NaN, 1)).toBeNaN()
    expect(Calendar.addBusinessDays(desk, NOW, Number.NaN)).toBeNaN()
  })

  // the bucket of an instant is found by truncation: the hours before 1970, −∞ and what is far before count as page 0
  test('before 1970 is closed in pages that are built, too', () => {
    const built = Calendar.compileOrThrow({ timeZone: 'UTC', week: '24/7' })
    Calendar.warm(built, 0, END)
    expect(Calendar.elapsed(built, -HOUR, HOUR)).toBe(HOUR)
    expect(Calendar.add(built, -HOUR, 2 * HOUR)).toBe(2 * HOUR)
    expect(Calendar.add(built, Number.NEGATIVE_INFINITY, HOUR)).toBe(HOUR)
    expect(Calendar.add(built, -1e18, HOUR)).toBe(HOUR)
    expect(Calendar.elapsed(built, -1e18, HOUR)).toBe(HOUR)
  })

  test('infinities are the ends of time', () => {
    const [past, future] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    expect(Calendar.elapsed(always, past, future)).toBe(END)
    expect(Calendar.elapsed(always, future, past)).toBe(-END)
    expect(Calendar.nextOpen(desk, past)).toBe(9 * HOUR)
    expect(Calendar.nextOpen(desk, future)).toBe(NEVER)
    expect(Calendar.prevOpen(desk, future)).toBe(at('2100-12-31T18:00'))
    expect(Calendar.prevOpen(desk, past)).toBe(NEVER)
    expect(Calendar.add(desk, past, HOUR)).toBe(10 * HOUR)
    expect(Calendar.add(desk, future, HOUR)).toBe(NEVER)
    expect(Calendar.add(desk, NOW, future)).toBe(NEVER)
    expect(Calendar.add(desk, NOW, past)).toBe(NEVER)
    expect(Calendar.isOpen(always, past)).toBe(false)
    expect(Calendar.isOpen(always, future)).toBe(false)
    expect(Calendar.periods(always, past, future)).toEqual([[0, END]])
    expect(Calendar.addBusinessDays(desk, NOW, future)).toBe(NEVER)
    expect(Calendar.addBusinessDays(desk, NOW, past)).toBe(NEVER)
    expect(Calendar.addBusinessDays(desk, future, 1)).toBe(NEVER)
  })

  test('fractions of a millisecond count as they are', () => {
    const open = at('2026-03-02T09:00')
    expect(Calendar.add(desk, open, 0.5)).toBe(open + 0.5)
    expect(Calendar.add(desk, open - 0.5, 0.5)).toBe(open + 0.5)
    expect(Calendar.add(desk, open + 0.5, -0.25)).toBe(open + 0.25)
    expect(Calendar.elapsed(desk, open + 0.25, open + 0.75)).toBe(0.5)
    expect(Calendar.isOpen(desk, open - 0.5)).toBe(false)
    expect(Calendar.isOpen(desk, open + 9 * HOUR - 0.5)).toBe(true)
    expect(Calendar.nextOpen(desk, open - 0.5)).toBe(open)
    expect(Calendar.nextOpen(desk, open + 0.5)).toBe(open + 0.5)
    expect(Calendar.addBusinessDays(desk, open, 1.9)).toBe(open + DAY)
    expect(Calendar.addBusinessDays(desk, open, -0.9)).toBe(open)
  })
})
