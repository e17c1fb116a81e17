// The touches of one stream. Most are no more than an instant: a row of the most recent ones for each slot, newest first,
// a second past 1970 stored as one more, so that 0 is an empty place. Instants that a row has no room for, but that still
// matter, and touches of which more must be known, stand beside it.

import { Column } from '@clientele/core'
import { LONGEST_ROW, type StreamTable } from '../table.js'
import type { Line } from './timeline.js'

export interface StreamState {
  readonly table: StreamTable
  /** Its place among the streams. */
  readonly row: number
  /** Whether the key is the recipient alone: then the slot is the handle. */
  readonly own: boolean
  /** Whether the key leaves the recipient out. */
  readonly shared: boolean
  /** Instants a row; 0: lists in `older` alone. */
  readonly stride: number
  readonly rows: Column<Uint32Array>
  /** Instants older than those of the row, ascending. */
  readonly older: Map<number, number[]>
  /** Reservations; in a stream of whole touches, all its touches. In order of time. */
  readonly lines: Map<number, Line[]>
  /** Slots by owner (the recipient's handle, −1 for none) and key, for keys other than the recipient alone. */
  readonly slots: Map<number, Map<string, number>>
  /** Slots given back. */
  readonly free: number[]
  /** Slots given out so far. */
  next: number
}

export const createStream = (table: StreamTable, row: number): StreamState => ({
  table,
  row,
  own: table.own,
  shared: !table.per.includes('recipient'),
  stride: table.whole || table.places > LONGEST_ROW ? 0 : table.places,
  rows: new Column(Uint32Array, 16),
  older: new Map(),
  lines: new Map(),
  slots: new Map(),
  free: [],
  next: 0,
})

/** The slot of a key, −1 when it has none yet. */
export const findSlot = (stream: StreamState, recipient: number, key: string): number =>
  stream.table.own ? recipient : (stream.slots.get(recipient)?.get(key) ?? -1)

/** Makes a row for the slot. */
const makeRow = ({ stride, rows }: StreamState, slot: number): void => {
  const length = (slot + 1) * stride
  if (rows.length < length) rows.resize(length)
}

/** The slot of a key, given on first sight. */
export const slotFor = (stream: StreamState, recipient: number, key: string): number => {
  const { table, slots, free } = stream
  let slot = findSlot(stream, recipient, key)
  if (slot < 0) {
    slot = free.pop() ?? stream.next
    const own = slots.get(recipient)
    if (own === undefined) slots.set(recipient, new Map([[key, slot]]))
    else own.set(key, slot)
  }
  if (!table.own || slot >= stream.next) {
    stream.next = Math.max(stream.next, slot + 1)
    makeRow(stream, slot)
  }
  return slot
}

/** The k-th most recent stored instant of a slot, from 0; 0 when there is none. */
export const nth = ({ stride, rows, older }: StreamState, slot: number, k: number): number => {
  if (k < stride) return rows.data[slot * stride + k] ?? 0
  const list = older.get(slot)
  return list === undefined ? 0 : (list[list.length - 1 - (k - stride)] ?? 0)
}

/** Where an ascending list has room for a value: after those equal to it. */
const roomFor = (list: readonly number[], value: number): number => {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (list[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** How many stored instants of a slot are after `stored`. */
export const countAfter = ({ stride, rows, older }: StreamState, slot: number, stored: number): number => {
  const first = slot * stride
  let count = 0
  while (count < stride && rows.data[first + count]! > stored) count++
  if (count < stride) return count
  const list = older.get(slot)
  return list === undefined ? count : count + list.length - roomFor(list, stored)
}

/** Puts an instant beside the row, and forgets those that no longer matter. */
const putOlder = ({ older, table }: StreamState, slot: number, stored: number, keep: number): void => {
  const list = older.get(slot)
  if (list === undefined) {
    older.set(slot, [stored])
    return
  }
  list.splice(roomFor(list, stored), 0, stored)
  // amortized: half of it is looked through only once it has doubled
  if (list.length < 2 * table.places || list.length < 16) return
  const gone = list.findIndex((each) => each > keep)
  const most = Math.max(0, list.length - table.places)
  list.splice(0, gone < 0 ? most : Math.min(gone, most))
}

/** Puts a stored instant into a row and answers what fell out at its end: 0, or the oldest. */
export const putInRow = (data: Uint32Array, first: number, stride: number, stored: number): number => {
  const last = first + stride - 1
  const out = data[last]!
  if (out >= stored) return stored
  let at = last
  for (; at > first; at--) {
    const newer = data[at - 1]!
    if (newer >= stored) break
    data[at] = newer
  }
  data[at] = stored
  return out
}

/**
 * Puts a stored instant in its place by time. One that the row has no room for is kept beside it while it is after `keep`:
 * taking back a newer one would uncover it.
 */
export const putPlace = (stream: StreamState, slot: number, stored: number, keep: number): void => {
  const { stride, rows } = stream
  if (stride === 0) {
    putOlder(stream, slot, stored, keep)
    return
  }
  const out = putInRow(rows.data, slot * stride, stride, stored)
  if (out > keep && out > 0) putOlder(stream, slot, out, keep)
}

/** Takes one stored instant out; `false` when it was forgotten. */
export const takePlace = ({ stride, rows, older }: StreamState, slot: number, stored: number): boolean => {
  const { data } = rows
  const first = slot * stride
  const list = older.get(slot)
  let at = first
  while (at < first + stride && data[at] !== stored) at++
  if (at === first + stride) {
    const index = list === undefined ? -1 : list.lastIndexOf(stored)
    if (index >= 0) list!.splice(index, 1)
    return index >= 0
  }
  for (; at < first + stride - 1; at++) data[at] = data[at + 1]!
  // the row has room again for the newest of those beside it
  data[at] = list?.pop() ?? 0
  return true
}

/** Empties a slot and gives it back. */
export const clearSlot = ({ stride, rows, older, lines }: StreamState, slot: number): void => {
  if ((slot + 1) * stride <= rows.length) rows.data.fill(0, slot * stride, (slot + 1) * stride)
  older.delete(slot)
  lines.delete(slot)
}
