// Where touches count: putting them into streams and marks, and taking them back.

import { type Second, windowSince } from '@clientele/core'
import type { State } from './book.js'
import { markKey } from './evaluate/grant.js'
import type { Mark, Message } from './message.js'
import { findSlot, nth, putInRow, putPlace, type StreamState, slotFor, takePlace } from './places/stream.js'
import { type Line, putLine, takeLine } from './places/timeline.js'

/** Stored instants are less than this: nothing is kept. */
export const KEEP_NONE = 0x1_0000_0000

/** Stored instants after the answer may still decide: something in the stream is asked of them. */
const keepOf = (state: State, stream: StreamState, recipient: number, at: Second): number => {
  const last = at - state.lateness
  if (last <= 0) return 0
  const area = state.areas[state.areaOf.data[recipient]!]!
  let keep = KEEP_NONE
  for (const { window, zone, local } of stream.table.limits) {
    const own = local ? area.window : zone
    keep = Math.min(keep, local && own === undefined ? 0 : windowSince(window, own, last))
  }
  return keep
}

const ownerOf = ({ shared }: StreamState, recipient: number): number => (shared ? -1 : recipient)

/** Whether marks must be kept of the message. */
const marksOf = ({ begins, ends }: Message): readonly Mark[] => {
  const ended = ends.filter(({ exempt }) => !begins.some((mark) => mark.exempt === exempt))
  return [...begins, ...ended]
}

/** Lets an attempt that was allowed in rows count: nothing it pushes out can matter any more. */
export const placeInRows = (state: State, recipient: number, { takes }: Message, at: Second): void => {
  for (let i = 0; i < takes.length; i++) {
    const { stream: row, weight, key } = takes[i]!
    const stream = state.streams[row]!
    const slot = stream.own ? recipient : slotFor(stream, ownerOf(stream, recipient), key)
    const { data } = stream.rows
    for (let taken = 0; taken < weight; taken++) putInRow(data, slot * stream.stride, stream.stride, at + 1)
  }
}

/** Lists shorter than this are not worth looking through. */
const WORTH_A_LOOK = 32

/** The newest second in a list. */
const newestOf = (lines: readonly Line[]): Second => lines[lines.length - 1]!.at

/** Forgets whole touches that have left every window; half a list is looked through only once it has doubled. */
const pruneTouches = (state: State, stream: StreamState, slot: number, recipient: number): void => {
  const lines = stream.lines.get(slot)!
  if (lines.length < WORTH_A_LOOK || (lines.length & (lines.length - 1)) !== 0) return
  const keep = keepOf(state, stream, recipient, newestOf(lines))
  const left = lines.filter(({ at, until }) => at >= keep || until !== Number.POSITIVE_INFINITY)
  stream.lines.set(slot, left)
}

/** Forgets marks before the last that any question to come can see. */
const pruneMarks = (state: State, lines: Line[], recipient: number): void => {
  if (lines.length < WORTH_A_LOOK || (lines.length & (lines.length - 1)) !== 0) return
  const newest = newestOf(lines)
  let cut = newest - state.lateness
  // whole touches ask what held when they were sent
  for (const stream of state.streams)
    if (stream.table.whole) cut = Math.min(cut, keepOf(state, stream, recipient, newest))
  let last = lines.length - 1
  while (last > 0 && (lines[last]!.at > cut || lines[last]!.until !== Number.POSITIVE_INFINITY)) last--
  lines.splice(0, last)
}

/** Lets a touch or an event count, from `line.at` on and, when it is a reservation, until it lapses. */
export const placeLine = (state: State, line: Line): void => {
  const { message, recipient, at, until } = line
  for (const { stream: row, weight, key } of message.takes) {
    const stream = state.streams[row]!
    const slot = slotFor(stream, ownerOf(stream, recipient), key)
    if (stream.table.whole || until !== Number.POSITIVE_INFINITY) {
      putLine(stream.lines, slot, { ...line, weight })
      if (until === Number.POSITIVE_INFINITY) pruneTouches(state, stream, slot, recipient)
      continue
    }
    const keep = keepOf(state, stream, recipient, Math.max(at, nth(stream, slot, 0) - 1))
    for (let taken = 0; taken < weight; taken++) putPlace(stream, slot, at + 1, keep)
  }
  for (const mark of marksOf(message)) {
    const marks = state.marks[mark.exempt.grant]!
    const key = markKey(recipient, mark)
    putLine(marks, key, line)
    if (until === Number.POSITIVE_INFINITY) pruneMarks(state, marks.get(key)!, recipient)
  }
}

/** Takes back what {@link placeLine} did. */
export const unplaceLine = (state: State, { message, recipient, at, until, seq }: Line): void => {
  for (const { stream: row, weight, key } of message.takes) {
    const stream = state.streams[row]!
    const slot = findSlot(stream, ownerOf(stream, recipient), key)
    if (stream.table.whole || until !== Number.POSITIVE_INFINITY) takeLine(stream.lines, slot, seq)
    else for (let taken = 0; taken < weight; taken++) takePlace(stream, slot, at + 1)
  }
  for (const mark of marksOf(message))
    takeLine(state.marks[mark.exempt.grant]!, markKey(recipient, mark), seq)
}
