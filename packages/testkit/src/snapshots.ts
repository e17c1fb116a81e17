// What every snapshot store must do.

import type { Snapshot, SnapshotStore } from '@clientele/core'
import { expectSame, type Law, law } from './contract.js'

const snapshot = (key: string, seq: number, ...bytes: readonly number[]): Snapshot => ({
  key,
  seq,
  bytes: Uint8Array.from(bytes),
})

/** Keys that a careless adapter would take for paths, patterns or its own files. */
const ODD_KEYS = [
  '../up',
  'a/b',
  'a%2Fb',
  'a*',
  'a?',
  'A',
  'a',
  'a.tmp',
  ' ',
  'é',
  '😀',
  '__proto__',
  "a'b",
  'a_b',
]

/**
 * The contract of `SnapshotStore`: replacing, listing, erasing, fences, and what comes back.
 *
 * @example
 * import { memorySnapshots } from '@clientele/core/memory'
 * import { snapshotContract } from '@clientele/testkit'
 * const make = async () => {
 *   const port = memorySnapshots()
 *   return { port, reopen: async () => port, close: async () => {} }
 * }
 * for (const law of snapshotContract) await law.run(make)
 * snapshotContract.length > 8 // => true
 *
 * @category ports
 */
export const snapshotContract: readonly Law<SnapshotStore>[] = [
  law('an empty store has nothing', async (store) => {
    expectSame(await store.read(['a']), [null], 'read')
    expectSame(await store.list('', '', 10), [], 'list')
  }),
  law('what was written comes back, in the order asked', async (store) => {
    const [a, b] = [snapshot('a', 1, 1, 2, 3), snapshot('b', 2)]
    expectSame(await store.write([a, b], 1), { status: 'written' }, 'write')
    expectSame(await store.read(['b', 'none', 'a', 'a']), [b, null, a, a], 'read')
  }),
  law('a write replaces the snapshot of its key and no other', async (store) => {
    await store.write([snapshot('a', 1, 1), snapshot('b', 1, 1)], 1)
    await store.write([snapshot('a', 2, 2)], 1)
    expectSame(await store.read(['a', 'b']), [snapshot('a', 2, 2), snapshot('b', 1, 1)], 'read')
  }),
  law('a repeated write changes nothing', async (store) => {
    await store.write([snapshot('a', 1, 1)], 1)
    expectSame(await store.write([snapshot('a', 1, 1)], 1), { status: 'written' }, 'write')
    expectSame(await store.list('', '', 10), ['a'], 'list')
  }),
  law('what the caller changes afterwards stays outside', async (store) => {
    const mine = snapshot('a', 1, 1)
    await store.write([mine], 1)
    mine.bytes[0] = 9
    const [found] = await store.read(['a'])
    if (found !== undefined) found.bytes[0] = 8
    expectSame(await store.read(['a']), [snapshot('a', 1, 1)], 'read')
  }),
  law('keys are listed in order, by prefix, in pages', async (store) => {
    await store.write(
      ['b/2', 'a/1', 'b/1', 'b/10', 'c'].map((key) => snapshot(key, 1, 1)),
      1,
    )
    expectSame(await store.list('', '', 10), ['a/1', 'b/1', 'b/10', 'b/2', 'c'], 'all')
    expectSame(await store.list('b/', '', 10), ['b/1', 'b/10', 'b/2'], 'by prefix')
    expectSame(await store.list('b/', '', 2), ['b/1', 'b/10'], 'the first page')
    expectSame(await store.list('b/', 'b/10', 2), ['b/2'], 'the second page')
    expectSame(await store.list('', '', 0), [], 'a limit of none')
  }),
  law('any text is a key, and each is its own', async (store) => {
    const all = ODD_KEYS.map((key, i) => snapshot(key, i, i))
    await store.write(all, 1)
    expectSame(await store.read(ODD_KEYS), all, 'read')
    expectSame((await store.list('', '', 100)).length, ODD_KEYS.length, 'list')
    expectSame(await store.list('a*', '', 100), ['a*'], 'a prefix is no pattern')
  }),
  law('deleting forgets, and a repeat changes nothing', async (store) => {
    await store.write([snapshot('a', 1, 1), snapshot('b', 1, 1)], 1)
    expectSame(await store.delete(['a', 'none'], 1), { status: 'deleted' }, 'delete')
    expectSame(await store.delete(['a'], 1), { status: 'deleted' }, 'delete again')
    expectSame(await store.read(['a', 'b']), [null, snapshot('b', 1, 1)], 'read')
    expectSame(await store.list('', '', 10), ['b'], 'list')
  }),
  law('a stale fence writes and deletes nothing', async (store) => {
    await store.write([snapshot('a', 1, 1)], 5)
    expectSame(
      await store.write([snapshot('a', 2, 2), snapshot('b', 2, 2)], 4),
      { status: 'fenced', fence: 5 },
      'write',
    )
    expectSame(await store.delete(['a'], 4), { status: 'fenced', fence: 5 }, 'delete')
    expectSame(await store.read(['a', 'b']), [snapshot('a', 1, 1), null], 'read')
    expectSame(await store.write([snapshot('a', 2, 2)], 6), { status: 'written' }, 'the new owner')
  }),
  law('snapshots and fence are there after a restart', async (store, { reopen }) => {
    await store.write([snapshot('a', 1, 1), snapshot('b', 1, 1)], 3)
    await store.delete(['b'], 3)
    const again = await reopen()
    expectSame(await again.read(['a', 'b']), [snapshot('a', 1, 1), null], 'read')
    expectSame(await again.write([snapshot('a', 2, 2)], 2), { status: 'fenced', fence: 3 }, 'the fence')
  }),
  law('a megabyte comes back to the byte', async (store) => {
    const bytes = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 31) ^ (i >> 8))
    await store.write([{ key: 'big', seq: 1, bytes }], 1)
    const [found] = await store.read(['big'])
    const same = found?.bytes.length === bytes.length && bytes.every((byte, i) => byte === found.bytes[i])
    expectSame(same, true, 'the bytes')
  }),
]
