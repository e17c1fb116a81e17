// How much open time a long stretch holds, without listing it: whole weeks that are like one another are counted once. It is
// asked for (far deadlines must not index what lies between), so it stays, whatever it weighs.

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
import { type HoursRule, type Rule, type WeekRule, weekAt } from './rule.js'
import { clip, normalize, type Pairs } from './sets.js'

const WEEK = 7 * DAY
const DAYS_AROUND = [-1, 0, 1, 2, 3, 4, 5, 6, 7]

const lengthOf = (pairs: Pairs): Millis =>
  pairs.reduce((total, edge, i) => total + (i % 2 === 0 ? -edge : edge), 0)

/** Open time between two Mondays when nothing special happens: the week's spans and what runs in from Sunday. */
const regularWeek = ({ days }: WeekRule): Millis => {
  const pairs = DAYS_AROUND.flatMap((weekday) => days[(weekday + 7) % 7]!.map((time) => weekday * DAY + time))
  return lengthOf(clip(normalize(pairs), 0, WEEK))
}

/** Whether the week from a Monday, with a day on both sides, has no special day, break, change of week or of offset. */
const isRegular = (rule: HoursRule, monday: CivilDay): boolean => {
  const { starts } = rule.zone
  const [from, to] = [toInstant(rule.zone, (monday - 1) * DAY), toInstant(rule.zone, (monday + 8) * DAY)]
  return (
    weekAt(rule, monday - 1) === weekAt(rule, monday + 7) &&
    upperBound(starts, from, 0, starts.length) === upperBound(starts, to, 0, starts.length) &&
    !DAYS_AROUND.some((day) => rule.special.has(monday + day) || rule.breaks.has(monday + day))
  )
}

const measureHours = (rule: HoursRule, from: Instant, to: Instant): Millis => {
  const last = Math.floor(toLocal(rule.zone, to) / DAY) - 1
  let total = 0
  let cursor = from
  let week: WeekRule | undefined
  let open = 0
  // Mondays are the days 4, 11, 18, … since 1970-01-01 was a Thursday
  const first = Math.ceil((Math.floor(toLocal(rule.zone, from) / DAY) + 1 - 4) / 7) * 7 + 4
  for (let monday = first; monday + 7 <= last; monday += 7) {
    if (!isRegular(rule, monday)) continue
    if (week !== weekAt(rule, monday)) {
      week = weekAt(rule, monday)
      open = regularWeek(week)
    }
    const start = toInstant(rule.zone, monday * DAY)
    if (start > cursor) total += lengthOf(generate(rule, cursor, start))
    total += open
    cursor = start + WEEK
  }
  return total + lengthOf(generate(rule, cursor, to))
}

/** Open milliseconds of a rule within [from, to). */
export const measure = (rule: Rule, from: Instant, to: Instant): Millis =>
  rule.kind === 'hours' ? measureHours(rule, from, to) : lengthOf(generate(rule, from, to))
