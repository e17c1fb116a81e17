// `clientele calendar eval`: every query of the contract, and what it answers to bad ones.

import { expect, test } from 'vitest'
import { DESK, NEVER_OPEN, run } from './run.js'

const ask = async (line: unknown, calendar: unknown = DESK): Promise<unknown> => {
  const ran = await run('calendar eval calendar.json', {
    input: [line],
    files: { 'calendar.json': calendar },
  })
  expect(ran.lines).toHaveLength(1)
  return ran.answers[0]
}

// Moscow is at +03:00: open 06:00–15:00 UTC on weekdays; 2026-03-06 is a Friday
test.each<[query: object, answer: object]>([
  [{ op: 'add', at: '2026-03-06T14:00:00Z', by: 'PT8H' }, { at: '2026-03-09T13:00:00Z' }],
  [{ op: 'add', at: '2026-03-06T14:00:00Z', by: 3_600_000 }, { at: '2026-03-06T15:00:00Z' }],
  [{ op: 'add', at: '2026-03-09T07:00:00Z', by: '-PT2H' }, { at: '2026-03-06T14:00:00Z' }],
  [{ op: 'add', at: '2026-03-07T00:00:00Z', by: 0 }, { at: '2026-03-07T00:00:00Z' }],
  [
    {
      op: 'add',
      at: '2026-03-06T12:00:00Z',
      by: 'PT2H',
      pauses: [['2026-03-06T13:00:00Z', '2026-03-06T14:00:00Z']],
    },
    { at: '2026-03-06T15:00:00Z' },
  ],
  [{ op: 'elapsed', from: '2026-03-06T14:00:00Z', to: '2026-03-09T07:00:00Z' }, { ms: 7_200_000 }],
  [{ op: 'elapsed', from: '2026-03-09T07:00:00Z', to: '2026-03-06T14:00:00Z' }, { ms: -7_200_000 }],
  [
    {
      op: 'elapsed',
      from: '2026-03-06T06:00:00Z',
      to: '2026-03-06T15:00:00Z',
      pauses: [
        ['2026-03-06T07:00:00Z', '2026-03-06T09:00:00Z'],
        ['2026-03-06T08:00:00Z', '2026-03-06T10:00:00Z'],
      ],
    },
    { ms: 21_600_000 },
  ],
  [{ op: 'isOpen', at: '2026-03-06T06:00:00Z' }, { open: true }],
  [{ op: 'isOpen', at: '2026-03-06T15:00:00Z' }, { open: false }],
  [{ op: 'nextOpen', at: '2026-03-06T15:00:00Z' }, { at: '2026-03-09T06:00:00Z' }],
  [{ op: 'nextClose', at: '2026-03-06T15:00:00Z' }, { at: '2026-03-09T15:00:00Z' }],
  [{ op: 'prevOpen', at: '2026-03-08T15:00:00Z' }, { at: '2026-03-06T15:00:00Z' }],
  [
    { op: 'periods', from: '2026-03-06T14:00:00Z', to: '2026-03-09T07:00:00Z' },
    {
      periods: [
        ['2026-03-06T14:00:00Z', '2026-03-06T15:00:00Z'],
        ['2026-03-09T06:00:00Z', '2026-03-09T07:00:00Z'],
      ],
    },
  ],
  [{ op: 'addBusinessDays', at: '2026-03-06T20:00:00Z', days: 1 }, { at: '2026-03-09T20:00:00Z' }],
  [{ op: 'addBusinessDays', at: '2026-03-07T20:00:00Z', days: 0 }, { at: '2026-03-07T20:00:00Z' }],
  [{ op: 'isOpen', at: '2026-03-06T09:00:00+03:00', unknown: 1 }, { open: true }],
])('%j gives %j', async (query, answer) => {
  expect(await ask(query)).toEqual(answer)
})

test.each<[query: object, answer: object]>([
  [{ op: 'nextOpen', at: '2026-03-06T15:00:00Z' }, { at: null }],
  [{ op: 'nextClose', at: '2026-03-06T15:00:00Z' }, { at: null }],
  [{ op: 'prevOpen', at: '2026-03-06T15:00:00Z' }, { at: null }],
  [{ op: 'add', at: '2026-03-06T15:00:00Z', by: 1 }, { error: { code: 'no-open-time' } }],
  [{ op: 'addBusinessDays', at: '2026-03-06T15:00:00Z', days: -2 }, { error: { code: 'no-open-time' } }],
])('a calendar that never opens: %j gives %j', async (query, answer) => {
  expect(await ask(query, NEVER_OPEN)).toMatchObject(answer)
})

test.each<[line: unknown, error: { code: string; path: string }]>([
  ['{"op":"isOpen","at":', { code: 'bad-json', path: '' }],
  ['[1,2]', { code: 'wrong-type', path: '' }],
  ['"text"', { code: 'wrong-type', path: '' }],
  ['null', { code: 'wrong-type', path: '' }],
  [{}, { code: 'missing-key', path: 'op' }],
  [
    { op: 'isopen', at: '2026-03-06T15:00:00Z' },
    { code: 'bad-value', path: 'op' },
  ],
  [{ op: 7 }, { code: 'bad-value', path: 'op' }],
  [{ op: 'isOpen' }, { code: 'missing-key', path: 'at' }],
  [
    { op: 'isOpen', at: null },
    { code: 'missing-key', path: 'at' },
  ],
  [
    { op: 'isOpen', at: 'yesterday' },
    { code: 'bad-value', path: 'at' },
  ],
  [
    { op: 'isOpen', at: '2026-03-06T15:00:00' },
    { code: 'bad-value', path: 'at' },
  ],
  [
    { op: 'isOpen', at: '1969-12-31T23:59:59Z' },
    { code: 'out-of-range', path: 'at' },
  ],
  [
    { op: 'isOpen', at: '2101-01-01T00:00:00Z' },
    { code: 'out-of-range', path: 'at' },
  ],
  [
    { op: 'add', at: '2026-03-06T15:00:00Z', by: 'P1M' },
    { code: 'bad-value', path: 'by' },
  ],
  [
    { op: 'add', at: '2026-03-06T15:00:00Z', by: {} },
    { code: 'bad-value', path: 'by' },
  ],
  [
    { op: 'add', at: '2026-03-06T15:00:00Z', by: 1, pauses: [['2026-03-06T15:00:00Z']] },
    { code: 'wrong-type', path: 'pauses[0]' },
  ],
  [
    { op: 'elapsed', from: '2026-03-06T15:00:00Z', to: '2026-03-06T15:00:00Z', pauses: [['x', 'y']] },
    { code: 'bad-value', path: 'pauses[0][0]' },
  ],
  [
    { op: 'elapsed', from: '2026-03-06T15:00:00Z', to: '2026-03-06T15:00:00Z', pauses: 'none' },
    { code: 'wrong-type', path: 'pauses' },
  ],
  [
    { op: 'addBusinessDays', at: '2026-03-06T15:00:00Z', days: 1.5 },
    { code: 'bad-value', path: 'days' },
  ],
])('a bad line %j answers %j in its place', async (line, error) => {
  const good = { op: 'isOpen', at: '2026-03-06T09:00:00Z' }
  const ran = await run('calendar eval calendar.json', {
    input: [good, line, good],
    files: { 'calendar.json': DESK },
  })
  expect(ran.code).toBe(1)
  expect(ran.answers).toHaveLength(3)
  expect(ran.answers[1]).toMatchObject({ error: { ...error, message: expect.any(String) } })
  expect([ran.answers[0], ran.answers[2]]).toEqual([{ open: true }, { open: true }])
})

test('--explain adds a ledger that sums to the answer', async () => {
  const input = [
    { op: 'add', at: '2026-03-06T14:00:00Z', by: 'PT8H' },
    { op: 'elapsed', from: '2026-03-06T14:00:00Z', to: '2026-03-09T07:00:00Z' },
  ]
  const { answers } = await run('calendar eval calendar.json --explain', {
    input,
    files: { 'calendar.json': DESK },
  })
  const ledgers = answers.map(({ ledger }) => ledger as { total: number; entries: { amount: number }[] })
  expect(ledgers.map(({ total }) => total)).toEqual([28_800_000, 7_200_000])
  for (const { total, entries } of ledgers) {
    expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(total)
  }
  // instants are printed as everywhere else
  expect(ledgers[1]?.entries[0]).toMatchObject({ at: ['2026-03-06T14:00:00Z', '2026-03-06T15:00:00Z'] })
})

test('a definition that does not compile prints all its issues and exits 2', async () => {
  const calendar = { timeZone: 'Mars/Olympus', weak: {}, week: { mon: ['09:00'] } }
  const ran = await run('calendar eval calendar.json', { input: [], files: { 'calendar.json': calendar } })
  expect(ran.code).toBe(2)
  expect(ran.stdout).toBe('')
  expect(ran.issues.map(({ code, path }) => [code, path])).toEqual([
    ['unknown-key', ''],
    ['unknown-zone', 'timeZone'],
    ['bad-interval', 'week.mon[0]'],
  ])
  expect(ran.issues.every(({ message }) => typeof message === 'string')).toBe(true)
})

test.each<[query: object, total: number, codes: readonly string[]]>([
  [{ op: 'isOpen', at: '2026-03-06T09:00:00Z' }, 1, ['open']],
  [{ op: 'isOpen', at: '2026-03-07T09:00:00Z' }, 0, ['closed']],
  [{ op: 'nextOpen', at: '2026-03-07T09:00:00Z' }, 0, ['closed']],
  [{ op: 'nextClose', at: '2026-03-06T14:00:00Z' }, 3_600_000, ['open']],
  [{ op: 'prevOpen', at: '2026-03-07T09:00:00Z' }, 0, ['closed']],
  [
    { op: 'periods', from: '2026-03-06T14:00:00Z', to: '2026-03-09T07:00:00Z' },
    7_200_000,
    ['open', 'closed', 'open'],
  ],
  [{ op: 'addBusinessDays', at: '2026-03-06T09:00:00Z', days: 2 }, 2, ['business-day', 'business-day']],
  [{ op: 'addBusinessDays', at: '2026-03-06T09:00:00Z', days: -1 }, -1, ['business-day']],
  [{ op: 'addBusinessDays', at: '2026-03-06T09:00:00Z', days: 0 }, 0, []],
])('--explain of %j folds to %i', async (query, total, codes) => {
  const files = { 'calendar.json': DESK }
  const { answers } = await run('calendar eval calendar.json --explain', { input: [query], files })
  const ledger = answers[0]?.['ledger'] as { total: number; entries: { code: string; amount: number }[] }
  expect(ledger.entries.map(({ code }) => code)).toEqual(codes)
  expect(ledger.total).toBe(total)
})
