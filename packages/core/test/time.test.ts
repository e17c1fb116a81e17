// Instants, dates and durations: round trips, and agreement with Date and Date.UTC.

import {
  civilDate,
  civilDay,
  DAY,
  daysInMonth,
  formatDate,
  formatDuration,
  formatInstant,
  formatLocal,
  formatTime,
  parseDate,
  parseDuration,
  parseInstant,
  parseLocal,
  parseTime,
  weekdayOf,
} from '@clientele/core'
import { dateText, duration, instant, instantText, runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const FIRST_DAY = Date.UTC(1600, 0, 1) / DAY
const LAST_DAY = Date.UTC(2400, 0, 1) / DAY

test('civil days agree with Date.UTC on every day from 1600 to 2400', () => {
  for (let day = FIRST_DAY; day < LAST_DAY; day++) {
    const date = new Date(day * DAY)
    const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
    const found = civilDate(day)
    // plain comparisons: expect would take minutes here
    const same = found.year === year && found.month === month && found.day === dayOfMonth
    if (!same || civilDay(year, month, dayOfMonth) !== day || (weekdayOf(day) + 1) % 7 !== date.getUTCDay()) {
      expect.fail(`day ${day}, ${date.toISOString()}, is read as ${JSON.stringify(found)}`)
    }
  }
})

test('months have the days that Date.UTC gives them', () => {
  for (let year = 1600; year < 2400; year++) {
    for (let month = 1; month <= 12; month++) {
      const expected = new Date(Date.UTC(year, month, 0)).getUTCDate()
      if (daysInMonth(year, month) !== expected)
        expect.fail(`${year}-${month} has ${daysInMonth(year, month)} days`)
    }
  }
})

test('an instant goes to text and back, and Date reads the same', () => {
  fc.assert(
    fc.property(instant(), (at) => {
      const text = formatInstant(at)
      expect(parseInstant(text)).toBe(at)
      expect(Date.parse(text)).toBe(at)
      expect(parseInstant(new Date(at).toISOString())).toBe(at)
    }),
    { numRuns: runs(1_000_000) },
  )
})

test('an offset moves an instant as it moves Date', () => {
  const offset = fc
    .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(
      ([sign, hours, minutes]) =>
        `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`,
    )
  fc.assert(
    fc.property(instantText(), offset, (text, by) => {
      const moved = text.replace('Z', by)
      expect(parseInstant(moved)).toBe(Date.parse(moved))
    }),
    { numRuns: runs(100_000) },
  )
})

test('a date goes to text and back', () => {
  fc.assert(
    fc.property(dateText(), (text) => {
      expect(formatDate(parseDate(text)!)).toBe(text)
      expect(parseDate(text)! * DAY).toBe(Date.parse(text))
    }),
    { numRuns: runs(100_000) },
  )
})

test('a duration goes to text and back', () => {
  fc.assert(
    fc.property(duration(), (millis) => {
      expect(parseDuration(formatDuration(millis))).toBe(millis === 0 ? 0 : millis)
    }),
    { numRuns: runs(100_000) },
  )
})

test('a time of day and a local time go to text and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: DAY }), instant(), (time, local) => {
      expect(parseTime(formatTime(time))).toBe(time)
      expect(parseLocal(formatLocal(local))).toBe(local)
    }),
    { numRuns: runs(100_000) },
  )
})

test('any text is read or refused, and what is read is printed and read the same', () => {
  const scribble = fc.oneof(
    fc.string(),
    fc
      .tuple(
        fc.oneof(instantText(), dateText(), duration().map(formatDuration)),
        fc.nat(30),
        fc.constantFrom(...'0159-+:.,TZPWDHMS '),
      )
      .map(([text, place, char]) => text.slice(0, place) + char + text.slice(place + 1)),
  )
  fc.assert(
    fc.property(scribble, (text) => {
      const at = parseInstant(text)
      if (at !== undefined && at >= 0) expect(parseInstant(formatInstant(at))).toBe(at)
      const day = parseDate(text)
      if (day !== undefined) expect(formatDate(day)).toBe(text)
      const millis = parseDuration(text)
      if (millis !== undefined) expect(parseDuration(formatDuration(millis))).toBe(millis)
    }),
    { numRuns: runs(300_000) },
  )
})

describe('texts', () => {
  const instants: readonly (readonly [string, number | undefined])[] = [
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T00:00Z', 0],
    ['1970-01-01t00:00:00z', 0],
    ['1970-01-01T00:00:00.0019Z', 1],
    ['1970-01-01T00:00:00,5Z', 500],
    ['1970-01-01T03:00:00+03:00', 0],
    ['1970-01-01T03:00:00+0300', 0],
    ['1969-12-31T23:59:59.999Z', -1],
    ['1970-01-01T00:00:00', undefined],
    ['1970-01-01', undefined],
    ['1970-01-01 00:00:00Z', undefined],
    ['1970-02-30T00:00:00Z', undefined],
    ['1970-01-01T24:00:00Z', undefined],
    ['1970-01-01T00:60:00Z', undefined],
    ['1970-01-01T00:00:60Z', undefined],
    ['1970-01-01T00:00:00+24:00', undefined],
    ['+1970-01-01T00:00:00Z', undefined],
    ['', undefined],
  ]
  for (const [text, at] of instants)
    test(`instant "${text}" is ${at}`, () => expect(parseInstant(text)).toBe(at))

  const durations: readonly (readonly [string, number | undefined])[] = [
    ['PT8H', 8 * 3_600_000],
    ['P3D', 3 * DAY],
    ['P1W', 7 * DAY],
    ['P1DT2H3M4.005S', DAY + 7_384_005],
    ['-PT15M', -900_000],
    ['+PT15M', 900_000],
    ['PT0.1S', 100],
    ['PT0S', 0],
    ['-PT0S', 0],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['P1M', undefined],
    ['P1Y', undefined],
    ['PT1.5H', undefined],
    ['8H', undefined],
    ['pt8h', undefined],
    ['P400000D', undefined],
    [`P${'9'.repeat(50)}D`, undefined],
  ]
  for (const [text, millis] of durations) {
    test(`duration "${text}" is ${millis}`, () => expect(parseDuration(text)).toBe(millis))
  }

  const times: readonly (readonly [string, number | undefined])[] = [
    ['00:00', 0],
    ['24:00', DAY],
    ['24:01', undefined],
    ['9:00', undefined],
    ['09:00:30', 32_430_000],
    ['09:60', undefined],
  ]
  for (const [text, millis] of times)
    test(`time "${text}" is ${millis}`, () => expect(parseTime(text)).toBe(millis))
})
