// The beginning of a cycle, at once or from an instant in the past.

import type { Instant } from '@clientele/core'
import { PAUSE_ON, RESUME_ON, TARGET_SHIFT, WHILE } from '../table.js'
import { addOpen, elapsedOpen } from './hours.js'
import { EARLY, HELD, LATE, type Machine, PAUSED, RUNNING, STARTED, STILL } from './registers.js'
import { placeDue } from './retarget.js'
import { END, oldestFirst, pushTrail } from './trail.js'

/** The target a symbol names, −1 for none. */
export const targetOf = (machine: Machine, clock: number, symbol: number): number => {
  const place = (symbol >>> TARGET_SHIFT) - 1
  return place < 0 ? -1 : machine.table.clocks[clock]!.targets[0] + place
}

/** Counts [from, at) as it would have been counted, had the start come at `from`: past pauses are left out. */
const countBack = (machine: Machine, row: number, from: Instant, at: Instant): void => {
  const { table, r, trail } = machine
  const hours = table.targets.hours[r.target[row]!]!
  let [cursor, pausing, held] = [from, false, false]
  const count = (to: Instant): void => {
    if (!pausing && to > cursor) {
      r.counted[row] = pushTrail(trail, r.counted[row]!, cursor, to, hours)
      r.used[row]! += elapsedOpen(table.hours[hours], cursor, to)
    }
    cursor = to
  }
  for (const entry of oldestFirst(trail, r.history[row]!)) {
    const [when, symbol] = [trail.from[entry]!, trail.value[entry]!]
    if (when >= from) {
      count(when)
      if ((symbol & RESUME_ON) !== 0) held = false
      if ((symbol & PAUSE_ON) !== 0) held = true
    }
    pausing = held || (symbol & WHILE) !== 0
  }
  count(at)
  if (held) r.flags[row]! |= HELD
}

/** Starts a cycle at `at` that counts from `from`, if a target holds. */
export const start = (
  machine: Machine,
  row: number,
  clock: number,
  at: Instant,
  symbol: number,
  from: Instant,
): boolean => {
  const { r } = machine
  const target = targetOf(machine, clock, symbol)
  if (target < 0) return false
  r.phase[row] = RUNNING
  r.flags[row] = 0
  r.target[row] = target
  r.given[row] = 0
  r.counted[row] = END
  r.startedAt[row] = at
  r.since[row] = at
  r.used[row] = 0
  r.breachedAt[row] = Number.NaN
  r.endedAt[row] = Number.NaN
  if (from < at) {
    r.startedAt[row] = from
    countBack(machine, row, from, at)
  }
  placeDue(machine, row, at)
  machine.emit(row, clock, STARTED, at, -1)
  return true
}

/** Goes on counting at `at`, after a pause or a stop. */
export const goOn = ({ table, r }: Machine, row: number, at: Instant): void => {
  r.phase[row] = RUNNING
  r.flags[row]! &= ~(EARLY | STILL)
  r.since[row] = at
  r.endedAt[row] = Number.NaN
  // a deadline that has passed stays where it was
  if ((r.flags[row]! & LATE) !== 0) return
  const target = r.target[row]!
  const left = Math.max(0, table.targets.within[target]! - r.used[row]!)
  r.due[row] = addOpen(table.hours[table.targets.hours[target]!], at, left)
}

/** Stands still from `at`, the stretch being closed. */
export const standStill = ({ r }: Machine, row: number, at: Instant): void => {
  r.phase[row] = PAUSED
  r.since[row] = at
}
