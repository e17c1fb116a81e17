// How much open time a long stretch holds, without listing it: whole weeks that are like one another are counted once.

import { type CivilDay, DAY, type Instant, type Millis, toInstant, toLocal } from '@clientele/core'
import { generate } from './generate.js'
import { type HoursRule, type Rule, weekAt } from './rule.js'
import { normalize, type Pairs } from './sets.js'

const WEEK = 7 * DAY

const lengthOf = (pairs: Pairs): Millis => {
  let total = 0
  for (let i = 0; i < pairs.length; i += 2) total += pairs[i + 1]! - pairs[i]!
  return total
}

/** Open time between two Mondays when nothing special happens: the week's spans and what runs in from Sunday. */
const regularWeek = ({ weeks }: HoursRule, week: number): Millis => {
  const pairs: number[] = []
  for (let weekday = -1; weekday < 7; weekday++) {
    const row = week * 7 + (weekday + 7) % 7
    for (let k = weeks.offsets[row]!; k < weeks.offsets[row + 1]!; k++) {
      const start = Math.max(0, weekday * DAY + weeks.spans[2 * k]!)
      pairs.push(start, Math.min(WEEK, weekday * DAY + weeks.spans[2 * k + 1]!))
    }
  }
  return lengthOf(normalize(pairs))
}

/** The first irregular day at or after a day. */
const nextIrregular = ({ irregular }: HoursRule, day: CivilDay): CivilDay => {
  let [low, high] = [0, irregular.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (irregular[middle]! < day) low = middle + 1
    else high = middle
  }
  return irregular[low] ?? Number.POSITIVE_INFINITY
}

const measureHours = (rule: HoursRule, from: Instant, to: Instant): Millis => {
  const lastDay = Math.floor(toLocal(rule.zone, to) / DAY) - 1
  let total = 0
  let cursor = from
  // Mondays are the days 4, 11, 18, … since 1970-01-01 was a Thursday
  let monday = Math.ceil((Math.floor(toLocal(rule.zone, from) / DAY) + 1 - 4) / 7) * 7 + 4
  while (monday + 7 <= lastDay) {
    const weeks = Math.floor((Math.min(nextIrregular(rule, monday - 1) - 1, lastDay) - monday) / 7)
    if (weeks > 0) {
      const [start, end] = [toInstant(rule.zone, monday * DAY), toInstant(rule.zone, (monday + weeks * 7) * DAY)]
      total += lengthOf(generate(rule, cursor, start)) + weeks * regularWeek(rule, weekAt(rule, monday))
      cursor = end
      monday += weeks * 7
    } else monday += 7
  }
  return total + lengthOf(generate(rule, cursor, to))
}

/** Open milliseconds of a rule within [from, to). */
export const measure = (rule: Rule, from: Instant, to: Instant): Millis =>
  rule.kind === 'hours' ? measureHours(rule, from, to) : lengthOf(generate(rule, from, to))
