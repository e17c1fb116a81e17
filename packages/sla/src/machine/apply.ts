// One line, one clock: the transition. Precedence cancel > stop > reset > retarget > pause and resume > start and reopen;
// the first three end the matter, a retarget may be followed by a pause, a start by a pause at the same instant.

import type { Instant } from '@clientele/core'
import { BREACH_BIT, CANCEL, PAUSE_ON, REOPEN, RESET, RESUME_ON, START, STOP, WHILE } from '../table.js'
import {
  BREACHED,
  CANCELLED,
  CANCELLED_NOW,
  EARLY,
  HELD,
  IDLE,
  LATE,
  type Machine,
  MET,
  MET_NOW,
  MISSED,
  MISSED_NOW,
  PAUSED,
  PAUSED_NOW,
  RESET_NOW,
  RESUMED,
  RUNNING,
  STILL,
} from './registers.js'
import { closeStretch, forget, placeDue, retarget } from './retarget.js'
import { goOn, standStill, start, targetOf } from './start.js'
import { NONE, nextMark } from './timers.js'
import { pushTrail } from './trail.js'

const isHeld = (held: boolean, symbol: number): boolean =>
  (symbol & PAUSE_ON) !== 0 || (held && (symbol & RESUME_ON) === 0)

/** Pauses or resumes as the symbol says. */
const pauseOrResume = (machine: Machine, row: number, clock: number, at: Instant, symbol: number): void => {
  const { r } = machine
  const held = isHeld((r.flags[row]! & HELD) !== 0, symbol)
  const still = held || (symbol & WHILE) !== 0
  r.flags[row] = held ? r.flags[row]! | HELD : r.flags[row]! & ~HELD
  if (still === (r.phase[row] === PAUSED)) return
  closeStretch(machine, row, at)
  if (still) standStill(machine, row, at)
  else goOn(machine, row, at)
  machine.emit(row, clock, still ? PAUSED_NOW : RESUMED, at, -1)
}

const end = (machine: Machine, row: number, at: Instant, phase: number): void => {
  const { r } = machine
  if (r.phase[row] === PAUSED) r.flags[row]! |= STILL
  r.flags[row]! &= ~HELD
  r.phase[row] = phase
  r.since[row] = at
  r.endedAt[row] = at
}

const cancel = (machine: Machine, row: number, clock: number, at: Instant): void => {
  closeStretch(machine, row, at)
  end(machine, row, at, CANCELLED)
  machine.emit(row, clock, CANCELLED_NOW, at, -1)
}

const stop = (machine: Machine, row: number, clock: number, at: Instant): void => {
  const { table, r } = machine
  closeStretch(machine, row, at)
  const late = (r.flags[row]! & LATE) !== 0
  const k = nextMark(machine, row)
  // a change at this very instant put the deadline into the past: the breach comes before the stop
  if (late && k !== NONE && table.targets.markBit[k] === BREACH_BIT) {
    r.given[row]! |= 1 << BREACH_BIT
    r.breachedAt[row] = at
    machine.emit(row, clock, BREACHED, at, BREACH_BIT)
  }
  end(machine, row, at, late ? MISSED : MET)
  if (!late && r.used[row]! < table.targets.notBefore[r.target[row]!]!) r.flags[row]! |= EARLY
  machine.emit(row, clock, late ? MISSED_NOW : MET_NOW, at, -1)
}

const reset = (machine: Machine, row: number, clock: number, at: Instant, symbol: number): void => {
  const { r } = machine
  const target = targetOf(machine, clock, symbol)
  if (target < 0) {
    cancel(machine, row, clock, at)
    return
  }
  forget(machine, row)
  r.flags[row] = 0
  r.phase[row] = RUNNING
  r.target[row] = target
  r.startedAt[row] = at
  r.since[row] = at
  placeDue(machine, row, at)
  machine.emit(row, clock, RESET_NOW, at, -1)
  pauseOrResume(machine, row, clock, at, symbol)
}

const change = (machine: Machine, row: number, clock: number, at: Instant, symbol: number): void => {
  const target = targetOf(machine, clock, symbol)
  if (target < 0) {
    cancel(machine, row, clock, at)
    return
  }
  // most lines say nothing to most clocks
  const same = target === machine.r.target[row]
  if (same && (symbol & (WHILE | PAUSE_ON)) === 0 && machine.r.phase[row] === RUNNING) return
  if (!same) retarget(machine, row, clock, at, target)
  pauseOrResume(machine, row, clock, at, symbol)
}

const reopen = (machine: Machine, row: number, clock: number, at: Instant, symbol: number): void => {
  if (targetOf(machine, clock, symbol) < 0) return
  goOn(machine, row, at)
  machine.emit(row, clock, RESUMED, at, -1)
  change(machine, row, clock, at, symbol)
}

/**
 * What a line does to a clock. Every mark of this row that falls before `at` has been given already, or is given here in
 * silence. `from` is the instant a start counts from, NaN for now.
 */
export const apply = (
  machine: Machine,
  row: number,
  clock: number,
  at: Instant,
  symbol: number,
  from: Instant,
): void => {
  const { table, r, trail } = machine
  const { each, since } = table.clocks[clock]!
  const phase = r.phase[row]!
  if (phase === RUNNING || phase === PAUSED) {
    if ((symbol & CANCEL) !== 0) cancel(machine, row, clock, at)
    else if ((symbol & STOP) !== 0) stop(machine, row, clock, at)
    else if ((symbol & RESET) !== 0) reset(machine, row, clock, at, symbol)
    else change(machine, row, clock, at, symbol)
  } else if ((symbol & (CANCEL | STOP)) === 0) {
    const mayStart = phase === IDLE || each
    if ((symbol & REOPEN) !== 0 && (phase === MET || phase === MISSED))
      reopen(machine, row, clock, at, symbol)
    else if ((symbol & START) !== 0 && mayStart && start(machine, row, clock, at, symbol, from)) {
      pauseOrResume(machine, row, clock, at, symbol)
    }
  }
  if (since !== undefined) r.history[row] = pushTrail(trail, r.history[row]!, at, at, symbol)
}
