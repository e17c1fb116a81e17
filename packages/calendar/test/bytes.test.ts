// Laws of bytes: what is read back answers as before, and what was cut, changed, or made elsewhere is refused.

import { encode, shapeMessage } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesMessage, fromBytes, hash, toBytes } from '../src/bytes.js'
import * as Calendar from '../src/index.js'
import { instantNear, placedCalendar } from './arbitraries.js'

const HOUR = 3_600_000

const cases = placedCalendar.chain(({ calendar, center }) =>
  fc.record({
    calendar: fc.constant(calendar),
    ats: fc.array(instantNear(center), { minLength: 2, maxLength: 10 }),
    by: fc.integer({ min: -60 * HOUR, max: 60 * HOUR }),
  }),
)

const read = (bytes: Uint8Array): Calendar.Table => {
  const table = fromBytes(bytes)
  if (table._tag === 'Left') throw new TypeError(table.left.map(bytesMessage).join())
  return table.right
}

const refusal = (bytes: Uint8Array): string => {
  const table = fromBytes(bytes)
  return table._tag === 'Left' ? table.left.map(bytesMessage).join() : 'accepted'
}

test('what is read back gives the same answers and the same bytes', () => {
  fc.assert(
    fc.property(cases, ({ calendar, ats, by }) => {
      const table = Calendar.compileOrThrow(calendar)
      const bytes = toBytes(table)
      const again = read(bytes)
      expect(toBytes(again)).toEqual(bytes)
      expect(again.rule).toEqual(table.rule)
      for (const at of ats) {
        expect(Calendar.explainAdd(again, at, by)).toEqual(Calendar.explainAdd(table, at, by))
        expect(Calendar.periods(again, ats[0]!, at)).toEqual(Calendar.periods(table, ats[0]!, at))
      }
    }),
    { numRuns: runs(10_000) },
  )
})

test('the same definition has the same bytes and hash, whatever was asked before', () => {
  fc.assert(
    fc.property(cases, ({ calendar, ats, by }) => {
      const [asked, fresh] = [Calendar.compileOrThrow(calendar), Calendar.compileOrThrow(calendar)]
      for (const at of ats) Calendar.add(asked, at, by)
      expect(toBytes(asked)).toEqual(toBytes(fresh))
      expect(hash(asked)).toBe(hash(fresh))
      expect(hash(asked)).toMatch(/^[0-9a-f]{16}$/)
    }),
    { numRuns: runs(5_000) },
  )
})

test('other hours have another hash', () => {
  const hashes = ['09:00-18:00', '09:00-18:01', '09:00-17:59', '10:00-18:00'].map((interval) =>
    hash(Calendar.compileOrThrow({ timeZone: 'UTC', week: { mon: [interval] } })),
  )
  expect(new Set(hashes).size).toBe(4)
})

test('each byte that is changed, and each that is missing, is noticed', () => {
  const bytes = toBytes(
    Calendar.compileOrThrow({
      timeZone: 'Europe/Moscow',
      week: { mon: ['09:00-18:00'] },
      holidays: ['2026-01-01'],
    }),
  )
  for (let i = 0; i < bytes.length; i++) {
    const changed = bytes.slice()
    changed[i]! ^= 1 << (i % 8)
    expect(fromBytes(changed)._tag, `byte ${i}`).toBe('Left')
    expect(fromBytes(bytes.subarray(0, i))._tag, `cut at ${i}`).toBe('Left')
  }
  expect(refusal(bytes.subarray(0, bytes.length - 8))).toBe(
    'expected calendar bytes of version 1, given bytes that were cut or changed',
  )
})

test('random bytes are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(fromBytes(bytes)._tag).toBe('Left')
    }),
    { numRuns: runs(50_000) },
  )
})

test('bytes of another version or of something else are refused by name', () => {
  expect(refusal(encode('calendar', 2, { rule: '{}' }))).toBe(
    'expected calendar bytes of version 1, given calendar bytes of version 2',
  )
  expect(refusal(encode('policy', 1, { rule: '{}' }))).toBe(
    'expected calendar bytes of version 1, given policy bytes of version 1',
  )
})

test('bytes made with other zone data, or for a zone not known here, say so', () => {
  const outline = (zone: string, zoneData: string): Uint8Array =>
    encode('calendar', 1, {
      rule: JSON.stringify({
        kind: 'hours',
        zone,
        zoneData,
        weeks: [{ from: -7, days: [[], [], [], [], [], [], []], ref: 'week' }],
        special: [],
        breaks: [],
      }),
    })
  expect(refusal(outline('Europe/Moscow', '0123456789abcdef'))).toMatch(
    /^the zone data of Europe\/Moscow is [0-9a-f]{16} on this machine, but 0123456789abcdef in the bytes; compile again$/,
  )
  expect(refusal(outline('Mars/Olympus', '0123456789abcdef'))).toContain(
    'Mars/Olympus is unknown on this machine',
  )
})

test('the sentence of other issues is that of the core', () => {
  const issue = { code: 'bad-bytes', path: '', given: 'a', expected: 'b' } as const
  expect(bytesMessage(issue)).toBe(shapeMessage(issue))
})
