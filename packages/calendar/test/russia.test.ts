// The Russian production calendar against the published norms of every month, and through the compiled calendar.

import * as Calendar from '@clientele/calendar'
import { RUSSIAN_YEARS, russianDays, russianHours, russianNorm } from '@clientele/calendar/russia'
import { HOUR, parseDate, parseInstant, weekdayOf } from '@clientele/core'
import { describe, expect, test } from 'vitest'

/** Working days and hours of each month at 40 hours a week, as the production calendars of these years print them. */
const NORMS: Readonly<Record<number, readonly (readonly [days: number, hours: number])[]>> = {
  2024: [
    [17, 136],
    [20, 159],
    [20, 159],
    [21, 168],
    [20, 159],
    [19, 151],
    [23, 184],
    [22, 176],
    [21, 168],
    [23, 184],
    [21, 167],
    [21, 168],
  ],
  2025: [
    [17, 136],
    [20, 160],
    [21, 167],
    [22, 175],
    [18, 144],
    [19, 151],
    [23, 184],
    [21, 168],
    [22, 176],
    [23, 184],
    [19, 151],
    [22, 176],
  ],
  2026: [
    [15, 120],
    [19, 152],
    [21, 168],
    [22, 175],
    [19, 151],
    [21, 167],
    [23, 184],
    [21, 168],
    [22, 176],
    [22, 176],
    [20, 159],
    [22, 176],
  ],
}

const months = Array.from({ length: 12 }, (_, i) => i + 1)
const desk = ['09:00-13:00', '14:00-18:00']
const week = { mon: desk, tue: desk, wed: desk, thu: desk, fri: desk }

describe.each(RUSSIAN_YEARS)('$year', (data) => {
  const { year } = data
  const instant = (date: string): number => parseInstant(`${date}T00:00:00+03:00`)!
  const table = Calendar.compileOrThrow(russianHours({ week, years: [year] }))

  test('months have the published norms, and they sum to the year', () => {
    const norms = months.map((month) => russianNorm(year, month))
    expect(norms.map(({ days, hours }) => [days, hours])).toEqual(NORMS[year])
    expect(norms.reduce((sum, { days }) => sum + days, 0)).toBe(data.workingDays)
    expect(norms.reduce((sum, { hours }) => sum + hours, 0)).toBe(data.workingHours)
  })

  test('eight open hours a day come to the norm of each month', () => {
    const starts = [
      ...months.map((month) => `${year}-${String(month).padStart(2, '0')}-01`),
      `${year + 1}-01-01`,
    ]
    const hours = months.map(
      (_, i) => Calendar.elapsed(table, instant(starts[i]!), instant(starts[i + 1]!)) / HOUR,
    )
    expect(hours).toEqual(NORMS[year]!.map(([, each]) => each))
  })

  test('transfers go from a weekend to a working day, and shortened days are worked', () => {
    const kinds = new Map(russianDays(year).map((day) => [`${day.kind} ${day.date}`, day]))
    for (const { from, to } of data.transfers) {
      expect(weekdayOf(parseDate(from)!)).toBeGreaterThan(4)
      expect(weekdayOf(parseDate(to)!)).toBeLessThan(5)
      expect(kinds.has(`holiday ${to}`)).toBe(false)
    }
    for (const date of data.shortened) expect(Calendar.isOpen(table, instant(date) + 16 * HOUR)).toBe(true)
    for (const date of data.shortened) expect(Calendar.isOpen(table, instant(date) + 17 * HOUR)).toBe(false)
  })
})

test('a service that works every day keeps its Saturdays and rests on holidays', () => {
  const all = { ...week, sat: ['10:00-15:00'], sun: ['10:00-15:00'] }
  const hours = russianHours({ timeZone: 'Asia/Yekaterinburg', week: all, years: [2024, 2026] })
  expect(hours.dates?.['2024-04-27']).toBeUndefined()
  expect(hours.dates?.['2024-11-02']).toEqual(['10:00-14:00'])
  expect(hours.meta).toMatchObject({ sources: [{ year: 2024 }, { year: 2026 }] })
  expect(Calendar.compile(hours)._tag).toBe('Right')
})

test('a year that is not decreed is refused', () => {
  expect(() => russianDays(2023)).toThrow(
    'the Russian production calendar of 2023 is not known here; known are 2024, 2025, 2026',
  )
})
