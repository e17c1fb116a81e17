import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Asking,
  addToHistory,
  type Command,
  compileOrThrow,
  createHistory,
  createState,
  type Definition,
  type Effect,
  simulate,
  step,
} from '../src/index.js'
import { caseOf, WIDE } from './arbitraries.js'

type Told = Extract<Command, { readonly op: 'consent' }> | (Asking & { readonly op: 'attempt' })

const secondOf = ({ at }: Told): number =>
  Math.floor((typeof at === 'string' ? Date.parse(at) : (at ?? 0)) / 1_000)

/** What happened of a stream, each touch once, with none of its ids. */
const happened = (commands: readonly Command[]): readonly Told[] =>
  commands.flatMap((command): Told[] => {
    if (command.op === 'consent') return [command]
    if (command.op !== 'record' && command.op !== 'attempt') return []
    const { touchId: _, ...told } = command
    return [{ ...told, op: 'attempt' }]
  })

const isEvent = (told: Told): boolean =>
  told.op === 'attempt' && told.facts?.['event'] !== undefined && told.facts['event'] !== null

/** The same history told to the engine line by line. */
const refusedByStep = (definition: Definition, history: readonly Told[]) => {
  const table = compileOrThrow(definition)
  const state = createState(table, { lateness: Number.POSITIVE_INFINITY })
  const rules: { [id: string]: number } = Object.fromEntries(table.rules.map(({ id }) => [id, 0]))
  const inTime = [...history].sort((a, b) => secondOf(a) - secondOf(b))
  let refused = 0
  for (const told of inTime) {
    const out: Effect[] = []
    step(table, state, isEvent(told) ? ({ ...told, op: 'record' } as Command) : told, out)
    const [answer] = out
    if (answer === undefined || !('verdict' in answer) || answer.verdict === 'allow') continue
    refused++
    for (const id of answer.rules) rules[id]!++
  }
  return { refused, rules }
}

test('a simulation refuses what the engine refuses, line by line, whatever the order of the history', () => {
  fc.assert(
    fc.property(caseOf(WIDE), ({ definition, commands }) => {
      const told = happened(commands)
      const history = createHistory()
      for (const line of told) expect(addToHistory(history, line)).toBeUndefined()
      const { refused, rules } = simulate(compileOrThrow(definition), history)
      expect({ refused, rules }).toEqual(refusedByStep(definition, told))
    }),
    { numRuns: runs(20_000) },
  )
})

test('counts touches by channel and by the fact chosen as segment', () => {
  const history = createHistory()
  const touch = (at: string, channel: string, tier: string): void => {
    addToHistory(history, { op: 'record', recipient: 'anna', at, facts: { channel, tier } })
  }
  touch('2026-03-02T10:00:00Z', 'sms', 'gold')
  touch('2026-03-02T09:00:00Z', 'sms', 'gold')
  touch('2026-03-02T11:00:00Z', 'email', 'plain')
  addToHistory(history, { recipient: 'anna', at: '2026-03-02T12:00:00Z', facts: { event: 'visit' } })
  const policy = compileOrThrow({
    caps: [
      {
        id: 'sms',
        label: 'One SMS a day',
        when: { fact: 'channel', eq: 'sms' },
        limit: 1,
        window: { rolling: 'PT24H' },
      },
    ],
  })
  expect(simulate(policy, history, { segment: 'tier' })).toEqual({
    touches: 3,
    refused: 1,
    events: 1,
    rules: { sms: 1 },
    channels: { email: { touches: 1, refused: 0 }, sms: { touches: 2, refused: 1 } },
    segments: { gold: { touches: 2, refused: 1 }, plain: { touches: 1, refused: 0 } },
  })
})

test('a line that is no history is refused with its path', () => {
  const history = createHistory()
  const codes = [
    { op: 'reserve', recipient: 'anna', at: 0, touchId: 'a', ttl: 'PT1M' },
    { recipient: 'anna', at: 'yesterday' },
    { at: 0 },
    7,
    { op: 'consent', recipient: 'anna', at: 0, basis: 'maybe' },
  ].map((line) => addToHistory(history, line)?.error)
  expect(codes.map((error) => [error?.code, error?.path])).toEqual([
    ['unknown-op', 'op'],
    ['bad-value', 'at'],
    ['missing-key', 'recipient'],
    ['wrong-type', ''],
    ['bad-value', 'basis'],
  ])
  expect(history.size).toBe(0)
})
