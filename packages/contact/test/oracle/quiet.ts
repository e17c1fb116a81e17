// Quiet hours, read off the wall clock.

import type { Definition, Quiet, QuietPeriod } from '../../src/model.js'
import { hoursOf } from './hours.js'
import { minuteOf, WEEKDAYS, weekdayOf } from './window.js'
import { DAY, LAST, localAt, nextTransition } from './zone.js'

/** A period with its times in milliseconds of the day. */
interface Span {
  readonly days: readonly string[] | undefined
  readonly notOn: readonly string[]
  readonly from: number
  readonly to: number
}

const spanOf = ({ days, notOn, between }: QuietPeriod): Span => {
  if (between === 'all-day') return { days, notOn: notOn ?? [], from: 0, to: DAY }
  const [from, to] = between.split('-').map(minuteOf) as [number, number]
  return { days, notOn: notOn ?? [], from, to: to <= from ? to + DAY : to }
}

export interface QuietClock {
  readonly isQuiet: (zones: readonly string[], at: number) => boolean
  /** The first instant after one, of the next sixty days, at which it is quiet in none of the zones; else one of after them. */
  readonly opensAfter: (zones: readonly string[], at: number) => number
}

const clocks = new WeakMap<Quiet, QuietClock>()

export const quietClock = (rule: Quiet, { holidays, calendars }: Definition): QuietClock => {
  const known = clocks.get(rule)
  if (known !== undefined) return known
  const spans = (rule.periods ?? []).map(spanOf)
  const hours = rule.calendar === undefined ? undefined : hoursOf(calendars![rule.calendar]!)
  const outside = rule.outside === undefined ? undefined : hoursOf(calendars![rule.outside]!)
  const dates = (holidays ?? []).map((one) => Date.parse(typeof one === 'string' ? one : one.date) / DAY)

  const isKind = (kind: string, day: number): boolean => {
    if (kind === 'holiday') return dates.includes(day)
    if (kind === 'open' || kind === 'closed') return hours!.hasHours(day) === (kind === 'open')
    return WEEKDAYS[weekdayOf(day)] === kind
  }
  const startsOn = ({ days, notOn }: Span, day: number): boolean =>
    (days === undefined || days.some((kind) => isKind(kind, day))) && !notOn.some((kind) => isKind(kind, day))
  const isQuietIn = (zone: string, at: number): boolean => {
    const local = localAt(zone, at)
    const today = Math.floor(local / DAY)
    // a period begins today, or began yesterday and runs over midnight
    for (let day = today - 1; day <= today; day++) {
      for (const span of spans) {
        const within = local >= day * DAY + span.from && local < day * DAY + span.to
        if (within && startsOn(span, day)) return true
      }
    }
    return false
  }
  const isQuiet = (zones: readonly string[], at: number): boolean =>
    (outside !== undefined && !outside.isOpen(at)) || zones.some((zone) => isQuietIn(zone, at))

  /** The next instant at which the wall clock shows one of some times of the day or midnight, or is changed. */
  const nextMark = (zone: string, marks: readonly number[], at: number): number => {
    const local = localAt(zone, at)
    const time = local - Math.floor(local / DAY) * DAY
    const mark = marks.find((one) => one > time) ?? DAY
    return Math.min(at + mark - time, nextTransition(zone, at))
  }
  const marks = spans.flatMap(({ from, to }) => [from, to % DAY]).sort((a, b) => a - b)
  const changesAfter = (zones: readonly string[], at: number): number =>
    Math.min(
      ...zones.map((zone) => nextMark(zone, marks, at)),
      outside === undefined ? LAST : nextMark(outside.zone, outside.marks, at),
    )
  const opensAfter = (zones: readonly string[], from: number): number => {
    let at = from
    do at = changesAfter(zones, at)
    while (at < from + 60 * DAY && at < LAST && isQuiet(zones, at))
    return at
  }
  const clock = { isQuiet, opensAfter }
  clocks.set(rule, clock)
  return clock
}
