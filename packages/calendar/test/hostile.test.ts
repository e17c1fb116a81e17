// Large and odd definitions: refused with a word about the size, or compiled and answered, and never slow. Random ones are
// in `compile.test.ts`.

import { describe, expect, test } from 'vitest'
import { fromBytes, toBytes } from '../src/bytes.js'
import * as Calendar from '../src/index.js'

/** Compiles and, when there is a table, asks it everything. */
const compileAndAsk = (definition: unknown): Calendar.Table | undefined => {
  const compiled = Calendar.compile(definition)
  if (compiled._tag === 'Left') {
    expect(compiled.left.length).toBeGreaterThan(0)
    for (const issue of compiled.left) expect(Calendar.message(issue)).not.toMatch(/undefined|NaN|\[object/)
    return undefined
  }
  const table = compiled.right
  const at = Date.UTC(2026, 2, 2)
  for (const by of [1, -1, 3_600_000]) Calendar.add(table, at, by)
  Calendar.nextOpen(table, at)
  Calendar.nextClose(table, at)
  Calendar.prevOpen(table, at)
  Calendar.addBusinessDays(table, at, 3)
  Calendar.explainElapsed(table, at, at + 86_400_000)
  return table
}

const within = (millis: number, work: () => void): void => {
  const begin = performance.now()
  work()
  expect(performance.now() - begin).toBeLessThan(millis)
}

const good = { timeZone: 'UTC', week: { mon: ['09:00-18:00'] } }

test('what is no JSON is refused as well', () => {
  for (const value of [
    undefined,
    null,
    0,
    Number.NaN,
    '',
    'UTC',
    true,
    [],
    () => good,
    Symbol('x'),
    10n,
    new Date(0),
    new Map(),
  ]) {
    expect(Calendar.compile(value)._tag).toBe('Left')
  }
})

describe('prototypes', () => {
  test('nothing is left behind on Object.prototype', () => {
    Calendar.compile(
      JSON.parse('{"dates":{"__proto__":[],"constructor":[]},"week":{"toString":[]},"timeZone":"__proto__"}'),
    )
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('size', () => {
  const many = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i))
  const date = (i: number): string => new Date(i * 86_400_000).toISOString().slice(0, 10)

  test.each<[string, unknown, string]>([
    [
      'a hundred thousand holidays',
      { ...good, holidays: many(100_000, () => '2026-01-01') },
      'more than 20000 elements',
    ],
    [
      'a hundred thousand dates',
      { ...good, dates: Object.fromEntries(many(100_000, (i) => [`k${i}`, []])) },
      'more than 20000 entries',
    ],
    [
      'a hundred intervals a day',
      { ...good, week: { mon: many(100, () => '09:00-10:00') } },
      'more than 48 elements',
    ],
    [
      'a thousand weeks',
      { ...good, effective: many(1_000, (i) => ({ from: date(i), week: {} })) },
      'more than 400 elements',
    ],
    ['a union of a thousand', { union: many(1_000, () => good) }, 'more than 32 elements'],
    [
      'thirty-three calendars in all',
      { union: [{ union: many(16, () => good) }, { union: many(16, () => good) }] },
      'more than 32 calendars in one',
    ],
    [
      'nesting',
      many(50, () => 0).reduce<unknown>((inner) => ({ union: [inner] }), good),
      'nested deeper than 8 levels',
    ],
    [
      'a thousand recurrences',
      { ...good, holidays: many(1_000, () => ({ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29' })) },
      'more than 300000 days of recurrences',
    ],
    [
      'every day a holiday, many times',
      { ...good, holidays: many(20_000, () => ({ rrule: 'FREQ=DAILY' })) },
      'more than 300000 days of recurrences',
    ],
  ])('%s', (_, definition, sentence) => {
    within(5_000, () => {
      const compiled = Calendar.compile(definition)
      const said = compiled._tag === 'Left' ? compiled.left.map((issue) => Calendar.message(issue)) : []
      expect(said).toContain(sentence)
    })
  })

  test('a document nested ten thousand deep', () => {
    const deep: unknown = JSON.parse(`${'{"union":['.repeat(5_000)}1${']}'.repeat(5_000)}`)
    expect(Calendar.compile(deep)._tag).toBe('Left')
    expect(Calendar.compile({ ...good, meta: deep })._tag).toBe('Right')
  })

  test('issues quote no more than a little of what was given', () => {
    const long = 'x'.repeat(1_000_000)
    const compiled = Calendar.compile({
      timeZone: long,
      week: { mon: [long], [long]: [] },
      holidays: [long, { rrule: long }, { date: long, name: long }],
      dates: { [long]: [] },
      [long]: 1,
    })
    expect(compiled._tag).toBe('Left')
    expect(JSON.stringify(compiled).length).toBeLessThan(10_000)
  })

  test('the largest calendar that compiles answers at once, and fits into bytes', () => {
    const largest = {
      timeZone: 'America/New_York',
      week: {
        mon: many(
          48,
          (i) =>
            `${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}-${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '15' : '45'}`,
        ),
      },
      holidays: many(20_000, (i) => date(i)),
      dates: Object.fromEntries(many(20_000, (i) => [date(i + 20_000), ['09:00-10:00']])),
      breaks: Object.fromEntries(many(20_000, (i) => [date(i), ['12:00-13:00']])),
    }
    within(5_000, () => {
      const table = compileAndAsk(largest)
      expect(table).toBeDefined()
      if (table !== undefined) expect(fromBytes(toBytes(table))._tag).toBe('Right')
    })
  })
})
