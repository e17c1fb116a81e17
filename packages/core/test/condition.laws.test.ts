// What holds of every condition and all facts.

import { foldAmounts } from '@clientele/core'
import {
  type Condition,
  compileOrThrow,
  evaluate,
  evaluateInto,
  explain,
  FALSE,
  factPaths,
  TRUE,
  type Truth,
  UNKNOWN,
} from '@clientele/core/condition'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { condition, conditionFacts, now } from './condition.arbitraries.js'
import { oracle } from './condition.oracle.js'

const holds = (part: Condition, facts: object, at: number): Truth => evaluate(compileOrThrow(part), facts, at)
const amount = (truth: Truth): number => (truth === null ? Number.NaN : truth ? 1 : 0)
const byte = (truth: Truth): number => (truth === null ? UNKNOWN : truth ? TRUE : FALSE)

/** A law over a condition, facts and a now. */
const law = (
  name: string,
  total: number,
  check: (part: Condition, facts: object, at: number) => void,
): void => {
  test(name, () => {
    fc.assert(fc.property(condition(), conditionFacts(), now(), check), { numRuns: runs(total) })
  })
}

law('agrees with the oracle', 1_000_000, (part, facts, at) => {
  expect(holds(part, facts, at)).toBe(oracle(part as never, facts, at))
})

test('the oracle is asked about all three truths', () => {
  const seen = new Map<Truth, number>()
  for (const [part, facts, at] of fc.sample(fc.tuple(condition(), conditionFacts(), now()), 2_000)) {
    const truth = oracle(part as never, facts, at)
    seen.set(truth, (seen.get(truth) ?? 0) + 1)
  }
  for (const truth of [true, false, null]) expect(seen.get(truth)).toBeGreaterThan(200)
})

law('the ledger folds to its total, and the total is the verdict', 100_000, (part, facts, at) => {
  const { verdict, ledger } = explain(compileOrThrow(part), facts, at)
  expect(verdict).toBe(holds(part, facts, at))
  expect(ledger.total).toBe(amount(verdict))
  expect(
    foldAmounts(
      'all',
      ledger.entries.map((entry) => entry.amount),
    ),
  ).toBe(ledger.total)
})

law('an unknown entry says why, and a missing fact is one the condition asks', 100_000, (part, facts, at) => {
  for (const { amount: truth, code, ref } of explain(compileOrThrow(part), facts, at).ledger.entries) {
    if (truth === 1) expect(code).toBe('holds')
    else if (truth === 0) expect(code).toBe('fails')
    else expect(['missing-fact', 'wrong-type', 'no-instant']).toContain(code)
    expect(ref).toBeTypeOf('string')
  }
})

test('many at once are each alone', () => {
  const many = fc.array(conditionFacts(), { maxLength: 20 })
  fc.assert(
    fc.property(condition(), many, now(), (part, list, at) => {
      const table = compileOrThrow(part)
      const out = evaluateInto(table, list, new Uint8Array(list.length), at)
      expect([...out]).toEqual(list.map((facts) => byte(evaluate(table, facts, at))))
    }),
    { numRuns: runs(100_000) },
  )
})

law('evaluating and explaining leave definition and facts alone', 100_000, (part, facts, at) => {
  const before = JSON.stringify([part, facts])
  const table = compileOrThrow(part)
  evaluate(table, facts, at)
  explain(table, facts, at)
  expect(JSON.stringify([part, facts])).toBe(before)
})

law('a table is asked again and answers the same', 50_000, (part, facts, at) => {
  const table = compileOrThrow(part)
  expect(evaluate(table, facts, at)).toBe(evaluate(table, facts, at))
})

law('not not is nothing', 100_000, (part, facts, at) => {
  expect(holds({ not: { not: part } }, facts, at)).toBe(holds(part, facts, at))
})

test('the order of parts does not matter', () => {
  fc.assert(
    fc.property(fc.array(condition(), { maxLength: 7 }), conditionFacts(), now(), (parts, facts, at) => {
      const reversed = [...parts].reverse()
      expect(holds({ all: reversed }, facts, at)).toBe(holds({ all: parts }, facts, at))
      expect(holds({ any: reversed }, facts, at)).toBe(holds({ any: parts }, facts, at))
    }),
    { numRuns: runs(100_000) },
  )
})

test('not all is any not, and not any is all not', () => {
  fc.assert(
    fc.property(fc.array(condition(), { maxLength: 7 }), conditionFacts(), now(), (parts, facts, at) => {
      const nots = parts.map((part) => ({ not: part }))
      expect(holds({ not: { all: parts } }, facts, at)).toBe(holds({ any: nots }, facts, at))
      expect(holds({ not: { any: parts } }, facts, at)).toBe(holds({ all: nots }, facts, at))
    }),
    { numRuns: runs(100_000) },
  )
})

law('a part alone is the part: all of one, any of one', 50_000, (part, facts, at) => {
  expect(holds({ all: [part] }, facts, at)).toBe(holds(part, facts, at))
  expect(holds({ any: [part] }, facts, at)).toBe(holds(part, facts, at))
})

law('facts that are not asked do not matter', 100_000, (part, facts, at) => {
  const table = compileOrThrow(part)
  const asked = new Set(factPaths(table).map((path) => path.split(/[.[]/)[0]))
  const only = Object.fromEntries(Object.entries(facts).filter(([name]) => asked.has(name)))
  expect(evaluate(table, only, at)).toBe(evaluate(table, facts, at))
})

law('a prototype is never read', 100_000, (part, facts, at) => {
  const trap = new Proxy(facts, {
    get: (target, key, receiver) => {
      if (!Object.hasOwn(target, key)) throw new Error(`read ${String(key)}`)
      return Reflect.get(target, key, receiver)
    },
  })
  expect(holds(part, Object.setPrototypeOf({ ...facts }, { a: 1, b: 'a', list: [] }), at)).toBe(
    holds(part, facts, at),
  )
  expect(holds(part, trap, at)).toBe(holds(part, facts, at))
})
