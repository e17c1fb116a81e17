// What changes: who is where, the touches of each stream, reservations, consents, tags. The caller owns it; only `step`
// and the hot doors (`attempt`, `attemptInto`) change it.

import { Column, IdIndex, zoneOf } from '@clientele/core'
import type { State } from './book.js'
import { type Area, areaOf } from './places/area.js'
import { createStream, type StreamState } from './places/stream.js'
import type { Table } from './table.js'

/** How a state is made. @category state */
export interface StateOptions {
  /**
   * How far before the newest touch a decision may lie and still be exact, in milliseconds: 0 unless told, so that touches
   * which can matter no more are forgotten at once. `Infinity` forgets nothing.
   */
  readonly lateness?: number
  /** How many recipients to make room for at once: no growing, no slack. More are still welcome. */
  readonly recipients?: number
}

const UNKNOWN_KEY = ''

/** The place without a known zone: the policy may name one to stand in. */
const nowhere = (table: Table): Area => {
  const standIn = typeof table.missingZone === 'string' ? undefined : table.missingZone
  const names = { zone: undefined, zones: undefined }
  return areaOf(table, UNKNOWN_KEY, names, standIn, standIn === undefined ? [] : [standIn])
}

/** Rows of places are kept in two bytes. */
const MOST_AREAS = 65_535

const areaKey = (zone: string | undefined, zones: readonly string[] | undefined): string =>
  zones === undefined ? (zone ?? UNKNOWN_KEY) : JSON.stringify([zone ?? null, ...zones])

/** Whether a place is known or may become so. */
export const hasRoomFor = (
  state: State,
  zone: string | undefined,
  zones: readonly string[] | undefined,
): boolean => state.areas.length < MOST_AREAS || state.areaKeys.has(areaKey(zone, zones))

/** The row of a place that was told by the names of its zones, all known. */
export const areaFor = (
  state: State,
  zone: string | undefined,
  zones: readonly string[] | undefined,
): number => {
  const key = areaKey(zone, zones)
  const known = state.areaKeys.get(key)
  if (known !== undefined) return known
  if (state.areas.length >= MOST_AREAS) throw new RangeError(`more than ${MOST_AREAS} different places`)
  const all = [...(zone === undefined ? [] : [zone]), ...(zones ?? [])]
    .map(zoneOf)
    .filter((each) => each !== undefined)
  const row = state.areas.length
  const area = areaOf(state.table, key, { zone, zones }, all[0], all)
  state.areas.push(area)
  state.notes.push(area.notes)
  state.areaKeys.set(key, row)
  return row
}

/** Puts a state under a table: its places and streams are new and empty. */
export const settle = (state: State, table: Table): void => {
  state.table = table
  state.areas = [nowhere(table)]
  state.notes = state.areas.map(({ notes }) => notes)
  state.areaKeys = new Map([[UNKNOWN_KEY, 0]])
  state.streams = table.streams.map(createStream)
  state.marks = table.exempt.filter(({ grant }) => grant >= 0).map(() => new Map())
  state.messages.clear()
}

/**
 * An empty state of a policy.
 *
 * @example
 * import { compileOrThrow, createState, handle } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * handle(createState(policy), 'anna') // => 0
 *
 * @category state
 */
export const createState = (table: Table, { lateness = 0, recipients = 16 }: StateOptions = {}): State => {
  const state: State = {
    table,
    lateness: Math.ceil(lateness / 1_000),
    ids: new IdIndex(),
    areaOf: new Column(Uint16Array, recipients),
    areas: [],
    notes: [],
    areaKeys: new Map(),
    streams: [],
    marks: [],
    consents: new Map(),
    preferences: new Map(),
    tags: new Map(),
    touches: new Map(),
    lost: new Map(),
    held: 0,
    sweepAt: 64,
    seq: 0,
    messages: new Map(),
  }
  settle(state, table)
  for (const { own, rows, stride } of state.streams) if (own) rows.reserve(recipients * stride)
  return state
}

/**
 * The handle of a recipient: a dense row number, given on first sight, exact by the whole id. With handles the hot doors
 * need no look-up by text. A zone persists until another is told.
 *
 * @example
 * import { compileOrThrow, createState, handle } from '@clientele/contact'
 * const state = createState(compileOrThrow({}))
 * handle(state, { id: 'anna', zone: 'Europe/Moscow' }) === handle(state, 'anna') // => true
 *
 * @category state
 */
export const handle = (
  state: State,
  recipient: string | { readonly id: string; readonly zone?: string; readonly zones?: readonly string[] },
): number => {
  const { id, zone, zones } = typeof recipient === 'string' ? { id: recipient } : recipient
  const row = state.ids.handle(id)
  const { areaOf: areas } = state
  if (row >= areas.length) areas.resize(row + 1)
  if (zone !== undefined || zones !== undefined) {
    for (const name of [...(zone === undefined ? [] : [zone]), ...(zones ?? [])]) {
      if (zoneOf(name) === undefined) throw new RangeError(`"${name}" is not a known IANA time zone`)
    }
    areas.data[row] = areaFor(state, zone, zones)
  }
  for (const stream of state.streams) {
    const { own } = stream.table
    if (own && row >= stream.next) growOwn(stream, row)
  }
  return row
}

/** Rows for recipients up to this one. */
const growOwn = (stream: StreamState, row: number): void => {
  stream.next = row + 1
  if (stream.rows.length < stream.next * stream.stride) stream.rows.resize(stream.next * stream.stride)
}
