// Random hours that other formats can say, and random damage to texts.

import type { Hours, Interval } from '@clientele/calendar'
import { formatDate, formatTime, MINUTE, parseDate, WEEKDAYS } from '@clientele/core'
import fc from 'fast-check'

const SLOT = 15 * MINUTE
const clock = (slot: number): string => formatTime(slot * SLOT)

/** One to two intervals that do not touch; with `overnight` the last may run into the next date. */
export const intervals = (overnight: 'overnight' | 'same-day'): fc.Arbitrary<Interval[]> =>
  fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 4, maxLength: 4 }).chain((slots) => {
    const [a, b, c, d] = slots.sort((x, y) => x - y) as [number, number, number, number]
    const night = overnight === 'overnight' && c < 96 && a > 1 ? [`${clock(c)}-${clock(a - 1)}`] : []
    return fc.constantFrom<Interval[]>(
      [`${clock(a)}-${clock(b)}`],
      [`${clock(a)}-${clock(b)}`, `${clock(c)}-${clock(d)}`],
      night,
      [],
    )
  })

const FIRST = parseDate('2026-01-01')!
const date = fc.integer({ min: FIRST, max: FIRST + 364 }).map(formatDate)
const zone = fc.constantFrom(
  'Europe/Paris',
  'America/New_York',
  'Asia/Kathmandu',
  'UTC',
  'Australia/Lord_Howe',
)

/** Hours in one zone; `holidays` are dates of 2026. */
export const hours = (overnight: 'overnight' | 'same-day'): fc.Arbitrary<Hours> =>
  fc.record({
    timeZone: zone,
    week: fc.record(Object.fromEntries(WEEKDAYS.map((day) => [day, intervals(overnight)]))),
    holidays: fc.uniqueArray(date, { maxLength: 4 }),
    dates: fc.dictionary(date, intervals('same-day'), { maxKeys: 4 }),
  })

const CHARACTERS = [
  ':',
  ';',
  '=',
  ',',
  '-',
  '\r\n',
  '\n',
  ' ',
  '"',
  '{',
  '}',
  '[',
  ']',
  '0',
  '9',
  'T',
  'Z',
  'A',
  '\u0000',
  '🙂',
  '24:00',
  '99999999',
]

/** A text with up to eight pieces dropped, doubled, swapped for others or moved. */
export const damaged = (texts: readonly string[]): fc.Arbitrary<string> => {
  const cut = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(30),
    put: fc.oneof(fc.constant(''), fc.constantFrom(...CHARACTERS), fc.string({ maxLength: 6 })),
    double: fc.boolean(),
  })
  // one wound reaches deep, many break the form at once
  const cuts = fc.oneof(
    fc.array(cut, { minLength: 1, maxLength: 1 }),
    fc.array(cut, { minLength: 1, maxLength: 8 }),
  )
  return fc.tuple(fc.constantFrom(...texts), cuts).map(([text, list]) =>
    list.reduce((now, { at, length, put, double }) => {
      const from = Math.floor(at * now.length)
      const piece = now.slice(from, from + length)
      return now.slice(0, from) + put + (double ? piece + piece : '') + now.slice(from + length)
    }, text),
  )
}
