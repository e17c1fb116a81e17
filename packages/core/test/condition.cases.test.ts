// Every operator, case by case: the sentences of the contract as a table of condition, facts and truth.

import { compileOrThrow, type Definition, evaluate, type Truth } from '@clientele/core/condition'
import { describe, expect, test } from 'vitest'

const NOW = Date.UTC(2026, 2, 1, 12)

type Case = readonly [condition: Definition, facts: object, truth: Truth]

const cases: { readonly [of: string]: readonly Case[] } = {
  'eq and ne': [
    [{ fact: 'a', eq: 'x' }, { a: 'x' }, true],
    [{ fact: 'a', eq: 'x' }, { a: 'y' }, false],
    [{ fact: 'a', eq: 1 }, { a: '1' }, false],
    [{ fact: 'a', eq: true }, { a: 1 }, false],
    [{ fact: 'a', eq: 'x' }, { a: ['x'] }, false],
    [{ fact: 'a', eq: 'x' }, {}, null],
    [{ fact: 'a', eq: 'x' }, { a: null }, null],
    [{ fact: 'a', ne: 'x' }, { a: 'y' }, true],
    [{ fact: 'a', ne: 1 }, { a: '1' }, true],
    [{ fact: 'a', ne: 'x' }, {}, null],
    [{ fact: 'a', eq: { fact: 'b' } }, { a: 1, b: 1 }, true],
    [{ fact: 'a', eq: { fact: 'b' } }, { a: 1, b: '1' }, false],
    [{ fact: 'a', eq: { fact: 'b' } }, { a: 1 }, null],
    [{ fact: 'a', eq: { fact: 'b' } }, { a: [1], b: [1] }, null],
    [{ fact: 'a', eq: { fact: 'b' } }, { a: [1], b: {} }, false],
  ],
  'lt, lte, gt, gte': [
    [{ fact: 'a', lt: 2 }, { a: 1 }, true],
    [{ fact: 'a', lt: 2 }, { a: 2 }, false],
    [{ fact: 'a', lte: 2 }, { a: 2 }, true],
    [{ fact: 'a', gt: 2 }, { a: 2 }, false],
    [{ fact: 'a', gt: 2 }, { a: 2.5 }, true],
    [{ fact: 'a', gte: 2 }, { a: 2 }, true],
    [{ fact: 'a', lt: 2 }, { a: '1' }, null],
    [{ fact: 'a', lt: '2' }, { a: 1 }, null],
    [{ fact: 'a', gte: 2 }, { a: Number.NaN }, null],
    [{ fact: 'a', lt: true }, { a: false }, null],
    [{ fact: 'a', lt: 2 }, {}, null],
    [{ fact: 'a', lt: 'b' }, { a: 'a' }, true],
    [{ fact: 'a', lt: 'ab' }, { a: 'a' }, true],
    [{ fact: 'a', lt: 'B' }, { a: 'a' }, false],
    // by code point: U+FF5E comes before U+1F600, though its UTF-16 unit is the greater one
    [{ fact: 'a', lt: '😀' }, { a: '\uff5e' }, true],
    [{ fact: 'a', gt: '\uff5e' }, { a: '😀' }, true],
    [{ fact: 'a', lt: '😁' }, { a: '😀' }, true],
    [{ fact: 'a', lt: '😀' }, { a: '\ud83d' }, true],
    [{ fact: 'a', lt: '\ud83d\uffff' }, { a: '\ud83d\ue000' }, true],
    [{ fact: 'a', lt: '\ud83d\udc00' }, { a: '\ud83d\ue000' }, true],
    [{ fact: 'a', lt: { fact: 'b' } }, { a: 1, b: 2 }, true],
    [{ fact: 'a', lt: { fact: 'b' } }, { a: 1 }, null],
  ],
  'in and notIn': [
    [{ fact: 'a', in: ['x', 'y'] }, { a: 'y' }, true],
    [{ fact: 'a', in: ['x', 'y'] }, { a: 'z' }, false],
    [{ fact: 'a', in: ['1', 2] }, { a: 1 }, false],
    [{ fact: 'a', in: ['x'] }, { a: ['x'] }, false],
    [{ fact: 'a', in: ['x'] }, {}, null],
    [{ fact: 'a', in: [] }, { a: 'x' }, false],
    [{ fact: 'a', in: [] }, {}, false],
    [{ fact: 'a', notIn: [] }, {}, true],
    [{ fact: 'a', notIn: ['x', 'y'] }, { a: 'z' }, true],
    [{ fact: 'a', notIn: ['x'] }, {}, null],
    [{ fact: 'a', in: [1, 2, 3, 4, 5, 6, 7, 8, 9, 'x'] }, { a: 'x' }, true],
    [{ fact: 'a', in: [1, 2, 3, 4, 5, 6, 7, 8, 9, 'x'] }, { a: '9' }, false],
    [{ fact: 'a', notIn: [1, 2, 3, 4, 5, 6, 7, 8, 9, 'x'] }, { a: null }, null],
    [{ fact: 'a', in: { fact: 'b' } }, { a: 1, b: [2, 1] }, true],
    [{ fact: 'a', in: { fact: 'b' } }, { a: 1, b: [] }, false],
    [{ fact: 'a', in: { fact: 'b' } }, { b: [] }, false],
    [{ fact: 'a', in: { fact: 'b' } }, { a: 1, b: 'no list' }, null],
    [{ fact: 'a', in: { fact: 'b' } }, { a: 1 }, null],
    [{ fact: 'a', notIn: { fact: 'b' } }, { a: 1, b: [null, 2] }, true],
    [{ fact: 'a', in: { fact: 'b' } }, { a: {}, b: [null] }, false],
    [{ fact: 'a', in: { fact: 'b' } }, { a: {}, b: [{}] }, null],
  ],
  contains: [
    [{ fact: 'a', contains: 'vip' }, { a: ['new', 'vip'] }, true],
    [{ fact: 'a', contains: 'vip' }, { a: ['new'] }, false],
    [{ fact: 'a', contains: 'vip' }, { a: [] }, false],
    [{ fact: 'a', contains: 1 }, { a: ['1'] }, false],
    [{ fact: 'a', contains: 'ell' }, { a: 'hello' }, true],
    [{ fact: 'a', contains: 'ELL' }, { a: 'hello' }, false],
    [{ fact: 'a', contains: '' }, { a: 'hello' }, true],
    [{ fact: 'a', contains: 1 }, { a: 'hello 1' }, null],
    [{ fact: 'a', contains: 1 }, { a: 1 }, null],
    [{ fact: 'a', contains: 'x' }, { a: { x: 1 } }, null],
    [{ fact: 'a', contains: 'x' }, {}, null],
    [{ fact: 'a', contains: { fact: 'b' } }, { a: [1, 2], b: 2 }, true],
    [{ fact: 'a', contains: { fact: 'b' } }, { a: 'xy', b: 'y' }, true],
    [{ fact: 'a', contains: { fact: 'b' } }, { a: [1] }, null],
  ],
  'startsWith and endsWith': [
    [{ fact: 'a', startsWith: 'he' }, { a: 'hello' }, true],
    [{ fact: 'a', startsWith: 'lo' }, { a: 'hello' }, false],
    [{ fact: 'a', startsWith: '7' }, { a: 7 }, null],
    [{ fact: 'a', startsWith: '7' }, {}, null],
    [{ fact: 'a', endsWith: 'lo' }, { a: 'hello' }, true],
    [{ fact: 'a', endsWith: 'he' }, { a: 'hello' }, false],
    [{ fact: 'a', endsWith: 'x' }, { a: ['x'] }, null],
    [{ fact: 'a', endsWith: { fact: 'b' } }, { a: 'hello', b: 'lo' }, true],
  ],
  exists: [
    [{ fact: 'a', exists: true }, { a: 0 }, true],
    [{ fact: 'a', exists: true }, { a: '' }, true],
    [{ fact: 'a', exists: true }, {}, false],
    [{ fact: 'a', exists: true }, { a: null }, false],
    [{ fact: 'a', exists: false }, {}, true],
    [{ fact: 'a', exists: false }, { a: false }, false],
    [{ fact: 'a.b', exists: true }, { a: 5 }, false],
  ],
  between: [
    [{ fact: 'a', between: [1, 3] }, { a: 1 }, true],
    [{ fact: 'a', between: [1, 3] }, { a: 3 }, true],
    [{ fact: 'a', between: [1, 3] }, { a: 3.1 }, false],
    [{ fact: 'a', between: [3, 1] }, { a: 2 }, false],
    [{ fact: 'a', between: ['a', 'c'] }, { a: 'b' }, true],
    [{ fact: 'a', between: [1, 3] }, { a: '2' }, null],
    [{ fact: 'a', between: [1, 'c'] }, { a: 2 }, null],
    [{ fact: 'a', between: [1, 'c'] }, { a: 0 }, false],
    [{ fact: 'a', between: [{ fact: 'b' }, 3] }, { a: 2, b: 1 }, true],
    [{ fact: 'a', between: [{ fact: 'b' }, 3] }, { a: 2 }, null],
    [{ fact: 'a', between: [{ fact: 'b' }, 3] }, { a: 4 }, false],
  ],
  'before and after': [
    [{ fact: 'a', before: '2026-03-01T00:00:00Z' }, { a: '2026-02-28T23:59:59.999Z' }, true],
    [{ fact: 'a', before: '2026-03-01T00:00:00Z' }, { a: '2026-03-01T03:00:00+03:00' }, false],
    [{ fact: 'a', before: '2026-03-01T00:00:01Z' }, { a: '2026-03-01T03:00:00+03:00' }, true],
    [{ fact: 'a', before: '2026-03-01' }, { a: '2026-02-28T23:59:59Z' }, true],
    [{ fact: 'a', before: '2026-03-01' }, { a: '2026-03-01T00:00:00Z' }, false],
    [{ fact: 'a', after: '2026-03-01' }, { a: '2026-03-01T23:59:59.999Z' }, false],
    [{ fact: 'a', after: '2026-03-01' }, { a: '2026-03-02T00:00:00Z' }, true],
    [{ fact: 'a', after: '2026-03-01' }, { a: '2026-03-02' }, true],
    [{ fact: 'a', after: '2026-03-01' }, { a: '2026-03-01' }, false],
    [{ fact: 'a', before: '2026-03-01' }, { a: '2026-03-01' }, false],
    [{ fact: 'a', before: '2026-03-01' }, { a: '2026-02-28' }, true],
    [{ fact: 'a', before: '2026-03-02T00:00:00Z' }, { a: '2026-03-01' }, true],
    [{ fact: 'a', before: '2026-03-01T23:59:59Z' }, { a: '2026-03-01' }, false],
    [{ fact: 'a', after: '2026-03-01T00:00:00Z' }, { a: '2026-03-01' }, false],
    [{ fact: 'a', after: '2026-02-28T23:59:59Z' }, { a: '2026-03-01' }, true],
    [{ fact: 'a', after: '2026-03-01T00:00:00Z' }, { a: Date.UTC(2026, 2, 1) + 1 }, true],
    [{ fact: 'a', after: '2026-03-01T00:00:00Z' }, { a: Date.UTC(2026, 2, 1) }, false],
    [{ fact: 'a', before: '2026-03-01' }, { a: '2026-03-01T00:00:00' }, null],
    [{ fact: 'a', before: '2026-03-01' }, { a: 'soon' }, null],
    [{ fact: 'a', before: '2026-03-01' }, { a: '2026-02-30' }, null],
    [{ fact: 'a', before: '2026-03-01' }, { a: true }, null],
    [{ fact: 'a', before: '2026-03-01' }, {}, null],
    [{ fact: 'a', before: { fact: 'b' } }, { a: '2026-01-01', b: '2026-01-02' }, true],
    [{ fact: 'a', after: { fact: 'b' } }, { a: '2026-01-01', b: '2026-01-02' }, false],
    [{ fact: 'a', before: { fact: 'b' } }, { a: '2026-01-01', b: 'never' }, null],
  ],
  'within, seen from 2026-03-01T12:00Z': [
    [{ fact: 'a', within: 'P30D' }, { a: '2026-03-01T12:00:00Z' }, true],
    [{ fact: 'a', within: 'P30D' }, { a: '2026-03-01T11:59:59.999Z' }, false],
    [{ fact: 'a', within: 'P30D' }, { a: '2026-03-31T12:00:00Z' }, true],
    [{ fact: 'a', within: 'P30D' }, { a: '2026-03-31T12:00:00.001Z' }, false],
    [{ fact: 'a', within: '-P30D' }, { a: '2026-03-01T12:00:00Z' }, true],
    [{ fact: 'a', within: '-P30D' }, { a: '2026-03-01T12:00:00.001Z' }, false],
    [{ fact: 'a', within: '-P30D' }, { a: '2026-01-30T12:00:00Z' }, true],
    [{ fact: 'a', within: '-P30D' }, { a: '2026-01-30T11:59:59.999Z' }, false],
    [{ fact: 'a', within: 'P30D' }, { a: '2026-03-01' }, true],
    [{ fact: 'a', within: 'P30D' }, { a: '2026-03-31' }, true],
    [{ fact: 'a', within: 'P30D' }, { a: '2026-04-01' }, false],
    [{ fact: 'a', within: 'PT12H' }, { a: '2026-03-02' }, true],
    [{ fact: 'a', within: '-PT12H1S' }, { a: '2026-02-28' }, true],
    [{ fact: 'a', within: '-PT12H' }, { a: '2026-02-28' }, false],
    [{ fact: 'a', within: 'P30D' }, { a: '2026-02-28' }, false],
    [{ fact: 'a', within: '-P30D' }, { a: '2026-01-30' }, true],
    [{ fact: 'a', within: '-P30D' }, { a: '2026-01-29' }, false],
    [{ fact: 'a', within: 1_000 }, { a: NOW + 1_000 }, true],
    [{ fact: 'a', within: 1_000 }, { a: NOW + 1_001 }, false],
    [{ fact: 'a', within: 'PT0S' }, { a: NOW }, true],
    [{ fact: 'a', within: { fact: 'b' } }, { a: NOW + 1_000, b: 'PT1S' }, true],
    [{ fact: 'a', within: { fact: 'b' } }, { a: NOW + 1_000, b: 'P1M' }, null],
    [{ fact: 'a', within: 'P1D' }, { a: 'soon' }, null],
    [{ fact: 'a', within: 'P1D' }, {}, null],
  ],
  'several operators in a leaf must all hold': [
    [{ fact: 'a', gte: 1, lt: 3 }, { a: 1 }, true],
    [{ fact: 'a', gte: 1, lt: 3 }, { a: 3 }, false],
    [{ fact: 'a', gte: 1, lt: 'x' }, { a: 0 }, false],
    [{ fact: 'a', gte: 1, lt: 'x' }, { a: 2 }, null],
  ],
  'all, any, not': [
    [{ all: [] }, {}, true],
    [{ any: [] }, {}, false],
    [
      {
        all: [
          { fact: 'a', eq: 1 },
          { fact: 'b', eq: 1 },
        ],
      },
      { a: 1 },
      null,
    ],
    [
      {
        all: [
          { fact: 'a', eq: 1 },
          { fact: 'b', eq: 1 },
        ],
      },
      { a: 2 },
      false,
    ],
    [
      {
        any: [
          { fact: 'a', eq: 1 },
          { fact: 'b', eq: 1 },
        ],
      },
      { b: 1 },
      true,
    ],
    [
      {
        any: [
          { fact: 'a', eq: 1 },
          { fact: 'b', eq: 1 },
        ],
      },
      { b: 2 },
      null,
    ],
    [{ not: { fact: 'a', eq: 1 } }, {}, null],
    [{ not: { fact: 'a', eq: 1 } }, { a: 2 }, true],
    [{ not: { all: [] } }, {}, false],
  ],
  paths: [
    [{ fact: 'a.b[0].c', eq: 1 }, { a: { b: [{ c: 1 }] } }, true],
    [{ fact: 'a.b[0].c', eq: 1 }, { a: { b: { 0: { c: 1 } } } }, null],
    [{ fact: 'a[1]', eq: 1 }, { a: [0, 1] }, true],
    [{ fact: 'a[2]', eq: 1 }, { a: [0, 1] }, null],
    [{ fact: 'a[0][1]', eq: 1 }, { a: [[0, 1]] }, true],
    [{ fact: 'a.length', exists: true }, { a: [1] }, false],
    [{ fact: 'a.length', exists: true }, { a: 'text' }, false],
    [{ fact: 'toString', exists: true }, {}, false],
    [{ fact: 'a.toString', exists: true }, { a: {} }, false],
    [{ fact: 'a.b.c', exists: true }, { a: Object.create({ b: { c: 1 } }) }, false],
    [{ fact: 'length', exists: true }, [1, 2], false],
    [{ fact: 'event.channel', eq: 'sms' }, { event: { channel: 'sms' } }, true],
    [{ fact: 'a b', eq: 1 }, { 'a b': 1 }, true],
    [{ fact: 'a', eq: 1 }, [1], null],
  ],
  quantifiers: [
    [{ some: 'l', as: 'v', where: { fact: 'v.y', lt: 3 } }, { l: [{ y: 5 }, { y: 2 }] }, true],
    [{ some: 'l', as: 'v', where: { fact: 'v.y', lt: 3 } }, { l: [{ y: 5 }] }, false],
    [{ some: 'l', as: 'v', where: { fact: 'v.y', lt: 3 } }, { l: [{ y: 5 }, {}] }, null],
    [{ some: 'l', as: 'v', where: { fact: 'v.y', lt: 3 } }, { l: [] }, false],
    [{ some: 'l', as: 'v', where: { fact: 'v.y', lt: 3 } }, {}, null],
    [{ some: 'l', as: 'v', where: { fact: 'v.y', lt: 3 } }, { l: 'no list' }, null],
    [{ every: 'l', as: 'v', where: { fact: 'v', gt: 0 } }, { l: [1, 2] }, true],
    [{ every: 'l', as: 'v', where: { fact: 'v', gt: 0 } }, { l: [1, 0] }, false],
    [{ every: 'l', as: 'v', where: { fact: 'v', gt: 0 } }, { l: [1, null] }, null],
    [{ every: 'l', as: 'v', where: { fact: 'v', gt: 0 } }, { l: [] }, true],
    [{ none: 'l', as: 'v', where: { fact: 'v', eq: 3 } }, { l: [1, 2] }, true],
    [{ none: 'l', as: 'v', where: { fact: 'v', eq: 3 } }, { l: [3] }, false],
    [{ none: 'l', as: 'v', where: { fact: 'v', eq: 3 } }, { l: [] }, true],
    [{ none: 'l', as: 'v', where: { fact: 'v', eq: 3 } }, { l: [null] }, null],
    // other facts stay in reach, a name hides the fact of the same name
    [{ some: 'l', as: 'v', where: { fact: 'v', eq: { fact: 'a' } } }, { l: [1, 2], a: 2 }, true],
    [{ some: 'l', as: 'a', where: { fact: 'a', eq: 2 } }, { l: [2], a: 1 }, true],
    [{ some: 'l', as: 'l', where: { fact: 'l.l', exists: true } }, { l: [{ l: 1 }] }, true],
    [
      { some: 'l', as: 'v', where: { every: 'v.w', as: 'w', where: { fact: 'w', gte: { fact: 'v.y' } } } },
      {
        l: [
          { y: 2, w: [1, 3] },
          { y: 1, w: [1] },
        ],
      },
      true,
    ],
    [
      {
        some: 'l',
        as: 'v',
        where: {
          all: [
            { some: 'm', as: 'w', where: { fact: 'w', eq: { fact: 'v' } } },
            { fact: 'v', gt: 1 },
          ],
        },
      },
      { l: [1, 2], m: [2, 1] },
      true,
    ],
  ],
}

for (const [of, list] of Object.entries(cases)) {
  describe(of, () => {
    for (const [condition, facts, truth] of list) {
      test(`${JSON.stringify(condition)} of ${JSON.stringify(facts)} is ${truth}`, () => {
        expect(evaluate(compileOrThrow(condition), facts, NOW)).toBe(truth)
        expect(evaluate(compileOrThrow({ not: condition }), facts, NOW)).toBe(truth === null ? null : !truth)
      })
    }
  })
}

test('within is unknown without a now', () => {
  expect(evaluate(compileOrThrow({ fact: 'a', within: 'P1D' }), { a: NOW })).toBe(null)
})

test('the example of the contract', () => {
  const table = compileOrThrow({
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
  })
  const facts = { priority: 'urgent', customer: { value: 3 }, region: 'south', tags: [], email: 'a@b.c' }
  expect(evaluate(table, facts)).toBe(true)
  expect(evaluate(table, { ...facts, region: 'west' })).toBe(false)
  expect(evaluate(table, { ...facts, customer: {} })).toBe(null)
  expect(evaluate(table, { ...facts, email: null })).toBe(false)
  const { tags: _, ...untagged } = facts
  expect(evaluate(table, untagged)).toBe(true)
})
