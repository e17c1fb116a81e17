// A calendar near a change of its zone's offset, and instants to ask it about: what most laws are tried with.

import fc from 'fast-check'
import * as Calendar from '../src/index.js'
import { calendarAround, ZONES } from './arbitraries.js'
import type { PlainCalendar } from './oracle.js'

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** Reads a local time of UTC or an instant; what an instant reads as. */
export const at = (text: string): number =>
  Date.parse(text.length <= 16 ? `${text.padEnd(16, 'T00:00')}Z` : text)
export const iso = (instant: number): string =>
  Number.isNaN(instant) ? 'never' : new Date(instant).toISOString().replace(/(:00)?\.000Z$/, 'Z')

/** Moments around which calendars are made: changes of the zone's offset where it has any, and a quiet year. */
export const centersOf = (zone: string): readonly number[] => {
  const { rule } = Calendar.compileOrThrow({ timeZone: zone, week: {} })
  const starts =
    'zone' in rule
      ? [...rule.zone.starts].filter((start) => start > 80 * DAY && start < Date.UTC(2100, 6, 1))
      : []
  const picked = [0.1, 0.35, 0.6, 0.85, 1].map((share) => starts[Math.floor(share * (starts.length - 1))])
  const quiet = Date.UTC(1971 + ((zone.length * 7) % 125), 3, 1)
  return [...new Set(picked.filter((start) => start !== undefined)), quiet]
}

export interface Case {
  /** Midnight of UTC. */
  readonly center: number
  readonly calendar: PlainCalendar
}

/** Cases of some zones, mostly of one zone each; of a single one where `alone`, which the oracle is quicker with. */
export const caseIn = (zones: readonly string[], alone = false): fc.Arbitrary<Case> =>
  fc
    .tuple(fc.constantFrom(...zones), fc.constantFrom(...zones), fc.nat(1_000))
    .chain(([zone, other, pick]) => {
      const centers = centersOf(zone)
      const center = Math.floor(centers[pick % centers.length]! / DAY) * DAY
      return fc.record({
        center: fc.constant(center),
        calendar: calendarAround(center, alone ? [zone] : [zone, zone, other]),
      })
    })

export const someCase = caseIn(ZONES)

/** Milliseconds within some days, on whole minutes as often as not. */
export const within = (days: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: -days * DAY, max: days * DAY }),
    fc.integer({ min: -days * 1440, max: days * 1440 }).map((minutes) => minutes * MINUTE),
  )
