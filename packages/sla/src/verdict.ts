// Registers as verdicts: how a clock stands at an instant.

import type { Instant } from '@clientele/core'
import { FAR } from './machine/hours.js'
import {
  CANCELLED,
  EARLY,
  IDLE,
  LATE,
  type Machine,
  MET,
  MISSED,
  PAUSED,
  RUNNING,
} from './machine/registers.js'
import { markInstant, NONE, nextMark, settle, usedAt } from './machine/timers.js'
import type { ClockState, Verdict } from './model.js'
import { dueOf } from './moment.js'
import { BREACH_BIT } from './table.js'

/** Catches a row up with `now`, timers at that instant included. Instants are whole milliseconds. */
export const settleThrough = (machine: Machine, row: number, now: Instant): void =>
  settle(machine, row, now + 1, usedAt(machine, row, now))

/** The states of clocks by number, as in bulk columns. @category evaluate */
export const STATES: readonly ClockState[] = [
  'idle',
  'running',
  'paused',
  'met',
  'missed',
  'breached',
  'cancelled',
]

const BREACHED = STATES.indexOf('breached')
/** Of phases that are not late; the order of phases is that of states up to `missed`. */
const STATE_OF_PHASE = [IDLE, RUNNING, PAUSED, MET, MISSED, CANCELLED].map((phase) =>
  phase === CANCELLED ? STATES.indexOf('cancelled') : phase,
)

/** The state of a row that was caught up with now, by number. */
export const stateNumber = ({ r }: Machine, row: number): number => {
  const phase = r.phase[row]!
  const open = phase === RUNNING || phase === PAUSED
  return open && (r.flags[row]! & LATE) !== 0 ? BREACHED : STATE_OF_PHASE[phase]!
}

/** The state of a row that was caught up with now. */
export const stateOfRow = (machine: Machine, row: number): ClockState => STATES[stateNumber(machine, row)]!

const known = (at: Instant): Instant | null => (Number.isNaN(at) ? null : at)

const nextOf = (machine: Machine, row: number): Verdict['next'] => {
  const k = nextMark(machine, row)
  const at = k === NONE ? FAR : markInstant(machine, row, k)
  if (at === FAR) return null
  const bit = machine.table.targets.markBit[k]!
  return { moment: bit < BREACH_BIT ? 'warned' : bit === BREACH_BIT ? 'breached' : 'overdue', at }
}

/** How a row stands at `now`, after {@link settleThrough}. */
export const verdictOf = (machine: Machine, row: number, clock: number, now: Instant): Verdict => {
  const { table, r } = machine
  const { id } = table.clocks[clock]!
  const phase = r.phase[row]!
  const target = r.target[row]!
  const elapsedMs = usedAt(machine, row, now)
  return {
    clock: id,
    state: stateOfRow(machine, row),
    paused: phase === PAUSED,
    startedAt: known(r.startedAt[row]!),
    endedAt: known(r.endedAt[row]!),
    target: phase === IDLE ? null : table.targets.name[target]!,
    due: phase === IDLE ? null : dueOf(machine, row),
    elapsedMs,
    remainingMs: phase === IDLE ? null : table.targets.within[target]! - elapsedMs,
    breachedAt: known(r.breachedAt[row]!),
    early: phase === MET && (r.flags[row]! & EARLY) !== 0,
    next: phase === RUNNING || phase === PAUSED ? nextOf(machine, row) : null,
  }
}
