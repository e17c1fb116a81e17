// What is known of one recipient against a slate: which candidates pass by themselves, and how much room each window has
// left for the others. The hot part of a choice in bulk.

import type { State } from '../book.js'
import { consentFrees } from '../evaluate/consent.js'
import { exemptedAt, isControl } from '../evaluate/judge.js'
import { usedAt } from '../evaluate/limit.js'
import { countAfter, findSlot, type StreamState } from '../places/stream.js'
import { CONSENT, QUIET } from '../table.js'
import type { Asked, Spot } from './model.js'

/** More than any limit: the constraint does not bind. */
const ENDLESS = 0x3fff_ffff

/** Stored instants after `since` and not after `until`. */
const countIn = (stream: StreamState, slot: number, since: number, until: number): number => {
  const { stride, older } = stream
  const { data } = stream.rows
  const from = slot * stride
  let used = 0
  for (let k = 0; k < stride; k++) {
    const stored = data[from + k]!
    if (stored <= since) return used
    if (stored <= until) used++
  }
  if (older.size === 0 || !older.has(slot)) return used
  return countAfter(stream, slot, since) - countAfter(stream, slot, until)
}

const usedIn = (state: State, { spot, slate, recipient }: Asked, constraint: number): number => {
  const stream = state.streams[spot.streams[constraint]!]!
  const at = slate.entries[spot.owner[constraint]!]!.at
  let slot = recipient
  if (!stream.own) slot = findSlot(stream, stream.shared ? -1 : recipient, spot.asks[constraint]!.key!)
  if (slot < 0) return 0
  // reservations, and touches of which more must be known
  if (stream.table.whole || (stream.lines.size > 0 && stream.lines.has(slot))) {
    return usedAt(state, spot.asks[constraint]!, { recipient, home: spot.area.window }, at)
  }
  return countIn(stream, slot, spot.sinces[constraint]!, at + 1)
}

/** The kinds that stand aside for a candidate; less than 0 when a rule of this recipient's own refuses it. */
const personally = (state: State, { slate, spot, recipient, id }: Asked, row: number): number => {
  const { message, at } = slate.entries[row]!
  const { grants, consent, control } = message
  const name = id ?? state.ids.name(recipient) ?? ''
  const attempt = { state, message, recipient, id: name, area: spot.area }
  const exempted = grants.length === 0 ? 0 : exemptedAt(attempt, at)
  if ((exempted & CONSENT) === 0) {
    for (const rule of consent) if (consentFrees(state, rule, message, recipient, at) > at) return -1
  }
  for (const { rule, key } of control) if (key !== undefined && isControl(rule, key, name)) return -1
  return exempted
}

/** Finds the room of each constraint of a candidate; 1 when it passes by itself. */
const lookAt = (state: State, asked: Asked, row: number): 0 | 1 => {
  const { spot } = asked
  const { rooms, pasts, streams, kinds } = spot
  const exempted = spot.personal ? personally(state, asked, row) : 0
  if (exempted < 0 || (spot.quiet[row]! & ~exempted & QUIET) !== 0) return 0
  const end = spot.first[row + 1]!
  for (let i = spot.first[row]!; i < end; i++) {
    if ((kinds[i]! & exempted) !== 0) {
      rooms[i] = ENDLESS
      continue
    }
    if (streams[i]! < 0) return 0
    const room = pasts[i]! - usedIn(state, asked, i)
    if (room < 0) return 0
    rooms[i] = room
  }
  return 1
}

/** Writes down in the spot who passes by themselves, and what room there is for others. */
export const takeStock = (state: State, asked: Asked): void => {
  const { alive } = asked.spot
  for (let row = 0; row < alive.length; row++) alive[row] = lookAt(state, asked, row)
}

/** Those who pass by themselves as bits, where there are few enough. */
export const bitsOf = ({ alive }: Spot): number => {
  let bits = 0
  for (let row = 0; row < alive.length; row++) bits |= alive[row]! << row
  return bits
}
