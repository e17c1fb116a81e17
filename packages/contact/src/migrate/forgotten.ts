// Touches that the old policy had no more use for and forgot, and how late the latest of them can be. Rows forget what
// falls out of a full row and out of every window of the old policy, lists of whole touches what leaves every window.

import { type Second, windowSince } from '@clientele/core'
import type { State } from '../book.js'
import { nth, type StreamState } from '../places/stream.js'
import type { LimitTable } from '../table.js'

/** Before any touch. */
export const NOTHING: Second = -1

/** Places taken back, and places that yet may be, by slot. */
interface Loose {
  readonly taken: ReadonlySet<number>
  readonly open: ReadonlyMap<number, number>
}

/** Only touches known by id are ever taken back. */
const looseOf = (state: State, stream: StreamState): Loose => {
  const [taken, open] = [new Set<number>(), new Map<number, number>()]
  const shared = !stream.table.per.includes('recipient')
  for (const { message, recipient, status } of state.touches.values()) {
    const take = message.takes.find((each) => each.stream === stream.row)
    if (take === undefined) continue
    const slot = stream.table.own ? recipient : stream.slots.get(shared ? -1 : recipient)?.get(take.key)
    if (slot === undefined) continue
    if (status === 'gone') taken.add(slot)
    else if (status === 'counted') open.set(slot, (open.get(slot) ?? 0) + take.weight)
  }
  return { taken, open }
}

/** The last second of which a touch may have been out of every window of a stream when it fell out of its row. */
const outOfWindows = (
  state: State,
  { table }: StreamState,
  areas: readonly number[],
  newest: Second,
): Second => {
  const last = newest - state.lateness
  if (last < 0) return NOTHING
  let latest = NOTHING
  for (const area of areas) {
    const home = state.areas[area]!.window
    const since = table.limits.map(({ window, zone, local }) => {
      const own = local ? home : zone
      return local && own === undefined ? 0 : windowSince(window, own, last)
    })
    latest = Math.max(latest, Math.min(...since) - 1)
  }
  return latest
}

/** One limit of the new policy, and the latest touch that it may miss, by row of areas. */
export interface Missing {
  readonly limit: LimitTable
  readonly latest: Map<number, Second>
}

/** Notes what a stream may have forgotten that limits of the new policy could ask for. */
export const noteForgotten = (
  state: State,
  stream: StreamState,
  at: Second,
  missing: readonly Missing[],
): void => {
  const { table } = stream
  if (state.lateness === Number.POSITIVE_INFINITY) return
  const { taken, open } = looseOf(state, stream)
  const all = state.areas.map((_, area) => area)
  const owners = new Map<number, number>()
  for (const [owner, keys] of stream.slots) for (const slot of keys.values()) owners.set(slot, owner)
  const known = new Map<number, Second>()
  for (let slot = 0; slot < stream.next; slot++) {
    const whole = stream.table.whole ? stream.lines.get(slot)?.at(-1) : undefined
    const full = whole === undefined ? nth(stream, slot, table.places - 1) : whole.at + 1
    // of whole touches it is not known whether the list was ever long enough to be looked through
    const torn = taken.has(slot) || whole !== undefined
    if (full === 0 && !torn) continue
    const owner = table.own ? slot : (owners.get(slot) ?? -1)
    const area = owner < 0 ? -1 : state.areaOf.data[owner]!
    const newest = whole?.at ?? nth(stream, slot, 0) - 1
    let bound = newest > at ? undefined : known.get(area)
    if (bound === undefined) {
      bound = outOfWindows(state, stream, area < 0 ? all : [area], Math.max(at, newest))
      if (newest <= at) known.set(area, bound)
    }
    const latest = torn ? bound : Math.min(bound, full - 1)
    if (latest < 0) continue
    for (const { limit, latest: noted } of missing) {
      // as many as it asks for stay in the row, whatever is taken back
      if (!torn && limit.limit + (open.get(slot) ?? 0) <= table.places) continue
      for (const each of area < 0 ? all : [area]) {
        if (latest > (noted.get(each) ?? NOTHING)) noted.set(each, latest)
      }
    }
  }
}
