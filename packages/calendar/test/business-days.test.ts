// Business days against a walk over dates that shares no code with the engine, and by hand where dates are odd.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { ZONES } from './arbitraries.js'
import { at, caseIn, iso, within } from './cases.js'
import type { PlainHours } from './oracle.js'

const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** The written intervals of a date: those of `dates`, none on a holiday, else those of the week that holds. */
const written = (hours: PlainHours, date: Temporal.PlainDate): readonly string[] => {
  const text = date.toString()
  const own = hours.dates[text]
  if (own !== undefined) return own
  if (hours.holidays.includes(text)) return []
  const held = hours.effective
    .filter(({ from }) => from <= text)
    .sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  const week = held?.week ?? hours.week
  return week === '24/7' ? ['00:00-24:00'] : (week[NAMES[date.dayOfWeek - 1]!] ?? [])
}

/** Instants of an interval written for a date. */
const instants = (zone: string, date: Temporal.PlainDate, interval: string): readonly [number, number] => {
  const [start, end] = interval.split('-') as [string, string]
  const instant = (time: string, days: number): number => {
    const midnight = time === '24:00'
    const day = date.add({ days: midnight ? 1 : days })
    return day.toZonedDateTime({ timeZone: zone, plainTime: midnight ? '00:00' : time }).epochMilliseconds
  }
  return [instant(start, 0), instant(end, end < start ? 1 : 0)]
}

/** Whether an interval starts on the date of which open time is left: each break takes its part of what was left. */
const isBusiness = (hours: PlainHours, date: Temporal.PlainDate): boolean => {
  const next = date.add({ days: 1 })
  const midnight = next.toZonedDateTime({ timeZone: hours.timeZone }).epochMilliseconds
  const cut = hours.holidays.includes(next.toString()) && hours.dates[next.toString()] === undefined
  const breaks = [-1, 0, 1, 2].flatMap((days) => {
    const day = date.add({ days })
    return (hours.breaks[day.toString()] ?? []).map((interval) => instants(hours.timeZone, day, interval))
  })
  return written(hours, date).some((interval) => {
    const [from, until] = instants(hours.timeZone, date, interval)
    let left: (readonly [number, number])[] = [[from, cut ? Math.min(until, midnight) : until]]
    for (const [start, end] of breaks) {
      if (end <= start) continue
      left = left.flatMap(([a, b]): (readonly [number, number])[] => [
        [a, Math.min(b, start)],
        [Math.max(a, end), b],
      ])
    }
    return left.some(([a, b]) => b > a)
  })
}

const naive = (hours: PlainHours, instant: number, days: number): number => {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(hours.timeZone)
  let date = local.toPlainDate()
  for (let left = Math.abs(days); left > 0; ) {
    date = date.add({ days: Math.sign(days) })
    if (Math.abs(date.since(local.toPlainDate()).days) > 400) return Number.NaN
    if (isBusiness(hours, date)) left--
  }
  const zoned = date.toZonedDateTime({ timeZone: hours.timeZone, plainTime: local.toPlainTime() })
  return days === 0 ? instant : zoned.epochMilliseconds
}

describe('business days', () => {
  test('agree with a walk over dates, forward and backward', () => {
    fc.assert(
      fc.property(
        caseIn(ZONES).filter(({ calendar }) => 'timeZone' in calendar),
        fc.array(fc.tuple(within(20), fc.integer({ min: -15, max: 15 })), { minLength: 3, maxLength: 3 }),
        ({ center, calendar }, asked) => {
          const hours = calendar as PlainHours
          const table = Calendar.compileOrThrow(hours)
          for (const [offset, days] of asked) {
            const expected = naive(hours, center + offset, days)
            // the walk gives up after a year
            if (Number.isNaN(expected)) continue
            expect(Calendar.addBusinessDays(table, center + offset, days)).toBe(expected)
          }
        },
      ),
      { numRuns: runs(20_000) },
    )
  })

  test('go there step by step, and back to the same time', () => {
    fc.assert(
      fc.property(
        caseIn(['UTC', 'Asia/Kolkata'], true),
        within(20),
        fc.nat(8),
        fc.nat(8),
        (given, offset, m, n) => {
          const table = Calendar.compileOrThrow(given.calendar)
          const start = given.center + offset
          const there = Calendar.addBusinessDays(table, start, m + n + 2)
          const steps = Calendar.addBusinessDays(table, Calendar.addBusinessDays(table, start, m + 1), n + 1)
          expect(steps).toBe(there)
          if (Calendar.isNever(there)) return
          // from a business date, n back undoes n there
          const first = Calendar.addBusinessDays(table, start, 1)
          expect(Calendar.addBusinessDays(table, Calendar.addBusinessDays(table, first, n + 1), -n - 1)).toBe(
            Calendar.isNever(Calendar.addBusinessDays(table, first, n + 1)) ? Number.NaN : first,
          )
        },
      ),
      { numRuns: runs(30_000) },
    )
  })
})

const five = (...intervals: string[]) => ({
  mon: intervals,
  tue: intervals,
  wed: intervals,
  thu: intervals,
  fri: intervals,
})

describe('business days by hand', () => {
  const days = (definition: Calendar.Definition, instant: string, n: number): string =>
    iso(Calendar.addBusinessDays(Calendar.compileOrThrow(definition), at(instant), n))
  const desk = { timeZone: 'UTC', week: five('09:00-18:00') }

  test.each([
    ['a weekend is passed', desk, '2026-03-06T10:00', 1, '2026-03-09T10:00Z'],
    ['from a weekend, the first is Monday', desk, '2026-03-07T10:00', 1, '2026-03-09T10:00Z'],
    ['back from a weekend, the first is Friday', desk, '2026-03-08T10:00', -1, '2026-03-06T10:00Z'],
    ['the time is kept, open or not', desk, '2026-03-02T23:30', 2, '2026-03-04T23:30Z'],
    [
      'a holiday does not count',
      { ...desk, holidays: ['2026-03-03'] },
      '2026-03-02T10:00',
      1,
      '2026-03-04T10:00Z',
    ],
    [
      'a date of its own counts',
      { ...desk, dates: { '2026-03-07': ['10:00-11:00'] } },
      '2026-03-06T10:00',
      1,
      '2026-03-07T10:00Z',
    ],
    [
      'an empty date does not',
      { ...desk, dates: { '2026-03-03': [] } },
      '2026-03-02T10:00',
      1,
      '2026-03-04T10:00Z',
    ],
    [
      'nor one eaten by its break',
      { ...desk, breaks: { '2026-03-03': ['08:00-19:00'] } },
      '2026-03-02T10:00',
      1,
      '2026-03-04T10:00Z',
    ],
    [
      'one half eaten does',
      { ...desk, breaks: { '2026-03-03': ['08:00-17:59'] } },
      '2026-03-02T10:00',
      1,
      '2026-03-03T10:00Z',
    ],
    [
      'a night belongs to the day it starts',
      { timeZone: 'UTC', week: { mon: ['22:00-06:00'] } },
      '2026-03-02T23:00',
      1,
      '2026-03-09T23:00Z',
    ],
    [
      'a time in the gap moves forward',
      { timeZone: 'America/New_York', week: '24/7' },
      '2026-03-07T07:30',
      1,
      '2026-03-08T07:30Z',
    ],
    [
      'the local time survives the change of clocks',
      { timeZone: 'America/New_York', week: five('09:00-17:00') },
      '2026-03-06T15:00',
      1,
      '2026-03-09T14:00Z',
    ],
    [
      'Apia has no 30 December 2011',
      { timeZone: 'Pacific/Apia', week: '24/7' },
      '2011-12-29T22:00',
      1,
      '2011-12-30T22:00Z',
    ],
  ] as const)('%s', (_, definition, instant, n, expected) => {
    expect(days(definition, instant, n)).toBe(expected)
  })

  test('a union open around the clock counts every date, in the zone named first', () => {
    const day = {
      timeZone: 'Europe/Moscow',
      week: { ...five('08:00-20:00'), sat: ['08:00-20:00'], sun: ['08:00-20:00'] },
    }
    const night = {
      timeZone: 'Europe/Moscow',
      week: { ...five('20:00-08:00'), sat: ['20:00-08:00'], sun: ['20:00-08:00'] },
    }
    const union = { union: [day, night] }
    expect(Calendar.isNever(Calendar.nextClose(Calendar.compileOrThrow(union), at('2026-03-02')))).toBe(true)
    for (let n = 1; n <= 10; n++) {
      expect(days(union, '2026-03-01T21:30', n)).toBe(iso(at('2026-03-01T21:30') + n * 86_400_000))
      expect(days(union, '2026-03-20T21:30', -n)).toBe(iso(at('2026-03-20T21:30') - n * 86_400_000))
    }
  })

  test('a combination counts the dates on which it opens', () => {
    const holidays = { timeZone: 'UTC', week: {}, dates: { '2026-03-03': ['00:00-24:00'] } }
    expect(days({ subtract: [desk, holidays] }, '2026-03-02T10:00', 1)).toBe('2026-03-04T10:00Z')
    expect(days({ shift: [desk, 'PT12H'] }, '2026-03-05T10:00', 2)).toBe('2026-03-09T10:00Z')
    const weekend = { timeZone: 'UTC', week: { sat: ['10:00-12:00'] } }
    expect(days({ union: [desk, weekend] }, '2026-03-06T10:00', 1)).toBe('2026-03-07T10:00Z')
    expect(
      days({ intersect: [desk, { timeZone: 'UTC', week: { tue: ['17:00-23:00'] } }] }, '2026-03-03T10:00', 1),
    ).toBe('2026-03-10T10:00Z')
  })
})
