// A policy goes to bytes and back; hours that the host brings stay outside.
import {
  bind,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  evaluate,
  fromBytes,
  handle,
  hash,
  messageOf,
  rebind,
  restore,
  snapshot,
  step,
  toBytes,
} from '@clientele/contact'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caseOf, WIDE } from './arbitraries.js'

test('a policy in bytes answers what it answered', () => {
  fc.assert(
    fc.property(caseOf(WIDE), ({ definition, commands }) => {
      const table = compileOrThrow(definition)
      const read = fromBytes(toBytes(table))
      if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
      expect(toBytes(read.right)).toEqual(toBytes(table))
      expect(hash(read.right)).toBe(hash(table))
      const [one, other] = [createState(table), createState(read.right)]
      const [told, same]: [Effect[], Effect[]] = [[], []]
      for (const command of commands) {
        step(table, one, command, told)
        step(read.right, other, command, same)
      }
      expect(same).toEqual(told)
    }),
    { numRuns: runs(10_000) },
  )
})

test('other bytes are refused', () => {
  const bytes = toBytes(compileOrThrow({}))
  for (const wrong of [
    bytes.slice(1),
    bytes.slice(0, -1),
    new Uint8Array(100),
    snapshot(createState(compileOrThrow({}))),
  ])
    expect(fromBytes(wrong)._tag).toBe('Left')
  bytes[bytes.length - 9]! ^= 1
  expect(fromBytes(bytes)).toMatchObject({ left: [{ code: 'bad-bytes' }] })
})

describe("the host's own hours", () => {
  const definition: Definition = {
    calendars: { desk: { timeZone: 'UTC', week: '24/7' } },
    quiet: [
      { id: 'closed', label: 'Closed', outside: 'desk' },
      {
        id: 'day-off',
        label: 'Day off',
        zone: 'UTC',
        calendar: 'desk',
        periods: [{ days: ['closed'], between: 'all-day' }],
      },
    ],
  }
  const HOUR = 3_600_000
  const START = Date.UTC(2026, 2, 2)
  const OPENS = START + 36 * HOUR
  /** Open from noon of the second day on. */
  const late = {
    add: (at: number, by: number) => at + by,
    elapsed: (from: number, to: number) => to - from,
    isOpen: (at: number) => at >= OPENS,
    nextOpen: (at: number) => Math.max(at, OPENS),
  }
  const ask = (table: ReturnType<typeof compileOrThrow>, at: number) => {
    const state = createState(table)
    return evaluate(state, handle(state, 'anna'), messageOf(table, {}), at)
  }

  test('take the place of a calendar, and forget what was remembered of its dates', () => {
    const table = compileOrThrow(definition)
    expect(ask(table, START)).toMatchObject({ verdict: 'allow' })
    const bound = bind(table, { desk: late })
    expect(ask(bound, START)).toEqual({
      verdict: 'defer',
      rules: ['closed', 'day-off'],
      nextAllowedAt: OPENS,
    })
    expect(ask(bound, START + 30 * HOUR)).toMatchObject({ rules: ['closed'] })
    expect(ask(bound, OPENS)).toMatchObject({ verdict: 'allow' })
    // and the policy itself is as it was
    expect(ask(table, START)).toMatchObject({ verdict: 'allow' })
    expect(toBytes(bound)).toEqual(toBytes(table))
  })
  test('are refused under a name that the policy does not have', () => {
    expect(() => bind(compileOrThrow(definition), { dsk: late })).toThrow(
      new RangeError('no calendar "dsk" in the policy, expected one of desk'),
    )
  })
  test('are bound again after a restore', () => {
    const bound = bind(compileOrThrow(definition), { desk: late })
    const restored = restore(snapshot(createState(bound)))
    if (restored._tag === 'Left') throw new Error(JSON.stringify(restored.left))
    const { state, table } = restored.right
    const again = bind(table, { desk: late })
    rebind(state, again)
    const out: Effect[] = []
    step(again, state, { op: 'check', recipient: 'anna', at: START }, out)
    expect(out).toMatchObject([{ verdict: 'defer', nextAllowedAt: OPENS }])
    expect(() => rebind(state, compileOrThrow({}))).toThrow(RangeError)
  })
})
