// From a rule to the open periods of any stretch of time, by arithmetic on civil days. The slow, plain half of the
// engine: what the index holds comes from here.

import { type CivilDay, DAY, type Instant, toLocal } from '@clientele/core'
import { type HoursRule, instantsOf, type Rule, spansOn } from './rule.js'
import { clip, intersect, normalize, type Pairs, subtract } from './sets.js'

/** The open periods that start on the days from `first` to `last`, not clipped. */
const generateDays = (rule: HoursRule, first: CivilDay, last: CivilDay): Pairs => {
  const open: Instant[] = []
  const breaks: Instant[] = []
  for (let day = first - 1; day <= last + 1; day++) {
    breaks.push(...instantsOf(rule, day, rule.breaks.get(day)?.spans))
    if (day < first || day > last) continue
    // the tail that runs into a holiday is cut at midnight
    const cut = rule.special.get(day + 1)?.holiday === undefined ? 2 * DAY : DAY
    open.push(...instantsOf(rule, day, spansOn(rule, day), cut))
  }
  return subtract(normalize(open), normalize(breaks))
}

/** Whether open time is left of an interval that starts on the day. */
export const startsOn = (rule: HoursRule, day: CivilDay): boolean => generateDays(rule, day, day).length > 0

/** The wall clock may be a day off from the date across the date line, and an interval may run into the next day. */
const DAYS_AROUND = 2

const generateHours = (rule: HoursRule, from: Instant, to: Instant): number[] => {
  const first = Math.floor(toLocal(rule.zone, from) / DAY) - DAYS_AROUND
  const last = Math.floor(toLocal(rule.zone, to) / DAY) + DAYS_AROUND
  return clip(generateDays(rule, first, last), from, to)
}

const OPERATIONS = {
  union: (a: Pairs, b: Pairs) => normalize([...a, ...b]),
  intersect,
  subtract,
  shift: (a: Pairs) => a,
}

/** The open periods of a rule within [from, to). */
export const generate = (rule: Rule, from: Instant, to: Instant): Pairs => {
  if (rule.kind === 'hours') return generateHours(rule, from, to)
  const { parts, by } = rule
  const sets = parts.map((part) => generate(part, from - by, to - by))
  return sets.reduce(OPERATIONS[rule.kind]).map((instant) => instant + by)
}
