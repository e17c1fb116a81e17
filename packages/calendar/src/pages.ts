// The index: open periods by page, each with a bucket directory in both directions. Derived from the rule alone; built on
// first touch, or ahead by `warm`.
//
//   instant ──► page = t >> 35 ──► bucket = (t >> 24) & 2047 ──► first period that ends after the bucket starts
//   open ms ──► inverse bucket = c >> 24 ──────────────────────► first period with more open time than that before its end
//
// A bucket is 2^24 ms (4 h 40 min), a page 2048 buckets (398 days): powers of two, so that finding them is exact
// arithmetic and needs no division.

import { FIRST_INSTANT, type Instant, LAST_INSTANT, type Millis } from '@clientele/core'
import { generate } from './generate.js'
import { measure } from './measure.js'
import type { Rule } from './rule.js'

/** Multiplying by this finds a bucket, of instants and of open time alike. */
export const PER_BUCKET: number = 2 ** -24
const BUCKET = 2 ** 24
/** Buckets of a page, as a shift and as a mask. */
export const PAGE_SHIFT = 11
export const PAGE_MASK = 2047
export const PAGE = BUCKET * 2048
export const PAGES: number = Math.ceil((LAST_INSTANT - FIRST_INSTANT) / PAGE)

/** Layout of `marks`: three numbers a period. The last period is a sentinel that starts and ends at +∞. */
export const STRIDE = 3
export const END = 0
export const START = 1
/** Open milliseconds of the page before the period. */
export const BEFORE = 2

/** One page of the index. */
export interface Page {
  /** For each bucket of time: `STRIDE` × the first period that ends after the bucket starts. */
  readonly buckets: Uint16Array | Uint32Array
  /** For each bucket of open time: `STRIDE` × the first period that ends with more open time before it. */
  readonly inverse: Uint16Array | Uint32Array
  readonly marks: Float64Array
  readonly total: Millis
}

/** The index of a table. Grows on demand; never part of a table's bytes, hash or equality. */
export interface Index {
  readonly pages: (Page | undefined)[]
  /** Open milliseconds by page; NaN where not yet measured. */
  readonly totals: Float64Array
}

export const emptyIndex = (): Index => ({
  pages: new Array<Page | undefined>(PAGES).fill(undefined),
  totals: new Float64Array(PAGES).fill(Number.NaN),
})

/** Where a page begins and ends; the last one ends with the known range. */
export const pageFrom = (page: number): Instant => page * PAGE
export const pageTo = (page: number): Instant => Math.min((page + 1) * PAGE, LAST_INSTANT)

const directory = (size: number, periods: number): Uint16Array | Uint32Array =>
  (periods + 1) * STRIDE < 65_536 ? new Uint16Array(size) : new Uint32Array(size)

const build = (rule: Rule, page: number): Page => {
  const from = pageFrom(page)
  const pairs = generate(rule, from, pageTo(page))
  const periods = pairs.length / 2
  const marks = new Float64Array((periods + 1) * STRIDE)
  let total = 0
  for (let i = 0; i < periods; i++) {
    marks[i * STRIDE + END] = pairs[2 * i + 1]!
    marks[i * STRIDE + START] = pairs[2 * i]!
    marks[i * STRIDE + BEFORE] = total
    total += pairs[2 * i + 1]! - pairs[2 * i]!
  }
  const sentinel = periods * STRIDE
  marks[sentinel + END] = Number.POSITIVE_INFINITY
  marks[sentinel + START] = Number.POSITIVE_INFINITY
  marks[sentinel + BEFORE] = total

  const buckets = directory(PAGE_MASK + 1, periods)
  for (let b = 0, m = 0; b < buckets.length; b++) {
    while (marks[m + END]! <= from + b * BUCKET) m += STRIDE
    buckets[b] = m
  }
  const inverse = directory(Math.floor(total / BUCKET) + 1, periods)
  for (let b = 0, m = 0; b < inverse.length; b++) {
    while (m < sentinel && marks[m + STRIDE + BEFORE]! <= b * BUCKET) m += STRIDE
    inverse[b] = m
  }
  return { buckets, inverse, marks, total }
}

/** The page, built on first touch. */
export const pageOf = (rule: Rule, index: Index, page: number): Page => {
  const found = index.pages[page]
  if (found !== undefined) return found
  const built = build(rule, page)
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

/** Bytes of the pages built so far. */
export const indexBytes = ({ pages, totals }: Index): number =>
  pages.reduce(
    (bytes, page) =>
      page === undefined ? bytes : bytes + page.buckets.byteLength + page.inverse.byteLength + page.marks.byteLength,
    totals.byteLength,
  )
