// What every touch ledger must do.

import type { TouchLedger } from '@clientele/core'
import type { Law } from './contract.js'
import { capLaws } from './touch-ledger-caps.js'
import { keyLaws } from './touch-ledger-keys.js'
import { quotaLaws } from './touch-ledger-quotas.js'
import { scheduleLaws } from './touch-ledger-schedules.js'
import { touchLaws } from './touch-ledger-touches.js'
import { traceLaws } from './touch-ledger-traces.js'

/**
 * The contract of `TouchLedger`: windows, weights and quotas, all demands or none, reservations and their time-outs,
 * repeats, releases, what is forgotten; then random traces against a reference model, and workers interleaved by
 * fast-check's scheduler, of which none may get in above a cap and none may lose a place. FC_RUNS multiplies the last two:
 * 10⁴ steps and 10³ schedules, up to 10⁶ and 10⁵.
 *
 * @example
 * import { memoryTouchLedger } from '@clientele/core/memory'
 * import { touchLedgerContract } from '@clientele/testkit'
 * const make = async () => {
 *   const port = memoryTouchLedger()
 *   return { port, reopen: async () => port, close: async () => {} }
 * }
 * for (const law of touchLedgerContract) await law.run(make)
 * touchLedgerContract.length > 40 // => true
 *
 * @category ports
 */
export const touchLedgerContract: readonly Law<TouchLedger>[] = [
  ...capLaws,
  ...quotaLaws,
  ...keyLaws,
  ...touchLaws,
  ...traceLaws,
  ...scheduleLaws,
]
