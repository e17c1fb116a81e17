// Laws of units: reservations and the order of lines never lose or make one.
import {
  type Command,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  handle,
  type State,
  step,
  type Table,
  usage,
} from '@clientele/entitlements'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Asked, asked, contracts, definition, instant, START } from './arbitraries.js'
import { commands, made, played, said } from './commands.js'
import { DAY, HOUR } from './oracle.js'

/** Everything that stands in the counters of a customer. */
const standing = (table: Table, state: State, at: number): unknown =>
  ['a', 'firm'].map((who) => usage(table, state, handle(state, who), at))

describe('reservations', () => {
  test('released, or lapsed, leave everything as it was; committed, as if consumed', () => {
    fc.assert(
      fc.property(definition, commands, asked, instant, (form, all, each, at) => {
        const table = compileOrThrow(form)
        const line = { ...each, op: 'reserve' as const, ttl: HOUR }
        const [left, released, committed, consumed] = [0, 1, 2, 3].map(() => played(table, all).state) as [
          State,
          State,
          State,
          State,
        ]
        const out: Effect[] = []
        for (const state of [left, released, committed]) step(table, state, said(line, 'a', 'mine'), out)
        step(table, consumed, said({ ...line, op: 'consume' }, 'a', 'mine'), out)
        if (!('verdict' in out[0]!) || out[0].verdict === 'deny') return
        const { state: before } = played(table, all)
        const late = Math.max(at, each.at + HOUR)
        step(table, released, { op: 'release', id: 'mine', customer: 'a', at: each.at }, out)
        step(table, committed, { op: 'commit', id: 'mine', customer: 'a', at: each.at }, out)
        expect(standing(table, released, at)).toEqual(standing(table, before, at))
        expect(standing(table, left, late)).toEqual(standing(table, before, late))
        expect(standing(table, committed, at)).toEqual(standing(table, consumed, at))
      }),
      { numRuns: runs(20_000) },
    )
  })

  test('never give more than the quota, whatever is committed, released and left to lapse', () => {
    const form: Definition = {
      packages: { p: { channels: { x: { quota: 3, per: 'month', carryOver: { max: 2 } } } } },
    }
    const table = compileOrThrow(form)
    const line = fc.record({
      op: fc.constantFrom('reserve', 'reserve', 'consume', 'commit', 'release'),
      id: fc.integer({ min: 0, max: 12 }),
      day: fc.integer({ min: 0, max: 150 }),
      ttl: fc.integer({ min: 1, max: 40 }),
      units: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const state = createState(table)
        step(table, state, { op: 'contract', customer: 'a', package: 'p', from: '2026-01-01' }, [])
        for (const { op, id, day, ttl, units } of lines) {
          const base = { customer: 'a', channel: 'x', id: `${id}`, at: START + day * DAY }
          const command =
            op === 'commit' || op === 'release' ? { ...base, op } : { ...base, op, units, ttl: ttl * DAY }
          step(table, state, command as Command, [])
        }
        let total = 0
        for (let month = 0; month < 12; month++) {
          const [each] = usage(table, state, 0, Date.UTC(2026, month, 28))
          // by now every reservation of this year's first half has lapsed or been committed
          total += each!.used
          expect(each!.used).toBeLessThanOrEqual(each!.quota! + 2)
          expect(total).toBeLessThanOrEqual(3 * (month + 1))
        }
      }),
      { numRuns: runs(100_000) },
    )
  })

  test('without an id are meant by customer, channel and units, the oldest first', () => {
    const table = compileOrThrow({ packages: { p: { channels: { x: { quota: 5, per: 'month' }, y: {} } } } })
    const line = (op: string, channel: string, hour: number, more: object = {}): Command =>
      ({ op, customer: 'a', channel, at: START + hour * HOUR, ...more }) as Command
    const { out } = played(table, [
      { op: 'contract', customer: 'a', package: 'p', from: '2026-01-01' },
      line('reserve', 'x', 1, { units: 2 }),
      line('reserve', 'x', 2),
      line('release', 'x', 3, { units: 1 }),
      line('commit', 'x', 4),
      line('commit', 'x', 5),
      line('reserve', 'y', 6),
      line('commit', 'y', 7),
    ])
    expect(
      out.map((effect) =>
        'verdict' in effect ? effect.remaining : 'ok' in effect ? 'ok' : effect.error.code,
      ),
    ).toEqual(['ok', 3, 2, 3, 3, 'unknown-reservation', null, null])
  })
})

test('in whatever order requests come that all pass, the same is left', () => {
  const shuffled = fc
    .array(asked, { minLength: 2, maxLength: 12 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  fc.assert(
    fc.property(definition, contracts, shuffled, instant, (form, all, [one, other], at) => {
      const table = compileOrThrow(form)
      const tell = (list: readonly Asked[]) =>
        played(table, [
          ...all.map((each) => made(each, 'a')),
          ...list.map((each) => said({ ...each, op: 'consume', package: undefined }, 'a', undefined)),
        ])
      const [a, b] = [tell(one), tell(other)]
      const allPass = ({ out }: typeof a): boolean =>
        out.every((effect) => !('verdict' in effect) || effect.verdict === 'allow')
      // contracts beside others are asked by turns, so who answers may depend on who came first
      if (all.some(({ change }) => change === 'add') || !allPass(a) || !allPass(b)) return
      expect(standing(table, a.state, at)).toEqual(standing(table, b.state, at))
    }),
    { numRuns: runs(50_000) },
  )
})
