// From a rule to the open periods of any stretch of time, by arithmetic on civil days. The slow, plain half of the
// engine: what the index holds comes from here.

import { type CivilDay, DAY, type Instant, toInstant, toLocal, weekdayOf } from '@clientele/core'
import { type HoursRule, type Rule, rowOf, spansOf, weekAt } from './rule.js'
import { clip, intersect, normalize, type Pairs, subtract } from './sets.js'

/** The local times of the spans that start on a day: those of its date, none on a holiday, else the week's. */
const localSpans = (rule: HoursRule, day: CivilDay): readonly number[] => {
  const row = rowOf(rule.special.days, day)
  if (row >= 0) return spansOf(rule.special, row, day)
  return spansOf(rule.weeks, weekAt(rule, day) * 7 + weekdayOf(day), day)
}

const isHoliday = ({ special, holiday }: HoursRule, day: CivilDay): boolean =>
  holiday[rowOf(special.days, day)] === 1

/** The open periods that start on the days from `first` to `last`, not clipped. */
const generateDays = (rule: HoursRule, first: CivilDay, last: CivilDay): Pairs => {
  const open: Instant[] = []
  const breaks: Instant[] = []
  for (let day = first; day <= last; day++) {
    // the tail that runs into a holiday is cut at midnight
    const end = isHoliday(rule, day + 1) ? (day + 1) * DAY : Number.POSITIVE_INFINITY
    for (const time of localSpans(rule, day)) open.push(toInstant(rule.zone, Math.min(time, end)))
  }
  rule.breaks.days.forEach((day, row) => {
    if (day < first - 1 || day > last + 1) return
    for (const time of spansOf(rule.breaks, row, day)) breaks.push(toInstant(rule.zone, time))
  })
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

/** The open periods of a rule within [from, to). */
export const generate = (rule: Rule, from: Instant, to: Instant): number[] => {
  switch (rule.kind) {
    case 'hours':
      return generateHours(rule, from, to)
    case 'union':
      return normalize(rule.parts.flatMap((part) => generate(part, from, to)))
    case 'intersect':
      return rule.parts.map((part) => generate(part, from, to)).reduce(intersect)
    case 'subtract':
      return subtract(generate(rule.parts[0], from, to), generate(rule.parts[1], from, to))
    case 'shift':
      return generate(rule.parts[0], from - rule.by, to - rule.by).map((instant) => instant + rule.by)
  }
}
