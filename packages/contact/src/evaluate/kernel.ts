// The hot path: a message of rows and one quiet week, decided for a recipient by handle. It knows the common case alone and
// says so with −1 when a decision is not of it; `judge.ts` then answers. One pass is enough: windows of a steady place
// never grow back, so a cap that is free stays free until something is sent.

import { type Second, windowFrees } from '@clientele/core'
import type { Message } from '../message.js'
import { type Area, turnTo } from '../places/area.js'
import { findSlot } from '../places/stream.js'
import type { State } from '../state.js'

/** Not of the common case. */
export const ELSEWHERE = -1

const DAY = 86_400
const WEEK = 10_080
/** Monday begins the week of minutes; 1970 began on a Thursday. */
const THURSDAY = 3 * 1_440

/** The first second at or after `at` that is not quiet, or {@link ELSEWHERE}. */
const afterQuiet = (message: Message, area: Area, at: Second): Second => {
  const { wait, special } = message.week!
  if (at < area.offsetFrom || at >= area.offsetTo) return ELSEWHERE
  const local = at + area.offset
  const minute = Math.floor(local / 60)
  const minutes = wait[(minute + THURSDAY) % WEEK]!
  if (special !== undefined) {
    const last = Math.floor((minute + minutes) / 1_440)
    for (let day = Math.floor(local / DAY); day <= last; day++) if (special[day] === 1) return ELSEWHERE
  }
  if (minutes === 0) return at
  const open = (minute + minutes) * 60 - area.offset
  return open < area.offsetTo ? open : ELSEWHERE
}

/** The first second at which the message may be sent; `at` when now; {@link ELSEWHERE} when this path cannot tell. */
export const firstAllowedInRows = (state: State, recipient: number, message: Message, at: Second): Second => {
  const area = state.areas[state.areaOf.data[recipient]!]!
  if (area.window === undefined || area.zones !== undefined || !area.steady) return ELSEWHERE
  if (at < area.from || at >= area.to) turnTo(state.table, area, at)
  const { asks } = message
  let next = at
  for (let i = 0; i < asks.length; i++) {
    const { limit, past, key } = asks[i]!
    if (key === undefined) continue
    const stream = state.streams[limit.stream]!
    const slot = stream.table.own
      ? recipient
      : findSlot(stream, stream.table.per.includes('recipient') ? recipient : -1, key)
    if (slot < 0) continue
    if (state.held > 0 && stream.lines.has(slot)) return ELSEWHERE
    const { stride } = stream
    const { data } = stream.rows
    const first = slot * stride
    // a touch known for later
    if (data[first]! > at + 1) return ELSEWHERE
    const place = data[first + past]!
    if (place === 0) continue
    const { window } = limit
    if (window.kind === 'rolling') {
      // stored one more than the second: free again at place − 1 + W
      if (place + window.seconds > at + 1 && place - 1 + window.seconds > next)
        next = place - 1 + window.seconds
    } else if (window.kind === 'calendar') {
      if (place > area.since[limit.limitIndex]! && area.frees[limit.limitIndex]! > next)
        next = area.frees[limit.limitIndex]!
    } else if (window.kind === 'lifetime') return Number.NaN
    else if (place > area.since[limit.limitIndex]!) {
      next = Math.max(next, windowFrees(window, limit.local ? area.window : limit.zone, at, place - 1))
    }
  }
  return message.week === undefined ? next : afterQuiet(message, area, next)
}
