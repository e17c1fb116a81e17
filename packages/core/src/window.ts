// Windows of time in which touches count: rolling, civil days, the calendar's periods, for ever. Each is one question,
// "from which second on?", so that whoever keeps touches needs to know nothing of zones. In whole seconds since 1970,
// unsigned, good to 2106.

import { upperBound } from './column.js'
import { calendarPeriod, type Period } from './period.js'
import { DAY, HOUR, SECOND } from './time.js'
import { offsetAt, type Zone } from './zone.js'

/** Whole seconds since 1970-01-01T00:00:00Z. @category definitions */
export type Second = number

/** A window that was read, in the zone it is asked in. @category definitions */
export type WindowTable =
  /** `(t − seconds, t]`. */
  | { readonly kind: 'rolling'; readonly seconds: number }
  /** The last so many local dates, today included. */
  | { readonly kind: 'civilDays'; readonly days: number }
  /** The current hour, day, week, month, quarter or year of the wall clock; weeks begin on `weekStart`, Monday 0. */
  | { readonly kind: 'calendar'; readonly unit: 'hour' | Period; readonly weekStart: number }
  /** Every touch ever. */
  | { readonly kind: 'lifetime' }

/**
 * Whether a window is read off a wall clock, and so needs a zone.
 *
 * @example
 * import { needsZone } from '@clientele/core'
 * needsZone({ kind: 'rolling', seconds: 60 }) // => false
 *
 * @category definitions
 */
export const needsZone = ({ kind }: WindowTable): boolean => kind === 'civilDays' || kind === 'calendar'

/** The first second at which the wall clock shows a local time or a later one: in a gap, the jump itself. */
const secondOf = ({ starts, offsets, localEnds }: Zone, local: number): Second => {
  const segment = upperBound(localEnds, local, 0, localEnds.length - 1)
  return Math.max(0, Math.ceil(Math.max(starts[segment]!, local - offsets[segment]!) / SECOND))
}

/** Where the stretch of the wall clock that holds a local time begins and ends, in local milliseconds. */
const localSpan = (window: WindowTable, local: number): readonly [from: number, to: number] => {
  const day = Math.floor(local / DAY)
  if (window.kind === 'civilDays') return [(day - window.days + 1) * DAY, (day + 1) * DAY]
  if (window.kind !== 'calendar') return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  if (window.unit === 'hour') {
    const from = Math.floor(local / HOUR) * HOUR
    return [from, from + HOUR]
  }
  const { from, to } = calendarPeriod(window.unit, day, window.weekStart)
  return [from * DAY, to * DAY]
}

/**
 * The first second of the window at `at`: a touch counts when it is not before it. A day, week or hour begins when the
 * wall clock first shows its first moment, at the jump where a gap holds it; an hour that occurs twice is one of two
 * hours' length. `zone` is asked only by windows that need one.
 *
 * @example
 * import { formatInstant, windowSince, zoneOf } from '@clientele/core'
 * const at = Date.UTC(2026, 2, 2, 9) / 1000
 * const moscow = zoneOf('Europe/Moscow')
 * formatInstant(windowSince({ kind: 'civilDays', days: 7 }, moscow, at) * 1000) // => '2026-02-23T21:00:00Z'
 *
 * @category evaluate
 */
export const windowSince = (window: WindowTable, zone: Zone | undefined, at: Second): Second => {
  if (window.kind === 'rolling') return Math.max(0, at - window.seconds + 1)
  if (window.kind === 'lifetime') return 0
  if (zone === undefined) throw new RangeError(`a ${window.kind} window needs a zone`)
  const local = at * SECOND + offsetAt(zone, at * SECOND)
  return secondOf(zone, localSpan(window, local)[0])
}

/**
 * The first second, not before `at`, at which the wall clock shows a local time or a later one. Where clocks go back over
 * it, that is the second time.
 *
 * @example
 * import { DAY, firstAtOrAfter, zoneOf } from '@clientele/core'
 * const utc = zoneOf('UTC')
 * if (utc !== undefined) firstAtOrAfter(utc, 0, DAY) // => 86400
 *
 * @category evaluate
 */
export const firstAtOrAfter = (zone: Zone, at: Second, local: number): Second => {
  const first = secondOf(zone, local)
  if (first >= at) return first
  if (at * SECOND + offsetAt(zone, at * SECOND) >= local) return at
  // the wall clock has shown it already and was put back since
  return Math.ceil((local - offsetAt(zone, at * SECOND)) / SECOND)
}

/**
 * The first second after `at` whose window does not hold a touch at `touch`, which the window at `at` does;
 * +∞ when that never comes.
 *
 * @example
 * import { windowFrees } from '@clientele/core'
 * windowFrees({ kind: 'rolling', seconds: 60 }, undefined, 110, 100) // => 160
 *
 * @category evaluate
 */
export const windowFrees = (
  window: WindowTable,
  zone: Zone | undefined,
  at: Second,
  touch: Second,
): Second => {
  if (window.kind === 'rolling') return touch + window.seconds
  if (window.kind === 'lifetime') return Number.POSITIVE_INFINITY
  if (zone === undefined) throw new RangeError(`a ${window.kind} window needs a zone`)
  const local = at * SECOND + offsetAt(zone, at * SECOND)
  if (window.kind === 'calendar') {
    let [, next] = localSpan(window, local)
    // put back over its beginning, a period that comes has begun before the touch
    while (secondOf(zone, next) <= touch) next = localSpan(window, next)[1]
    return firstAtOrAfter(zone, at, next)
  }
  // the earliest date that begins after the touch must be the first of the window
  let date = Math.floor((touch * SECOND + offsetAt(zone, touch * SECOND)) / DAY)
  while (secondOf(zone, date * DAY) <= touch) date++
  return firstAtOrAfter(zone, at, (date + window.days - 1) * DAY)
}
