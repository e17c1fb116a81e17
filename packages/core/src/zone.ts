// Time zones, once for all engines: offset tables 1970–2100 read from Intl, gap and overlap rules, instant ↔ wall clock.
// The only file that asks Intl, and it asks only when a zone is first named.

import { upperBound } from './column.js'
import { hashHex } from './hash.js'
import { nearest } from './nearest.js'
import {
  civilDate,
  DAY,
  FIRST_INSTANT,
  HOUR,
  type Instant,
  LAST_INSTANT,
  type LocalMillis,
  MINUTE,
  SECOND,
} from './time.js'

/**
 * A zone's offsets over the whole known range. Segment `i` runs from `starts[i]` to `starts[i + 1]` and has the
 * wall clock `offsets[i]` ahead of UTC.
 *
 * @category definitions
 */
export interface Zone {
  /** The IANA name it was asked by. */
  readonly name: string
  /** First instants of the segments, ascending; `starts[0]` is −∞. */
  readonly starts: Float64Array
  /** Milliseconds ahead of UTC, one a segment. */
  readonly offsets: Float64Array
  /** Where each segment ends on the wall clock, one a segment; the last is +∞. */
  readonly localEnds: Float64Array
}

/**
 * Steps of the search for transitions. The shortest spell between two since 1970 lasted a week less an hour
 * (America/Boa_Vista, October 2000).
 */
const PROBE = 6 * DAY
/** Offsets before the range are those at its start, after it those at its end. */
const MARGIN = 2 * DAY

const NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/

type OffsetReader = (instant: Instant) => number

/** Reads the offset of the host's Intl at an instant of whole seconds; `undefined` when it does not know the zone. */
const intlOffsets = (name: string): OffsetReader | undefined => {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  } catch {
    return undefined
  }
  // always "DD, HH:MM:SS" in en-US; the wall clock is less than a day and a quarter away, so the day of the month tells the rest
  return (instant) => {
    const text = format.format(instant)
    const at = (from: number): number => Number(text.slice(from, from + 2))
    const day = Math.floor(instant / DAY)
    const ahead = [-1, 0, 1].find((days) => civilDate(day + days).day === at(0)) ?? Number.NaN
    return (day + ahead) * DAY + at(4) * HOUR + at(7) * MINUTE + at(10) * SECOND - instant
  }
}

/** The first whole second in (from, to] whose offset differs from the one at `from`. */
const transitionBetween = (offsetOf: OffsetReader, from: Instant, to: Instant): Instant => {
  const before = offsetOf(from)
  let [low, high] = [from, to]
  // nearly all changes fall on a whole hour: look there first
  for (const step of [HOUR, MINUTE, SECOND]) {
    while (high - low > step) {
      const middle = low + Math.ceil((high - low) / 2 / step) * step
      if (offsetOf(middle) === before) low = middle
      else high = middle
    }
    if (offsetOf(high - SECOND) === before) return high
  }
  return high
}

const tabulate = (name: string, offsetOf: OffsetReader): Zone => {
  const starts = [Number.NEGATIVE_INFINITY]
  const offsets = [offsetOf(FIRST_INSTANT - MARGIN)]
  for (let from = FIRST_INSTANT - MARGIN; from < LAST_INSTANT + MARGIN; from += PROBE) {
    const to = from + PROBE
    let cursor = from
    const target = offsetOf(to)
    while (offsets[offsets.length - 1] !== target) {
      cursor = transitionBetween(offsetOf, cursor, to)
      starts.push(cursor)
      offsets.push(offsetOf(cursor))
    }
  }
  const localEnds = Float64Array.from(
    offsets,
    (offset, i) => (starts[i + 1] ?? Number.POSITIVE_INFINITY) + offset,
  )
  return Object.freeze({
    name,
    starts: Float64Array.from(starts),
    offsets: Float64Array.from(offsets),
    localEnds,
  })
}

/** Tables already read. A memory of a pure function: losing it costs time, never an answer. */
const known = new Map<string, Zone>()

/**
 * The offset table of an IANA zone, or `undefined` when the host's Intl does not know the name. The first call for a
 * name reads Intl, some 10 ms; later calls are a look-up.
 *
 * @example
 * import { zoneOf } from '@clientele/core'
 * zoneOf('Europe/Moscow')?.name // => 'Europe/Moscow'
 * zoneOf('Mars/Olympus') // => undefined
 *
 * @category definitions
 */
export const zoneOf = (name: string): Zone | undefined => {
  const found = known.get(name)
  if (found !== undefined) return found
  if (!NAME.test(name)) return undefined
  const offsetOf = intlOffsets(name)
  if (offsetOf === undefined) return undefined
  const zone = tabulate(name, offsetOf)
  known.set(name, zone)
  return zone
}

/**
 * Names the data of a zone: equal hashes mean equal offsets from 1970 to 2100.
 *
 * @example
 * import { zoneHash, zoneOf } from '@clientele/core'
 * const [moscow, minsk] = [zoneOf('Europe/Moscow'), zoneOf('Europe/Minsk')]
 * if (moscow && minsk) zoneHash(moscow) === zoneHash(minsk) // => false
 *
 * @category definitions
 */
export const zoneHash = ({ starts, offsets }: Zone): string =>
  hashHex(new TextEncoder().encode(`${starts.slice(1).join()};${offsets.join()}`))

/**
 * The valid zone name nearest to a misspelt one.
 *
 * @example
 * import { nearestZone } from '@clientele/core'
 * nearestZone('Europe/Mosow') // => 'Europe/Moscow'
 *
 * @category definitions
 */
export const nearestZone = (given: string): string | undefined =>
  nearest(given, Intl.supportedValuesOf('timeZone'))

/**
 * Milliseconds the wall clock is ahead of UTC at an instant. Cost: a binary search of some 250 entries.
 *
 * @example
 * import { offsetAt, zoneOf } from '@clientele/core'
 * const moscow = zoneOf('Europe/Moscow')
 * if (moscow !== undefined) offsetAt(moscow, 1767225600000) // => 10800000
 *
 * @category evaluate
 */
export const offsetAt = (zone: Zone, instant: Instant): number =>
  zone.offsets[upperBound(zone.starts, instant, 1, zone.starts.length) - 1]!

/**
 * What the wall clock shows at an instant.
 *
 * @example
 * import { formatLocal, toLocal, zoneOf } from '@clientele/core'
 * const kathmandu = zoneOf('Asia/Kathmandu')
 * if (kathmandu !== undefined) formatLocal(toLocal(kathmandu, 1767225600000)) // => '2026-01-01T05:45:00'
 *
 * @category evaluate
 */
export const toLocal = (zone: Zone, instant: Instant): LocalMillis => instant + offsetAt(zone, instant)

/**
 * The instant of a wall-clock time. A time inside a gap moves forward by the gap, an ambiguous one is the first
 * (RFC 5545, section 3.3.5, and "compatible" in Temporal).
 *
 * @example
 * import { formatInstant, parseLocal, toInstant, zoneOf } from '@clientele/core'
 * const newYork = zoneOf('America/New_York')
 * const inGap = parseLocal('2026-03-08T02:30')
 * if (newYork && inGap) formatInstant(toInstant(newYork, inGap)) // => '2026-03-08T07:30:00Z'
 *
 * @category evaluate
 */
export const toInstant = ({ starts, offsets, localEnds }: Zone, local: LocalMillis): Instant => {
  const segment = upperBound(localEnds, local, 0, localEnds.length - 1)
  const offset = offsets[segment]!
  // before the wall clock of its segment begins: in the gap, read by the offset before it
  return local < starts[segment]! + offset ? local - offsets[segment - 1]! : local - offset
}
