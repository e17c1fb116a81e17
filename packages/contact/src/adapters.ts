// Frequency caps of other programs as policies that behave as their documentation says; what cannot be said is in the notes.

import { fromBraze } from './adapters/braze.js'
import { fromFirefox } from './adapters/firefox.js'
import { fromJourneyOptimizer } from './adapters/journey-optimizer.js'
import { fromOneSignal } from './adapters/onesignal.js'
import { fromRateLimiterFlexible } from './adapters/rate-limiter-flexible.js'
import type { Adapter } from './adapters/report.js'

export type { Adapted, Adapter, AdapterResult } from './adapters/report.js'
export { fromBraze, fromFirefox, fromJourneyOptimizer, fromOneSignal, fromRateLimiterFlexible }

/** The name of an adapter. @category compile */
export type AdapterName = 'braze' | 'journey-optimizer' | 'onesignal' | 'firefox' | 'rate-limiter-flexible'

/**
 * The adapters by name.
 *
 * @example
 * import { adapters } from '@clientele/contact/adapters'
 * Object.keys(adapters) // => ['braze', 'journey-optimizer', 'onesignal', 'firefox', 'rate-limiter-flexible']
 *
 * @category compile
 */
export const adapters: { readonly [name in AdapterName]: Adapter } = {
  braze: fromBraze,
  'journey-optimizer': fromJourneyOptimizer,
  onesignal: fromOneSignal,
  firefox: fromFirefox,
  'rate-limiter-flexible': fromRateLimiterFlexible,
}
