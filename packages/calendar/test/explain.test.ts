// Explanations: entries that cover the stretch in order, open amounts that sum to the answer, and a true reason for each.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { ZONES } from './arbitraries.js'
import { at, caseIn, DAY, HOUR, iso, within } from './cases.js'
import type { PlainCalendar } from './oracle.js'

type Entries = ReturnType<typeof Calendar.explainElapsed>['ledger']['entries']

/** The value at a path such as `dates["2026-01-01"]`, `union[0].week` or `holidays[2]`. */
const valueAt = (definition: unknown, path: string): unknown => {
  const keys = [...path.matchAll(/([A-Za-z_$][\w$]*)|\[(\d+)\]|\["([^"]+)"\]/g)].map(
    ([, word, index, quoted]) => word ?? index ?? quoted!,
  )
  return keys.reduce(
    (value: unknown, key) => (value as Record<string, unknown> | undefined)?.[key],
    definition,
  )
}

/** What must hold of the entries from `from` to `to`, in this order. */
const check = (
  table: Calendar.Table,
  definition: PlainCalendar,
  entries: Entries,
  from: number,
  to: number,
  paused: (instant: number) => boolean,
): void => {
  const ordered = from <= to ? entries : [...entries].reverse()
  let cursor = Math.min(from, to)
  for (const { code, amount, at: stretch, ref } of ordered) {
    const [start, end] = stretch!
    expect(start).toBe(cursor)
    expect(end).toBeGreaterThan(start)
    cursor = end
    if (code === 'paused') expect([paused(start), paused(end - 1), amount]).toEqual([true, true, 0])
    else {
      const open = code === 'open'
      expect([Calendar.isOpen(table, start), Calendar.isOpen(table, end - 1)]).toEqual([open, open])
      expect(paused(start)).toBe(false)
      expect(Calendar.elapsed(table, start, end)).toBe(open ? end - start : 0)
      expect(amount).toBe(open ? Math.sign(to - from) * (end - start) : 0)
    }
    if (ref !== undefined) expect(valueAt(definition, ref), ref).toBeDefined()
    if (code === 'holiday') expect(ref).toMatch(/^holidays\[\d+\]$/)
    if (code === 'date') expect(ref).toMatch(/^dates\["/)
    if (code === 'break') expect(ref).toMatch(/^breaks\["/)
  }
  expect(cursor).toBe(Math.max(from, to))
}

const pauses = fc.array(fc.tuple(within(10), within(3)), { maxLength: 3 })
const asked = fc.tuple(caseIn(ZONES), within(12), within(12), pauses, within(1))

describe('an explanation', () => {
  test('of elapsed covers the stretch and sums to the answer', () => {
    fc.assert(
      fc.property(asked, ([{ center, calendar }, a, b, pairs]) => {
        const table = Calendar.compileOrThrow(calendar)
        const [from, to] = [center + a, center + b]
        const stops = pairs.map(
          ([start, length]): Calendar.Period => [center + start, center + start + length],
        )
        const paused = (instant: number) => stops.some(([start, end]) => start <= instant && instant < end)
        const { verdict, ledger } = Calendar.explainElapsed(table, from, to, stops)
        expect(verdict).toBe(Calendar.elapsedPaused(table, from, to, stops))
        expect([ledger.unit, ledger.fold, ledger.total]).toEqual(['ms', 'sum', verdict])
        check(table, calendar, ledger.entries, from, to, paused)
      }),
      { numRuns: runs(30_000) },
    )
  })

  test('of add covers the stretch and sums to the duration, or says that there is none', () => {
    fc.assert(
      fc.property(asked, ([{ center, calendar }, a, , pairs, by]) => {
        const table = Calendar.compileOrThrow(calendar)
        const from = center + a
        const stops = pairs.map(
          ([start, length]): Calendar.Period => [center + start, center + start + length],
        )
        const paused = (instant: number) => stops.some(([start, end]) => start <= instant && instant < end)
        const { verdict, ledger } = Calendar.explainAdd(table, from, by, stops)
        expect(verdict).toEqual(Calendar.addPaused(table, from, by, stops))
        if (Calendar.isNever(verdict)) {
          expect(ledger.entries.map(({ code }) => code)).toEqual(['no-open-time'])
          expect(ledger.total).toBeNaN()
          return
        }
        expect(ledger.total).toBe(by)
        // years of closed days would only repeat the law
        if (Math.abs(verdict - from) < 60 * DAY) check(table, calendar, ledger.entries, from, verdict, paused)
      }),
      { numRuns: runs(30_000) },
    )
  })
})

const told = (entries: Entries): string[] =>
  entries.map(({ code, label, at: stretch, ref }) =>
    [code, label, stretch === undefined ? '' : stretch.map(iso).join(' '), ref ?? ''].join(' | '),
  )

describe('reasons by hand', () => {
  const week = { mon: ['09:00-18:00'], tue: ['09:00-18:00'], fri: ['22:00-06:00'] }
  const desk = Calendar.compileOrThrow({
    timeZone: 'UTC',
    week,
    holidays: [
      '2026-01-01',
      { date: '2026-03-10', name: 'Founders Day' },
      { rrule: 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=14' },
    ],
    dates: { '2026-03-09': ['12:00-14:00'] },
    breaks: { '2026-03-03': ['12:00-13:00'] },
    effective: [{ from: '2026-04-01', week: { wed: ['09:00-10:00'] } }],
  })

  test('a break, a pause, and what lies outside opening hours', () => {
    const stops = [[at('2026-03-03T15:00'), at('2026-03-03T16:00')]] as const
    const { verdict, ledger } = Calendar.explainElapsed(
      desk,
      at('2026-03-03T08:00'),
      at('2026-03-03T19:00'),
      stops,
    )
    expect(verdict).toBe(7 * HOUR)
    expect(told(ledger.entries)).toEqual([
      'closed | outside opening hours | 2026-03-03T08:00Z 2026-03-03T09:00Z | week',
      'open | open | 2026-03-03T09:00Z 2026-03-03T12:00Z | week',
      'break | break | 2026-03-03T12:00Z 2026-03-03T13:00Z | breaks["2026-03-03"]',
      'open | open | 2026-03-03T13:00Z 2026-03-03T15:00Z | week',
      'paused | paused | 2026-03-03T15:00Z 2026-03-03T16:00Z | ',
      'open | open | 2026-03-03T16:00Z 2026-03-03T18:00Z | week',
      'closed | outside opening hours | 2026-03-03T18:00Z 2026-03-03T19:00Z | week',
    ])
  })

  test('a date of its own, a holiday by its name, and one without', () => {
    const { ledger } = Calendar.explainElapsed(desk, at('2026-03-09T10:00'), at('2026-03-11T12:00'))
    expect(told(ledger.entries)).toEqual([
      'date | hours of 2026-03-09 | 2026-03-09T10:00Z 2026-03-09T12:00Z | dates["2026-03-09"]',
      'open | open | 2026-03-09T12:00Z 2026-03-09T14:00Z | dates["2026-03-09"]',
      'date | hours of 2026-03-09 | 2026-03-09T14:00Z 2026-03-10T00:00Z | dates["2026-03-09"]',
      'holiday | holiday: Founders Day | 2026-03-10T00:00Z 2026-03-11T00:00Z | holidays[1]',
      'closed | outside opening hours | 2026-03-11T00:00Z 2026-03-11T12:00Z | week',
    ])
    // the recurrence cuts the night from Friday at midnight
    const night = Calendar.explainElapsed(desk, at('2026-03-13T21:00'), at('2026-03-14T03:00'))
    expect(told(night.ledger.entries)).toEqual([
      'closed | outside opening hours | 2026-03-13T21:00Z 2026-03-13T22:00Z | week',
      'open | open | 2026-03-13T22:00Z 2026-03-14T00:00Z | week',
      'holiday | holiday | 2026-03-14T00:00Z 2026-03-14T03:00Z | holidays[2]',
    ])
  })

  test('a week in force is named by its path', () => {
    const { ledger } = Calendar.explainElapsed(desk, at('2026-04-01T08:00'), at('2026-04-01T10:00'))
    expect(told(ledger.entries)).toEqual([
      'closed | outside opening hours | 2026-04-01T08:00Z 2026-04-01T09:00Z | effective[0].week',
      'open | open | 2026-04-01T09:00Z 2026-04-01T10:00Z | effective[0].week',
    ])
  })

  test('back in time the entries run back, and count negative', () => {
    const { verdict, ledger } = Calendar.explainAdd(desk, at('2026-03-03T10:00'), -2 * HOUR)
    expect([iso(verdict), ledger.total]).toEqual(['2026-03-02T17:00Z', -2 * HOUR])
    expect(ledger.entries.map(({ code, amount }) => [code, amount])).toEqual([
      ['open', -HOUR],
      ['closed', 0],
      ['open', -HOUR],
    ])
  })

  test('a combination says which it is', () => {
    const both = Calendar.compileOrThrow({
      union: [
        { timeZone: 'UTC', week },
        { timeZone: 'Asia/Tokyo', week: { mon: ['09:00-18:00'] } },
      ],
    })
    const { ledger } = Calendar.explainElapsed(both, at('2026-03-02T08:00'), at('2026-03-02T19:00'))
    expect(told(ledger.entries)).toEqual([
      'open | open | 2026-03-02T08:00Z 2026-03-02T18:00Z | union',
      'closed | closed in the combination | 2026-03-02T18:00Z 2026-03-02T19:00Z | union',
    ])
  })

  test('a night is told by the day it starts on, whatever its second date says', () => {
    const nights = Calendar.compileOrThrow({ timeZone: 'UTC', week, dates: { '2026-03-07': [] } })
    const { ledger } = Calendar.explainElapsed(nights, at('2026-03-07T01:00'), at('2026-03-07T07:00'))
    expect(told(ledger.entries)).toEqual([
      'open | open | 2026-03-07T01:00Z 2026-03-07T06:00Z | week',
      'date | hours of 2026-03-07 | 2026-03-07T06:00Z 2026-03-07T07:00Z | dates["2026-03-07"]',
    ])
  })

  test('time outside 1970 to 2100 is one entry, however long', () => {
    const never = Calendar.compileOrThrow({ timeZone: 'UTC', week: {} })
    const { entries } = Calendar.explainElapsed(never, Number.NEGATIVE_INFINITY, DAY).ledger
    expect(entries.map(({ label }) => label)).toEqual(['before 1970 or after 2100', 'outside opening hours'])
  })

  test('clocks that go back over midnight do not slow it down', () => {
    // from 1987 to 2011 St. John's went back at 00:01, so that the last hour of Saturday came twice
    const never = Calendar.compileOrThrow({ timeZone: 'America/St_Johns', week: {} })
    const begin = performance.now()
    const { entries } = Calendar.explainElapsed(never, at('1999-10-31T02:45'), at('1999-11-01T12:00')).ledger
    expect(entries.length).toBe(1)
    expect(performance.now() - begin).toBeLessThan(500)
  })

  test('no open time, no instant, beyond the known range, and no stretch at all', () => {
    const never = Calendar.compileOrThrow({ timeZone: 'UTC', week: {} })
    expect(told(Calendar.explainAdd(never, 0, 1).ledger.entries)).toEqual([
      'no-open-time | not enough open time before 2101 |  | ',
    ])
    expect(told(Calendar.explainAdd(never, at('2026-01-01'), -1).ledger.entries)).toEqual([
      'no-open-time | not enough open time after 1970 |  | ',
    ])
    expect(told(Calendar.explainElapsed(never, Number.NaN, 1).ledger.entries)).toEqual([
      'no-open-time | not an instant |  | ',
    ])
    const always = Calendar.compileOrThrow({ timeZone: 'UTC', week: '24/7' })
    expect(told(Calendar.explainElapsed(always, -HOUR, 0).ledger.entries)).toEqual([
      'closed | before 1970 or after 2100 | 1969-12-31T23:00Z 1970-01-01T00:00Z | ',
    ])
    expect(Calendar.explainElapsed(always, 5, 5)).toEqual({
      verdict: 0,
      ledger: { unit: 'ms', fold: 'sum', total: 0, entries: [] },
    })
  })
})
