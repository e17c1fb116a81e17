// When quiet hours end: by the wall clock, one rule at a time, whatever the kind of day.

import { firstAtOrAfter, MINUTE, SECOND, type Second, toLocal, upperBound, type Zone } from '@clientele/core'
import type { Area } from '../places/area.js'
import type { QuietTable, Table } from '../table.js'
import { kindsOf, startsOn } from './days.js'

const MINUTES = 1_440

/** The latest end, in local minutes, of the stretches that hold a local minute; that minute itself when none does. */
const endOfStretches = (table: Table, rule: QuietTable, zone: Zone, minute: number): number => {
  const today = Math.floor(minute / MINUTES)
  let end = minute
  for (const day of [today - 1, today]) {
    const kinds = kindsOf(table, rule, day, zone)
    const into = minute - day * MINUTES
    for (const stretch of rule.stretches) {
      if (into < stretch.from || into >= stretch.to || !startsOn(stretch, day, kinds)) continue
      end = Math.max(end, day * MINUTES + stretch.to)
    }
  }
  return end
}

/** The next second at which clocks change; +∞ after the last. */
export const nextChange = ({ starts }: Zone, at: Second): Second => {
  const segment = upperBound(starts, at * SECOND, 1, starts.length)
  return segment < starts.length ? Math.ceil(starts[segment]! / SECOND) : Number.POSITIVE_INFINITY
}

/** A second, not before `at`, until which the stretch of the rule lasts at least; `at` when it is not quiet. */
const stretchEnds = (table: Table, rule: QuietTable, zone: Zone, at: Second): Second => {
  const minute = Math.floor(toLocal(zone, at * SECOND) / MINUTE)
  const end = endOfStretches(table, rule, zone, minute)
  // clocks that are set back may leave the stretch before its end
  return end === minute ? at : Math.min(firstAtOrAfter(zone, at, end * MINUTE), nextChange(zone, at))
}

/** The first second, not before `at`, inside the rule's opening hours; +∞ when there is none. */
const hoursBegin = (table: Table, rule: QuietTable, at: Second): Second => {
  if (rule.outside < 0) return at
  const { hours } = table.hours[rule.outside]!
  const open = hours.nextOpen(at * SECOND)
  return Number.isNaN(open) ? Number.POSITIVE_INFINITY : Math.ceil(open / SECOND)
}

/** `at` when a rule is not quiet for a place then, else a later second until which it is; +∞ for ever. */
export const quietEnds = (table: Table, rule: QuietTable, area: Area, at: Second): Second => {
  let ends = hoursBegin(table, rule, at)
  const zones = rule.local ? area.quiet : rule.zone === undefined ? [] : [rule.zone]
  for (const zone of zones) ends = Math.max(ends, stretchEnds(table, rule, zone, at))
  return ends
}
