// The compiled policy. Targets of all clocks lie in columns, their marks (warnings, the deadline, steps after it) in
// one run each, ascending by the open time at which they fall. What is asked of a line stays a list of conditions.

import type { Table as CalendarTable } from '@clientele/calendar'
import type { Millis, OpenHours } from '@clientele/core'
import type { Table as ConditionTable, VocabularyTable } from '@clientele/core/condition'
import type { Definition, OnRetarget } from './model.js'

/** What a line can ask of a clock; a symbol is their union, and above {@link TARGET_SHIFT} the target that holds + 1. */
export const CANCEL = 1
export const STOP = 2
export const RESET = 4
export const START = 8
export const REOPEN = 16
export const PAUSE_ON = 32
export const RESUME_ON = 64
export const WHILE = 128
export const TARGET_SHIFT = 8

/** Marks by bit: warnings below, the deadline at, steps after it above this one. */
export const BREACH_BIT = 15
/** How many warnings, and how many steps after the deadline, a clock may have. */
export const MOST_MARKS = 15

/** One role of events: which bit of the symbol it sets, and when. */
export interface Ask {
  readonly bit: number
  /** `undefined`: any line. */
  readonly events: ReadonlySet<string> | undefined
  readonly when: ConditionTable | undefined
}

/** Opening hours: a compiled calendar, or the host's own. */
export interface Hours {
  readonly name: string
  readonly calendar: CalendarTable | undefined
  readonly host: OpenHours | undefined
}

/** One compiled clock. @category compile */
export interface ClockTable {
  readonly id: string
  /** Words for a person; the id where the policy has none. */
  readonly label: string
  /** Where it stands in the definition. @internal */
  readonly path: string
  /** @internal */
  readonly each: boolean
  /** @internal */
  readonly onRetarget: OnRetarget
  /** @internal */
  readonly asks: readonly Ask[]
  /** @internal */
  readonly pauseWhile: ConditionTable | undefined
  /** The path of the fact that a start counts from. @internal */
  readonly since: readonly string[] | undefined
  /** Rows [from, to) of the target columns. @internal */
  readonly targets: readonly [from: number, to: number]
  /** @internal */
  readonly warn: readonly string[]
  /** @internal */
  readonly after: readonly (string | number)[]
  /** Whether a condition asks for the time of the line, so that equal facts may answer otherwise later. @internal */
  readonly timed: boolean
}

/** The targets of all clocks, a row each. */
export interface TargetColumns {
  readonly name: readonly string[]
  readonly path: readonly string[]
  readonly when: readonly (ConditionTable | undefined)[]
  readonly within: Float64Array
  readonly notBefore: Float64Array
  /** Row of `hours`; −1 is round the clock. */
  readonly hours: Int32Array
  /** Row t has the marks [markFrom[t], markFrom[t + 1]). */
  readonly markFrom: Int32Array
  readonly markAt: Float64Array
  readonly markBit: Int32Array
}

/** An earlier policy, and whether only its hours or its targets too are remembered. */
export interface Remembered {
  readonly definition: Definition
  readonly what: 'hours' | 'targets'
}

/** A compiled policy; frozen. @category compile */
export interface Table {
  /** As it was given; bytes hold it. */
  readonly definition: Definition
  readonly clocks: readonly ClockTable[]
  /** @internal */
  readonly targets: TargetColumns
  /** Those of the policy from row `hoursFrom` on; before them what a migration remembers of earlier calendars. @internal */
  readonly hours: readonly Hours[]
  /** @internal */
  readonly hoursFrom: number
  /** Earlier policies that registers may still point to, oldest first. @internal */
  readonly remembered: readonly Remembered[]
  readonly vocabulary: VocabularyTable | undefined
}

/** A target before it is laid out in columns. */
export interface TargetRow {
  readonly name: string
  readonly path: string
  readonly when: ConditionTable | undefined
  readonly within: Millis
  readonly notBefore: Millis
  readonly hours: number
  readonly marks: readonly { readonly at: Millis; readonly bit: number }[]
}

/** Lays targets out. Of marks at the same open time the lower bit comes first: warnings, the deadline, steps. */
export const targetColumns = (rows: readonly TargetRow[]): TargetColumns => {
  const marks = rows.map((row) => [...row.marks].sort((a, b) => a.at - b.at || a.bit - b.bit))
  const markFrom = new Int32Array(rows.length + 1)
  marks.forEach((run, t) => {
    markFrom[t + 1] = markFrom[t]! + run.length
  })
  return {
    name: rows.map(({ name }) => name),
    path: rows.map(({ path }) => path),
    when: rows.map(({ when }) => when),
    within: Float64Array.from(rows, ({ within }) => within),
    notBefore: Float64Array.from(rows, ({ notBefore }) => notBefore),
    hours: Int32Array.from(rows, ({ hours }) => hours),
    markFrom,
    markAt: Float64Array.from(marks.flat(), ({ at }) => at),
    markBit: Int32Array.from(marks.flat(), ({ bit }) => bit),
  }
}

/**
 * The policy with the host's own hours in place of calendars, by name. A `RangeError` when the policy has no calendar of
 * that name. The bytes of the result hold the policy's calendars, not the host's hours.
 *
 * @example
 * import { bind, compileOrThrow } from '@clientele/sla'
 * const policy = compileOrThrow({
 *   calendars: { desk: { timeZone: 'UTC', week: '24/7' } },
 *   clocks: [{ id: 'reply', calendar: 'desk', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }],
 * })
 * const always = { add: (at: number, by: number) => at + by, elapsed: (from: number, to: number) => to - from,
 *   isOpen: () => true, nextOpen: (at: number) => at }
 * bind(policy, { desk: always }).clocks.length // => 1
 *
 * @category ports
 */
export const bind = (table: Table, hosts: { readonly [name: string]: OpenHours }): Table => {
  const known = table.hours.map(({ name }) => name)
  for (const name of Object.keys(hosts)) {
    if (!known.includes(name))
      throw new RangeError(`no calendar "${name}" in the policy, expected one of ${known.join(', ')}`)
  }
  const hours = table.hours.map((each) =>
    Object.hasOwn(hosts, each.name) ? { name: each.name, calendar: undefined, host: hosts[each.name] } : each,
  )
  return Object.freeze({ ...table, hours })
}
