// Windows against a second source, temporal-polyfill, and by trying: where they begin, when they let go of a touch, when the
// wall clock first shows a time. Mostly around changes of offset, where days begin late, twice or not at all.

import {
  firstAtOrAfter,
  LAST_INSTANT,
  needsZone,
  offsetAt,
  PERIODS,
  SECOND,
  type WindowTable,
  windowFrees,
  windowSince,
  type Zone,
  zoneOf,
} from '@clientele/core'
import { runs, zones } from '@clientele/testkit'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'

const DAY = 86_400
const LAST = LAST_INSTANT / SECOND - 1
/** A whole date skipped, the clock put back over midnight at 00:01, half an hour, midnight in a gap, two changes a year for Ramadan. */
const names = [
  ...new Set([...zones(), 'America/Toronto', 'America/Scoresbysund', 'Asia/Beirut', 'Africa/El_Aaiun']),
]

const known = (name: string): Zone => {
  const zone = zoneOf(name)
  if (zone === undefined) throw new Error(`Intl knows ${name}, zoneOf does not`)
  return zone
}

const localOf = (zone: Zone, at: number): number => at * SECOND + offsetAt(zone, at * SECOND)

const changesOf = ({ starts }: Zone): number[] =>
  [...starts].map((start) => start / SECOND).filter((at) => at > 3 * DAY && at < LAST - 400 * DAY)

/** Seconds, mostly within two days of a change. */
const moment = (zone: Zone): fc.Arbitrary<number> => {
  const changes = changesOf(zone)
  const anywhere = fc.integer({ min: 0, max: LAST })
  if (changes.length === 0) return anywhere
  const near = fc
    .tuple(
      fc.constantFrom(...changes),
      fc.oneof(fc.integer({ min: -2 * DAY, max: 2 * DAY }), fc.integer({ min: -90, max: 90 })),
    )
    .map(([at, by]) => at + by)
  return fc.oneof({ weight: 4, arbitrary: near }, anywhere)
}

const civil: fc.Arbitrary<WindowTable> = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((days) => ({ kind: 'civilDays', days }) as const),
  fc.record({
    kind: fc.constant('calendar' as const),
    unit: fc.constantFrom('hour' as const, ...PERIODS),
    weekStart: fc.integer({ min: 0, max: 6 }),
  }),
)

/** The first instant at which the wall clock shows a time, or the end of the gap that holds it. */
const beginning = (name: string, time: Temporal.PlainDateTime): number => {
  const first = time.toZonedDateTime(name, { disambiguation: 'earlier' })
  if (first.toPlainDateTime().equals(time)) return first.epochMilliseconds
  const moved = time.toZonedDateTime(name, { disambiguation: 'later' })
  return moved.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NaN
}

const firstDate = (window: WindowTable, date: Temporal.PlainDate): Temporal.PlainDate => {
  if (window.kind === 'civilDays') return date.subtract({ days: window.days - 1 })
  if (window.kind !== 'calendar') throw new Error(window.kind)
  const { unit, weekStart } = window
  if (unit === 'week') return date.subtract({ days: (date.dayOfWeek - 1 - weekStart + 7) % 7 })
  if (unit === 'month') return date.with({ day: 1 })
  if (unit === 'quarter') return date.with({ day: 1, month: date.month - ((date.month - 1) % 3) })
  if (unit === 'year') return date.with({ day: 1, month: 1 })
  return date
}

/** The beginning of a window, by the second source. */
const sinceBySecondSource = (window: WindowTable, name: string, at: number): number => {
  const now = Temporal.Instant.fromEpochMilliseconds(at * SECOND).toZonedDateTimeISO(name)
  if (window.kind === 'calendar' && window.unit === 'hour') {
    const hour = now.toPlainDateTime().round({ smallestUnit: 'hour', roundingMode: 'floor' })
    return beginning(name, hour) / SECOND
  }
  const date = firstDate(window, now.toPlainDate())
  const start = date.toZonedDateTime(name).epochMilliseconds
  expect(beginning(name, date.toPlainDateTime())).toBe(start)
  return start / SECOND
}

/** Seconds after `from` and up to `to` where the wall clock shows another date or hour than just before. */
const turnsOf = (zone: Zone, from: number, to: number, unit: number): readonly number[] => {
  const changes = [...zone.starts].map((start) => start / SECOND).filter((at) => at > from && at <= to)
  const turns = [...changes]
  for (const spell of [from, ...changes]) {
    const end = changes.find((at) => at > spell) ?? to
    const offset = offsetAt(zone, spell * SECOND) / SECOND
    for (let local = Math.ceil((spell + offset) / unit) * unit; local - offset <= end; local += unit)
      turns.push(local - offset)
  }
  return turns.filter((at) => at > from && at <= to).sort((a, b) => a - b)
}

const each = (check: (name: string, zone: Zone, cases: number) => void): void => {
  for (const name of names)
    test(name, () => check(name, known(name), Math.ceil(runs(100_000) / names.length)))
}

describe('a window begins with the first moment of its first date or hour', () => {
  each((name, zone, cases) => {
    fc.assert(
      fc.property(civil, moment(zone), (window, at) => {
        expect(windowSince(window, zone, at)).toBe(
          Math.max(0, Math.ceil(sinceBySecondSource(window, name, at))),
        )
      }),
      { numRuns: cases },
    )
  })
})

describe('a touch is let go at the first second whose window begins after it', () => {
  each((_, zone, cases) => {
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(civil, moment(zone), fc.oneof(fc.constantFrom(0, 1), part), (window, at, share) => {
        const since = windowSince(window, zone, at)
        // the wall clock may show a date before the one that the window at 1970 begins with
        fc.pre(since <= at)
        const touch = since + Math.floor((at - since) * share)
        const frees = windowFrees(window, zone, at, touch)
        const unit = window.kind === 'calendar' && window.unit === 'hour' ? 3600 : DAY
        const isFree = (second: number): boolean => windowSince(window, zone, second) > touch
        const tried = turnsOf(zone, at, at + 370 * DAY, unit).find(isFree)
        expect(frees).toBe(tried)
        expect(isFree(frees - 1) && frees - 1 > at).toBe(false)
      }),
      { numRuns: cases },
    )
  })
})

test('St. John’s, 2002-10-27: at 00:01 clocks went back to 23:01', () => {
  const zone = known('America/St_Johns')
  const second = (text: string): number => Date.parse(text) / SECOND
  // 23:02 for the second time: hour 0 had begun before, and when it comes back it still holds the touch
  const touch = second('2002-10-27T02:32:30Z')
  const hour: WindowTable = { kind: 'calendar', unit: 'hour', weekStart: 0 }
  expect(windowFrees(hour, zone, touch, touch)).toBe(second('2002-10-27T04:30:00Z'))
  const day: WindowTable = { kind: 'calendar', unit: 'day', weekStart: 0 }
  expect(windowFrees(day, zone, touch, touch)).toBe(second('2002-10-28T03:30:00Z'))
})

describe('hours, second by second', () => {
  each((_, zone) => {
    const window: WindowTable = { kind: 'calendar', unit: 'hour', weekStart: 0 }
    fc.assert(
      fc.property(moment(zone), fc.double({ min: 0, max: 1, noNaN: true }), (at, share) => {
        const since = windowSince(window, zone, at)
        const touch = since + Math.floor((at - since) * share)
        let second = at + 1
        while (windowSince(window, zone, second) <= touch) second++
        expect(windowFrees(window, zone, at, touch)).toBe(second)
      }),
      { numRuns: runs(300) },
    )
  })
})

describe('the first second at or after another at which the wall clock shows a time', () => {
  each((_, zone, cases) => {
    const by = fc.oneof(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -2 * DAY, max: 40 * DAY }))
    const round = fc.constantFrom(1, 3600, DAY)
    fc.assert(
      fc.property(moment(zone), by, round, (at, ahead, unit) => {
        const local = Math.ceil((localOf(zone, at) / SECOND + ahead) / unit) * unit * SECOND
        const shows = (second: number): boolean => localOf(zone, second) >= local
        // it is reached by waiting under one offset, or by a change
        const waits = [...zone.offsets].map((offset) => Math.ceil((local - offset) / SECOND) + 0)
        const changes = [...zone.starts].map((start) => Math.ceil(start / SECOND))
        const tried = [at, ...waits, ...changes].filter((second) => second >= at && shows(second))
        expect(firstAtOrAfter(zone, at, local)).toBe(Math.min(...tried))
      }),
      { numRuns: cases },
    )
  })
})

describe('windows without a zone', () => {
  const plain: fc.Arbitrary<WindowTable> = fc.oneof(
    fc.integer({ min: 1, max: 1e8 }).map((seconds) => ({ kind: 'rolling', seconds }) as const),
    fc.constant({ kind: 'lifetime' } as const),
  )

  test('are those that need none', () => {
    fc.assert(
      fc.property(fc.oneof(plain, civil), (window) => {
        const ask = () => windowSince(window, undefined, 0)
        if (needsZone(window)) expect(ask).toThrow(RangeError)
        else expect(ask()).toBe(0)
        const free = () => windowFrees(window, undefined, 0, 0)
        if (needsZone(window)) expect(free).toThrow(RangeError)
        else expect(free()).toBeGreaterThan(0)
      }),
    )
  })

  test('hold exactly (t − W, t], and let go when that has passed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e8 }), fc.nat(LAST), (seconds, at) => {
        const window: WindowTable = { kind: 'rolling', seconds }
        const since = windowSince(window, undefined, at)
        expect(since).toBe(Math.max(0, at - seconds + 1))
        const frees = windowFrees(window, undefined, at, since)
        expect(windowSince(window, undefined, frees)).toBeGreaterThan(since)
        expect(windowSince(window, undefined, frees - 1)).toBeLessThanOrEqual(since)
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('or hold for ever', () => {
    expect(windowSince({ kind: 'lifetime' }, undefined, LAST)).toBe(0)
    expect(windowFrees({ kind: 'lifetime' }, undefined, LAST, 0)).toBe(Number.POSITIVE_INFINITY)
  })
})
