// The stretches a clock has counted in its cycle, newest first: lists in one arena of columns, so that folding a million
// subjects allocates nothing. The gaps between stretches are the pauses.

import type { Instant } from '@clientele/core'

/** The end of a list. */
export const END = -1

/** Lists of entries; a list is the handle of its newest entry. */
export interface Trail {
  from: Float64Array
  to: Float64Array
  /** Row of the policy's hours, or a symbol in lists of past lines. */
  value: Int32Array
  older: Int32Array
  length: number
}

/** An arena with room for `capacity` entries; it grows. */
export const trailOf = (capacity: number): Trail => ({
  from: new Float64Array(capacity),
  to: new Float64Array(capacity),
  value: new Int32Array(capacity),
  older: new Int32Array(capacity),
  length: 0,
})

const grow = (trail: Trail): void => {
  const capacity = trail.from.length * 2
  const from = new Float64Array(capacity)
  const to = new Float64Array(capacity)
  const value = new Int32Array(capacity)
  const older = new Int32Array(capacity)
  from.set(trail.from)
  to.set(trail.to)
  value.set(trail.value)
  older.set(trail.older)
  Object.assign(trail, { from, to, value, older })
}

/** Puts an entry before a list and answers the new list. */
export const pushTrail = (trail: Trail, list: number, from: Instant, to: Instant, value: number): number => {
  if (trail.length === trail.from.length) grow(trail)
  const entry = trail.length++
  trail.from[entry] = from
  trail.to[entry] = to
  trail.value[entry] = value
  trail.older[entry] = list
  return entry
}

/** The entries of a list, oldest first. */
export const oldestFirst = (trail: Trail, list: number): number[] => {
  const entries: number[] = []
  for (let entry = list; entry !== END; entry = trail.older[entry]!) entries.push(entry)
  return entries.reverse()
}
