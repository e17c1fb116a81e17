// `clientele condition eval`: three-valued answers, explained, and conditions that are refused.

import { expect, test } from 'vitest'
import { run } from './run.js'

test.each<[line: object, value: boolean | null]>([
  [{ condition: { fact: 'age', gte: 18 }, facts: { age: 42 } }, true],
  [{ condition: { fact: 'age', gte: 18 }, facts: { age: 7 } }, false],
  [{ condition: { fact: 'age', gte: 18 }, facts: {} }, null],
  [{ condition: { fact: 'age', gte: 18 }, facts: { age: null } }, null],
  [{ condition: { all: [] }, facts: {} }, true],
  [{ condition: { any: [] } }, false],
  [
    {
      condition: { fact: 'paid', within: '-P30D' },
      facts: { paid: '2026-03-01T00:00:00Z' },
      at: '2026-03-06T00:00:00Z',
    },
    true,
  ],
])('%j gives %j', async (line, value) => {
  const ran = await run('condition eval', { input: [line] })
  expect(ran.lines).toEqual([JSON.stringify({ value })])
  expect(ran.code).toBe(0)
})

test.each<[line: object, error: { code: string; path: string }]>([
  [{ facts: {} }, { code: 'missing-key', path: 'condition' }],
  [
    { condition: { fact: 'a', equals: 1 }, facts: {} },
    { code: 'unknown-key', path: 'condition' },
  ],
  [
    { condition: { all: [] }, facts: [] },
    { code: 'wrong-type', path: 'facts' },
  ],
  [
    { condition: { all: [] }, facts: {}, at: 'now' },
    { code: 'bad-value', path: 'at' },
  ],
])('%j is refused with %j', async (line, error) => {
  const ran = await run('condition eval', { input: [line] })
  expect(ran.answers[0]).toMatchObject({ error })
  expect(ran.code).toBe(1)
})

test('--explain adds the ledger of truths', async () => {
  const line = {
    condition: {
      all: [
        { fact: 'a', eq: 1 },
        { fact: 'b', eq: 2 },
      ],
    },
    facts: { a: 1 },
  }
  const ran = await run('condition eval --explain', { input: [line] })
  expect(ran.answers[0]).toMatchObject({ value: null, ledger: { unit: 'truth', fold: 'all' } })
})

test('a condition may be given once, as a definition', async () => {
  const files = { 'condition.json': { fact: 'age', gte: 18 } }
  const ran = await run('condition eval condition.json', { input: [{ facts: { age: 42 } }], files })
  expect(ran.answers).toEqual([{ value: true }])
})

test.each(['taskrouter', 'cel', 'nonsense'])(
  'the dialect %s is refused plainly, naming what exists',
  async (dialect) => {
    const ran = await run(`condition eval --dialect ${dialect}`, { input: [] })
    expect(ran.code).toBe(2)
    expect(ran.issues[0]).toMatchObject({ code: 'unknown-dialect' })
    expect(ran.issues[0]?.['message']).toContain('json')
  },
)

test('--dialect json is the default', async () => {
  const ran = await run('condition eval --dialect json', { input: [{ condition: { all: [] }, facts: {} }] })
  expect(ran.answers).toEqual([{ value: true }])
})

test('facts that contradict a declared vocabulary are an error of the line, with the nearest name', async () => {
  const condition = { facts: { priority: { enum: ['urgent', 'normal'] } }, fact: 'priority', eq: 'urgent' }
  const input = [
    { condition, facts: { priority: 'urgnt' } },
    { condition, facts: { priority: 'normal' } },
  ]
  const { answers } = await run('condition eval', { input })
  expect(answers).toMatchObject([{ error: { path: 'facts.priority' } }, { value: false }])
  expect(JSON.stringify(answers[0])).toContain('urgent')
})

test('a condition nested beyond all measure is refused as too deep', async () => {
  const deep = `{"condition":${'{"not":'.repeat(100_000)}{"all":[]}${'}'.repeat(100_000)},"facts":{}}`
  const { answers } = await run('condition eval', { input: [deep] })
  expect(answers[0]).toMatchObject({ error: { code: 'too-deep' } })
})
