// The compiled calendar: its rule, and beside it the index that grows on demand. Its bytes are in `bytes.ts`.

import type { Instant } from '@clientele/core'
import { bytesOf, PAGE, PAGES } from './page.js'
import { emptyIndex, type Index, pageOf } from './pages.js'
import type { Rule } from './rule.js'

/**
 * A compiled calendar. Immutable but for its index, which is derived from the rule alone.
 *
 * @category compile
 */
export interface Table {
  /** What the definition means; its shape is private to this package. @internal */
  readonly rule: Rule
  /** Pages of the index, built on first touch. @internal */
  readonly index: Index
}

/** A table of a rule, with an empty index. */
export const tableOf = (rule: Rule): Table => Object.freeze({ rule, index: emptyIndex() })

/**
 * Builds the index of a stretch of time ahead, so that no later call does. Cost: under a millisecond a year.
 *
 * @example
 * import { compileOrThrow, indexSize, warm } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
 * warm(desk, Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))
 * indexSize(desk) > 0 // => true
 *
 * @category compile
 */
export const warm = ({ rule, index }: Table, from: Instant, to: Instant): void => {
  const last = Math.min(PAGES - 1, Math.floor(to / PAGE))
  for (let page = Math.max(0, Math.floor(from / PAGE)); page <= last; page++) pageOf(rule, index, page)
}

/**
 * Bytes held by the index so far.
 *
 * @example
 * import { compileOrThrow, indexSize } from '@clientele/calendar'
 * indexSize(compileOrThrow({ timeZone: 'UTC', week: '24/7' })) < 4096 // => true
 *
 * @category compile
 */
export const indexSize = ({ index }: Table): number =>
  index.pages.reduce(
    (bytes, page) => bytes + (page === undefined ? 0 : bytesOf(page)),
    index.totals.byteLength,
  )
