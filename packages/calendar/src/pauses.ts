// Pauses: physical stretches of time that do not count, whatever the calendar says. One outside opening hours costs nothing.

import type { Instant, Millis } from '@clientele/core'
import { add, elapsed } from './evaluate.js'
import type { Period } from './model.js'
import { clip, normalize } from './sets.js'
import type { Table } from './table.js'

/** Pauses in order, those that touch or overlap made one, empty ones dropped. */
export const mergePauses = (pauses: readonly Period[]): number[] => normalize(pauses.flat())

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
export const elapsedPaused = (
  table: Table,
  from: Instant,
  to: Instant,
  pauses: readonly Period[],
): Millis => {
  if (from > to) return 0 - elapsedPaused(table, to, from, pauses)
  let open = elapsed(table, from, to)
  const merged = clip(mergePauses(pauses), from, to)
  for (let i = 0; i < merged.length; i += 2) open -= elapsed(table, merged[i]!, merged[i + 1]!)
  return open
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
  const sign = Math.sign(by)
  const merged = mergePauses(pauses)
  // going back, pauses are met from the last to the first, and each at its end
  const edges = sign > 0 ? merged : merged.reverse()
  let [cursor, left] = [at, by]
  for (let i = 0; i < edges.length; i += 2) {
    const [near, far] = [edges[i]!, edges[i + 1]!]
    if (!(sign * (far - cursor) > 0)) continue
    const open = sign * (near - cursor) > 0 ? elapsed(table, cursor, near) : 0
    if (sign * (open - left) >= 0) break
    left -= open
    cursor = far
  }
  return add(table, cursor, left)
}
