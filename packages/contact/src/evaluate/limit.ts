// One limit, asked at any second: also before touches already known, with reservations that may lapse, with touches of
// which only now is known whether they count. `kernel.ts` has the same for the common case.

import { type Second, windowFrees, windowSince, type Zone } from '@clientele/core'
import { evaluate } from '@clientele/core/condition'
import type { State } from '../book.js'
import { type Ask, weightOf } from '../message.js'
import { countAfter, findSlot, nth, type StreamState } from '../places/stream.js'
import { isHeld, type Line } from '../places/timeline.js'
import { isUnder } from './grant.js'

/** The place that decides: when it was taken, and the first second at which one as recent or more so lapses. */
export interface Deciding {
  readonly at: Second
  readonly lapses: Second
}

/** Whose attempt it is, and the zone of their windows at present: the one that was told, before the one that is kept. */
export interface Whose {
  readonly recipient: number
  readonly home: Zone | undefined
}

/** How many places a touch takes in a stream, as things stand. */
const placesOf = (
  state: State,
  { table, row }: StreamState,
  whose: Whose,
  { message, recipient, at, seq }: Line,
): number => {
  const taken = message.takes.find(({ stream }) => stream === row)
  if (taken === undefined) return 0
  // nobody's since a migration: then nothing is asked of the zone
  const home =
    recipient === whose.recipient ? whose.home : state.areas[state.areaOf.data[recipient] ?? 0]!.window
  if (message.grants.some((mark) => mark.exempt.uncounted && isUnder(state, mark, recipient, home, at, seq)))
    return 0
  if (!table.currentTags) return taken.weight
  const campaign = message.facts['campaign']
  const tags = typeof campaign === 'string' ? state.tags.get(campaign) : undefined
  const facts = tags === undefined ? message.facts : { ...message.facts, tags }
  if (table.counts !== undefined && evaluate(table.counts, facts) !== true) return 0
  return weightOf(table.weights, facts)
}

/** The lines in sight at a second, newest first; a reservation is as new as can be. */
const linesAt = (stream: StreamState, slot: number, at: Second): readonly (readonly [Second, Line])[] =>
  (stream.lines.get(slot) ?? [])
    .filter((line) => line.at <= at && line.until > at)
    .map((line) => [isHeld(line) ? at : line.at, line] as const)
    .sort(([a], [b]) => b - a)

/** Reservations at a second, newest first, one place each. */
const heldAt = (stream: StreamState, slot: number, at: Second): readonly Deciding[] =>
  linesAt(stream, slot, at).flatMap(([taken, { weight, until }]) =>
    Array.from({ length: weight }, () => ({ at: taken, lapses: until })),
  )

/** The place `past` places back, of instants and reservations together. */
const decidingInstant = (
  stream: StreamState,
  slot: number,
  past: number,
  at: Second,
): Deciding | undefined => {
  const later = countAfter(stream, slot, at + 1)
  const held = heldAt(stream, slot, at)
  let [taken, h, lapses] = [0, 0, Number.POSITIVE_INFINITY]
  for (;;) {
    const stored = nth(stream, slot, later + taken - h)
    const line = held[h]
    if (line === undefined) {
      // no more reservations: the place is found by counting
      const found = nth(stream, slot, later + past - h)
      return found === 0 ? undefined : { at: found - 1, lapses }
    }
    const newer = line.at + 1 >= stored
    if (newer) lapses = Math.min(lapses, line.lapses)
    if (taken === past) return { at: newer ? line.at : stored - 1, lapses }
    taken++
    if (newer) h++
  }
}

/** The same in a stream of whole touches. */
const decidingLine = (
  state: State,
  stream: StreamState,
  slot: number,
  whose: Whose,
  past: number,
  at: Second,
): Deciding | undefined => {
  let taken = 0
  let lapses = Number.POSITIVE_INFINITY
  for (const [lies, line] of linesAt(stream, slot, at)) {
    const places = placesOf(state, stream, whose, line)
    if (places === 0) continue
    lapses = Math.min(lapses, line.until)
    taken += places
    if (taken > past) return { at: lies, lapses }
  }
  return undefined
}

/** The stream and slot of an ask; `undefined` when nothing can have counted there yet. */
const slotOf = (
  state: State,
  { limit, key }: Ask,
  recipient: number,
): readonly [StreamState, number] | undefined => {
  const stream = state.streams[limit.stream]!
  if (key === undefined || (stream.table.own && recipient < 0)) return undefined
  const slot = findSlot(stream, stream.table.per.includes('recipient') ? recipient : -1, key)
  return slot < 0 ? undefined : [stream, slot]
}

/** The place that decides about an ask; `undefined` when there is none. */
export const deciding = (state: State, ask: Ask, whose: Whose, at: Second): Deciding | undefined => {
  const found = slotOf(state, ask, whose.recipient)
  if (found === undefined) return undefined
  const [stream, slot] = found
  if (stream.table.whole) return decidingLine(state, stream, slot, whose, ask.past, at)
  return decidingInstant(stream, slot, ask.past, at)
}

/** How many places are taken from `since` to a second. */
export const usedSince = (state: State, ask: Ask, whose: Whose, since: Second, at: Second): number => {
  const found = slotOf(state, ask, whose.recipient)
  if (found === undefined) return 0
  const [stream, slot] = found
  let used = 0
  for (const [lies, line] of linesAt(stream, slot, at)) {
    if (lies < since) continue
    used += stream.table.whole ? placesOf(state, stream, whose, line) : line.weight
  }
  if (stream.table.whole) return used
  const later = countAfter(stream, slot, at + 1)
  return used + countAfter(stream, slot, since) - later
}

/** How many places are taken in the window of a limit at a second. */
export const usedAt = (state: State, ask: Ask, whose: Whose, at: Second): number => {
  const { window, local, zone } = ask.limit
  return usedSince(state, ask, whose, windowSince(window, local ? whose.home : zone, at), at)
}

/**
 * `at` when the limit passes then, else a second before which it does not pass: exact when nothing newer than the deciding
 * place comes before it. +∞ when it never passes.
 */
export const limitFrees = (state: State, ask: Ask, whose: Whose, at: Second): Second => {
  const { limit, past } = ask
  if (past < 0) return Number.POSITIVE_INFINITY
  const zone = limit.local ? whose.home : limit.zone
  const place = deciding(state, ask, whose, at)
  if (place === undefined || place.at < windowSince(limit.window, zone, at)) return at
  return Math.max(at + 1, Math.min(place.lapses, windowFrees(limit.window, zone, at, place.at)))
}
