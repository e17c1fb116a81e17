// The contract of touch ledgers against the one in memory, and against ledgers with a planted fault.

import type { TouchAnswer, TouchDemand, TouchLedger, TouchOperation } from '@clientele/core'
import { memoryTouchLedger } from '@clientele/core/memory'
import { type Make, touchLedgerContract } from '@clientele/testkit'
import { describe, expect, test } from 'vitest'

const alone =
  (open: () => TouchLedger): Make<TouchLedger> =>
  async () => {
    const port = open()
    return { port, reopen: async () => port, close: async () => {} }
  }

describe('the memory touch ledger', () => {
  for (const { name, run } of touchLedgerContract) test(name, () => run(alone(memoryTouchLedger)))
})

type Asking = Exclude<TouchOperation, { kind: 'commit' | 'release' | 'erase' }>

const asks = (operation: TouchOperation): operation is Asking => 'demands' in operation

const one = async (ledger: TouchLedger, operation: TouchOperation): Promise<TouchAnswer> => {
  const [answer] = await ledger.apply([operation])
  if (answer === undefined) throw new Error('no answer')
  return answer
}

/** A ledger whose operations are changed on their way. */
const changed = (change: (operation: TouchOperation) => TouchOperation): TouchLedger => {
  const ledger = memoryTouchLedger()
  return { apply: (operations) => ledger.apply(operations.map(change)) }
}

const demands = (change: (demand: TouchDemand) => TouchDemand): TouchLedger =>
  changed((operation) =>
    asks(operation) ? { ...operation, demands: operation.demands.map(change) } : operation,
  )

/** A ledger that does something else with one operation at a time. */
const step = (act: (ledger: TouchLedger, operation: TouchOperation) => Promise<TouchAnswer>): TouchLedger => {
  const ledger = memoryTouchLedger()
  return {
    apply: async (operations) => {
      // what is refused as a whole stays refused as a whole
      await memoryTouchLedger().apply(operations)
      const answers: TouchAnswer[] = []
      for (const operation of operations) answers.push(await act(ledger, operation))
      return answers
    },
  }
}

const nothingAsked = (operation: Asking): Asking => ({
  ...operation,
  demands: operation.demands.map((demand) => ({ ...demand, asks: 0 })),
})

const unnamed = (operation: TouchOperation): TouchOperation => {
  if (operation.kind !== 'take' && operation.kind !== 'record') return operation
  const { touch: _, ...rest } = operation
  return rest
}

const FAR = 2 ** 32 * 1000 - 1

const faults: { readonly [fault: string]: () => TouchLedger } = {
  'that looks, and then writes': () =>
    step(async (ledger, operation) => {
      if (operation.kind !== 'take' && operation.kind !== 'reserve') return one(ledger, operation)
      const { kind: _, ...asked } = operation
      const looked = await one(ledger, { ...asked, kind: 'check' })
      const written = await one(ledger, looked.status === 'admitted' ? nothingAsked(operation) : operation)
      return written.status === 'admitted' ? looked : written
    }),
  'that forgets to lapse': () =>
    changed((operation) => (operation.kind === 'reserve' ? { ...operation, until: FAR } : operation)),
  'that loses the place on release': () =>
    step(async (ledger, operation) => {
      if (operation.kind !== 'release') return one(ledger, operation)
      const { status } = await one(ledger, { ...operation, kind: 'commit' })
      return { status: status === 'committed' ? 'released' : 'gone' }
    }),
  'that charges refused demands': () =>
    step(async (ledger, operation) => {
      const answer = await one(ledger, operation)
      if (answer.status !== 'refused' || operation.kind !== 'take') return answer
      const passed = operation.demands.filter((_, i) => answer.demands[i]?.over === 0)
      const { key, at } = operation
      await one(ledger, { kind: 'record', key, at, demands: passed })
      return answer
    }),
  'that ignores ids': () => changed(unnamed),
  'that ignores what an id stands for': () =>
    changed((operation) =>
      'touch' in operation && operation.touch !== undefined
        ? ({ ...operation, touch: { ...operation.touch, content: '' } } as TouchOperation)
        : operation,
    ),
  'that answers a repeat anew': () =>
    step(async (ledger, operation) => {
      const answer = await one(ledger, operation)
      if (operation.kind !== 'take' || operation.touch === undefined) return answer
      const { kind: _, touch: __, ...asked } = operation
      return answer.status === 'refused' ? one(ledger, { ...asked, kind: 'check' }) : answer
    }),
  'whose commits stay where they were reserved': () =>
    changed((operation) =>
      operation.kind === 'commit' ? { ...operation, at: operation.at - 1_000_000 } : operation,
    ),
  'whose reservations count only where they were made': () =>
    demands((demand) => (demand.kind === 'recent' ? { ...demand, heldSince: demand.since } : demand)),
  'that sees no later than `at`': () =>
    changed((operation) =>
      asks(operation)
        ? {
            ...operation,
            demands: operation.demands.map((demand) =>
              demand.kind === 'recent' ? { ...demand, through: operation.at } : demand,
            ),
          }
        : operation,
    ),
  'whose windows begin a second late': () =>
    demands((demand) => (demand.kind === 'recent' ? { ...demand, since: demand.since + 1000 } : demand)),
  'without weights': () => demands((demand) => ({ ...demand, takes: Math.min(1, demand.takes) })),
  'that asks for one place only': () => demands((demand) => ({ ...demand, asks: Math.min(1, demand.asks) })),
  'that forgets nothing': () => demands((demand) => ({ ...demand, keep: Number.NEGATIVE_INFINITY })),
  'that keeps no more than it is asked': () =>
    demands((demand) => (demand.kind === 'recent' ? { ...demand, keep: demand.since } : demand)),
  'whose rings have as many places as the cap': () => {
    const placed = new Map<string, number[]>()
    return changed((operation) => {
      if (!asks(operation) || operation.kind === 'check') return operation
      const { key, at } = operation
      const kept = operation.demands.map((demand) => {
        if (demand.kind === 'count') return demand
        const name = `${key} ${demand.slot}`
        const all = [...(placed.get(name) ?? []), at].sort((a, b) => a - b)
        placed.set(name, all)
        return { ...demand, keep: all[all.length - demand.limit] ?? demand.keep }
      })
      return { ...operation, demands: kept }
    })
  },
  'whose history stops at the cap': () =>
    step(async (ledger, operation) => {
      if (operation.kind !== 'record') return one(ledger, operation)
      const room = await one(ledger, { ...operation, kind: 'check' })
      return room.status === 'refused' ? { ...room, status: 'admitted' } : one(ledger, operation)
    }),
  'with one period': () => demands((demand) => (demand.kind === 'count' ? { ...demand, period: 0 } : demand)),
  'that trusts what was carried over': () =>
    demands((demand) => (demand.kind === 'count' ? { ...demand, earlier: [] } : demand)),
  'with small counters': () =>
    demands((demand) => (demand.kind === 'count' ? { ...demand, takes: demand.takes % 2 ** 16 } : demand)),
  'that erases nothing': () =>
    step(async (ledger, operation) =>
      operation.kind === 'erase' ? { status: 'erased' } : one(ledger, operation),
    ),
  'with keys in lower case': () =>
    changed((operation) => ({ ...operation, key: operation.key.toLowerCase() })),
  'with ids in lower case': () =>
    changed((operation) =>
      'touch' in operation && operation.touch !== undefined
        ? ({
            ...operation,
            touch: { ...operation.touch, id: operation.touch.id.toLowerCase() },
          } as TouchOperation)
        : operation,
    ),
  'that asks each slot once': () =>
    step(async (ledger, operation) => {
      const seen = asks(operation) && new Set(operation.demands.map(({ slot }) => slot))
      if (!seen || seen.size === operation.demands.length) return one(ledger, operation)
      return one(ledger, { ...operation, demands: operation.demands.slice(0, seen.size) })
    }),
  'that answers a batch backward': () => {
    const ledger = memoryTouchLedger()
    return { apply: async (operations) => [...(await ledger.apply([...operations].reverse()))].reverse() }
  },
  'that takes half a batch before it finds a wrong number': () => {
    const ledger = memoryTouchLedger()
    return {
      apply: async (operations) => {
        const answers: TouchAnswer[] = []
        for (const operation of operations) answers.push(await one(ledger, operation))
        return answers
      },
    }
  },
}

/** The laws that an adapter breaks. */
const broken = async (open: () => TouchLedger, laws: typeof touchLedgerContract): Promise<string[]> => {
  const names: string[] = []
  for (const { name, run } of laws) await run(alone(open)).catch(() => names.push(name))
  return names
}

describe('planted faults', () => {
  const interleavings = 'whatever the order of messages, never one above a cap and never a place lost'
  const random = new Set([interleavings, 'any trace, in any batches, gets the answers of the model'])

  for (const [fault, open] of Object.entries(faults)) {
    test(`a touch ledger ${fault}`, async () => {
      const told = touchLedgerContract.filter(({ name }) => !random.has(name))
      expect(await broken(open, told)).not.toEqual([])
    })
  }

  const ofMany = [
    'that looks, and then writes',
    'that forgets to lapse',
    'that loses the place on release',
    'that charges refused demands',
    'that ignores ids',
    'whose reservations count only where they were made',
    'that sees no later than `at`',
  ]
  for (const fault of ofMany) {
    test(`interleavings alone find a ledger ${fault}`, async () => {
      const open = faults[fault] ?? memoryTouchLedger
      const law = touchLedgerContract.filter(({ name }) => name === interleavings)
      expect(await broken(open, law)).toEqual([interleavings])
    })
  }
})
