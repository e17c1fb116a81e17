// The oracle against itself: the instant it names is the first that a walk second by second finds. And against what was
// worked out by hand from the texts of the laws.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Command, Definition } from '../src/model.js'
import { caseOf, SHORT } from './arbitraries.js'
import { BEYOND } from './oracle/judge.js'
import { instantOf } from './oracle/window.js'
import { Oracle } from './oracle.js'

/** How far it is walked to an instant that was named, how far where none is within that, and how often in a case. */
const FAR = 2 * 3_600_000
const NEAR = FAR / 4
const WALKS = 4

test('nextAllowedAt is the first second that passes', () => {
  const found = { later: 0, beyond: 0 }
  fc.assert(
    fc.property(caseOf(SHORT), ({ definition, commands }) => {
      const oracle = new Oracle(definition)
      let walks = 0
      for (const command of commands) {
        if ((command.op === 'attempt' || command.op === 'check') && walks < WALKS) {
          const judged = oracle.judged(command)
          const from = instantOf(command.at)
          const refused = judged.refusing(from)
          const { nextAllowedAt } = judged.verdict(from)
          // without a zone there is no next instant, whatever is known for later
          if (refused.length > 0 && !refused.some(({ lacksZone }) => lacksZone)) {
            walks++
            const until = nextAllowedAt !== null && nextAllowedAt <= from + FAR ? nextAllowedAt : from + NEAR
            for (let t = from; t < until; t += 1_000) {
              if (judged.refusing(t).length === 0) expect.fail(`passes at ${new Date(t).toISOString()}`)
            }
            if (nextAllowedAt !== null && nextAllowedAt !== BEYOND)
              expect(judged.refusing(nextAllowedAt)).toEqual([])
            found[until === nextAllowedAt ? 'later' : 'beyond']++
          } else if (refused.length === 0) expect(nextAllowedAt).toBe(from)
        }
        oracle.step(command)
      }
    }),
    { numRuns: runs({ test: 1_000, ci: 5_000, soak: 50_000 }) },
  )
  // some are found within the walk, some beyond it
  expect(found.later).toBeGreaterThan(100)
  expect(found.beyond).toBeGreaterThan(100)
})

/** The answer to the last of the commands, its instant as text. */
const last = (definition: Definition, ...commands: readonly Command[]): unknown => {
  const oracle = new Oracle(definition)
  const answer = commands.map((command) => oracle.step(command)).at(-1)!
  if (typeof answer === 'string' || !('verdict' in answer)) return answer
  const { nextAllowedAt, ...rest } = answer
  return { ...rest, next: nextAllowedAt === null ? null : new Date(nextAllowedAt).toISOString() }
}
const touch = (at: string, facts = {}): Command => ({ op: 'record', recipient: 'r', at, facts })
const check = (at: string, facts = {}): Command => ({ op: 'check', recipient: 'r', at, facts })
const rule = { id: 'it', label: 'It' }

describe('by hand', () => {
  test('a conversation on 8 September bars calls until the 15th (CFPB, day one is its own date)', () => {
    const definition: Definition = {
      coolDowns: [
        {
          ...rule,
          after: { fact: 'conversation', eq: true },
          window: { civilDays: 7, zone: 'America/New_York' },
        },
      ],
    }
    const talk = touch('2026-09-08T18:00:00Z', { conversation: true })
    expect(last(definition, talk, check('2026-09-14T18:00:00Z'))).toEqual({
      verdict: 'deny',
      rules: ['it'],
      next: '2026-09-15T04:00:00.000Z',
    })
  })

  test('seven calls on 1 April: on the 8th within 168 hours, not within seven dates', () => {
    const calls = Array.from({ length: 7 }, () => touch('2026-04-01T15:00:00Z'))
    const asked = check('2026-04-08T10:00:00Z')
    const rolling: Definition = { caps: [{ ...rule, limit: 7, window: { rolling: 'P7D' } }] }
    const civil: Definition = { caps: [{ ...rule, limit: 7, window: { civilDays: 7, zone: 'UTC' } }] }
    expect(last(rolling, ...calls, asked)).toMatchObject({
      verdict: 'deny',
      next: '2026-04-08T15:00:00.000Z',
    })
    expect(last(civil, ...calls, asked)).toMatchObject({ verdict: 'allow' })
  })

  test('the end of a quiet period in a gap is passed at the jump', () => {
    const quiet = [{ ...rule, zone: 'America/New_York', periods: [{ between: '22:00-02:30' }] }]
    expect(last({ quiet }, check('2026-03-08T06:00:00Z'))).toMatchObject({
      verdict: 'defer',
      next: '2026-03-08T07:00:00.000Z',
    })
  })

  test('an hour that occurs twice is quiet twice, and what is between is not', () => {
    const quiet = [{ ...rule, zone: 'America/New_York', periods: [{ between: '01:00-01:30' }] }]
    const next = (at: string): unknown => last({ quiet }, check(at))
    expect(next('2026-11-01T05:10:00Z')).toMatchObject({ next: '2026-11-01T05:30:00.000Z' })
    expect(next('2026-11-01T06:10:00Z')).toMatchObject({ next: '2026-11-01T06:30:00.000Z' })
  })

  test('quiet until three, set back from three to midnight: it ends at the change', () => {
    const quiet = [{ ...rule, zone: 'Antarctica/Casey', periods: [{ between: '02:00-03:00' }] }]
    expect(last({ quiet }, check('2019-03-16T15:59:59Z'))).toMatchObject({ next: '2019-03-16T16:00:00.000Z' })
  })

  test('quiet in any zone: an eastern number with a Pacific address is called from 11:00 to 18:00 there', () => {
    const quiet = [{ ...rule, periods: [{ between: '21:00-08:00' }] }]
    const recipient = { id: 'r', zones: ['America/New_York', 'America/Los_Angeles'] }
    const ask = (at: string): unknown => last({ quiet }, { op: 'check', recipient, at })
    expect(ask('2026-07-01T14:59:59Z')).toMatchObject({ verdict: 'defer', next: '2026-07-01T15:00:00.000Z' })
    expect(ask('2026-07-02T00:59:59Z')).toMatchObject({ verdict: 'allow' })
    expect(ask('2026-07-02T01:00:00Z')).toMatchObject({ verdict: 'defer', next: '2026-07-02T15:00:00.000Z' })
  })

  test('an hour that begins in a gap begins at the jump', () => {
    const window = { calendar: 'hour', zone: 'Pacific/Chatham' } as const
    const caps = [{ ...rule, limit: 1, window }]
    // 02:45 becomes 03:45
    expect(last({ caps }, touch('2025-09-27T14:01:00Z'), check('2025-09-27T14:05:00Z'))).toMatchObject({
      verdict: 'deny',
      next: '2025-09-27T14:15:00.000Z',
    })
  })

  test('a window starts where its date began, though clocks are set back over it', () => {
    const window = { calendar: 'day', zone: 'America/Havana' } as const
    const caps = [{ ...rule, limit: 1, window }]
    // 01:00 becomes 00:00 again
    expect(last({ caps }, touch('2025-11-02T04:10:00Z'), check('2025-11-02T05:10:00Z'))).toMatchObject({
      verdict: 'deny',
      next: '2025-11-03T05:00:00.000Z',
    })
  })

  test('a consent exempts for seven dates, until the talk', () => {
    const definition: Definition = {
      caps: [{ ...rule, limit: 1, window: { lifetime: true } }],
      exempt: [
        {
          since: { fact: 'event', eq: 'consent' },
          window: { civilDays: 7, zone: 'UTC' },
          until: { fact: 'conversation', eq: true },
          from: ['caps'],
        },
      ],
    }
    const consent = touch('2026-05-02T23:00:00Z', { event: 'consent' })
    const call = touch('2026-05-01T12:00:00Z')
    expect(last(definition, call, consent, check('2026-05-08T23:59:59Z'))).toMatchObject({ verdict: 'allow' })
    expect(last(definition, call, consent, check('2026-05-09T00:00:00Z'))).toMatchObject({ verdict: 'deny' })
    const talk = touch('2026-05-03T00:00:00Z', { conversation: true })
    expect(last(definition, call, consent, talk, check('2026-05-03T00:00:00Z'))).toMatchObject({
      verdict: 'deny',
    })
  })

  test('a reservation counts until it lapses', () => {
    const caps = [{ ...rule, limit: 1, window: { lifetime: true } as const }]
    const reserve: Command = {
      op: 'reserve',
      recipient: 'r',
      at: '2026-05-01T12:00:00Z',
      touchId: 'r1',
      ttl: 'PT5M',
    }
    const commit = (at: string): Command => ({ op: 'commit', recipient: 'r', at, touchId: 'r1' })
    expect(last({ caps }, reserve, check('2026-05-01T12:04:59Z'))).toMatchObject({
      verdict: 'deny',
      next: '2026-05-01T12:05:00.000Z',
    })
    expect(last({ caps }, reserve, commit('2026-05-01T12:05:00Z'))).toHaveProperty('error.code', 'lapsed')
    expect(last({ caps }, reserve, commit('2026-05-01T12:04:59Z'), check('2026-06-01T00:00:00Z'))).toEqual({
      verdict: 'deny',
      rules: ['it'],
      next: null,
    })
  })
})
