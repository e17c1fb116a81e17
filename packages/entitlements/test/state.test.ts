// Laws of the state: nothing is lost or invented, nothing stays of the erased, and bytes bring it back.

import { foldAmounts } from '@clientele/core'
import {
  type Command,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  explain,
  handle,
  migrate,
  type Request,
  restore,
  type State,
  snapshot,
  step,
  stepExplained,
  type Table,
  usage,
} from '@clientele/entitlements'
import { jsonDocument, runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Asked,
  asked,
  contracts,
  dateOf,
  definition,
  type Given,
  instant,
  START,
} from './arbitraries.js'
import { DAY, HOUR } from './oracle.js'

const made = (each: Given, holder = each.holder): Command => ({
  op: 'contract',
  customer: holder,
  package: each.package,
  from: dateOf(each.from),
  ...(each.to === undefined ? {} : { to: dateOf(each.to) }),
  ...(each.zone === undefined ? {} : { zone: each.zone }),
  ...(each.anchor === undefined ? {} : { anchor: dateOf(each.anchor) }),
  ...(each.change === undefined ? {} : { change: each.change }),
})
const said = (each: Asked, customer: string, id: string | undefined): Command =>
  ({
    op: each.op,
    customer,
    channel: each.channel,
    at: each.at,
    ...(each.op === 'commit' || each.op === 'release' ? {} : { units: each.units }),
    ...(each.op === 'reserve' && each.ttl !== undefined ? { ttl: each.ttl } : {}),
    ...(each.package === undefined || each.op === 'commit' || each.op === 'release'
      ? {}
      : { package: each.package }),
    ...(id === undefined ? {} : { id }),
  }) as Command

/** Commands of several customers of one firm: contracts, requests with and without ids. */
const commandsOf = (customers: readonly string[]): fc.Arbitrary<readonly (readonly [string, Command])[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom(...customers), contracts)
          .map(([who, all]) => [who, made(all[0]!, who)] as const),
      },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom(...customers)
          .map((who) => [who, { op: 'account', customer: who, account: 'firm' } as Command] as const),
      },
      {
        weight: 8,
        arbitrary: fc
          .tuple(
            fc.constantFrom(...customers),
            asked,
            fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
          )
          .map(
            ([who, each, id]) =>
              [who, said(each, who, id === undefined ? undefined : `${who} ${id}`)] as const,
          ),
      },
    ),
    { minLength: 1, maxLength: 25 },
  )
const commands = commandsOf(['a', 'b', 'firm']).map((all) => all.map(([, command]) => command))

const played = (
  table: Table,
  all: readonly Command[],
): { readonly state: State; readonly out: readonly Effect[] } => {
  const [state, out] = [createState(table), [] as Effect[]]
  for (const command of all) step(table, state, command, out)
  return { state, out }
}

test('a state comes back from its bytes and goes on alike', () => {
  fc.assert(
    fc.property(definition, commands, commands, (form, before, after) => {
      const table = compileOrThrow(form)
      const { state } = played(table, before)
      const bytes = snapshot(table, state)
      const restored = restore(bytes)
      if (restored._tag === 'Left') throw new Error(JSON.stringify(restored.left))
      const twin = restored.right
      expect(snapshot(twin.table, twin.state)).toEqual(bytes)
      const [told, same]: [Effect[], Effect[]] = [[], []]
      for (const command of after) {
        step(table, state, command, told)
        step(twin.table, twin.state, command, same)
      }
      expect(same).toEqual(told)
      expect(snapshot(twin.table, twin.state)).toEqual(snapshot(table, state))
    }),
    { numRuns: runs(20_000) },
  )
})

test('other bytes are refused', () => {
  const table = compileOrThrow({ packages: { a: { channels: {} } } })
  const bytes = snapshot(table, createState(table))
  bytes[bytes.length - 1]! ^= 1
  expect(restore(bytes)._tag).toBe('Left')
  expect(restore(new Uint8Array(100))._tag).toBe('Left')
})

describe('erasing', () => {
  test('leaves the bytes of a state that never knew them', () => {
    fc.assert(
      fc.property(definition, commandsOf(['gone', 'b', 'c']), (form, all) => {
        const table = compileOrThrow(form)
        // nobody shares a firm's quota here: what others could not have is no trace, but it is a difference
        const own = all.filter(([, command]) => command.op !== 'account')
        const { state } = played(
          table,
          own.map(([, command]) => command),
        )
        step(table, state, { op: 'erase', customer: 'gone' }, [])
        const { state: never } = played(
          table,
          own.filter(([who]) => who !== 'gone').map(([, command]) => command),
        )
        expect(snapshot(table, state)).toEqual(snapshot(table, never))
        expect(JSON.stringify(snapshotText(table, state))).not.toContain('gone')
        expect(handle(state, 'gone')).toBe(-1)
      }),
      { numRuns: runs(20_000) },
    )
  })

  test('leaves no name anywhere, of a member and of a firm', () => {
    fc.assert(
      fc.property(definition, commands, fc.constantFrom('a', 'firm'), commands, (form, all, who, later) => {
        const table = compileOrThrow(form)
        const renamed = (list: readonly Command[]): Command[] =>
          JSON.parse(JSON.stringify(list).replaceAll(`"${who}`, '"Zx-7'))
        const { state } = played(table, renamed(all))
        step(table, state, { op: 'erase', customer: 'Zx-7' }, [])
        expect(snapshotText(table, state)).not.toContain('Zx-7')
        expect(textOf(state)).not.toContain('Zx-7')
        // and what is left works on
        const out: Effect[] = []
        for (const command of later) step(table, state, command, out)
        expect(out).toHaveLength(later.length)
        const restored = restore(snapshot(table, state))
        expect(restored._tag).toBe('Right')
      }),
      { numRuns: runs(20_000) },
    )
  })
})

const snapshotText = (table: Table, state: State): string => new TextDecoder().decode(snapshot(table, state))
const textOf = (value: unknown, seen = new Set<unknown>()): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  if (seen.has(value) || ArrayBuffer.isView(value)) return ''
  seen.add(value)
  const parts = value instanceof Map ? [...value].flat() : Object.values(value)
  return [...parts, ...Object.keys(value)].map((part) => textOf(part, seen)).join(' ')
}

test('what is refused, and what only asks, takes nothing', () => {
  fc.assert(
    fc.property(definition, commands, asked, instant, (form, all, each, at) => {
      const table = compileOrThrow(form)
      const { state } = played(table, all)
      const before = snapshot(table, state)
      const out: Effect[] = []
      step(table, state, said({ ...each, op: 'status' }, 'a', undefined), out)
      step(table, state, said({ ...each, op: 'consume', at, units: 500 }, 'a', undefined), out)
      const passed = out[1]!
      if ('verdict' in passed && passed.verdict !== 'deny') return
      expect(snapshot(table, state)).toEqual(before)
    }),
    { numRuns: runs(20_000) },
  )
})

test('the same line again changes nothing and gets the same answer; its id with other content is refused', () => {
  fc.assert(
    fc.property(definition, commands, asked, (form, all, each) => {
      const table = compileOrThrow(form)
      const { state } = played(table, all)
      const op = each.op === 'reserve' ? 'reserve' : 'consume'
      const line = said({ ...each, op }, 'a', 'mine')
      const out: Effect[] = []
      step(table, state, line, out)
      const bytes = snapshot(table, state)
      step(table, state, line, out)
      expect(out[1]).toEqual(out[0])
      step(table, state, { ...line, units: each.units + 1 } as Command, out)
      expect(out[2]).toMatchObject({ error: { code: 'id-reused', path: 'id' } })
      expect(snapshot(table, state)).toEqual(bytes)
    }),
    { numRuns: runs(20_000) },
  )
})

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

describe('the ledger', () => {
  test('folds to its total, and a request passes when that is no less than its units', () => {
    fc.assert(
      fc.property(definition, commands, (form, all) => {
        const table = compileOrThrow(form)
        const state = createState(table)
        for (const command of all) {
          const { effect, ledger } = stepExplained(table, state, command)
          expect(ledger === undefined).toBe(!('verdict' in effect))
          if (ledger === undefined || !('verdict' in effect)) continue
          const amounts = ledger.entries.map(({ amount }) => amount)
          expect(foldAmounts(ledger.fold, amounts)).toBe(ledger.total)
          expect(amounts.every(Number.isFinite)).toBe(true)
          if (command.op === 'commit' || command.op === 'release') continue
          const { units = 1 } = command as Request
          expect(ledger.total >= units).toBe(effect.verdict !== 'deny')
        }
      }),
      { numRuns: runs(20_000) },
    )
  })

  test('explain tells what status answers', () => {
    fc.assert(
      fc.property(definition, commands, asked, (form, all, each) => {
        const table = compileOrThrow(form)
        const { state } = played(table, all)
        const line = said({ ...each, op: 'status' }, 'a', undefined)
        const out: Effect[] = []
        step(table, state, line, out)
        expect(explain(table, state, line as unknown as Request).verdict).toEqual(out[0])
      }),
      { numRuns: runs(10_000) },
    )
  })
})

test('any lines are heard out: one effect each, nothing thrown', () => {
  const words = [
    'op',
    'customer',
    'channel',
    'at',
    'package',
    'consume',
    'contract',
    'erase',
    'a',
    'x',
    'p',
    'id',
    'from',
    '2026-01-01',
    'units',
  ]
  const table = compileOrThrow({ packages: { p: { channels: { x: { quota: 1, per: 'day' } } } } })
  fc.assert(
    fc.property(fc.array(fc.oneof(jsonDocument(words), fc.anything()), { maxLength: 10 }), (lines) => {
      const { out } = played(table, lines as Command[])
      expect(out).toHaveLength(lines.length)
    }),
    { numRuns: runs(100_000) },
  )
})

describe('migrate', () => {
  test('to the same packages changes nothing', () => {
    fc.assert(
      fc.property(definition, commands, (form, all) => {
        const [before, after] = [compileOrThrow(form), compileOrThrow(JSON.parse(JSON.stringify(form)))]
        const { state } = played(before, all)
        const bytes = snapshot(before, state)
        const plan = migrate(state, before, after)
        expect([plan.dropped, plan.forgotten]).toEqual([[], []])
        expect(snapshot(after, state)).toEqual(bytes)
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('a dry run tells the plan and changes nothing', () => {
    fc.assert(
      fc.property(definition, definition, commands, (form, other, all) => {
        const [before, after] = [
          compileOrThrow(form),
          compileOrThrow({ packages: { p: other.packages['p']! }, calendars: form.calendars! }),
        ]
        const { state } = played(before, all)
        const bytes = snapshot(before, state)
        const plan = migrate(state, before, after, { dryRun: true })
        expect(snapshot(before, state)).toEqual(bytes)
        expect(migrate(state, before, after)).toEqual(plan)
        expect(restore(snapshot(after, state))._tag).toBe('Right')
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('a contract stays with its version, and a new one takes the newest', () => {
    const visits = (quota: number) => ({ channels: { visit: { quota, per: 'month' as const } } })
    const before = compileOrThrow({ packages: { standard: visits(2) } })
    const after = compileOrThrow({ packages: { standard: visits(2), 'standard@2': visits(9) } })
    const { state } = played(before, [
      { op: 'contract', customer: 'a', package: 'standard', from: '2026-01-01' },
    ])
    const line = (customer: string): Command => ({ op: 'consume', customer, channel: 'visit', at: START })
    step(before, state, line('a'), [])
    migrate(state, before, after)
    const out: Effect[] = []
    step(after, state, { op: 'contract', customer: 'b', package: 'standard', from: '2026-01-01' }, out)
    step(
      after,
      state,
      { op: 'contract', customer: 'c', package: 'standard', version: 1, from: '2026-01-01' },
      out,
    )
    for (const who of ['a', 'b', 'c']) step(after, state, line(who), out)
    expect(out.slice(2)).toMatchObject([
      { remaining: 0, package: 'standard@1' },
      { remaining: 8, package: 'standard@2' },
      { remaining: 1, package: 'standard@1' },
    ])
  })
})
