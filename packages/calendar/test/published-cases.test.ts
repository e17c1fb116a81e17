// Cases that were published as bugs of other calendars, with the answers their authors asked for. Where the contract decides
// otherwise than they did, the case says so, and PUBLISHED-CASES.md why.

import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'

const HOUR = 3_600_000

/** A calendar of the same intervals on some weekdays. */
const on = (
  days: string,
  intervals: readonly string[],
  rest: Partial<Calendar.Hours> = {},
): Calendar.Definition => ({
  timeZone: 'UTC',
  week: Object.fromEntries(days.split(' ').map((day) => [day, intervals])),
  ...rest,
})
const WORKWEEK = 'mon tue wed thu fri'
const ALL_WEEK = 'mon tue wed thu fri sat sun'

describe('add', () => {
  const office = on(WORKWEEK, ['09:00-17:00'])
  const mlkDay = on(WORKWEEK, ['09:00-17:00'], { holidays: ['2014-01-20'] })
  const saturdays = on(`${WORKWEEK} sat`, ['08:00-17:00'], { holidays: ['2018-11-09'] })

  test.each<[string, Calendar.Definition, string, number, string]>([
    // over a holiday by less, and by more, than a day
    [
      'https://github.com/pandas-dev/pandas/issues/16867',
      mlkDay,
      '2014-01-17T15:00Z',
      7,
      '2014-01-21T14:00Z',
    ],
    [
      'https://github.com/pandas-dev/pandas/issues/16867',
      mlkDay,
      '2014-01-17T15:00Z',
      8,
      '2014-01-21T15:00Z',
    ],
    [
      'https://github.com/pandas-dev/pandas/issues/29901',
      mlkDay,
      '2014-01-17T13:00Z',
      8,
      '2014-01-21T13:00Z',
    ],
    [
      'https://github.com/pandas-dev/pandas/issues/29901',
      mlkDay,
      '2014-01-17T13:00Z',
      15,
      '2014-01-22T12:00Z',
    ],
    // a remainder into a day that is not 24 hours
    [
      'https://github.com/pandas-dev/pandas/pull/26381',
      on(WORKWEEK, ['00:00-23:00']),
      '2014-07-03T22:00Z',
      4,
      '2014-07-04T03:00Z',
    ],
    // back to opening time is today's opening, not yesterday's closing
    ['https://github.com/pandas-dev/pandas/pull/64853', office, '2000-01-10T10:00Z', -1, '2000-01-10T09:00Z'],
    [
      'https://github.com/pandas-dev/pandas/issues/23542',
      saturdays,
      '2018-11-08T08:00Z',
      10,
      '2018-11-10T09:00Z',
    ],
    // decided otherwise: a deadline at closing time stays there
    [
      'https://github.com/pandas-dev/pandas/issues/23542',
      saturdays,
      '2018-11-08T08:00Z',
      18,
      '2018-11-10T17:00Z',
    ],
    // one hour after the first 02:00 of the night is the second 02:00
    [
      'https://github.com/lennym/moment-business-time/issues/58',
      on(ALL_WEEK, ['00:00-10:00'], { timeZone: 'Europe/Amsterdam' }),
      '2022-10-30T02:00+02:00',
      1,
      '2022-10-30T02:00+01:00',
    ],
    [
      'https://github.com/lennym/moment-business-time/issues/39',
      on('mon tue wed thu', ['07:00-15:00'], { timeZone: 'Europe/Copenhagen' }),
      '2020-01-06T13:00+01:00',
      1 / 3_600,
      '2020-01-06T13:00:01+01:00',
    ],
    [
      'https://github.com/lennym/moment-business-time/issues/39',
      on('mon tue wed thu', ['07:00-15:00'], { timeZone: 'Europe/Copenhagen' }),
      '2020-01-06T13:00+01:00',
      -1 / 3_600,
      '2020-01-06T12:59:59+01:00',
    ],
    // "09:00-00:00" looped; it ends at midnight
    [
      'https://github.com/zammad/zammad/issues/2497',
      on('mon tue wed thu sat', ['09:00-00:00'], { timeZone: 'America/Los_Angeles' }),
      '2019-02-05T21:40:28Z',
      2,
      '2019-02-05T23:40:28Z',
    ],
    // a reminder one open hour before a deadline in the morning is on the evening before
    [
      'https://github.com/glpi-project/glpi/issues/22678',
      office,
      '2026-03-03T09:30Z',
      -1,
      '2026-03-02T16:30Z',
    ],
  ])('%s', (_, calendar, at, hours, due) => {
    expect(Calendar.add(Calendar.compileOrThrow(calendar), Date.parse(at), hours * HOUR)).toBe(
      Date.parse(due),
    )
  })
})

describe('elapsed', () => {
  const always = (timeZone: string): Calendar.Definition => ({ timeZone, week: '24/7' })

  test.each<[string, Calendar.Definition, string, string, number]>([
    // the whole stretch closed: an endless loop
    [
      'https://github.com/lennym/moment-business-time/issues/17',
      on(WORKWEEK, ['09:00-17:00']),
      '2016-10-16T03:00Z',
      '2016-10-16T07:00Z',
      0,
    ],
    // midnight lies in a gap: an endless loop
    [
      'https://github.com/zendesk/biz/pull/35',
      on(ALL_WEEK, ['00:00-24:00'], { timeZone: 'America/Sao_Paulo' }),
      '2015-10-17T12:00-03:00',
      '2015-10-18T12:00-02:00',
      23,
    ],
    [
      'https://github.com/zendesk/biz/pull/37',
      on(ALL_WEEK, ['00:00-24:00'], { timeZone: 'America/Sao_Paulo' }),
      '2015-02-03T16:10:25Z',
      '2015-10-19T16:10:25Z',
      258 * 24,
    ],
    // changes of offset that are not daylight saving: Ramadan
    [
      'https://github.com/zendesk/biz/issues/160',
      on(ALL_WEEK, ['00:00-24:00'], { timeZone: 'Africa/Casablanca' }),
      '2025-02-01T00:00Z',
      '2025-05-01T00:00Z',
      89 * 24,
    ],
    [
      'https://github.com/zendesk/biz/issues/160',
      on(ALL_WEEK, ['02:00-03:00'], { timeZone: 'Africa/Casablanca' }),
      '2025-02-23T00:00Z',
      '2025-02-24T00:00Z',
      2,
    ],
    // "00:00-23:59" means what it says, and "00:00-24:00" can be written
    [
      'https://github.com/zammad/zammad/issues/3180',
      on(ALL_WEEK, ['00:00-23:59']),
      '2020-09-01T23:00Z',
      '2020-09-02T01:00Z',
      2 - 1 / 60,
    ],
    [
      'https://github.com/zammad/zammad/issues/3180',
      on(ALL_WEEK, ['00:00-24:00']),
      '2020-09-01T23:00Z',
      '2020-09-02T01:00Z',
      2,
    ],
    // the offset of each date, not of today
    [
      'https://github.com/chatwoot/chatwoot/issues/2882',
      on(WORKWEEK, ['09:00-17:00'], { timeZone: 'America/New_York' }),
      '2026-01-05T14:00Z',
      '2026-01-05T15:00Z',
      1,
    ],
    [
      'https://github.com/chatwoot/chatwoot/issues/2882',
      on(WORKWEEK, ['09:00-17:00'], { timeZone: 'America/New_York' }),
      '2026-07-06T12:00Z',
      '2026-07-06T14:00Z',
      1,
    ],
    // a working Saturday, and a day before a holiday an hour shorter
    [
      'https://github.com/zendesk/biz/issues/103',
      on(WORKWEEK, ['09:00-18:00'], { dates: { '2026-02-28': ['09:00-18:00'] } }),
      '2026-02-28T00:00Z',
      '2026-03-01T00:00Z',
      9,
    ],
    [
      'https://github.com/zendesk/biz/issues/5',
      on(WORKWEEK, ['09:00-18:00'], { dates: { '2026-11-03': ['09:00-17:00'] } }),
      '2026-11-03T00:00Z',
      '2026-11-04T00:00Z',
      8,
    ],
    // days of 25 hours
    [
      'https://github.com/nyaruka/rapidpro/issues/6905',
      always('America/New_York'),
      '2026-11-01T00:00-04:00',
      '2026-11-02T00:00-05:00',
      25,
    ],
  ])('%s', (_, calendar, from, to, hours) => {
    const table = Calendar.compileOrThrow(calendar)
    expect(Calendar.elapsed(table, Date.parse(from), Date.parse(to))).toBe(Math.round(hours * HOUR))
    expect(Calendar.elapsed(table, Date.parse(to), Date.parse(from))).toBe(0 - Math.round(hours * HOUR))
  })
})

describe('the next opening and closing', () => {
  type Query = (table: Calendar.Table, at: number) => number

  test.each<[string, Query, Calendar.Definition, string, string]>([
    [
      'https://github.com/Intrepidd/working_hours/issues/26',
      Calendar.nextOpen,
      on('sat sun tue', ['02:00-17:00'], { timeZone: 'America/New_York' }),
      '2015-11-01T01:59:30-04:00',
      '2015-11-01T02:00-05:00',
    ],
    [
      'https://github.com/spatie/opening-hours/issues/44',
      Calendar.nextOpen,
      on(WORKWEEK, ['00:00-16:00']),
      '2017-09-08T17:00Z',
      '2017-09-11T00:00Z',
    ],
    [
      'https://github.com/spatie/opening-hours/issues/113',
      Calendar.nextClose,
      on(WORKWEEK, ['00:00-24:00']),
      '2019-06-06T19:02Z',
      '2019-06-08T00:00Z',
    ],
    [
      'https://github.com/spatie/opening-hours/issues/113',
      Calendar.nextOpen,
      on(WORKWEEK, ['00:00-24:00']),
      '2019-06-08T00:00Z',
      '2019-06-10T00:00Z',
    ],
    [
      'https://github.com/spatie/opening-hours/issues/255',
      Calendar.nextOpen,
      on(ALL_WEEK, ['00:01-00:00']),
      '2024-10-22T00:00Z',
      '2024-10-22T00:01Z',
    ],
  ])('%s', (_, query, calendar, at, answer) => {
    expect(query(Calendar.compileOrThrow(calendar), Date.parse(at))).toBe(Date.parse(answer))
  })
})

describe('business days', () => {
  const wholeDays = Calendar.compileOrThrow(on(WORKWEEK, ['00:00-24:00']))

  // https://github.com/zendesk/biz/issues/138
  test.each<[string, number, string]>([
    ['2019-01-14', -1, '2019-01-11'],
    ['2019-01-14', -4, '2019-01-08'],
    ['2019-01-14', -5, '2019-01-07'],
    ['2019-01-14', 0, '2019-01-14'],
    ['2019-01-15', -1, '2019-01-14'],
    ['2019-01-15', -5, '2019-01-08'],
  ])('from midnight of %s, %d days', (at, days, answer) => {
    expect(Calendar.addBusinessDays(wholeDays, Date.parse(at), days)).toBe(Date.parse(answer))
  })
})

describe('no endless loops', () => {
  test.each<[string, Calendar.Definition]>([
    ['https://github.com/zendesk/biz/issues/130', { timeZone: 'UTC', week: { mon: [] } }],
    ['https://github.com/rankmyapp/dayjs-business-time/issues/6', { timeZone: 'UTC', week: {} }],
    [
      'https://github.com/freetrade-io/ts-business-time/issues/5',
      on(WORKWEEK, ['09:00-17:00'], { holidays: [{ rrule: 'FREQ=DAILY' }] }),
    ],
  ])('%s', (_, calendar) => {
    const table = Calendar.compileOrThrow(calendar)
    for (const by of [HOUR, -HOUR]) expect(Calendar.add(table, Date.UTC(2026, 2, 2), by)).toBeNaN()
    expect(Calendar.addBusinessDays(table, Date.UTC(2026, 2, 2), 1)).toBeNaN()
  })

  test('https://github.com/zendesk/biz/issues/130: a day from 00:00 to 00:00 is an issue', () => {
    expect(Calendar.compile({ timeZone: 'UTC', week: { mon: ['00:00-00:00'] } })).toMatchObject({
      left: [{ code: 'empty-interval' }],
    })
  })

  test('https://github.com/Intrepidd/working_hours/pull/44: residues of fractions', () => {
    const table = Calendar.compileOrThrow(on(ALL_WEEK, ['09:00-17:00']))
    for (const residue of [0.1 + 0.2, 1 / 1_024, 1 / 3]) {
      const at = Date.UTC(2021, 1, 17, 17) - residue
      expect(Calendar.nextOpen(table, at)).toBe(at)
      expect(Calendar.add(table, at, 1)).toBeGreaterThan(Date.UTC(2021, 1, 18, 9))
    }
  })

  test('https://github.com/lennym/moment-business-time/issues/31: dates that are none', () => {
    const table = Calendar.compileOrThrow(on(WORKWEEK, ['09:00-17:00']))
    expect(Calendar.elapsed(table, Date.parse('no date'), 0)).toBeNaN()
    expect(Calendar.add(table, Date.parse('no date'), HOUR)).toBeNaN()
  })
})
