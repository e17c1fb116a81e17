// Laws that hold between the answers of any calendar: add undoes elapsed, bulk is single, periods tell what is open.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generate } from '../src/generate.js'
import * as Calendar from '../src/index.js'
import { measure } from '../src/measure.js'
import { DAY, MINUTE, someCase, within } from './cases.js'
import type { PlainHours } from './oracle.js'

const law = <T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  numRuns: number,
  holds: (table: Calendar.Table, center: number, ...given: T) => void,
): void =>
  fc.assert(
    fc.property(someCase, fc.tuple(...arbitraries), ({ center, calendar }, given) =>
      holds(Calendar.compileOrThrow(calendar), center, ...(given as T)),
    ),
    { numRuns },
  )

const hours = fc.oneof(
  within(3),
  fc.integer({ min: -40, max: 40 }).map((quarters) => quarters * 15 * MINUTE),
  fc.constantFrom(-1, 0, 1),
)
/** Instants asked together, the buffers of a bulk call. */
const buffer = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: within(40) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        1e18,
        -1e13,
        -1e18,
      ),
    },
  ),
  { maxLength: 40 },
)

describe('add and elapsed', () => {
  test('elapsed(at, add(at, by)) = by, and no nearer instant has it', () => {
    let answered = 0
    law([within(20), hours], runs(20_000), (table, center, offset, by) => {
      const at = center + offset
      const x = Calendar.add(table, at, by)
      if (Calendar.isNever(x)) {
        const all = Calendar.elapsed(table, at, by > 0 ? Date.UTC(2101, 0, 1) : 0)
        // going back, the very first opening is an answer too
        expect(Math.abs(all)).toBeLessThan(Math.abs(by))
        return
      }
      answered++
      expect(Calendar.elapsed(table, at, x)).toBe(by)
      if (by > 0) expect(Calendar.elapsed(table, at, x - 1)).toBe(by - 1)
      else if (by < 0) expect(Calendar.elapsed(table, at, x + 1)).toBe(by + 1 || 0)
      else expect(x).toBe(at)
    })
    expect(answered).toBeGreaterThan(runs(20_000) / 2)
  })

  test('elapsed is antisymmetric, and additive over any middle', () => {
    law([within(40), within(400), within(40)], runs(20_000), (table, center, a, b, c) => {
      const [from, middle, to] = [center + a, center + b, center + c]
      const there = Calendar.elapsed(table, from, to)
      expect(Calendar.elapsed(table, to, from)).toBe(0 - there)
      expect(Calendar.elapsed(table, from, middle) + Calendar.elapsed(table, middle, to)).toBe(there)
      expect(Object.is(there, -0)).toBe(false)
    })
  })

  test('add grows with the instant and with the duration', () => {
    law([within(20), within(20), hours, hours], runs(20_000), (table, center, a, b, p, q) => {
      const [early, late] = [center + Math.min(a, b), center + Math.max(a, b)]
      const [less, more] = [Math.min(p, q), Math.max(p, q)]
      // NaN compares with nothing: only both answers can be out of order
      expect(Calendar.add(table, early, p) > Calendar.add(table, late, p)).toBe(false)
      expect(Calendar.add(table, early, less) > Calendar.add(table, early, more)).toBe(false)
    })
  })
})

describe('bulk', () => {
  test('calls answer what single ones do', () => {
    law([buffer, buffer], runs(15_000), (table, center, first, second) => {
      const n = Math.min(first.length, second.length)
      const ats = Float64Array.from(first.slice(0, n), (offset) => center + offset)
      const others = Float64Array.from(second.slice(0, n), (offset) => center + offset)
      const bys = Float64Array.from(second.slice(0, n), (offset) => offset / 20)
      const out = () => new Float64Array(n)
      const each = (of: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => of(i))
      expect(Calendar.addInto(table, ats, bys, out())).toEqual(
        each((i) => Calendar.add(table, ats[i]!, bys[i]!)),
      )
      expect(Calendar.elapsedInto(table, ats, others, out())).toEqual(
        each((i) => Calendar.elapsed(table, ats[i]!, others[i]!)),
      )
      for (const [into, single] of [
        [Calendar.nextOpenInto, Calendar.nextOpen],
        [Calendar.nextCloseInto, Calendar.nextClose],
        [Calendar.prevOpenInto, Calendar.prevOpen],
      ] as const) {
        expect(into(table, ats, out())).toEqual(each((i) => single(table, ats[i]!)))
      }
      expect([...Calendar.isOpenInto(table, ats, new Uint8Array(n))]).toEqual(
        [...ats].map((at) => (Calendar.isOpen(table, at) ? 1 : 0)),
      )
    })
  })

  test('calls may write over an input, and refuse buffers of unequal length', () => {
    const table = Calendar.compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
    const [two, three] = [new Float64Array([5 * DAY, 6 * DAY]), new Float64Array(3)]
    const expected = [...two].map((at) => Calendar.add(table, at, at))
    expect([...Calendar.addInto(table, two, two, two)]).toEqual(expected)
    const froms = new Float64Array([4 * DAY, 3 * DAY])
    const tos = new Float64Array([9 * DAY, 1 * DAY])
    const open = [...froms].map((from, i) => Calendar.elapsed(table, from, tos[i]!))
    expect([...Calendar.elapsedInto(table, froms, tos, tos)]).toEqual(open)
    const ats = new Float64Array([0, DAY])
    expect([...Calendar.nextOpenInto(table, ats, ats)]).toEqual([
      4 * DAY + 9 * 3_600_000,
      4 * DAY + 9 * 3_600_000,
    ])

    expect(() => Calendar.addInto(table, two, three, two)).toThrow(
      new RangeError('bys has 3 elements, expected 2, one for each instant'),
    )
    expect(() => Calendar.elapsedInto(table, two, three, two)).toThrow(
      new RangeError('tos has 3 elements, expected 2, one for each instant'),
    )
    for (const call of [
      () => Calendar.addInto(table, two, two, three),
      () => Calendar.elapsedInto(table, two, two, three),
      () => Calendar.nextOpenInto(table, two, three),
      () => Calendar.nextCloseInto(table, two, three),
      () => Calendar.prevOpenInto(table, two, three),
      () => Calendar.isOpenInto(table, two, new Uint8Array(3)),
    ]) {
      expect(call).toThrow(new RangeError('out has 3 elements, expected 2, one for each instant'))
    }
  })
})

describe('openings and closings', () => {
  test('nextOpen, nextClose, prevOpen, isOpen and periods tell one story', () => {
    law([within(20)], runs(15_000), (table, center, offset) => {
      const at = center + offset
      const [from, to] = [at - 60 * DAY, at + 60 * DAY]
      const periods = Calendar.periods(table, from, to)
      const inside = periods.find(([start, end]) => start <= at && at < end)
      expect(Calendar.isOpen(table, at)).toBe(inside !== undefined)
      const next = periods.find(([, end]) => end > at)
      if (next !== undefined) {
        expect(Calendar.nextOpen(table, at)).toBe(Math.max(at, next[0]))
        expect(Calendar.isOpen(table, Calendar.nextOpen(table, at))).toBe(true)
        if (next[1] < to) expect(Calendar.nextClose(table, at)).toBe(next[1])
      }
      const last = periods.filter(([start]) => start < at).at(-1)
      if (last !== undefined) expect(Calendar.prevOpen(table, at)).toBe(Math.min(at, last[1]))
      const close = Calendar.nextClose(table, at)
      if (!Calendar.isNever(close)) {
        expect([close > at, Calendar.isOpen(table, close - 1), Calendar.isOpen(table, close)]).toEqual([
          true,
          true,
          false,
        ])
      }
      const previous = Calendar.prevOpen(table, at)
      if (!Calendar.isNever(previous)) {
        expect([previous <= at, Calendar.isOpen(table, previous - 1)]).toEqual([true, true])
      }
    })
  })

  test('periods are disjoint, maximal, clipped, and sum to elapsed', () => {
    law([within(30), within(300)], runs(15_000), (table, center, a, length) => {
      const [from, to] = [center + a, center + a + Math.abs(length)]
      const periods = Calendar.periods(table, from, to)
      let [sum, cursor] = [0, Number.NEGATIVE_INFINITY]
      for (const [start, end] of periods) {
        expect(start).toBeGreaterThan(cursor)
        expect(end).toBeGreaterThan(start)
        if (start > from) expect(Calendar.isOpen(table, start - 1)).toBe(false)
        if (end < to) expect(Calendar.isOpen(table, end)).toBe(false)
        sum += end - start
        cursor = end
      }
      if (periods.length > 0) expect([periods[0]![0] >= from, cursor <= to]).toEqual([true, true])
      expect(sum).toBe(Calendar.elapsed(table, from, to))
      expect(Calendar.periods(table, to, from)).toEqual([])
    })
  })
})

describe('a table', () => {
  test('is not changed by questions, nor its answers by warming it', () => {
    law([within(20), within(600), hours], runs(10_000), (table, center, a, b, by) => {
      const [at, to] = [center + a, center + b]
      const rule = JSON.stringify(table.rule)
      const ask = (asked: Calendar.Table) => [
        Calendar.add(asked, at, by),
        Calendar.elapsed(asked, at, to),
        Calendar.nextOpen(asked, at),
        Calendar.nextClose(asked, at),
        Calendar.prevOpen(asked, at),
        Calendar.isOpen(asked, at),
        Calendar.addBusinessDays(asked, at, 3),
      ]
      const cold = ask(table)
      Calendar.warm(table, at - 700 * DAY, at + 700 * DAY)
      expect(ask(table)).toEqual(cold)
      expect(JSON.stringify(table.rule)).toBe(rule)
    })
  })

  test('compiles of a frozen definition, and leaves it and its pauses alone', () => {
    fc.assert(
      fc.property(someCase, within(20), ({ center, calendar }, offset) => {
        const before = JSON.stringify(calendar)
        const pauses = [
          [center + offset, center],
          [center, center + DAY],
        ] as const
        const table = Calendar.compileOrThrow(deepFreeze(calendar))
        Calendar.addPaused(table, center, DAY, deepFreeze(pauses))
        Calendar.elapsedPaused(table, center, center + offset, pauses)
        Calendar.explainElapsed(table, center, center + offset, pauses)
        expect(JSON.stringify(calendar)).toBe(before)
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('measures long stretches, whole weeks skipped, as their sum', () => {
    law([within(400), within(500)], runs(20_000), ({ rule }, center, a, length) => {
      const from = Math.max(0, center + a)
      const to = Math.min(Date.UTC(2101, 0, 1), from + Math.abs(length))
      let sum = 0
      for (const [i, instant] of generate(rule, from, to).entries()) sum += i % 2 === 0 ? -instant : instant
      expect(measure(rule, from, to)).toBe(sum)
    })
  })

  test('does not depend on the order in which days and weeks are written', () => {
    fc.assert(
      fc.property(
        someCase.filter(({ calendar }) => 'timeZone' in calendar),
        fc.integer(),
        ({ center, calendar }, seed) => {
          const hours = calendar as PlainHours
          const shuffled = {
            ...hours,
            holidays: turned(hours.holidays, seed),
            effective: turned(hours.effective, seed),
            dates: Object.fromEntries(turned(Object.entries(hours.dates), seed)),
            breaks: Object.fromEntries(turned(Object.entries(hours.breaks), seed)),
          }
          const answers = [hours, shuffled].map((each) => {
            const table = Calendar.compileOrThrow(each)
            return [
              Calendar.periods(table, center - 60 * DAY, center + 60 * DAY),
              Calendar.addBusinessDays(table, center, 7),
            ]
          })
          expect(answers[0]).toEqual(answers[1])
        },
      ),
      { numRuns: runs(20_000) },
    )
  })
})

/** The same elements in another order: turned round, then reversed or not. */
const turned = <T>(list: readonly T[], seed: number): readonly T[] => {
  const by = Math.abs(seed) % Math.max(1, list.length)
  const round = [...list.slice(by), ...list.slice(0, by)]
  return seed % 2 === 0 ? round : round.reverse()
}

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) deepFreeze(member)
    Object.freeze(value)
  }
  return value
}
