// Zones against a second source, temporal-polyfill: offsets at every change and a second before it, and the instants of
// local times around gaps and overlaps.

import {
  FIRST_INSTANT,
  LAST_INSTANT,
  nearestZone,
  offsetAt,
  SECOND,
  toInstant,
  toLocal,
  type Zone,
  zoneHash,
  zoneOf,
} from '@clientele/core'
import { runs, zones } from '@clientele/testkit'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'

const all = [...new Set([...Intl.supportedValuesOf('timeZone'), ...zones()])]
/** A few zones in `npm test`, all of them in the soak; another few with each seed. */
const sampled = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), 1)[0] ?? all
const chosen = sampled.slice(0, runs({ test: 25, ci: 150, soak: all.length }))

const known = (name: string): Zone => {
  const zone = zoneOf(name)
  if (zone === undefined) throw new Error(`Intl knows ${name}, zoneOf does not`)
  return zone
}

/** Milliseconds ahead of UTC, by the second source. */
const secondOpinion = (name: string, at: number): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name).offsetNanoseconds / 1e6

/** Changes of offset in the known range, by the second source. */
const changesOf = (name: string): number[] => {
  const changes: number[] = []
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(FIRST_INSTANT).toZonedDateTimeISO(name)
  while (true) {
    at = at.getTimeZoneTransition('next')
    if (at === null || at.epochMilliseconds >= LAST_INSTANT) return changes
    changes.push(at.epochMilliseconds)
  }
}

describe('offsets', () => {
  for (const name of chosen) {
    test(name, () => {
      const zone = known(name)
      const own = [...zone.starts].filter((at) => at > FIRST_INSTANT && at < LAST_INSTANT)
      for (const at of new Set([...changesOf(name), ...own])) {
        for (const near of [at - SECOND, at, at + SECOND]) {
          if (offsetAt(zone, near) !== secondOpinion(name, near)) {
            expect.fail(
              `${name} at ${new Date(near).toISOString()}: ${offsetAt(zone, near)}, ${secondOpinion(name, near)}`,
            )
          }
        }
      }
    })
  }
})

describe('local times', () => {
  for (const name of chosen) {
    test(name, () => {
      const zone = known(name)
      const changes = [...zone.starts].filter((at) => at > FIRST_INSTANT && at < LAST_INSTANT)
      const near = changes.length === 0 ? fc.constant(0) : fc.constantFrom(...changes)
      const local = fc.oneof(
        fc.integer({ min: FIRST_INSTANT, max: LAST_INSTANT - 1 }),
        fc
          .tuple(near, fc.integer({ min: -100_000, max: 100_000 }))
          .map(([at, by]) => toLocal(zone, at) + by * SECOND),
      )
      fc.assert(
        fc.property(local, (wall) => {
          const expected = Temporal.Instant.fromEpochMilliseconds(wall)
            .toZonedDateTimeISO('UTC')
            .toPlainDateTime()
            .toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds
          if (toInstant(zone, wall) !== expected) {
            expect.fail(
              `${name}, local ${new Date(wall).toISOString()}: ${toInstant(zone, wall)}, ${expected}`,
            )
          }
        }),
        { numRuns: runs({ test: 40, ci: 100, soak: 1_000 }) },
      )
    })
  }
})

test('what the wall clock shows leads back, except in an hour that occurs twice', () => {
  const name = fc.constantFrom(...chosen)
  fc.assert(
    fc.property(name, fc.integer({ min: FIRST_INSTANT, max: LAST_INSTANT - 1 }), (zoneName, at) => {
      const zone = known(zoneName)
      const back = toInstant(zone, toLocal(zone, at))
      // an ambiguous time is the first, so it leads to the same wall clock at an earlier instant
      expect(back).toBeLessThanOrEqual(at)
      expect(toLocal(zone, back)).toBe(toLocal(zone, at))
    }),
    { numRuns: runs(100_000) },
  )
})

test('gaps and overlaps', () => {
  const newYork = known('America/New_York')
  const at = (text: string): number => Date.parse(`${text}Z`)
  expect(toInstant(newYork, at('2026-03-08T02:30:00'))).toBe(Date.parse('2026-03-08T03:30:00-04:00'))
  expect(toInstant(newYork, at('2026-11-01T01:30:00'))).toBe(Date.parse('2026-11-01T01:30:00-04:00'))
  const apia = known('Pacific/Apia')
  expect(toInstant(apia, at('2011-12-30T12:00:00'))).toBe(Date.parse('2011-12-31T12:00:00+14:00'))
})

test('names', () => {
  expect(zoneOf('UTC')?.offsets.every((offset) => offset === 0)).toBe(true)
  for (const name of [
    'Mars/Olympus',
    '',
    '+03:00',
    '../etc',
    'Europe/Moscow ',
    '__proto__',
    'a'.repeat(100),
  ]) {
    expect(zoneOf(name)).toBeUndefined()
  }
  expect(zoneOf('Europe/Berlin')).toBe(zoneOf('Europe/Berlin'))
  expect(nearestZone('Europe/Berln')).toBe('Europe/Berlin')
})

test('equal offsets have equal hashes, different ones do not', () => {
  const byOffsets = new Map<string, string>()
  for (const name of chosen) {
    const zone = known(name)
    const { starts, offsets } = zone
    const hash = zoneHash(zone)
    const text = `${starts.join()};${offsets.join()}`
    expect(byOffsets.get(text) ?? hash).toBe(hash)
    byOffsets.set(text, hash)
  }
  expect(new Set(byOffsets.values()).size).toBe(byOffsets.size)
})
