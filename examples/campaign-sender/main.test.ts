// A day of the sender: what waits for the morning, what gives way, what the gateway refuses, what a complaint stops.

import { HOUR } from '@clientele/core'
import { expect, test } from 'vitest'
import { example, Sender } from './main.js'

test('every message goes when it may, and no more of them than may', () => {
  expect(example().join('\n')).toMatchInlineSnapshot(`
    "2026-03-02T09:00:00Z anna survey: gives way to the others
    2026-03-02T09:00:00Z clara sale: not as things stand (ads-consent)
    2026-03-02T09:00:00Z dmitri sale: waits for 2026-03-02T21:00:00Z (night)
    2026-03-02T09:00:00Z anna sale: the gateway refused, again in an hour
    2026-03-02T09:00:00Z anna news: sent
    2026-03-02T09:00:00Z anna parcel: sent
    2026-03-02T09:00:00Z boris sale: sent
    2026-03-02T10:00:00Z anna sale: sent
    2026-03-02T21:00:00Z dmitri sale: deny (after-complaint)"
  `)
})

const NOON = Date.UTC(2026, 2, 2, 9)
const ANNA = { id: 'anna', zone: 'Europe/Moscow' }
const SMS = { channel: 'sms', category: 'service' }

test('what the gateway never takes leaves no trace: the day is free for another', () => {
  const sender = new Sender(() => 'refused')
  sender.plan({ customer: ANNA, campaigns: [{ id: 'notice', priority: 0, facts: SMS }] }, NOON)
  expect(sender.send(NOON + 6 * HOUR).at(-1)).toContain('given up')
  expect(sender.tell({ op: 'check', recipient: ANNA, at: NOON + 6 * HOUR, facts: SMS })).toMatchObject({
    verdict: 'allow',
  })
})

test('a crash between reserve and commit frees the place after ten minutes', () => {
  const sender = new Sender(() => {
    throw new Error('the machine went down')
  })
  sender.plan({ customer: ANNA, campaigns: [{ id: 'notice', priority: 0, facts: SMS }] }, NOON)
  expect(() => sender.send(NOON)).toThrow('went down')
  const ask = (at: number) => sender.tell({ op: 'check', recipient: ANNA, at, facts: SMS })
  expect(ask(NOON + HOUR / 12)).toMatchObject({ verdict: 'deny', rules: ['sms-day'] })
  expect(ask(NOON + HOUR / 6)).toMatchObject({ verdict: 'allow' })
})
