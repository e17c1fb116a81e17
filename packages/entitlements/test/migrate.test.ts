// Laws of changed packages.
import {
  type Command,
  compileOrThrow,
  type Effect,
  migrate,
  restore,
  snapshot,
  step,
} from '@clientele/entitlements'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { definition, START } from './arbitraries.js'
import { commands, played } from './commands.js'

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
