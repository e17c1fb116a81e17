// The doors of shared mode: what it refuses to hold, what is wrong with a question, erasure, batches, round trips.

import { orThrow, type TouchLedger, type TouchOperation } from '@clientele/core'
import { manualClock, memoryTouchLedger } from '@clientele/core/memory'
import { expect, test } from 'vitest'
import {
  type Consent,
  compileOrThrow,
  createState,
  noConsents,
  open,
  type Ports,
  type Service,
  sharedMessage,
  step,
} from '../src/index.js'
import type { Definition, Effect, Facts } from '../src/model.js'

const NOW = Date.UTC(2026, 2, 2, 12)
const HOUR = 3_600_000

const day = { id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } } as const
const home = { ...day, id: 'home', per: ['household'], limit: 2 } as const

/** A ledger that writes down what it was told. */
const watched = (
  ledger = memoryTouchLedger(),
): TouchLedger & { readonly calls: (readonly TouchOperation[])[] } => {
  const calls: (readonly TouchOperation[])[] = []
  return {
    calls,
    apply: async (operations) => {
      calls.push(operations)
      return ledger.apply(operations)
    },
  }
}

const opened = (definition: Definition, ports: Partial<Ports> = {}): Service =>
  orThrow(
    open(compileOrThrow(definition), {
      ledger: memoryTouchLedger(),
      clock: manualClock(NOW),
      consents: noConsents,
      ...ports,
    }),
    'The policy',
    sharedMessage,
  )

const ALLOW = { verdict: 'allow', rules: [], nextAllowedAt: NOW }

test('a policy that the ledger cannot hold is refused, rule by rule', () => {
  const table = compileOrThrow({
    caps: [day, { ...day, id: 'promo', tags: 'current' }],
    consent: [{ id: 'ads', label: 'Ads', requires: 'opt-in' }],
    exempt: [{ id: 'asked', since: { fact: 'event', eq: 'consent' }, from: ['caps'], uncounted: true }],
  })
  const ports = { ledger: memoryTouchLedger(), clock: manualClock(NOW), consents: noConsents }
  const result = open(table, ports)
  const issues = result._tag === 'Left' ? result.left : []
  expect(issues.map(({ code, path, rule }) => [code, path, rule])).toEqual([
    ['current-tags', 'caps[1]', 'promo'],
    ['uncounted-exemption', 'exempt[0]', 'asked'],
    ['no-consents', 'consent[0]', 'ads'],
  ])
  for (const issue of issues) expect(sharedMessage(issue)).toContain(`"${issue.rule}"`)
})

test('what lies ahead of the clock is refused, except to a question', async () => {
  const ledger = watched()
  const service = opened({ caps: [day] }, { ledger })
  const later = { recipient: 'anna', at: NOW + HOUR, touchId: 'm1', ttl: 'PT1M' }
  for (const op of ['attempt', 'reserve', 'commit', 'release', 'record'] as const)
    expect(await service[op]([later])).toMatchObject([{ error: { code: 'from-the-future', path: 'at' } }])
  expect(ledger.calls).toEqual([])
  expect(await service.check([later])).toEqual([{ ...ALLOW, nextAllowedAt: NOW + HOUR }])
  expect(await service.record([{ ...later, at: NOW + 60_000 }])).toEqual([{ ok: true }])
})

test('a question that is none is answered with what is wrong, and the others of its batch go on', async () => {
  const service = opened({ caps: [day] })
  const bad = [
    null,
    7,
    {},
    { recipient: '' },
    { recipient: 'anna', at: 'noon' },
    { recipient: { id: 'a', zone: 'x' } },
  ]
  const effects = await service.attempt([...(bad as never[]), { recipient: 'anna' }])
  for (const effect of effects.slice(0, -1)) expect(effect).toHaveProperty('error')
  expect(effects.at(-1)).toEqual(ALLOW)
  expect(await service.reserve([{ recipient: 'anna', ttl: 'PT1M' }])).toMatchObject([
    { error: { path: 'touchId' } },
  ])
  expect(await service.reserve([{ recipient: 'anna', touchId: 'x' }])).toMatchObject([
    { error: { path: 'ttl' } },
  ])
  expect(await service.erase([null as never])).toMatchObject([{ error: { path: 'recipient' } }])
})

test('a repeat is harmless, and an id of another touch is refused', async () => {
  const service = opened({ caps: [{ ...day, limit: 2 }] })
  const touch = { recipient: 'anna', touchId: 'm1', facts: { channel: 'sms' } }
  expect(await service.attempt([touch, touch])).toEqual([ALLOW, ALLOW])
  expect(await service.attempt([{ ...touch, facts: {} }])).toMatchObject([{ error: { code: 'id-reused' } }])
  expect(await service.record([{ ...touch, facts: {} }])).toMatchObject([{ error: { code: 'id-reused' } }])
  expect(await service.attempt([{ recipient: 'anna' }, { recipient: 'anna' }])).toMatchObject([
    ALLOW,
    { verdict: 'deny', rules: ['day'] },
  ])
  expect(await service.release([touch])).toEqual([{ ok: true }])
  expect(await service.attempt([touch])).toMatchObject([{ error: { code: 'reservation-gone' } }])
})

test('an id that was refused stays refused', async () => {
  const clock = manualClock(NOW)
  const quiet = [{ id: 'noon', label: 'Noon', zone: 'UTC', periods: [{ between: '12:00-13:00' }] }]
  const service = opened({ quiet, caps: [day] }, { clock })
  const touch = { recipient: 'anna', touchId: 'm1' }
  expect(await service.attempt([touch])).toEqual([
    { verdict: 'defer', rules: ['noon'], nextAllowedAt: NOW + HOUR },
  ])
  clock.advance(HOUR)
  expect(await service.attempt([touch])).toMatchObject([{ error: { code: 'refused-before' } }])
  expect(await service.attempt([{ ...touch, touchId: 'm2' }])).toMatchObject([{ verdict: 'allow' }])
})

test('consent is heard when a place is taken, and again when it is kept', async () => {
  const words: Consent[] = [{ at: 0, basis: 'opt-in', channel: 'sms' }]
  const consents = { read: async (ids: readonly string[]) => ids.map((id) => (id === 'anna' ? words : [])) }
  const ads = { id: 'ads', label: 'Ads', requires: 'opt-in' } as const
  const service = opened({ caps: [day], consent: [ads] }, { consents })
  const touch = { recipient: 'anna', touchId: 'm1', facts: { channel: 'sms' }, ttl: 'PT1H' }
  expect(await service.reserve([touch, { ...touch, recipient: 'boris' }])).toEqual([
    ALLOW,
    { verdict: 'deny', rules: ['ads'], nextAllowedAt: null },
  ])
  words.push({ at: NOW, basis: 'opt-out' })
  expect(await service.commit([touch])).toEqual([
    { ok: false, verdict: 'deny', rules: ['ads'], nextAllowedAt: null },
  ])
  words.pop()
  expect(await service.commit([touch])).toEqual([{ ok: true, ...ALLOW }])
})

const asked: Definition = {
  caps: [day],
  exempt: [
    {
      id: 'asked',
      since: { fact: 'event', eq: 'consent' },
      until: { fact: 'conversation', eq: true },
      window: { rolling: 'P7D' },
      from: ['caps'],
    },
  ],
}

test('an exemption holds from the touch that begins it to the one that ends it', async () => {
  const clock = manualClock(NOW)
  const service = opened(asked, { clock })
  const anna = { recipient: 'anna' }
  const verdicts: unknown[] = []
  const attempt = async (): Promise<void> => {
    clock.advance(HOUR)
    for (const effect of await service.attempt([anna])) verdicts.push('verdict' in effect && effect.verdict)
  }
  await attempt()
  await attempt()
  await service.record([{ ...anna, facts: { event: 'consent' } }])
  await attempt()
  await attempt()
  clock.advance(HOUR)
  await service.record([{ ...anna, facts: { event: 'talk', conversation: true } }])
  await attempt()
  expect(verdicts).toEqual(['allow', 'deny', 'allow', 'allow', 'deny'])
  expect(await service.check([anna])).toEqual([
    { verdict: 'deny', rules: ['day'], nextAllowedAt: NOW + 28 * HOUR },
  ])
})

test('an exemption that ends while it is asked about does not hold', async () => {
  const memory = memoryTouchLedger()
  const clock = manualClock(NOW)
  const other = opened(asked, { clock, ledger: memory })
  const talk = { recipient: 'anna', at: NOW + 1_000, facts: { event: 'talk', conversation: true } }
  let ends = false
  const ledger: TouchLedger = {
    apply: async (operations) => {
      const answers = await memory.apply(operations)
      if (ends && operations[0]?.kind === 'check') {
        ends = false
        await other.record([talk])
      }
      return answers
    },
  }
  const service = opened(asked, { clock, ledger })
  await service.attempt([{ recipient: 'anna' }])
  await service.record([{ recipient: 'anna', facts: { event: 'consent' } }])
  clock.advance(2_000)
  ends = true
  expect(await service.attempt([{ recipient: 'anna' }])).toEqual([
    { verdict: 'deny', rules: ['day'], nextAllowedAt: NOW + 24 * HOUR },
  ])
})

/** What `step` answers to the last of some commands, and what shared mode does. */
const bothAnswers = async (definition: Definition, told: readonly Told[]): Promise<readonly unknown[]> => {
  const table = compileOrThrow(definition)
  const state = createState(table, { lateness: Number.POSITIVE_INFINITY })
  const out: Effect[] = []
  for (const command of told) step(table, state, command, out)
  const clock = manualClock(0)
  const service = opened(definition, { clock })
  const effects: Effect[] = []
  for (const { op, ...asking } of told) {
    clock.set(asking.at)
    effects.push(...(await service[op]([asking])))
  }
  expect(effects).toEqual(out)
  return effects
}

type Told = { readonly recipient: string; readonly at: number; readonly facts?: Facts } & (
  | { readonly op: 'record' | 'check' | 'attempt'; readonly touchId?: string }
  | { readonly op: 'reserve'; readonly touchId: string; readonly ttl: number }
)

test('a day that comes twice brings its touches again', async () => {
  // clocks in St. John's went from 00:01 back to 23:01, while it is quiet
  const definition: Definition = {
    caps: [{ ...day, window: { calendar: 'day', zone: 'America/St_Johns' } }],
    quiet: [{ id: 'pause', label: 'Pause', zone: 'UTC', periods: [{ between: '02:30-02:45' }] }],
  }
  const [, answer] = await bothAnswers(definition, [
    { op: 'record', recipient: 'anna', at: Date.UTC(2010, 10, 6, 15) },
    { op: 'check', recipient: 'anna', at: Date.UTC(2010, 10, 7, 2, 30, 30) },
  ])
  expect(answer).toEqual({ verdict: 'defer', rules: ['pause'], nextAllowedAt: Date.UTC(2010, 10, 7, 3, 30) })
})

test('a rule that an exemption passes over now is asked again once it has ended', async () => {
  const definition: Definition = {
    caps: [{ ...day, window: { rolling: 'P7D' } }],
    quiet: [{ id: 'pause', label: 'Pause', zone: 'UTC', periods: [{ between: '12:00-18:00' }] }],
    exempt: [{ since: { fact: 'event', eq: 'consent' }, window: { rolling: 'PT4H' }, from: ['caps'] }],
  }
  const [, , answer] = await bothAnswers(definition, [
    { op: 'record', recipient: 'anna', at: NOW - HOUR },
    { op: 'record', recipient: 'anna', at: NOW, facts: { event: 'consent' } },
    { op: 'attempt', recipient: 'anna', at: NOW + HOUR, touchId: 'm1' },
  ])
  expect(answer).toEqual({
    verdict: 'defer',
    rules: ['pause'],
    nextAllowedAt: NOW + 7 * 24 * HOUR - HOUR,
  })
})

test('an exemption holds again when the reservation that ended it lapses', async () => {
  const [, , , answer] = await bothAnswers(asked, [
    { op: 'record', recipient: 'anna', at: NOW },
    { op: 'record', recipient: 'anna', at: NOW + HOUR, facts: { event: 'consent' } },
    {
      op: 'reserve',
      recipient: 'anna',
      at: NOW + 2 * HOUR,
      facts: { conversation: true },
      touchId: 'talk',
      ttl: 2 * HOUR,
    },
    { op: 'check', recipient: 'anna', at: NOW + 3 * HOUR },
  ])
  expect(answer).toEqual({ verdict: 'deny', rules: ['day'], nextAllowedAt: NOW + 4 * HOUR })
})

test('a touch may be under the exemption that it ends', async () => {
  const facts = { household: 'h1' }
  const definition: Definition = {
    ...asked,
    exempt: asked.exempt!.map((each) => ({ ...each, per: ['household'] })),
  }
  const [, , third, fourth] = await bothAnswers(definition, [
    { op: 'record', recipient: 'anna', at: NOW },
    { op: 'record', recipient: 'boris', at: NOW + HOUR, facts: { ...facts, event: 'consent' } },
    {
      op: 'attempt',
      recipient: 'anna',
      at: NOW + 2 * HOUR,
      facts: { ...facts, conversation: true },
      touchId: 'a1',
    },
    { op: 'attempt', recipient: 'anna', at: NOW + 3 * HOUR, facts, touchId: 'a2' },
  ])
  expect([third, fourth]).toMatchObject([{ verdict: 'allow' }, { verdict: 'deny', rules: ['day'] }])
})

test('erasure leaves nothing of a recipient', async () => {
  const ledger = watched()
  const service = opened({ caps: [day, home] }, { ledger })
  const of = (recipient: string, touchId: string) => ({
    recipient,
    touchId,
    facts: { household: 'h1' },
    ttl: 'PT1H',
  })
  await service.record([of('anna-anna', 'one')])
  await service.reserve([of('anna-anna', 'two'), of('boris', 'three')])
  expect(await service.erase([{ recipient: 'anna-anna' }])).toEqual([{ ok: true }])
  // what was written under other keys never named her, nor her touches
  const told = ledger.calls.flat().filter(({ key }) => key !== 'r:anna-anna')
  expect(JSON.stringify(told)).not.toMatch(/anna|"one|"two/)
  expect(await service.commit([of('anna-anna', 'one')])).toMatchObject([
    { error: { code: 'reservation-gone' } },
  ])
  const [, erased, anew] = [
    ledger.calls.length,
    await service.check([{ recipient: 'anna-anna' }]),
    await service.attempt([{ recipient: 'anna-anna', touchId: 'one' }]),
  ]
  expect([erased, anew]).toEqual([[ALLOW], [ALLOW]])
})

test('a decision of one key is one call, and so is a batch of them', async () => {
  const ledger = watched()
  const service = opened(
    { caps: [day, { ...day, id: 'week', limit: 3, window: { civilDays: 7, zone: 'UTC' } }] },
    { ledger },
  )
  const rounds = async (what: Promise<unknown>): Promise<number> => {
    const before = ledger.calls.length
    await what
    return ledger.calls.length - before
  }
  const touch = { recipient: 'anna', touchId: 'm1', ttl: 'PT1H' }
  expect(await rounds(service.reserve([touch]))).toBe(1)
  expect(await rounds(service.commit([touch]))).toBe(1)
  expect(await rounds(service.attempt([{ recipient: 'anna' }]))).toBe(1)
  expect(await rounds(service.check([touch]))).toBe(1)
  expect(await rounds(service.release([touch]))).toBe(1)
  expect(await rounds(service.attempt([1, 2, 3].map((i) => ({ recipient: `r${i}` }))))).toBe(1)
})

test('with a household a decision is one call a key, and one more to keep, or to give back', async () => {
  const ledger = watched()
  const service = opened({ caps: [day, home] }, { ledger })
  const kinds = async (what: Promise<unknown>): Promise<string> => {
    const before = ledger.calls.length
    await what
    return ledger.calls
      .slice(before)
      .map((call) => call.map(({ kind }) => kind).join('+'))
      .join(' ')
  }
  const touch = { recipient: 'anna', touchId: 'm1', ttl: 'PT1H', facts: { household: 'h1' } }
  expect(await kinds(service.reserve([touch]))).toBe('reserve reserve')
  expect(await kinds(service.commit([touch]))).toBe('commit+commit')
  expect(await kinds(service.attempt([{ ...touch, touchId: 'm2' }]))).toBe('reserve reserve release')
  expect(await kinds(service.attempt([{ ...touch, recipient: 'boris' }]))).toBe(
    'reserve reserve commit+commit',
  )
  expect(await service.attempt([{ recipient: 'boris', facts: { household: 'h1' } }])).toMatchObject([
    { error: { code: 'missing-key', path: 'touchId' } },
  ])
})

test('when the ledger fails the service does', async () => {
  const ledger: TouchLedger = { apply: () => Promise.reject(new Error('connection lost')) }
  const service = opened({ caps: [day] }, { ledger })
  await expect(service.attempt([{ recipient: 'anna' }])).rejects.toThrow('connection lost')
  const consents = { read: () => Promise.reject(new Error('no consents')) }
  const ads = { id: 'ads', label: 'Ads', requires: 'opt-in' } as const
  const calls = watched()
  const asking = opened({ caps: [day], consent: [ads] }, { ledger: calls, consents })
  await expect(asking.attempt([{ recipient: 'anna' }])).rejects.toThrow('no consents')
  expect(calls.calls).toEqual([])
})

test('a source that loses a word is an error', async () => {
  const ads = { id: 'ads', label: 'Ads', requires: 'no-opt-out' } as const
  const told = async (lists: readonly (readonly Consent[])[]): Promise<unknown> =>
    opened({ consent: [ads] }, { consents: { read: async () => lists } }).check([{ recipient: 'anna' }])
  expect(await told([[]])).toEqual([ALLOW])
  await expect(told([])).rejects.toThrow('0 lists for 1 recipients')
  await expect(told([[{ at: Number.NaN, basis: 'opt-out' }]])).rejects.toThrow('of NaN')
  await expect(told([[{ at: 0, basis: 'no' as never }]])).rejects.toThrow('says "no"')
  expect(() =>
    open(
      compileOrThrow({}),
      { ledger: memoryTouchLedger(), clock: manualClock(0), consents: noConsents },
      { tolerance: -1 },
    ),
  ).toThrow('tolerance is -1')
})
