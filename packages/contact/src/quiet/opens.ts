// When all quiet hours of a message are over at once. Hours that leave no gap would make the search walk to the end of time:
// where they repeat every week, a week without a gap is followed by more of them until clocks change or a holiday comes.

import {
  DAY,
  firstAtOrAfter,
  LAST_INSTANT,
  SECOND,
  type Second,
  toLocal,
  upperBound,
  type Zone,
} from '@clientele/core'
import type { Message } from '../message.js'
import type { Area } from '../places/area.js'
import type { Table } from '../table.js'
import { nextChange, quietEnds } from './ends.js'

const END = LAST_INSTANT / SECOND
/** A week, and the tail of the evening before it. */
const WEEK = (8 * DAY) / SECOND

const zonesOf = ({ quiet }: Message, area: Area): readonly Zone[] =>
  quiet.flatMap(({ local, zone }) => (local ? area.quiet : zone === undefined ? [] : [zone]))

/** The next second at which a week may differ from the one before. */
const nextTurn = ({ index }: Table, zones: readonly Zone[], at: Second): Second => {
  let next = Number.POSITIVE_INFINITY
  for (const zone of zones) {
    next = Math.min(next, nextChange(zone, at))
    const today = Math.floor(toLocal(zone, at * SECOND) / DAY)
    const { holidays } = index
    // a holiday's eve begins it, and its own evening may end the day after: so three days are not of the week
    for (let i = upperBound(holidays, today - 2, 0, holidays.length); i < holidays.length; i++) {
      const day = Math.max(holidays[i]!, today + 1)
      next = Math.min(next, firstAtOrAfter(zone, at, day * DAY))
      if (holidays[i]! > today) break
    }
  }
  return next
}

/** The first second at or after `at` at which none of a message's quiet hours hold; +∞ when there is none. */
export const quietOpens = (table: Table, message: Message, area: Area, at: Second): Second => {
  const { closed } = table.index
  const name = `${message.quiet.map(({ index }) => index).join()} ${area.key}`
  if (at >= (closed.get(name) ?? END)) return Number.POSITIVE_INFINITY
  const zones = zonesOf(message, area)
  const weekly = message.quiet.every(({ outside, days }) => outside < 0 && days < 0)
  let since = at
  let turn = weekly ? nextTurn(table, zones, at) : Number.POSITIVE_INFINITY
  let next = at
  while (next < END) {
    let ends = next
    for (const rule of message.quiet) ends = Math.max(ends, quietEnds(table, rule, area, next))
    if (ends === next) return next
    next = ends
    if (!weekly) continue
    if (next < turn && next - since > WEEK) next = turn
    if (next < turn) continue
    since = next
    turn = nextTurn(table, zones, next)
  }
  closed.set(name, at)
  return Number.POSITIVE_INFINITY
}
