// Puts a state under another policy: places are asked anew, streams and exemptions of equal names keep what they know.
// What follows here is told by nobody: no answer of the old policy is asked again.

import { type Second, windowSince } from '@clientele/core'
import type { State } from '../book.js'
import { type Message, messageOf } from '../message.js'
import { findSlot, nth, putPlace, type StreamState, slotFor, takePlace } from '../places/stream.js'
import { type Line, putLine } from '../places/timeline.js'
import { areaFor, settle } from '../state.js'
import type { Table } from '../table.js'
import { bareLine, bareMessage, isBare } from './bare.js'
import { grantNames, grantsOf } from './names.js'

/** A message under the new policy, asked once for each of the old. */
type Again = (message: Message) => Message

const againOf = (table: Table): Again => {
  const known = new Map<Message, Message>()
  return (message) => {
    const found = known.get(message)
    if (found !== undefined) return found
    const made = messageOf(table, message.facts)
    known.set(message, made)
    return made
  }
}

/** The stored instants of a slot, newest first. */
const instantsOf = (stream: StreamState, slot: number): number[] => {
  const found: number[] = []
  for (let k = 0; nth(stream, slot, k) > 0; k++) found.push(nth(stream, slot, k))
  return found
}

/** Whose a slot is, by slot: handles, −1 where it is shared. */
const ownersOf = (stream: StreamState): Int32Array => {
  const owners = new Int32Array(stream.next).fill(-1)
  if (stream.table.own) return owners.map((_, slot) => slot)
  for (const [owner, keys] of stream.slots) for (const slot of keys.values()) owners[slot] = owner
  return owners
}

/** Stored instants after the answer may still matter beside a row. */
const keepOf = (state: State, stream: StreamState, owner: number, newest: number): Second => {
  const last = newest - 1 - state.lateness
  if (owner < 0 || last <= 0) return 0
  const home = state.areas[state.areaOf.data[owner]!]!.window
  return stream.table.limits.reduce((keep, { window, zone, local }) => {
    const own = local ? home : zone
    return Math.min(keep, local && own === undefined ? 0 : windowSince(window, own, last))
  }, Number.POSITIVE_INFINITY)
}

/** Rows of one length into rows of another. */
const carryRows = (state: State, from: StreamState, to: StreamState): void => {
  if (from.stride === to.stride && to.stride > 0) {
    to.rows.resize(from.rows.length)
    to.rows.data.set(from.rows.view())
    for (const [slot, list] of from.older) to.older.set(slot, list)
    return
  }
  const owners = ownersOf(from)
  for (let slot = 0; slot < from.next; slot++) {
    const instants = instantsOf(from, slot)
    const inRow = instants.slice(0, to.stride)
    to.rows.data.set(inRow, slot * to.stride)
    const rest = instants.slice(inRow.length).reverse()
    const keep = rest.length > 0 ? keepOf(state, to, owners[slot]!, instants[0]!) : 0
    const kept = rest.filter((stored) => stored > keep)
    if (kept.length > 0) to.older.set(slot, kept)
  }
}

/** Whole touches into rows, now that an instant says enough. */
const carryIntoRows = (from: StreamState, to: StreamState, again: Again): void => {
  for (const [slot, lines] of from.lines) {
    for (const line of lines) {
      const message = again(line.message)
      const taken = isBare(line) || message.takes.some(({ stream }) => stream === to.row)
      if (!taken) continue
      if (line.until !== Number.POSITIVE_INFINITY) putLine(to.lines, slot, { ...line, message })
      else for (let i = 0; i < line.weight; i++) putPlace(to, slot, line.at + 1, 0)
    }
  }
}

const carryLines = (state: State, from: StreamState, to: StreamState, again: Again): void => {
  const bare = bareMessage(state.table, to.row)
  for (const [slot, lines] of from.lines) {
    to.lines.set(
      slot,
      lines.map((line) => ({ ...line, message: isBare(line) ? bare : again(line.message) })),
    )
  }
}

/** Instants into whole touches: those known by id with all that was told, the others bare. */
const carryIntoLines = (state: State, from: StreamState, to: StreamState, again: Again): void => {
  carryLines(state, from, to, again)
  for (const line of linesById(state, 'counted')) {
    const take = line.message.takes.find(({ stream }) => stream === to.row)
    if (take === undefined) continue
    const slot = findSlot(from, from.table.per.includes('recipient') ? line.recipient : -1, take.key)
    if (slot < 0 || !takePlace(from, slot, line.at + 1)) continue
    for (let i = 1; i < take.weight; i++) takePlace(from, slot, line.at + 1)
    putLine(to.lines, slot, { ...line, weight: take.weight })
  }
  const bare = bareMessage(state.table, to.row)
  for (let slot = 0; slot < from.next; slot++) {
    for (const stored of instantsOf(from, slot).reverse()) putLine(to.lines, slot, bareLine(bare, stored - 1))
  }
}

/** Touches that are known by id, in the order told; messages are those of the new policy. */
const linesById = (state: State, only?: 'counted'): Line[] =>
  [...state.touches.values()]
    .filter(({ status }) => status === 'counted' || (only === undefined && status === 'held'))
    .sort((a, b) => a.seq - b.seq)
    .map(({ at, seq, until, message, recipient }) => ({ at, seq, until, weight: 1, message, recipient }))

/** Fills a new stream with the touches that are known by id: reservations, and what may yet be taken back. */
const begin = (state: State, to: StreamState): void => {
  to.next = to.table.own ? state.ids.capacity : 0
  to.rows.resize(to.next * to.stride)
  for (const line of linesById(state)) {
    const take = line.message.takes.find(({ stream }) => stream === to.row)
    if (take === undefined) continue
    const slot = slotFor(to, to.table.per.includes('recipient') ? line.recipient : -1, take.key)
    if (to.table.whole || line.until !== Number.POSITIVE_INFINITY)
      putLine(to.lines, slot, { ...line, weight: take.weight })
    else for (let i = 0; i < take.weight; i++) putPlace(to, slot, line.at + 1, 0)
  }
}

const carryStream = (state: State, from: StreamState, to: StreamState, again: Again): void => {
  for (const [owner, keys] of from.slots) to.slots.set(owner, keys)
  for (const slot of from.free) to.free.push(slot)
  to.next = from.next
  to.rows.resize(to.next * to.stride)
  if (!from.table.whole && !to.table.whole) {
    carryRows(state, from, to)
    carryLines(state, from, to, again)
  } else if (!from.table.whole) carryIntoLines(state, from, to, again)
  else if (to.table.whole) carryLines(state, from, to, again)
  else carryIntoRows(from, to, again)
}

/** Puts a state under a table, in place. */
export const carry = (state: State, table: Table): void => {
  const { streams, marks, areas, table: before } = state
  settle(state, table)
  for (const { zone, zones } of areas.slice(1)) areaFor(state, zone, zones)
  const again = againOf(table)
  for (const [id, touch] of state.touches) state.touches.set(id, { ...touch, message: again(touch.message) })
  for (const to of state.streams) {
    const from = streams.find((each) => each.table.name === to.table.name)
    if (from === undefined) begin(state, to)
    else carryStream(state, from, to, again)
  }
  const names = grantNames(before)
  for (const exempt of grantsOf(table)) {
    const old = names.indexOf(grantNames(table)[exempt.grant]!)
    if (old < 0) continue
    for (const [key, lines] of marks[old]!) {
      state.marks[exempt.grant]!.set(
        key,
        lines.map((line) => ({ ...line, message: again(line.message) })),
      )
    }
  }
}
