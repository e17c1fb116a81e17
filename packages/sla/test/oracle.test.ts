// The engine tells what the naive reading tells: every moment, its instant, deadline, time used and time left.
import { compileOrThrow, replay } from '@clientele/sla'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HORIZON, log, policy } from './arbitraries.js'
import { naiveReplay } from './oracle.js'

test('replay agrees with the step-by-step oracle', () => {
  fc.assert(
    fc.property(policy, log, (definition, lines) => {
      const told = [...replay(compileOrThrow(definition), lines, { until: HORIZON })]
      expect(told).toEqual(naiveReplay(definition, lines, HORIZON))
    }),
    { numRuns: runs(100_000) },
  )
})
