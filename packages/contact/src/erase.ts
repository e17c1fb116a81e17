// Forgetting a recipient: no byte of theirs stays in the state, nor in a snapshot taken afterwards.

import type { State } from './book.js'
import { clearSlot, type StreamState } from './places/stream.js'
import type { Line } from './places/timeline.js'

/** Takes a recipient's lines out of lists that others share. */
const without = (lines: Map<string | number, Line[]>, recipient: number): void => {
  for (const [key, list] of lines) {
    const left = list.filter((line) => line.recipient !== recipient)
    if (left.length === 0) lines.delete(key)
    else if (left.length < list.length) lines.set(key, left)
  }
}

const eraseFrom = (stream: StreamState, recipient: number): void => {
  if (stream.table.own) clearSlot(stream, recipient)
  else if (stream.table.per.includes('recipient')) {
    for (const slot of stream.slots.get(recipient)?.values() ?? []) {
      clearSlot(stream, slot)
      stream.free.push(slot)
    }
    stream.slots.delete(recipient)
  } else without(stream.lines, recipient)
}

/**
 * Forgets the recipient of a handle; nothing for −1. Keys that leave the recipient out belong to all who share them, a
 * household or a campaign: they stay, with instants that name nobody. A key that names one person needs `recipient` in it.
 */
export const eraseRecipient = (state: State, recipient: number): void => {
  if (recipient < 0) return
  for (const [id, touch] of state.touches) {
    if (touch.recipient !== recipient) continue
    if (touch.status === 'held') state.held--
    state.touches.delete(id)
  }
  for (const stream of state.streams) eraseFrom(stream, recipient)
  for (const marks of state.marks) without(marks, recipient)
  state.consents.delete(recipient)
  state.preferences.delete(recipient)
  state.areaOf.data[recipient] = 0
  // facts of theirs may be among them
  state.messages.clear()
  state.ids.delete(recipient)
}
