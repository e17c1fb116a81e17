// `clientele contact`: verdicts in the place of their lines, ledgers that fold to them, and lines that are refused.

import { foldAmounts, type Ledger } from '@clientele/core'
import { expect, test } from 'vitest'
import { folder, run } from './run.js'

const POLICY = {
  caps: [
    {
      id: 'sms-day',
      label: 'One SMS a day',
      when: { fact: 'channel', eq: 'sms' },
      limit: 1,
      window: { calendar: 'day', zone: 'recipient' },
    },
    { id: 'week', label: 'Three a week', limit: 3, window: { rolling: 'P7D' } },
  ],
  quiet: [{ id: 'night', label: 'Night', periods: [{ between: '22:00-08:00' }] }],
  consent: [
    {
      id: 'ads',
      label: 'Advertising needs consent',
      when: { fact: 'category', eq: 'marketing' },
      requires: 'opt-in',
    },
  ],
}

const ANNA = { id: 'anna', zone: 'Europe/Moscow' }
const line = (op: string, at: string, facts: object = {}, more: object = {}) => ({
  op,
  recipient: ANNA,
  at,
  facts,
  ...more,
})
const SMS = { channel: 'sms' }

const contact = (verb: string, input: readonly unknown[], options = '') =>
  run(`contact ${verb} policy.json ${options}`, { input, files: { 'policy.json': POLICY } })

test('each line has its answer in its place', async () => {
  const { lines, code } = await contact('run', [
    line('attempt', '2026-03-02T09:00:00Z', SMS),
    line('check', '2026-03-02T12:00:00Z', SMS),
    line('check', '2026-03-02T20:00:00Z', { channel: 'email' }),
    line('consent', '2026-03-02T15:00:00Z', {}, { basis: 'opt-in' }),
    line('check', '2026-03-02T12:00:00Z', { category: 'marketing' }),
    line('reserve', '2026-03-03T12:00:00+03:00', SMS, { touchId: 't1', ttl: 'PT5M' }),
    line('commit', '2026-03-03T09:01:00Z', {}, { touchId: 't1' }),
    line('release', '2026-03-03T09:02:00Z', {}, { touchId: 't1' }),
    { op: 'tag', campaign: 'spring', tags: ['news'] },
    line('choose', '2026-03-03T09:00:00Z', {}, { candidates: [{ id: 'a', at: '2026-03-03T09:00:00Z' }] }),
  ])
  expect(code).toBe(0)
  expect(lines).toEqual([
    '{"verdict":"allow","rules":[],"nextAllowedAt":"2026-03-02T09:00:00Z"}',
    '{"verdict":"deny","rules":["sms-day"],"nextAllowedAt":"2026-03-03T05:00:00Z"}',
    '{"verdict":"defer","rules":["night"],"nextAllowedAt":"2026-03-03T05:00:00Z"}',
    '{"ok":true}',
    '{"verdict":"deny","rules":["ads"],"nextAllowedAt":"2026-03-02T15:00:00Z"}',
    '{"verdict":"allow","rules":[],"nextAllowedAt":"2026-03-03T09:00:00Z"}',
    '{"ok":true,"verdict":"allow","rules":[],"nextAllowedAt":"2026-03-03T09:01:00Z"}',
    '{"ok":true}',
    '{"ok":true}',
    '{"chosen":["a"],"suppressed":[]}',
  ])
})

test('lines may come in any order: a record of yesterday takes its place', async () => {
  const { answers } = await contact('run', [
    line('record', '2026-03-10T09:00:00Z', SMS),
    line('record', '2026-03-02T09:00:00Z', SMS),
    line('check', '2026-03-02T10:00:00Z', SMS),
  ])
  expect(answers[2]).toMatchObject({ verdict: 'deny', rules: ['sms-day'] })
})

test.each([
  ['run', '--explain'],
  ['explain', ''],
])(
  'contact %s %s: the ledger folds to its total, and one or more fit when it is allowed',
  async (verb, options) => {
    const told = await contact(
      verb,
      [
        line('attempt', '2026-03-02T09:00:00Z', SMS),
        line('reserve', '2026-03-02T12:00:00Z', SMS, { touchId: 't1', ttl: 'PT5M' }),
        line('check', '2026-03-02T20:00:00Z', { category: 'marketing' }),
        line('record', '2026-03-02T09:00:00Z', SMS),
      ],
      options,
    )
    expect(told.answers.map((answer) => 'ledger' in answer)).toEqual([true, true, true, false])
    for (const { ledger, verdict } of told.answers.slice(0, 3) as { ledger: Ledger; verdict: string }[]) {
      const amounts = ledger.entries.map(({ amount }) => amount)
      expect(foldAmounts(ledger.fold, amounts)).toBe(ledger.total)
      expect(verdict === 'allow').toBe(ledger.total >= 1)
    }
    expect(told.answers[1]?.['ledger']).toMatchObject({
      entries: [
        { code: 'cap', amount: 0, facts: { rule: 'sms-day', freesAt: '2026-03-02T21:00:00Z' } },
        { code: 'cap', amount: 2, facts: { rule: 'week', limit: 3, used: 1 } },
      ],
    })
  },
)

test('without --explain there is no ledger', async () => {
  const { answers } = await contact('run', [line('check', '2026-03-02T09:00:00Z', SMS)])
  expect(answers[0]).not.toHaveProperty('ledger')
})

test('a repeated touch is answered with the ledger it had', async () => {
  const once = line('attempt', '2026-03-02T09:00:00Z', SMS, { touchId: 't1' })
  const { lines, answers } = await contact('run', [once, once, { ...once, facts: {} }], '--explain')
  expect(lines[1]).toBe(lines[0])
  expect(answers[2]).toEqual({ error: expect.objectContaining({ code: 'id-reused', path: 'touchId' }) })
})

test('somebody erased is explained anew', async () => {
  const ask = line('attempt', '2026-03-02T20:00:00Z', SMS, { touchId: 't1' })
  const { answers } = await contact(
    'run',
    [ask, { op: 'erase', recipient: 'anna' }, { ...ask, at: '2026-03-02T09:00:00Z' }],
    '--explain',
  )
  expect(answers[0]).toMatchObject({ verdict: 'defer', ledger: { total: 0 } })
  expect(answers[2]).toMatchObject({ verdict: 'allow', ledger: { total: 1 } })
})

test('a touch that was told wrongly leaves no ledger behind', async () => {
  const { answers } = await contact(
    'run',
    [
      line('reserve', '2026-03-02T09:00:00Z', SMS, { touchId: 't1', ttl: 'soon' }),
      line('record', '2026-03-02T09:00:00Z', SMS),
      line('reserve', '2026-03-02T09:00:00Z', SMS, { touchId: 't1', ttl: 'PT5M' }),
      line('release', '2026-03-02T09:00:00Z', {}, { touchId: 't1' }),
    ],
    '--explain',
  )
  expect(answers[2]).toMatchObject({ verdict: 'deny', ledger: { total: 0 } })
  expect(answers[3]).toEqual({ ok: true })
})

test('--format table says why in words', async () => {
  const { stdout } = await contact(
    'explain',
    [
      line('attempt', '2026-03-02T09:00:00Z', SMS),
      line('check', '2026-03-02T20:00:00Z', { ...SMS, category: 'marketing' }),
    ],
    '--format table',
  )
  expect(stdout).toContain('0 touches  One SMS a day (sms-day): 1 of 1 used, frees 2026-03-02T21:00:00Z')
  expect(stdout).toContain('0 touches  Night (night): frees 2026-03-03T05:00:00Z')
  expect(stdout).toContain('0 touches  Advertising needs consent (ads): told so far: none, never frees')
  expect(stdout).not.toContain('[object')
})

test('--as-of refuses lines from the future, and only these', async () => {
  const { answers, code } = await contact(
    'run',
    [
      line('record', '2026-03-02T09:00:00Z', SMS),
      line('record', '2026-03-02T09:00:01Z', SMS),
      { op: 'record', recipient: 'anna', at: Date.UTC(2026, 2, 3) },
      { op: 'tag', campaign: 'spring', tags: [] },
      line('check', '2026-03-02T08:00:00Z', SMS),
    ],
    '--as-of 2026-03-02T12:00:00+03:00',
  )
  expect(code).toBe(1)
  const future = { error: { code: 'from-the-future', path: 'at', message: expect.any(String) } }
  expect(answers).toEqual([
    { ok: true },
    future,
    future,
    { ok: true },
    expect.objectContaining({ verdict: 'allow' }),
  ])
})

test.each(['soon', '2026-03-06T13:00:00'])('--as-of %s is refused', async (asOf) => {
  const { code, issues } = await contact('run', [], `--as-of ${asOf}`)
  expect([code, issues[0]]).toMatchObject([2, { code: 'bad-value', path: '--as-of' }])
})

test.each<[bad: unknown, error: { code: string; path: string }]>([
  ['{', { code: 'bad-json', path: '' }],
  [
    { recipient: 'anna', at: '2026-03-02T09:00:00Z' },
    { code: 'missing-key', path: 'op' },
  ],
  [
    { op: 'chek', recipient: 'anna', at: '2026-03-02T09:00:00Z' },
    { code: 'unknown-op', path: 'op' },
  ],
  [
    { op: 'check', recipient: 'anna' },
    { code: 'missing-key', path: 'at' },
  ],
  [
    { op: 'check', recipient: 'anna', at: 'noon' },
    { code: 'bad-value', path: 'at' },
  ],
  [
    { op: 'check', recipient: 'anna', at: '1901-01-01T00:00:00Z' },
    { code: 'out-of-range', path: 'at' },
  ],
  [
    { op: 'check', at: '2026-03-02T09:00:00Z' },
    { code: 'missing-key', path: 'recipient' },
  ],
  [
    { op: 'check', recipient: { id: 'anna', zone: 'Europe/Moskow' }, at: '2026-03-02T09:00:00Z' },
    { code: 'unknown-zone', path: 'recipient.zone' },
  ],
  [
    { op: 'reserve', recipient: 'anna', at: '2026-03-02T09:00:00Z', touchId: 't', ttl: 'P1M' },
    { code: 'bad-value', path: 'ttl' },
  ],
  [
    { op: 'commit', recipient: 'anna', at: '2026-03-02T09:00:00Z', touchId: 'never' },
    { code: 'unknown-touch', path: 'touchId' },
  ],
])('the line %j is refused with %j, and the rest goes on', async (bad, error) => {
  for (const options of ['', '--explain']) {
    const told = await contact(
      'run',
      [line('attempt', '2026-03-02T09:00:00Z', SMS), bad, line('check', '2026-03-02T09:00:00Z', SMS)],
      options,
    )
    expect(told.code).toBe(1)
    expect(told.answers).toMatchObject([{ verdict: 'allow' }, { error }, { verdict: 'deny' }])
  }
})

test('a policy that does not compile prints all its issues and exits 2', async () => {
  const files = {
    'policy.json': { caps: [{ id: 'a', label: 'A', limit: -1, window: { roling: 'P1D' } }], quite: [] },
  }
  const { code, issues, stdout } = await run('contact run policy.json', { input: [], files })
  expect([code, stdout]).toEqual([2, ''])
  expect(issues.length).toBeGreaterThan(2)
  expect(issues.map((issue) => issue['message']).join('\n')).toContain('did you mean "quiet"?')
})

test('contact test takes givens, and the moment they stand at', async () => {
  const cases = [
    { given: [line('attempt', '2026-03-02T09:00:00Z', SMS)], expect: { verdict: 'allow' } },
    {
      given: [line('check', '2026-03-02T09:00:00Z')],
      asOf: '2026-03-01T00:00:00Z',
      expect: { error: { code: 'from-the-future' } },
    },
    { ...line('check', '2026-03-02T20:00:00Z'), expect: { verdict: 'allow' }, label: 'at night' },
  ]
  const files = { 'policy.json': POLICY, 'cases.ndjson': cases.map((one) => JSON.stringify(one)).join('\n') }
  const { answers, code } = await run('contact test policy.json cases.ndjson', { files })
  expect(code).toBe(1)
  expect(answers).toMatchObject([
    { line: 3, label: 'at night', ledger: { total: 0 } },
    { passed: 2, failed: 1 },
  ])
})

test('bench contact times lines', async () => {
  const lines = [line('attempt', '2026-03-02T09:00:00Z', SMS), line('check', '2026-03-02T09:00:00Z', SMS)]
  const cwd = folder({
    'policy.json': POLICY,
    'lines.ndjson': lines.map((one) => JSON.stringify(one)).join('\n'),
  })
  const { code, answers } = await run('bench contact policy.json --in lines.ndjson', { cwd })
  expect([code, answers[0]]).toMatchObject([0, { lines: 2, answers: 2, bytes: expect.any(Number) }])
})
