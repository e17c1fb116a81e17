// What is wrong with a calendar: every issue with its exact path and sentence, all of them collected, and nearest names.

import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'

const week = { mon: ['09:00-18:00'] }
const good = { timeZone: 'UTC', week }

const told = (definition: unknown): string[] => {
  const compiled = Calendar.compile(definition)
  return compiled._tag === 'Left'
    ? compiled.left.map((issue) => `${issue.code} at ${issue.path}: ${Calendar.message(issue)}`)
    : []
}

const INTERVAL = 'write "09:00-18:00", or "22:00-06:00" to run over midnight'
const WEEKDAYS = 'mon, tue, wed, thu, fri, sat, sun'
const KEYS = '$schema, version, label, meta, facts, timeZone, week, holidays, dates, breaks, effective'

test.each<[string, unknown, string[]]>([
  ['no object', 7, ['wrong-type at : expected an object, given 7']],
  ['a list', [], ['wrong-type at : expected an object, given a list']],
  [
    'nothing in it',
    {},
    ['missing-key at : the key "timeZone" is missing', 'missing-key at : the key "week" is missing'],
  ],
  [
    'a misspelt key',
    { ...good, holiday: [] },
    ['unknown-key at : unknown key "holiday"; did you mean "holidays"?'],
  ],
  [
    'a key like no other',
    { ...good, zzzzzz: 1 },
    [`unknown-key at : unknown key "zzzzzz"; known keys are ${KEYS}`],
  ],
  [
    'a later version',
    { ...good, version: 2 },
    ['unsupported-version at version: version 2 of this form is not known here; the newest is 1'],
  ],
  [
    'a version that is no number',
    { ...good, version: '1' },
    ['wrong-type at version: expected a whole number, given "1"'],
  ],
  [
    'version zero',
    { ...good, version: 0 },
    ['bad-value at version: expected a whole number from 1 to 9007199254740991, given 0'],
  ],

  [
    'a zone that is no text',
    { week, timeZone: 3 },
    ['wrong-type at timeZone: expected the name of a time zone, such as "Europe/Moscow", given 3'],
  ],
  [
    'a misspelt zone',
    { week, timeZone: 'Europe/Mosow' },
    ['unknown-zone at timeZone: "Europe/Mosow" is not a known IANA time zone; did you mean "Europe/Moscow"?'],
  ],
  [
    'an offset for a zone',
    { week, timeZone: '+03:00' },
    ['unknown-zone at timeZone: "+03:00" is not a known IANA time zone'],
  ],

  [
    'a week that is a number',
    { timeZone: 'UTC', week: 5 },
    ['wrong-type at week: expected an object, given 5'],
  ],
  [
    'a misspelt 24/7',
    { timeZone: 'UTC', week: '24x7' },
    ['bad-value at week: expected "24/7" or an object of weekdays, given "24x7"; did you mean "24/7"?'],
  ],
  [
    'a misspelt weekday',
    { timeZone: 'UTC', week: { tues: [] } },
    ['unknown-key at week: unknown key "tues"; did you mean "tue"?'],
  ],
  [
    'a weekday in full',
    { timeZone: 'UTC', week: { wednesday: [] } },
    [`unknown-key at week: unknown key "wednesday"; known keys are ${WEEKDAYS}`],
  ],
  [
    'intervals that are no list',
    { timeZone: 'UTC', week: { mon: '09:00-18:00' } },
    ['wrong-type at week.mon: expected a list, given "09:00-18:00"'],
  ],
  [
    'an interval that is no text',
    { timeZone: 'UTC', week: { mon: [9] } },
    ['wrong-type at week.mon[0]: expected an interval such as "09:00-18:00", given 9'],
  ],
  [
    'an interval without an end',
    { timeZone: 'UTC', week: { mon: ['09:00'] } },
    [`bad-interval at week.mon[0]: "09:00" is no interval; ${INTERVAL}`],
  ],
  [
    'an hour of one digit',
    { timeZone: 'UTC', week: { mon: ['9:00-18:00'] } },
    [`bad-interval at week.mon[0]: "9:00-18:00" is no interval; ${INTERVAL}`],
  ],
  [
    'an hour too many',
    { timeZone: 'UTC', week: { mon: ['09:00-25:00'] } },
    [`bad-interval at week.mon[0]: "09:00-25:00" is no interval; ${INTERVAL}`],
  ],
  [
    'a start at 24:00',
    { timeZone: 'UTC', week: { mon: ['24:00-06:00'] } },
    [`bad-interval at week.mon[0]: "24:00-06:00" is no interval; ${INTERVAL}`],
  ],
  [
    'equal ends',
    { timeZone: 'UTC', week: { mon: ['09:00-09:00'] } },
    [
      'empty-interval at week.mon[0]: "09:00-09:00" starts and ends at the same time; a whole day is "00:00-24:00"',
    ],
  ],

  [
    'a holiday that is a number',
    { ...good, holidays: [20260101] },
    ['wrong-type at holidays[0]: expected an object, given 20260101'],
  ],
  [
    'no date',
    { ...good, holidays: ['1 May'] },
    ['bad-value at holidays[0]: expected a date such as "2026-12-25", given "1 May"'],
  ],
  [
    'a date that does not exist',
    { ...good, holidays: ['2026-02-30'] },
    ['bad-value at holidays[0]: expected a date such as "2026-12-25", given "2026-02-30"'],
  ],
  [
    'a date before all',
    { ...good, holidays: ['1969-12-31'] },
    ['date-out-of-range at holidays[0]: "1969-12-31" lies outside 1970-01-01 to 2100-12-31'],
  ],
  [
    'a date after all',
    { ...good, holidays: [{ date: '2101-01-01' }] },
    ['date-out-of-range at holidays[0].date: "2101-01-01" lies outside 1970-01-01 to 2100-12-31'],
  ],
  [
    'a holiday without a date',
    { ...good, holidays: [{ name: 'May' }] },
    ['missing-key at holidays[0]: the key "date" is missing'],
  ],
  [
    'a holiday with both',
    { ...good, holidays: [{ date: '2026-05-01', rrule: 'FREQ=YEARLY' }] },
    ['bad-value at holidays[0]: expected either "date" or "rrule", not both, given an object'],
  ],
  [
    'a name that is no text',
    { ...good, holidays: [{ date: '2026-05-01', name: 5 }] },
    ['wrong-type at holidays[0].name: expected a text, given 5'],
  ],
  [
    'an empty name',
    { ...good, holidays: [{ date: '2026-05-01', name: '' }] },
    ['bad-value at holidays[0].name: expected a text of at least one character, given ""'],
  ],
  [
    'a misspelt key of a holiday',
    { ...good, holidays: [{ date: '2026-05-01', nmae: 'x' }] },
    ['unknown-key at holidays[0]: unknown key "nmae"; did you mean "name"?'],
  ],
  [
    'a misspelt rule',
    { ...good, holidays: [{ rrule: 'FREQ=YEARLY;BYMONT=5' }] },
    [
      'bad-rrule at holidays[0].rrule: "FREQ=YEARLY;BYMONT=5" is no recurrence of dates: there is no part "BYMONT"; did you mean "BYMONTH"?',
    ],
  ],
  [
    'a rule of hours',
    { ...good, holidays: [{ rrule: 'FREQ=HOURLY' }] },
    [
      'bad-rrule at holidays[0].rrule: "FREQ=HOURLY" is no recurrence of dates: FREQ=HOURLY speaks of hours, and a rule of dates has no time of day',
    ],
  ],
  [
    'a rule without a date',
    { ...good, holidays: [{ rrule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30' }] },
    [
      'no-occurrence at holidays[0].rrule: "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30" never occurs between 1970 and 2100',
    ],
  ],
  [
    'a rule that begins too late',
    { ...good, holidays: [{ rrule: 'FREQ=YEARLY', from: '2101-05-01' }] },
    ['date-out-of-range at holidays[0].from: "2101-05-01" lies outside 1970-01-01 to 2100-12-31'],
  ],

  [
    'dates that are a list',
    { ...good, dates: ['2026-12-26'] },
    ['wrong-type at dates: expected an object, given a list'],
  ],
  [
    'a key that is no date',
    { ...good, dates: { '26 Dec': [] } },
    ['bad-value at dates["26 Dec"]: expected a date such as "2026-12-25", given "26 Dec"'],
  ],
  [
    'an interval of a date',
    { ...good, dates: { '2026-12-26': ['x'] } },
    [`bad-interval at dates["2026-12-26"][0]: "x" is no interval; ${INTERVAL}`],
  ],
  [
    'a break',
    { ...good, breaks: { '2026-03-02': [null] } },
    ['wrong-type at breaks["2026-03-02"][0]: expected an interval such as "09:00-18:00", given null'],
  ],

  [
    'a week without its day',
    { ...good, effective: [{ week }] },
    ['missing-key at effective[0]: the key "from" is missing'],
  ],
  [
    'a day without its week',
    { ...good, effective: [{ from: '2026-07-01' }] },
    ['missing-key at effective[0]: the key "week" is missing'],
  ],
  [
    'two weeks from one day',
    {
      ...good,
      effective: [
        { from: '2026-07-01', week },
        { from: '2026-07-01', week },
      ],
    },
    ['duplicate-id at effective[1].from: the id "2026-07-01" is taken already by effective[0]'],
  ],

  ['a union that is no list', { union: good }, ['wrong-type at union: expected a list, given an object']],
  [
    'an empty union',
    { union: [] },
    ['bad-value at union: expected a list of at least one calendar, given a list'],
  ],
  [
    'a difference of three',
    { subtract: [good, good, good] },
    ['bad-value at subtract: expected a list of two calendars, given a list'],
  ],
  [
    'a shift without a duration',
    { shift: [good] },
    ['bad-value at shift: expected a list of a calendar and a duration, given a list'],
  ],
  [
    'a shift by months',
    { shift: [good, 'P1M'] },
    [
      'bad-value at shift[1]: expected a duration such as "PT8H" or "P3D", or whole milliseconds, given "P1M"',
    ],
  ],
  [
    'a shift of ten years',
    { shift: [good, 'P3650D'] },
    ['bad-value at shift[1]: expected a shift of at most a year, given "P3650D"'],
  ],
  [
    'a part of a part',
    { union: [good, { intersect: [good, { timeZone: 'UTC' }] }] },
    ['missing-key at union[1].intersect[1]: the key "week" is missing'],
  ],
  [
    'two operations in one',
    { union: [good], intersect: [good] },
    ['unknown-key at : unknown key "intersect"; known keys are $schema, version, label, meta, facts, union'],
  ],
])('%s', (_, definition, expected) => {
  expect(told(definition)).toEqual(expected)
})

test('all issues are collected, in the order written', () => {
  const issues = told({
    timeZone: 'Mars/Olympus',
    week: { mon: ['x'], tue: ['09:00-09:00'] },
    holidays: ['2026-01-01', 'y'],
    breaks: { z: [] },
    effective: [{ from: '2026-07-01', week: { fri: [1] } }],
  })
  expect(issues.map((issue) => issue.split(':')[0])).toEqual([
    'unknown-zone at timeZone',
    'bad-interval at week.mon[0]',
    'empty-interval at week.tue[0]',
    'wrong-type at effective[0].week.fri[0]',
    'bad-value at holidays[1]',
    'bad-value at breaks.z',
  ])
})

test('compileOrThrow prints them all', () => {
  expect(() => Calendar.compileOrThrow({ timeZone: 'Mars/Olympus', week: { mon: ['x'] } })).toThrow(
    `The calendar does not compile, 2 issues:\ntimeZone: "Mars/Olympus" is not a known IANA time zone\nweek.mon[0]: "x" is no interval; ${INTERVAL}`,
  )
})

describe('what compiles', () => {
  const hoursOf = (definition: unknown, from: string, to: string): number => {
    const compiled = Calendar.compile(definition)
    if (compiled._tag === 'Left')
      throw new TypeError(compiled.left.map((issue) => Calendar.message(issue)).join())
    return Calendar.elapsed(compiled.right, Date.parse(from), Date.parse(to)) / 3_600_000
  }
  const monday = ['2026-03-02T00:00Z', '2026-03-03T00:00Z'] as const

  test.each<[string, unknown, number]>([
    ['what any form may carry', { ...good, $schema: 'x', version: 1, label: 'Desk', meta: { a: [1] } }, 9],
    ['intervals that touch are one', { timeZone: 'UTC', week: { mon: ['09:00-12:00', '12:00-13:00'] } }, 4],
    [
      'intervals that overlap count once',
      { timeZone: 'UTC', week: { mon: ['09:00-13:00', '10:00-14:00'] } },
      5,
    ],
    ['intervals in any order', { timeZone: 'UTC', week: { mon: ['14:00-15:00', '09:00-10:00'] } }, 2],
    ['seconds and an en dash', { timeZone: 'UTC', week: { mon: ['09:00:30 – 09:01:30'] } }, 1 / 60],
    ['a whole day', { timeZone: 'UTC', week: { mon: ['00:00-24:00'] } }, 24],
    ['an end at midnight written as 00:00', { timeZone: 'UTC', week: { mon: ['18:00-00:00'] } }, 6],
    ['a night that runs in from Sunday', { timeZone: 'UTC', week: { sun: ['22:00-06:00'] } }, 6],
    [
      'a holiday cuts the night that runs into it',
      { timeZone: 'UTC', week: { sun: ['22:00-06:00'] }, holidays: ['2026-03-02'] },
      0,
    ],
    [
      'a date without intervals does not',
      { timeZone: 'UTC', week: { sun: ['22:00-06:00'] }, dates: { '2026-03-02': [] } },
      6,
    ],
    [
      'a date in both is no holiday',
      { ...good, holidays: ['2026-03-02'], dates: { '2026-03-02': ['10:00-11:00'] } },
      1,
    ],
    [
      'a date may be open on a closed day',
      { timeZone: 'UTC', week: {}, dates: { '2026-03-02': ['10:00-12:00'] } },
      2,
    ],
    ['a break cuts the date', { ...good, breaks: { '2026-03-02': ['12:00-13:00', '12:30-14:00'] } }, 7],
    [
      'a break may run over midnight',
      { timeZone: 'UTC', week: '24/7', breaks: { '2026-03-01': ['23:00-01:00'] } },
      23,
    ],
    [
      'the last week from a day on',
      {
        ...good,
        effective: [
          { from: '2026-03-02', week: { mon: ['08:00-09:00'] } },
          { from: '2026-02-01', week: '24/7' },
        ],
      },
      1,
    ],
    ['a recurrence', { ...good, holidays: [{ rrule: 'FREQ=MONTHLY;BYDAY=1MO' }] }, 0],
    [
      'a recurrence from a day',
      { ...good, holidays: [{ rrule: 'FREQ=WEEKLY;INTERVAL=2', from: '2026-02-23' }] },
      9,
    ],
    ['a union', { union: [good, { timeZone: 'UTC', week: { mon: ['17:00-20:00'] } }] }, 11],
    ['an intersection', { intersect: [good, { timeZone: 'UTC', week: { mon: ['17:00-20:00'] } }] }, 1],
    ['a difference', { subtract: [good, { timeZone: 'UTC', week: { mon: ['12:00-13:00'] } }] }, 8],
    ['a shift', { shift: [good, 'PT7H'] }, 8],
    ['a shift back', { shift: [{ timeZone: 'UTC', week: { tue: ['00:00-09:00'] } }, -3_600_000] }, 1],
  ])('%s', (_, definition, hours) => {
    expect(hoursOf(definition, ...monday)).toBe(hours)
  })

  test('eight levels of combination', () => {
    const nested = [1, 2, 3, 4, 5, 6, 7, 8].reduce<unknown>((inner) => ({ union: [inner] }), good)
    expect(hoursOf(nested, ...monday)).toBe(9)
  })

  test('what was given is left as it was', () => {
    const definition = { ...good, holidays: ['2026-03-02'], effective: [{ from: '2026-07-01', week }] }
    const copy = structuredClone(definition)
    Calendar.compile(definition)
    expect(definition).toEqual(copy)
  })
})
