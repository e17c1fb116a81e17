// Laws of explanations: the ledger sums to the answer, covers the stretch without a gap, and every entry has its true reason.

import { renderLedger } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Calendar from '../src/index.js'
import { instantNear, placedCalendar } from './arbitraries.js'

const HOUR = 3_600_000
const at = (text: string): number => Date.parse(text)

const pausesNear = (center: number) =>
  fc.array(fc.tuple(instantNear(center), instantNear(center)), { maxLength: 4 })

const cases = placedCalendar.chain(({ calendar, center }) =>
  fc.record({
    table: fc.constant(calendar).map(Calendar.compileOrThrow),
    from: instantNear(center),
    to: instantNear(center),
    by: fc.integer({ min: -60 * HOUR, max: 60 * HOUR }),
    pauses: pausesNear(center),
  }),
)

type Ledger = ReturnType<typeof Calendar.explainElapsed>['ledger']

/** The entries follow one another from end to end, in the direction asked. */
const covers = ({ entries }: Ledger, from: number, to: number): void => {
  const [first, last] = from <= to ? [from, to] : [to, from]
  const ascending = from <= to ? entries : [...entries].reverse()
  let cursor = first
  for (const entry of ascending) {
    expect(entry.at![0]).toBe(cursor)
    expect(entry.at![1]).toBeGreaterThan(cursor)
    cursor = entry.at![1]
  }
  expect(cursor).toBe(last)
}

describe('on random calendars', () => {
  test('the ledger of elapsed sums to it and covers the stretch', () => {
    fc.assert(
      fc.property(cases, ({ table, from, to, pauses }) => {
        const { verdict, ledger } = Calendar.explainElapsed(table, from, to, pauses)
        expect(verdict).toBe(Calendar.elapsedPaused(table, from, to, pauses))
        expect(ledger.total).toBe(verdict)
        expect(ledger).toMatchObject({ unit: 'ms', fold: 'sum' })
        covers(ledger, from, to)
      }),
      { numRuns: runs(50_000) },
    )
  })

  test('the ledger of add sums to what was added', () => {
    fc.assert(
      fc.property(cases, ({ table, from, by, pauses }) => {
        const { verdict, ledger } = Calendar.explainAdd(table, from, by, pauses)
        expect(verdict).toBe(Calendar.addPaused(table, from, by, pauses))
        if (Calendar.isNever(verdict)) {
          expect(ledger.entries.map(({ code }) => code)).toEqual(['no-open-time'])
        } else {
          expect(ledger.total).toBe(by)
          covers(ledger, from, verdict)
        }
      }),
      { numRuns: runs(50_000) },
    )
  })

  test('open entries are open, all others are closed or paused', () => {
    fc.assert(
      fc.property(cases, ({ table, from, to, pauses }) => {
        for (const { code, amount, at: stretch } of Calendar.explainElapsed(table, from, to, pauses).ledger
          .entries) {
          const [begin, end] = stretch!
          const open = Calendar.elapsed(table, begin, end)
          if (code === 'open') expect(Math.abs(amount)).toBe(end - begin)
          else expect(amount).toBe(0)
          if (code === 'open') expect(open).toBe(end - begin)
          else if (code !== 'paused') expect(open).toBe(0)
          const paused = pauses.some(([stops, resumes]) => stops <= begin && begin < resumes)
          expect(paused).toBe(code === 'paused')
        }
      }),
      { numRuns: runs(50_000) },
    )
  })

  test('neighbors differ in their reason', () => {
    fc.assert(
      fc.property(cases, ({ table, from, to }) => {
        const { entries } = Calendar.explainElapsed(table, from, to).ledger
        for (const [i, entry] of entries.slice(1).entries()) {
          const before = entries[i]!
          if (entry.code !== 'open') expect([entry.code, entry.ref]).not.toEqual([before.code, before.ref])
        }
      }),
      { numRuns: runs(20_000) },
    )
  })
})

describe('reasons', () => {
  const week = { mon: ['09:00-18:00'], tue: ['09:00-18:00'], fri: ['22:00-06:00'] }
  const table = Calendar.compileOrThrow({
    timeZone: 'UTC',
    week,
    holidays: [
      '2026-03-03',
      { date: '2026-03-09', name: 'Day off' },
      { rrule: 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10', name: 'Fair' },
    ],
    dates: { '2026-03-16': ['10:00-12:00'], '2026-03-07': [] },
    breaks: { '2026-03-02': ['12:00-13:00'] },
    effective: [{ from: '2026-03-23', week: { mon: ['08:00-09:00'] } }],
  })
  const told = (from: string, to: string): string[] =>
    Calendar.explainElapsed(table, at(from), at(to)).ledger.entries.map(
      ({ code, label, ref }) => `${code} | ${label} | ${ref}`,
    )

  test.each<[string, string, string, string[]]>([
    [
      'a break',
      '2026-03-02T11:00Z',
      '2026-03-02T14:00Z',
      ['open | open | week', 'break | break | breaks["2026-03-02"]', 'open | open | week'],
    ],
    [
      'a holiday without a name',
      '2026-03-03T09:00Z',
      '2026-03-03T18:00Z',
      ['holiday | holiday | holidays[0]'],
    ],
    [
      'a holiday with a name',
      '2026-03-09T09:00Z',
      '2026-03-09T18:00Z',
      ['holiday | holiday: Day off | holidays[1]'],
    ],
    [
      'a holiday of a recurrence',
      '2026-03-10T09:00Z',
      '2026-03-10T18:00Z',
      ['holiday | holiday: Fair | holidays[2]'],
    ],
    [
      'hours of a date',
      '2026-03-16T09:00Z',
      '2026-03-16T13:00Z',
      [
        'date | hours of 2026-03-16 | dates["2026-03-16"]',
        'open | open | dates["2026-03-16"]',
        'date | hours of 2026-03-16 | dates["2026-03-16"]',
      ],
    ],
    ['outside the week', '2026-03-04T09:00Z', '2026-03-04T18:00Z', ['closed | outside opening hours | week']],
    [
      'outside a later week',
      '2026-03-24T09:00Z',
      '2026-03-24T18:00Z',
      ['closed | outside opening hours | effective[0].week'],
    ],
    [
      'a night shift is told by the day it starts',
      '2026-03-07T01:00Z',
      '2026-03-07T02:00Z',
      ['open | open | week'],
    ],
    [
      'the evening before a holiday',
      '2026-03-02T17:00Z',
      '2026-03-03T01:00Z',
      ['open | open | week', 'closed | outside opening hours | week', 'holiday | holiday | holidays[0]'],
    ],
    ['nothing', '2026-03-02T12:00Z', '2026-03-02T12:00Z', []],
  ])('%s', (_, from, to, expected) => {
    expect(told(from, to)).toEqual(expected)
  })

  test('of a combination name it', () => {
    const both = Calendar.compileOrThrow({
      intersect: [
        { timeZone: 'UTC', week },
        { timeZone: 'UTC', week: { mon: ['09:00-10:00'] } },
      ],
    })
    const { entries } = Calendar.explainElapsed(both, at('2026-03-02T09:30Z'), at('2026-03-02T11:00Z')).ledger
    expect(entries.map(({ code, ref }) => [code, ref])).toEqual([
      ['open', 'intersect'],
      ['closed', 'intersect'],
    ])
  })

  test('going back, open time counts negative', () => {
    const { verdict, ledger } = Calendar.explainElapsed(
      table,
      at('2026-03-02T19:00Z'),
      at('2026-03-02T17:00Z'),
    )
    expect(verdict).toBe(-HOUR)
    expect(ledger.entries.map(({ code, amount }) => [code, amount])).toEqual([
      ['closed', 0],
      ['open', -HOUR],
    ])
  })

  test('read as text', () => {
    const pauses: [number, number][] = [[at('2026-03-02T17:30Z'), at('2026-03-03T09:30Z')]]
    expect(
      renderLedger(
        Calendar.explainElapsed(table, at('2026-03-02T17:00Z'), at('2026-03-03T10:00Z'), pauses).ledger,
      ),
    ).toBe(
      [
        'PT30M  open  2026-03-02T17:00:00Z – 2026-03-02T17:30:00Z',
        ' PT0S  paused  2026-03-02T17:30:00Z – 2026-03-03T09:30:00Z',
        ' PT0S  holiday  2026-03-03T09:30:00Z – 2026-03-03T10:00:00Z',
        'PT30M  total',
      ].join('\n'),
    )
  })
})

describe('where there is no answer', () => {
  const never = Calendar.compileOrThrow({ timeZone: 'UTC', week: {} })

  test.each<[string, number, string]>([
    ['forward', HOUR, 'not enough open time before 2101'],
    ['backward', -HOUR, 'not enough open time after 1970'],
  ])('%s', (_, by, label) => {
    const { verdict, ledger } = Calendar.explainAdd(never, at('2026-03-02T09:00Z'), by)
    expect(verdict).toBeNaN()
    expect(ledger.entries).toEqual([{ code: 'no-open-time', label, amount: Number.NaN }])
  })

  test('time outside 1970 to 2100 is one entry, however long', () => {
    const { verdict, ledger } = Calendar.explainElapsed(
      never,
      Number.NEGATIVE_INFINITY,
      at('1970-01-02T00:00Z'),
    )
    expect(verdict).toBe(0)
    expect(ledger.entries.map(({ label, at: stretch }) => [label, stretch])).toEqual([
      ['before 1970 or after 2100', [Number.NEGATIVE_INFINITY, 0]],
      ['outside opening hours', [0, at('1970-01-02T00:00Z')]],
    ])
    const after = Calendar.explainElapsed(never, at('2100-12-31T00:00Z'), 8.64e15).ledger.entries
    expect(after.map(({ label }) => label)).toEqual(['outside opening hours', 'before 1970 or after 2100'])
  })

  test('what is no instant has no segments', () => {
    const { verdict, ledger } = Calendar.explainElapsed(never, Number.NaN, 0)
    expect(verdict).toBeNaN()
    expect(ledger.entries.map(({ label }) => label)).toEqual(['not an instant'])
  })

  test('clocks that go back over midnight do not slow it down', () => {
    // from 1987 to 2011 St. John's went back at 00:01, so that the last hour of Saturday came twice
    const table = Calendar.compileOrThrow({ timeZone: 'America/St_Johns', week: {} })
    const begin = performance.now()
    const { entries } = Calendar.explainElapsed(
      table,
      at('1999-10-31T02:45Z'),
      at('1999-11-01T12:00Z'),
    ).ledger
    expect(entries.length).toBeLessThan(5)
    expect(performance.now() - begin).toBeLessThan(500)
  })
})
