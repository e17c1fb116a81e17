// Where two versions of a policy's calendars differ, so that an edit of one day touches only the clocks that cross it.

import { type Period, periods } from '@clientele/calendar'
import type { Instant } from '@clientele/core'
import type { Hours, Table } from '../table.js'

/** Stretches of time at which the old and the new hours differ: pairs, ascending; by row of hours. */
export type Differences = readonly Float64Array[]

/** Beyond this many stretches one that spans them all is used: a wider net, the same answers. */
const MOST_STRETCHES = 16

const edges = (spans: readonly Period[]): number[] => spans.flat()

/** The stretches that lie in one of two lists of periods and not in both. */
const symmetric = (a: readonly number[], b: readonly number[]): number[] => {
  // between consecutive edges of both, the lists differ where an odd number of edges has been passed
  const all = [...a, ...b].sort((x, y) => x - y)
  const found: number[] = []
  for (let i = 0; i + 1 < all.length; i += 2) {
    if (all[i]! === all[i + 1]!) continue
    if (found[found.length - 1] === all[i]) found[found.length - 1] = all[i + 1]!
    else found.push(all[i]!, all[i + 1]!)
  }
  return found
}

const differenceOf = (before: Hours, after: Hours, from: Instant, to: Instant): Float64Array => {
  if (before === after) return new Float64Array(0)
  if (before.calendar === undefined || after.calendar === undefined) return Float64Array.of(from, to)
  const found = symmetric(edges(periods(before.calendar, from, to)), edges(periods(after.calendar, from, to)))
  return Float64Array.from(found.length <= 2 * MOST_STRETCHES ? found : [found[0]!, found[found.length - 1]!])
}

/** The hours of the policy itself, without those a migration remembers. */
export const liveHours = ({ hours, hoursFrom }: Table): readonly Hours[] => hours.slice(hoursFrom)

/** Where the hours of two policies with the same calendars by name differ within [from, to). */
export const differencesOf = (before: Table, after: Table, from: Instant, to: Instant): Differences =>
  liveHours(before).map((hours, row) => differenceOf(hours, liveHours(after)[row]!, from, to))

/** Whether a stretch overlaps one of the differences. */
export const crosses = (differences: Float64Array, from: Instant, to: Instant): boolean => {
  for (let i = 0; i < differences.length; i += 2) {
    if (differences[i]! < to && differences[i + 1]! > from) return true
  }
  return false
}

/** Whether the clocks of two policies are the same, so that calendars alone may differ. */
export const onlyCalendarsDiffer = (before: Table, after: Table): boolean =>
  liveHours(before)
    .map(({ name }) => name)
    .join('\n') ===
    liveHours(after)
      .map(({ name }) => name)
      .join('\n') && JSON.stringify(before.definition.clocks) === JSON.stringify(after.definition.clocks)
