// The hot path says what the full answer says, for one and for many, and leaves the state as it is.
import {
  ALLOW,
  BILL,
  type Command,
  channelOf,
  compileOrThrow,
  createState,
  type Effect,
  EXPIRED,
  evaluate,
  evaluateInto,
  fromBytes,
  HOURS,
  handle,
  hash,
  NOT_COVERED,
  NOT_STARTED,
  QUOTA,
  snapshot,
  step,
  toBytes,
} from '@clientele/entitlements'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contracts, dateOf, definition, instant, requests } from './arbitraries.js'

const CODES = [
  'allow',
  'bill quota',
  'deny quota',
  'deny hours',
  'deny expired',
  'deny not-started',
  'deny not-covered',
]

test('codes are those of status, one by one and in bulk, and asking leaves no trace', () => {
  expect([ALLOW, BILL, QUOTA, HOURS, EXPIRED, NOT_STARTED, NOT_COVERED]).toEqual([0, 1, 2, 3, 4, 5, 6])
  const questions = fc.array(fc.record({ at: instant, units: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(definition, contracts, requests, questions, (form, made, lines, asked) => {
      const table = compileOrThrow(form)
      const state = createState(table)
      for (const each of made) {
        const to = each.to === undefined ? {} : { to: dateOf(each.to) }
        const change = each.change === undefined ? {} : { change: each.change }
        step(
          table,
          state,
          {
            op: 'contract',
            customer: each.holder,
            package: each.package,
            from: dateOf(each.from),
            ...to,
            ...change,
          },
          [],
        )
      }
      for (const { channel, at, units } of lines)
        step(table, state, { op: 'consume', customer: 'a', channel, at, units }, [])
      const before = snapshot(table, state)
      const [customer, channel] = [handle(state, 'a'), channelOf(table, 'x')]
      const told = asked.map(({ at, units }) => evaluate(table, state, customer, channel, at, units))
      const many = evaluateInto(
        table,
        state,
        new Int32Array(asked.length).fill(customer),
        new Int32Array(asked.length).fill(channel),
        Float64Array.from(asked, ({ at }) => at),
        Float64Array.from(asked, ({ units }) => units),
        new Uint8Array(asked.length),
      )
      expect([...many]).toEqual(told)
      expect(snapshot(table, state)).toEqual(before)
      const out: Effect[] = []
      for (const each of asked)
        step(table, state, { op: 'status', customer: 'a', channel: 'x', ...each } as Command, out)
      expect(told.map((code) => CODES[code])).toEqual(
        out.map((effect) =>
          'verdict' in effect ? `${effect.verdict} ${effect.reason ?? ''}`.trim() : 'error',
        ),
      )
    }),
    { numRuns: runs(20_000) },
  )
})

test('buffers of other lengths are refused', () => {
  const table = compileOrThrow({ packages: { a: { channels: { x: {} } } } })
  const [one, two] = [new Int32Array(1), new Int32Array(2)]
  expect(() =>
    evaluateInto(
      table,
      createState(table),
      one,
      two,
      new Float64Array(1),
      new Float64Array(1),
      new Uint8Array(1),
    ),
  ).toThrow(/channels has 2 entries, expected 1/)
})

test('a table comes back from its bytes, and its hash names its content', () => {
  fc.assert(
    fc.property(definition, definition, (form, other) => {
      const table = compileOrThrow(form)
      const again = fromBytes(toBytes(table))
      if (again._tag === 'Left') throw new Error(JSON.stringify(again.left))
      expect(toBytes(again.right)).toEqual(toBytes(table))
      expect(again.right.rows).toEqual(table.rows)
      expect(hash(table) === hash(compileOrThrow(other))).toBe(JSON.stringify(form) === JSON.stringify(other))
    }),
    { numRuns: runs(5_000) },
  )
})
