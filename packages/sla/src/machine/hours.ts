// Open time by whatever counts it: a compiled calendar, the host's hours, or the physical clock.

import { add, elapsed } from '@clientele/calendar'
import type { Instant, Millis } from '@clientele/core'
import type { Hours } from '../table.js'

/** Where the calendar never opens long enough. Infinite, so that no instant comes after it. */
export const FAR: Instant = Number.POSITIVE_INFINITY

/** The earliest instant with `by` ≥ 0 open milliseconds after `at`; {@link FAR} when there is none. */
export const addOpen = (hours: Hours | undefined, at: Instant, by: Millis): Instant => {
  if (hours === undefined || by === 0) return at + by
  const found = hours.calendar !== undefined ? add(hours.calendar, at, by) : hours.host!.add(at, by)
  return Number.isNaN(found) ? FAR : found
}

/** Open milliseconds between two instants. */
export const elapsedOpen = (hours: Hours | undefined, from: Instant, to: Instant): Millis => {
  if (hours === undefined) return to - from
  return hours.calendar !== undefined ? elapsed(hours.calendar, from, to) : hours.host!.elapsed(from, to)
}
