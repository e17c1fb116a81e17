// A state goes to bytes and back as if nothing had happened, in the middle of anything.
import {
  attempt,
  bind,
  compileOrThrow,
  createState,
  type Effect,
  handle,
  messageOf,
  rebind,
  restore,
  type State,
  snapshot,
  step,
  type Table,
} from '@clientele/contact'
import { encode } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Command } from '../src/model.js'
import { type Case, caseOf, SHORT, WIDE } from './arbitraries.js'

const fed = (table: Table, state: State, commands: readonly Command[]): Effect[] => {
  const out: Effect[] = []
  for (const command of commands) step(table, state, command, out)
  return out
}
const restored = (bytes: Uint8Array): { readonly table: Table; readonly state: State } => {
  const made = restore(bytes)
  if (made._tag === 'Left') throw new Error(JSON.stringify(made.left))
  return made.right
}
const lateness = fc.constantFrom(0, 3_600_000, Number.POSITIVE_INFINITY)
const cases: fc.Arbitrary<Case> = fc.oneof(caseOf(WIDE), caseOf(SHORT))

/** Some commands, with somebody forgotten in between. */
const withErasure = ({ commands }: Case, split: number): readonly Command[] =>
  split % 3 === 0
    ? commands.flatMap((each, i) =>
        i === split ? [{ op: 'erase' as const, recipient: 'r1' }, each] : [each],
      )
    : commands

test('what is restored goes on alike', () => {
  fc.assert(
    fc.property(cases, lateness, fc.nat(40), (given, late, split) => {
      const table = compileOrThrow(given.definition)
      const state = createState(table, { lateness: late })
      const commands = withErasure(given, split)
      fed(table, state, commands.slice(0, split))
      const bytes = snapshot(state)
      const twin = restored(bytes)
      expect(snapshot(state)).toEqual(bytes)
      expect(snapshot(twin.state)).toEqual(bytes)
      // the rest, and all of it again: the same ids come twice
      const rest = [...commands.slice(split), ...commands]
      expect(fed(twin.table, twin.state, rest)).toEqual(fed(table, state, rest))
      expect(snapshot(twin.state)).toEqual(snapshot(state))
    }),
    { numRuns: runs(10_000) },
  )
})

test('a state bound again goes on alike', () => {
  fc.assert(
    fc.property(cases, lateness, fc.nat(40), ({ definition, commands }, late, split) => {
      const table = compileOrThrow(definition)
      const [state, other] = [createState(table, { lateness: late }), createState(table, { lateness: late })]
      for (const each of [state, other]) fed(table, each, commands.slice(0, split))
      const again = bind(compileOrThrow(definition), {})
      rebind(state, again)
      expect(snapshot(state)).toEqual(snapshot(other))
      const rest = commands.slice(split)
      expect(fed(again, state, rest)).toEqual(fed(table, other, rest))
    }),
    { numRuns: runs(5_000) },
  )
})

test('ids of any characters, their handles and those given back are the same', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), { maxLength: 20 }),
      fc.array(fc.nat(20)),
      (ids, gone) => {
        const state = createState(compileOrThrow({}))
        for (const id of ids) handle(state, id)
        for (const place of gone) {
          const recipient = ids[place]
          if (recipient !== undefined && recipient !== '')
            fed(state.table, state, [{ op: 'erase', recipient }])
        }
        const twin = restored(snapshot(state)).state
        expect([...twin.ids.entries()]).toEqual([...state.ids.entries()])
        for (const id of ids) expect(handle(twin, `${id}.`)).toBe(handle(state, `${id}.`))
      },
    ),
    { numRuns: runs(20_000) },
  )
})

const day = compileOrThrow({
  caps: [{ id: 'day', label: 'Three a day', limit: 3, window: { rolling: 'PT24H' } }],
})

test('other bytes are refused, with both versions named', () => {
  const bytes = snapshot(createState(day))
  for (let i = 0; i < bytes.length; i += 7) {
    const changed = bytes.slice()
    changed[i]! ^= 1 << (i % 8)
    expect(restore(changed)._tag).toBe('Left')
    expect(restore(bytes.slice(0, i))._tag).toBe('Left')
  }
  expect(restore(encode('contact-state', 2, {}))).toEqual({
    _tag: 'Left',
    left: [
      {
        code: 'bad-bytes',
        path: '',
        given: 'contact-state bytes of version 2',
        expected: 'contact-state bytes of version 1',
      },
    ],
  })
})

test('recipients are little more bytes than their rows and ids', () => {
  const state = createState(day)
  const news = messageOf(day, {})
  const count = 200_000
  for (let i = 0; i < count; i++) attempt(state, handle(state, `customer-${i}`), news, 1e12 + i * 1_000)
  const start = performance.now()
  const bytes = snapshot(state)
  const wrote = performance.now() - start
  const twin = restored(bytes).state
  const read = performance.now() - start - wrote
  // three instants, a place, a length, the id
  expect(bytes.length / count).toBeLessThan(3 * 4 + 8 + 15 + 1)
  expect(twin.ids.find('customer-77')).toBe(77)
  console.info(
    `${count} recipients: ${bytes.length} bytes, out ${wrote.toFixed(0)} ms, in ${read.toFixed(0)} ms`,
  )
})
