// An edit of calendars alone. One scan of the columns finds the clocks whose path crosses a stretch that the edit changes;
// those alone are counted again, in place.

import { DAY, type Instant } from '@clientele/core'
import { addOpen, elapsedOpen } from '../machine/hours.js'
import { LATE, type Machine, PAUSED, RUNNING } from '../machine/registers.js'
import { closeStretch, placeDue } from '../machine/retarget.js'
import { nextInstant } from '../machine/timers.js'
import { END } from '../machine/trail.js'
import { type DueIndex, reorder, schedule } from '../state/due-index.js'
import type { State } from '../state.js'
import type { Table } from '../table.js'
import { crosses, type Differences, differencesOf } from './calendars.js'
import type { EditMode } from './model.js'

/** What never falls may fall after the edit: differences are looked for this far beyond the last deadline. */
const AHEAD = 366 * DAY

/** The last instant that matters to a running clock: now, its deadline, or the timer after it. */
const endOfPath = (due: Float64Array, dues: DueIndex, row: number, now: Instant): Instant => {
  const last = due[row]! > now ? due[row]! : now
  return dues.place[row]! >= 0 && dues.at[row]! > last ? dues.at[row]! : last
}

/** Where the calendars differ, as far as it matters to the open clocks. */
export const differencesFor = (state: State, after: Table): Differences => {
  const { log, machine, dues, now } = state
  const { phase, startedAt, due } = machine.r
  const rows = log.names.length * machine.table.clocks.length
  let [from, to] = [now, now]
  for (let row = 0; row < rows; row++) {
    if (phase[row] !== RUNNING && phase[row] !== PAUSED) continue
    if (startedAt[row]! < from) from = startedAt[row]!
    const end = phase[row] === RUNNING ? endOfPath(due, dues, row, now) : now
    if (end > to && end !== Number.POSITIVE_INFINITY) to = end
  }
  return differencesOf(machine.table, after, from, to + AHEAD)
}

/** The row of a target's hours among those of the policy itself, −1 for round the clock. */
export const liveRow = ({ targets, hoursFrom }: Table, target: number): number =>
  targets.hours[target]! < 0 ? -1 : targets.hours[target]! - hoursFrom

/** Whether a stretch counted so far crosses a difference of the calendar that counted it, or of an earlier edit. */
const countedCrosses = ({ table, r, trail }: Machine, differences: Differences, row: number): boolean => {
  for (let entry = r.counted[row]!; entry !== END; entry = trail.older[entry]!) {
    const hours = trail.value[entry]!
    if (hours < 0) continue
    const stretches = differences[hours - table.hoursFrom]
    if (stretches === undefined || crosses(stretches, trail.from[entry]!, trail.to[entry]!)) return true
  }
  return false
}

/** The open clocks whose path crosses a difference, by row. */
export const crossing = (state: State, differences: Differences, mode: EditMode): Int32Array => {
  const { log, machine, dues, now } = state
  const { table } = machine
  const { phase, target, since, due, counted } = machine.r
  const anew = mode === 'running'
  const rows = log.names.length * table.clocks.length
  const stretchesOf =
    table.targets.within.length === 0
      ? []
      : Array.from(table.targets.within, (_, t) => differences[liveRow(table, t)])
  const found = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    const stands = phase[row]!
    if (stands !== RUNNING && (stands !== PAUSED || !anew)) continue
    const stretches = stretchesOf[target[row]!]
    const ahead =
      stands === RUNNING &&
      stretches !== undefined &&
      stretches.length > 0 &&
      crosses(stretches, since[row]!, endOfPath(due, dues, row, now))
    if (ahead || (anew && counted[row] !== END && countedCrosses(machine, differences, row)))
      found[count++] = row
  }
  return found.slice(0, count)
}

/** Counts the stretches of a row again, each by the present version of its calendar. */
const recountStretches = ({ r, trail, table }: Machine, row: number, present: Int32Array): void => {
  let used = 0
  for (let entry = r.counted[row]!; entry !== END; entry = trail.older[entry]!) {
    const now = trail.value[entry]! < 0 ? -1 : present[trail.value[entry]!]!
    trail.value[entry] = now
    used += elapsedOpen(table.hours[now], trail.from[entry]!, trail.to[entry]!)
  }
  r.used[row] = used
}

/** For each row of hours, the present version of that calendar. */
export const presentHours = ({ hours, hoursFrom }: Table): Int32Array =>
  Int32Array.from(hours, ({ name }) => hours.findIndex((each, row) => row >= hoursFrom && each.name === name))

/**
 * Counts one clock again from `at` on; with the present hours, all of it. The old machine closes what the old calendar
 * counted.
 */
export const replan = (
  old: Machine,
  machine: Machine,
  row: number,
  at: Instant,
  present?: Int32Array,
): void => {
  const { r } = machine
  closeStretch(old, row, at)
  if (present !== undefined) recountStretches(machine, row, present)
  if (r.phase[row] === RUNNING) r.since[row] = at
  const wasLate = (r.flags[row]! & LATE) !== 0
  const due = r.due[row]!
  placeDue(machine, row, at)
  // time that was used stays used: a deadline that has passed under the old calendar stays where it was
  if (present !== undefined || !wasLate) return
  r.flags[row]! |= LATE
  r.due[row] = due
}

/** The same where the calendar changed after `at` alone: only a deadline still to come moves. */
export const replanAhead = ({ table, r }: Machine, row: number, at: Instant): void => {
  if (r.phase[row] !== RUNNING || (r.flags[row]! & LATE) !== 0 || r.due[row]! <= at) return
  const target = r.target[row]!
  const left = table.targets.within[target]! - r.used[row]!
  r.due[row] = addOpen(table.hours[table.targets.hours[target]!], r.since[row]!, left)
}

/** Puts the timers of many rows where they belong; beyond a tenth of all, the index is put in order once. */
export const rescheduleRows = ({ machine, dues }: State, rows: Int32Array): void => {
  if (rows.length <= dues.length / 10) {
    for (const row of rows) schedule(dues, row, nextInstant(machine, row))
    return
  }
  // those that come in or go out move one by one, after the rest stand in order
  const others: number[] = []
  for (const row of rows) {
    const at = nextInstant(machine, row)
    if (dues.place[row]! >= 0 && at !== Number.POSITIVE_INFINITY) dues.at[row] = at
    else others.push(row)
  }
  reorder(dues)
  for (const row of others) schedule(dues, row, nextInstant(machine, row))
}
