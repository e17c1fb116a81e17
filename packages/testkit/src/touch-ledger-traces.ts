// Random operations on few keys, slots and ids, so that they meet; compared with the model one answer after another.

import type { TouchDemand, TouchLedger, TouchName, TouchOperation } from '@clientele/core'
import fc from 'fast-check'
import { expectSame, type Law, law } from './contract.js'
import { runs } from './runs.js'
import { touchLedgerModel } from './touch-ledger-model.js'

const START = Date.UTC(2026, 2, 1)
/** Steps of one trace. */
const LENGTH = 200

/** What a step is made of, before it is known when it happens. */
interface Draft {
  /** Milliseconds since the step before. */
  readonly after: number
  /** Milliseconds it comes late. */
  readonly late: number
  readonly make: (at: number) => TouchOperation
}

const often = (usual: fc.Arbitrary<number>, rare: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: rare })

const small = fc.integer({ min: 0, max: 3 })
const seconds = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most * 1000 })
const limit = often(fc.integer({ min: 0, max: 6 }), fc.constant(Number.POSITIVE_INFINITY))
/** How far back something is kept beyond what is asked; now and then less than is asked, or for ever. */
const slack = often(seconds(120), fc.constantFrom(-20_000, Number.POSITIVE_INFINITY))

const recent: fc.Arbitrary<(at: number) => TouchDemand> = fc
  .record({
    slot: fc.constantFrom('a', 'b', 'c'),
    asks: small,
    takes: small,
    limit,
    length: often(seconds(90), fc.constant(Number.POSITIVE_INFINITY)),
    ahead: fc.constantFrom(0, 0, 20_000, Number.POSITIVE_INFINITY),
    held: fc.constantFrom(0, 20_000, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
    slack,
  })
  .map(({ slot, asks, takes, limit, length, ahead, held, slack }) => (at) => {
    const since = at - length
    const through = at + ahead
    const [heldSince, keep] = [since - held, since - slack]
    return { kind: 'recent', slot, asks, takes, limit, since, through, heldSince, keep }
  })

const period = (at: number): number => Math.floor((at - START) / 60_000)

const count: fc.Arbitrary<(at: number) => TouchDemand> = fc
  .record({
    slot: fc.constantFrom('a', 'b'),
    asks: small,
    takes: often(small, fc.integer({ min: 0, max: 100_000 })),
    limit: fc.oneof(limit, fc.integer({ min: 0, max: 10_000 })),
    carried: fc.array(
      fc.record({ back: fc.integer({ min: 1, max: 2 }), units: fc.constantFrom(0, 0, 1, 3) }),
      {
        maxLength: 1,
        size: 'max',
      },
    ),
    keep: often(fc.integer({ min: 0, max: 3 }), fc.constant(Number.POSITIVE_INFINITY)),
  })
  .map(({ slot, asks, takes, limit, carried, keep }) => (at) => {
    const earlier = carried.map(({ back, units }) => ({ period: period(at) - back, units }))
    const now = period(at)
    return { kind: 'count', slot, period: now, asks, takes, limit, earlier, keep: now - keep }
  })

const key = fc.constantFrom('ann', 'ann', 'bob')
const id = fc.integer({ min: 0, max: 7 }).map(String)
const demands = fc.array(fc.oneof({ weight: 3, arbitrary: recent }, count), { maxLength: 3, size: 'max' })
const name = fc.record({ id, content: fc.constantFrom('x', 'x', 'x', 'y'), slack })

const named = (
  { id, content, slack }: { id: string; content: string; slack: number },
  at: number,
): TouchName => ({
  id,
  content,
  keep: at - 60_000 - slack,
})

const asking = fc
  .record({
    kind: fc.constantFrom('check', 'take', 'take', 'reserve', 'reserve', 'reserve', 'record'),
    key,
    demands,
    name,
    unnamed: fc.boolean(),
    ttl: often(fc.integer({ min: 1000, max: 40_000 }), fc.constant(600_000)),
  })
  .map(({ kind, key, demands, name, unnamed, ttl }) => (at: number): TouchOperation => {
    const asked = { key, at, demands: demands.map((make) => make(at)) }
    if (kind === 'check') return { ...asked, kind }
    const touch = named(name, at)
    if (kind === 'reserve') return { ...asked, kind, touch, until: at + ttl }
    return unnamed ? { ...asked, kind } : { ...asked, kind, touch }
  })

const naming = fc.record({ kind: fc.constantFrom('commit', 'release'), key, id }).map(
  ({ kind, key, id }) =>
    (at: number): TouchOperation => ({ kind, key, id, at }),
)

const erasing = key.map((key) => (): TouchOperation => ({ kind: 'erase', key }))

const draft: fc.Arbitrary<Draft> = fc.record({
  after: often(seconds(6), seconds(90)),
  late: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, seconds(60)),
  make: fc.oneof(
    { weight: 60, arbitrary: asking },
    { weight: 30, arbitrary: naming },
    { weight: 1, arbitrary: erasing },
  ),
})

const operationsOf = (drafts: readonly Draft[]): readonly TouchOperation[] => {
  let now = START
  return drafts.map(({ after, late, make }) => {
    now += after
    return make(now - Math.min(late, now - START))
  })
}

const trace = (length: number): fc.Arbitrary<readonly TouchOperation[]> =>
  fc.array(draft, { minLength: 1, maxLength: length, size: 'max' }).map(operationsOf)

/** Cuts a trace into the batches it is sent in. */
const batches = (
  operations: readonly TouchOperation[],
  sizes: readonly number[],
): readonly (readonly TouchOperation[])[] => {
  const cut: (readonly TouchOperation[])[] = []
  for (let from = 0; from < operations.length; ) {
    const size = sizes[cut.length % sizes.length] ?? 1
    cut.push(operations.slice(from, from + size))
    from += size
  }
  return cut
}

const answersAsTheModel = async (
  ledger: TouchLedger,
  operations: readonly TouchOperation[],
  sizes: readonly number[],
): Promise<void> => {
  await ledger.apply(['ann', 'bob'].map((key) => ({ kind: 'erase', key })))
  const model = touchLedgerModel()
  for (const batch of batches(operations, sizes)) {
    const answers = await ledger.apply(batch)
    expectSame(answers.length, batch.length, 'answers of a batch')
    batch.forEach((operation, i) => {
      expectSame(answers[i], model(operation), `the answer to ${JSON.stringify(operation)}`)
    })
  }
}

/** The laws that hold of any trace whatever. */
export const traceLaws: readonly Law<TouchLedger>[] = [
  law('any trace, in any batches, gets the answers of the model', (ledger) =>
    fc.assert(
      fc.asyncProperty(
        trace(LENGTH),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
        (operations, sizes) => answersAsTheModel(ledger, operations, sizes),
      ),
      // a million steps in the soak: traces are half as long as they may be on the average
      { numRuns: runs((2 * 1_000_000) / LENGTH) },
    ),
  ),
]
