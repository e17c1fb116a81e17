// The engine answers what the naive reading answers, command by command.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileOrThrow, createState, step } from '../src/index.js'
import type { Command, Definition, Effect, Verdict } from '../src/model.js'
import { type Case, caseOf, type Scale, SHORT, WIDE } from './arbitraries.js'
import { BEYOND, HORIZON } from './oracle/judge.js'
import { instantOf } from './oracle/window.js'
import { Oracle, UNDECIDED } from './oracle.js'

/** How many decisions there are in a stream, about. */
const DECISIONS = 16

/** What is compared of an answer: of an error, that it is one; of an instant, no more than the oracle knows. */
const compared = (effect: Effect, expected: Effect, at: number): unknown => {
  if ('error' in effect) return 'error'
  if (!('verdict' in effect) || !('verdict' in expected) || expected.nextAllowedAt !== BEYOND) return effect
  const { nextAllowedAt } = effect
  return nextAllowedAt === null || nextAllowedAt > at + HORIZON
    ? { ...effect, nextAllowedAt: BEYOND }
    : effect
}

/** Tells commands to both, as far as it is decided what they mean. */
const agree = ({ definition, commands }: Case, met: (command: Command, effect: Effect) => void): void => {
  const table = compileOrThrow(definition)
  const state = createState(table, { lateness: Number.POSITIVE_INFINITY })
  const oracle = new Oracle(definition)
  for (const [i, command] of commands.entries()) {
    const expected = oracle.step(command)
    if (expected === UNDECIDED) continue
    const out: Effect[] = []
    step(table, state, command, out)
    met(command, expected)
    const at = instantOf(command.at ?? 0)
    expect({ i, command, effects: out.map((effect) => compared(effect, expected, at)) }).toEqual({
      i,
      command,
      effects: [compared(expected, expected, at)],
    })
  }
}

/** How often each verdict was met, and which rules and windows refused. */
class Met {
  readonly counts = new Map<string, number>()

  add(name: string): void {
    this.counts.set(name, this.of(name) + 1)
  }
  of(name: string): number {
    return this.counts.get(name) ?? 0
  }
  verdict({ caps, coolDowns }: Definition, op: string, effect: Verdict): void {
    this.add('decisions')
    this.add(effect.verdict)
    if (op === 'commit') this.add(`commit ${effect.verdict}`)
    if (effect.nextAllowedAt === null || effect.nextAllowedAt === BEYOND)
      this.add(`${effect.verdict} for ever`)
    for (const { id, window } of [...(caps ?? []), ...(coolDowns ?? [])]) {
      if (effect.rules.includes(id)) this.add(Object.keys(window)[0]!)
    }
    for (const id of effect.rules) this.add(id.slice(0, -1))
  }
  toString(): string {
    return [...this.counts].map(([name, count]) => `${count} ${name}`).join(', ')
  }
}

const law = (scale: Scale, decisions: { test: number; ci: number; soak: number }): Met => {
  const met = new Met()
  fc.assert(
    fc.property(caseOf(scale), (given) => {
      agree(given, ({ op }, effect) => {
        if ('verdict' in effect) met.verdict(given.definition, op, effect)
        if ('chosen' in effect) for (const _ of effect.chosen) met.add('chosen')
        if ('chosen' in effect) for (const _ of effect.suppressed) met.add('suppressed')
        if ('error' in effect) met.add(`error ${effect.error.code}`)
      })
    }),
    { numRuns: Math.ceil(runs(decisions) / DECISIONS) },
  )
  return met
}

/** Milliseconds; a machine that is shared may take this long. */
const timeout = runs({ test: 120_000, ci: 1_200_000, soak: 7_200_000 })

test('step agrees with the naive reading', { timeout }, () => {
  const met = law(WIDE, { test: 90_000, ci: 900_000, soak: 9_000_000 })
  console.info(String(met))
  // the cases bite
  const share = (name: string): number => met.of(name) / met.of('decisions')
  for (const verdict of ['allow', 'deny', 'defer']) expect(share(verdict), verdict).toBeGreaterThan(0.05)
  for (const name of ['rolling', 'civilDays', 'calendar', 'lifetime', 'coolDowns', 'consent', 'control']) {
    expect(share(name), name).toBeGreaterThan(0.005)
  }
  for (const name of ['commit allow', 'chosen', 'suppressed']) expect(met.of(name), name).toBeGreaterThan(100)
})

test('step agrees with the naive reading where time passes in seconds', { timeout }, () => {
  law(SHORT, { test: 10_000, ci: 100_000, soak: 1_000_000 })
})
