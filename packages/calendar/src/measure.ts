// How much open time a long stretch holds, without listing it: whole weeks that are like one another are counted once.

import {
  type CivilDay,
  DAY,
  type Instant,
  type Millis,
  toInstant,
  toLocal,
  upperBound,
} from '@clientele/core'
import { generate } from './generate.js'
import { type HoursRule, type Rule, spansOf, weekAt } from './rule.js'
import { clip, normalize, type Pairs } from './sets.js'

const WEEK = 7 * DAY

const lengthOf = (pairs: Pairs): Millis => {
  let total = 0
  for (let i = 0; i < pairs.length; i += 2) total += pairs[i + 1]! - pairs[i]!
  return total
}

/** Open time between two Mondays when nothing special happens: the week's spans and what runs in from Sunday. */
const regularWeek = ({ weeks }: HoursRule, week: number): Millis => {
  const weekdays = [-1, 0, 1, 2, 3, 4, 5, 6]
  const pairs = weekdays.flatMap((weekday) => spansOf(weeks, week * 7 + ((weekday + 7) % 7), weekday))
  return lengthOf(clip(normalize(pairs), 0, WEEK))
}

/** The first irregular day at or after a day. */
const nextIrregular = (irregular: Int32Array, day: CivilDay): CivilDay =>
  irregular[upperBound(irregular, day - 1, 0, irregular.length)] ?? Number.POSITIVE_INFINITY

const measureHours = (rule: HoursRule, from: Instant, to: Instant): Millis => {
  const lastDay = Math.floor(toLocal(rule.zone, to) / DAY) - 1
  let total = 0
  let cursor = from
  // Mondays are the days 4, 11, 18, … since 1970-01-01 was a Thursday
  let monday = Math.ceil((Math.floor(toLocal(rule.zone, from) / DAY) + 1 - 4) / 7) * 7 + 4
  while (monday + 7 <= lastDay) {
    const weeks = Math.floor((Math.min(nextIrregular(rule.irregular, monday - 1) - 1, lastDay) - monday) / 7)
    if (weeks > 0) {
      const [start, end] = [
        toInstant(rule.zone, monday * DAY),
        toInstant(rule.zone, (monday + weeks * 7) * DAY),
      ]
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
