// What changes: the lines so far, the registers of every clock in columns, and which clock has something to do next. The
// registers follow from the lines and the policy, so a snapshot holds lines only.

import { type Instant, LAST_INSTANT } from '@clientele/core'
import { type Asker, askerOf } from './log/asker.js'
import { createLog, type Log } from './log/log.js'
import { keyOf } from './log/read.js'
import { type Machine, machineOf, type Registers, registersOf } from './machine/registers.js'
import { nextInstant } from './machine/timers.js'
import type { Subject } from './model.js'
import {
  createDueIndex,
  type DueIndex,
  firstDue,
  firstRows,
  reserveDues,
  schedule,
} from './state/due-index.js'
import type { Table } from './table.js'

/** The clocks of many subjects. Owned by the caller; only `step` changes it. @category state */
export interface State {
  /** @internal */
  readonly log: Log
  /** @internal */
  machine: Machine
  /** @internal */
  asker: Asker
  /** @internal */
  dues: DueIndex
  /** The latest instant seen; −∞ at first. */
  now: Instant
  /** Whether a tick has fired the timers of `now` itself. */
  ticked: 0 | 1
}

/**
 * A state without subjects.
 *
 * @example
 * import { compileOrThrow, createState, nextAt } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * nextAt(createState(policy)) // => null
 *
 * @category state
 */
export const createState = (table: Table): State => stateOf(table, createLog())

/** A state over a log whose lines no clock has heard yet. */
export const stateOf = (table: Table, log: Log): State => {
  const rows = Math.max(16, log.names.length * table.clocks.length)
  return {
    log,
    machine: machineOf(table, rows),
    asker: askerOf(table, log.contents),
    dues: createDueIndex(rows),
    now: Number.NEGATIVE_INFINITY,
    ticked: 0,
  }
}

/** Makes registers for every subject of the log. */
export const reserveRows = ({ log, machine, dues }: State): void => {
  const rows = log.names.length * machine.table.clocks.length
  const have = machine.r.phase.length
  if (rows <= have) return
  const grown = registersOf(Math.max(rows, have * 2))
  for (const name of Object.keys(grown) as (keyof Registers)[]) grown[name].set(machine.r[name])
  Object.assign(machine.r, grown)
  reserveDues(dues, grown.phase.length)
}

/** Puts the clocks of a subject where their next timers are. */
export const reschedule = ({ machine, dues }: State, first: number): void => {
  const clocks = machine.table.clocks.length
  for (let row = first; row < first + clocks; row++) schedule(dues, row, nextInstant(machine, row))
}

/**
 * The number of a subject in the state, from 0 in order of arrival; −1 when it has not been seen.
 *
 * @example
 * import { compileOrThrow, createState, handle } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * handle(createState(policy), 'INC1') // => -1
 *
 * @category state
 */
export const handle = ({ log }: State, subject: Subject): number => log.subjects.find(keyOf(subject))

/**
 * When the next timer falls, for a host that sleeps until then and sends a tick; `null` when none is pending. O(1).
 *
 * @example
 * import { compileOrThrow, createState, nextAt, step } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * const state = createState(policy)
 * step(policy, state, { subject: 'INC1', at: 0, event: 'created' }, [])
 * nextAt(state) // => 3600000
 *
 * @category state
 */
export const nextAt = ({ dues }: State): Instant | null => {
  const row = firstDue(dues)
  return row < 0 || dues.at[row]! >= LAST_INSTANT ? null : dues.at[row]!
}

/** A timer that is pending. @category state */
export interface Pending {
  readonly subject: Subject
  readonly clock: string
  readonly at: Instant
}

/**
 * The timers that fall next, in order. Cost: proportional to `limit`.
 *
 * @example
 * import { compileOrThrow, createState, step, upcoming } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * const state = createState(policy)
 * step(policy, state, { subject: 'INC1', at: 0, event: 'created' }, [])
 * upcoming(state, 10) // => [{ subject: 'INC1', clock: 'reply', at: 3600000 }]
 *
 * @category state
 */
export const upcoming = ({ dues, log, machine }: State, limit: number): readonly Pending[] => {
  const { clocks } = machine.table
  return firstRows(dues, limit).map((row) => ({
    subject: log.names[Math.floor(row / clocks.length)]!,
    clock: clocks[row % clocks.length]!.id,
    at: dues.at[row]!,
  }))
}
