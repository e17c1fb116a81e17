// Rendering for people: their zone, their language, their clock.

import * as Calendar from '@clientele/calendar'
import {
  formatDeadline,
  formatHours,
  formatLedger,
  formatRelative,
  formatWeek,
} from '@clientele/calendar/format'
import { HOUR, ledgerOf, parseInstant } from '@clientele/core'
import { expect, test } from 'vitest'

const at = parseInstant('2026-03-02T08:00:00Z')!

test('a deadline in the zone and language of the reader', () => {
  expect(formatDeadline(at, { timeZone: 'Europe/Moscow', locale: 'ru' })).toMatch(
    /понедельник.*2 марта 2026.*11:00/,
  )
  expect(formatDeadline(at, { timeZone: 'America/New_York' })).toMatch(/Monday.*March 2, 2026.*03:00/)
  expect(formatDeadline(Calendar.NEVER, { timeZone: 'UTC' }, { never: 'нет' })).toBe('нет')
  expect(() => formatDeadline(at, { timeZone: 'Mars/Base' })).toThrow(RangeError)
})

test('how far off', () => {
  expect(formatRelative(at + 3 * HOUR, at, { timeZone: 'UTC', locale: 'ru' })).toBe('через 3 часа')
  expect(formatRelative(at - 48 * HOUR, at, { timeZone: 'UTC' })).toBe('2 days ago')
})

test('a week as lines of one width', () => {
  const lines = formatWeek({ mon: ['14:00-18:00', '09:00-13:00'], sat: ['22:00-06:00'] }, 'ru', {
    closed: 'выходной',
  })
  expect(lines).toHaveLength(7)
  expect(lines[0]).toBe('понедельник  09:00–13:00, 14:00–18:00')
  expect(lines[5]).toBe('суббота      22:00–06:00')
  expect(lines[6]).toBe('воскресенье  выходной')
  expect(formatWeek('24/7', 'en')[6]).toBe('Sunday     00:00–24:00')
})

test('the week that holds on a date', () => {
  const hours = {
    timeZone: 'UTC',
    week: { mon: ['09:00-17:00'] },
    effective: [{ from: '2026-07-01', week: { mon: ['10:00-12:00'] } }],
  }
  expect(formatHours(hours, '2026-06-30', 'en')[1]).toBe('Monday     09:00–17:00')
  expect(formatHours(hours, '2026-07-01', 'en')[1]).toBe('Monday     10:00–12:00')
})

test('the ledger of an answer, in local time, ends with its total', () => {
  const table = Calendar.compileOrThrow({
    timeZone: 'Europe/Moscow',
    week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'] },
  })
  const { ledger } = Calendar.explainAdd(table, at, 10 * HOUR)
  const lines = formatLedger(ledger, { timeZone: 'Europe/Moscow', locale: 'en-GB' })
  expect(lines).toHaveLength(ledger.entries.length + 1)
  expect(lines[0]).toMatch(/7 hrs?.*Mon,? 2 Mar.* 11:00 – 18:00/)
  expect(lines.at(-1)).toMatch(/10 hrs? {2}total/)
  expect(
    formatLedger(ledgerOf('points', 'sum', [{ code: 'a', label: 'a', amount: 2 }]), { timeZone: 'UTC' }),
  ).toEqual(['2 points  a', '2 points  total'])
})
