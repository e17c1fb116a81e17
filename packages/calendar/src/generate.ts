// From a rule to the open periods of any stretch of time, by arithmetic on civil days. The slow, plain half of the
// engine: what the index holds comes from here.

import { type CivilDay, DAY, type Instant, toInstant, toLocal, weekdayOf, type Zone } from '@clientele/core'
import { type DayRows, type HoursRule, type Rule, rowOf, type SpanRows, weekAt } from './rule.js'
import { append, clip, intersect, normalize, type Pairs, subtract, union } from './sets.js'

/** Turns wall-clock times of nearby days into instants; one segment of the zone is remembered between calls. */
class LocalClock {
  readonly #zone: Zone
  #from = 0
  #to = 0
  #offset = 0

  constructor(zone: Zone) {
    this.#zone = zone
  }

  instant(local: number): Instant {
    if (local >= this.#from && local < this.#to) return local - this.#offset
    const instant = toInstant(this.#zone, local)
    const { starts, offsets, localEnds } = this.#zone
    // remember the segment where its wall clock is neither skipped nor repeated: a day away from both ends
    const segment = localEnds.findIndex((end) => local < end)
    this.#offset = offsets[segment]!
    this.#from = starts[segment]! + this.#offset + DAY
    this.#to = localEnds[segment]! - DAY
    return instant
  }
}

/** The row of spans that start on a day: those of its date, none on a holiday, else the week's. */
const rowsOn = (rule: HoursRule, day: CivilDay): { rows: SpanRows; row: number } => {
  const special = rowOf(rule.special.days, day)
  if (special >= 0) return { rows: rule.special, row: special }
  return { rows: rule.weeks, row: weekAt(rule, day) * 7 + weekdayOf(day) }
}

/** Whether a day is a holiday. */
export const isHoliday = (rule: HoursRule, day: CivilDay): boolean => {
  const row = rowOf(rule.special.days, day)
  return row >= 0 && rule.holiday[row] === 1
}

/** Adds the periods of the spans that start on a day; `false` when one starts before the last one did. */
const emitDay = (rule: HoursRule, clock: LocalClock, day: CivilDay, out: number[]): boolean => {
  const { rows, row } = rowsOn(rule, day)
  const midnight = day * DAY
  let ordered = true
  for (let k = rows.offsets[row]!; k < rows.offsets[row + 1]!; k++) {
    const written = rows.spans[2 * k + 1]!
    // the tail that runs into a holiday is cut at midnight
    const end = written > DAY && isHoliday(rule, day + 1) ? DAY : written
    const from = clock.instant(midnight + rows.spans[2 * k]!)
    const to = clock.instant(midnight + end)
    if (to <= from) continue
    if (out.length > 0 && from < out[out.length - 2]!) ordered = false
    if (ordered) append(out, from, to)
    else out.push(from, to)
  }
  return ordered
}

/** The breaks of the days from `first` to `last`, as instants. */
const breaksOf = (breaks: DayRows, clock: LocalClock, first: CivilDay, last: CivilDay): number[] => {
  const out: number[] = []
  for (let row = 0; row < breaks.days.length; row++) {
    const day = breaks.days[row]!
    if (day < first || day > last) continue
    for (let k = breaks.offsets[row]!; k < breaks.offsets[row + 1]!; k++) {
      out.push(clock.instant(day * DAY + breaks.spans[2 * k]!), clock.instant(day * DAY + breaks.spans[2 * k + 1]!))
    }
  }
  return normalize(out)
}

/** The open periods that start on the days from `first` to `last`, not clipped. */
const generateDays = (rule: HoursRule, first: CivilDay, last: CivilDay): Pairs => {
  const clock = new LocalClock(rule.zone)
  const out: number[] = []
  let ordered = true
  for (let day = first; day <= last; day++) if (!emitDay(rule, clock, day, out)) ordered = false
  const open = ordered ? out : normalize(out)
  const breaks = breaksOf(rule.breaks, clock, first - 1, last + 1)
  return breaks.length === 0 ? open : subtract(open, breaks)
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

/** The open periods of a rule within [from, to). */
export const generate = (rule: Rule, from: Instant, to: Instant): number[] => {
  switch (rule.kind) {
    case 'hours':
      return generateHours(rule, from, to)
    case 'union':
      return rule.parts.map((part) => generate(part, from, to)).reduce(union)
    case 'intersect':
      return rule.parts.map((part) => generate(part, from, to)).reduce(intersect)
    case 'subtract':
      return subtract(generate(rule.parts[0], from, to), generate(rule.parts[1], from, to))
    case 'shift':
      return generate(rule.parts[0], from - rule.by, to - rule.by).map((instant) => instant + rule.by)
  }
}
