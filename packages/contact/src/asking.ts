// A command as an attempt: whom it is about, where they are, what would be sent.

import type { State } from './book.js'
import type { Attempt } from './evaluate/judge.js'
import { type Message, messageOf } from './message.js'
import type { Facts } from './model.js'
import type { Area } from './places/area.js'
import { refuse, type Whom } from './read.js'
import { areaFor, handle, hasRoomFor } from './state.js'

/** Messages remembered at most; then the memory begins anew. */
const MOST_MESSAGES = 10_000

/** The message of some facts, remembered. */
export const messageFor = (state: State, facts: Facts): Message => {
  const key = JSON.stringify(facts)
  const known = state.messages.get(key)
  if (known !== undefined) return known
  if (state.messages.size >= MOST_MESSAGES) state.messages.clear()
  const made = messageOf(state.table, facts)
  state.messages.set(key, made)
  return made
}

/** Refuses a place beyond those that a state can tell apart. */
export const checkRoom = (state: State, { zone, zones }: Whom): void => {
  if (!hasRoomFor(state, zone, zones))
    refuse('too-large', 'recipient.zones', 'more different places than are told apart')
}

/** The place a command tells, else the one that is kept of a recipient; the unknown one for −1. */
export const areaAsked = (state: State, { zone, zones }: Whom, recipient: number): Area => {
  const told = zone !== undefined || zones !== undefined
  const kept = recipient < 0 ? 0 : state.areaOf.data[recipient]!
  return state.areas[told ? areaFor(state, zone, zones) : kept]!
}

/** An attempt as a command puts it; `keep` writes down whom it is about. */
export const asAttempt = (state: State, whom: Whom, message: Message, keep: 'keep' | 'look'): Attempt => {
  checkRoom(state, whom)
  const recipient = keep === 'keep' ? handleOf(state, whom) : state.ids.find(whom.id)
  return { state, message, recipient, id: whom.id, area: areaAsked(state, whom, recipient) }
}

/** The handle of whom a command is about; a zone it tells persists. */
export const handleOf = (state: State, whom: Whom): number => {
  checkRoom(state, whom)
  const { id, zone, zones } = whom
  return handle(state, {
    id,
    ...(zone === undefined ? {} : { zone }),
    ...(zones === undefined ? {} : { zones }),
  })
}
