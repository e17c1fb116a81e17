// Many workers at once, interleaved at every message: never one above a cap, of a person or of a household, and all room
// back in the end.

import { orThrow, type TouchLedger } from '@clientele/core'
import { manualClock, memoryTouchLedger } from '@clientele/core/memory'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compileOrThrow,
  noConsents,
  open,
  type Service,
  type SharedAsking,
  sharedMessage,
  type Table,
} from '../src/index.js'
import type { Definition, Effect } from '../src/model.js'

const START = Date.UTC(2026, 2, 1)
const SECOND = 1_000
/** Longer than any reservation. */
const END = START + 86_400 * SECOND

interface Rules {
  readonly person: number
  readonly home: number
  readonly seconds: number
}

const cap = (id: string, limit: number, seconds: number, per: readonly string[]) => ({
  id,
  label: id,
  limit,
  window: { rolling: seconds * SECOND },
  per,
})

/** A mail starts what blocks calls at home, and a call what blocks mails to the person: each asks where the other counts. */
const definitionOf = ({ person, home, seconds }: Rules): Definition => ({
  caps: [cap('person', person, seconds, ['recipient']), cap('home', home, seconds, ['household'])],
  coolDowns: [
    {
      id: 'after-mail',
      label: 'No call after a mail to the house',
      after: { fact: 'channel', eq: 'mail' },
      blocks: { fact: 'channel', eq: 'call' },
      window: { rolling: seconds * SECOND },
      per: ['household'],
    },
    {
      id: 'after-call',
      label: 'No mail after a call to the person',
      after: { fact: 'channel', eq: 'call' },
      blocks: { fact: 'channel', eq: 'mail' },
      window: { rolling: seconds * SECOND },
    },
  ],
})

const tables = new Map<string, Table>()
const policyOf = (rules: Rules): Table => {
  const key = JSON.stringify(rules)
  const table = tables.get(key) ?? compileOrThrow(definitionOf(rules))
  tables.set(key, table)
  return table
}
/** Refuses as long as anything is left. */
const SHUT: Rules = { person: 1, home: 1, seconds: 90_000 }

interface Work {
  readonly recipient: 'anna' | 'boris'
  readonly channel: 'mail' | 'call' | 'text'
  readonly fate: 'attempt' | 'commit' | 'release' | 'commit and release' | 'abandon'
  readonly ttl: number
  readonly pause: number
}

const work: fc.Arbitrary<Work> = fc.record({
  recipient: fc.constantFrom('anna', 'anna', 'boris'),
  channel: fc.constantFrom('mail', 'call', 'text'),
  fate: fc.constantFrom('attempt', 'commit', 'commit', 'release', 'commit and release', 'abandon'),
  ttl: fc.constantFrom(2, 8, 1_000),
  pause: fc.constantFrom(0, 0, 1, 9),
})
const rules: fc.Arbitrary<Rules> = fc.record({
  person: fc.integer({ min: 1, max: 3 }),
  home: fc.integer({ min: 1, max: 4 }),
  seconds: fc.constantFrom(5, 60, 3_600),
})

/** A ledger whose messages arrive, and come back, when the scheduler says. */
const scheduled = (ledger: TouchLedger, scheduler: fc.Scheduler): TouchLedger => ({
  apply: async (operations) => {
    await scheduler.schedule(Promise.resolve(), 'there')
    const answers = await ledger.apply(operations)
    await scheduler.schedule(Promise.resolve(), 'back')
    return answers
  },
})

interface Sent extends Pick<Work, 'recipient' | 'channel'> {
  readonly at: number
}

const within = (sent: readonly Sent[], { at }: Sent, seconds: number): readonly Sent[] =>
  sent.filter((each) => each.at <= at && each.at > at - seconds * SECOND)

const isAllowed = (effect: Effect | undefined): boolean =>
  effect !== undefined && 'verdict' in effect && effect.verdict === 'allow'

const askingOf = ({ recipient, channel, ttl }: Work, i: number): SharedAsking => ({
  recipient,
  touchId: `touch ${i}`,
  facts: { channel, household: 'h1' },
  ttl: ttl * SECOND,
})

const HOUSE = ['mail', 'call', 'text'].flatMap((channel) =>
  ['anna', 'boris'].map((recipient) => ({ recipient, facts: { channel, household: 'h1' } })),
)

/** Runs the workers; what was sent in the end, and whether all that was taken is free again when it is given back. */
const worked = async (
  given: Rules,
  works: readonly Work[],
  scheduler: fc.Scheduler,
): Promise<readonly Sent[]> => {
  const table = policyOf(given)
  const ledger = memoryTouchLedger()
  const clock = manualClock(START)
  const ports = { clock, consents: noConsents }
  const serviceOn = (own: TouchLedger): Service =>
    orThrow(open(table, { ...ports, ledger: own }), 'The policy', sharedMessage)
  const run = async (each: Work, i: number): Promise<Sent | undefined> => {
    const service = serviceOn(scheduled(ledger, scheduler))
    const { recipient, channel, fate, pause } = each
    const asking = askingOf(each, i)
    await scheduler.schedule(Promise.resolve(), 'begins')
    clock.advance(SECOND)
    const at = clock.now()
    const [first] = fate === 'attempt' ? await service.attempt([asking]) : await service.reserve([asking])
    if (!isAllowed(first) || fate === 'abandon') return undefined
    if (fate === 'attempt') return { recipient, channel, at }
    clock.advance(pause * SECOND)
    if (fate !== 'release') {
      const [kept] = await service.commit([asking])
      if (kept !== undefined && 'error' in kept) {
        expect(kept.error.code).toBe('reservation-gone')
        return undefined
      }
      if (kept === undefined || !('verdict' in kept) || kept.nextAllowedAt === null)
        throw new Error('no commit')
      if (fate === 'commit') return { recipient, channel, at: kept.nextAllowedAt }
    }
    await service.release([asking])
    return undefined
  }
  const told = await scheduler.waitFor(Promise.all(works.map(run)))
  // everything is given back, and what was abandoned lapses: no trace of it is left
  const after = serviceOn(ledger)
  const standing = works.flatMap((each, i) => (told[i] === undefined ? [] : [askingOf(each, i)]))
  await after.release(standing)
  const all = orThrow(open(policyOf(SHUT), { ...ports, ledger }), 'The policy', sharedMessage)
  const expectRoom = async (): Promise<void> => {
    for (const effect of await all.check(HOUSE)) expect(effect).toMatchObject({ verdict: 'allow' })
  }
  // what was refused by a later key was given back at once, and does not wait for its end
  if (works.every(({ fate }) => fate !== 'abandon')) await expectRoom()
  clock.set(END)
  await expectRoom()
  return told.filter((each) => each !== undefined)
}

test('whatever the order of messages, no cap is exceeded and no room is lost', {
  timeout: runs({ test: 60_000, ci: 600_000, soak: 3_600_000 }),
}, async () => {
  let allowed = 0
  await fc.assert(
    fc.asyncProperty(
      rules,
      fc.array(work, { minLength: 2, maxLength: 6 }),
      fc.scheduler(),
      async (given, works, scheduler) => {
        const sent = await worked(given, works, scheduler)
        allowed += sent.length
        // each asks where the other counts, in another key: one of them has seen the other
        const called = (id: string): boolean =>
          sent.some((each) => each.channel === 'call' && each.recipient === id)
        if (given.seconds === 3_600)
          expect(sent.filter((each) => each.channel === 'mail' && called(each.recipient))).toEqual([])
        for (const last of sent) {
          const near = within(sent, last, given.seconds)
          expect(near.length).toBeLessThanOrEqual(given.home)
          expect(near.filter(({ recipient }) => recipient === last.recipient).length).toBeLessThanOrEqual(
            given.person,
          )
        }
      },
    ),
    { numRuns: runs(100_000) },
  )
  expect(allowed).toBeGreaterThan(100)
})

const PLAIN: Rules = { person: 1, home: 2, seconds: 60 }
const mail = (recipient: string, touchId: string, channel = 'text'): SharedAsking => ({
  recipient,
  touchId,
  facts: { channel, household: 'h1' },
})

test('a refusal by a later key gives back what the earlier ones gave', async () => {
  const ledger = memoryTouchLedger()
  const clock = manualClock(START)
  const service = orThrow(
    open(policyOf(PLAIN), { ledger, clock, consents: noConsents }),
    'The policy',
    sharedMessage,
  )
  await service.attempt([mail('anna', 'a1')])
  // the household admits and anna's own key refuses
  const [refused] = await service.attempt([mail('anna', 'a2')])
  expect(refused).toEqual({ verdict: 'deny', rules: ['person'], nextAllowedAt: START + 60 * SECOND })
  expect(await service.attempt([mail('boris', 'b1')])).toMatchObject([{ verdict: 'allow' }])
  expect(await service.attempt([mail('clara', 'c1')])).toMatchObject([{ rules: ['home'] }])
})

test('a worker that dies between two keys holds places no longer than a minute', async () => {
  const ledger = memoryTouchLedger()
  const clock = manualClock(START)
  let calls = 0
  const dying: TouchLedger = {
    apply: async (operations) => {
      if (++calls > 1) throw new Error('connection lost')
      return ledger.apply(operations)
    },
  }
  const on = (own: TouchLedger): Service =>
    orThrow(
      open(policyOf({ ...PLAIN, home: 1 }), { ledger: own, clock, consents: noConsents }),
      'The policy',
      sharedMessage,
    )
  await expect(on(dying).attempt([mail('anna', 'a1')])).rejects.toThrow('connection lost')
  const service = on(ledger)
  expect(await service.check([mail('boris', 'b1')])).toEqual([
    { verdict: 'deny', rules: ['home'], nextAllowedAt: START + 60 * SECOND },
  ])
  // the same touch again goes through: it stands in its own way nowhere
  expect(await service.attempt([mail('anna', 'a1')])).toMatchObject([{ verdict: 'allow' }])
})
