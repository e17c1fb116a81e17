// Quiet hours, read off the wall clock.

import type { Quiet, QuietPeriod } from '../../src/model.js'
import { weekdayOf } from './window.js'
import { DAY, LAST, localAt, nextTransition } from './zone.js'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const MINUTE = 60_000

/** A period with its times in milliseconds of the day. */
interface Span {
  /** Weekdays, Monday 0, and 7 for holidays; every day when absent. */
  readonly days: readonly number[] | undefined
  readonly notOn: readonly number[]
  readonly from: number
  readonly to: number
}

const timeOf = (text: string): number => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * MINUTE
const HOLIDAY = 7
const kindOf = (name: string): number =>
  name === 'holiday' ? HOLIDAY : DAYS.indexOf(name as (typeof DAYS)[number])

const spanOf = ({ days, notOn, between }: QuietPeriod): Span => {
  const on = { days: days?.map(kindOf), notOn: (notOn ?? []).map(kindOf) }
  if (between === 'all-day') return { ...on, from: 0, to: DAY }
  const [from, to] = between.split('-').map(timeOf) as [number, number]
  return { ...on, from, to: to <= from ? to + DAY : to }
}

export type HolidayTest = (day: number) => boolean

const startsOn = (span: Span, day: number, isHoliday: HolidayTest): boolean => {
  const [weekday, holiday] = [weekdayOf(day), isHoliday(day)]
  const within = (kinds: readonly number[]): boolean =>
    kinds.includes(weekday) || (holiday && kinds.includes(HOLIDAY))
  return (span.days === undefined || within(span.days)) && !within(span.notOn)
}

export interface QuietClock {
  readonly isQuiet: (zone: string, at: number) => boolean
  /** The first instant after one, of the next sixty days, at which it is quiet in none of the zones; else one of after them. */
  readonly opensAfter: (zones: readonly string[], at: number) => number
}

const clocks = new WeakMap<Quiet, QuietClock>()

export const quietClock = (rule: Quiet, isHoliday: HolidayTest): QuietClock => {
  const known = clocks.get(rule)
  if (known !== undefined) return known
  const spans = (rule.periods ?? []).map(spanOf)
  const marks = spans.flatMap(({ from, to }) => [from, to % DAY]).sort((a, b) => a - b)
  const isQuiet = (zone: string, at: number): boolean => {
    const local = localAt(zone, at)
    const today = Math.floor(local / DAY)
    // a period begins today, or began yesterday and runs over midnight
    for (let day = today - 1; day <= today; day++) {
      for (const span of spans) {
        const within = local >= day * DAY + span.from && local < day * DAY + span.to
        if (within && startsOn(span, day, isHoliday)) return true
      }
    }
    return false
  }
  /** The next instant at which a period may begin or end. */
  const changesAfter = (zone: string, at: number): number => {
    const local = localAt(zone, at)
    const time = local - Math.floor(local / DAY) * DAY
    const mark = marks.find((one) => one > time) ?? DAY
    return Math.min(at + mark - time, nextTransition(zone, at))
  }
  const opensAfter = (zones: readonly string[], from: number): number => {
    let at = from
    do at = Math.min(...zones.map((zone) => changesAfter(zone, at)))
    while (at < from + 60 * DAY && at < LAST && zones.some((zone) => isQuiet(zone, at)))
    return at
  }
  const clock = { isQuiet, opensAfter }
  clocks.set(rule, clock)
  return clock
}
