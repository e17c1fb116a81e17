// What a line says to a clock, as one small number: which triggers it sets off, whether a pause holds, which target does.
// Conditions are asked here and nowhere else.

import { type Instant, parseInstant } from '@clientele/core'
import { evaluate } from '@clientele/core/condition'
import type { Facts } from '../model.js'
import { type ClockTable, TARGET_SHIFT, type Table, WHILE } from '../table.js'

/** What is known at a line: the subject's facts after it, and its own data as `event`. */
export const viewOf = (facts: Facts, data: Facts | undefined): Facts => ({ ...facts, event: data ?? null })

/** The symbol of a line for a clock. */
export const symbolOf = (
  { targets }: Table,
  clock: ClockTable,
  view: Facts,
  event: string | undefined,
  at: Instant,
): number => {
  let symbol = 0
  for (const { bit, events, when } of clock.asks) {
    if (events !== undefined && (event === undefined || !events.has(event))) continue
    if (when === undefined || evaluate(when, view, at) === true) symbol |= bit
  }
  if (clock.pauseWhile !== undefined && evaluate(clock.pauseWhile, view, at) === true) symbol |= WHILE
  const [first, end] = clock.targets
  for (let target = first; target < end; target++) {
    const when = targets.when[target]
    if (when === undefined || evaluate(when, view, at) === true)
      return symbol | ((target - first + 1) << TARGET_SHIFT)
  }
  return symbol
}

/** The instant that a start counts from, NaN when the fact holds none. */
export const sinceOf = ({ since }: ClockTable, view: Facts): Instant => {
  if (since === undefined) return Number.NaN
  let value: unknown = view
  for (const name of since) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return Number.NaN
    value = (value as Facts)[name]
  }
  if (typeof value === 'string') return parseInstant(value) ?? Number.NaN
  return Number.isInteger(value) ? (value as Instant) : Number.NaN
}
