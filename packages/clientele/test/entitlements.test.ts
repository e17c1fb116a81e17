// `clientele entitlements`: verdicts as the contract prints them, ledgers that fold, lines and definitions that are refused.

import { foldAmounts, type Ledger } from '@clientele/core'
import { expect, test } from 'vitest'
import { run } from './run.js'

const DESK = { timeZone: 'Europe/Moscow', week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'] } }
const PACKAGES = {
  timeZone: 'Europe/Moscow',
  packages: {
    standard: {
      label: 'Standard',
      channels: {
        phone: { hours: 'desk' },
        visit: { quota: 2, per: 'month' },
        email: { quota: 15, per: 'month', carryOver: { max: 5 }, overage: 'deny' },
        chat: { quota: 1, per: 'day', overage: 'bill', sla: 'ten-minutes' },
      },
    },
    luxe: { channels: { phone: { hours: '24/7' }, visit: { quota: 4, per: 'month' }, email: {} } },
  },
  calendars: { desk: DESK },
}
const contract = (customer: string, name: string, from = '2026-01-01') => ({
  op: 'contract',
  customer,
  package: name,
  from,
  to: '2026-12-31',
})
const ask = (op: string, channel: string, at: string, more = {}) => ({
  op,
  customer: 'c1',
  channel,
  at,
  ...more,
})
const entitlements = (input: readonly unknown[], options = '') =>
  run(`entitlements run packages.json ${options}`, { input, files: { 'packages.json': PACKAGES } })

const allow = (remaining: number | null) => ({
  verdict: 'allow',
  remaining,
  reason: null,
  nextAllowedAt: null,
})
const deny = (remaining: number | null, reason: string, nextAllowedAt: string | null) => ({
  verdict: 'deny',
  remaining,
  reason,
  nextAllowedAt,
})

test('quotas, hours, terms and what no package has, with nothing but what the contract names', async () => {
  const { answers, code } = await entitlements([
    contract('c1', 'standard'),
    ask('consume', 'visit', '2026-03-02T09:00:00Z'),
    ask('status', 'visit', '2026-03-02T09:00:00Z'),
    ask('consume', 'visit', '2026-03-02T09:00:00Z', { units: 2 }),
    ask('consume', 'visit', '2026-03-31T20:59:59Z'),
    ask('consume', 'visit', '2026-03-31T20:59:59Z'),
    ask('consume', 'visit', '2026-03-31T21:00:00Z'),
    ask('consume', 'phone', '2026-03-03T15:00:00Z'),
    ask('consume', 'fax', '2026-03-03T15:00:00Z'),
    ask('consume', 'phone', '2025-12-30T09:00:00Z'),
    ask('consume', 'phone', '2027-01-04T09:00:00Z'),
    ask('consume', 'email', '2026-02-02T09:00:00Z', { units: 20 }),
    ask('consume', 'visit', '2026-03-02T09:00:00Z', { customer: 'nobody' }),
  ])
  expect(code).toBe(0)
  expect(answers).toEqual([
    { ok: true },
    allow(1),
    allow(1),
    deny(1, 'quota', '2026-03-31T21:00:00Z'),
    allow(0),
    deny(0, 'quota', '2026-03-31T21:00:00Z'),
    allow(1),
    deny(null, 'hours', '2026-03-09T06:00:00Z'),
    deny(null, 'not-covered', null),
    deny(null, 'not-started', '2026-01-05T06:00:00Z'),
    deny(null, 'expired', null),
    allow(0),
    deny(null, 'not-covered', null),
  ])
})

test('luxe: the phone at any time, four visits, e-mail without limit', async () => {
  const { answers } = await entitlements([
    contract('c1', 'luxe'),
    ask('consume', 'phone', '2026-03-08T01:00:00Z'),
    ask('consume', 'visit', '2026-03-08T01:00:00Z', { units: 4 }),
    ask('consume', 'email', '2026-03-08T01:00:00Z', { units: 10_000 }),
  ])
  expect(answers.slice(1)).toEqual([allow(null), allow(0), allow(null)])
})

test('what is billed and the promise that applies are told where there are such', async () => {
  const { answers } = await entitlements([
    contract('c1', 'standard'),
    ask('consume', 'chat', '2026-03-02T09:00:00Z', { units: 3 }),
  ])
  expect(answers[1]).toEqual({
    verdict: 'bill',
    remaining: 0,
    reason: 'quota',
    nextAllowedAt: null,
    billed: 2,
    sla: 'ten-minutes',
  })
})

test('a reservation counts until its time is out; a repeat gets the same answer, other content an error', async () => {
  const reserve = ask('reserve', 'visit', '2026-03-02T09:00:00Z', { id: 'r1', units: 2, ttl: 'PT15M' })
  const { answers, code } = await entitlements([
    contract('c1', 'standard'),
    reserve,
    reserve,
    { ...reserve, units: 1 },
    ask('status', 'visit', '2026-03-02T09:14:59Z'),
    ask('status', 'visit', '2026-03-02T09:15:00Z'),
    { op: 'commit', id: 'r1', customer: 'c1', at: '2026-03-02T09:10:00Z' },
    { op: 'release', id: 'r1', customer: 'c1', at: '2026-03-02T10:00:00Z' },
  ])
  expect(code).toBe(1)
  expect(answers.slice(1)).toMatchObject([
    allow(0),
    allow(0),
    { error: { code: 'id-reused', path: 'id' } },
    deny(0, 'quota', '2026-03-02T09:15:00Z'),
    allow(2),
    allow(0),
    allow(2),
  ])
})

test('a host that names a package vouches for it', async () => {
  const { answers } = await entitlements([
    ask('consume', 'visit', '2026-03-02T09:00:00Z', { package: 'standard' }),
    ask('consume', 'visit', '2026-03-02T09:00:00Z', { package: 'standard', units: 2 }),
    ask('consume', 'visit', '2026-03-02T09:00:00Z'),
  ])
  expect(answers).toEqual([
    allow(1),
    deny(1, 'quota', '2026-03-31T21:00:00Z'),
    deny(null, 'not-covered', null),
  ])
})

test('the members of an account share its quota, and an erased customer is forgotten', async () => {
  const visit = (customer: string) => ({
    op: 'consume',
    customer,
    channel: 'visit',
    at: '2026-03-02T09:00:00Z',
  })
  const { answers } = await entitlements([
    { op: 'contract', account: 'acme', package: 'standard', from: '2026-01-01' },
    { op: 'account', customer: 'c1', account: 'acme' },
    visit('c1'),
    { ...visit('c2'), account: 'acme' },
    { ...visit('c2'), customer: { type: 'person', id: 'c2', account: 'acme' } },
    { op: 'erase', customer: 'c2' },
    visit('c2'),
  ])
  expect(answers).toEqual([
    { ok: true },
    { ok: true },
    allow(1),
    allow(0),
    deny(0, 'quota', '2026-03-31T21:00:00Z'),
    { ok: true },
    deny(null, 'not-covered', null),
  ])
})

test('--explain adds the package and a ledger that folds to its total', async () => {
  const { answers } = await entitlements(
    [
      contract('c1', 'standard'),
      ask('consume', 'email', '2026-02-02T09:00:00Z', { units: 21 }),
      ask('status', 'phone', '2026-03-07T09:00:00Z'),
      ask('status', 'fax', '2026-03-07T09:00:00Z'),
      ask('reserve', 'visit', '2026-03-07T09:00:00Z', { id: 'r1' }),
      { op: 'commit', id: 'r1', customer: 'c1', at: '2026-03-07T09:00:00Z' },
    ],
    '--explain',
  )
  const told = answers.slice(1) as unknown as { package: string | null; ledger: Ledger }[]
  expect(told.map((each) => each.package)).toEqual([
    'standard@1',
    'standard@1',
    null,
    'standard@1',
    'standard@1',
  ])
  for (const { ledger } of told)
    expect(
      foldAmounts(
        ledger.fold,
        ledger.entries.map(({ amount }) => amount),
      ),
    ).toBe(ledger.total)
  expect(told[0]?.ledger).toEqual({
    unit: 'units',
    fold: 'min',
    total: 20,
    entries: [
      {
        code: 'covered',
        label: 'Standard covers email',
        amount: 21,
        ref: 'packages.standard.channels.email',
        facts: { package: 'standard@1', from: '2026-01-01' },
        at: ['2025-12-31T21:00:00Z', '2026-12-31T21:00:00Z'],
      },
      {
        code: 'quota',
        label: '15 a month, 5 carried over',
        amount: 20,
        ref: 'packages.standard.channels.email.quota',
        facts: { quota: 15, carried: 5, used: 0, reserved: 0, billed: 0 },
        at: ['2026-01-31T21:00:00Z', '2026-02-28T21:00:00Z'],
      },
    ],
  })
})

test('bad lines are answered in their place, and the run goes on', async () => {
  const { answers, code } = await entitlements([
    contract('c1', 'standrad'),
    { op: 'consum', customer: 'c1' },
    '{',
    ask('consume', 'visit', 'noon'),
    contract('c1', 'standard'),
    ask('consume', 'visit', '2026-03-02T09:00:00Z', { units: 0 }),
    ask('consume', 'visit', '2026-03-02T09:00:00Z'),
  ])
  expect(code).toBe(1)
  expect(answers).toMatchObject([
    { error: { code: 'unknown-package', path: 'package', message: expect.stringContaining('"standard"') } },
    { error: { code: 'unknown-op', path: 'op', message: expect.stringContaining('"consume"') } },
    { error: { code: 'bad-json' } },
    { error: { code: 'bad-value', path: 'at' } },
    { ok: true },
    { error: { code: 'bad-value', path: 'units' } },
    allow(1),
  ])
})

test('a definition that does not compile prints all its issues and exits 2', async () => {
  const files = {
    'packages.json': {
      packages: { a: { channels: { x: { quota: 2, hours: 'dsk' } } } },
      calendars: { desk: DESK },
    },
  }
  const { code, issues, stdout } = await run('entitlements run packages.json', { input: [], files })
  expect([code, stdout]).toEqual([2, ''])
  expect(issues).toMatchObject([
    { code: 'missing-key', path: 'packages.a.channels.x' },
    { code: 'unknown-calendar', nearest: 'desk', message: expect.stringContaining('did you mean "desk"') },
  ])
})
