// The ports in memory: for tests, examples, and hosts that keep nothing. They survive their process and nothing more.
// `systemClock` is the only place where the wall clock is read.

import type { Clock, Fenced, Journal, Snapshot, SnapshotStore } from './port.js'
import type { Instant, Millis } from './time.js'

export { memoryTouchLedger } from './touch-ledger/memory.js'

/**
 * The wall clock of the machine, held back so that it never goes backward.
 *
 * @example
 * import { systemClock } from '@clientele/core/memory'
 * const clock = systemClock()
 * clock.now() <= clock.now() // => true
 *
 * @category ports
 */
export const systemClock = (): Clock => {
  let last = Number.NEGATIVE_INFINITY
  return {
    now: () => {
      last = Math.max(last, Date.now())
      return last
    },
  }
}

/** A clock that stands still until it is moved. @category ports */
export interface ManualClock extends Clock {
  /** Moves to an instant. A `RangeError` when it lies before now. */
  set(at: Instant): void
  /** Moves on by a length of time. A `RangeError` when it is negative. */
  advance(by: Millis): void
}

/**
 * A clock for tests and replays.
 *
 * @example
 * import { manualClock } from '@clientele/core/memory'
 * const clock = manualClock(1000)
 * clock.advance(500)
 * clock.now() // => 1500
 *
 * @category ports
 */
export const manualClock = (start: Instant = 0): ManualClock => {
  let now = start
  const set = (at: Instant): void => {
    if (!(at >= now)) throw new RangeError(`the clock stands at ${now} and cannot go to ${at}`)
    now = at
  }
  return { now: () => now, set, advance: (by) => set(now + by) }
}

/** Remembers the greatest fencing token, and tells a stale one. */
const fencing = (): ((fence: number) => Fenced | undefined) => {
  let greatest = Number.NEGATIVE_INFINITY
  return (fence) => {
    if (fence < greatest) return { status: 'fenced', fence: greatest }
    greatest = fence
    return undefined
  }
}

/**
 * A journal in memory. Loss window: the process.
 *
 * @example
 * import { memoryJournal } from '@clientele/core/memory'
 * const journal = memoryJournal()
 * await journal.append([{ op: 'tick' }], { expectedSeq: 0, fence: 1 }) // => { status: 'appended', lastSeq: 1 }
 * await journal.read(1, 10) // => [{ seq: 1, entry: { op: 'tick' } }]
 *
 * @category ports
 */
export const memoryJournal = (): Journal => {
  const stale = fencing()
  // entries as text: what the caller changes afterwards stays outside
  let kept: string[] = []
  let firstSeq = 1
  const bounds = () => ({ firstSeq, lastSeq: firstSeq + kept.length - 1 })
  return {
    append: async (entries, { expectedSeq, fence }) => {
      const refusal = stale(fence)
      if (refusal !== undefined) return refusal
      const { lastSeq } = bounds()
      if (lastSeq !== expectedSeq) return { status: 'conflict', lastSeq }
      const texts = entries.map((entry) => JSON.stringify(entry))
      for (const text of texts) kept.push(text)
      return { status: 'appended', lastSeq: lastSeq + texts.length }
    },
    read: async (fromSeq, limit) => {
      const start = Math.max(0, fromSeq - firstSeq)
      return kept
        .slice(start, start + Math.max(0, limit))
        .map((text, i) => ({ seq: firstSeq + start + i, entry: JSON.parse(text) }))
    },
    bounds: async () => bounds(),
    trim: async (beforeSeq, fence) => {
      const refusal = stale(fence)
      if (refusal !== undefined) return refusal
      const gone = Math.min(kept.length, Math.max(0, beforeSeq - firstSeq))
      kept = kept.slice(gone)
      firstSeq += gone
      return bounds()
    },
  }
}

const copyOf = ({ key, seq, bytes }: Snapshot): Snapshot => ({ key, seq, bytes: bytes.slice() })

/**
 * Snapshots in memory. Loss window: the process.
 *
 * @example
 * import { memorySnapshots } from '@clientele/core/memory'
 * const store = memorySnapshots()
 * await store.write([{ key: 'sla/0', seq: 7, bytes: new Uint8Array([1]) }], 1) // => { status: 'written' }
 * await store.list('sla/', '', 10) // => ['sla/0']
 *
 * @category ports
 */
export const memorySnapshots = (): SnapshotStore => {
  const stale = fencing()
  const kept = new Map<string, Snapshot>()
  return {
    write: async (snapshots, fence) => {
      const refusal = stale(fence)
      if (refusal !== undefined) return refusal
      for (const snapshot of snapshots.map(copyOf)) kept.set(snapshot.key, snapshot)
      return { status: 'written' }
    },
    read: async (keys) =>
      keys.map((key) => {
        const found = kept.get(key)
        return found && copyOf(found)
      }),
    list: async (prefix, after, limit) =>
      [...kept.keys()]
        .filter((key) => key.startsWith(prefix) && key > after)
        .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
        .slice(0, Math.max(0, limit)),
    delete: async (keys, fence) => {
      const refusal = stale(fence)
      if (refusal !== undefined) return refusal
      for (const key of keys) kept.delete(key)
      return { status: 'deleted' }
    },
  }
}
