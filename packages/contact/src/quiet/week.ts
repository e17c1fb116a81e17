// Quiet hours that repeat every week as one table of minutes: a look-up says how long to wait.

import type { QuietTable, QuietWeek, Table } from '../table.js'
import { startsOn } from './days.js'

const DAY = 1_440
const WEEK = 7 * DAY
/** A Monday. */
const MONDAY = 4
/** Days of the known range. */
const DAYS = 47_900

/** Whether a rule depends on nothing but the weekday, save on holidays. */
const isWeekly = ({ local, outside, days }: QuietTable): boolean => local && outside < 0 && days < 0

const quietMinutes = (rules: readonly QuietTable[]): Uint8Array => {
  const quiet = new Uint8Array(WEEK)
  for (const { stretches } of rules) {
    for (const stretch of stretches) {
      for (let weekday = 0; weekday < 7; weekday++) {
        if (!startsOn(stretch, MONDAY + weekday, 0)) continue
        for (let minute = stretch.from; minute < stretch.to; minute++)
          quiet[(weekday * DAY + minute) % WEEK] = 1
      }
    }
  }
  return quiet
}

/** Minutes until the first that is not quiet; `undefined` when there is none. */
const waits = (quiet: Uint8Array): Uint16Array | undefined => {
  if (quiet.every((minute) => minute === 1)) return undefined
  const wait = new Uint16Array(WEEK)
  for (let minute = 2 * WEEK - 1; minute >= 0; minute--) {
    wait[minute % WEEK] = quiet[minute % WEEK] === 0 ? 0 : wait[(minute + 1) % WEEK]! + 1
  }
  return wait
}

/** The days on which a holiday begins, or ends over midnight. */
const specialDays = (table: Table): Uint8Array | undefined => {
  if (table.holidays.size === 0) return undefined
  const special = new Uint8Array(DAYS)
  for (const day of table.holidays) {
    special[day] = 1
    special[day + 1] = 1
  }
  return special
}

/** The week of some rules, `undefined` where they are none, or more than a week. */
export const quietWeekOf = (table: Table, rules: readonly QuietTable[]): QuietWeek | undefined => {
  if (rules.length === 0 || !rules.every(isWeekly)) return undefined
  const { weeks } = table.index
  const name = rules.map(({ index }) => index).join()
  if (!weeks.has(name)) {
    const wait = waits(quietMinutes(rules))
    weeks.set(name, wait === undefined ? undefined : { wait, special: specialDays(table) })
  }
  return weeks.get(name)
}
