// Workers that share one key, interleaved at every message: what they are told one after another must add up to a ledger
// that was never above a cap and never lost a place.

import type { RecentDemand, TouchAnswer, TouchDemand, TouchLedger, TouchOperation } from '@clientele/core'
import fc from 'fast-check'
import { expectSame, type Law, law } from './contract.js'
import { runs } from './runs.js'

const START = Date.UTC(2026, 2, 1)
const MOST = 100_000

/** What one worker does: takes, or reserves and then settles, gives back, or is never heard of again. */
interface Work {
  readonly fate: 'take' | 'commit' | 'release' | 'commit and release' | 'abandon'
  /** Sends its first message twice at once, as after a lost answer. */
  readonly twice: boolean
  readonly weight: number
  /** Seconds its reservation holds. */
  readonly ttl: number
  /** Seconds it waits before it settles what it reserved. */
  readonly pause: number
  /** Seconds by which its clock is behind. */
  readonly behind: number
}

interface Rules {
  readonly limit: number
  /** Seconds of the rolling window. */
  readonly window: number
  /** A longer window on the same slot. */
  readonly longLimit: number
  readonly quota: number
}

/** Where a worker's places stand by what it was told in the end; at `undefined` when it holds none. */
interface Told {
  readonly id: string
  readonly weight: number
  readonly at: number | undefined
}

/** How many times longer the long window is. */
const LONG = 10

const demandsOf = (rules: Rules, at: number, weight: number): readonly TouchDemand[] => {
  const keep = at - (rules.window * LONG + 600) * 1000
  const ring = (seconds: number, limit: number, takes: number): RecentDemand => ({
    kind: 'recent',
    slot: 'ring',
    asks: weight,
    takes,
    limit,
    since: at - (seconds - 1) * 1000,
    through: Number.POSITIVE_INFINITY,
    heldSince: Number.NEGATIVE_INFINITY,
    keep,
  })
  return [
    ring(rules.window, rules.limit, weight),
    ring(rules.window * LONG, rules.longLimit, 0),
    {
      kind: 'count',
      slot: 'quota',
      period: 0,
      asks: weight,
      takes: weight,
      limit: rules.quota,
      earlier: [],
      keep: 0,
    },
  ]
}

const expectWithin = (told: readonly Told[], seconds: number, limit: number): void => {
  for (const { at: end } of told) {
    if (end === undefined) continue
    const inside = told.filter(({ at }) => at !== undefined && at <= end && at > end - seconds * 1000)
    const places = inside.reduce((total, { weight }) => total + weight, 0)
    if (places > limit)
      throw new Error(`${places} places within ${seconds} seconds, where there are ${limit}`)
  }
}

/** Runs the workers under a scheduler: messages arrive, and answers come back, in the order it says. */
const worked = (
  ledger: TouchLedger,
  key: string,
  rules: Rules,
  works: readonly Work[],
  scheduler: fc.Scheduler,
): Promise<readonly Told[]> => {
  let now = START
  let latest = START
  const send = async (operation: Exclude<TouchOperation, { kind: 'erase' }>): Promise<TouchAnswer> => {
    await scheduler.schedule(Promise.resolve(), 'there')
    now += 1000
    latest = Math.max(latest, operation.at)
    const [answer] = await ledger.apply([operation])
    await scheduler.schedule(Promise.resolve(), 'back')
    if (answer === undefined) throw new Error('no answer')
    return answer
  }
  const work = async ({ fate, twice, weight, ttl, pause, behind }: Work, i: number): Promise<Told> => {
    const id = `touch ${i}`
    const clock = (): number => Math.max(START, now - behind * 1000)
    // who begins late asks later
    await scheduler.schedule(Promise.resolve(), 'begins')
    const at = clock()
    const until = at + ttl * 1000
    const touch = { id, content: 'same', keep: START - 1e6 }
    const asked = { key, at, demands: demandsOf(rules, at, weight), touch }
    const first =
      fate === 'take'
        ? ({ ...asked, kind: 'take' } as const)
        : ({ ...asked, kind: 'reserve', until } as const)
    /** A reservation is there until somebody has come at its time-out. */
    const gone = ({ status }: TouchAnswer): boolean => {
      if (status === 'gone' && latest < until) throw new Error(`${id} is gone before its time-out`)
      return status === 'gone'
    }
    const answers = await Promise.all(twice ? [send(first), send(first)] : [send(first)])
    const given = answers.filter((answer) => !gone(answer))
    for (const answer of given) expectSame(answer, given[0], 'the answer to a repeat')
    const none: Told = { id, weight, at: undefined }
    if (given[0]?.status !== 'admitted' || fate === 'abandon') return none
    if (fate === 'take') return { ...none, at }
    now += pause * 1000
    if (fate !== 'release') {
      const committed = await send({ kind: 'commit', key, id, at: clock() })
      if (gone(committed)) return none
      if (committed.status !== 'committed') throw new Error(`a commit was ${committed.status}`)
      if (fate === 'commit') return { ...none, at: committed.at }
    }
    const released = await send({ kind: 'release', key, id, at: clock() })
    if (!gone(released)) expectSame(released.status, 'released', 'a release')
    // what was committed can no longer lapse
    else if (fate === 'commit and release') throw new Error(`${id} was committed and could not be released`)
    return none
  }
  return scheduler.waitFor(Promise.all(works.map(work)))
}

const numberTaken = async (ledger: TouchLedger, key: string, at: number): Promise<readonly number[]> => {
  const [demand, , count] = demandsOf({ limit: 0, window: 1, longLimit: 0, quota: 0 }, at, 0)
  if (demand?.kind !== 'recent' || count === undefined) throw new Error('no demands')
  const all = { ...demand, since: 0 }
  const [found] = await ledger.apply([{ kind: 'check', key, at, demands: [all, count] }])
  if (found?.status !== 'admitted') throw new Error(`a check that asks nothing was ${found?.status}`)
  return found.demands.map(({ used }) => used)
}

const checkSchedule = async (
  ledger: TouchLedger,
  key: string,
  rules: Rules,
  works: readonly Work[],
  scheduler: fc.Scheduler,
): Promise<void> => {
  const told = await worked(ledger, key, rules, works, scheduler)
  // never above a cap
  expectWithin(told, rules.window, rules.limit)
  expectWithin(told, rules.window * LONG, rules.longLimit)
  const standing = told.filter(({ at }) => at !== undefined)
  const places = standing.reduce((total, { weight }) => total + weight, 0)
  if (places > rules.quota) throw new Error(`${places} units of a quota of ${rules.quota}`)
  // never a place lost, nor one kept: open reservations lapse, then what stands is what was told
  const end = START + 10_000_000
  expectSame(await numberTaken(ledger, key, end), [places, places], 'places and units that stand')
  for (const { id } of standing) {
    const [released] = await ledger.apply([{ kind: 'release', key, id, at: end }])
    expectSame(released?.status, 'released', `the release of ${id}`)
  }
  expectSame(await numberTaken(ledger, key, end), [0, 0], 'places and units when all is given back')
}

const work: fc.Arbitrary<Work> = fc.record({
  fate: fc.constantFrom('take', 'commit', 'commit', 'release', 'commit and release', 'abandon'),
  twice: fc.constantFrom(false, false, true),
  weight: fc.constantFrom(1, 1, 1, 2),
  ttl: fc.constantFrom(1, 3, 6, 1000),
  pause: fc.constantFrom(0, 0, 1, 2, 9),
  behind: fc.constantFrom(0, 0, 1, 5),
})

const rules: fc.Arbitrary<Rules> = fc.record({
  limit: fc.integer({ min: 1, max: 3 }),
  window: fc.constantFrom(2, 5, 100),
  longLimit: fc.integer({ min: 1, max: 8 }),
  quota: fc.integer({ min: 1, max: 6 }),
})

/** The laws of many workers at once. */
export const scheduleLaws: readonly Law<TouchLedger>[] = [
  law('whatever the order of messages, never one above a cap and never a place lost', async (ledger) => {
    let number = 0
    await fc.assert(
      fc.asyncProperty(
        rules,
        fc.array(work, { minLength: 2, maxLength: 6 }),
        fc.scheduler(),
        async (rules, works, scheduler) => {
          const key = `schedule ${number++}`
          await checkSchedule(ledger, key, rules, works, scheduler)
          await ledger.apply([{ kind: 'erase', key }])
        },
      ),
      { numRuns: runs(MOST) },
    )
  }),
]
