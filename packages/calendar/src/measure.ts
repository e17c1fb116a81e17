// How much open time a long stretch holds, without listing it: whole weeks that are like one another are counted once. It is
// asked for (far deadlines must not index what lies between), so it stays, whatever it weighs.

import { DAY, type Instant, type Millis, toInstant, toLocal, upperBound } from '@clientele/core'
import { generate } from './generate.js'
import { type HoursRule, type Rule, type WeekRule, weekAt } from './rule.js'

const WEEK = 7 * DAY
const DAYS_AROUND = [-1, 0, 1, 2, 3, 4, 5, 6, 7]

const openIn = (rule: Rule, from: Instant, to: Instant): Millis =>
  generate(rule, from, to).reduce((total, edge, i) => total + (i % 2 === 0 ? -edge : edge), 0)

const measureHours = (rule: HoursRule, from: Instant, to: Instant): Millis => {
  const { zone, special, breaks } = rule
  const segmentAt = (at: Instant): number => upperBound(zone.starts, at, 0, zone.starts.length)
  let total = 0
  let cursor = from
  let week: WeekRule | undefined
  let open = 0
  for (let day = Math.floor(toLocal(zone, from) / DAY) + 1; ; day += 7) {
    const start = toInstant(zone, day * DAY)
    const end = start + WEEK
    if (end > to) return total + openIn(rule, cursor, to)
    // seven days that, with a day on both sides, have no change of week or offset, no day of their own and no break
    const regular =
      weekAt(rule, day - 1) === weekAt(rule, day + 7) &&
      segmentAt(start - DAY) === segmentAt(end + DAY) &&
      !DAYS_AROUND.some((other) => special.has(day + other) || breaks.has(day + other))
    if (!regular) continue
    // any such seven days of a week are open as long as any other
    if (week !== weekAt(rule, day)) {
      week = weekAt(rule, day)
      open = openIn(rule, start, end)
    }
    if (start > cursor) total += openIn(rule, cursor, start)
    total += open
    cursor = end
  }
}

/** Open milliseconds of a rule within [from, to). */
export const measure = (rule: Rule, from: Instant, to: Instant): Millis =>
  rule.kind === 'hours' ? measureHours(rule, from, to) : openIn(rule, from, to)
