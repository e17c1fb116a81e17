// Short ways to write the JSON form in code. Each returns plain JSON, the same a person would write.

import { WEEKDAYS } from '@clientele/core'
import type { Definition, Hours, Intersect, Interval, Shift, Subtract, Union, Week } from './model.js'

/**
 * Opening hours in one zone: what was given, checked by its type.
 *
 * @example
 * import { hours } from '@clientele/calendar'
 * hours({ timeZone: 'UTC', week: '24/7' }) // => { timeZone: 'UTC', week: '24/7' }
 *
 * @category definitions
 */
export const hours = (definition: Hours): Hours => definition

/**
 * A week with the same intervals from Monday to Friday.
 *
 * @example
 * import { weekdays } from '@clientele/calendar'
 * weekdays(['09:00-18:00']).fri // => ['09:00-18:00']
 *
 * @category definitions
 */
export const weekdays = (intervals: readonly Interval[]): Exclude<Week, string> =>
  Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, intervals]))

/**
 * Open when any part is.
 *
 * @example
 * import { hours, union } from '@clientele/calendar'
 * union(hours({ timeZone: 'UTC', week: '24/7' })) // => { union: [{ timeZone: 'UTC', week: '24/7' }] }
 *
 * @category definitions
 */
export const union = (...parts: readonly Definition[]): Union => ({ union: parts })

/**
 * Open when all parts are.
 *
 * @example
 * import { hours, intersect } from '@clientele/calendar'
 * intersect(hours({ timeZone: 'UTC', week: '24/7' })) // => { intersect: [{ timeZone: 'UTC', week: '24/7' }] }
 *
 * @category definitions
 */
export const intersect = (...parts: readonly Definition[]): Intersect => ({ intersect: parts })

/**
 * Open when the first is and the second is not.
 *
 * @example
 * import { hours, subtract } from '@clientele/calendar'
 * const always = hours({ timeZone: 'UTC', week: '24/7' })
 * subtract(always, always) // => { subtract: [always, always] }
 *
 * @category definitions
 */
export const subtract = (from: Definition, what: Definition): Subtract => ({ subtract: [from, what] })

/**
 * The same hours, later by a duration (ISO 8601 or milliseconds), earlier when negative.
 *
 * @example
 * import { hours, shift } from '@clientele/calendar'
 * const always = hours({ timeZone: 'UTC', week: '24/7' })
 * shift(always, 'PT1H') // => { shift: [always, 'PT1H'] }
 *
 * @category definitions
 */
export const shift = (calendar: Definition, by: string | number): Shift => ({ shift: [calendar, by] })
