// The demo's messages: the policy is kept, and its own lines give its answers through `contact run`.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foldAmounts, type Ledger, toLocal, zoneOf } from '@clientele/core'
import { beforeAll, expect, test } from 'vitest'
import { folder, type Ran, run } from './run.js'

interface Message {
  readonly id: string
  readonly kind: string
  readonly channel: string
  readonly customer: string
  readonly zone: string
  readonly wishedAt: string
  readonly at: string
  readonly fate: string
  readonly deferredBy?: readonly string[]
  readonly deniedBy?: readonly string[]
  readonly ledger?: Ledger
}

const cwd = folder()
let ran: Ran
let messages: readonly Message[]

beforeAll(async () => {
  ran = await run('demo --tickets 600 --seed 5 --out desk', { cwd })
  messages = readFileSync(join(cwd, 'desk/messages.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Message)
})

const DAY = 86_400_000
/** The wall clock of the customer, as milliseconds of its own. */
const wall = ({ zone, at }: Message): number => toLocal(zoneOf(zone)!, Date.parse(at))
const sent = (): readonly Message[] => messages.filter(({ fate }) => fate === 'at once' || fate === 'later')
const byCustomer = (list: readonly Message[]): readonly (readonly Message[])[] =>
  [...new Set(list.map(({ customer }) => customer))].map((customer) =>
    list.filter((message) => message.customer === customer),
  )

test('every kind of end is there, and the terminal tells the sums', () => {
  expect(new Set(messages.map(({ fate }) => fate))).toEqual(new Set(['at once', 'later', 'denied']))
  expect(ran.stdout).toContain('Messages after tickets')
  expect(ran.stdout).toContain('One survey in two weeks')
})

test('its own lines give its answers through `contact run`', async () => {
  const { answers, code } = await run('contact run desk/contact-policy.json --in desk/contact-lines.ndjson', {
    cwd,
  })
  expect(code).toBe(0)
  const count = (verdict: string): number => answers.filter((answer) => answer['verdict'] === verdict).length
  expect(count('allow')).toBe(sent().length)
  expect(count('deny')).toBe(messages.filter(({ fate }) => fate === 'denied').length)
  expect(count('defer')).toBe(messages.filter(({ deferredBy }) => deferredBy !== undefined).length)
})

test('no customer gets more than two messages on a date, nor two surveys in fourteen', () => {
  for (const own of byCustomer(sent())) {
    const dates = own.map((message) => Math.floor(wall(message) / DAY))
    expect(dates.every((date) => dates.filter((other) => other === date).length <= 2)).toBe(true)
  }
  for (const own of byCustomer(sent().filter(({ kind }) => kind === 'survey'))) {
    const dates = own.map((message) => Math.floor(wall(message) / DAY)).sort((a, b) => a - b)
    expect(dates.every((date, i) => i === 0 || date - dates[i - 1]! >= 14)).toBe(true)
  }
})

test('nothing but mailed notices goes out at night', () => {
  for (const message of sent()) {
    if (message.kind === 'notice' && message.channel === 'email') continue
    const hour = (wall(message) % DAY) / 3_600_000
    expect(hour).toBeGreaterThanOrEqual(8)
    expect(hour).toBeLessThan(21)
  }
})

test('what was put off or denied has a ledger that folds to nothing', () => {
  for (const { fate, ledger } of messages) {
    expect(ledger === undefined).toBe(fate === 'at once')
    if (ledger === undefined) continue
    expect(
      foldAmounts(
        ledger.fold,
        ledger.entries.map(({ amount }) => amount),
      ),
    ).toBe(ledger.total)
    expect(ledger.total).toBe(0)
  }
})
