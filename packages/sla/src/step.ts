// The one function that changes state. A line in its time moves the clocks of its subject; a line that comes late is
// placed by its time, the clocks of its subject are folded anew, and what was told otherwise before is taken back.

import type { Instant } from '@clientele/core'
import { catchUp } from './log/asker.js'
import { applyLine, foldAloud } from './log/fold.js'
import { insertLine, type Log, NOWHERE, place } from './log/log.js'
import { type Line, readLine } from './log/read.js'
import { clearRow, type Emit, type Machine, machineOf, silent } from './machine/registers.js'
import { fire, nextInstant } from './machine/timers.js'
import type { Command, Effect, Moment } from './model.js'
import { momentOf } from './moment.js'
import { firstDue, schedule } from './state/due-index.js'
import { reschedule, reserveRows, type State } from './state.js'
import type { Table } from './table.js'

/** Tells what a machine emits to a list; `subject` is that of row 0, where rows do not tell it. */
const teller = (state: State, machine: Machine, out: Effect[], subject = NOWHERE): Emit => {
  const { names } = state.log
  const clocks = machine.table.clocks.length
  return (row, clock, moment, at, bit) => {
    const name = names[subject === NOWHERE ? Math.floor(row / clocks) : subject]!
    out.push(momentOf(machine, name, row, clock, moment, at, bit))
  }
}

/** Fires the timers of all subjects before `to`, or up to it. */
const advance = (state: State, to: Instant, inclusive: 0 | 1): void => {
  const { machine, dues } = state
  const clocks = machine.table.clocks.length
  for (let row = firstDue(dues); row >= 0; row = firstDue(dues)) {
    const at = dues.at[row]!
    if (at > to || (at === to && inclusive === 0)) return
    fire(machine, row, row % clocks, at)
    schedule(dues, row, nextInstant(machine, row))
  }
}

/** What a subject's clocks have told so far. */
const toldBy = (state: State, table: Table, key: string): Moment[] => {
  const subject = state.log.subjects.find(key)
  const told: Moment[] = []
  if (subject === NOWHERE) return told
  const machine = machineOf(table, table.clocks.length)
  machine.emit = teller(state, machine, told as Effect[], subject)
  foldAloud(machine, state.asker, state.log, subject, 0, state.now, state.ticked)
  return told
}

/** What has to be taken back, then what has to be told, to come from one telling to another. */
const difference = (before: readonly Moment[], after: readonly Moment[], out: Effect[]): void => {
  const left = new Map<string, number>()
  for (const moment of after) {
    const key = JSON.stringify(moment)
    left.set(key, (left.get(key) ?? 0) + 1)
  }
  for (const moment of before) {
    const key = JSON.stringify(moment)
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    else out.push({ ...moment, retracted: true })
  }
  // the last of equal ones are the new ones; equal moments are interchangeable
  for (const moment of after) {
    const key = JSON.stringify(moment)
    const count = left.get(key) ?? 0
    if (count === 0) continue
    left.set(key, count - 1)
    out.push(moment)
  }
}

const refold = (state: State, subject: number, told: Effect[]): void => {
  const { machine, asker, log } = state
  const clocks = machine.table.clocks.length
  const first = subject * clocks
  for (let row = first; row < first + clocks; row++) clearRow(machine.r, row)
  machine.emit = teller(state, machine, told)
  foldAloud(machine, asker, log, subject, first, state.now, state.ticked)
  machine.emit = silent
}

const late = (table: Table, state: State, line: Line, out: Effect[]): void => {
  const before = toldBy(state, table, line.key)
  const row = place(state.log, line)
  if (typeof row !== 'number') return void out.push(row)
  if (row === NOWHERE) return
  reserveRows(state)
  catchUp(state.asker)
  const subject = state.log.subject.data[row]!
  const after: Moment[] = []
  refold(state, subject, after as Effect[])
  reschedule(state, subject * table.clocks.length)
  difference(before, after, out)
}

/** Lets time pass to a line that was placed in its time, and does what it says. */
const playRow = (state: State, row: number, out: Effect[]): void => {
  const { machine, asker, log } = state
  const at = log.at.data[row]!
  reserveRows(state)
  catchUp(asker)
  machine.emit = teller(state, machine, out)
  advance(state, at, 0)
  if (at > state.now) state.ticked = 0
  state.now = at
  const first = log.subject.data[row]! * machine.table.clocks.length
  applyLine(machine, asker, log, row, first)
  machine.emit = silent
  reschedule(state, first)
}

const inTime = (state: State, line: Line, out: Effect[]): void => {
  const row = place(state.log, line)
  if (typeof row !== 'number') out.push(row)
  else if (row !== NOWHERE) playRow(state, row, out)
}

/** Plays a row of another log with the same contents, in time: what {@link step} does with its line, without reading it. */
export const playFrom = (state: State, source: Log, row: number, out: Effect[]): void => {
  const subject = source.subject.data[row]!
  const key = source.subjects.name(subject)
  playRow(
    state,
    insertLine(state.log, key, source.names[subject]!, source.at.data[row]!, source.patch.data[row]!),
    out,
  )
}

const tick = (state: State, at: Instant, out: Effect[]): void => {
  if (at < state.now || (at === state.now && state.ticked === 1)) return
  state.machine.emit = teller(state, state.machine, out)
  advance(state, at, 1)
  state.machine.emit = silent
  state.now = at
  state.ticked = 1
}

/**
 * Takes one command and appends what follows from it to `out`, in order of time: first the timers of all subjects that
 * fall before it, then what it does to the clocks of its own subject. A tick fires the timers up to its instant, that
 * instant included. A line out of order changes what was told: moments that did not happen come again as `retracted`.
 * A line that is refused comes as an `error` and changes nothing; nothing is thrown, whatever the command.
 *
 * Synchronous and deterministic: the same commands give the same effects on every machine, in batches of any size.
 * Cost: some microseconds a line, proportional to the number of clocks; a late one also to the lines of its subject.
 *
 * @example
 * import { compileOrThrow, createState, type Effect, step } from '@clientele/sla'
 * const policy = compileOrThrow({
 *   clocks: [{ id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT1H' }] }],
 * })
 * const state = createState(policy)
 * const out: Effect[] = []
 * step(policy, state, { subject: 'INC1', at: '2026-03-02T09:00:00Z', event: 'created' }, out)
 * step(policy, state, { op: 'tick', at: '2026-03-02T10:00:00Z' }, out)
 * out.map((effect) => ('moment' in effect ? effect.moment : effect.error.code)) // => ['started', 'breached']
 *
 * @category state
 */
export const step = (table: Table, state: State, command: Command, out: Effect[]): void => {
  if (state.machine.table !== table) {
    throw new RangeError('the state belongs to another table; migrate it first')
  }
  const line = readLine(command, table.vocabulary)
  if ('error' in line) out.push(line)
  else if ('op' in line) tick(state, line.at, out)
  else if (line.at < state.now || (line.at === state.now && state.ticked === 1)) late(table, state, line, out)
  else inTime(state, line, out)
}
