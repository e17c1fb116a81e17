// All clocks of a whole log at an instant, into columns: no moments, nothing allocated a row.

import type { Instant } from '@clientele/core'
import { askerOf, catchUp, symbolAt } from './log/asker.js'
import type { Log } from './log/log.js'
import { sealedOf } from './log/seal.js'
import { apply } from './machine/apply.js'
import { IDLE, type Machine, machineOf, PAUSED, RUNNING } from './machine/registers.js'
import { settle, usedAt } from './machine/timers.js'
import { END } from './machine/trail.js'
import { dueNumber } from './moment.js'
import { CANCEL, PAUSE_ON, REOPEN, RESET, START, STOP, TARGET_SHIFT, type Table, WHILE } from './table.js'
import { stateNumber } from './verdict.js'

/**
 * How all clocks of a log stand: row `subject × clocks + clock`, subjects in order of arrival, clocks as in the policy.
 *
 * @category evaluate
 */
export interface Standings {
  /** Index into {@link STATES}. */
  readonly state: Uint8Array
  /** NaN where there is none: not started, paused, or never open long enough. */
  readonly due: Float64Array
  readonly elapsedMs: Float64Array
  /** NaN for a clock that has not started. */
  readonly remainingMs: Float64Array
  /** NaN where it was not. */
  readonly breachedAt: Float64Array
}

/**
 * Columns for the clocks of a log under a policy.
 *
 * @example
 * import { compileOrThrow, logOf, standingsOf } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * standingsOf(policy, logOf([{ subject: 'INC1', at: 0, event: 'created' }])).state.length // => 1
 *
 * @category evaluate
 */
export const standingsOf = (table: Table, log: Log): Standings => {
  const rows = log.names.length * table.clocks.length
  return {
    state: new Uint8Array(rows),
    due: new Float64Array(rows),
    elapsedMs: new Float64Array(rows),
    remainingMs: new Float64Array(rows),
    breachedAt: new Float64Array(rows),
  }
}

/** What moves a running clock under the same target, and what an ended or idle one. */
const ACTS = CANCEL | STOP | RESET | PAUSE_ON | WHILE
const BEGINS = START | REOPEN

const write = (machine: Machine, clock: number, now: Instant, out: Standings, row: number): void => {
  const { r, table } = machine
  const phase = r.phase[clock]!
  if (phase === IDLE) {
    out.state[row] = 0
    out.due[row] = Number.NaN
    out.elapsedMs[row] = 0
    out.remainingMs[row] = Number.NaN
    out.breachedAt[row] = Number.NaN
    return
  }
  const open = phase === RUNNING || phase === PAUSED
  const used = usedAt(machine, clock, now)
  // instants are whole milliseconds: before now + 1 is up to now
  if (open) settle(machine, clock, now + 1, used)
  out.state[row] = stateNumber(machine, clock)
  out.due[row] = dueNumber(machine, clock)
  out.elapsedMs[row] = used
  out.remainingMs[row] = table.targets.within[r.target[clock]!]! - used
  out.breachedAt[row] = r.breachedAt[clock]!
}

/** Idle clocks of the next subject, and nothing remembered of the last. */
const clear = ({ r, trail, table }: Machine): void => {
  const { phase, history } = r
  for (let clock = 0; clock < table.clocks.length; clock++) {
    phase[clock] = IDLE
    history[clock] = END
  }
  trail.length = 0
}

/**
 * How every clock of a log stands at `now`, timers up to then included: what {@link evaluate} says of one subject, for
 * all, into columns of the caller. The first call after new lines lays the log out; conditions are asked once for each
 * distinct combination of facts and event. A `RangeError` when `out` was made for fewer rows. Cost: about 50 ns for each
 * clock and line; no object is made a row.
 *
 * @example
 * import { compileOrThrow, evaluateInto, logOf, STATES, standingsOf } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * const log = logOf([{ subject: 'INC1', at: 0, event: 'created' }])
 * const out = evaluateInto(policy, log, 7200000, standingsOf(policy, log))
 * STATES[out.state[0] ?? 0] // => 'breached'
 *
 * @category evaluate
 */
export const evaluateInto = (table: Table, log: Log, now: Instant, out: Standings): Standings => {
  const clocks = table.clocks.length
  const rows = log.names.length * clocks
  if (out.state.length < rows) throw new RangeError(`out has ${out.state.length} rows, expected ${rows}`)
  const asker = askerOf(table, log.contents)
  catchUp(asker)
  const { starts, at, content } = sealedOf(log)
  const machine = machineOf(table, clocks)
  const timed = table.clocks.some((clock) => clock.timed)
  const [symbols, froms] = [asker.symbols.data, asker.froms.data]
  const { phase, target } = machine.r
  const remembers = Uint8Array.from(table.clocks, ({ since }) => (since === undefined ? 0 : 1))
  // a symbol holds the target + 1
  const targetBase = Int32Array.from(table.clocks, ({ targets }) => targets[0] - 1)
  for (let subject = 0; subject < log.names.length; subject++) {
    clear(machine)
    const end = starts[subject + 1]!
    for (let line = starts[subject]!; line < end && at[line]! <= now; line++) {
      const when = at[line]!
      const what = content[line]!
      for (let clock = 0; clock < clocks; clock++) {
        const symbol = timed ? symbolAt(asker, what, clock, when) : symbols[what * clocks + clock]!
        // most lines say nothing to most clocks
        const stands = phase[clock]!
        if (remembers[clock] === 0) {
          if (stands === RUNNING) {
            if ((symbol & ACTS) === 0 && (symbol >>> TARGET_SHIFT) + targetBase[clock]! === target[clock])
              continue
          } else if (stands !== PAUSED && (symbol & BEGINS) === 0) continue
        }
        apply(machine, clock, clock, when, symbol, froms[what * clocks + clock]!)
      }
    }
    for (let clock = 0; clock < clocks; clock++) write(machine, clock, now, out, subject * clocks + clock)
  }
  return out
}
