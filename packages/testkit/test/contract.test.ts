// The contract suites against the adapters in memory, and against adapters with a planted fault: a suite that cannot fail
// proves nothing.

import type { Clock, Journal, SnapshotStore } from '@clientele/core'
import { manualClock, memoryJournal, memorySnapshots, systemClock } from '@clientele/core/memory'
import { clockContract, journalContract, type Law, type Make, snapshotContract } from '@clientele/testkit'
import { describe, expect, test } from 'vitest'

const alone =
  <Port>(open: () => Port): Make<Port> =>
  async () => {
    const port = open()
    return { port, reopen: async () => port, close: async () => {} }
  }

const failures = async <Port>(contract: readonly Law<Port>[], make: Make<Port>): Promise<string[]> => {
  const failed: string[] = []
  for (const { name, run } of contract) await run(make).catch(() => failed.push(name))
  return failed
}

describe('the memory journal', () => {
  for (const { name, run } of journalContract) test(name, () => run(alone(memoryJournal)))
})

describe('the memory snapshots', () => {
  for (const { name, run } of snapshotContract) test(name, () => run(alone(memorySnapshots)))
})

describe('clocks', () => {
  for (const { name, run } of clockContract) {
    test(`system: ${name}`, () => run(alone(systemClock)))
    test(`manual: ${name}`, () => run(alone((): Clock => manualClock(5))))
  }
})

describe('planted faults', () => {
  const journals: { readonly [fault: string]: (journal: Journal) => Partial<Journal> } = {
    'no fence': (journal) => ({
      append: (entries, { expectedSeq }) => journal.append(entries, { expectedSeq, fence: 1 }),
    }),
    'no conflict': (journal) => ({
      append: async (entries, { fence }) =>
        journal.append(entries, { expectedSeq: (await journal.bounds()).lastSeq, fence }),
    }),
    'half an append': (journal) => ({
      append: (entries, options) => journal.append(entries.slice(0, 1), options),
    }),
    'no limit': (journal) => ({ read: (fromSeq) => journal.read(fromSeq, 1e9) }),
    'off by one': (journal) => ({ trim: (beforeSeq, fence) => journal.trim(beforeSeq + 1, fence) }),
  }
  for (const [fault, change] of Object.entries(journals)) {
    test(`a journal with ${fault}`, async () => {
      const broken = alone(() => {
        const journal = memoryJournal()
        return { ...journal, ...change(journal) }
      })
      expect(await failures(journalContract, broken)).not.toEqual([])
    })
  }

  const stores: { readonly [fault: string]: (store: SnapshotStore) => Partial<SnapshotStore> } = {
    'no fence': (store) => ({ write: (snapshots) => store.write(snapshots, 1) }),
    'no erasure': () => ({ delete: async () => ({ status: 'deleted' }) }),
    'keys in lower case': (store) => ({
      write: (snapshots, fence) =>
        store.write(
          snapshots.map((one) => ({ ...one, key: one.key.toLowerCase() })),
          fence,
        ),
    }),
    'pages that repeat': (store) => ({ list: (prefix, _, limit) => store.list(prefix, '', limit) }),
  }
  for (const [fault, change] of Object.entries(stores)) {
    test(`a snapshot store with ${fault}`, async () => {
      const broken = alone(() => {
        const store = memorySnapshots()
        return { ...store, ...change(store) }
      })
      expect(await failures(snapshotContract, broken)).not.toEqual([])
    })
  }

  test('a clock that goes backward', async () => {
    let now = 1e6
    expect(
      await failures(
        clockContract,
        alone((): Clock => ({ now: () => now-- })),
      ),
    ).toEqual(['the time never goes backward'])
  })
})
