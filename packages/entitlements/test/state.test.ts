// Laws of the state: bytes bring it back, nothing stays of the erased, refusals and repeats change nothing.
import {
  type Command,
  compileOrThrow,
  createState,
  type Effect,
  handle,
  restore,
  type State,
  snapshot,
  step,
  type Table,
  usage,
} from '@clientele/entitlements'
import { jsonDocument, runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asked, definition, instant } from './arbitraries.js'
import { commands, commandsOf, played, said } from './commands.js'

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

test('what is forgotten is ids alone: counters and open reservations stay, a repeat is a new line', () => {
  fc.assert(
    fc.property(definition, commands, instant, instant, (form, all, before, at) => {
      const table = compileOrThrow(form)
      const { state } = played(table, all)
      const stands = (): unknown =>
        ['a', 'b', 'firm'].map((who) => usage(table, state, handle(state, who), Math.max(before, at)))
      const then = stands()
      step(table, state, { op: 'forget', at: before }, [])
      expect(stands()).toEqual(then)
      for (const entry of state.ids.values()) {
        const isOpen = entry.status === 'open' && entry.lapsesAt > before
        expect(entry.at >= before || isOpen).toBe(true)
      }
    }),
    { numRuns: runs(10_000) },
  )
})

test('a holder of very many contracts is refused a further one, and is answered at once', () => {
  const table = compileOrThrow({
    packages: { p: { channels: { x: { quota: 1, per: 'month', carryOver: {} } } } },
  })
  const state = createState(table)
  const out: Effect[] = []
  for (let day = 0; day <= 1_000; day++) {
    const from = new Date((10_000 + day) * 86_400_000).toISOString().slice(0, 10)
    step(table, state, { op: 'contract', customer: 'a', package: 'p', from, change: 'keep' }, out)
  }
  expect(out.slice(-2)).toMatchObject([{ ok: true }, { error: { code: 'too-many-contracts' } }])
  const ask = { op: 'status', customer: 'a', channel: 'x', units: 40, at: 11_200 * 86_400_000 } as const
  step(table, state, ask, out)
  expect(out.at(-1)).toMatchObject({ verdict: 'allow' })
})
