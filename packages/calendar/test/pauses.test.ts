// Pauses against the minute oracle, forward and backward: unordered, overlapping, empty and reversed ones.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { at, caseIn, DAY, HOUR, iso, MINUTE, within } from './cases.js'
import { Oracle, UNKNOWN } from './oracle.js'

const WINDOW = 50
const ZONES_OF_PAUSES = ['Europe/Moscow', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia']

/** Whole minutes around the middle; an empty or reversed one pauses nothing. */
const pause = fc.tuple(
  fc.integer({ min: -12 * 1440, max: 12 * 1440 }),
  fc.oneof(
    fc.integer({ min: 1, max: 600 }),
    fc.integer({ min: 1, max: 3 * 1440 }),
    fc.constantFrom(0, -1, -300),
  ),
)

const asked = fc.record({
  given: caseIn(ZONES_OF_PAUSES, true),
  pauses: fc.array(pause, { maxLength: 6 }),
  from: within(10),
  to: within(10),
  by: fc.oneof(
    within(1),
    fc.integer({ min: -96, max: 96 }).map((quarters) => quarters * 15 * MINUTE),
  ),
})

const law = (
  holds: (given: {
    readonly table: Calendar.Table
    readonly oracle: Oracle
    readonly pauses: readonly Calendar.Period[]
    readonly from: number
    readonly to: number
    readonly by: number
  }) => void,
): void =>
  fc.assert(
    fc.property(asked, ({ given: { center, calendar }, pauses, from, to, by }) => {
      const first = center / MINUTE - (WINDOW / 2) * 1440
      const oracle = new Oracle(calendar, first, WINDOW)
      for (const [start, length] of pauses) {
        const minute = (WINDOW / 2) * 1440 + start
        if (length > 0) oracle.open.fill(0, minute, minute + length)
      }
      holds({
        table: Calendar.compileOrThrow(calendar),
        oracle,
        pauses: pauses.map(([start, length]) => [
          center + start * MINUTE,
          center + (start + length) * MINUTE,
        ]),
        from: center + from,
        to: center + to,
        by,
      })
    }),
    { numRuns: runs(20_000) },
  )

describe('pauses', () => {
  test('elapsedPaused agrees with the oracle', () => {
    law(({ table, oracle, pauses, from, to }) => {
      expect(Calendar.elapsedPaused(table, from, to, pauses)).toBe(oracle.elapsed(from, to))
    })
  })

  test('addPaused agrees with the oracle, both ways', () => {
    let answered = 0
    law(({ table, oracle, pauses, from, by }) => {
      const expected = by === 0 ? from : by > 0 ? oracle.addForward(from, by) : oracle.addBackward(from, -by)
      if (expected === UNKNOWN) return
      answered++
      expect(Calendar.addPaused(table, from, by, pauses)).toBe(expected)
    })
    expect(answered).toBeGreaterThan(runs(20_000) / 3)
  })

  test('without any, add and elapsed answer the same', () => {
    law(({ table, from, to, by }) => {
      expect(Calendar.addPaused(table, from, by, [])).toEqual(Calendar.add(table, from, by))
      expect(Calendar.elapsedPaused(table, from, to, [])).toEqual(Calendar.elapsed(table, from, to))
    })
  })

  test('one outside opening hours costs nothing', () => {
    law(({ table, oracle, from, to, by }) => {
      // the closed stretches of the calendar itself, as pauses
      const periods = Calendar.periods(table, from - 30 * DAY, from + 30 * DAY)
      const closed = periods.slice(1).map(([start], i): Calendar.Period => [periods[i]![1], start])
      expect(oracle.open.length).toBe(WINDOW * 1440)
      expect(Calendar.elapsedPaused(table, from, to, closed)).toBe(Calendar.elapsed(table, from, to))
      const x = Calendar.add(table, from, by)
      if (Math.abs(x - from) < 25 * DAY) expect(Calendar.addPaused(table, from, by, closed)).toBe(x)
    })
  })
})

describe('pauses by hand', () => {
  const desk = Calendar.compileOrThrow({
    timeZone: 'UTC',
    week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'] },
  })
  const monday = (time: string): number => at(`2026-03-02T${time}`)

  test('a pause at the deadline does not move it, one before it does', () => {
    const by = 2 * HOUR
    expect(iso(Calendar.addPaused(desk, monday('09:00'), by, [[monday('11:00'), monday('12:00')]]))).toBe(
      '2026-03-02T11:00Z',
    )
    expect(iso(Calendar.addPaused(desk, monday('09:00'), by, [[monday('10:59'), monday('12:00')]]))).toBe(
      '2026-03-02T12:01Z',
    )
  })

  test('a pause over the night carries the rest to the next morning', () => {
    const pauses = [[monday('17:00'), at('2026-03-03T10:00')]] as const
    expect(iso(Calendar.addPaused(desk, monday('16:00'), 2 * HOUR, pauses))).toBe('2026-03-03T11:00Z')
    expect(iso(Calendar.addPaused(desk, at('2026-03-03T11:00'), -2 * HOUR, pauses))).toBe('2026-03-02T16:00Z')
    expect(Calendar.elapsedPaused(desk, monday('16:00'), at('2026-03-03T11:00'), pauses)).toBe(2 * HOUR)
  })

  test('a pause without end leaves no deadline', () => {
    const forever = [[monday('10:00'), Number.POSITIVE_INFINITY]] as const
    expect(Calendar.addPaused(desk, monday('09:00'), HOUR, forever)).toBe(monday('10:00'))
    expect(Calendar.isNever(Calendar.addPaused(desk, monday('09:00'), HOUR + 1, forever))).toBe(true)
    expect(Calendar.elapsedPaused(desk, monday('09:00'), at('2027-01-01'), forever)).toBe(HOUR)
  })

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
  ])('%s', (_, pauses, due) => {
    expect(Calendar.addPaused(always, 0, 500, pauses)).toBe(due)
    expect(Calendar.elapsedPaused(always, 0, due, pauses)).toBe(500)
  })

  test('what is no instant or duration has no answer', () => {
    expect(Calendar.addPaused(always, Number.NaN, 500, [[100, 300]])).toBeNaN()
    expect(Calendar.addPaused(always, 0, Number.NaN, [[100, 300]])).toBeNaN()
    expect(Calendar.elapsedPaused(always, Number.NaN, 500, [[100, 300]])).toBeNaN()
    expect(Calendar.elapsedPaused(always, 0, 500, [[Number.NaN, 300]])).toBe(500)
  })
})
