// The builder gives the JSON form and nothing else, and refuses at type-check what a vocabulary would refuse.

import {
  all,
  any,
  type Condition,
  compile,
  compileOrThrow,
  type Definition,
  evaluate,
  every,
  fact,
  facts,
  type Leaf,
  labelled,
  none,
  not,
  some,
} from '@clientele/core/condition'
import { expect, expectTypeOf, test } from 'vitest'

const ticket = facts({
  priority: { enum: ['urgent', 'normal'] },
  'customer.value': 'number',
  name: 'string',
  paid: 'boolean',
  due: 'date',
  tags: { list: { enum: ['vip', 'new'] } },
  level: { enum: [1, 2, 3] },
  extra: 'object',
  notes: 'list',
})

test('the example of the contract', () => {
  const written: Definition = {
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
  const built = all(
    fact('priority').eq('urgent'),
    fact('customer.value').gte(3),
    not(fact('region').in(['north', 'west'])),
    any(fact('tags').contains('vip'), fact('email').exists()),
  )
  expect(built).toEqual(written)
  expect(JSON.stringify(built)).toBe(JSON.stringify(written))
})

test('every method makes what compiles', () => {
  const a = fact('a')
  const list: readonly Condition[] = [
    a.eq(1),
    a.ne('x'),
    a.lt(1),
    a.lte(1),
    a.gt(1),
    a.gte(1),
    a.in([1]),
    a.notIn({ fact: 'b' }),
    a.contains('x'),
    a.startsWith('x'),
    a.endsWith('x'),
    a.exists(),
    a.missing(),
    a.between(1, { fact: 'b' }),
    a.before('2026-01-01'),
    a.after({ fact: 'b' }),
    a.within('-P1D'),
    a.is({ gte: 1, lt: 5 }),
    some('l', 'v', fact('v').eq(1)),
    every('l', 'v', fact('v').eq(1)),
    none('l', 'v', fact('v').eq(1)),
    labelled('words', a.eq(1)),
  ]
  for (const part of list) {
    expect(compile(part)._tag).toBe('Right')
    expect(JSON.parse(JSON.stringify(part))).toEqual(part)
  }
})

test('a typed builder under its own vocabulary', () => {
  const built = all(
    ticket.fact('priority').eq('urgent'),
    ticket.fact('tags').contains('vip'),
    ticket.fact('due').within('P1D'),
  )
  expect(compile({ ...built, facts: ticket.facts })._tag).toBe('Right')
  expect(evaluate(compileOrThrow(ticket.fact('level').gte(2)), { level: 3 })).toBe(true)
})

test('types', () => {
  expectTypeOf(ticket.fact('priority').eq)
    .parameter(0)
    .toEqualTypeOf<'urgent' | 'normal' | { readonly fact: string }>()
  expectTypeOf(ticket.fact('priority').in)
    .parameter(0)
    .toEqualTypeOf<readonly ('urgent' | 'normal')[] | { readonly fact: string }>()
  expectTypeOf(ticket.fact('customer.value').gte)
    .parameter(0)
    .toEqualTypeOf<number | { readonly fact: string }>()
  expectTypeOf(ticket.fact('customer.value').gte(3)).toEqualTypeOf<Leaf>()
  expectTypeOf(ticket.fact('level').between)
    .parameter(1)
    .toEqualTypeOf<1 | 2 | 3 | { readonly fact: string }>()
  expectTypeOf(ticket.fact('paid').eq).parameter(0).toEqualTypeOf<boolean | { readonly fact: string }>()
  expectTypeOf(ticket.fact('tags').contains)
    .parameter(0)
    .toEqualTypeOf<'vip' | 'new' | { readonly fact: string }>()
  expectTypeOf(ticket.fact('due')).toHaveProperty('within')
  expectTypeOf(ticket.fact('due')).not.toHaveProperty('lt')
  expectTypeOf(ticket.fact('customer.value')).not.toHaveProperty('contains')
  expectTypeOf(ticket.fact('tags')).not.toHaveProperty('eq')
  expectTypeOf(ticket.fact('extra')).not.toHaveProperty('eq')
  expectTypeOf(ticket.fact('notes').contains).toBeCallableWith(5)
  // @ts-expect-error a misspelt fact
  ticket.fact('priorty')
  // @ts-expect-error a constant that cannot occur
  ticket.fact('priority').eq('urgnt')
  // @ts-expect-error no such operator in a definition
  const misspelt: Definition = { fact: 'a', equals: 1 }
  expect(misspelt).toBeDefined()
})
