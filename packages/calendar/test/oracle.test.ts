// The engine agrees with the minute-by-minute oracle on random calendars, in zones of all kinds, around their changes.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { calendarAround, randomFrom, ZONES } from './arbitraries.js'
import { centersOf } from './cases.js'
import { Oracle, type PlainCalendar, UNKNOWN } from './oracle.js'

const MINUTE = 60_000
const DAY = 86_400_000
/** Days the oracle knows, and how far from the middle questions are asked. */
const WINDOW = 64
const ASKED = 20
const QUERIES = 100

interface Case {
  readonly from: number
  readonly calendar: PlainCalendar
  readonly seed: number
}

const caseArbitrary: fc.Arbitrary<Case> = fc
  .tuple(fc.constantFrom(...ZONES), fc.constantFrom(...ZONES), fc.double({ min: 0, max: 0.999, noNaN: true }))
  .chain(([zone, other, pick]) => {
    const centers = centersOf(zone)
    const center = Math.floor(centers[Math.floor(pick * centers.length)]! / DAY) * DAY
    return fc.record({
      from: fc.constant(center / MINUTE - (WINDOW / 2) * 1440),
      calendar: calendarAround(center, [zone, zone, other]),
      seed: fc.integer(),
    })
  })

const tick = (random: () => number): number => (random() < 0.5 ? MINUTE : random() < 0.5 ? 1000 : 1)

/** One question, asked of both; the oracle may not know, beyond its window. */
const ask = (
  oracle: Oracle,
  table: Calendar.Table,
  from: number,
  random: () => number,
): [unknown, unknown, string] => {
  const middle = (from + (WINDOW / 2) * 1440) * MINUTE
  const instant = (): number => {
    const step = tick(random)
    return Math.floor((middle + (random() * 2 - 1) * ASKED * DAY) / step) * step
  }
  const at = instant()
  const by = Math.ceil((random() * 30 * 3_600_000) / tick(random)) * MINUTE
  switch (Math.floor(random() * 8)) {
    case 0:
    case 1:
      return [Calendar.add(table, at, by), oracle.addForward(at, by), `add ${at} ${by}`]
    case 2:
      return [Calendar.add(table, at, -by), oracle.addBackward(at, by), `add ${at} ${-by}`]
    case 3: {
      const to = instant()
      return [Calendar.elapsed(table, at, to), oracle.elapsed(at, to), `elapsed ${at} ${to}`]
    }
    case 4:
      return [Calendar.nextOpen(table, at), oracle.nextOpen(at), `nextOpen ${at}`]
    case 5:
      return [Calendar.nextClose(table, at), oracle.nextClose(at), `nextClose ${at}`]
    case 6:
      return [Calendar.prevOpen(table, at), oracle.prevOpen(at), `prevOpen ${at}`]
    default: {
      const to = at + Math.floor(random() * 3 * DAY)
      return [
        [Calendar.isOpen(table, at), Calendar.periods(table, at, to)],
        [oracle.isOpen(at), oracle.periods(at, to)],
        `isOpen, periods ${at} ${to}`,
      ]
    }
  }
}

describe('calendar', () => {
  test('agrees with the oracle minute by minute', () => {
    let answered = 0
    fc.assert(
      fc.property(caseArbitrary, ({ from, calendar, seed }) => {
        const table = Calendar.compileOrThrow(calendar)
        const oracle = new Oracle(calendar, from, WINDOW)
        const random = randomFrom(seed)
        for (let i = 0; i < QUERIES; i++) {
          const [given, expected, question] = ask(oracle, table, from, random)
          if (expected === UNKNOWN) continue
          answered++
          expect(given, question).toEqual(expected)
        }
      }),
      { numRuns: runs({ test: 5_000, ci: 25_000, soak: 2_500_000 }) / QUERIES },
    )
    // most questions must have been answered by both
    expect(answered).toBeGreaterThan(runs({ test: 5_000, ci: 25_000, soak: 2_500_000 }) / 2)
  })
})
