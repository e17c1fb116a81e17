// Kinds of dates: holidays of the policy, dates on which a calendar opens.

import { addBusinessDays } from '@clientele/calendar'
import {
  DAY,
  firstAtOrAfter,
  HOUR,
  LAST_INSTANT,
  SECOND,
  toInstant,
  toLocal,
  weekdayOf,
  type Zone,
} from '@clientele/core'
import {
  CLOSED,
  HOLIDAY,
  type Hours,
  OPEN,
  type QuietStretch,
  type QuietTable,
  type Table,
} from '../table.js'

const DAYS = Math.ceil(LAST_INSTANT / DAY) + 1

const opensOn = ({ calendar, hours, zone }: Hours, day: number, zoneOfRule: Zone): boolean => {
  const own = zone ?? zoneOfRule
  if (calendar !== undefined) {
    const landed = addBusinessDays(calendar, toInstant(own, (day - 1) * DAY + 12 * HOUR), 1)
    return Math.floor(toLocal(own, landed) / DAY) === day
  }
  const from = firstAtOrAfter(own, 0, day * DAY) * SECOND
  return hours.nextOpen(from) < firstAtOrAfter(own, 0, (day + 1) * DAY) * SECOND
}

/** Whether a date opens, remembered. Hours that the host brought are asked each time: they may depend on the rule's zone. */
const isOpenDate = (table: Table, row: number, day: number, zone: Zone): boolean => {
  const hours = table.hours[row]!
  if (hours.calendar === undefined) return opensOn(hours, day, zone)
  const { days } = table.index
  days[row] ??= new Uint8Array(DAYS)
  const known = days[row]!
  if (day < 1 || day >= DAYS) return false
  if (known[day] === 0) known[day] = opensOn(hours, day, zone) ? 2 : 1
  return known[day] === 2
}

/** The kinds of a date for a rule, as bits. */
export const kindsOf = (table: Table, rule: QuietTable, day: number, zone: Zone): number => {
  const holiday = table.holidays.has(day) ? HOLIDAY : 0
  if (rule.days < 0) return holiday
  return holiday | (isOpenDate(table, rule.days, day, zone) ? OPEN : CLOSED)
}

/** Whether a stretch starts on a date of these kinds. */
export const startsOn = (stretch: QuietStretch, day: number, kinds: number): boolean => {
  const weekday = 1 << weekdayOf(day)
  if ((stretch.notWeekdays & weekday) !== 0 || (stretch.notKinds & kinds) !== 0) return false
  return stretch.everyDay || (stretch.weekdays & weekday) !== 0 || (stretch.kinds & kinds) !== 0
}
