// Hostile definitions and hostile facts: every one is compiled or refused, every answer is one of three, and the work is
// bounded by budgets, not by hope.

import {
  type Condition,
  compile,
  compileOrThrow,
  evaluate,
  explain,
  message,
  normalForm,
} from '@clientele/core/condition'
import { factValue, jsonDocument, runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedCondition, WORDS } from './condition.arbitraries.js'

test('random JSON documents are compiled or refused, and what compiles answers', () => {
  fc.assert(
    fc.property(fc.oneof(jsonDocument(WORDS), changedCondition()), factValue(), (definition, facts) => {
      const compiled = compile(definition)
      if (compiled._tag === 'Left') {
        expect(compiled.left.length).toBeLessThanOrEqual(1_000)
        for (const issue of compiled.left) expect(message(issue)).toBeTypeOf('string')
        return
      }
      expect([true, false, null]).toContain(evaluate(compiled.right, facts as object, 0))
      expect([true, false, null]).toContain(explain(compiled.right, facts as object).verdict)
      expect(normalForm(compiled.right).conjunctions.length).toBeLessThanOrEqual(1_024)
    }),
    { numRuns: runs(1_000_000) },
  )
})

const codesOf = (definition: unknown): string[] => {
  const compiled = compile(definition)
  return compiled._tag === 'Left' ? [...new Set(compiled.left.map(({ code }) => code))] : []
}

test('nested a million deep', () => {
  const deep = (wrap: (part: unknown) => unknown): unknown => {
    let part: unknown = { fact: 'a', eq: 1 }
    for (let i = 0; i < 1e6; i++) part = wrap(part)
    return part
  }
  expect(codesOf(deep((not) => ({ not })))).toEqual(['too-deep'])
  expect(codesOf(deep((part) => ({ all: [part] })))).toEqual(['too-deep'])
  expect(codesOf(deep((where) => ({ some: 'l', as: 'v', where })))).toEqual(['too-deep'])
  expect(codesOf({ facts: { a: deep((list) => ({ list })) }, all: [] })).toEqual(['too-deep'])
  expect(codesOf({ facts: { a: deep((a) => ({ object: { a } })) }, all: [] })).toEqual(['too-deep'])
  expect(codesOf({ fact: 'a', eq: 1, meta: deep((meta) => [meta]) })).toEqual([])
})

test('a million parts, keys, constants, or characters', () => {
  const many = Array.from({ length: 1e6 }, () => ({}))
  expect(codesOf({ all: many })).toEqual(['too-large'])
  expect(codesOf({ any: [{ all: many }, { all: many }] })).toEqual(['too-large'])
  expect(codesOf({ fact: 'a', in: many })).toEqual(['too-large'])
  expect(codesOf(Object.fromEntries(many.map((_, i) => [`key${i}`, i])))).toEqual(['unknown-key'])
  expect(codesOf({ facts: Object.fromEntries(many.map((_, i) => [`key${i}`, 'string'])), all: [] })).toEqual([
    'too-large',
  ])
  expect(codesOf({ fact: 'a'.repeat(1e6), eq: 1 })).toEqual(['bad-path'])
  expect(codesOf({ fact: 'a', before: '2'.repeat(1e6) })).toEqual(['bad-value'])
  expect(codesOf({ fact: 'a', within: `P${'1'.repeat(1e6)}D` })).toEqual(['bad-value'])
  expect(codesOf({ fact: 'a', eq: 'x'.repeat(1e6) })).toEqual([])
})

test('ten thousand misspelt facts under a vocabulary of ten thousand', () => {
  const name = (i: number, tail: string): string => `${'customer'.repeat(6)}${i}${tail}`
  const facts = Object.fromEntries(Array.from({ length: 9_999 }, (_, i) => [name(i, ''), 'string']))
  const all = Array.from({ length: 9_999 }, (_, i) => ({ fact: name(i, 'x'), eq: 'y' }))
  expect(codesOf({ facts, all })).toEqual(['unknown-fact'])
})

/** Quantifiers in quantifiers, each over the same list. */
const nested = (levels: number): Condition => {
  let part: Condition = { fact: 'none', eq: 1 }
  for (let i = 0; i < levels; i++) part = { some: 'l', as: `v${i}`, where: part }
  return part
}

test('lists in lists in lists end at a budget of steps, and are unknown', () => {
  const table = compileOrThrow(nested(60))
  const facts = { l: Array.from({ length: 1_000 }, (_, i) => i) }
  expect(evaluate(table, facts)).toBe(null)
  const { verdict, ledger } = explain(table, facts)
  expect(verdict).toBe(null)
  expect(ledger.total).toBeNaN()
})

test('facts that are no plain data do no harm', () => {
  const table = compileOrThrow({
    any: [
      { fact: 'a.b', eq: 1 },
      { fact: 'a', contains: 1 },
      { fact: 'a', lt: 5 },
    ],
  })
  const odd: readonly unknown[] = [
    new Map([['a', 1]]),
    () => 1,
    Symbol('a'),
    10n,
    new Date(0),
    Object.create(null),
    new Proxy([], {}),
  ]
  for (const value of odd) {
    expect(evaluate(table, value as object)).toBe(null)
    expect(evaluate(table, { a: value })).toBe(null)
  }
  for (const facts of [null, undefined, 5, 'text', true, []])
    expect(evaluate(table, facts as never)).toBe(null)
})

test('polluted prototypes decide nothing', () => {
  const table = compileOrThrow({ fact: 'vip', eq: true })
  const pollute = Object.prototype as { vip?: boolean }
  pollute.vip = true
  try {
    expect(evaluate(table, {})).toBe(null)
  } finally {
    delete pollute.vip
  }
})
