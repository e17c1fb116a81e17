// Laws of add and elapsed, and of the queries beside them, on random calendars of all zones.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { instantNear, type Placed, placedCalendar } from './arbitraries.js'

const HOUR = 3_600_000

interface Case {
  readonly table: Calendar.Table
  readonly ats: readonly number[]
  readonly bys: readonly number[]
}

/** A compiled calendar, sorted instants around its dates, and durations of either sign. */
const cases: fc.Arbitrary<Case> = placedCalendar.chain(({ calendar, center }: Placed) =>
  fc.record({
    table: fc.constant(calendar).map(Calendar.compileOrThrow),
    ats: fc
      .array(instantNear(center), { minLength: 2, maxLength: 20 })
      .map((ats) => [...ats].sort((a, b) => a - b)),
    bys: fc.array(
      fc.oneof(fc.integer({ min: -60 * HOUR, max: 60 * HOUR }), fc.constantFrom(0, 1, -1, HOUR)),
      {
        minLength: 20,
        maxLength: 20,
      },
    ),
  }),
)

const law = (name: string, check: (given: Case) => void): void =>
  test(name, () => {
    fc.assert(fc.property(cases, check), { numRuns: runs(20_000) })
  })

const pairs = <T>(list: readonly T[]): [T, T][] => list.slice(1).map((next, i) => [list[i]!, next])

law('elapsed of what was added is what was added', ({ table, ats, bys }) => {
  for (const [i, at] of ats.entries()) {
    const due = Calendar.add(table, at, bys[i]!)
    if (!Calendar.isNever(due)) expect(Calendar.elapsed(table, at, due)).toBe(bys[i])
  }
})

law('add answers the earliest instant, going back the latest', ({ table, ats, bys }) => {
  for (const [i, at] of ats.entries()) {
    const by = bys[i]!
    const due = Calendar.add(table, at, by)
    if (Calendar.isNever(due) || by === 0) continue
    const short = Calendar.elapsed(table, at, due - Math.sign(by))
    expect(Math.abs(short)).toBeLessThan(Math.abs(by))
  }
})

law('time adds up, and backward it is negative', ({ table, ats }) => {
  const [first, last] = [ats[0]!, ats.at(-1)!]
  const steps = pairs(ats).map(([from, to]) => Calendar.elapsed(table, from, to))
  expect(steps.reduce((sum, step) => sum + step, 0)).toBe(Calendar.elapsed(table, first, last))
  for (const [from, to] of pairs(ats)) {
    const open = Calendar.elapsed(table, from, to)
    expect(open).toBeGreaterThanOrEqual(0)
    expect(open).toBeLessThanOrEqual(to - from)
    expect(Calendar.elapsed(table, to, from)).toBe(0 - open)
  }
})

law('what starts later is due no earlier', ({ table, ats, bys }) => {
  for (const by of bys) {
    const dues = ats.map((at) => Calendar.add(table, at, by)).filter((due) => !Calendar.isNever(due))
    for (const [before, after] of pairs(dues)) expect(after).toBeGreaterThanOrEqual(before)
  }
})

law('more time is due later', ({ table, ats, bys }) => {
  const rising = [...bys].sort((a, b) => a - b)
  const dues = rising.map((by) => Calendar.add(table, ats[0]!, by)).filter((due) => !Calendar.isNever(due))
  for (const [before, after] of pairs(dues)) expect(after).toBeGreaterThanOrEqual(before)
})

law('zero stays put', ({ table, ats }) => {
  for (const at of ats) expect(Calendar.add(table, at, 0)).toBe(at)
})

law('open time is the sum of the periods, which neither touch nor overlap', ({ table, ats }) => {
  const [from, to] = [ats[0]!, ats.at(-1)!]
  const periods = Calendar.periods(table, from, to)
  const open = periods.reduce((sum, [opens, closes]) => sum + closes - opens, 0)
  expect(open).toBe(Calendar.elapsed(table, from, to))
  for (const [opens, closes] of periods) expect(opens).toBeLessThan(closes)
  for (const [[, closes], [opens]] of pairs(periods)) expect(closes).toBeLessThan(opens)
})

law('the queries tell one story', ({ table, ats }) => {
  for (const at of ats) {
    const [opens, closes, before] = [Calendar.nextOpen, Calendar.nextClose, Calendar.prevOpen].map((query) =>
      query(table, at),
    ) as [number, number, number]
    expect(Calendar.isOpen(table, at)).toBe(opens === at)
    if (!Calendar.isNever(opens)) {
      expect(opens).toBeGreaterThanOrEqual(at)
      expect(Calendar.isOpen(table, opens)).toBe(true)
      expect(Calendar.elapsed(table, at, opens)).toBe(0)
      expect(Calendar.add(table, at, 1)).toBe(opens + 1)
    }
    if (!Calendar.isNever(closes)) {
      expect(closes).toBeGreaterThan(at)
      expect(Calendar.isOpen(table, closes)).toBe(false)
      expect(Calendar.isOpen(table, closes - 1)).toBe(true)
      expect(Calendar.elapsed(table, Math.max(at, opens), closes)).toBe(closes - opens)
    }
    if (!Calendar.isNever(before)) {
      expect(before).toBeLessThanOrEqual(at)
      expect(Calendar.isOpen(table, before - 1)).toBe(true)
      expect(Calendar.elapsed(table, before, at)).toBe(0)
    }
  }
})

law('many are answered as one by one, and inputs are left alone', ({ table, ats, bys }) => {
  const [instants, durations] = [Float64Array.from(ats), Float64Array.from(bys.slice(0, ats.length))]
  const ends = Float64Array.from(ats, (at, i) => at + bys[i]!)
  const copies = [instants, durations, ends].map((given) => given.slice())
  const out = (): Float64Array => new Float64Array(ats.length)
  const each = (query: (at: number, i: number) => number): Float64Array => instants.map(query)
  const one = (query: (table: Calendar.Table, at: number) => number) => each((at) => query(table, at))
  expect(Calendar.addInto(table, instants, durations, out())).toEqual(
    each((at, i) => Calendar.add(table, at, durations[i]!)),
  )
  expect(Calendar.elapsedInto(table, instants, ends, out())).toEqual(
    each((at, i) => Calendar.elapsed(table, at, ends[i]!)),
  )
  expect(Calendar.nextOpenInto(table, instants, out())).toEqual(one(Calendar.nextOpen))
  expect(Calendar.nextCloseInto(table, instants, out())).toEqual(one(Calendar.nextClose))
  expect(Calendar.prevOpenInto(table, instants, out())).toEqual(one(Calendar.prevOpen))
  const open = Calendar.isOpenInto(table, instants, new Uint8Array(ats.length))
  expect([...open]).toEqual(ats.map((at) => Number(Calendar.isOpen(table, at))))
  expect([instants, durations, ends]).toEqual(copies)
})

law('the answer may be written over the question', ({ table, ats, bys }) => {
  const instants = Float64Array.from(ats)
  const durations = Float64Array.from(bys.slice(0, ats.length))
  const apart = Calendar.addInto(table, instants, durations, new Float64Array(ats.length))
  expect(Calendar.addInto(table, instants.slice(), durations, instants)).toEqual(apart)
})

law('an index built ahead answers as one built on touch', ({ table, ats, bys }) => {
  const cold: Calendar.Table = {
    ...table,
    index: { pages: new Array(242).fill(undefined), totals: new Float64Array(241).fill(Number.NaN) },
  }
  Calendar.warm(table, ats[0]!, ats.at(-1)!)
  for (const [i, at] of ats.entries()) {
    expect(Calendar.add(cold, at, bys[i]!)).toBe(Calendar.add(table, at, bys[i]!))
  }
})

test('buffers of different lengths are a programmer error', () => {
  const table = Calendar.compileOrThrow({ timeZone: 'UTC', week: '24/7' })
  const [two, three] = [new Float64Array(2), new Float64Array(3)]
  expect(() => Calendar.addInto(table, two, three, two)).toThrow('bys has 3 elements, expected 2')
  expect(() => Calendar.addInto(table, two, two, three)).toThrow('out has 3 elements, expected 2')
  expect(() => Calendar.elapsedInto(table, two, three, two)).toThrow('tos has 3 elements, expected 2')
  expect(() => Calendar.nextOpenInto(table, two, three)).toThrow('out has 3 elements, expected 2')
  expect(() => Calendar.isOpenInto(table, two, new Uint8Array(1))).toThrow(RangeError)
})
