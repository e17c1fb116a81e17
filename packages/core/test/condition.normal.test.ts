// The normal form: three-valued equal to the condition where it is complete, and never too narrow where it is not.

import {
  type Atom,
  type Condition,
  compileOrThrow,
  evaluate,
  type NormalForm,
  normalForm,
  type Truth,
} from '@clientele/core/condition'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { condition, conditionFacts, now } from './condition.arbitraries.js'

/** An atom as a condition of its own. */
const alone = ({ fact, operator, operand }: Atom): Condition =>
  operator === 'some' || operator === 'every'
    ? ({ [operator]: fact, ...(operand as object) } as unknown as Condition)
    : ({ fact, [operator]: operand } as Condition)

const not = (truth: Truth): Truth => (truth === null ? null : !truth)

/** The truth of each conjunction's literals. */
const conjunctions = ({ atoms, conjunctions: list }: NormalForm, facts: object, at: number): Truth[] => {
  const truths = atoms.map((atom) => evaluate(compileOrThrow(alone(atom)), facts, at))
  return list.map(({ literals }) => {
    const parts = literals.map(({ atom, negated }) => (negated ? not(truths[atom]!) : truths[atom]!))
    return parts.includes(false) ? false : parts.includes(null) ? null : true
  })
}

test('agrees with the condition, three-valued', () => {
  let complete = 0
  fc.assert(
    fc.property(condition(), conditionFacts(), now(), (part, facts, at) => {
      const table = compileOrThrow(part)
      const form = normalForm(table)
      const truth = evaluate(table, facts, at)
      const found = conjunctions(form, facts, at)
      if (form.complete) {
        complete++
        expect(found.includes(true) ? true : found.includes(null) ? null : false).toBe(truth)
      } else if (truth === true) {
        expect(found).toContain(true)
      }
    }),
    { numRuns: runs(100_000) },
  )
  expect(complete).toBeGreaterThan(runs(100_000) * 0.8)
})

test('atoms are distinct, literals ascend, conjunctions are distinct', () => {
  fc.assert(
    fc.property(condition(), (part) => {
      const { atoms, conjunctions: list } = normalForm(compileOrThrow(part))
      expect(new Set(atoms.map((atom) => JSON.stringify(atom))).size).toBe(atoms.length)
      expect(new Set(list.map((one) => JSON.stringify(one))).size).toBe(list.length)
      for (const { literals } of list) {
        const places = literals.map(({ atom, negated }) => atom * 2 + (negated ? 1 : 0))
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
      }
    }),
    { numRuns: runs(100_000) },
  )
})

/** `a eq 1 & !b in 2,3 | …` */
const shown = (part: Condition): string => {
  const { atoms, conjunctions: list } = normalForm(compileOrThrow(part))
  const literal = (at: number, negated: boolean): string =>
    `${negated ? '!' : ''}${atoms[at]!.fact} ${atoms[at]!.operator} ${JSON.stringify(atoms[at]!.operand)}`
  const term = ({ literals, exact }: (typeof list)[number]): string =>
    `${literals.map(({ atom, negated }) => literal(atom, negated)).join(' & ')}${exact ? '' : ' …'}`
  return list.map(term).join(' | ')
}

const forms: readonly (readonly [Condition, string])[] = [
  [{ all: [] }, ''],
  [{ fact: 'a', ne: 1 }, '!a eq 1'],
  [{ fact: 'a', in: ['x'] }, 'a eq "x"'],
  [{ fact: 'a', notIn: [2, 1, 2] }, '!a in [1,2]'],
  [{ not: { fact: 'a', lt: 1 } }, 'a gte 1'],
  [{ fact: 'a', between: [1, 2] }, 'a gte 1 & a lte 2'],
  [{ not: { fact: 'a', between: [1, 2] } }, 'a lt 1 | a gt 2'],
  [{ fact: 'a', exists: false }, '!a exists true'],
  [{ none: 'l', as: 'v', where: { fact: 'v', eq: 1 } }, '!l some {"as":"v","where":{"fact":"v","eq":1}}'],
  [
    {
      all: [
        { fact: 'a', eq: 1 },
        {
          any: [
            { fact: 'b', eq: 2 },
            { fact: 'c', eq: 3 },
          ],
        },
      ],
    },
    'a eq 1 & b eq 2 | a eq 1 & c eq 3',
  ],
  [
    {
      any: [
        { fact: 'a', eq: 1 },
        {
          all: [
            { fact: 'a', eq: 1 },
            { fact: 'a', eq: 1 },
          ],
        },
      ],
    },
    'a eq 1',
  ],
  [{ all: [{ fact: 'a', eq: 1 }, { not: { fact: 'a', eq: 1 } }] }, 'a eq 1 & !a eq 1'],
]
for (const [part, form] of forms) test(JSON.stringify(part), () => expect(shown(part)).toBe(form))

test('never and always', () => {
  expect(normalForm(compileOrThrow({ any: [] })).conjunctions).toEqual([])
  expect(normalForm(compileOrThrow({ fact: 'a', in: [] })).conjunctions).toEqual([])
  expect(normalForm(compileOrThrow({ all: [] })).conjunctions).toEqual([{ literals: [], exact: true }])
})

const eq = (fact: string, value: number): Condition => ({ fact, eq: value })
const choice = (fact: string, many: number): Condition => ({
  any: Array.from({ length: many }, (_, i) => eq(fact, i)),
})

test('beyond the budget a form is marked, not built', () => {
  const wide = { all: Array.from({ length: 40 }, (_, i) => choice(`f${i}`, 3)) }
  const form = normalForm(compileOrThrow(wide))
  expect(form.complete).toBe(false)
  expect(form.conjunctions.length).toBeLessThanOrEqual(1_024)
  expect(form.conjunctions.length).toBeGreaterThan(300)
  expect(form.conjunctions.every(({ exact }) => !exact)).toBe(true)
  const long = normalForm(compileOrThrow(choice('a', 2_000)))
  expect(long.conjunctions).toEqual([{ literals: [], exact: false }])
  const beside = normalForm(compileOrThrow({ all: [eq('b', 1), choice('a', 2_000)] }))
  expect(beside.conjunctions).toEqual([{ literals: [{ atom: 0, negated: false }], exact: false }])
})
