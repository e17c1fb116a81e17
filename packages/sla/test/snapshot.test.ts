// A state goes to bytes and back as if nothing had happened, in the middle of anything.
import {
  compileOrThrow,
  createState,
  type Effect,
  migrate,
  nextAt,
  restore,
  snapshot,
  step,
  upcoming,
} from '@clientele/sla'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HORIZON, log, policy } from './arbitraries.js'

test('what is restored goes on alike, ids and late lines included', () => {
  fc.assert(
    fc.property(policy, policy, log, fc.nat(14), fc.boolean(), (definition, other, lines, split, edits) => {
      let table = compileOrThrow(definition)
      const state = createState(table)
      for (const line of lines.slice(0, split)) step(table, state, line, [])
      if (edits) table = migrate(state, table, compileOrThrow(other), { mode: 'prospective' }).table
      const restored = restore(snapshot(state))
      if (restored._tag === 'Left') throw new Error(JSON.stringify(restored.left))
      const twin = restored.right
      expect(nextAt(twin.state)).toBe(nextAt(state))
      expect(upcoming(twin.state, 50)).toEqual(upcoming(state, 50))
      const [told, same]: [Effect[], Effect[]] = [[], []]
      for (const line of [...lines, { op: 'tick' as const, at: HORIZON }]) {
        step(table, state, line, told)
        step(twin.table, twin.state, line, same)
      }
      expect(same).toEqual(told)
      expect(snapshot(twin.state)).toEqual(snapshot(state))
    }),
    { numRuns: runs(10_000) },
  )
})

test('other bytes are refused', () => {
  const table = compileOrThrow({ clocks: [{ id: 'a', start: { on: 'b' }, targets: [{ within: 1 }] }] })
  const bytes = snapshot(createState(table))
  bytes[bytes.length - 1]! ^= 1
  expect(restore(bytes)._tag).toBe('Left')
  expect(restore(new Uint8Array(100))._tag).toBe('Left')
})
