// Laws of edits: the definition given stays as it is, patches lead there and inverse patches back, hostile paths are refused.

import type { Hours } from '@clientele/calendar'
import {
  addHoliday,
  applyEdits,
  type Edited,
  edit,
  removeHoliday,
  setDate,
  setWeek,
} from '@clientele/calendar/edit'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hours, intervals } from './import.arbitraries.js'

const date = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))

/** Any ready-made edit, ready to be applied. */
const edits: fc.Arbitrary<(given: Hours) => Edited<Hours>> = fc.oneof(
  date.map((day) => (given: Hours) => addHoliday(given, day)),
  fc.tuple(date, fc.string()).map(
    ([day, name]) =>
      (given: Hours) =>
        addHoliday(given, day, name),
  ),
  date.map((day) => (given: Hours) => removeHoliday(given, day)),
  fc.tuple(date, fc.option(intervals('overnight'))).map(
    ([day, list]) =>
      (given: Hours) =>
        setDate(given, day, list ?? undefined),
  ),
  fc.tuple(date, intervals('overnight')).map(
    ([day, mon]) =>
      (given: Hours) =>
        setWeek(given, day, { mon }),
  ),
)

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null)
    for (const each of Object.values(Object.freeze(value))) freeze(each)
  return value
}

test('there and back, and the definition given stays as it is', () => {
  fc.assert(
    fc.property(hours('overnight'), fc.array(edits, { minLength: 1, maxLength: 6 }), (given, list) => {
      const before = structuredClone(given)
      const frozen = freeze(structuredClone(given))
      let now: Hours = frozen
      const trail: Edited<Hours>[] = []
      for (const make of list) {
        const edited = make(now)
        const there = applyEdits(now, edited.patches)
        expect(there).toEqual({ _tag: 'Right', right: edited.definition })
        trail.push(edited)
        now = edited.definition
      }
      expect(frozen).toEqual(before)
      for (const { inverse } of trail.reverse()) {
        const back = applyEdits(now, JSON.parse(JSON.stringify(inverse)))
        if (back._tag === 'Left') throw new TypeError(back.left.reason)
        now = back.right
      }
      expect(now).toEqual(before)
    }),
    { numRuns: runs(20_000) },
  )
})

describe('ready-made edits', () => {
  const desk: Hours = { timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } }

  test('an edit that changes nothing has no patches', () => {
    expect(removeHoliday(desk, '2026-05-01').patches).toEqual([])
    const once = addHoliday(desk, '2026-05-01').definition
    expect(addHoliday(once, '2026-05-01').patches).toEqual([])
  })

  test('a name is added to the holiday that is there', () => {
    const once = addHoliday(desk, '2026-05-01').definition
    expect(addHoliday(once, '2026-05-01', 'Labour Day').definition.holidays).toEqual([
      { date: '2026-05-01', name: 'Labour Day' },
    ])
  })

  test('weeks stand in order of their dates, one a date', () => {
    const later = setWeek(desk, '2026-09-01', {}).definition
    const both = setWeek(later, '2026-07-01', '24/7').definition
    expect(setWeek(both, '2026-07-01', {}).definition.effective).toEqual([
      { from: '2026-07-01', week: {} },
      { from: '2026-09-01', week: {} },
    ])
  })

  test('what is no date is a RangeError', () => {
    expect(() => addHoliday(desk, '2026-02-30')).toThrow(
      'expected a date such as "2026-12-25", given "2026-02-30"',
    )
  })

  test('a recipe changes any definition', () => {
    const union = { union: [desk, desk] }
    const edited = edit(union, (draft) => {
      draft.union.pop()
    })
    expect(edited.definition).toEqual({ union: [desk] })
    expect(union.union).toHaveLength(2)
  })
})

test('hostile patches are refused and nothing is applied', () => {
  const desk: Hours = { timeZone: 'UTC', week: {} }
  const hostile: unknown[] = [
    { op: 'add', path: ['__proto__', 'polluted'], value: 1 },
    { op: 'replace', path: ['constructor', 'prototype', 'polluted'], value: 1 },
    { op: 'add', path: ['week', '__proto__'], value: { polluted: 1 } },
    { op: 'move', path: ['week'], value: 1 },
    { op: 'add', path: 'week', value: 1 },
    { op: 'add', path: [{}], value: 1 },
    { op: 'add', path: ['nothing', 'here', 'at', 'all'], value: 1 },
    null,
    7,
  ]
  for (const patch of hostile) {
    expect(applyEdits(desk, [patch as never])._tag, JSON.stringify(patch)).toBe('Left')
  }
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          op: fc.constantFrom('add', 'remove', 'replace'),
          path: fc.array(fc.oneof(fc.string(), fc.nat(5), fc.constantFrom('week', 'mon', '__proto__'))),
          value: fc.jsonValue(),
        }),
      ),
      (patches) => {
        expect(['Left', 'Right']).toContain(applyEdits(desk, patches as never)._tag)
        expect(desk).toEqual({ timeZone: 'UTC', week: {} })
      },
    ),
    { numRuns: runs(50_000) },
  )
})
