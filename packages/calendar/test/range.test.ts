// The ends of what is known: calendars that open once, never or always, instants before 1970 and after 2100, and numbers
// that are no instants. Every answer comes at once.

import { FIRST_INSTANT, LAST_INSTANT } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { ZONES } from './arbitraries.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOT_INSTANTS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
const FAR = [-8.64e15, -1e12, -1, -0.5, LAST_INSTANT, LAST_INSTANT + 1, 8.64e15, 1e300, Number.MAX_VALUE]

const atOnce = (work: () => void): void => {
  const begin = performance.now()
  work()
  expect(performance.now() - begin).toBeLessThan(2_000)
}

describe('a calendar with one opening in 2090', () => {
  const [opens, closes] = [Date.UTC(2090, 4, 1, 10), Date.UTC(2090, 4, 1, 11)]
  const once = () =>
    Calendar.compileOrThrow({ timeZone: 'UTC', week: {}, dates: { '2090-05-01': ['10:00-11:00'] } })

  test('is found from 1970 and from 2100', () => {
    atOnce(() => {
      const table = once()
      expect(Calendar.add(table, 0, HOUR)).toBe(closes)
      expect(Calendar.add(table, 0, HOUR + 1)).toBeNaN()
      expect(Calendar.add(table, LAST_INSTANT, -HOUR)).toBe(opens)
      expect(Calendar.nextOpen(table, 0)).toBe(opens)
      expect(Calendar.nextClose(table, 0)).toBe(closes)
      expect(Calendar.prevOpen(table, LAST_INSTANT)).toBe(closes)
      expect(Calendar.prevOpen(table, opens)).toBeNaN()
      expect(Calendar.elapsed(table, 0, LAST_INSTANT)).toBe(HOUR)
      expect(Calendar.periods(table, 0, LAST_INSTANT)).toEqual([[opens, closes]])
      expect(Calendar.addBusinessDays(table, 0, 1)).toBe(Date.UTC(2090, 4, 1))
    })
  })
})

test('a calendar that never opens has no answers, in every zone', () => {
  for (const timeZone of ZONES) {
    const table = Calendar.compileOrThrow({ timeZone, week: {} })
    atOnce(() => {
      for (const by of [1, -1, HOUR, 1e15, Number.POSITIVE_INFINITY])
        expect(Calendar.add(table, Date.UTC(2026, 0), by)).toBeNaN()
      expect(Calendar.nextOpen(table, 0)).toBeNaN()
      expect(Calendar.nextClose(table, 0)).toBeNaN()
      expect(Calendar.prevOpen(table, LAST_INSTANT)).toBeNaN()
      expect(Calendar.periods(table, 0, LAST_INSTANT)).toEqual([])
      expect(Calendar.elapsed(table, 0, LAST_INSTANT)).toBe(0)
    })
  }
})

test('a calendar that is taken from itself never opens either', () => {
  const hours = { timeZone: 'Europe/Moscow', week: { mon: ['09:00-18:00'] } }
  const table = Calendar.compileOrThrow({ subtract: [hours, hours] })
  atOnce(() => expect(Calendar.nextOpen(table, 0)).toBeNaN())
})

describe('around the clock', () => {
  const always = () => Calendar.compileOrThrow({ timeZone: 'America/New_York', week: '24/7' })

  test('it never closes', () => {
    atOnce(() => {
      const table = always()
      expect(Calendar.nextClose(table, 0)).toBeNaN()
      expect(Calendar.nextClose(table, Date.UTC(2026, 0))).toBeNaN()
      expect(Calendar.periods(table, 0, LAST_INSTANT)).toEqual([[0, LAST_INSTANT]])
      expect(Calendar.elapsed(table, 0, LAST_INSTANT)).toBe(LAST_INSTANT)
    })
  })

  test('every second that passes counts, over both changes of the clock', () => {
    fc.assert(
      fc.property(fc.nat(LAST_INSTANT - 1), fc.nat(LAST_INSTANT - 1), (from, to) => {
        expect(Calendar.elapsed(always(), from, to)).toBe(to - from)
      }),
      { numRuns: runs(5_000) },
    )
  })

  test('until the end of what is known', () => {
    const table = always()
    expect(Calendar.add(table, LAST_INSTANT - HOUR, HOUR)).toBe(LAST_INSTANT)
    expect(Calendar.add(table, LAST_INSTANT - HOUR, HOUR + 1)).toBeNaN()
    expect(Calendar.add(table, HOUR, -HOUR)).toBe(FIRST_INSTANT)
    expect(Calendar.add(table, HOUR, -HOUR - 1)).toBeNaN()
    expect(Calendar.prevOpen(table, 8.64e15)).toBe(LAST_INSTANT)
    expect(Calendar.nextOpen(table, -8.64e15)).toBe(FIRST_INSTANT)
  })
})

describe('before 1970 and after 2100', () => {
  const always = Calendar.compileOrThrow({ timeZone: 'Asia/Tokyo', week: '24/7' })

  test('all is closed', () => {
    for (const at of FAR) expect(Calendar.isOpen(always, at)).toBe(false)
    expect(Calendar.isOpen(always, FIRST_INSTANT)).toBe(true)
    expect(Calendar.isOpen(always, LAST_INSTANT - 1)).toBe(true)
    expect(Calendar.elapsed(always, -1e15, 1e15)).toBe(LAST_INSTANT)
    expect(Calendar.elapsed(always, -1e15, -1e14)).toBe(0)
    expect(Calendar.elapsed(always, LAST_INSTANT, 1e15)).toBe(0)
    expect(Calendar.periods(always, -1e15, -1e14)).toEqual([])
  })

  test('what starts before counts from 1970, what ends after until 2100', () => {
    expect(Calendar.add(always, -DAY, HOUR)).toBe(HOUR)
    expect(Calendar.add(always, 1e15, -HOUR)).toBe(LAST_INSTANT - HOUR)
    expect(Calendar.add(always, 1e15, HOUR)).toBeNaN()
    expect(Calendar.add(always, -DAY, -HOUR)).toBeNaN()
    expect(Calendar.add(always, 1e15, 0)).toBe(1e15)
  })
})

test('numbers that are no instants have no answers, and nothing throws', () => {
  const table = Calendar.compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
  const odd = [...NOT_INSTANTS, ...FAR, 0, -0, 0.5, 1e9 + 0.25]
  atOnce(() => {
    for (const a of odd) {
      for (const query of [Calendar.nextOpen, Calendar.nextClose, Calendar.prevOpen]) {
        expect(typeof query(table, a)).toBe('number')
      }
      expect(typeof Calendar.isOpen(table, a)).toBe('boolean')
      for (const b of odd) {
        const answers = [Calendar.add(table, a, b), Calendar.elapsed(table, a, b)]
        if (Number.isNaN(a) || Number.isNaN(b)) expect(answers).toEqual([Number.NaN, Number.NaN])
        expect(typeof Calendar.addBusinessDays(table, a, b)).toBe('number')
        expect(Calendar.periods(table, a, b)).toBeInstanceOf(Array)
      }
    }
  })
  for (const a of NOT_INSTANTS) {
    expect(() => Calendar.explainElapsed(table, a, 0, [[0, a]])).not.toThrow()
    expect(() => Calendar.explainAdd(table, a, HOUR, [[a, 0]])).not.toThrow()
    expect(() => Calendar.explainAdd(table, 0, a)).not.toThrow()
  }
})

test('fractions of a millisecond are time as well', () => {
  const always = Calendar.compileOrThrow({ timeZone: 'UTC', week: '24/7' })
  expect(Calendar.elapsed(always, 0.25, 1.5)).toBe(1.25)
  expect(Calendar.add(always, 0.25, 0.5)).toBe(0.75)
})

test('a year is warmed ahead in little memory', () => {
  const table = Calendar.compileOrThrow({
    timeZone: 'Europe/Moscow',
    week: Calendar.weekdays(['09:00-13:00', '14:00-18:00']),
  })
  const before = Calendar.indexSize(table)
  Calendar.warm(table, Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31))
  expect(Calendar.indexSize(table)).toBeGreaterThan(before)
  expect(Calendar.indexSize(table)).toBeLessThan(25_000)
  Calendar.warm(table, Number.NEGATIVE_INFINITY, -1)
  Calendar.warm(table, Number.NaN, Number.NaN)
  expect(Calendar.indexSize(table)).toBeLessThan(25_000)
})

test('answers do not depend on where the process stands', () => {
  // this suite runs under several host zones; these answers were written down once
  const desk = Calendar.compileOrThrow({
    timeZone: 'America/New_York',
    week: Calendar.weekdays(['09:00-12:00', '13:00-17:00']),
    holidays: [{ rrule: 'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', name: 'Thanksgiving' }],
  })
  const iso = (at: number): string => new Date(at).toISOString()
  expect(iso(Calendar.add(desk, Date.UTC(2026, 2, 6, 21), 8 * HOUR))).toBe('2026-03-09T21:00:00.000Z')
  expect(iso(Calendar.add(desk, Date.UTC(2026, 10, 25, 20), 8 * HOUR))).toBe('2026-11-27T21:00:00.000Z')
  expect(Calendar.elapsed(desk, Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)) / HOUR).toBe(1820)
  expect(iso(Calendar.addBusinessDays(desk, Date.UTC(2026, 9, 30, 16), 1))).toBe('2026-11-02T17:00:00.000Z')
})
