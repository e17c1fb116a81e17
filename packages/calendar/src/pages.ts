// The index of a table: its pages, built on first touch or ahead by `warm`, and the totals of pages not yet built.

import { FIRST_INSTANT, type Instant, LAST_INSTANT, type Millis } from '@clientele/core'
import { generate } from './generate.js'
import { measure } from './measure.js'
import { layPage, PAGE, PAGES, type Page } from './page.js'
import type { Rule } from './rule.js'

/** The index of a table. Grows on demand; never part of a table's bytes, hash or equality. */
export interface Index {
  readonly pages: (Page | undefined)[]
  /** Open milliseconds by page; NaN where not yet measured. */
  readonly totals: Float64Array
}

export const emptyIndex = (): Index => ({
  // one more than there are: the place of instants beyond the known range
  pages: new Array<Page | undefined>(PAGES + 1).fill(undefined),
  totals: new Float64Array(PAGES).fill(Number.NaN),
})

/** Whether an instant lies in the known range, 1970 to 2100. */
export const isKnown = (at: Instant): boolean => at >= FIRST_INSTANT && at < LAST_INSTANT

/** Where a page begins and ends; the last one ends with the known range. */
export const pageFrom = (page: number): Instant => page * PAGE
export const pageTo = (page: number): Instant => Math.min((page + 1) * PAGE, LAST_INSTANT)

/** The page, built on first touch. */
export const pageOf = (rule: Rule, index: Index, page: number): Page => {
  const found = index.pages[page]
  if (found !== undefined) return found
  const built = layPage(pageFrom(page), generate(rule, pageFrom(page), pageTo(page)))
  index.pages[page] = built
  index.totals[page] = built.total
  return built
}

/** Open milliseconds of a page, measured on first touch; the page itself need not be built. */
export const totalOf = (rule: Rule, index: Index, page: number): Millis => {
  const known = index.totals[page]!
  if (!Number.isNaN(known)) return known
  const total = measure(rule, pageFrom(page), pageTo(page))
  index.totals[page] = total
  return total
}
