import { expect, test } from 'vitest'
import {
  type Command,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  step,
} from '../src/index.js'

const run = (definition: Definition, commands: readonly Command[]): readonly Effect[] => {
  const table = compileOrThrow(definition)
  const state = createState(table, { lateness: Number.POSITIVE_INFINITY })
  const out: Effect[] = []
  for (const command of commands) step(table, state, command, out)
  return out
}

const policy: Definition = {
  missingZone: 'deny',
  holidays: ['2026-05-01'],
  caps: [
    {
      id: 'sms-day',
      label: 'One SMS a day',
      when: { fact: 'channel', eq: 'sms' },
      limit: 1,
      window: { calendar: 'day', zone: 'recipient' },
      per: ['recipient'],
    },
  ],
  quiet: [
    {
      id: 'night',
      label: 'Night',
      zone: 'recipient',
      periods: [
        { days: ['mon', 'tue', 'wed', 'thu', 'fri'], notOn: ['holiday'], between: '22:00-08:00' },
        { days: ['sat', 'sun', 'holiday'], between: '20:00-09:00' },
      ],
    },
  ],
  coolDowns: [
    {
      id: 'after-talk',
      label: 'A week after a talk',
      after: { fact: 'conversation', eq: true },
      blocks: { fact: 'channel', eq: 'call' },
      window: { civilDays: 7, zone: 'recipient' },
      per: ['recipient', 'debt'],
    },
  ],
  consent: [
    {
      id: 'ads',
      label: 'Advertising needs consent',
      when: { fact: 'category', eq: 'marketing' },
      requires: 'opt-in',
    },
  ],
}
const recipient = { id: 'anna', zone: 'Europe/Moscow' }

test('the policy of the contract', () => {
  const sms = { channel: 'sms' }
  expect(
    run(policy, [
      { op: 'attempt', recipient, at: '2026-03-02T09:00:00Z', facts: sms },
      { op: 'attempt', recipient, at: '2026-03-02T10:00:00Z', facts: sms },
      { op: 'check', recipient, at: '2026-03-02T19:30:00Z', facts: { channel: 'email' } },
      {
        op: 'check',
        recipient,
        at: '2026-03-03T09:00:00Z',
        facts: { channel: 'email', category: 'marketing' },
      },
      {
        op: 'record',
        recipient,
        at: '2026-03-03T09:00:00Z',
        facts: { channel: 'call', conversation: true, debt: 'd1' },
      },
      { op: 'check', recipient, at: '2026-03-04T09:00:00Z', facts: { channel: 'call', debt: 'd1' } },
      { op: 'check', recipient: 'nobody', at: '2026-03-04T09:00:00Z', facts: {} },
    ]),
  ).toEqual([
    { verdict: 'allow', rules: [], nextAllowedAt: Date.parse('2026-03-02T09:00:00Z') },
    { verdict: 'deny', rules: ['sms-day'], nextAllowedAt: Date.parse('2026-03-03T05:00:00Z') },
    { verdict: 'defer', rules: ['night'], nextAllowedAt: Date.parse('2026-03-03T05:00:00Z') },
    { verdict: 'deny', rules: ['ads'], nextAllowedAt: null },
    { ok: true },
    { verdict: 'deny', rules: ['after-talk'], nextAllowedAt: Date.parse('2026-03-10T05:00:00Z') },
    { verdict: 'deny', rules: ['night'], nextAllowedAt: null },
  ])
})
