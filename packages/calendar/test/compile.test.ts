// What is wrong with a calendar: every issue by code, path and sentence; all of them at once; hostile definitions refused.

import { type Issue, message as of } from '@clientele/calendar'
import { jsonDocument, runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, compile, compileOrThrow, elapsed, nextOpen } from '../src/index.js'
import { WORDS, ZONES } from './arbitraries.js'
import { at, HOUR } from './cases.js'

const issuesOf = (definition: unknown): readonly Issue[] => {
  const result = compile(definition)
  return result._tag === 'Left' ? result.left : []
}
const told = (definition: unknown): string[] =>
  issuesOf(definition).map((issue) => `${issue.code} at ${issue.path || '(all)'}: ${of(issue)}`)

const hours = (change: object): object => ({ timeZone: 'UTC', week: {}, ...change })
const nested = (depth: number): unknown => (depth === 0 ? hours({}) : { union: [nested(depth - 1)] })

const cases: readonly (readonly [string, unknown, string])[] = [
  ['no object', 7, 'wrong-type at (all): expected an object, given 7'],
  ['a list', [], 'wrong-type at (all): expected an object, given a list'],
  ['null', null, 'wrong-type at (all): expected an object, given null'],
  ['no zone', { week: {} }, 'missing-key at (all): the key "timeZone" is missing'],
  ['no week', { timeZone: 'UTC' }, 'missing-key at (all): the key "week" is missing'],
  [
    'an unknown zone',
    hours({ timeZone: 'Europe/Mosow' }),
    'unknown-zone at timeZone: "Europe/Mosow" is not a known IANA time zone; did you mean "Europe/Moscow"?',
  ],
  [
    'a zone like none',
    hours({ timeZone: 'Z' }),
    'unknown-zone at timeZone: "Z" is not a known IANA time zone',
  ],
  [
    'a zone that is no text',
    hours({ timeZone: 3 }),
    'wrong-type at timeZone: expected the name of a time zone, such as "Europe/Moscow", given 3',
  ],
  [
    'a misspelt key',
    hours({ holiday: [] }),
    'unknown-key at (all): unknown key "holiday"; did you mean "holidays"?',
  ],
  [
    'a misspelt weekday',
    hours({ week: { tues: [] } }),
    'unknown-key at week: unknown key "tues"; did you mean "tue"?',
  ],
  [
    'a key like none',
    hours({ week: { someday: [] } }),
    'unknown-key at week: unknown key "someday"; known keys are mon, tue, wed, thu, fri, sat, sun',
  ],
  [
    'a key beside an algebra',
    { union: [hours({})], timeZone: 'UTC' },
    'unknown-key at (all): unknown key "timeZone"; known keys are $schema, version, label, meta, facts, union',
  ],
  [
    'a newer version',
    hours({ version: 2 }),
    'unsupported-version at version: version 2 of this form is not known here; the newest is 1',
  ],
  [
    'a version that is no number',
    hours({ version: '1' }),
    'wrong-type at version: expected a whole number, given "1"',
  ],
  [
    'a version of nought',
    hours({ version: 0 }),
    'bad-value at version: expected a whole number from 1 to 9007199254740991, given 0',
  ],
  [
    'a word for a week',
    hours({ week: '24/6' }),
    'bad-value at week: expected "24/7" or an object of weekdays, given "24/6"; did you mean "24/7"?',
  ],
  ['a number for a week', hours({ week: 5 }), 'wrong-type at week: expected an object, given 5'],
  [
    'an interval alone',
    hours({ week: { mon: '09:00-18:00' } }),
    'wrong-type at week.mon: expected a list, given "09:00-18:00"',
  ],
  [
    'an interval that is no text',
    hours({ week: { mon: [9] } }),
    'wrong-type at week.mon[0]: expected an interval such as "09:00-18:00", given 9',
  ],
  ...['9-18', '09:00', '09:60-10:00', '25:00-26:00', '24:00-06:00', '', '09:00-18:00-19:00'].map(
    (text) =>
      [
        `"${text}" for an interval`,
        hours({ week: { fri: ['09:00-10:00', text] } }),
        `bad-interval at week.fri[1]: "${text}" is no interval; write "09:00-18:00", or "22:00-06:00" to run over midnight`,
      ] as const,
  ),
  [
    'an interval of equal ends',
    hours({ dates: { '2026-01-01': ['09:00-09:00'] } }),
    'empty-interval at dates["2026-01-01"][0]: "09:00-09:00" starts and ends at the same time; a whole day is "00:00-24:00"',
  ],
  [
    'a date that does not exist',
    hours({ holidays: ['2026-02-30'] }),
    'bad-value at holidays[0]: expected a date such as "2026-12-25", given "2026-02-30"',
  ],
  [
    'a date before 1970',
    hours({ holidays: ['1969-12-31'] }),
    'date-out-of-range at holidays[0]: "1969-12-31" lies outside 1970-01-01 to 2100-12-31',
  ],
  [
    'a date after 2100',
    hours({ breaks: { '2101-01-01': [] } }),
    'date-out-of-range at breaks["2101-01-01"]: "2101-01-01" lies outside 1970-01-01 to 2100-12-31',
  ],
  [
    'a key that is no date',
    hours({ dates: { monday: [] } }),
    'bad-value at dates.monday: expected a date such as "2026-12-25", given "monday"',
  ],
  ['dates as a list', hours({ dates: [] }), 'wrong-type at dates: expected an object, given a list'],
  [
    'holidays as an object',
    hours({ holidays: {} }),
    'wrong-type at holidays: expected a list, given an object',
  ],
  [
    'a holiday without a date',
    hours({ holidays: [{ name: 'x' }] }),
    'missing-key at holidays[0]: the key "date" is missing',
  ],
  [
    'a holiday of both kinds',
    hours({ holidays: [{ date: '2026-01-01', rrule: 'FREQ=YEARLY' }] }),
    'bad-value at holidays[0]: expected either "date" or "rrule", not both, given an object',
  ],
  [
    'a nameless name',
    hours({ holidays: [{ date: '2026-01-01', name: '' }] }),
    'bad-value at holidays[0].name: expected a text of at least one character, given ""',
  ],
  [
    'a rule that is none',
    hours({ holidays: [{ rrule: 'FREQ=YEARLY;BYMONHT=1' }] }),
    'bad-rrule at holidays[0].rrule: "FREQ=YEARLY;BYMONHT=1" is no recurrence of dates: there is no part "BYMONHT"; did you mean "BYMONTH"?',
  ],
  [
    'a rule of hours',
    hours({ holidays: [{ rrule: 'FREQ=HOURLY' }] }),
    'bad-rrule at holidays[0].rrule: "FREQ=HOURLY" is no recurrence of dates: FREQ=HOURLY speaks of hours, and a rule of dates has no time of day',
  ],
  [
    'a rule without dates',
    hours({ holidays: [{ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }] }),
    'no-occurrence at holidays[0].rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" never occurs between 1970 and 2100',
  ],
  [
    'a rule from a date that is none',
    hours({ holidays: [{ rrule: 'FREQ=YEARLY', from: 'now' }] }),
    'bad-value at holidays[0].from: expected a date such as "2026-12-25", given "now"',
  ],
  [
    'an effective week without a date',
    hours({ effective: [{ week: {} }] }),
    'missing-key at effective[0]: the key "from" is missing',
  ],
  [
    'an effective week without a week',
    hours({ effective: [{ from: '2026-01-01' }] }),
    'missing-key at effective[0]: the key "week" is missing',
  ],
  [
    'two weeks from one date',
    hours({
      effective: [
        { from: '2026-01-01', week: {} },
        { from: '2026-01-01', week: '24/7' },
      ],
    }),
    'duplicate-id at effective[1].from: the id "2026-01-01" is taken already by effective[0]',
  ],
  [
    'a union of nothing',
    { union: [] },
    'bad-value at union: expected a list of at least one calendar, given a list',
  ],
  ['a union that is no list', { union: hours({}) }, 'wrong-type at union: expected a list, given an object'],
  [
    'an intersection of nothing',
    { intersect: [] },
    'bad-value at intersect: expected a list of at least one calendar, given a list',
  ],
  [
    'a difference of one',
    { subtract: [hours({})] },
    'bad-value at subtract: expected a list of two calendars, given a list',
  ],
  [
    'a shift without a duration',
    { shift: [hours({})] },
    'bad-value at shift: expected a list of a calendar and a duration, given a list',
  ],
  [
    'a shift by no duration',
    { shift: [hours({}), 'P1M'] },
    'bad-value at shift[1]: expected a duration such as "PT8H" or "P3D", or whole milliseconds, given "P1M"',
  ],
  [
    'a shift too far',
    { shift: [hours({}), 'P367D'] },
    'bad-value at shift[1]: expected a shift of at most a year, given "P367D"',
  ],
  [
    'a part that is none',
    { intersect: [hours({}), 'x'] },
    'wrong-type at intersect[1]: expected an object, given "x"',
  ],
  [
    'nesting beyond its limit',
    nested(9),
    `too-deep at ${Array(9).fill('union[0]').join('.')}: nested deeper than 8 levels`,
  ],
  [
    'more parts than the limit',
    { union: [{ union: Array(16).fill(hours({})) }, { union: Array(16).fill(hours({})) }] },
    'too-large at union[1].union[13]: more than 32 calendars in one',
  ],
  [
    'a list beyond its limit',
    { union: Array(33).fill(hours({})) },
    'too-large at union: more than 32 elements',
  ],
  [
    'intervals beyond their limit',
    hours({ week: { mon: Array(49).fill('09:00-10:00') } }),
    'too-large at week.mon: more than 48 elements',
  ],
  [
    'effective weeks beyond their limit',
    hours({ effective: Array(401).fill({ from: '2026-01-01', week: {} }) }),
    'too-large at effective: more than 400 elements',
  ],
  [
    '100,000 holidays',
    hours({ holidays: Array(100_000).fill('2026-01-01') }),
    'too-large at holidays: more than 20000 elements',
  ],
  [
    '100,000 dates',
    hours({ dates: Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`d${i}`, []])) }),
    'too-large at dates: more than 20000 entries',
  ],
  [
    'recurrences beyond their budget',
    hours({ holidays: Array(7).fill({ rrule: 'FREQ=DAILY' }) }),
    'too-large at holidays[6].rrule: more than 300000 days of recurrences',
  ],
]

describe('an issue', () => {
  test.each(cases)('%s', (_, definition, expected) => {
    // a second thing may be wrong as a consequence; the first names the cause
    expect(told(definition)[0]).toBe(expected)
  })

  test('every issue of a definition is told, in the order of reading', () => {
    expect(
      told({
        timezone: 'UTC',
        week: { mon: ['9-18', '10:00-10:00'], tue: 5 },
        holidays: ['soon', { date: '2026-01-01', nam: 'x' }],
        dates: { '2026-13-01': ['09:00-10:00'] },
        effective: [{ from: '2026-01-01' }],
      }),
    ).toEqual([
      'unknown-key at (all): unknown key "timezone"; did you mean "timeZone"?',
      'missing-key at (all): the key "timeZone" is missing',
      'bad-interval at week.mon[0]: "9-18" is no interval; write "09:00-18:00", or "22:00-06:00" to run over midnight',
      'empty-interval at week.mon[1]: "10:00-10:00" starts and ends at the same time; a whole day is "00:00-24:00"',
      'wrong-type at week.tue: expected a list, given 5',
      'missing-key at effective[0]: the key "week" is missing',
      'bad-value at dates["2026-13-01"]: expected a date such as "2026-12-25", given "2026-13-01"',
      'bad-value at holidays[0]: expected a date such as "2026-12-25", given "soon"',
      'unknown-key at holidays[1]: unknown key "nam"; did you mean "name"?',
    ])
  })

  test('compileOrThrow prints them all, with the calendar named', () => {
    // @ts-expect-error a week is missing, and the compiler says so too
    expect(() => compileOrThrow({ timeZone: 'Mars' })).toThrow(
      /^The calendar does not compile, 2 issues:\ntimeZone: "Mars" is not a known IANA time zone.*\n\(definition\): the key "week" is missing$/,
    )
  })
})

describe('a form of people', () => {
  test.each([
    ['seconds', ['09:00:30-13:00'], '2026-03-02T09:00:30.000Z'],
    ['an en dash and spaces', ['10:00 – 13:00'], '2026-03-02T10:00:00.000Z'],
    ['touching intervals', ['08:00-09:00', '09:00-10:00'], '2026-03-02T08:00:00.000Z'],
  ])('%s', (_, mon, opens) => {
    const table = compileOrThrow({ timeZone: 'UTC', week: { mon } })
    expect(new Date(nextOpen(table, at('2026-03-02'))).toISOString()).toBe(opens)
  })

  test('what any definition may carry is kept out of the meaning', () => {
    const definition = {
      $schema: 'x',
      version: 1,
      label: 'Desk',
      meta: [{ deep: true }],
      timeZone: 'UTC',
      week: '24/7',
    }
    expect(told(definition)).toEqual([])
  })

  test('limits themselves are allowed', () => {
    expect(told(nested(8))).toEqual([])
    expect(told({ shift: [hours({}), 'P366D'] })).toEqual([])
    expect(told(hours({ week: { mon: Array(48).fill('09:00-10:00') } }))).toEqual([])
    expect(told(hours({ holidays: Array(20_000).fill('2026-01-01') }))).toEqual([])
  })
})

/** Documents that come close to a calendar: some of its members hold any JSON. */
const nearly = fc.record(
  {
    timeZone: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...ZONES.slice(0, 4)) }, jsonDocument(WORDS)),
    week: fc.oneof(
      fc.constantFrom('24/7', {}, { mon: ['09:00-18:00'] }),
      fc.dictionary(
        fc.constantFrom('mon', 'tue', 'sat'),
        fc.array(fc.constantFrom('09:00-18:00', '22:00-06:00')),
      ),
      jsonDocument(WORDS),
    ),
    holidays: fc.array(
      fc.oneof(fc.constant('2026-01-01'), fc.constant({ rrule: 'FREQ=DAILY' }), jsonDocument(WORDS)),
      { maxLength: 3 },
    ),
    dates: fc.oneof(fc.constant({ '2026-01-01': ['10:00-12:00'] }), jsonDocument(WORDS)),
    breaks: fc.oneof(fc.constant({ '2026-01-02': ['10:00-12:00'] }), jsonDocument(WORDS)),
    effective: fc.array(fc.oneof(fc.constant({ from: '2026-02-01', week: {} }), jsonDocument(WORDS)), {
      maxLength: 2,
    }),
  },
  { requiredKeys: ['timeZone', 'week'] },
)
const hostile = fc.oneof(
  jsonDocument(WORDS),
  nearly,
  fc.record({ union: fc.array(fc.oneof(nearly, jsonDocument(WORDS)), { maxLength: 3 }) }),
  fc.record({ shift: fc.tuple(nearly, fc.oneof(fc.constant('PT1H'), jsonDocument(WORDS))) }),
)

describe('a hostile definition', () => {
  test('compiles or is refused with sentences, and what compiles answers', () => {
    let compiled = 0
    fc.assert(
      fc.property(hostile, (definition) => {
        const before = JSON.stringify(definition)
        const result = compile(definition)
        expect(JSON.stringify(definition)).toBe(before)
        if (result._tag === 'Left') {
          for (const issue of result.left) {
            expect([typeof issue.code, typeof issue.path]).toEqual(['string', 'string'])
            // a path grows with nesting, a sentence does not
            expect(of(issue).length).toBeLessThan(600)
          }
          return
        }
        compiled++
        const x = add(result.right, at('2026-01-01'), HOUR)
        if (!Number.isNaN(x)) expect(elapsed(result.right, at('2026-01-01'), x)).toBe(HOUR)
      }),
      { numRuns: runs(30_000) },
    )
    expect(compiled).toBeGreaterThan(runs(30_000) / 50)
    expect(({} as Record<string, unknown>)['mon']).toBeUndefined()
  })

  test('keys of the prototype are keys like others, and inherited ones are none', () => {
    expect(told(JSON.parse('{"timeZone":"UTC","week":{},"__proto__":{"holidays":[]}}'))).toEqual([
      'unknown-key at (all): unknown key "__proto__"; known keys are $schema, version, label, meta, facts, timeZone, week, holidays, dates, breaks, effective',
    ])
    expect(told(Object.create({ timeZone: 'UTC', week: '24/7' }))).toEqual([
      'missing-key at (all): the key "timeZone" is missing',
      'missing-key at (all): the key "week" is missing',
    ])
  })

  test('nested without end is refused at once', () => {
    let definition: unknown = hours({})
    for (let depth = 0; depth < 100_000; depth++) definition = { union: [definition] }
    expect(issuesOf(definition).map(({ code }) => code)).toEqual(['too-deep'])
  })

  test('a thousand issues are enough', () => {
    const holidays = Array.from({ length: 20_000 }, (_, i) => `no date ${i}`)
    expect(issuesOf(hours({ holidays })).length).toBe(1_000)
  })
})
