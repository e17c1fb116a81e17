// Events that close: whole days as holidays, hours as breaks.

import { type CivilDay, civilDate, DAY, formatDate, type LocalMillis, type Millis } from '@clientele/core'
import type { Holiday, Hours, Interval } from '../../model.js'
import { formatRule, occurrencesBetween, type Rule } from '../../recur/index.js'
import { MOST_DATES, type Report } from '../report.js'
import { intervalOf } from '../weeks.js'
import { inZone, type Source, startsOf } from './source.js'

/** A stretch of local time cut at midnights. */
export const piecesOf = (
  start: LocalMillis,
  length: Millis,
): { readonly day: CivilDay; readonly interval: Interval }[] => {
  const pieces: { day: CivilDay; interval: Interval }[] = []
  const end = start + length
  for (let from = start; from < end; ) {
    const day = Math.floor(from / DAY)
    const to = Math.min(end, (day + 1) * DAY)
    pieces.push({ day, interval: intervalOf(from - day * DAY, to - day * DAY) })
    from = to
  }
  return pieces
}

/** Whether each day of a yearly event falls on the same date every year, so that each may recur on its own. */
const isSteady = (rule: Rule, first: CivilDay, days: number): boolean => {
  const { months, weekNumbers, yearDays, monthDays, weekdays } = rule
  const bare = months.length + weekNumbers.length + yearDays.length + monthDays.length + weekdays.length === 0
  if (rule.frequency !== 'yearly' || !bare || days > 31) return false
  const dates = Array.from({ length: days }, (_, i) => civilDate(first + i))
  const crossesLeapDay = dates.some(({ month, day }) => month === 2 && day >= 28)
  return !crossesLeapDay || (days === 1 && dates[0]!.day === 28)
}

/** A recurring event of whole days as recurring holidays; `undefined` where only a list of dates can say it. */
const recurring = (source: Source): Holiday[] | undefined => {
  const { rule, extra, without, length, start } = source
  if (rule === undefined || extra.length > 0 || without.size > 0) return undefined
  const [first, days] = [Math.floor(start / DAY), length / DAY]
  const named = source.name === undefined ? {} : { name: source.name }
  const startsOff = occurrencesBetween(rule, first, first, first).length === 0
  if (days === 1) {
    const ruled = { rrule: formatRule(rule), from: formatDate(first), ...named }
    // the start takes place even where the rule leaves it out
    return startsOff ? [{ date: formatDate(first), ...named }, ruled] : [ruled]
  }
  if (startsOff || !isSteady(rule, first, days)) return undefined
  return Array.from({ length: days }, (_, i) => {
    const until = rule.until === undefined ? undefined : rule.until + i
    return { rrule: formatRule({ ...rule, until }), from: formatDate(first + i), ...named }
  })
}

/** Holidays and breaks of events, in the wall clock of one zone. */
export const closingOf = (
  sources: readonly Source[],
  timeZone: string,
  report: Report,
): Pick<Hours, 'holidays' | 'breaks'> => {
  const holidays: Holiday[] = []
  const breaks = new Map<string, Interval[]>()
  let left = MOST_DATES
  for (const source of sources) {
    const whole = source.allDay ? recurring(source) : undefined
    if (whole !== undefined) {
      holidays.push(...whole)
      continue
    }
    const { starts, more } = startsOf(source, Math.max(left, 0))
    left -= Math.max(1, starts.length) * Math.ceil(source.length / DAY)
    const path = `line ${source.line}`
    if (more) report.note('dropped', path, source.name ?? '', `dates beyond the first ${starts.length}`)
    if (source.rule !== undefined)
      report.note('written-out', path, source.name ?? '', 'its dates are written out to 2100')
    const named = source.name === undefined ? {} : { name: source.name }
    for (const start of starts) {
      const from = source.allDay ? start : inZone(start, source.zone, timeZone)
      const to = source.allDay ? start + source.length : inZone(start + source.length, source.zone, timeZone)
      for (const { day, interval } of piecesOf(from, to - from)) {
        if (source.allDay) holidays.push({ date: formatDate(day), ...named })
        else breaks.set(formatDate(day), [...(breaks.get(formatDate(day)) ?? []), interval])
      }
    }
  }
  return {
    ...(holidays.length === 0 ? {} : { holidays }),
    ...(breaks.size === 0 ? {} : { breaks: Object.fromEntries(breaks) }),
  }
}
