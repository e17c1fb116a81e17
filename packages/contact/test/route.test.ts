import { expect, test } from 'vitest'
import { type Command, compileOrThrow, createState, type Effect, step } from '../src/index.js'

const policy = compileOrThrow({
  caps: [
    {
      id: 'sms',
      label: 'One SMS a day',
      when: { fact: 'channel', eq: 'sms' },
      limit: 1,
      window: { rolling: 'PT24H' },
    },
    {
      id: 'mail',
      label: 'One e-mail an hour',
      when: { fact: 'channel', eq: 'email' },
      limit: 1,
      window: { rolling: 'PT1H' },
    },
  ],
})

const answers = (commands: readonly Command[]): readonly Effect[] => {
  const state = createState(policy)
  const out: Effect[] = []
  for (const command of commands) step(policy, state, command, out)
  return out
}
const route = (at: number): Command => ({ op: 'route', recipient: 'anna', at, channels: ['sms', 'email'] })

test('takes the preferred channel, then the one that is allowed, then the one allowed soonest', () => {
  const sent = (channel: string, at: number): Command => ({
    op: 'attempt',
    recipient: 'anna',
    at,
    facts: { channel },
  })
  const told = answers([
    route(0),
    { op: 'prefer', recipient: 'anna', at: 0, channels: ['push', 'email'] },
    route(1_000),
    sent('email', 2_000),
    route(3_000),
    sent('sms', 4_000),
    route(5_000),
  ])
  expect([told[0], told[2], told[4], told[6]]).toEqual([
    { verdict: 'allow', rules: [], nextAllowedAt: 0, channel: 'sms' },
    { verdict: 'allow', rules: [], nextAllowedAt: 1_000, channel: 'email' },
    { verdict: 'allow', rules: [], nextAllowedAt: 3_000, channel: 'sms' },
    { verdict: 'deny', rules: ['mail'], nextAllowedAt: 3_602_000, channel: 'email' },
  ])
})

test('no channel at all is refused', () => {
  expect(answers([{ op: 'route', recipient: 'anna', at: 0, channels: [] }])).toEqual([
    { error: { code: 'bad-value', path: 'channels', message: 'expected at least one channel' } },
  ])
})
