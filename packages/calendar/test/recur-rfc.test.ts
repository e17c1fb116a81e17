// The examples of RFC 5545, section 3.8.5.3, that speak of dates, and those of RFC 7529, section 5, in the Gregorian scale.
// Times of day are left out: a rule of dates has none. An UNTIL is read by its date.

import { occurrencesBetween, parseRule } from '@clientele/calendar/recur'
import { formatDate, parseDate } from '@clientele/core'
import { expect, test } from 'vitest'
import { daysOfSpan, naiveDates } from './recur.oracle.js'

const FAR = parseDate('2200-01-01')!

/** `1997 Sep 2-11` style is spelled out as `1997-09: 2 3 4`; a range is `2..11`. */
const spell = (text: string): string[] =>
  text.split(';').flatMap((line) => {
    const [month = '', days = ''] = line.trim().split(': ')
    return days.split(' ').flatMap((item) => {
      const [from = 0, to = from] = item.split('..').map(Number)
      return Array.from({ length: to - from + 1 }, (_, i) => `${month}-${String(from + i).padStart(2, '0')}`)
    })
  })

const weekly = '1997-09: 2 9 16 23 30; 1997-10: 7 14 21 28; 1997-11: 4'
const weekdays3 = '1998-01: 1..31; 1999-01: 1..31; 2000-01: 1..31'
const tuThu = '1997-09: 2 4 9 11 16 18 23 25 30; 1997-10: 2'

const examples: readonly [what: string, rule: string, dates: string, start?: string][] = [
  ['daily for 10', 'FREQ=DAILY;COUNT=10', '1997-09: 2..11'],
  [
    'every other day',
    'FREQ=DAILY;INTERVAL=2',
    '1997-09: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30; 1997-10: 2 4 6',
  ],
  ['every 10 days, 5 times', 'FREQ=DAILY;INTERVAL=10;COUNT=5', '1997-09: 2 12 22; 1997-10: 2 12'],
  [
    'every day in January, yearly',
    'FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
    weekdays3,
    '1998-01-01',
  ],
  ['every day in January, daily', 'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1', weekdays3, '1998-01-01'],
  ['weekly for 10', 'FREQ=WEEKLY;COUNT=10', weekly],
  [
    'every other week',
    'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
    '1997-09: 2 16 30; 1997-10: 14 28; 1997-11: 11 25; 1997-12: 9 23; 1998-01: 6 20; 1998-02: 3 17',
  ],
  ['Tuesday and Thursday, until', 'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH', `${tuThu} 7`],
  ['Tuesday and Thursday, count', 'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH', tuThu],
  [
    'every other week on three days',
    'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR',
    '1997-09: 1 3 5 15 17 19 29; 1997-10: 1 3 13 15 17 27 29 31; 1997-11: 10 12 14 24 26 28; 1997-12: 8 10 12 22 24',
    '1997-09-01',
  ],
  [
    'every other week on two days, 8 times',
    'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH',
    '1997-09: 2 4 16 18 30; 1997-10: 2 14 16',
  ],
  [
    'first Friday, 10 times',
    'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
    '1997-09: 5; 1997-10: 3; 1997-11: 7; 1997-12: 5; 1998-01: 2; 1998-02: 6; 1998-03: 6; 1998-04: 3; 1998-05: 1; 1998-06: 5',
    '1997-09-05',
  ],
  [
    'first Friday, until',
    'FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR',
    '1997-09: 5; 1997-10: 3; 1997-11: 7; 1997-12: 5',
    '1997-09-05',
  ],
  [
    'every other month, first and last Sunday',
    'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
    '1997-09: 7 28; 1997-11: 2 30; 1998-01: 4 25; 1998-03: 1 29; 1998-05: 3 31',
    '1997-09-07',
  ],
  [
    'second-to-last Monday',
    'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
    '1997-09: 22; 1997-10: 20; 1997-11: 17; 1997-12: 22; 1998-01: 19; 1998-02: 16',
    '1997-09-22',
  ],
  [
    'third-to-last day',
    'FREQ=MONTHLY;BYMONTHDAY=-3',
    '1997-09: 28; 1997-10: 29; 1997-11: 28; 1997-12: 29; 1998-01: 29; 1998-02: 26',
    '1997-09-28',
  ],
  [
    '2nd and 15th, 10 times',
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15',
    '1997-09: 2 15; 1997-10: 2 15; 1997-11: 2 15; 1997-12: 2 15; 1998-01: 2 15',
  ],
  [
    'first and last day, 10 times',
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
    '1997-09: 30; 1997-10: 1 31; 1997-11: 1 30; 1997-12: 1 31; 1998-01: 1 31; 1998-02: 1',
    '1997-09-30',
  ],
  [
    'every 18 months, 10th to 15th',
    'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15',
    '1997-09: 10..15; 1999-03: 10..13',
    '1997-09-10',
  ],
  [
    'every Tuesday, every other month',
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
    '1997-09: 2 9 16 23 30; 1997-11: 4 11 18 25; 1998-01: 6 13 20 27; 1998-03: 3 10 17 24 31',
  ],
  [
    'June and July, 10 times',
    'FREQ=YEARLY;COUNT=10;BYMONTH=6,7',
    '1997-06: 10; 1997-07: 10; 1998-06: 10; 1998-07: 10; 1999-06: 10; 1999-07: 10; 2000-06: 10; 2000-07: 10; 2001-06: 10; 2001-07: 10',
    '1997-06-10',
  ],
  [
    'every other year, January to March',
    'FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3',
    '1997-03: 10; 1999-01: 10; 1999-02: 10; 1999-03: 10; 2001-01: 10; 2001-02: 10; 2001-03: 10; 2003-01: 10; 2003-02: 10; 2003-03: 10',
    '1997-03-10',
  ],
  [
    'every third year, days 1, 100, 200',
    'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
    '1997-01: 1; 1997-04: 10; 1997-07: 19; 2000-01: 1; 2000-04: 9; 2000-07: 18; 2003-01: 1; 2003-04: 10; 2003-07: 19; 2006-01: 1',
    '1997-01-01',
  ],
  [
    '20th Monday of the year',
    'FREQ=YEARLY;BYDAY=20MO',
    '1997-05: 19; 1998-05: 18; 1999-05: 17',
    '1997-05-19',
  ],
  [
    'Monday of week 20',
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    '1997-05: 12; 1998-05: 11; 1999-05: 17',
    '1997-05-12',
  ],
  [
    'Thursdays in March',
    'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
    '1997-03: 13 20 27; 1998-03: 5 12 19 26; 1999-03: 4 11 18 25',
    '1997-03-13',
  ],
  [
    'Thursdays in summer',
    'FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8',
    '1997-06: 5 12 19 26; 1997-07: 3 10 17 24 31; 1997-08: 7 14 21 28',
    '1997-06-05',
  ],
  [
    'Friday the 13th',
    'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    '1998-02: 13; 1998-03: 13; 1998-11: 13; 1999-08: 13; 2000-10: 13',
  ],
  [
    'Saturday after the first Sunday',
    'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
    '1997-09: 13; 1997-10: 11; 1997-11: 8; 1997-12: 13; 1998-01: 10; 1998-02: 7; 1998-03: 7',
    '1997-09-13',
  ],
  [
    'US election day',
    'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    '1996-11: 5; 2000-11: 7; 2004-11: 2',
    '1996-11-05',
  ],
  [
    'third of Tuesday, Wednesday, Thursday',
    'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
    '1997-09: 4; 1997-10: 7; 1997-11: 6',
    '1997-09-04',
  ],
  [
    'second-to-last weekday',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    '1997-09: 29; 1997-10: 30; 1997-11: 27; 1997-12: 30; 1998-01: 29; 1998-02: 26; 1998-03: 30',
    '1997-09-29',
  ],
  [
    'weeks from Monday',
    'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
    '1997-08: 5 10 19 24',
    '1997-08-05',
  ],
  [
    'weeks from Sunday',
    'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
    '1997-08: 5 17 19 31',
    '1997-08-05',
  ],
  [
    'an invalid date is passed over',
    'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5',
    '2007-01: 15 30; 2007-02: 15; 2007-03: 15 30',
    '2007-01-15',
  ],
  [
    '7529: 31 January, omitted',
    'RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=4;SKIP=OMIT',
    '2014-01: 31; 2014-03: 31; 2014-05: 31; 2014-07: 31',
    '2014-01-31',
  ],
  [
    '7529: 31 January, backward',
    'RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=4;SKIP=BACKWARD',
    '2014-01: 31; 2014-02: 28; 2014-03: 31; 2014-04: 30',
    '2014-01-31',
  ],
  [
    '7529: 31 January, forward',
    'RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=4;SKIP=FORWARD',
    '2014-01: 31; 2014-03: 1 31; 2014-05: 1',
    '2014-01-31',
  ],
  [
    '7529: 29 February, backward',
    'RSCALE=GREGORIAN;FREQ=YEARLY;COUNT=4;SKIP=BACKWARD',
    '2016-02: 29; 2017-02: 28; 2018-02: 28; 2019-02: 28',
    '2016-02-29',
  ],
  [
    '7529: 29 February, forward',
    'RSCALE=GREGORIAN;FREQ=YEARLY;COUNT=4;SKIP=FORWARD',
    '2016-02: 29; 2017-03: 1; 2018-03: 1; 2019-03: 1',
    '2016-02-29',
  ],
]

const span = daysOfSpan('1992-01-01', '2020-12-31')

test.each(examples)('%s', (_, text, dates, startText = '1997-09-02') => {
  const rule = parseRule(text)
  if (rule._tag === 'Left') throw new TypeError(rule.left.reason)
  const expected = spell(dates)
  const start = parseDate(startText)!
  const found = occurrencesBetween(rule.right, start, start, FAR).map(formatDate)
  expect(found.slice(0, expected.length)).toEqual(expected)
  if (/COUNT|UNTIL/.test(text)) expect(found).toHaveLength(expected.length)
  expect(naiveDates(rule.right, startText, span).slice(0, expected.length)).toEqual(expected)
})
