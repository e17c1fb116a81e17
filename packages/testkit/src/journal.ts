// What every journal must do.

import type { Journal, JournalEntry } from '@clientele/core'
import { expectSame, type Law, law } from './contract.js'

const entry = (n: number): JournalEntry => ({ op: 'note', n })
const entries = (from: number, to: number): JournalEntry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => entry(from + i))
const stored = (from: number, to: number): unknown =>
  entries(from, to).map((one, i) => ({ seq: from + i, entry: one }))

/** Odd but valid content: what JSON can hold must come back equal. */
const ODD: readonly JournalEntry[] = [
  {},
  { text: 'line\nbreak\u2028 "quoted" \\ \u0000 😀 \ud800', number: -1.5e-7, list: [null, true, [{}]] },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"":2}'),
]

/**
 * The contract of `Journal`: numbering, all or nothing, fences, conflicts, trimming, and what comes back.
 *
 * @example
 * import { memoryJournal } from '@clientele/core/memory'
 * import { journalContract } from '@clientele/testkit'
 * const make = async () => {
 *   const port = memoryJournal()
 *   return { port, reopen: async () => port, close: async () => {} }
 * }
 * for (const law of journalContract) await law.run(make)
 * journalContract.length > 10 // => true
 *
 * @category ports
 */
export const journalContract: readonly Law<Journal>[] = [
  law('an empty journal has no entries', async (journal) => {
    expectSame(await journal.bounds(), { firstSeq: 1, lastSeq: 0 }, 'bounds')
    expectSame(await journal.read(1, 10), [], 'read')
  }),
  law('entries are numbered from 1 without gaps and come back in order', async (journal) => {
    expectSame(
      await journal.append(entries(1, 2), { expectedSeq: 0, fence: 1 }),
      { status: 'appended', lastSeq: 2 },
      'append',
    )
    expectSame(
      await journal.append(entries(3, 5), { expectedSeq: 2, fence: 1 }),
      { status: 'appended', lastSeq: 5 },
      'append',
    )
    expectSame(await journal.read(1, 100), stored(1, 5), 'read')
    expectSame(await journal.bounds(), { firstSeq: 1, lastSeq: 5 }, 'bounds')
  }),
  law('read starts where it is told and stops at its limit', async (journal) => {
    await journal.append(entries(1, 9), { expectedSeq: 0, fence: 1 })
    expectSame(await journal.read(4, 3), stored(4, 6), 'in the middle')
    expectSame(await journal.read(9, 3), stored(9, 9), 'at the end')
    expectSame(await journal.read(10, 3), [], 'past the end')
    expectSame(await journal.read(1, 0), [], 'a limit of none')
    expectSame(await journal.read(0, 2), stored(1, 2), 'before the beginning')
  }),
  law('an append on top of another seq is a conflict and writes nothing', async (journal) => {
    await journal.append(entries(1, 2), { expectedSeq: 0, fence: 1 })
    const refused = { status: 'conflict', lastSeq: 2 }
    expectSame(await journal.append([entry(9)], { expectedSeq: 1, fence: 1 }), refused, 'behind')
    expectSame(await journal.append([entry(9)], { expectedSeq: 3, fence: 1 }), refused, 'ahead')
    expectSame(await journal.read(1, 10), stored(1, 2), 'read')
  }),
  law('a repeated append is a conflict: nothing is written twice', async (journal) => {
    await journal.append(entries(1, 3), { expectedSeq: 0, fence: 1 })
    const again = await journal.append(entries(1, 3), { expectedSeq: 0, fence: 1 })
    expectSame(again, { status: 'conflict', lastSeq: 3 }, 'again')
    expectSame(await journal.read(1, 10), stored(1, 3), 'read')
  }),
  law('a stale fence is refused, an equal or greater one is not', async (journal) => {
    await journal.append([entry(1)], { expectedSeq: 0, fence: 5 })
    expectSame(
      await journal.append([entry(2)], { expectedSeq: 1, fence: 4 }),
      { status: 'fenced', fence: 5 },
      'stale',
    )
    expectSame(await journal.read(1, 10), stored(1, 1), 'read')
    expectSame(
      await journal.append([entry(2)], { expectedSeq: 1, fence: 5 }),
      { status: 'appended', lastSeq: 2 },
      'equal',
    )
    expectSame(
      await journal.append([entry(3)], { expectedSeq: 2, fence: 6 }),
      { status: 'appended', lastSeq: 3 },
      'greater',
    )
  }),
  law('a stale fence is told before a conflict', async (journal) => {
    await journal.append([entry(1)], { expectedSeq: 0, fence: 5 })
    expectSame(
      await journal.append([entry(2)], { expectedSeq: 7, fence: 4 }),
      { status: 'fenced', fence: 5 },
      'append',
    )
  }),
  law('a greater fence takes over without writing', async (journal) => {
    await journal.append([entry(1)], { expectedSeq: 0, fence: 1 })
    expectSame(
      await journal.append([], { expectedSeq: 1, fence: 2 }),
      { status: 'appended', lastSeq: 1 },
      'taking over',
    )
    expectSame(
      await journal.append([entry(2)], { expectedSeq: 1, fence: 1 }),
      { status: 'fenced', fence: 2 },
      'the old owner',
    )
  }),
  law('of appends at the same time on the same seq one is written', async (journal) => {
    const all = await Promise.all(
      entries(1, 8).map((one) => journal.append([one, one], { expectedSeq: 0, fence: 1 })),
    )
    expectSame(all.filter(({ status }) => status === 'appended').length, 1, 'written')
    expectSame(all.filter(({ status }) => status === 'conflict').length, 7, 'refused')
    expectSame(await journal.bounds(), { firstSeq: 1, lastSeq: 2 }, 'bounds')
  }),
  law('what JSON can hold comes back equal', async (journal) => {
    await journal.append(ODD, { expectedSeq: 0, fence: 1 })
    const back = await journal.read(1, 10)
    expectSame(
      back.map((one) => JSON.stringify(one.entry)),
      ODD.map((one) => JSON.stringify(one)),
      'entries',
    )
  }),
  law('what the caller changes afterwards stays outside', async (journal) => {
    const mine = { op: 'note', list: [1] }
    await journal.append([mine], { expectedSeq: 0, fence: 1 })
    mine.list.push(2)
    const [first] = await journal.read(1, 1)
    const list = first?.entry['list']
    if (Array.isArray(list)) list.push(3)
    expectSame((await journal.read(1, 1))[0]?.entry, { op: 'note', list: [1] }, 'the entry')
  }),
  law('trimming forgets what lies before, and numbering goes on', async (journal) => {
    await journal.append(entries(1, 5), { expectedSeq: 0, fence: 1 })
    expectSame(await journal.trim(4, 1), { firstSeq: 4, lastSeq: 5 }, 'trim')
    expectSame(await journal.trim(4, 1), { firstSeq: 4, lastSeq: 5 }, 'trim again')
    expectSame(await journal.trim(2, 1), { firstSeq: 4, lastSeq: 5 }, 'trim to what is gone')
    expectSame(await journal.read(1, 10), stored(4, 5), 'read')
    expectSame(
      await journal.append([entry(6)], { expectedSeq: 5, fence: 1 }),
      { status: 'appended', lastSeq: 6 },
      'append',
    )
  }),
  law('trimming everything leaves an empty journal that knows its last seq', async (journal) => {
    await journal.append(entries(1, 3), { expectedSeq: 0, fence: 1 })
    expectSame(await journal.trim(100, 1), { firstSeq: 4, lastSeq: 3 }, 'trim')
    expectSame(await journal.read(1, 10), [], 'read')
    expectSame(
      await journal.append([entry(4)], { expectedSeq: 3, fence: 1 }),
      { status: 'appended', lastSeq: 4 },
      'append',
    )
  }),
  law('a stale fence trims nothing', async (journal) => {
    await journal.append(entries(1, 3), { expectedSeq: 0, fence: 2 })
    expectSame(await journal.trim(3, 1), { status: 'fenced', fence: 2 }, 'trim')
    expectSame(await journal.read(1, 10), stored(1, 3), 'read')
  }),
  law('entries, trimming and fence are there after a restart', async (journal, { reopen }) => {
    await journal.append(entries(1, 4), { expectedSeq: 0, fence: 3 })
    await journal.trim(3, 3)
    const again = await reopen()
    expectSame(await again.bounds(), { firstSeq: 3, lastSeq: 4 }, 'bounds')
    expectSame(await again.read(1, 10), stored(3, 4), 'read')
    expectSame(
      await again.append([entry(5)], { expectedSeq: 4, fence: 2 }),
      { status: 'fenced', fence: 3 },
      'the fence',
    )
  }),
  law('a thousand entries in one append', async (journal) => {
    await journal.append(entries(1, 1_000), { expectedSeq: 0, fence: 1 })
    expectSame(await journal.read(501, 500), stored(501, 1_000), 'the second half')
  }),
]
