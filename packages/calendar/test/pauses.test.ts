// Laws of pauses: paused time is closed time, told by the minute oracle with those minutes closed.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { instantNear, placedCalendar } from './arbitraries.js'
import { Oracle, UNKNOWN } from './oracle.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WINDOW = 90

const minuteNear = (center: number): fc.Arbitrary<number> =>
  instantNear(center).map((at) => Math.floor(at / MINUTE) * MINUTE)

const cases = placedCalendar.chain(({ calendar, center }) =>
  fc.record({
    calendar: fc.constant(calendar),
    center: fc.constant(center),
    at: instantNear(center),
    to: instantNear(center),
    by: fc.integer({ min: 1, max: 60 * HOUR }),
    pauses: fc.array(fc.tuple(minuteNear(center), minuteNear(center)), { maxLength: 5 }),
  }),
)

test('agrees with the oracle', () => {
  let answered = 0
  fc.assert(
    fc.property(cases, ({ calendar, center, at, to, by, pauses }) => {
      const table = Calendar.compileOrThrow(calendar)
      const oracle = new Oracle(calendar, center / MINUTE - (WINDOW / 2) * 1440, WINDOW).less(pauses)
      expect(Calendar.elapsedPaused(table, at, to, pauses)).toBe(oracle.elapsed(at, to))
      for (const [given, expected] of [
        [Calendar.addPaused(table, at, by, pauses), oracle.addForward(at, by)],
        [Calendar.addPaused(table, at, -by, pauses), oracle.addBackward(at, by)],
      ]) {
        if (expected === UNKNOWN) continue
        answered++
        expect(given).toBe(expected)
      }
    }),
    { numRuns: runs(20_000) },
  )
  expect(answered).toBeGreaterThan(runs(20_000))
})

test('elapsed of what was added is what was added, and no pause is no change', () => {
  fc.assert(
    fc.property(cases, ({ calendar, at, by, pauses }) => {
      const table = Calendar.compileOrThrow(calendar)
      const due = Calendar.addPaused(table, at, by, pauses)
      if (!Calendar.isNever(due)) expect(Calendar.elapsedPaused(table, at, due, pauses)).toBe(by)
      expect(Calendar.addPaused(table, at, by, [])).toBe(Calendar.add(table, at, by))
    }),
    { numRuns: runs(50_000) },
  )
})

describe('around the clock', () => {
  const always = Calendar.compileOrThrow({ timeZone: 'UTC', week: '24/7' })

  test.each<[string, [number, number][], number]>([
    [
      'overlapping pauses count once',
      [
        [100, 300],
        [200, 400],
      ],
      800,
    ],
    [
      'touching pauses are one',
      [
        [100, 200],
        [200, 300],
      ],
      700,
    ],
    [
      'order does not matter',
      [
        [500, 600],
        [100, 200],
      ],
      700,
    ],
    ['a pause that ends before it starts is none', [[300, 100]], 500],
    ['an empty pause is none', [[100, 100]], 500],
    ['a pause that begins before', [[-50, 100]], 600],
    ['a pause that begins at the deadline does not move it', [[500, 900]], 500],
  ])('%s', (_, pauses, due) => {
    const copy = structuredClone(pauses)
    expect(Calendar.addPaused(always, 0, 500, pauses)).toBe(due)
    expect(pauses).toEqual(copy)
  })

  test('a pause without an end leaves no deadline', () => {
    expect(Calendar.addPaused(always, 0, 500, [[100, Number.POSITIVE_INFINITY]])).toBeNaN()
    expect(Calendar.addPaused(always, DAY, -500, [[Number.NEGATIVE_INFINITY, DAY - 100]])).toBeNaN()
    expect(Calendar.addPaused(always, 0, 50, [[100, Number.POSITIVE_INFINITY]])).toBe(50)
  })

  test('zero stays put, even within a pause', () => {
    expect(Calendar.addPaused(always, 150, 0, [[100, 200]])).toBe(150)
  })

  test('what is no instant or duration has no answer', () => {
    expect(Calendar.addPaused(always, Number.NaN, 500, [[100, 300]])).toBeNaN()
    expect(Calendar.addPaused(always, 0, Number.NaN, [[100, 300]])).toBeNaN()
    expect(Calendar.elapsedPaused(always, Number.NaN, 500, [[100, 300]])).toBeNaN()
    expect(Calendar.elapsedPaused(always, 0, 500, [[Number.NaN, 300]])).toBe(500)
  })
})

test('a pause outside opening hours costs nothing', () => {
  const desk = Calendar.compileOrThrow({
    timeZone: 'UTC',
    week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'] },
  })
  const [opened, night] = [
    Date.UTC(2026, 2, 2, 17),
    [Date.UTC(2026, 2, 2, 18), Date.UTC(2026, 2, 3, 9)],
  ] as const
  expect(Calendar.addPaused(desk, opened, 2 * HOUR, [night])).toBe(Calendar.add(desk, opened, 2 * HOUR))
})
