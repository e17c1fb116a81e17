// What an explanation says, entry by entry.

import { renderLedger } from '@clientele/core'
import { type Condition, compileOrThrow, explain } from '@clientele/core/condition'
import { describe, expect, test } from 'vitest'

const NOW = Date.UTC(2026, 2, 1, 12)
const entriesOf = (part: Condition, facts: object, at = NOW) =>
  explain(compileOrThrow(part), facts, at).ledger.entries
/** `code ref: label` of each entry. */
const told = (part: Condition, facts: object, at = NOW): string[] =>
  entriesOf(part, facts, at).map(({ code, ref, label }) => `${code} ${ref}: ${label}`)

const example: Condition = {
  all: [
    { fact: 'priority', eq: 'urgent' },
    { fact: 'customer.value', gte: 3 },
    { not: { fact: 'region', in: ['north', 'west'] } },
    {
      any: [
        { fact: 'tags', contains: 'vip' },
        { fact: 'email', exists: true },
      ],
    },
  ],
}

test('the parts of the outermost conjunction are the entries', () => {
  expect(told(example, { priority: 'urgent', customer: { value: 2 }, email: 'x' })).toEqual([
    'holds all[0].eq: priority is "urgent"',
    'fails all[1].gte: customer.value is at least 3',
    'missing-fact all[2]: not: region is one of "north", "west"; region is missing',
    'holds all[3]: (tags contains "vip" or email is given)',
  ])
})

test('as text', () => {
  const { ledger } = explain(compileOrThrow(example), {
    priority: 'urgent',
    customer: { value: 5 },
    email: 'x',
  })
  expect(renderLedger(ledger)).toBe(
    [
      '   true  priority is "urgent"',
      '   true  customer.value is at least 3',
      'unknown  not: region is one of "north", "west"; region is missing',
      '   true  (tags contains "vip" or email is given)',
      'unknown  total',
    ].join('\n'),
  )
})

test('an entry has the fact, what was expected and what was given', () => {
  const [entry] = entriesOf({ fact: 'a', eq: { fact: 'b' } }, { a: 1, b: 2 })
  expect(entry).toEqual({
    code: 'fails',
    label: 'a is b',
    amount: 0,
    ref: 'eq',
    facts: { fact: 'a', operator: 'eq', expected: 2, expectedFact: 'b', given: 1 },
  })
})

test('values of facts are not in labels', () => {
  const [entry] = entriesOf({ fact: 'email', startsWith: 'x' }, { email: 'anna@example.org' })
  expect(entry?.label).toBe('email starts with "x"')
  expect(entry?.facts?.['given']).toBe('anna@example.org')
})

test('long values are cut', () => {
  const facts = { a: 'x'.repeat(5_000), b: Array(5_000).fill({}) }
  expect(
    JSON.stringify(
      entriesOf(
        {
          all: [
            { fact: 'a', eq: 1 },
            { fact: 'b', contains: 1 },
          ],
        },
        facts,
      ),
    ).length,
  ).toBeLessThan(1_000)
})

test('nested parts are told in the facts', () => {
  const [entry] = entriesOf(example.all[3]!, { tags: ['new'] })
  expect(entry).toMatchObject({
    code: 'fails',
    facts: {
      parts: [
        { code: 'fails', value: false, ref: 'any[0].contains' },
        { code: 'fails', value: false },
      ],
    },
  })
})

test('a conjunction in a conjunction is taken apart, unless it has a label', () => {
  const inner: Condition = {
    all: [
      { fact: 'b', eq: 1 },
      { fact: 'c', gt: 1, lt: 5 },
    ],
  }
  expect(told({ all: [{ fact: 'a', eq: 1 }, inner] }, { a: 1, b: 1, c: 2 })).toEqual([
    'holds all[0].eq: a is 1',
    'holds all[1].all[0].eq: b is 1',
    'holds all[1].all[1].lt: c is less than 5',
    'holds all[1].all[1].gt: c is more than 1',
  ])
  expect(
    told(
      {
        all: [
          { fact: 'a', eq: 1 },
          { ...inner, label: 'A good one' },
        ],
      },
      { a: 1, b: 1 },
    ),
  ).toEqual(['holds all[0].eq: a is 1', 'missing-fact all[1]: A good one; c is missing'])
})

test('why it is unknown', () => {
  expect(told({ fact: 'a', lt: 3 }, { a: 'x' })).toEqual(['wrong-type lt: a is less than 3'])
  expect(told({ fact: 'a', within: 'P30D' }, { a: NOW }, Number.NaN)).toEqual([
    'no-instant within: a is within P30D of now',
  ])
  expect(
    told(
      {
        any: [
          { fact: 'a', eq: 1 },
          { fact: 'b.c', eq: { fact: 'd' } },
        ],
      },
      {},
    ),
  ).toEqual(['missing-fact : (a is 1 or b.c is d); a, b.c, d are missing'])
  expect(told({ some: 'l', as: 'v', where: { fact: 'v.y', eq: 1 } }, { l: [{ y: 2 }, {}] })).toEqual([
    'missing-fact : some of l as v: v.y is 1; v.y is missing',
  ])
  expect(told({ some: 'l', as: 'v', where: { fact: 'v.y', eq: 1 } }, {})).toEqual([
    'missing-fact : some of l as v: v.y is 1; l is missing',
  ])
})

test('a quantifier counts', () => {
  const [entry] = entriesOf({ every: 'l', as: 'v', where: { fact: 'v', lt: 5 } }, { l: [1, 9, null, 2] })
  expect(entry?.facts).toEqual({ list: 'l', elements: 4, hold: 2, fail: 1, unknown: 1 })
})

describe('words of the operators', () => {
  const words: readonly (readonly [Condition, string])[] = [
    [{ fact: 'a', ne: 1 }, 'a is not 1'],
    [{ fact: 'a', lte: 1 }, 'a is at most 1'],
    [{ fact: 'a', notIn: [1, 'x'] }, 'a is none of 1, "x"'],
    [{ fact: 'a', in: [] }, 'a is one of nothing'],
    [{ fact: 'a', in: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, 'a is one of 1, 2, 3, 4, 5, 6, 7, 8, …'],
    [{ fact: 'a', endsWith: 'x' }, 'a ends with "x"'],
    [{ fact: 'a', exists: false }, 'a is missing'],
    [{ fact: 'a', between: [1, { fact: 'b' }] }, 'a is from 1 to b'],
    [{ fact: 'a', before: '2026-03-01' }, 'a is before 2026-03-01'],
    [{ fact: 'a', after: { fact: 'b' } }, 'a is after b'],
    [{ fact: 'a', within: '-PT90M' }, 'a is within -PT1H30M of now'],
    [{ any: [] }, 'any of nothing'],
    [{ not: { all: [] } }, 'not: all of nothing'],
    [{ none: 'l', as: 'v', where: { fact: 'v', eq: 1 } }, 'none of l as v: v is 1'],
  ]
  for (const [part, label] of words)
    test(label, () => expect(entriesOf(part, { a: 1, b: 2, l: [] })[0]?.label).toBe(label))
})
