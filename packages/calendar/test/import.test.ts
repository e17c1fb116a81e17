// Each format read from a small source: the definition it becomes, and the notes on what it cannot say.

import type { Definition } from '@clientele/calendar'
import * as Calendar from '@clientele/calendar'
import {
  fromICalendar,
  fromOsm,
  type Imported,
  type ImportOptions,
  type ImportResult,
  importers,
  importMessage,
} from '@clientele/calendar/import'
import { formatLocal, parseLocal, toInstant, toLocal, zoneOf } from '@clientele/core'
import { describe, expect, test } from 'vitest'
import * as sample from './import.samples.js'

const imported = (result: ImportResult): Imported => {
  if (result._tag === 'Left') throw new TypeError(result.left.map(importMessage).join('\n'))
  expect(Calendar.compile(result.right.definition)._tag).toBe('Right')
  return result.right
}
const definitionOf = (result: ImportResult): Definition => imported(result).definition
const notesOf = (result: ImportResult): string[] =>
  imported(result).notes.map(({ code, given }) => `${code} ${given}`)

/** Open stretches between two local times, in local time. */
const openings = (definition: Definition, zone: string, from: string, to: string): string[] => {
  const table = Calendar.compileOrThrow(definition)
  const at = zoneOf(zone)!
  const [start, end] = [toInstant(at, parseLocal(from)!), toInstant(at, parseLocal(to)!)]
  return Calendar.periods(table, start, end).map((pair) =>
    pair.map((each) => formatLocal(toLocal(at, each)).slice(5, 16)).join(' '),
  )
}

describe('iCalendar', () => {
  test('events close: recurring days keep their rule, others become dates and breaks', () => {
    const read = fromICalendar(sample.ICAL_HOLIDAYS)
    expect(definitionOf(read)).toEqual({
      timeZone: 'Europe/Paris',
      week: '24/7',
      holidays: [
        {
          rrule: 'FREQ=YEARLY',
          from: '2020-12-25',
          name: 'Christmas, a name that is long enough to be folded onto a second line',
        },
        { date: '2026-05-01', name: 'Two days' },
        { date: '2026-05-02', name: 'Two days' },
      ],
      breaks: { '2026-01-05': ['12:00-13:00'], '2026-01-26': ['12:00-13:00'], '2026-01-19': ['14:00-14:30'] },
    })
    expect(notesOf(read)).toEqual(['dropped Cancelled', 'written-out Team lunch', 'assumed '])
  })

  test('events open: weekly ones as weeks, others as dates, EXDATE as a closed date', () => {
    expect(definitionOf(fromICalendar(sample.ICAL_HOURS, { as: 'hours' }))).toEqual({
      timeZone: 'Europe/Berlin',
      week: {},
      dates: { '2026-01-06': [], '2026-01-10': ['22:00-03:00'], '2026-01-17': ['22:00-03:00'] },
      effective: [
        {
          from: '2026-01-05',
          week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-17:00']])),
        },
        { from: '2026-07-01', week: {} },
      ],
    })
  })

  test('availability by priority (RFC 7953)', () => {
    const definition = definitionOf(fromICalendar(sample.ICAL_AVAILABILITY))
    expect(openings(definition, 'America/Montreal', '2011-10-13T00:00', '2011-10-26T00:00')).toEqual([
      ...['10-13', '10-14'].map((day) => `${day}T09:00 ${day}T17:00`),
      ...['10-17', '10-18', '10-19', '10-20', '10-21'].map((day) => `${day}T12:00 ${day}T15:00`),
      ...['10-24', '10-25'].map((day) => `${day}T09:00 ${day}T17:00`),
    ])
  })

  test.each([
    [
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260230\nEND:VEVENT\nEND:VCALENDAR',
      'line 3: "20260230": it is no date such as 20261225 or 20261225T090000',
    ],
    [
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR',
      'line 3: "END:VCALENDAR": nothing named VCALENDAR was begun last',
    ],
    ['BEGIN:VCALENDAR\nhello\nEND:VCALENDAR', 'line 2: "hello": it is no line of the form NAME:value'],
    ['hello: world', '(source): "hello: world": there is no VCALENDAR in it'],
    [
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Mars/Base:20260101T000000\nEND:VEVENT\nEND:VCALENDAR',
      'line 3: "Mars/Base": it is no known IANA time zone; name one in the option timeZone',
    ],
  ])('refused with its line: %j', (text, message) => {
    const read = fromICalendar(text)
    expect(read._tag === 'Left' && importMessage(read.left[0])).toBe(message)
  })

  test('a rule of hours keeps its first date, with a note', () => {
    const event = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20260101',
      'RRULE:FREQ=HOURLY',
      'END:VEVENT',
      'END:VCALENDAR',
    ]
    const read = fromICalendar(event.join('\n'), { timeZone: 'UTC' })
    expect(definitionOf(read)).toMatchObject({ holidays: [{ date: '2026-01-01' }] })
    expect(notesOf(read)[0]).toBe('dropped FREQ=HOURLY')
  })
})

describe('OSM', () => {
  const osm = (text: string, options: ImportOptions = {}): ImportResult =>
    fromOsm(text, { timeZone: 'Europe/Paris', ...options })

  test.each([
    ['24/7', { week: '24/7' }],
    ['Mo-Fr 09:00-13:00,14:00-18:00', { week: { mon: ['09:00-13:00', '14:00-18:00'] } }],
    ['Fr 22:00-26:00', { week: { fri: ['22:00-02:00'] } }],
    ['Sa-Mo 10:00-12:00; Su off', { week: { sat: ['10:00-12:00'], mon: ['10:00-12:00'] } }],
    ['Mo 10:00-12:00, Mo 14:00-16:00', { week: { mon: ['10:00-12:00', '14:00-16:00'] } }],
    ['Mo 10:00-12:00; Mo 14:00-16:00', { week: { mon: ['14:00-16:00'] } }],
    [
      '24/7; Dec 24-26,31 off',
      {
        holidays: [24, 31].map((day) => ({
          rrule: `FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=${day === 24 ? '24,25,26' : 31}`,
        })),
      },
    ],
    ['Mo-Su 09:00-18:00; 2026 Dec 24 09:00-12:00', { dates: { '2026-12-24': ['09:00-12:00'] } }],
    ['Mo-Su 09:00-18:00; 2026 Dec 31-2027 Jan 01 off', { holidays: ['2026-12-31', '2027-01-01'] }],
  ])('%s', (text, part) => {
    expect(definitionOf(osm(text))).toMatchObject(part)
  })

  test.each([
    ['Mo-Fr sunrise-18:00', 'character 7: "sunrise": hours, off or closed were expected here'],
    [
      'Mo 09:00+',
      'character 9: "+": a closing time was expected here: an end left open is outside the subset',
    ],
    ['Mo[1] 09:00-10:00', 'character 3: "[": hours, off or closed were expected here'],
    ['week 1-10 Mo 09:00-10:00', 'character 1: "week": hours, off or closed were expected here'],
    ['Mo 09:00-10:00 || Tu 10:00-11:00', 'character 16: "|": fallback rules are outside the subset'],
    ['easter off', 'character 1: "easter": hours, off or closed were expected here'],
    ['Feb 30 off', 'character 5: "30": the month has no such day'],
  ])('outside the subset: %s', (text, message) => {
    const read = osm(text)
    expect(read._tag === 'Left' && importMessage(read.left[0])).toBe(message)
  })

  test('PH is what it is said to be, or a note', () => {
    const text = 'Mo-Su 09:00-18:00; PH off'
    expect(notesOf(osm(text))).toEqual(['dropped PH'])
    expect(definitionOf(osm(text, { publicHolidays: ['2026-05-01'] }))).toMatchObject({
      holidays: ['2026-05-01'],
    })
  })
})

describe('JSON formats', () => {
  test('schema.org: limited validity replaces, conventions of whole and closed days', () => {
    const read = importers['schema.org'](sample.SCHEMA_ORG, { timeZone: 'Europe/Paris' })
    expect(definitionOf(read)).toEqual({
      timeZone: 'Europe/Paris',
      week: { mon: ['09:00-17:00'], tue: ['09:00-17:00'], sat: ['22:00-04:00'] },
      dates: { '2026-12-25': [], '2026-12-31': ['00:00-24:00'] },
      effective: [
        { from: '2026-07-01', week: { mon: ['10:00-12:00'] } },
        { from: '2026-09-01', week: { mon: ['09:00-17:00'], tue: ['09:00-17:00'], sat: ['22:00-04:00'] } },
      ],
    })
  })

  test('biz', () => {
    const read = importers.biz(sample.BIZ)
    expect(definitionOf(read)).toEqual({
      timeZone: 'America/Los_Angeles',
      week: { mon: ['09:00-12:00', '13:00-17:00'], sat: ['10:00-24:00'], sun: [] },
      holidays: ['2026-01-01', '2026-12-25'],
      dates: { '2026-01-03': ['09:00-12:00'] },
      breaks: { '2026-01-05': ['10:00-10:30'] },
    })
    expect(notesOf(read)).toEqual(['dropped 2026-01-01'])
  })

  test('Zendesk', () => {
    expect(definitionOf(importers.zendesk(sample.ZENDESK))).toEqual({
      timeZone: 'America/New_York',
      label: 'EMEA',
      week: { mon: ['09:00-17:00'], sat: ['23:00-24:00'], sun: ['00:00-01:00'] },
      holidays: [
        { date: '2026-12-31', name: 'New Year' },
        { date: '2027-01-01', name: 'New Year' },
      ],
    })
  })

  test('Salesforce', () => {
    expect(definitionOf(importers.salesforce(sample.SALESFORCE))).toEqual({
      timeZone: 'Europe/London',
      label: 'Default',
      week: { mon: ['09:00-17:00'], tue: ['00:00-24:00'], fri: ['18:00-24:00'] },
      holidays: [
        { date: '2026-05-04', name: 'May Day' },
        { rrule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=26', from: '2026-12-26', name: 'Boxing Day' },
        { rrule: 'FREQ=MONTHLY;INTERVAL=1;BYDAY=FR;BYSETPOS=-1', from: '2026-01-01', name: 'Last Friday' },
      ],
      breaks: { '2026-12-24': ['12:00-24:00'] },
    })
  })

  test('what is no JSON is refused', () => {
    expect(importers.biz('{')).toMatchObject({ left: [{ code: 'bad-syntax', reason: 'it is no JSON' }] })
  })

  test.each(['schema.org', 'biz', 'zendesk', 'salesforce'] as const)(
    '%s: no hours and no holidays are no calendar',
    (name) => {
      expect(importers[name]('{"a":1}')).toMatchObject({ left: [{ code: 'nothing-found' }] })
    },
  )
})
