// The registers of clocks, a row each, and the machine that moves them. A row is a clock of a subject.

import type { Instant } from '@clientele/core'
import type { MomentName } from '../model.js'
import type { Table } from '../table.js'
import { END, type Trail, trailOf } from './trail.js'

/** Phases of a cycle. */
export const IDLE = 0
export const RUNNING = 1
export const PAUSED = 2
export const MET = 3
export const MISSED = 4
export const CANCELLED = 5

/** Flags. LATE: the deadline of the present target has passed. HELD: an event began a pause. */
export const LATE = 1
export const HELD = 2
export const EARLY = 4
/** The clock stood still when it ended. */
export const STILL = 8

/** Moments by number. */
export const MOMENTS: readonly MomentName[] = [
  'started',
  'paused',
  'resumed',
  'warned',
  'breached',
  'overdue',
  'met',
  'missed',
  'cancelled',
  'reset',
  'retargeted',
]
export const STARTED = 0
export const PAUSED_NOW = 1
export const RESUMED = 2
export const WARNED = 3
export const BREACHED = 4
export const OVERDUE = 5
export const MET_NOW = 6
export const MISSED_NOW = 7
export const CANCELLED_NOW = 8
export const RESET_NOW = 9
export const RETARGETED = 10

/** Columns, a row for each clock of each subject. */
export interface Registers {
  phase: Uint8Array
  flags: Uint8Array
  /** Row of the target columns. */
  target: Int32Array
  /** Marks already given in this cycle, by bit. */
  given: Int32Array
  /** Stretches counted, a list of the trail. */
  counted: Int32Array
  /** Past lines of a clock whose start may be retroactive, a list of the trail. */
  history: Int32Array
  startedAt: Float64Array
  /** The last instant at which something changed; a running clock counts from here. */
  since: Float64Array
  /** Open time used up to `since`. */
  used: Float64Array
  /** While paused: as it was, and meaningful only with LATE. */
  due: Float64Array
  breachedAt: Float64Array
  endedAt: Float64Array
}

/** Registers of `rows` idle clocks. */
export const registersOf = (rows: number): Registers => ({
  phase: new Uint8Array(rows),
  flags: new Uint8Array(rows),
  target: new Int32Array(rows).fill(-1),
  given: new Int32Array(rows),
  counted: new Int32Array(rows).fill(END),
  history: new Int32Array(rows).fill(END),
  startedAt: new Float64Array(rows).fill(Number.NaN),
  since: new Float64Array(rows).fill(Number.NaN),
  used: new Float64Array(rows),
  due: new Float64Array(rows).fill(Number.NaN),
  breachedAt: new Float64Array(rows).fill(Number.NaN),
  endedAt: new Float64Array(rows).fill(Number.NaN),
})

/** Makes a row idle again. */
export const clearRow = (r: Registers, row: number): void => {
  r.phase[row] = IDLE
  r.flags[row] = 0
  r.target[row] = -1
  r.given[row] = 0
  r.counted[row] = END
  r.history[row] = END
  r.startedAt[row] = Number.NaN
  r.since[row] = Number.NaN
  r.used[row] = 0
  r.due[row] = Number.NaN
  r.breachedAt[row] = Number.NaN
  r.endedAt[row] = Number.NaN
}

/** Hears what happens: the row, the clock, a moment by number, its instant, and the bit of a mark (−1 without). */
export type Emit = (row: number, clock: number, moment: number, at: Instant, bit: number) => void

/** A policy, the registers it moves and who hears of it. */
export interface Machine {
  table: Table
  readonly r: Registers
  readonly trail: Trail
  emit: Emit
}

/** For folds that want the end alone. */
export const silent: Emit = () => undefined

/** A machine with idle registers. */
export const machineOf = (table: Table, rows: number, emit: Emit = silent): Machine => ({
  table,
  r: registersOf(rows),
  trail: trailOf(64),
  emit,
})
