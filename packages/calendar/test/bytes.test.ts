// Bytes of a table: the same answers and the same bytes again, and everything else refused with its reason.

import { compileOrThrow, elapsed, periods, type Table } from '@clientele/calendar'
import { type BytesIssue, bytesMessage, fromBytes, hash, toBytes } from '@clientele/calendar/bytes'
import { decode, encode, zoneHash, zoneOf } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, someCase, within } from './cases.js'
import type { PlainHours } from './oracle.js'

const tableOf = (bytes: Uint8Array): Table => {
  const result = fromBytes(bytes)
  if (result._tag === 'Left') throw new Error(bytesMessage(result.left[0]))
  return result.right
}
const issuesOf = (bytes: Uint8Array): readonly BytesIssue[] => {
  const result = fromBytes(bytes)
  return result._tag === 'Left' ? result.left : []
}

const moscow = compileOrThrow({
  timeZone: 'Europe/Moscow',
  week: { mon: ['09:00-18:00'] },
  holidays: [{ date: '2026-03-09', name: 'Праздник' }],
})

describe('bytes', () => {
  test('come back as a table of equal answers and equal bytes', () => {
    fc.assert(
      fc.property(someCase, within(20), ({ center, calendar }, offset) => {
        const table = compileOrThrow(calendar)
        const bytes = toBytes(table)
        const back = tableOf(bytes)
        const [from, to] = [center + offset - 30 * DAY, center + offset + 30 * DAY]
        expect(periods(back, from, to)).toEqual(periods(table, from, to))
        expect(elapsed(back, to, 0)).toBe(elapsed(table, to, 0))
        expect(toBytes(back)).toEqual(bytes)
        expect(hash(back)).toBe(hash(table))
      }),
      { numRuns: runs(5_000) },
    )
  })

  test('do not depend on what was asked before', () => {
    const [asked, fresh] = [0, 1].map(() => compileOrThrow({ timeZone: 'Asia/Tokyo', week: '24/7' })) as [
      Table,
      Table,
    ]
    elapsed(asked, 0, Date.UTC(2090, 0, 1))
    expect(toBytes(asked)).toEqual(toBytes(fresh))
  })

  test('are refused when cut, lengthened, or changed in any one byte', () => {
    const bytes = toBytes(moscow)
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice()
      changed[i]! ^= 1 << (i % 8)
      const [issue] = issuesOf(changed)
      expect(issue?.code, `byte ${i}`).toBe('bad-bytes')
      expect(issuesOf(bytes.subarray(0, i))[0]?.code, `cut at ${i}`).toBe('bad-bytes')
    }
    expect(issuesOf(new Uint8Array([...bytes, 0])).map(bytesMessage)).toEqual([
      'expected calendar bytes of version 1, given bytes that were cut or changed',
    ])
    expect(issuesOf(new Uint8Array()).map(bytesMessage)).toEqual([
      'expected calendar bytes of version 1, given other bytes',
    ])
  })

  test('of another version or format are refused, both named', () => {
    expect(issuesOf(encode('calendar', 2, {})).map(bytesMessage)).toEqual([
      'expected calendar bytes of version 1, given calendar bytes of version 2',
    ])
    expect(issuesOf(encode('sla', 1, {})).map(bytesMessage)).toEqual([
      'expected calendar bytes of version 1, given sla bytes of version 1',
    ])
  })

  test('of other zone data are refused, both hashes named, for every zone', () => {
    const table = compileOrThrow({
      union: [
        { timeZone: 'Europe/Moscow', week: '24/7' },
        { timeZone: 'Asia/Tokyo', week: '24/7' },
        { timeZone: 'UTC', week: '24/7' },
      ],
    })
    const sections = decode(toBytes(table), 'calendar', 1)
    if (sections._tag === 'Left') throw new Error('unreachable')
    const [mow, tyo] = ['Europe/Moscow', 'Asia/Tokyo'].map((name) => zoneHash(zoneOf(name)!)) as [
      string,
      string,
    ]
    const other = (sections.right['rule'] as string)
      .replace(mow, '0123456789abcdef')
      .replace(tyo, 'fedcba9876543210')
    const issues = issuesOf(encode('calendar', 1, { rule: other }))
    expect(issues).toEqual([
      {
        code: 'zone-data-differs',
        path: '',
        zone: 'Europe/Moscow',
        given: '0123456789abcdef',
        expected: mow,
      },
      { code: 'zone-data-differs', path: '', zone: 'Asia/Tokyo', given: 'fedcba9876543210', expected: tyo },
    ])
    expect(bytesMessage(issues[0]!)).toBe(
      `the zone data of Europe/Moscow is ${mow} on this machine, but 0123456789abcdef in the bytes; compile again`,
    )
    const unknown = (sections.right['rule'] as string).replace('Asia/Tokyo', 'Asia/Atlantis')
    expect(issuesOf(encode('calendar', 1, { rule: unknown }))).toEqual([
      { code: 'zone-data-differs', path: '', zone: 'Asia/Atlantis', given: tyo, expected: 'unknown' },
    ])
  })
})

describe('a hash', () => {
  const base: PlainHours = {
    timeZone: 'Europe/Moscow',
    week: { mon: ['09:00-18:00'], sat: [] },
    holidays: ['2026-01-01'],
    dates: { '2026-02-01': ['10:00-12:00'], '2026-02-02': [] },
    breaks: { '2026-02-03': ['12:00-13:00'] },
    effective: [],
  }
  const hashOf = (change: object): string => hash(compileOrThrow({ ...base, ...change }))
  const named = hashOf({})

  test.each([
    [
      'labels and other words that mean nothing',
      { label: 'Desk', meta: { any: 1 }, version: 1, $schema: 'x' },
    ],
    ['a closed day left out', { week: { mon: ['09:00-18:00'] } }],
    ['the order of dates', { dates: { '2026-02-02': [], '2026-02-01': ['10:00-12:00'] } }],
    ['another way to write a time', { week: { mon: ['09:00:00-18:00'] } }],
  ])('is the same with %s', (_, change) => {
    expect(hashOf(change)).toBe(named)
  })

  test.each([
    ['an interval', { week: { mon: ['09:00-18:01'] } }],
    ['a zone of the same hours', { timeZone: 'Europe/Minsk' }],
    ['a holiday', { holidays: ['2026-01-02'] }],
    ['a date', { dates: { '2026-02-01': ['10:00-12:00'] } }],
    ['a break', { breaks: {} }],
    ['a week to come', { effective: [{ from: '2027-01-01', week: '24/7' as const }] }],
  ])('differs with %s', (_, change) => {
    expect(hashOf(change)).not.toBe(named)
  })

  test('is 16 hexadecimal digits', () => {
    expect(named).toMatch(/^[0-9a-f]{16}$/)
  })
})
