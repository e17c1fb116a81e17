// OSM texts mean what opening_hours.js says they mean; all-day events of iCalendar recur as ical.js says.

import * as Calendar from '@clientele/calendar'
import { fromICalendar, fromOsm } from '@clientele/calendar/import'
import { occurrencesBetween, parseRule } from '@clientele/calendar/recur'
import { formatDate, formatLocal, parseDate, parseLocal, toInstant, toLocal, zoneOf } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import ICAL from 'ical.js'
import OpeningHours from 'opening_hours'
import { expect, test } from 'vitest'
import { ruleTexts } from './recur.arbitraries.js'

// opening_hours.js knows only the zone of the process, so ours is read in the same one
const HOST = Intl.DateTimeFormat().resolvedOptions().timeZone
const host = zoneOf(HOST)!
const FROM = parseLocal('2026-02-01T00:00')!
const TO = parseLocal('2026-03-07T00:00')!

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const pick = fc.constantFrom(...DAYS)
const days = fc.oneof(
  pick,
  fc
    .tuple(pick, pick)
    .filter(([a, b]) => a !== b)
    .map((pair) => pair.join('-')),
  fc.uniqueArray(pick, { minLength: 2, maxLength: 3 }).map((list) => list.join()),
)
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`
const span = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }))
  .filter(([a, b]) => a !== b % 24 && a !== b)
const times = fc.oneof(
  { weight: 4, arbitrary: span.map(([a, b]) => `${clock(a)}-${clock(b)}`) },
  { weight: 2, arbitrary: fc.constantFrom('08:00-12:00,13:00-17:00', '10:00-14:00,18:00-02:00') },
  { weight: 2, arbitrary: fc.constantFrom('off', 'closed') },
)
// of ranges that end on 28 February opening_hours.js 3.15.0 opens nothing
const date = fc
  .tuple(fc.constantFrom('Feb', 'Mar'), fc.integer({ min: 1, max: 24 }))
  .map(([month, day]) => `${month} ${String(day).padStart(2, '0')}`)
const dates = fc.oneof(
  date,
  date.map((text) => `2026 ${text}`),
  date.map((text) => `${text}-${Number(text.slice(-2)) + 2}`),
  fc.constantFrom('Feb', 'Feb-Mar', '2026 Feb 20-2026 Mar 04', 'Feb 10,12'),
)
const rule = fc.oneof(
  fc.tuple(days, times).map((parts) => parts.join(' ')),
  fc.tuple(dates, times).map((parts) => parts.join(' ')),
  fc.tuple(dates, days, times).map((parts) => parts.join(' ')),
)

const isOvernight = (text: string): boolean =>
  [...text.matchAll(/(\d\d:\d\d)-(\d\d:\d\d)/g)].some(([, from = '', to = '']) => to <= from)

test('OSM texts open when opening_hours.js opens', () => {
  const texts = fc.tuple(rule, fc.array(fc.tuple(fc.constantFrom('; ', ', '), rule), { maxLength: 3 }))
  fc.assert(
    fc.property(texts, ([first, rest]) => {
      const text = [first, ...rest.flat()].join('')
      // when a later rule replaces a day, opening_hours.js keeps what the earlier one ran into the next: "Fr 18:00-02:00;
      // Dec 25 off" is open on 26 December from 00:00 to 02:00 there, and closed here
      fc.pre(!text.includes(';') || !isOvernight(text))
      // a comma after a date or weekday alone continues its list: those texts mean something else
      fc.pre(!/ (off|closed), /.test(text) && !/, .*(off|closed)/.test(text))
      const read = fromOsm(text, { timeZone: HOST, years: [2025, 2027] })
      if (read._tag === 'Left') throw new TypeError(`${text}: ${JSON.stringify(read.left)}`)
      const table = Calendar.compileOrThrow(read.right.definition)
      const ours = Calendar.periods(table, toInstant(host, FROM), toInstant(host, TO)).map((pair) =>
        pair.map((at) => formatLocal(toLocal(host, at))),
      )
      const theirs = new OpeningHours(text, null, 0)
        .getOpenIntervals(new Date(toInstant(host, FROM)), new Date(toInstant(host, TO)))
        .map((pair) => pair.slice(0, 2).map((at) => formatLocal(toLocal(host, (at as Date).getTime()))))
      expect(ours, text).toEqual(theirs)
    }),
    { numRuns: runs(20_000) },
  )
})

test('all-day events recur as ical.js says', () => {
  const start = parseDate('2026-01-05')!
  const extra = fc.uniqueArray(fc.integer({ min: start + 1, max: start + 400 }), { maxLength: 3 })
  fc.assert(
    fc.property(ruleTexts, extra, extra, (text, added, excluded) => {
      // of FREQ=MONTHLY with BYMONTH ical.js finds the first date alone
      fc.pre(!/DAILY.*BYMONTHDAY=.*-|MONTHLY.*BYMONTH=/.test(text))
      // ical.js has no SKIP, reads no negative BYMONTHDAY in FREQ=DAILY, and begins its sets at the start
      fc.pre(
        !/SKIP|BYSETPOS|BYWEEKNO|BYYEARDAY|INTERVAL|UNTIL/.test(text) &&
          /FREQ=(DAILY|WEEKLY|MONTHLY)/.test(text),
      )
      // of a start that its rule leaves out, ical.js counts some in and others not; here all count, as RFC 5545 asks
      const rule = parseRule(text)
      if (rule._tag === 'Left') throw new TypeError(rule.left.reason)
      fc.pre(occurrencesBetween(rule.right, start, start, start).length === 1)
      // a date both added and excluded is left out by RFC 5545, section 3.8.5.1, and kept by ical.js, which also loses its
      // place in a list of exclusions at the first date that does not occur
      const occurs = occurrencesBetween(rule.right, start, start, start + 400)
      const dropped = excluded.filter((day) => occurs.includes(day) && !added.includes(day)).sort()
      const list = (name: string, dates: number[]): string[] =>
        dates.length === 0
          ? []
          : [`${name};VALUE=DATE:${dates.map((day) => formatDate(day).replaceAll('-', '')).join()}`]
      const lines = [
        'BEGIN:VEVENT',
        'UID:1',
        'DTSTART;VALUE=DATE:20260105',
        `RRULE:${text}`,
        ...list('RDATE', added),
        ...list('EXDATE', dropped),
        'END:VEVENT',
      ]
      const source = ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n')
      const read = fromICalendar(source, { timeZone: 'UTC' })
      if (read._tag === 'Left') throw new TypeError(JSON.stringify(read.left))
      const table = Calendar.compileOrThrow(read.right.definition)
      const ours = Array.from({ length: 400 }, (_, i) => start + i).filter(
        (day) => !Calendar.isOpen(table, day * 86_400_000),
      )

      const event = new ICAL.Event(
        new ICAL.Component(ICAL.parse(source) as unknown[]).getFirstSubcomponent('vevent')!,
      )
      const iterator = event.iterator()
      const theirs = new Set<number>()
      for (let next = iterator.next(), steps = 0; next && steps < 500; next = iterator.next(), steps++) {
        const day = parseDate(next.toString().slice(0, 10))!
        if (day >= start + 400) break
        theirs.add(day)
      }
      expect(ours.map(formatDate), source).toEqual([...theirs].sort((a, b) => a - b).map(formatDate))
    }),
    { numRuns: runs(6_000) },
  )
})
