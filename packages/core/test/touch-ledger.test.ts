// What a caller may work out from the ledger's answers: who is refused, and when it may come again. The contract of the
// port itself is in the testkit.

import {
  checkTouchOperations,
  type Freeing,
  type RecentDemand,
  type TouchLedger,
  type TouchOperation,
} from '@clientele/core'
import { memoryTouchLedger } from '@clientele/core/memory'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const at = (second: number): number => Date.UTC(2026, 2, 1) + second * 1000
const NOW = 1_000

/** A rolling window of so many seconds. */
interface Cap {
  readonly slot: string
  readonly seconds: number
  readonly limit: number
  readonly asks: number
  /** Whether reservations count in later windows too. */
  readonly holds: boolean
}

const demandOf = ({ slot, seconds, limit, asks, holds }: Cap, second: number): RecentDemand => ({
  kind: 'recent',
  slot,
  asks,
  takes: asks,
  limit,
  since: at(second - seconds + 1),
  through: at(second),
  heldSince: holds ? Number.NEGATIVE_INFINITY : at(second - seconds + 1),
  keep: Number.NEGATIVE_INFINITY,
})

const placing = (slot: string, takes: number): RecentDemand => ({
  ...demandOf({ slot, seconds: 1, limit: 0, asks: 0, holds: false }, 0),
  takes,
})

const slot = fc.constantFrom('day', 'week')
const cap: fc.Arbitrary<Cap> = fc.record({
  slot,
  seconds: fc.integer({ min: 1, max: 120 }),
  limit: fc.integer({ min: 0, max: 8 }),
  asks: fc.integer({ min: 1, max: 3 }),
  holds: fc.boolean(),
})

/** What was done before `NOW`. */
const history: fc.Arbitrary<readonly TouchOperation[]> = fc
  .array(
    fc.record({
      slot,
      second: fc.integer({ min: NOW - 130, max: NOW }),
      takes: fc.integer({ min: 1, max: 3 }),
      ttl: fc.oneof(fc.constant(0), fc.integer({ min: 131, max: 260 })),
    }),
    { maxLength: 10 },
  )
  .map((touches) =>
    touches.map(({ slot, second, takes, ttl }, i) => {
      const placed = { key: 'ann', at: at(second), demands: [placing(slot, takes)] }
      const touch = { id: `touch ${i}`, content: '', keep: 0 }
      return ttl === 0
        ? { ...placed, kind: 'record' as const }
        : { ...placed, kind: 'reserve' as const, touch, until: at(second + ttl) }
    }),
  )

const look = async (ledger: TouchLedger, caps: readonly Cap[], second: number) => {
  const demands = caps.map((each) => demandOf(each, second))
  const [answer] = await ledger.apply([{ kind: 'check', key: 'ann', at: at(second), demands }])
  if (answer?.status !== 'admitted' && answer?.status !== 'refused') throw new Error(`${answer?.status}`)
  return answer
}

/** When all caps pass, by what the answers tell frees them: the latest of the caps, asked again until none refuses. */
const whenMay = async (ledger: TouchLedger, caps: readonly Cap[]): Promise<number> => {
  let second = NOW
  for (let asked = 0; asked < 10; asked++) {
    const { status, demands } = await look(ledger, caps, second)
    if (status === 'admitted') return second
    const freed = demands.map(({ over, frees }, i) => {
      const { seconds = 0, holds = false } = caps[i] ?? {}
      const goes = ({ at, until }: Freeing): number => {
        const passed = at + seconds * 1000
        return until === undefined ? passed : holds ? until : Math.min(until, passed)
      }
      const gone = frees.flatMap((each) => Array<number>(each.places).fill(goes(each)))
      if (over === 0) return at(second)
      return gone.sort((a, b) => a - b)[over - 1] ?? Number.POSITIVE_INFINITY
    })
    second = (Math.max(...freed) - at(0)) / 1000
    if (second === Number.POSITIVE_INFINITY) return second
  }
  throw new Error('asked ten times')
}

describe('a cap', () => {
  test('refuses exactly if the (limit − asks + 1)-th most recent place is not before the window', async () => {
    await fc.assert(
      fc.asyncProperty(cap, fc.array(fc.integer({ min: NOW - 130, max: NOW })), async (asked, seconds) => {
        const ledger = memoryTouchLedger()
        await ledger.apply(
          seconds.map((second) => ({
            kind: 'record',
            key: 'ann',
            at: at(second),
            demands: [placing(asked.slot, 1)],
          })),
        )
        const { status } = await look(ledger, [asked], NOW)
        const recent = [...seconds].sort((a, b) => b - a)[asked.limit - asked.asks]
        const none = asked.limit < asked.asks
        const refuses = none || (recent !== undefined && recent > NOW - asked.seconds)
        expect(status).toBe(refuses ? 'refused' : 'admitted')
      }),
      { numRuns: runs(50_000) },
    )
  })
})

describe('what frees', () => {
  test('tells the first second at which all caps pass, as by trying each', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.array(cap, { minLength: 1, maxLength: 3 }), async (operations, caps) => {
        const ledger = memoryTouchLedger()
        await ledger.apply(operations)
        const told = await whenMay(ledger, caps)
        const never = caps.some(({ limit, asks }) => asks > limit)
        let tried = never ? Number.POSITIVE_INFINITY : NOW
        while (!never && (await look(ledger, caps, tried)).status !== 'admitted') tried++
        expect(told).toBe(tried)
      }),
      { numRuns: runs(5_000) },
    )
  })
})

describe('numbers', () => {
  const take: TouchOperation = { kind: 'take', key: 'ann', at: at(0), demands: [] }
  const named = { id: 't', content: '', keep: 0 }
  const good: readonly TouchOperation[] = [
    take,
    { kind: 'erase', key: '' },
    { kind: 'take', key: 'ann', at: 2 ** 32 * 1000 - 1, demands: [placing('day', 65_535)] },
    { kind: 'reserve', key: 'ann', at: 999, until: 1000, demands: [], touch: named },
  ]
  const bad: readonly (readonly [TouchOperation, string])[] = [
    [{ ...take, at: -1 }, 'at is -1, expected epoch milliseconds between 1970 and 2106'],
    [
      { ...take, demands: [placing('day', 65_536)] },
      'takes is 65536, expected a whole number from 0 to 65535',
    ],
    [{ ...take, demands: [{ ...placing('day', 1), limit: Number.NaN }] }, 'limit is NaN, expected 0 or more'],
    [
      { kind: 'reserve', key: 'ann', at: 1000, until: 1999, demands: [], touch: named },
      'until is 1999, expected a second after 1000 or later',
    ],
  ]
  for (const [operation, message] of bad) {
    test(message, () => {
      expect(() => checkTouchOperations([...good, operation])).toThrow(new RangeError(message))
    })
  }

  test('in range', () => expect(checkTouchOperations(good)).toBeUndefined())
})
