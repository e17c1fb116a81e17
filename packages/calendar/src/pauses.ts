// Pauses: physical stretches of time that do not count, whatever the calendar says. One outside opening hours costs nothing.

import type { Instant, Millis } from '@clientele/core'
import { add, elapsed } from './evaluate.js'
import { NEVER, type Period } from './model.js'
import { normalize } from './sets.js'
import type { Table } from './table.js'

/** Pauses in order, those that touch or overlap made one, empty ones dropped. */
export const mergePauses = (pauses: readonly Period[]): readonly number[] => normalize(pauses.flat())

/**
 * Open milliseconds between two instants less pauses; negative when reversed. Pauses may overlap and come in any order.
 *
 * @example
 * import { compileOrThrow, elapsedPaused } from '@clientele/calendar'
 * const always = compileOrThrow({ timeZone: 'UTC', week: '24/7' })
 * elapsedPaused(always, 0, 1000, [[100, 300], [200, 400]]) // => 700
 *
 * @category evaluate
 */
export const elapsedPaused = (table: Table, from: Instant, to: Instant, pauses: readonly Period[]): Millis => {
  if (from > to) return 0 - elapsedPaused(table, to, from, pauses)
  let open = elapsed(table, from, to)
  const merged = mergePauses(pauses)
  for (let i = 0; i < merged.length; i += 2) {
    const start = Math.max(merged[i]!, from)
    const end = Math.min(merged[i + 1]!, to)
    if (end > start) open -= elapsed(table, start, end)
  }
  return open
}

const addForward = (table: Table, at: Instant, by: Millis, merged: readonly number[]): Instant => {
  let [cursor, left] = [at, by]
  for (let i = 0; i < merged.length; i += 2) {
    const [start, end] = [merged[i]!, merged[i + 1]!]
    if (end <= cursor) continue
    const open = start > cursor ? elapsed(table, cursor, start) : 0
    if (open >= left) return add(table, cursor, left)
    left -= open
    cursor = end
  }
  return add(table, cursor, left)
}

const addBackward = (table: Table, at: Instant, by: Millis, merged: readonly number[]): Instant => {
  let [cursor, left] = [at, -by]
  for (let i = merged.length - 2; i >= 0; i -= 2) {
    const [start, end] = [merged[i]!, merged[i + 1]!]
    if (start >= cursor) continue
    const open = end < cursor ? elapsed(table, end, cursor) : 0
    if (open >= left) return add(table, cursor, -left)
    left -= open
    cursor = start
  }
  return add(table, cursor, -left)
}

/**
 * The earliest instant x with `elapsedPaused(at, x) = by` (the latest, when negative); `at` itself for zero.
 * {@link NEVER} when there is none.
 *
 * @example
 * import { addPaused, compileOrThrow } from '@clientele/calendar'
 * const always = compileOrThrow({ timeZone: 'UTC', week: '24/7' })
 * addPaused(always, 0, 500, [[100, 300]]) // => 700
 *
 * @category evaluate
 */
export const addPaused = (table: Table, at: Instant, by: Millis, pauses: readonly Period[]): Instant => {
  if (by === 0) return at
  if (Number.isNaN(by) || Number.isNaN(at)) return NEVER
  const merged = mergePauses(pauses)
  return by > 0 ? addForward(table, at, by, merged) : addBackward(table, at, by, merged)
}
