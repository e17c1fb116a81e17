// What every clock must do.

import type { Clock } from '@clientele/core'
import { expectSame, type Law, law } from './contract.js'

/**
 * The contract of `Clock`: whole milliseconds, never backward.
 *
 * @example
 * import { systemClock } from '@clientele/core/memory'
 * import { clockContract } from '@clientele/testkit'
 * const port = systemClock()
 * for (const law of clockContract) await law.run(async () => ({ port, reopen: async () => port, close: async () => {} }))
 *
 * @category ports
 */
export const clockContract: readonly Law<Clock>[] = [
  law('the time is whole epoch milliseconds', async (clock) => {
    expectSame(Number.isSafeInteger(clock.now()), true, 'whole')
  }),
  law('the time never goes backward', async (clock) => {
    let last = clock.now()
    for (let i = 0; i < 10_000; i++) {
      const now = clock.now()
      if (now < last) throw new Error(`the clock went from ${last} back to ${now}`)
      last = now
    }
  }),
]
