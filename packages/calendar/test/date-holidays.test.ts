// The adapter for `date-holidays`: which day counts, which types, and the attribution.

import * as Calendar from '@clientele/calendar'
import { holidaySource, holidaysFrom, hoursWithHolidays } from '@clientele/calendar/date-holidays'
import DateHolidays from 'date-holidays'
import { expect, test } from 'vitest'

const us = holidaySource(DateHolidays, { country: 'US' })
const july = (on: 'observed' | 'actual' | 'both'): string[] =>
  holidaysFrom(us, { years: [2026], on })
    .map(({ date }) => date)
    .filter((date) => date.startsWith('2026-07'))

test('a holiday on a weekend: the day given back, the day itself, or both', () => {
  expect(july('observed')).toEqual(['2026-07-03'])
  expect(july('actual')).toEqual(['2026-07-04'])
  expect(july('both')).toEqual(['2026-07-03', '2026-07-04'])
})

test('types and states', () => {
  const bavaria = holidaySource(DateHolidays, { country: 'DE', state: 'BY' })
  const all = holidaysFrom(bavaria, { years: [2026], types: ['public', 'observance'] })
  const open = holidaysFrom(bavaria, { years: [2026, 2026] })
  expect(open.map(({ date }) => date)).toContain('2026-01-06')
  expect(all.length).toBeGreaterThan(open.length)
})

test('hours compile, keep what they had and say whose data it is', () => {
  const own = {
    timeZone: 'America/New_York',
    week: { mon: ['09:00-17:00'] },
    holidays: ['2026-03-02'],
    meta: 7,
  }
  const hours = hoursWithHolidays(own, us, { years: [2026] })
  expect(hours.holidays?.[0]).toBe('2026-03-02')
  expect(hours.meta).toEqual({
    own: 7,
    holidays: {
      source: 'date-holidays',
      license: 'CC BY 3.0',
      url: 'https://github.com/commenthol/date-holidays',
    },
  })
  expect(Calendar.compile(hours)._tag).toBe('Right')
})
