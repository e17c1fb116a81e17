// An edit of the clocks themselves: registers are laid out anew, ended clocks keep what they were, open ones go on under
// the new policy, by what they had used or by their lines.

import type { Instant } from '@clientele/core'
import { askerOf, catchUp, symbolAt } from '../log/asker.js'
import { foldSilent } from '../log/fold.js'
import { NOWHERE } from '../log/log.js'
import {
  CANCELLED,
  clearRow,
  IDLE,
  type Machine,
  machineOf,
  PAUSED,
  type Registers,
  RUNNING,
  registersOf,
} from '../machine/registers.js'
import { closeStretch, placeDue } from '../machine/retarget.js'
import { nextInstant, settle, usedAt } from '../machine/timers.js'
import { createDueIndex, schedule } from '../state/due-index.js'
import type { State } from '../state.js'
import { BREACH_BIT, type Table } from '../table.js'
import { oldTarget, targetOfSymbol } from './joint.js'
import type { EditMode } from './model.js'

const copyRow = (from: Registers, source: number, to: Registers, row: number): void => {
  for (const name of Object.keys(to) as (keyof Registers)[]) to[name][row] = from[name][source]!
}

/** Marks keep their places only where the lists are the same. */
const keptMarks = (before: Table, after: Table, old: number, clock: number): number => {
  const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
    JSON.stringify(a) === JSON.stringify(b)
  const [was, is] = [before.clocks[old]!, after.clocks[clock]!]
  return same(was.warn, is.warn) && same(was.after, is.after) ? -1 : 1 << BREACH_BIT
}

/** Puts an open clock under the new policy at `at`, with the time it has used. */
const goOnUnder = (machine: Machine, row: number, at: Instant, target: number): void => {
  const { r } = machine
  closeStretch(machine, row, at)
  r.since[row] = at
  if (target < 0) {
    r.phase[row] = CANCELLED
    r.endedAt[row] = at
    return
  }
  r.target[row] = target
  placeDue(machine, row, at)
}

/** All registers under the new policy. Returns a state over the same log. */
export const carry = (state: State, joint: Table, after: Table, mode: EditMode): State => {
  const { log, machine: old, now, ticked } = state
  const before = old.table
  const [count, clocks] = [log.names.length, joint.clocks.length]
  const asker = askerOf(joint, log.contents)
  catchUp(asker)
  const rows = Math.max(16, count * clocks)
  const machine: Machine = { table: joint, r: registersOf(rows), trail: old.trail, emit: old.emit }
  // lists of the folded clocks lie in the same arena as those that were kept
  const scratch: Machine = { ...machineOf(joint, clocks), trail: old.trail }
  const places = joint.clocks.map(({ id }) => before.clocks.findIndex((clock) => clock.id === id))
  const masks = places.map((place, clock) => (place < 0 ? 0 : keptMarks(before, after, place, clock)))
  const until = ticked === 1 ? now + 1 : now
  for (let subject = 0; subject < count; subject++) {
    const folds = mode === 'all' || (mode === 'running' && isAnyOpen(old, subject))
    if (folds) {
      for (let clock = 0; clock < clocks; clock++) clearRow(scratch.r, clock)
      foldSilent(scratch, asker, log, subject, 0, now)
      for (let clock = 0; clock < clocks; clock++) settle(scratch, clock, until, usedAt(scratch, clock, now))
    }
    for (let clock = 0; clock < clocks; clock++) {
      const row = subject * clocks + clock
      const source = subject * before.clocks.length + places[clock]!
      const phase = places[clock]! < 0 ? IDLE : old.r.phase[source]!
      const open = phase === RUNNING || phase === PAUSED
      if (mode === 'all' || (mode === 'running' && open)) {
        copyRow(scratch.r, clock, machine.r, row)
        continue
      }
      if (phase === IDLE) continue
      copyRow(old.r, source, machine.r, row)
      machine.r.target[row] = oldTarget(after, old.r.target[source]!)
      machine.r.given[row]! &= masks[clock]!
      if (!open) continue
      const last = log.last.data[subject]!
      const symbol =
        last === NOWHERE ? 0 : symbolAt(asker, log.content.data[last]!, clock, log.at.data[last]!)
      goOnUnder(machine, row, now, targetOfSymbol(joint, clock, symbol))
    }
  }
  const dues = createDueIndex(rows)
  for (let row = 0; row < count * clocks; row++) schedule(dues, row, nextInstant(machine, row))
  return { log, machine, asker, dues, now, ticked }
}

const isAnyOpen = ({ r, table }: Machine, subject: number): boolean => {
  const clocks = table.clocks.length
  for (let row = subject * clocks; row < (subject + 1) * clocks; row++) {
    if (r.phase[row] === RUNNING || r.phase[row] === PAUSED) return true
  }
  return false
}
