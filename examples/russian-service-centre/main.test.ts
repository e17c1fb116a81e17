// The May holidays of 2026: what is counted, what is not, and why.

import * as Calendar from '@clientele/calendar'
import { formatInstant, parseInstant } from '@clientele/core'
import { expect, test } from 'vitest'
import { example, hours } from './main.js'

const centre = Calendar.compileOrThrow(hours)

const openOn = (date: string): readonly string[] => {
  const from = parseInstant(`${date}T00:00:00+05:00`) ?? 0
  const until = parseInstant(`${date}T23:59:59+05:00`) ?? 0
  return Calendar.periods(centre, from, until).map((period) => period.map(formatInstant).join(' '))
}

test('a repair over the May holidays', () => {
  expect(example()).toMatchInlineSnapshot(`
    {
      "answer": "2026-05-05T11:00:00Z",
      "repair": {
        "at": "2026-05-04T07:00:00Z",
        "why": "PT1H  open  2026-04-30T11:00:00Z – 2026-04-30T12:00:00Z
    PT0S  hours of 2026-04-30  2026-04-30T12:00:00Z – 2026-04-30T19:00:00Z
    PT0S  holiday: Spring and Labour Day  2026-04-30T19:00:00Z – 2026-05-01T19:00:00Z
    PT0S  outside opening hours  2026-05-01T19:00:00Z – 2026-05-02T05:00:00Z
    PT4H  open  2026-05-02T05:00:00Z – 2026-05-02T09:00:00Z
    PT0S  outside opening hours  2026-05-02T09:00:00Z – 2026-05-04T04:00:00Z
    PT3H  open  2026-05-04T04:00:00Z – 2026-05-04T07:00:00Z
    PT8H  total",
      },
      "sign": "Asia/Yekaterinburg
    понедельник  09:00–13:00, 14:00–18:00
    вторник      09:00–13:00, 14:00–18:00
    среда        09:00–13:00, 14:00–18:00
    четверг      09:00–13:00, 14:00–18:00
    пятница      09:00–13:00, 14:00–17:00
    суббота      10:00–14:00
    воскресенье  выходной",
    }
  `)
})

test.each([
  ['2026-01-09', 'a day off moved from a weekend', 0],
  ['2026-05-01', 'a holiday', 0],
  ['2026-05-02', 'an ordinary Saturday', 1],
  ['2025-11-01', 'a Saturday worked for a Monday, which this centre keeps as any Saturday', 1],
  ['2025-11-03', 'that Monday', 0],
])('%s is %s', (date, _, periods) => {
  expect(openOn(date)).toHaveLength(periods)
})

test('the eve of a holiday closes an hour earlier', () => {
  expect(openOn('2026-04-30').at(-1)).toBe('2026-04-30T09:00:00Z 2026-04-30T12:00:00Z')
})
