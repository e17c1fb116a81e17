// Marks that fall while time passes: warnings, the deadline, steps after it. `fire` gives one aloud; `settle` catches up
// in silence before a transition, and finds nothing to do where every timer was fired in its time.

import type { Instant, Millis } from '@clientele/core'
import { BREACH_BIT } from '../table.js'
import { addOpen, elapsedOpen, FAR } from './hours.js'
import { BREACHED, LATE, type Machine, OVERDUE, PAUSED, RUNNING, WARNED } from './registers.js'

/** No mark is left. */
export const NONE = -1

/** Open time used at an instant not before `since`. */
export const usedAt = ({ table, r }: Machine, row: number, at: Instant): Millis => {
  const used = r.used[row]!
  if (r.phase[row] !== RUNNING) return used
  return used + elapsedOpen(table.hours[table.targets.hours[r.target[row]!]!], r.since[row]!, at)
}

/** The next mark of an open clock: a row of the mark columns, or {@link NONE}. */
export const nextMark = ({ table, r }: Machine, row: number): number => {
  const phase = r.phase[row]!
  if (phase !== RUNNING && phase !== PAUSED) return NONE
  const { markFrom, markAt, markBit } = table.targets
  const given = r.given[row]!
  const late = r.flags[row]! & LATE
  const target = r.target[row]!
  const to = markFrom[target + 1]!
  for (let k = markFrom[target]!; k < to; k++) {
    const bit = markBit[k]!
    if ((given & (1 << bit)) !== 0) continue
    // a warning of a deadline that a change has put into the past would be noise
    if (bit < BREACH_BIT && late !== 0) continue
    if (phase === RUNNING) return k
    // while paused only what a change has left behind
    const behind = bit === BREACH_BIT ? late !== 0 : markAt[k]! < r.used[row]!
    return behind ? k : NONE
  }
  return NONE
}

/** When a mark of an open clock falls, if nothing else happens; {@link FAR} for never. */
export const markInstant = ({ table, r }: Machine, row: number, k: number): Instant => {
  const since = r.since[row]!
  if (r.phase[row] !== RUNNING) return since
  const { markAt, markBit, hours } = table.targets
  if (markBit[k] === BREACH_BIT) return Math.max(r.due[row]!, since)
  const left = markAt[k]! - r.used[row]!
  return left <= 0 ? since : addOpen(table.hours[hours[r.target[row]!]!], since, left)
}

/** When the next mark of a row falls; {@link FAR} for never. */
export const nextInstant = (machine: Machine, row: number): Instant => {
  const k = nextMark(machine, row)
  return k === NONE ? FAR : markInstant(machine, row, k)
}

const give = ({ table, r }: Machine, row: number, k: number, at: Instant): void => {
  const bit = table.targets.markBit[k]!
  r.given[row]! |= 1 << bit
  if (bit !== BREACH_BIT) return
  r.flags[row]! |= LATE
  r.breachedAt[row] = at
}

/** Gives the next mark of a row at its instant. */
export const fire = (machine: Machine, row: number, clock: number, at: Instant): void => {
  const k = nextMark(machine, row)
  if (k === NONE) return
  give(machine, row, k, at)
  const bit = machine.table.targets.markBit[k]!
  machine.emit(row, clock, bit < BREACH_BIT ? WARNED : bit === BREACH_BIT ? BREACHED : OVERDUE, at, bit)
}

/** Gives in silence the marks that have fallen before `at`, `used` being the open time used by then. */
export const settle = (machine: Machine, row: number, at: Instant, used: Millis): void => {
  const { table, r } = machine
  const { markFrom, markAt, markBit } = table.targets
  const target = r.target[row]!
  const since = r.since[row]!
  const running = r.phase[row] === RUNNING
  if (!running) {
    settleStill(machine, row, at)
    return
  }
  const to = markFrom[target + 1]!
  const late = r.flags[row]! & LATE
  for (let k = markFrom[target]!; k < to; k++) {
    const bit = markBit[k]!
    if ((r.given[row]! & (1 << bit)) !== 0) continue
    if (bit < BREACH_BIT && late !== 0) continue
    const mark = markAt[k]!
    if (bit === BREACH_BIT) {
      const reported = Math.max(r.due[row]!, since)
      if (reported >= at) break
      give(machine, row, k, reported)
    } else {
      // what a change has left behind falls at the change; the rest as it is used up
      const fallen =
        mark <= r.used[row]!
          ? since < at
          : mark < used || (mark === used && markInstant(machine, row, k) < at)
      if (!fallen) break
      give(machine, row, k, at)
    }
  }
  if (r.due[row]! < at) r.flags[row]! |= LATE
}

/** Of a clock that stands still: only what a change has left behind, at the change. */
const settleStill = (machine: Machine, row: number, at: Instant): void => {
  if (machine.r.since[row]! >= at) return
  for (let k = nextMark(machine, row); k !== NONE; k = nextMark(machine, row))
    give(machine, row, k, machine.r.since[row]!)
}
