// The packages of the contract, as a user meets them.
import {
  type Command,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  step,
  stepExplained,
} from '@clientele/entitlements'
import { expect, test } from 'vitest'

const definition: Definition = {
  timeZone: 'Europe/Moscow',
  packages: {
    standard: {
      label: 'Standard',
      channels: {
        phone: { hours: 'desk' },
        visit: { quota: 2, per: 'month' },
        email: { quota: 15, per: 'month', carryOver: { max: 5 }, overage: 'deny' },
      },
    },
    luxe: { channels: { phone: { hours: '24/7' }, visit: { quota: 4, per: 'month' }, email: {} } },
  },
  calendars: {
    desk: { timeZone: 'Europe/Moscow', week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'] } },
  },
}
const table = compileOrThrow(definition)

const play = (...commands: readonly object[]): readonly string[] => {
  const [state, out] = [createState(table), [] as Effect[]]
  for (const command of commands) step(table, state, command as Command, out)
  return out.map((effect) => {
    if (!('verdict' in effect)) return JSON.stringify(effect)
    const { verdict, remaining, reason, nextAllowedAt } = effect
    const next = nextAllowedAt === null ? '–' : new Date(nextAllowedAt).toISOString().slice(0, 16)
    return `${verdict} ${remaining} ${reason} ${next}`
  })
}
const contract = { op: 'contract', customer: 'c1', package: 'standard', from: '2026-01-01', to: '2026-12-31' }
const ask = (op: string, channel: string, at: string, more: object = {}): object => ({
  op,
  customer: 'c1',
  channel,
  at,
  ...more,
})

test('quotas, hours, terms', () => {
  expect(
    play(
      contract,
      ask('consume', 'visit', '2026-03-02T09:00:00Z'),
      ask('consume', 'visit', '2026-03-02T09:00:00Z'),
      ask('consume', 'visit', '2026-03-02T09:00:00Z'),
      ask('status', 'phone', '2026-03-02T09:00:00Z'),
      ask('status', 'phone', '2026-03-03T16:00:00Z'),
      ask('status', 'fax', '2026-03-03T16:00:00Z'),
      ask('status', 'visit', '2025-12-31T20:59:59Z'),
      ask('status', 'visit', '2026-12-31T20:59:59Z'),
      ask('status', 'visit', '2026-12-31T21:00:00Z'),
      ask('consume', 'email', '2026-02-28T10:00:00Z', { units: 20 }),
      ask('consume', 'email', '2026-02-28T10:00:00Z', { units: 21 }),
      ask('consume', 'email', '2026-02-28T10:00:00Z', { units: 1 }),
    ),
  ).toEqual([
    '{"ok":true}',
    'allow 1 null –',
    'allow 0 null –',
    'deny 0 quota 2026-03-31T21:00',
    'allow null null –',
    'deny null hours 2026-03-09T06:00',
    'deny null not-covered –',
    'deny null not-started 2025-12-31T21:00',
    'allow 2 null –',
    'deny null expired –',
    'allow 0 null –',
    'deny 0 quota –',
    'deny 0 quota 2026-02-28T21:00',
  ])
})

test('reservations', () => {
  expect(
    play(
      contract,
      ask('reserve', 'visit', '2026-03-02T09:00:00Z', { id: 'r1', ttl: 'PT15M', units: 2 }),
      ask('status', 'visit', '2026-03-02T09:10:00Z'),
      ask('status', 'visit', '2026-03-02T09:15:00Z'),
      ask('reserve', 'visit', '2026-03-02T09:00:00Z', { id: 'r1', ttl: 'PT15M', units: 2 }),
      ask('reserve', 'visit', '2026-03-02T09:00:00Z', { id: 'r1', ttl: 'PT15M', units: 1 }),
      { op: 'commit', id: 'r1', customer: 'c1', at: '2026-03-02T09:05:00Z' },
      ask('status', 'visit', '2026-03-02T09:15:00Z'),
      { op: 'release', id: 'r1', customer: 'c1', at: '2026-03-02T09:05:00Z' },
      ask('status', 'visit', '2026-03-02T09:15:00Z'),
    ),
  ).toEqual([
    '{"ok":true}',
    'allow 0 null –',
    'deny 0 quota 2026-03-02T09:15',
    'allow 2 null –',
    'allow 0 null –',
    '{"error":{"code":"id-reused","message":"the id \\"r1\\" was given to another line","path":"id"}}',
    'allow 0 null –',
    'deny 0 quota 2026-03-31T21:00',
    'allow 2 null –',
    'allow 2 null –',
  ])
})

test('why', () => {
  const state = createState(table)
  step(table, state, contract as Command, [])
  const { ledger } = stepExplained(table, state, ask('consume', 'email', '2026-02-10T09:00:00Z') as Command)
  expect(ledger?.entries.map(({ label, amount }) => [label, amount])).toEqual([
    ['Standard covers email', 1],
    ['15 a month, 5 carried over', 20],
  ])
})
