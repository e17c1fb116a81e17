// Which clocks would have ended otherwise under another policy, or under the same one with an edited calendar.

import { type Instant, LAST_INSTANT, type Millis } from '@clientele/core'
import { type Asker, askerOf, catchUp } from './log/asker.js'
import { foldSilent } from './log/fold.js'
import { type Log, logOf } from './log/log.js'
import {
  CANCELLED_NOW,
  clearRow,
  type Emit,
  type Machine,
  MET_NOW,
  MISSED_NOW,
  machineOf,
  RESUMED,
} from './machine/registers.js'
import { usedAt } from './machine/timers.js'
import type { ClockState, EventLine, Subject } from './model.js'
import { dueOf } from './moment.js'
import type { Table } from './table.js'
import { settleThrough, stateOfRow } from './verdict.js'

/** How a cycle of a clock ended, or stands where the log ends. @category evaluate */
export interface Ending {
  readonly state: ClockState
  /** When it ended; where the log ends for a cycle still open. */
  readonly at: Instant
  readonly due: Instant | null
  readonly elapsedMs: Millis
}

/** A clock that ends otherwise; `null` where one policy has no such cycle. @category evaluate */
export interface Flip {
  readonly subject: Subject
  readonly clock: string
  /** Of a clock that runs again and again: which run, from 0. */
  readonly cycle: number
  readonly from: Ending | null
  readonly to: Ending | null
}

/** How far to compare. @category evaluate */
export interface WhatIfOptions {
  /** Where the log ends; its last line without it. */
  readonly until?: Instant
}

/** One policy folding one subject after another. */
interface Side {
  readonly table: Table
  readonly machine: Machine
  readonly asker: Asker
  readonly endings: Ending[][]
}

const endingOf = (machine: Machine, row: number, at: Instant): Ending => ({
  state: stateOfRow(machine, row),
  at,
  due: dueOf(machine, row),
  elapsedMs: usedAt(machine, row, at),
})

const sideOf = (table: Table, log: Log): Side => {
  const asker = askerOf(table, log.contents)
  catchUp(asker)
  const machine = machineOf(table, table.clocks.length)
  const endings: Ending[][] = table.clocks.map(() => [])
  const ended: boolean[] = []
  const emit: Emit = (row, clock, moment, at) => {
    // a reopened clock takes its ending back
    if (moment === RESUMED && ended[clock] === true) endings[clock]!.pop()
    ended[clock] = moment === MET_NOW || moment === MISSED_NOW || moment === CANCELLED_NOW
    if (ended[clock]) endings[clock]!.push(endingOf(machine, row, at))
  }
  machine.emit = emit
  return { table, machine, asker, endings }
}

/** The endings of each clock of a subject, with the cycle still open last. */
const foldSide = (
  { machine, asker, endings, table }: Side,
  log: Log,
  subject: number,
  until: Instant,
): void => {
  machine.trail.length = 0
  for (let clock = 0; clock < table.clocks.length; clock++) {
    clearRow(machine.r, clock)
    endings[clock]!.length = 0
  }
  foldSilent(machine, asker, log, subject, 0, until)
  for (let clock = 0; clock < table.clocks.length; clock++) {
    settleThrough(machine, clock, until)
    const state = stateOfRow(machine, clock)
    if (state === 'running' || state === 'paused' || state === 'breached')
      endings[clock]!.push(endingOf(machine, clock, until))
  }
}

const lastOf = (log: Log): Instant => {
  let last = 0
  for (let row = 0; row < log.at.length; row++) last = Math.max(last, log.at.data[row]!)
  return last
}

const isOpenEnd = (ending: Ending): boolean => !['met', 'missed', 'cancelled'].includes(ending.state)

const differs = (from: Ending | null, to: Ending | null): boolean => {
  if (from === null || to === null) return from !== to
  // running and paused at the end of the log is no ending
  if (isOpenEnd(from) && isOpenEnd(to)) return (from.state === 'breached') !== (to.state === 'breached')
  return from.state !== to.state
}

/**
 * Every clock of a log that would end otherwise under another policy: a met one that would be missed, one that would not
 * run at all. Clocks are matched by id, their cycles by number. To try an edited calendar, compile the policy with it.
 * Cost: two silent folds of the log.
 *
 * @example
 * import { compileOrThrow, whatIf } from '@clientele/sla'
 * const within = (hours: string) => compileOrThrow({
 *   clocks: [{ id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: hours }] }],
 * })
 * const log = [
 *   { subject: 'INC1', at: 0, event: 'created' },
 *   { subject: 'INC1', at: 7200000, event: 'replied' },
 * ]
 * whatIf(within('PT4H'), within('PT1H'), log).map(({ subject, clock, from, to }) => [subject, clock, from?.state, to?.state])
 * // => [['INC1', 'reply', 'met', 'missed']]
 *
 * @category evaluate
 */
export const whatIf = (
  table: Table,
  other: Table,
  log: Log | Iterable<EventLine>,
  options: WhatIfOptions = {},
): readonly Flip[] => {
  const lines = 'contents' in log ? log : logOf(log)
  const until = Math.min(options.until ?? lastOf(lines), LAST_INSTANT)
  const [before, after] = [sideOf(table, lines), sideOf(other, lines)]
  const ids = [...new Set([...table.clocks, ...other.clocks].map(({ id }) => id))]
  const pairs = ids.map((id) => ({
    id,
    from: before.endings[table.clocks.findIndex((clock) => clock.id === id)] ?? [],
    to: after.endings[other.clocks.findIndex((clock) => clock.id === id)] ?? [],
  }))
  const flips: Flip[] = []
  lines.names.forEach((subject, place) => {
    foldSide(before, lines, place, until)
    foldSide(after, lines, place, until)
    for (const { id, from, to } of pairs) {
      for (let cycle = 0; cycle < Math.max(from.length, to.length); cycle++) {
        const [was, would] = [from[cycle] ?? null, to[cycle] ?? null]
        if (differs(was, would)) flips.push({ subject, clock: id, cycle, from: was, to: would })
      }
    }
  })
  return flips
}
