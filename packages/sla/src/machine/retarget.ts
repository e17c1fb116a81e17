// What becomes of the time used when another target applies.

import type { Instant, Millis } from '@clientele/core'
import { addOpen, elapsedOpen } from './hours.js'
import { LATE, type Machine, RETARGETED, RUNNING } from './registers.js'
import { settle, usedAt } from './timers.js'
import { END, pushTrail } from './trail.js'

/** Ends the stretch that a running clock is counting: settles its marks, adds to the time used. */
export const closeStretch = (machine: Machine, row: number, at: Instant): void => {
  const { table, r, trail } = machine
  const used = usedAt(machine, row, at)
  settle(machine, row, at, used)
  if (r.phase[row] !== RUNNING) return
  r.counted[row] = pushTrail(trail, r.counted[row]!, r.since[row]!, at, table.targets.hours[r.target[row]!]!)
  r.used[row] = used
}

/** The earliest instant at which the stretches counted had used `within`, which is no more than they have. */
const placeBehind = ({ table, r, trail }: Machine, row: number, within: Millis): Instant => {
  let used = r.used[row]!
  for (let entry = r.counted[row]!; entry !== END; entry = trail.older[entry]!) {
    const hours = table.hours[trail.value[entry]!]
    const from = trail.from[entry]!
    used -= elapsedOpen(hours, from, trail.to[entry]!)
    if (used < within) return addOpen(hours, from, within - used)
  }
  return r.startedAt[row]!
}

/** Sets the deadline by the time used and the present target, all stretches being closed up to `at`. */
export const placeDue = (machine: Machine, row: number, at: Instant): void => {
  const { table, r, trail } = machine
  const target = r.target[row]!
  const left = table.targets.within[target]! - r.used[row]!
  r.flags[row]! &= ~LATE
  if (left > 0) {
    r.due[row] =
      r.phase[row] === RUNNING ? addOpen(table.hours[table.targets.hours[target]!], at, left) : Number.NaN
    return
  }
  const due = placeBehind(machine, row, table.targets.within[target]!)
  const newest = r.counted[row]!
  const stoodStillAt = r.phase[row] === RUNNING || newest === END ? at : trail.to[newest]!
  r.due[row] = due
  if (due < stoodStillAt) r.flags[row]! |= LATE
}

/** Counts the stretches anew by other hours. */
const recount = ({ table, r, trail }: Machine, row: number, hours: number): void => {
  let used = 0
  for (let entry = r.counted[row]!; entry !== END; entry = trail.older[entry]!) {
    trail.value[entry] = hours
    used += elapsedOpen(table.hours[hours], trail.from[entry]!, trail.to[entry]!)
  }
  r.used[row] = used
}

/** Forgets what was used and given in the cycle. */
export const forget = ({ r }: Machine, row: number): void => {
  r.used[row] = 0
  r.given[row] = 0
  r.counted[row] = END
  r.flags[row]! &= ~LATE
  r.breachedAt[row] = Number.NaN
}

/** Puts an open clock under another target at `at`. */
export const retarget = (machine: Machine, row: number, clock: number, at: Instant, target: number): void => {
  const { table, r } = machine
  const { onRetarget } = table.clocks[clock]!
  closeStretch(machine, row, at)
  r.since[row] = at
  r.target[row] = target
  if (onRetarget === 'restart') forget(machine, row)
  else if (onRetarget === 'retroactive') recount(machine, row, table.targets.hours[target]!)
  placeDue(machine, row, at)
  machine.emit(row, clock, RETARGETED, at, -1)
}
