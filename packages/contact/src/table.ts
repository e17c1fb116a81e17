// The compiled policy. Caps and cool-downs are limits alike; limits that count the same touches share a stream, so that
// one row of instants serves a day's, a week's and a month's cap. Rules are numbered in the order of answers.

import type { Table as CalendarTable } from '@clientele/calendar'
import type { OpenHours, Second, WindowTable, Zone } from '@clientele/core'
import type { Table as ConditionTable, VocabularyTable } from '@clientele/core/condition'
import type { Definition } from './model.js'

/** The kinds of rules as bits: what an exemption passes over. */
export const CAPS = 1
export const COOL_DOWNS = 2
export const QUIET = 4
export const CONSENT = 8
export const CONTROL = 16

/** Streams of greater limits keep a list a slot instead of a row. */
export const LONGEST_ROW = 64

/** A part of a key: the recipient, or a fact by its path. */
export type KeyPart = 'recipient' | readonly string[]

/** What every rule has in common. @category compile */
export interface RuleTable {
  /** Its place in answers. */
  readonly index: number
  /** Its name. */
  readonly id: string
  /** Words for a person. */
  readonly label: string
  /** Where it stands in the definition. */
  readonly path: string
  /** The bit of its kind. @internal */
  readonly kind: number
  /** @internal */
  readonly presumption: boolean
}

/** A window and the zone it is read in: a fixed one, or the recipient's (`undefined`) where it needs one. */
export interface ZonedWindow {
  readonly window: WindowTable
  readonly zone: Zone | undefined
  /** Whether it is read off the recipient's wall clock. */
  readonly local: boolean
}

/** A cap, or a cool-down, which is a cap of one that counts what started it. */
export interface LimitTable extends RuleTable, ZonedWindow {
  readonly when: ConditionTable | undefined
  readonly limit: number
  /** The row of `streams` it asks. */
  readonly stream: number
  /** Its place among the limits. */
  readonly limitIndex: number
}

/** Touches that are counted together. */
export interface StreamTable {
  /** Equal names count the same touches: what a migration goes by. */
  readonly name: string
  readonly counts: ConditionTable | undefined
  readonly per: readonly KeyPart[]
  /** Whether the key is the recipient alone: then the slot is the handle. */
  readonly own: boolean
  readonly weights: readonly { readonly when: ConditionTable | undefined; readonly weight: number }[]
  /** Whether events and uncounted touches are seen: those of cool-downs are. */
  readonly all: boolean
  /** Whether past touches count by the tags their campaign bears now. */
  readonly currentTags: boolean
  /** Whether what counts is known only when asked, so that whole touches are kept rather than instants. */
  readonly whole: boolean
  /** The greatest limit that asks it: so many instants are kept a slot. */
  readonly places: number
  /** The limits that ask it. */
  readonly limits: readonly LimitTable[]
}

/** One stretch of a day, in minutes after its midnight; the end may lie in the next day. */
export interface QuietStretch {
  /** Weekdays as bits, Monday 1; 0 when it names none. */
  readonly weekdays: number
  readonly kinds: number
  readonly notWeekdays: number
  readonly notKinds: number
  /** Whether it starts on every day that is not excluded. */
  readonly everyDay: boolean
  readonly from: number
  readonly to: number
}

/** Kinds of dates as bits. */
export const HOLIDAY = 1
export const OPEN = 2
export const CLOSED = 4

/** Opening hours by name: a compiled calendar, or the host's own. */
export interface Hours {
  readonly name: string
  /** Absent where the host brought its own. */
  readonly calendar: CalendarTable | undefined
  readonly hours: OpenHours
  /** Whose dates are open and closed; the rule's zone where the host brought its own hours. */
  readonly zone: Zone | undefined
}

/** Quiet hours. */
export interface QuietTable extends RuleTable, Pick<ZonedWindow, 'zone' | 'local'> {
  readonly when: ConditionTable | undefined
  readonly stretches: readonly QuietStretch[]
  /** Row of `hours` that says which dates are open; −1 without. */
  readonly days: number
  /** Row of `hours` outside which it is quiet; −1 without. */
  readonly outside: number
}

/** A consent that must be there. */
export interface ConsentTable extends RuleTable {
  readonly when: ConditionTable | undefined
  readonly requires: 'opt-in' | 'soft-opt-in' | 'no-opt-out'
  /** In seconds. */
  readonly maxAge: Second
}

/** A share that is never written to. */
export interface ControlTable extends RuleTable {
  readonly when: ConditionTable | undefined
  readonly share: number
  readonly salt: string
  readonly per: readonly KeyPart[]
}

/** Attempts that some rules do not speak of. */
export interface ExemptTable {
  readonly id: string
  readonly label: string
  readonly path: string
  readonly when: ConditionTable | undefined
  /** With these it is a grant: it holds from a touch on. */
  readonly since: ConditionTable | undefined
  readonly until: ConditionTable | undefined
  readonly zoned: ZonedWindow
  readonly per: readonly KeyPart[]
  /** The kinds it passes over, as bits. */
  readonly from: number
  readonly uncounted: boolean
  /** Its place among the grants; −1 without `since`. */
  readonly grant: number
}

/** The minutes of a week, from Monday's midnight: how many of them until it is not quiet. */
export interface QuietWeek {
  readonly wait: Uint16Array
  /** Days to which the week does not apply, by civil day; absent when it always does. */
  readonly special: Uint8Array | undefined
}

/** Built on first touch; no part of the table's bytes or hash. */
export interface Index {
  /** By the rules that make it, as a text; `undefined` where they are more than a week. */
  readonly weeks: Map<string, QuietWeek | undefined>
  /** The civil days of `holidays`, ascending. */
  readonly holidays: Float64Array
  /** From when on quiet rules leave no gap in a place, by both, as far as that was found out. */
  readonly closed: Map<string, Second>
  /** By row of `hours`, then by civil day: 0 not asked yet, 1 closed, 2 open. */
  readonly days: Uint8Array[]
}

/** An index of nothing yet. */
export const emptyIndex = (holidays: ReadonlySet<number>): Index => ({
  weeks: new Map(),
  holidays: Float64Array.from(holidays).sort(),
  closed: new Map(),
  days: [],
})

/** What happens to a recipient without a zone. */
export type MissingZone = 'deny' | 'skip' | Zone

/** A compiled policy; frozen. @category compile */
export interface Table {
  /** As it was given; bytes hold it. */
  readonly definition: Definition
  /** All rules in the order of answers. */
  readonly rules: readonly RuleTable[]
  /** @internal */
  readonly missingZone: MissingZone
  /** Civil days. @internal */
  readonly holidays: ReadonlySet<number>
  /** @internal */
  readonly hours: readonly Hours[]
  /** @internal */
  readonly limits: readonly LimitTable[]
  /** @internal */
  readonly streams: readonly StreamTable[]
  /** @internal */
  readonly quiet: readonly QuietTable[]
  /** @internal */
  readonly consent: readonly ConsentTable[]
  /** @internal */
  readonly control: readonly ControlTable[]
  /** @internal */
  readonly exempt: readonly ExemptTable[]
  readonly vocabulary: VocabularyTable | undefined
  /** What follows from the rules and is built when it is first asked for. @internal */
  readonly index: Index
}
