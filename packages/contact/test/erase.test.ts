// Who is forgotten is forgotten: by the state, by its bytes, and by a journal that is trimmed up to them.
import {
  type Command,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  restore,
  type State,
  snapshot,
  step,
  type Table,
} from '@clientele/contact'
import { memoryJournal } from '@clientele/core/memory'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Case, caseOf, SHORT, WIDE } from './arbitraries.js'

const fed = (table: Table, state: State, commands: readonly Command[]): Effect[] => {
  const out: Effect[] = []
  for (const command of commands) step(table, state, command, out)
  return out
}
const idOf = (command: Command): string | undefined => {
  if (!('recipient' in command)) return undefined
  return typeof command.recipient === 'string' ? command.recipient : command.recipient.id
}

/** Byte-wide, and of characters that no byte holds. */
const SECRETS = ['SECRET', 'СЕКРЕТ'] as const

/** A case in which all that is told of one person bears a word that nobody else's does. */
const withSecret = ({ definition, commands }: Case, secret: string): Case => ({
  // keys that leave the recipient out are not theirs alone
  definition: JSON.parse(
    JSON.stringify(definition).replaceAll('"per":["debt"]', '"per":["recipient","debt"]'),
  ),
  commands: commands.map((command) => {
    if (idOf(command) !== 'r1') return command
    const told = JSON.stringify(command).replaceAll(/"(r1|d1|d2)/g, `"${secret} $1`)
    const evidence = command.op === 'consent' ? { evidence: `${secret} on paper` } : {}
    return { ...(JSON.parse(told) as Command), ...evidence } as Command
  }),
})
const cases = fc
  .tuple(fc.oneof(caseOf(WIDE), caseOf(SHORT)), fc.constantFrom(...SECRETS))
  .map(([given, secret]) => ({ ...withSecret(given, secret), secret }))
const holds = (bytes: Uint8Array, secret: string): boolean =>
  Buffer.from(bytes).includes(secret) || Buffer.from(bytes).includes(secret, 0, 'utf16le')

describe('after an erasure', () => {
  test('no byte of the state is theirs', () => {
    let met = 0
    fc.assert(
      fc.property(cases, ({ definition, commands, secret }) => {
        const table = compileOrThrow(definition)
        const state = createState(table)
        fed(table, state, [
          ...commands,
          { op: 'prefer', recipient: `${secret} r1`, at: 0, channels: [`${secret} line`] },
        ])
        if (holds(snapshot(state), secret)) met++
        expect(fed(table, state, [{ op: 'erase', recipient: `${secret} r1` }])).toEqual([{ ok: true }])
        const bytes = snapshot(state)
        expect(holds(bytes, secret)).toBe(false)
        const restored = restore(bytes)
        expect(restored._tag).toBe('Right')
      }),
      { numRuns: runs(20_000) },
    )
    expect(met).toBeGreaterThan(20)
  })

  test('answers are those of a state that never heard of them', () => {
    fc.assert(
      fc.property(cases, fc.nat(60), ({ definition, commands, secret }, split) => {
        const table = compileOrThrow(definition)
        const lateness = Number.POSITIVE_INFINITY
        const [state, other] = [createState(table, { lateness }), createState(table, { lateness })]
        const [before, after] = [commands.slice(0, split), commands.slice(split)]
        fed(table, state, [...before, { op: 'erase', recipient: `${secret} r1` }])
        fed(
          table,
          other,
          before.filter((command) => idOf(command) !== `${secret} r1`),
        )
        // where keys leave the recipient out, what they were sent goes on counting for the others
        const shared = JSON.stringify(definition).includes('"per":["campaign"]')
        if (!shared) expect(fed(table, state, after)).toEqual(fed(table, other, after))
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('it may be told twice, and of nobody', () => {
    const table = compileOrThrow({})
    const state = createState(table)
    const empty = snapshot(state)
    expect(
      fed(table, state, [
        { op: 'erase', recipient: 'anna' },
        { op: 'erase', recipient: 'anna' },
      ]),
    ).toEqual([{ ok: true }, { ok: true }])
    expect(snapshot(state)).toEqual(empty)
  })

  test('a journal trimmed up to a snapshot holds no line of theirs', async () => {
    const definition: Definition = {
      caps: [
        { id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' }, per: ['recipient', 'debt'] },
      ],
    }
    const table = compileOrThrow(definition)
    const state = createState(table)
    const journal = memoryJournal()
    const facts = { debt: 'SECRET-77' }
    const commands: readonly Command[] = [
      { op: 'record', recipient: 'SECRET', at: 0, facts, touchId: 'SECRET-1' },
      { op: 'record', recipient: 'boris', at: 0 },
      { op: 'consent', recipient: 'SECRET', at: 0, basis: 'opt-in', evidence: 'SECRET on paper' },
      { op: 'erase', recipient: 'SECRET' },
    ]
    await journal.append(JSON.parse(JSON.stringify(commands)), { expectedSeq: 0, fence: 1 })
    fed(table, state, commands)
    const bytes = snapshot(state)
    const { lastSeq } = await journal.bounds()
    await journal.trim(lastSeq + 1, 1)
    await journal.append([{ op: 'record', recipient: 'boris', at: 1_000 }], {
      expectedSeq: lastSeq,
      fence: 1,
    })
    expect(JSON.stringify(await journal.read(0, 1_000))).not.toContain('SECRET')
    expect(holds(bytes, 'SECRET')).toBe(false)
    // and what is left is enough to go on
    const restored = restore(bytes)
    if (restored._tag === 'Left') throw new Error(JSON.stringify(restored.left))
    const rest = (await journal.read(lastSeq + 1, 10)).map(({ entry }) => entry as Command)
    expect(fed(restored.right.table, restored.right.state, rest)).toEqual([{ ok: true }])
    expect([...restored.right.state.ids.entries()]).toEqual([['boris', 1]])
  })
})
