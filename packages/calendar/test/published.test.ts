// Cases that others published: issues where a library went wrong, and answers that documents state. PUBLISHED-CASES.md
// says where ours differ by decision.

import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { at, HOUR, iso, MINUTE, SECOND } from './cases.js'

const five = (...intervals: string[]) => ({
  mon: intervals,
  tue: intervals,
  wed: intervals,
  thu: intervals,
  fri: intervals,
})
const everyDay = (...intervals: string[]) => ({ ...five(...intervals), sat: intervals, sun: intervals })
const hours = (
  timeZone: string,
  week: Calendar.Week,
  rest: Partial<Calendar.Hours> = {},
): Calendar.Hours => ({
  timeZone,
  week,
  ...rest,
})
const bankers = hours('UTC', five('09:00-17:00'))
// Martin Luther King Day
const federal = { ...bankers, holidays: ['2014-01-20'] }

interface Published {
  readonly link: string
  /** What is asked, in a line. */
  readonly asks: string
  readonly calendar: Calendar.Definition
  readonly from: string
  readonly by: number
  /** As published, where the link states it; ours, where the link only states the question. */
  readonly answer: string
  readonly stated: 'by the link' | 'by us'
}

const PANDAS = 'https://github.com/pandas-dev/pandas'
const WORKED = 'https://github.com/lennym/moment-business-time'

const added: readonly Published[] = [
  // pandas, the pull request that added BusinessHour; its Timestamps have no zone
  {
    link: `${PANDAS}/pull/7905`,
    asks: 'an hour within the day',
    calendar: bankers,
    from: '2014-08-01T10:00',
    by: HOUR,
    answer: '2014-08-01T11:00Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/pull/7905`,
    asks: 'an hour from before opening',
    calendar: bankers,
    from: '2014-08-01T08:00',
    by: HOUR,
    answer: '2014-08-01T10:00Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/pull/7905`,
    asks: 'an hour from Friday evening',
    calendar: bankers,
    from: '2014-08-01T19:00',
    by: HOUR,
    answer: '2014-08-04T10:00Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/pull/7905`,
    asks: 'the rest is carried over the weekend',
    calendar: bankers,
    from: '2014-08-01T16:45',
    by: HOUR,
    answer: '2014-08-04T09:45Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/pull/7905`,
    asks: 'two hours',
    calendar: bankers,
    from: '2014-08-01T10:00',
    by: 2 * HOUR,
    answer: '2014-08-01T12:00Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/pull/7905`,
    asks: 'three hours back',
    calendar: bankers,
    from: '2014-08-01T10:00',
    by: -3 * HOUR,
    answer: '2014-07-31T15:00Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/issues/16867`,
    asks: 'seven hours over a holiday',
    calendar: federal,
    from: '2014-01-17T15:00',
    by: 7 * HOUR,
    answer: '2014-01-21T14:00Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/issues/16867`,
    asks: 'eight hours over a holiday (pandas: a day early)',
    calendar: federal,
    from: '2014-01-17T15:00',
    by: 8 * HOUR,
    answer: '2014-01-21T15:00Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/issues/29901`,
    asks: 'eight hours over a holiday (pandas: on the holiday)',
    calendar: federal,
    from: '2014-01-17T13:00',
    by: 8 * HOUR,
    answer: '2014-01-21T13:00Z',
    stated: 'by us',
  },
  {
    link: `${PANDAS}/issues/23542`,
    asks: 'a working Saturday after a holiday',
    calendar: hours('UTC', { ...five('08:00-17:00'), sat: ['08:00-17:00'] }, { holidays: ['2018-11-09'] }),
    from: '2018-11-08T08:00',
    by: 10 * HOUR,
    answer: '2018-11-10T09:00Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/pull/26381`,
    asks: 'a rest into a day of 23 hours (pandas: an hour short)',
    calendar: hours('UTC', five('00:00-23:00')),
    from: '2014-07-03T22:00',
    by: 4 * HOUR,
    answer: '2014-07-04T03:00Z',
    stated: 'by the link',
  },
  {
    link: `${PANDAS}/pull/64853`,
    asks: 'back to opening time (pandas before: the closing before it)',
    calendar: bankers,
    from: '2000-01-10T10:00',
    by: -HOUR,
    answer: '2000-01-10T09:00Z',
    stated: 'by the link',
  },
  // moment-business-time
  {
    link: `${WORKED}/issues/58`,
    asks: 'an hour in the hour that occurs twice (there: the same instant)',
    calendar: hours('Europe/Amsterdam', everyDay('00:00-10:00')),
    from: '2022-10-30T00:00',
    by: HOUR,
    answer: '2022-10-30T01:00Z',
    stated: 'by the link',
  },
  {
    link: `${WORKED}/issues/52`,
    asks: 'over midnight from hours that end at 24:00 (there: no end)',
    calendar: hours('UTC', five('16:00-24:00')),
    from: '2022-03-23T22:00',
    by: 121 * MINUTE,
    answer: '2022-03-24T16:01Z',
    stated: 'by the link',
  },
  {
    link: `${WORKED}/issues/33`,
    asks: '48 hours of eight a day',
    calendar: hours('Europe/Berlin', five('09:00-17:00')),
    from: '2018-09-06T10:55:49Z',
    by: 48 * HOUR,
    answer: '2018-09-14T10:55:49Z',
    stated: 'by the link',
  },
  {
    link: `${WORKED}/issues/39`,
    asks: 'a second, in a leap year (there: 25 days on)',
    calendar: hours('UTC', { ...five('07:00-15:00'), fri: ['07:00-13:00'] }),
    from: '2020-01-06T13:00',
    by: SECOND,
    answer: '2020-01-06T13:00:01Z',
    stated: 'by us',
  },
  // Zammad on zendesk/biz: hours to 00:00 had no end there; here they run to midnight
  {
    link: 'https://github.com/zammad/zammad/issues/2497',
    asks: 'hours that end at 00:00 (there: no end)',
    calendar: hours('America/Los_Angeles', {
      mon: ['09:00-00:00'],
      tue: ['09:00-00:00'],
      wed: ['09:00-00:00'],
      thu: ['09:00-00:00'],
      sat: ['09:00-00:00'],
    }),
    from: '2019-02-05T21:40:28Z',
    by: 120 * MINUTE,
    answer: '2019-02-05T23:40:28Z',
    stated: 'by us',
  },
  {
    link: 'https://github.com/freescout-help-desk/freescout/issues/3756',
    asks: 'four hours from an hour before closing',
    calendar: bankers,
    from: '2024-02-01T16:00',
    by: 4 * HOUR,
    answer: '2024-02-02T12:00Z',
    stated: 'by the link',
  },
  {
    link: 'https://github.com/frappe/helpdesk/issues/2212',
    asks: 'a ticket made at lunch does not count until work goes on',
    calendar: hours('UTC', five('09:00-13:00', '14:00-18:00')),
    from: '2025-03-06T13:10',
    by: 30 * MINUTE,
    answer: '2025-03-06T14:30Z',
    stated: 'by us',
  },
  // a minute is not the least there is: Salesforce ignores what is smaller
  {
    link: 'https://developer.salesforce.com/docs/atlas.en-us.238.0.apexref.meta/apexref/apex_classes_businesshours.htm',
    asks: 'ninety seconds are ninety seconds (there: whole minutes)',
    calendar: bankers,
    from: '2026-03-02T10:00',
    by: 90 * SECOND,
    answer: '2026-03-02T10:01:30Z',
    stated: 'by us',
  },
]

describe('added hours', () => {
  test.each(added)('$asks ($link)', ({ calendar, from, by, answer }) => {
    const table = Calendar.compileOrThrow(calendar)
    expect(iso(Calendar.add(table, at(from), by))).toBe(answer)
  })

  // https://github.com/pandas-dev/pandas/issues/29901: the answers of 1 to 7 hours and of 16 to 24 were right there
  test('grow hour by hour over a holiday', () => {
    const table = Calendar.compileOrThrow(federal)
    const answers = Array.from({ length: 29 }, (_, i) =>
      Calendar.add(table, at('2014-01-17T13:00'), (i + 1) * HOUR),
    )
    expect(answers).toEqual([...answers].sort((a, b) => a - b))
    expect(new Set(answers.map((answer) => iso(answer).slice(0, 10)))).toEqual(
      new Set(['2014-01-17', '2014-01-21', '2014-01-22', '2014-01-23', '2014-01-24']),
    )
  })
})

describe('loops without end elsewhere', () => {
  test.each([
    ['https://github.com/zendesk/biz/issues/130', hours('UTC', { mon: [] })],
    ['https://github.com/zendesk/biz/issues/31', hours('UTC', {})],
    ['https://github.com/glpi-project/glpi/pull/7474', hours('UTC', five())],
    [
      'https://github.com/freetrade-io/ts-business-time/issues/5',
      hours('UTC', '24/7', { holidays: [{ rrule: 'FREQ=DAILY' }] }),
    ],
  ])('no hours at all: %s', (_, definition) => {
    const table = Calendar.compileOrThrow(definition)
    expect(iso(Calendar.add(table, at('2026-03-02'), HOUR))).toBe('never')
    expect(iso(Calendar.nextOpen(table, at('2026-03-02')))).toBe('never')
    expect(iso(Calendar.addBusinessDays(table, at('2026-03-02'), 1))).toBe('never')
    expect(Calendar.periods(table, at('2026-03-02'), at('2026-03-09'))).toEqual([])
  })

  // https://github.com/hughgrigg/php-business-time/issues/53
  test('hours that end for good', () => {
    const table = Calendar.compileOrThrow({ ...bankers, effective: [{ from: '2019-07-20', week: {} }] })
    expect(iso(Calendar.add(table, at('2019-07-19T16:00'), HOUR))).toBe('2019-07-19T17:00Z')
    expect(iso(Calendar.add(table, at('2019-07-19T16:00'), HOUR + 1))).toBe('never')
  })

  // https://github.com/zendesk/biz/issues/130: 00:00 to 00:00
  test('an interval of equal ends is refused, with a way out', () => {
    const result = Calendar.compile(hours('UTC', { mon: ['00:00-00:00'] }))
    expect(result._tag === 'Left' && result.left.map(Calendar.message)).toEqual([
      '"00:00-00:00" starts and ends at the same time; a whole day is "00:00-24:00"',
    ])
  })

  // https://github.com/spatie/opening-hours/issues/255 and /113
  test('a day to midnight, every day', () => {
    const almost = Calendar.compileOrThrow(hours('UTC', everyDay('00:01-00:00')))
    expect(iso(Calendar.nextOpen(almost, at('2024-10-22')))).toBe('2024-10-22T00:01Z')
    const always = Calendar.compileOrThrow(hours('UTC', everyDay('00:00-24:00')))
    expect(iso(Calendar.nextOpen(always, at('2019-06-06T19:02')))).toBe('2019-06-06T19:02Z')
    expect(iso(Calendar.nextClose(always, at('2019-06-06T19:02')))).toBe('never')
  })

  // https://github.com/lennym/moment-business-time/issues/17
  test('a stretch outside opening hours holds none', () => {
    const table = Calendar.compileOrThrow(hours('Asia/Shanghai', five('09:00-17:00')))
    expect(Calendar.elapsed(table, at('2016-10-15T19:00'), at('2016-10-15T23:00'))).toBe(0)
  })
})

// https://github.com/zendesk/biz/issues/138: days of 24 hours, counted from a midnight
test.each([
  ['2019-01-14', -1, '2019-01-11T00:00Z'],
  ['2019-01-14', -4, '2019-01-08T00:00Z'],
  ['2019-01-14', -5, '2019-01-07T00:00Z'],
  ['2019-01-14', 0, '2019-01-14T00:00Z'],
  ['2019-01-15', -1, '2019-01-14T00:00Z'],
])('whole business days: from %s, %d', (from, days, answer) => {
  const table = Calendar.compileOrThrow(hours('UTC', five('00:00-24:00')))
  expect(iso(Calendar.addBusinessDays(table, at(from), days))).toBe(answer)
})

// https://github.com/zammad/zammad/issues/3180: meant as the whole day there
test('23:59 means what it says', () => {
  const elapsed = (end: string): number =>
    Calendar.elapsed(
      Calendar.compileOrThrow(hours('UTC', everyDay(`00:00-${end}`))),
      at('2020-09-01T23:00'),
      at('2020-09-02T01:00'),
    )
  expect([elapsed('23:59'), elapsed('24:00')]).toEqual([119 * MINUTE, 120 * MINUTE])
})

describe('clocks that change', () => {
  // https://github.com/Intrepidd/working_hours/issues/26: the answer wished for there
  test('an opening after the hour that occurs twice', () => {
    const definition = hours('America/New_York', {
      sat: ['02:00-17:00'],
      sun: ['02:00-17:00'],
      tue: ['02:00-17:00'],
    })
    const table = Calendar.compileOrThrow(definition)
    expect(iso(Calendar.nextOpen(table, at('2015-11-01T05:59:30Z')))).toBe('2015-11-01T07:00Z')
  })

  // https://github.com/zendesk/biz/pull/160: the greater offset, which is the first of both
  test('an ambiguous time that is no daylight saving: the first, in Casablanca', () => {
    // the numbers are ours: 2025-02-23 03:00 +01 becomes 02:00 +00
    const table = Calendar.compileOrThrow(hours('Africa/Casablanca', everyDay('02:00-03:00')))
    expect(iso(Calendar.nextOpen(table, at('2025-02-23')))).toBe('2025-02-23T01:00Z')
  })

  // https://github.com/Intrepidd/working_hours: wall-clock seconds there, so 24 hours; the numbers are ours
  test('a Sunday of 25 hours has 25', () => {
    const table = Calendar.compileOrThrow(hours('Europe/Paris', '24/7'))
    expect(Calendar.elapsed(table, at('2026-10-24T22:00'), at('2026-10-25T23:00'))).toBe(25 * HOUR)
  })

  // https://github.com/zendesk/biz/pull/37: midnight inside a gap
  test('midnight that does not exist, in São Paulo', () => {
    // the numbers are ours
    const table = Calendar.compileOrThrow(hours('America/Sao_Paulo', everyDay('00:00-24:00')))
    expect(Calendar.elapsed(table, at('2018-11-04T03:00'), at('2018-11-05T02:00'))).toBe(23 * HOUR)
  })
})

describe('decided otherwise here', () => {
  const table = Calendar.compileOrThrow(bankers)

  test('the closing instant is closed (pandas: BusinessHour counts it as open)', () => {
    expect(Calendar.isOpen(table, at('2014-08-01T17:00'))).toBe(false)
  })

  test('a deadline at closing stays there (pandas: the next opening)', () => {
    expect(iso(Calendar.add(table, at('2014-08-01T16:00'), HOUR))).toBe('2014-08-01T17:00Z')
  })

  test('a night shift is cut by the holiday it runs into', () => {
    const night = Calendar.compileOrThrow(hours('UTC', five('22:00-06:00'), { holidays: ['2026-03-04'] }))
    expect(iso(Calendar.nextClose(night, at('2026-03-03T22:00')))).toBe('2026-03-04T00:00Z')
  })

  test('a closed Saturday is opened by its date (gocardless/business#23, glpi-project/glpi#467: turned away)', () => {
    const transferred = Calendar.compileOrThrow({ ...bankers, dates: { '2026-03-07': ['09:00-16:00'] } })
    expect(iso(Calendar.add(transferred, at('2026-03-06T16:00'), 2 * HOUR))).toBe('2026-03-07T10:00Z')
  })
})
