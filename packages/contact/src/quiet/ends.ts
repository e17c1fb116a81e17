// When quiet hours end: by the wall clock, one rule at a time, whatever the kind of day.

import { firstAtOrAfter, MINUTE, SECOND, type Second, toLocal, type Zone } from '@clientele/core'
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

/** The first second, not before `at`, that the stretch of the rule at `at` does not hold; `at` when it is not quiet. */
export const stretchEnds = (table: Table, rule: QuietTable, zone: Zone, at: Second): Second => {
  const minute = Math.floor(toLocal(zone, at * SECOND) / MINUTE)
  const end = endOfStretches(table, rule, zone, minute)
  return end === minute ? at : firstAtOrAfter(zone, at, end * MINUTE)
}

/** The first second, not before `at`, inside the rule's opening hours; +∞ when there is none. */
export const hoursBegin = (table: Table, rule: QuietTable, at: Second): Second => {
  if (rule.outside < 0) return at
  const { hours } = table.hours[rule.outside]!
  const open = hours.nextOpen(at * SECOND)
  return Number.isNaN(open) ? Number.POSITIVE_INFINITY : Math.ceil(open / SECOND)
}
