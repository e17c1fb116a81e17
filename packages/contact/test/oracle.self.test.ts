// The oracle against itself: the instant it names is the first that a walk second by second finds.

import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseOf, SHORT } from './arbitraries.js'
import { BEYOND } from './oracle/judge.js'
import { instantOf } from './oracle/window.js'
import { Oracle } from './oracle.js'

/** How far it is walked, and how often in a case. */
const FAR = 2 * 3_600_000
const WALKS = 3

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
            const until = Math.min(nextAllowedAt ?? Number.POSITIVE_INFINITY, from + FAR)
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
