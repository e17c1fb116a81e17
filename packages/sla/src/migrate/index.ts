// A policy changes while its clocks run: what is kept, what moves, and by whose choice.

import { askerOf, catchUp } from '../log/asker.js'
import { IDLE, type Machine, type Registers } from '../machine/registers.js'
import { dueNumber } from '../moment.js'
import type { DueIndex } from '../state/due-index.js'
import type { State } from '../state.js'
import type { Table } from '../table.js'
import { stateNumber, STATES } from '../verdict.js'
import { onlyCalendarsDiffer } from './calendars.js'
import { carry } from './carry.js'
import { withOldHours, withOldTargets } from './joint.js'
import type { Change, EditMode, MigrateOptions, Migration, Plan } from './model.js'
import {
  crossing,
  differencesFor,
  liveRow,
  presentHours,
  replan,
  replanAhead,
  rescheduleRows,
} from './replan.js'

/** A copy to try things out on. */
const copyOf = (state: State): State => {
  const { machine, dues } = state
  const copied = <T extends object>(columns: T): T =>
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [
        name,
        ArrayBuffer.isView(column) ? (column as Int32Array).slice() : column,
      ]),
    ) as T
  const r = copied<Registers>(machine.r)
  return { ...state, machine: { ...machine, r, trail: copied(machine.trail) }, dues: copied<DueIndex>(dues) }
}

/** Rows that changed, in columns with room for all that may. */
class Changes {
  readonly rows: Int32Array
  readonly dueBefore: Float64Array
  readonly dueAfter: Float64Array
  readonly stateBefore: Uint8Array
  readonly stateAfter: Uint8Array
  length = 0

  constructor(capacity: number) {
    this.rows = new Int32Array(capacity)
    this.dueBefore = new Float64Array(capacity)
    this.dueAfter = new Float64Array(capacity)
    this.stateBefore = new Uint8Array(capacity)
    this.stateAfter = new Uint8Array(capacity)
  }

  /** Takes a row in, if its state or deadline is another. */
  add(row: number, state: number, due: number, machine: Machine): void {
    const stateAfter = stateNumber(machine, row)
    const dueAfter = dueNumber(machine, row)
    if (state === stateAfter && Object.is(due, dueAfter)) return
    const at = this.length++
    this.rows[at] = row
    this.dueBefore[at] = due
    this.dueAfter[at] = dueAfter
    this.stateBefore[at] = state
    this.stateAfter[at] = stateAfter
  }
}

type Extra = Partial<Pick<Plan, 'dropped' | 'added'>>

const planOf = (
  mode: EditMode,
  total: number,
  touched: number,
  changes: Changes,
  extra: Extra = {},
): Plan => ({
  mode,
  kept: total - changes.length,
  touched,
  dropped: [],
  added: [],
  ...extra,
  rows: changes.rows.subarray(0, changes.length),
  dueBefore: changes.dueBefore.subarray(0, changes.length),
  dueAfter: changes.dueAfter.subarray(0, changes.length),
  stateBefore: changes.stateBefore.subarray(0, changes.length),
  stateAfter: changes.stateAfter.subarray(0, changes.length),
})

const editCalendars = (state: State, after: Table, mode: EditMode): Migration => {
  const { machine } = state
  const old: Machine = { ...machine }
  const differences = differencesFor(state, after)
  const rows = crossing(state, differences, mode)
  const table = withOldHours(old.table, after)
  const present = mode === 'running' ? presentHours(table) : undefined
  machine.table = table
  state.asker = askerOf(table, state.log.contents)
  const isAhead = (stretches: Float64Array | undefined): boolean =>
    stretches === undefined || stretches.length === 0 || stretches[0]! >= state.now
  const allAhead = differences.every(isAhead) && (mode === 'prospective' || old.table.hoursFrom === 0)
  const changes = new Changes(rows.length)
  for (const row of rows) {
    const [was, due] = [stateNumber(old, row), dueNumber(old, row)]
    // of calendars edited in the future alone, what was counted stays as it is
    if (
      allAhead ||
      (mode === 'prospective' && isAhead(differences[liveRow(old.table, old.r.target[row]!)]))
    ) {
      replanAhead(machine, row, state.now)
    } else replan(old, machine, row, state.now, present)
    changes.add(row, was, due, machine)
  }
  rescheduleRows(state, rows)
  catchUp(state.asker)
  return { table, plan: planOf(mode, state.log.names.length * table.clocks.length, rows.length, changes) }
}

const editClocks = (state: State, after: Table, mode: EditMode): Migration => {
  const { machine: old, log } = state
  const before = old.table
  const joint = withOldTargets(before, after)
  const next = carry(state, joint, after, mode)
  const places = joint.clocks.map(({ id }) => before.clocks.findIndex((clock) => clock.id === id))
  const [count, clocks] = [log.names.length, joint.clocks.length]
  const changes = new Changes(count * clocks)
  for (let subject = 0; subject < count; subject++) {
    places.forEach((place, clock) => {
      const row = subject * clocks + clock
      const source = subject * before.clocks.length + place
      if (place < 0) changes.add(row, 0, Number.NaN, next.machine)
      else changes.add(row, stateNumber(old, source), dueNumber(old, source), next.machine)
    })
  }
  const dropped = before.clocks.flatMap(({ id }, place) => {
    if (places.includes(place)) return []
    let had = 0
    for (let subject = 0; subject < count; subject++)
      if (old.r.phase[subject * before.clocks.length + place] !== IDLE) had++
    return [{ clock: id, count: had }]
  })
  const added = joint.clocks.filter((_, clock) => places[clock]! < 0).map(({ id }) => id)
  Object.assign(state, next)
  return { table: joint, plan: planOf(mode, count * clocks, count * clocks, changes, { dropped, added }) }
}

/**
 * Puts a state under a changed policy and tells what that does. Clocks are matched by id. The state changes in place and
 * belongs to the returned table from then on; with `dryRun` nothing changes. Timers that the edit puts into the past
 * fall at the next step. A line that comes late afterwards has the clocks of its subject folded by the new policy alone.
 *
 * Cost: where calendars alone differ, one scan of the open clocks and a recount of those whose path crosses the edit, under
 * 50 ms for a million; otherwise proportional to the clocks, and in mode `all`, and `running`, to the lines.
 *
 * @example
 * import { compileOrThrow, createState, describePlan, migrate, step } from '@clientele/sla'
 * const within = (hours: string) => compileOrThrow({
 *   clocks: [{ id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: hours }] }],
 * })
 * const [before, after] = [within('PT4H'), within('PT2H')]
 * const state = createState(before)
 * step(before, state, { subject: 'INC1', at: 0, event: 'created' }, [])
 * const { plan } = migrate(state, before, after, { mode: 'prospective', dryRun: true })
 * describePlan(state, after, plan).map(({ from, to }) => [from.due, to.due]) // => [[14400000, 7200000]]
 *
 * @category state
 */
export const migrate = (state: State, before: Table, after: Table, options: MigrateOptions): Migration => {
  if (state.machine.table !== before)
    throw new RangeError('the state belongs to another table than the one given as its own')
  const target = options.dryRun === true ? copyOf(state) : state
  const quick = options.mode !== 'all' && onlyCalendarsDiffer(before, after)
  return quick ? editCalendars(target, after, options.mode) : editClocks(target, after, options.mode)
}

/**
 * The rows of a plan as clocks with names.
 *
 * @example
 * import { compileOrThrow, createState, describePlan, migrate } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * const state = createState(policy)
 * const { table, plan } = migrate(state, policy, policy, { mode: 'running' })
 * describePlan(state, table, plan) // => []
 *
 * @category state
 */
export const describePlan = ({ log }: State, table: Table, plan: Plan): readonly Change[] => {
  const clocks = table.clocks.length
  return [...plan.rows].map((row, i) => {
    const told = (state: number, due: number): Change['from'] => ({
      state: STATES[state]!,
      due: Number.isNaN(due) ? null : due,
    })
    return {
      subject: log.names[Math.floor(row / clocks)]!,
      clock: table.clocks[row % clocks]!.id,
      from: told(plan.stateBefore[i]!, plan.dueBefore[i]!),
      to: told(plan.stateAfter[i]!, plan.dueAfter[i]!),
    }
  })
}
