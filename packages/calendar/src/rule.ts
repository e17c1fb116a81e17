// What a definition compiles to: hours of one zone as typed arrays, and the algebra over them.

import { type CivilDay, DAY, type LocalMillis, type Millis, upperBound, type Zone } from '@clientele/core'

/** Spans by row: those of row `i` are `spans[2·k], spans[2·k + 1]` for `k` from `offsets[i]` to `offsets[i + 1]`. */
export interface SpanRows {
  readonly offsets: Uint32Array
  readonly spans: Float64Array
}

/** Days with a rule of their own, ascending, each with a row of spans. */
export interface DayRows extends SpanRows {
  readonly days: Int32Array
  /** Where in the definition each day is written, and its name if it has one. */
  readonly refs: readonly string[]
  readonly names: readonly string[]
}

/** Opening hours in one zone. */
export interface HoursRule {
  readonly kind: 'hours'
  readonly zone: Zone
  /** The civil days from which each week holds, ascending; the first holds from the beginning. */
  readonly weekFrom: Int32Array
  /** Seven rows a week, Monday first. */
  readonly weeks: SpanRows
  /** Where each week is written. */
  readonly weekRefs: readonly string[]
  /** Holidays have no spans; dates have those that replace the week's. */
  readonly special: DayRows
  /** 1 where the special day is a holiday, which also cuts the tail of the evening before. */
  readonly holiday: Uint8Array
  readonly breaks: DayRows
  /** Days around which a week is not like any other: special days, breaks, changes of week or offset; ascending. */
  readonly irregular: Int32Array
}

/** Hours, or an algebra of them. */
export type Rule =
  | HoursRule
  | { readonly kind: 'union' | 'intersect'; readonly parts: readonly Rule[] }
  | { readonly kind: 'subtract'; readonly parts: readonly [Rule, Rule] }
  | { readonly kind: 'shift'; readonly parts: readonly [Rule]; readonly by: Millis }

/** The hours a rule names first: their zone is the zone of its dates. */
export const firstHours = (rule: Rule): HoursRule =>
  rule.kind === 'hours' ? rule : firstHours(rule.parts[0]!)

/** All hours of a rule, in the order written. */
export const allHours = (rule: Rule): readonly HoursRule[] =>
  rule.kind === 'hours' ? [rule] : rule.parts.flatMap(allHours)

/** The row of a day among days with rules of their own, −1 when it has none. */
export const rowOf = (days: Int32Array, day: CivilDay): number => {
  const row = upperBound(days, day, 0, days.length) - 1
  return days[row] === day ? row : -1
}

/** Which of the weeks holds on a day. */
export const weekAt = ({ weekFrom }: HoursRule, day: CivilDay): number =>
  upperBound(weekFrom, day, 1, weekFrom.length) - 1

/** The spans of a row on a day, as local times: start, end, start, end, … */
export const spansOf = ({ offsets, spans }: SpanRows, row: number, day: CivilDay): LocalMillis[] =>
  Array.from(spans.subarray(2 * offsets[row]!, 2 * offsets[row + 1]!), (time) => day * DAY + time)
