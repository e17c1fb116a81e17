// What a definition compiles to: hours of one zone by day and weekday, and the algebra over them.

import {
  type CivilDay,
  DAY,
  type Instant,
  type Millis,
  toInstant,
  weekdayOf,
  type Zone,
} from '@clientele/core'

/** Start and end of each interval, in milliseconds after midnight: start, end, start, end, … */
export type Spans = readonly Millis[]

/** A day with a rule of its own. */
export interface DayRule {
  readonly day: CivilDay
  /** The intervals that start on it, or that it cuts out; a holiday has none. */
  readonly spans: Spans
  /** Where in the definition the day is written. */
  readonly ref: string
  /** Of a holiday, which also cuts the tail of the evening before; empty where it has none. */
  readonly holiday?: string
}

/** A week that holds from a day on. */
export interface WeekRule {
  readonly from: CivilDay
  /** Of seven days, Monday first. */
  readonly days: readonly Spans[]
  readonly ref: string
}

/** Opening hours in one zone. */
export interface HoursRule {
  readonly kind: 'hours'
  readonly zone: Zone
  /** Ascending; the first holds from the beginning. */
  readonly weeks: readonly WeekRule[]
  readonly special: ReadonlyMap<CivilDay, DayRule>
  readonly breaks: ReadonlyMap<CivilDay, DayRule>
}

/** An algebra of rules. */
export interface Combination {
  readonly kind: 'union' | 'intersect' | 'subtract' | 'shift'
  /** At least one; two of a difference, one of a shift. */
  readonly parts: readonly Rule[]
  /** How much later all of it is; 0 but in a shift. */
  readonly by: Millis
}

export type Rule = HoursRule | Combination

/** The first of equal days stays. */
const byDay = (days: readonly DayRule[]): ReadonlyMap<CivilDay, DayRule> => {
  const first = new Map<CivilDay, DayRule>()
  for (const rule of days) if (!first.has(rule.day)) first.set(rule.day, rule)
  return first
}

/** Hours of their parts: what comes first of several rules for a day is what holds. */
export const hoursRule = (
  zone: Zone,
  weeks: readonly WeekRule[],
  special: readonly DayRule[],
  breaks: readonly DayRule[],
): HoursRule => ({
  kind: 'hours',
  zone,
  weeks: [...weeks].sort((a, b) => a.from - b.from),
  special: byDay(special),
  breaks: byDay(breaks),
})

/** The hours a rule names first: their zone is the zone of its dates. */
export const firstHours = (rule: Rule): HoursRule =>
  rule.kind === 'hours' ? rule : firstHours(rule.parts[0]!)

/** The week that holds on a day. */
export const weekAt = ({ weeks }: HoursRule, day: CivilDay): WeekRule => {
  let week = weeks.length - 1
  while (week > 0 && weeks[week]!.from > day) week--
  return weeks[week]!
}

/** The spans that start on a day: those of its date, none on a holiday, else the week's. */
export const spansOn = (rule: HoursRule, day: CivilDay): Spans =>
  rule.special.get(day)?.spans ?? weekAt(rule, day).days[weekdayOf(day)]!

/** The instants of the spans of a day, those after `last` cut to it. */
export const instantsOf = (
  { zone }: HoursRule,
  day: CivilDay,
  spans: Spans = [],
  last: Millis = 2 * DAY,
): Instant[] => spans.map((time) => toInstant(zone, day * DAY + Math.min(time, last)))
