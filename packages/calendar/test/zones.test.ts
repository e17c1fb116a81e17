// Days on which clocks change, by hand: gaps, overlaps, a skipped date, nights over both, and what holidays and breaks cut.
// The suite runs in several host zones; every expected instant is UTC, so none may depend on the host.

import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { at, DAY, HOUR, iso, MINUTE } from './cases.js'

const everyDay = (...intervals: string[]) => ({
  mon: intervals,
  tue: intervals,
  wed: intervals,
  thu: intervals,
  fri: intervals,
  sat: intervals,
  sun: intervals,
})
const tableOf = (timeZone: string, week: Calendar.Week, rest: Partial<Calendar.Hours> = {}): Calendar.Table =>
  Calendar.compileOrThrow({ timeZone, week, ...rest })
const periods = (table: Calendar.Table, from: string, to: string): string[] =>
  Calendar.periods(table, at(from), at(to)).map(([start, end]) => `${iso(start)} ${iso(end)}`)

describe('clocks that change', () => {
  // New York: 2026-03-08 02:00 EST (07:00Z) becomes 03:00 EDT; 2026-11-01 02:00 EDT (06:00Z) becomes 01:00 EST
  test.each([
    [
      'New York, a gap at the opening',
      'America/New_York',
      ['02:30-05:00'],
      '2026-03-08',
      '2026-03-09',
      ['2026-03-08T07:30Z 2026-03-08T09:00Z'],
    ],
    [
      'New York, a gap at the closing',
      'America/New_York',
      ['01:00-02:30'],
      '2026-03-08',
      '2026-03-09',
      ['2026-03-08T06:00Z 2026-03-08T07:30Z'],
    ],
    [
      'New York, an interval inside the gap moves whole',
      'America/New_York',
      ['02:15-02:45'],
      '2026-03-08',
      '2026-03-09',
      ['2026-03-08T07:15Z 2026-03-08T07:45Z'],
    ],
    [
      'New York, one that the gap empties',
      'America/New_York',
      ['02:30-03:15'],
      '2026-03-08',
      '2026-03-09',
      [],
    ],
    [
      'New York, an overlap: the first of both',
      'America/New_York',
      ['01:30-03:00'],
      '2026-11-01',
      '2026-11-02',
      ['2026-11-01T05:30Z 2026-11-01T08:00Z'],
    ],
    [
      'New York, an end inside the overlap',
      'America/New_York',
      ['00:30-01:30'],
      '2026-11-01',
      '2026-11-02',
      ['2026-11-01T04:30Z 2026-11-01T05:30Z'],
    ],
    [
      'New York, a night over the gap',
      'America/New_York',
      ['22:00-06:00'],
      '2026-03-08',
      '2026-03-08T12:00',
      ['2026-03-08T03:00Z 2026-03-08T10:00Z'],
    ],
    [
      'New York, a night over the overlap',
      'America/New_York',
      ['22:00-06:00'],
      '2026-11-01',
      '2026-11-01T12:00',
      ['2026-11-01T02:00Z 2026-11-01T11:00Z'],
    ],
    // Lord Howe changes by half an hour: 2026-04-05 02:00 +11 (2026-04-04T15:00Z) becomes 01:30 +10:30; 2026-10-04 02:00 +10:30 (2026-10-03T15:30Z) becomes 02:30 +11
    [
      'Lord Howe, half an hour twice',
      'Australia/Lord_Howe',
      ['01:00-03:00'],
      '2026-04-04T12:00',
      '2026-04-05T00:00',
      ['2026-04-04T14:00Z 2026-04-04T16:30Z'],
    ],
    [
      'Lord Howe, half an hour skipped',
      'Australia/Lord_Howe',
      ['01:00-03:00'],
      '2026-10-03T12:00',
      '2026-10-04T00:00',
      ['2026-10-03T14:30Z 2026-10-03T16:00Z'],
    ],
    [
      'Lord Howe, an opening in its gap',
      'Australia/Lord_Howe',
      ['02:10-04:00'],
      '2026-10-03T12:00',
      '2026-10-04T00:00',
      ['2026-10-03T15:40Z 2026-10-03T17:00Z'],
    ],
    // Casablanca, Ramadan of 2025: 2025-02-23 03:00 +01 (02:00Z) becomes 02:00 +00; 2025-04-06 02:00 +00 (02:00Z) becomes 03:00 +01
    [
      'Casablanca, the overlap into Ramadan',
      'Africa/Casablanca',
      ['02:30-04:00'],
      '2025-02-23',
      '2025-02-24',
      ['2025-02-23T01:30Z 2025-02-23T04:00Z'],
    ],
    [
      'Casablanca, the gap out of Ramadan',
      'Africa/Casablanca',
      ['02:30-05:00'],
      '2025-04-06',
      '2025-04-07',
      ['2025-04-06T02:30Z 2025-04-06T04:00Z'],
    ],
    // São Paulo, 2018-11-04: midnight itself is skipped, 00:00 -03 (03:00Z) becomes 01:00 -02
    [
      'São Paulo, midnight in the gap',
      'America/Sao_Paulo',
      ['00:00-08:00'],
      '2018-11-04',
      '2018-11-05',
      ['2018-11-04T03:00Z 2018-11-04T10:00Z'],
    ],
    // Kathmandu never changes: 9:00 is 03:15Z
    [
      'Kathmandu, three quarters of an hour',
      'Asia/Kathmandu',
      ['09:00-18:00'],
      '2026-03-02',
      '2026-03-03',
      ['2026-03-02T03:15Z 2026-03-02T12:15Z'],
    ],
  ] as const)('%s', (_, zone, intervals, from, to, expected) => {
    expect(periods(tableOf(zone, everyDay(...intervals)), from, to)).toEqual(expected)
  })

  test('days have 23, 24, 24½ and 25 hours, and a skipped one has none', () => {
    const length = (zone: string, from: string, to: string): number =>
      Calendar.elapsed(tableOf(zone, '24/7'), at(from), at(to)) / HOUR
    expect(length('America/New_York', '2026-03-08T05:00', '2026-03-09T04:00')).toBe(23)
    expect(length('America/New_York', '2026-11-01T04:00', '2026-11-02T05:00')).toBe(25)
    expect(length('Australia/Lord_Howe', '2026-04-04T13:00', '2026-04-05T13:30')).toBe(24.5)
    const dates = { '2011-12-30': ['00:00-24:00'] }
    expect(Calendar.elapsed(tableOf('Pacific/Apia', {}, { dates }), 0, at('2100-01-01'))).toBe(0)
    expect(Calendar.elapsed(tableOf('UTC', {}, { dates }), 0, at('2100-01-01'))).toBe(24 * HOUR)
  })

  test('Apia goes from Thursday 29 to Saturday 31 December 2011 at 10:00Z', () => {
    const desk = tableOf('Pacific/Apia', { thu: ['09:00-17:00'], sat: ['09:00-17:00'] })
    // 29 December is −10, 31 December +14
    expect(periods(desk, '2011-12-29', '2011-12-31T12:00')).toEqual([
      '2011-12-29T19:00Z 2011-12-30T03:00Z',
      '2011-12-30T19:00Z 2011-12-31T03:00Z',
    ])
    expect(iso(Calendar.add(desk, at('2011-12-30T02:00'), 2 * HOUR))).toBe('2011-12-30T20:00Z')
  })

  test('an hour that occurs twice counts twice', () => {
    const night = tableOf('America/New_York', everyDay('01:00-02:00'))
    expect(Calendar.elapsed(night, at('2026-11-01T00:00'), at('2026-11-02T00:00'))).toBe(2 * HOUR)
    expect(iso(Calendar.add(night, at('2026-11-01T05:00'), 90 * MINUTE))).toBe('2026-11-01T06:30Z')
    expect(iso(Calendar.add(night, at('2026-11-01T07:00'), -90 * MINUTE))).toBe('2026-11-01T05:30Z')
  })
})

describe('days with rules of their own', () => {
  const night = everyDay('22:00-06:00')

  test('a holiday drops what starts on it and cuts the evening before at its local midnight', () => {
    const desk = tableOf('Europe/Moscow', night, { holidays: ['2026-03-10'] })
    expect(periods(desk, '2026-03-09', '2026-03-12T00:00')).toEqual([
      '2026-03-09T00:00Z 2026-03-09T03:00Z',
      '2026-03-09T19:00Z 2026-03-09T21:00Z',
      '2026-03-11T19:00Z 2026-03-12T00:00Z',
    ])
  })

  test('a date in both is no holiday, and its evening before runs on', () => {
    const desk = tableOf('Europe/Moscow', night, {
      holidays: ['2026-03-10'],
      dates: { '2026-03-10': ['12:00-13:00'] },
    })
    expect(periods(desk, '2026-03-09T12:00', '2026-03-11T12:00')).toEqual([
      '2026-03-09T19:00Z 2026-03-10T03:00Z',
      '2026-03-10T09:00Z 2026-03-10T10:00Z',
    ])
  })

  test('an empty date closes what starts on it and touches no other', () => {
    const desk = tableOf('UTC', night, { dates: { '2026-03-10': [] } })
    expect(periods(desk, '2026-03-09T12:00', '2026-03-12T00:00')).toEqual([
      '2026-03-09T22:00Z 2026-03-10T06:00Z',
      '2026-03-11T22:00Z 2026-03-12T00:00Z',
    ])
  })

  test('a break cuts its civil date, whichever day the interval belongs to', () => {
    const desk = tableOf('UTC', night, { breaks: { '2026-03-10': ['02:00-03:00', '23:00-23:30'] } })
    expect(periods(desk, '2026-03-09T12:00', '2026-03-11T12:00')).toEqual([
      '2026-03-09T22:00Z 2026-03-10T02:00Z',
      '2026-03-10T03:00Z 2026-03-10T06:00Z',
      '2026-03-10T22:00Z 2026-03-10T23:00Z',
      '2026-03-10T23:30Z 2026-03-11T06:00Z',
    ])
    const over = tableOf('UTC', night, { breaks: { '2026-03-09': ['23:00-01:00'] } })
    expect(periods(over, '2026-03-09T12:00', '2026-03-10T12:00')).toEqual([
      '2026-03-09T22:00Z 2026-03-09T23:00Z',
      '2026-03-10T01:00Z 2026-03-10T06:00Z',
    ])
  })

  test('an effective week replaces the whole week from its date on, and leaves the night into it', () => {
    const desk = tableOf('UTC', night, {
      effective: [{ from: '2026-03-10', week: { thu: ['09:00-10:00'] } }],
    })
    expect(periods(desk, '2026-03-09T12:00', '2026-03-16T12:00')).toEqual([
      '2026-03-09T22:00Z 2026-03-10T06:00Z',
      '2026-03-12T09:00Z 2026-03-12T10:00Z',
    ])
  })

  test('a movable holiday is found in every year', () => {
    const desk = tableOf('America/New_York', everyDay('09:00-17:00'), {
      holidays: [{ rrule: 'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', name: 'Thanksgiving' }],
    })
    const open = (date: string): boolean => Calendar.isOpen(desk, at(date) + 15 * HOUR)
    expect(['2026-11-26', '2027-11-25', '2090-11-23'].map(open)).toEqual([false, false, false])
    expect(['2026-11-25', '2026-11-27', '2027-11-26'].map(open)).toEqual([true, true, true])
  })

  test('a chain of three offices follows the sun', () => {
    const office = (timeZone: string) => ({ timeZone, week: everyDay('09:00-17:00') })
    const sun = Calendar.compileOrThrow({
      union: [office('Asia/Tokyo'), office('Europe/London'), office('America/Los_Angeles')],
    })
    // in July: Tokyo 00-08Z, London 08-16Z, Los Angeles 16-24Z
    expect(Calendar.elapsed(sun, at('2026-07-01'), at('2026-07-08'))).toBe(7 * DAY)
    // in January London is 09-17Z and Los Angeles 17-01Z: an hour from 08 is nobody's
    expect(periods(sun, '2026-01-07T04:00', '2026-01-08T04:00')).toEqual([
      '2026-01-07T04:00Z 2026-01-07T08:00Z',
      '2026-01-07T09:00Z 2026-01-08T04:00Z',
    ])
  })
})
