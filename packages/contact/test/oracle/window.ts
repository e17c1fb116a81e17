// Where windows begin, and when the wall clock may move that. Local times are milliseconds of a clock without a zone.

import type { Window } from '../../src/model.js'
import { DAY, firstInstant, localAt, nextTransition, SECOND } from './zone.js'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const UNITS: { readonly [unit: string]: number } = { D: 86_400, H: 3_600, M: 60, S: 1 }

/** A duration, `P3DT4H` or milliseconds. */
export const millis = (given: string | number): number => {
  if (typeof given === 'number') return given
  let seconds = 0
  for (const [, count, unit] of given.matchAll(/(\d+)([DHMS])/g)) seconds += Number(count) * UNITS[unit!]!
  return seconds * SECOND
}

/** An instant as a command tells it, floored to the second. */
export const instantOf = (given: string | number): number =>
  Math.floor((typeof given === 'number' ? given : Date.parse(given)) / SECOND) * SECOND

/** `HH:MM` in milliseconds of the day. */
export const minuteOf = (text: string): number =>
  (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * 60 * SECOND

/** Monday 0 … Sunday 6. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

/** The kind of wall clock a window is read from: the recipient's, a named zone's, none. */
export const zoneOfWindow = (window: Window): string | undefined =>
  'civilDays' in window || 'calendar' in window ? (window.zone ?? 'recipient') : undefined

const HOUR = 3_600_000

/** Local times at which the period that holds a local time begins and ends. */
const periodOf = (window: Window, local: number): readonly [number, number] => {
  const day = Math.floor(local / DAY)
  if ('civilDays' in window) return [(day - window.civilDays + 1) * DAY, (day + 1) * DAY]
  if (!('calendar' in window)) throw new Error('no civil window')
  const date = new Date(local)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  if (window.calendar === 'hour') {
    const hour = Math.floor(local / HOUR)
    return [hour * HOUR, (hour + 1) * HOUR]
  }
  if (window.calendar === 'day') return [day * DAY, (day + 1) * DAY]
  if (window.calendar === 'week') {
    const first = day - ((weekdayOf(day) - WEEKDAYS.indexOf(window.weekStart ?? 'mon') + 7) % 7)
    return [first * DAY, (first + 7) * DAY]
  }
  if (window.calendar === 'month') return [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)]
  return [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
}

/** The first instant that lies in the window at `at`. */
export const windowStart = (window: Window, zone: string | undefined, at: number): number => {
  if ('rolling' in window) return at - millis(window.rolling) + SECOND
  if ('lifetime' in window) return Number.NEGATIVE_INFINITY
  return firstInstant(zone!, periodOf(window, localAt(zone!, at))[0])
}

/** When the wall clock next shows a local time, or is changed before. */
export const nextShown = (zone: string, at: number, local: number): number =>
  Math.min(at + local - localAt(zone, at), nextTransition(zone, at))

/** No later than the next instant at which a touch may leave the window or come into it by the passing of time. */
export const windowMoves = (
  window: Window,
  zone: string | undefined,
  touches: readonly { readonly at: number }[],
  at: number,
): number => {
  if ('lifetime' in window || touches.length === 0) return Number.POSITIVE_INFINITY
  if ('rolling' in window) {
    const ends = touches.map((touch) => touch.at + millis(window.rolling))
    return Math.min(...ends.filter((end) => end > at), Number.POSITIVE_INFINITY)
  }
  return nextShown(zone!, at, periodOf(window, localAt(zone!, at))[1])
}
