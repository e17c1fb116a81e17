// The ports every stateful engine needs: a clock, a journal of commands, and snapshots. Small, batch-shaped, every method
// required. Each promises four things: the atomic unit, the order, the loss window, and what a repeat does.

import type { Instant } from './time.js'

/**
 * Tells the time. Engines never ask it: the shell around them does, and passes the instant in.
 *
 * - *Atomic unit*: one reading.
 * - *Order*: a reading is never before an earlier one of the same clock.
 * - *Loss window*: none, a clock keeps nothing.
 * - *A repeat* gives the same instant or a later one.
 *
 * @category ports
 */
export interface Clock {
  /** Epoch milliseconds, whole. */
  now(): Instant
}

/** One entry of a journal: a command in its JSON form. @category ports */
export type JournalEntry = { readonly [key: string]: unknown }

/** An entry with its place: the first ever written has `seq` 1, each next one more. @category ports */
export interface StoredEntry {
  /** Its place. */
  readonly seq: number
  /** What was written. */
  readonly entry: JournalEntry
}

/**
 * Who writes, and on top of what.
 *
 * @category ports
 */
export interface AppendOptions {
  /** The `seq` of the last entry the writer knows of; 0 before the first. */
  readonly expectedSeq: number
  /** The fencing token of the writer's lease: greater for each new owner. Without leases always the same number. */
  readonly fence: number
}

/** A stale owner's write: a greater fence has been seen. @category ports */
export interface Fenced {
  /** Nothing was done. */
  readonly status: 'fenced'
  /** The greatest fence seen. */
  readonly fence: number
}

/** What became of an append. @category ports */
export type Appended =
  | { readonly status: 'appended'; readonly lastSeq: number }
  /** Somebody else has written, or this very append was repeated: read from `expectedSeq + 1` to tell which. */
  | { readonly status: 'conflict'; readonly lastSeq: number }
  | Fenced

/** Which entries a journal has. Empty: `firstSeq` is `lastSeq + 1`. @category ports */
export interface Bounds {
  /** The oldest entry still kept. */
  readonly firstSeq: number
  /** The newest entry ever written; 0 before the first. */
  readonly lastSeq: number
}

/**
 * The commands of one partition in their order: with the last snapshot, the whole state. Entries are JSON objects and come
 * back equal, whatever the caller does with its own objects after the call.
 *
 * - *Atomic unit*: one `append`: all its entries are there, or none.
 * - *Order*: `seq` ascends by one without gaps; appends take effect one after another, as if awaited.
 * - *Loss window*: none once `append` has resolved, within what the adapter says it survives (its process, its machine,
 *   its disk).
 * - *A repeat* of an append is refused as `conflict`, because `expectedSeq` is no longer the last; nothing is written
 *   twice. A stale `fence` is refused before anything else, also for an append of no entries.
 *
 * @category ports
 */
export interface Journal {
  /** Writes entries after `expectedSeq`, or says why not. A fence greater than any before takes over. */
  append(entries: readonly JournalEntry[], options: AppendOptions): Promise<Appended>
  /** Entries from `fromSeq` on, ascending, at most `limit`; starts at the oldest kept when `fromSeq` is gone. */
  read(fromSeq: number, limit: number): Promise<readonly StoredEntry[]>
  /** The oldest and the newest `seq`. */
  bounds(): Promise<Bounds>
  /** Forgets entries before `seq`, once a snapshot has them; numbering goes on. Repeating it changes nothing. */
  trim(beforeSeq: number, fence: number): Promise<Bounds | Fenced>
}

/** A state as bytes, and how much of the journal it has in it. @category ports */
export interface Snapshot {
  /** Names the state, e.g. `sla/0`. */
  readonly key: string
  /** The last journal entry that the bytes already contain. */
  readonly seq: number
  /** The state. */
  readonly bytes: Uint8Array
}

/**
 * Snapshots of one partition, by key: the newest of each.
 *
 * - *Atomic unit*: one snapshot: a reader sees the old one or the new one, whole, also after a crash in the middle of a
 *   write. A batch is not a unit: after a crash some of it may be there.
 * - *Order*: writes of one key take effect one after another; between keys there is none.
 * - *Loss window*: none once the call has resolved, within what the adapter says it survives.
 * - *A repeat* of a write or a delete changes nothing. A stale `fence` is refused and nothing of its batch is done.
 *
 * @category ports
 */
export interface SnapshotStore {
  /** Puts snapshots in the place of those with the same keys. */
  write(snapshots: readonly Snapshot[], fence: number): Promise<{ readonly status: 'written' } | Fenced>
  /** The snapshots of these keys, in this order; `undefined` where there is none. */
  read(keys: readonly string[]): Promise<readonly (Snapshot | undefined)[]>
  /** Keys that start with `prefix` and come after `after`, ascending by code unit, at most `limit`. */
  list(prefix: string, after: string, limit: number): Promise<readonly string[]>
  /** Forgets snapshots, for erasure; keys without one are passed over. */
  delete(keys: readonly string[], fence: number): Promise<{ readonly status: 'deleted' } | Fenced>
}
