// Registers as moments: what a machine emits, in the words of the answers.

import type { Instant } from '@clientele/core'
import { FAR } from './machine/hours.js'
import {
  CANCELLED,
  EARLY,
  type Machine,
  MET,
  MISSED,
  MOMENTS,
  OVERDUE,
  PAUSED,
  STILL,
  WARNED,
} from './machine/registers.js'
import { usedAt } from './machine/timers.js'
import type { Moment, Subject } from './model.js'
import { BREACH_BIT } from './table.js'

/** The deadline of a row as it is told: NaN while paused and where there is none. */
export const dueNumber = ({ r }: Machine, row: number): Instant => {
  const phase = r.phase[row]!
  const ended = phase === MET || phase === MISSED || phase === CANCELLED
  if (phase === PAUSED || (ended && (r.flags[row]! & STILL) !== 0)) return Number.NaN
  const due = r.due[row]!
  return due < FAR ? due : Number.NaN
}

/** The same with `null` for none. */
export const dueOf = (machine: Machine, row: number): Instant | null => {
  const due = dueNumber(machine, row)
  return Number.isNaN(due) ? null : due
}

/** What a row emits, told of a subject. */
export const momentOf = (
  machine: Machine,
  subject: Subject,
  row: number,
  clock: number,
  moment: number,
  at: Instant,
  bit: number,
): Moment => {
  const { table, r } = machine
  const { id, warn, after } = table.clocks[clock]!
  const target = r.target[row]!
  const elapsedMs = usedAt(machine, row, at)
  const told: Moment = {
    subject,
    clock: id,
    at,
    moment: MOMENTS[moment]!,
    due: dueOf(machine, row),
    elapsedMs,
    remainingMs: table.targets.within[target]! - elapsedMs,
    target: table.targets.name[target]!,
  }
  if (moment === WARNED) return { ...told, mark: warn[bit]! }
  if (moment === OVERDUE) return { ...told, step: after[bit - BREACH_BIT - 1]! }
  return (r.flags[row]! & EARLY) !== 0 && r.phase[row] === MET ? { ...told, early: true } : told
}
