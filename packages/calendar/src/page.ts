// One page of the index and the kernels over it. A page holds the open periods of 199 days with a bucket directory in
// both directions:
//
//   instant ──► page = t >> 34 ──► bucket = (t >> 24) & 1023 ──► last period that starts at or before the bucket does
//   open ms ──► inverse bucket = c >> 23 ──────────────────────► first period that ends with more open time behind it
//
// A bucket is 2^24 ms (4 h 40 min), one of open time half of that, a page 1024 buckets: powers of two, so that finding them is
// exact arithmetic.
//
//   marks of a page:   −∞ 0 │ start₁ 0 │ start₂ before₂ │ … │ +∞ total
//
// Two numbers a period: where it starts, and the open time of the page before it. The open time before an instant of
// period i is the lesser of before(i) + t − start(i) and before(i + 1): no question whether it is open or closed.
//
// This file imports nothing at run time, and its numbers are written out: only then does the build put them where they
// are used, and a constant that is looked up costs these kernels a fifth of their speed.

import type { Instant, Millis } from '@clientele/core'

const BUCKET = 16_777_216
/** Buckets of open time are half as long: most of them then hold no more than one closing. */
const OPEN_BUCKET = 8_388_608
const PAGE_SHIFT = 10
const PAGE_MASK = 1_023
/** `LAST_INSTANT` of the core. */
const END_OF_TIME = 4_133_980_800_000
/** Layout of `marks`: two numbers a period, with a sentinel before the first and after the last. */
const STRIDE = 2
const START = 0
/** Open milliseconds of the page before the period. */
const BEFORE = 1

/** Milliseconds of a page. */
export const PAGE = 17_179_869_184
/** Pages from 1970 to 2100. */
export const PAGES = 241
/** The page of no known instant: never built. */
const NO_PAGE = 241

/** One page of the index. */
export interface Page {
  /** For each bucket of time: where in `marks` the last period stands that starts at or before the bucket does. */
  readonly buckets: Uint16Array | Uint32Array
  /** For each bucket of open time: where the first period stands that ends with more open time behind it. */
  readonly inverse: Uint16Array | Uint32Array
  readonly marks: Float64Array
  readonly total: Millis
}

const directory = (size: number, marks: Float64Array): Uint16Array | Uint32Array =>
  marks.length < 65_536 ? new Uint16Array(size) : new Uint32Array(size)

/** Lays out the periods of a page that begins at `from`: pairs of start and end, ascending and disjoint. */
export const layPage = (from: Instant, pairs: readonly number[]): Page => {
  const marks = new Float64Array(pairs.length + 2 * STRIDE)
  marks[START] = Number.NEGATIVE_INFINITY
  let m = STRIDE
  let total = 0
  for (let i = 0; i < pairs.length; i += 2, m += STRIDE) {
    marks[m + START] = pairs[i]!
    marks[m + BEFORE] = total
    total += pairs[i + 1]! - pairs[i]!
  }
  marks[m + START] = Number.POSITIVE_INFINITY
  marks[m + BEFORE] = total

  const buckets = directory(PAGE_MASK + 1, marks)
  for (let b = 0, k = 0; b < buckets.length; b++) {
    while (marks[k + STRIDE + START]! <= from + b * BUCKET) k += STRIDE
    buckets[b] = k
  }
  const inverse = directory(Math.floor(total / OPEN_BUCKET) + 1, marks)
  for (let b = 0, k = 0; b < inverse.length; b++) {
    while (k + STRIDE < m && marks[k + STRIDE + BEFORE]! <= b * OPEN_BUCKET) k += STRIDE
    inverse[b] = k
  }
  return Object.freeze({ buckets, inverse, marks, total })
}

/** Bytes of a page. */
export const bytesOf = ({ buckets, inverse, marks }: Page): number =>
  buckets.byteLength + inverse.byteLength + marks.byteLength

/** The page of an instant; of one before 1970, after 2100 or NaN, a page that is never built. */
export const pageAt = (at: Instant): number =>
  at >= 0 && at < END_OF_TIME ? ((at / BUCKET) | 0) >>> PAGE_SHIFT : NO_PAGE

/** Open milliseconds of the page before an instant that lies in it; NaN for NaN. */
export const openBefore = ({ buckets, marks }: Page, at: Instant): Millis => {
  let m = buckets[((at / BUCKET) | 0) & PAGE_MASK]!
  while (marks[m + STRIDE + START]! <= at) m += STRIDE
  // as if still open, but no more than at closing
  return Math.min(marks[m + BEFORE]! + (at - marks[m + START]!), marks[m + STRIDE + BEFORE]!)
}

/** The earliest instant of the page with `open` milliseconds before it; 0 < open ≤ total. */
export const earliestWith = ({ inverse, marks }: Page, open: Millis): Instant => {
  let m = inverse[(open / OPEN_BUCKET) | 0]!
  // at the very edge of a bucket the period before ends with just as much
  if (marks[m + BEFORE]! >= open) m -= STRIDE
  else while (marks[m + STRIDE + BEFORE]! < open) m += STRIDE
  return marks[m + START]! + (open - marks[m + BEFORE]!)
}

/** The latest instant of the page with `open` milliseconds before it; 0 ≤ open < total. */
export const latestWith = ({ inverse, marks }: Page, open: Millis): Instant => {
  let m = inverse[(open / OPEN_BUCKET) | 0]!
  while (marks[m + STRIDE + BEFORE]! <= open) m += STRIDE
  return marks[m + START]! + (open - marks[m + BEFORE]!)
}

/**
 * Adds for many within their pages; where an answer lies elsewhere, `rest` is asked. The two kernels above with fields
 * lifted, written out: called, they cost a fifth more.
 */
export const addWithin = (
  pages: readonly (Page | undefined)[],
  ats: Float64Array,
  bys: Float64Array,
  out: Float64Array,
  rest: (at: Instant, by: Millis) => Instant,
): void => {
  for (let i = 0; i < ats.length; i++) {
    const at = ats[i]!
    const by = bys[i]!
    const bucket = (at / BUCKET) | 0
    const page = at >= 0 && at < END_OF_TIME ? pages[bucket >>> PAGE_SHIFT] : undefined
    if (page === undefined || !(by > 0)) {
      out[i] = rest(at, by)
      continue
    }
    const { buckets, inverse, marks, total } = page
    let m = buckets[bucket & PAGE_MASK]!
    while (marks[m + STRIDE + START]! <= at) m += STRIDE
    const open = Math.min(marks[m + BEFORE]! + (at - marks[m + START]!), marks[m + STRIDE + BEFORE]!) + by
    if (open > total) {
      out[i] = rest(at, by)
      continue
    }
    let k = inverse[(open / OPEN_BUCKET) | 0]!
    if (marks[k + BEFORE]! >= open) k -= STRIDE
    else while (marks[k + STRIDE + BEFORE]! < open) k += STRIDE
    out[i] = marks[k + START]! + (open - marks[k + BEFORE]!)
  }
}

/** Open time for many whose pages are built and measured; of the others `rest` is asked. Written out as {@link addWithin}. */
export const elapsedWithin = (
  pages: readonly (Page | undefined)[],
  totals: Float64Array,
  froms: Float64Array,
  tos: Float64Array,
  out: Float64Array,
  rest: (from: Instant, to: Instant) => Millis,
): void => {
  for (let i = 0; i < froms.length; i++) {
    const from = froms[i]!
    const to = tos[i]!
    const fromBucket = (from / BUCKET) | 0
    const toBucket = (to / BUCKET) | 0
    const first = from >= 0 && to < END_OF_TIME ? pages[fromBucket >>> PAGE_SHIFT] : undefined
    const last = to >= from ? pages[toBucket >>> PAGE_SHIFT] : undefined
    if (first === undefined || last === undefined) {
      out[i] = rest(from, to)
      continue
    }
    const marks = first.marks
    let m = first.buckets[fromBucket & PAGE_MASK]!
    while (marks[m + STRIDE + START]! <= from) m += STRIDE
    const before = Math.min(marks[m + BEFORE]! + (from - marks[m + START]!), marks[m + STRIDE + BEFORE]!)
    const lastMarks = last.marks
    let k = last.buckets[toBucket & PAGE_MASK]!
    while (lastMarks[k + STRIDE + START]! <= to) k += STRIDE
    const until = Math.min(
      lastMarks[k + BEFORE]! + (to - lastMarks[k + START]!),
      lastMarks[k + STRIDE + BEFORE]!,
    )
    let open = until - before
    for (let page = fromBucket >>> PAGE_SHIFT; page < toBucket >>> PAGE_SHIFT; page++) open += totals[page]!
    // a page between may not be measured yet
    out[i] = Number.isNaN(open) ? rest(from, to) : open
  }
}

/** How many periods a page holds. */
export const periodsIn = ({ marks }: Page): number => marks.length / STRIDE - 2

/** Where a period of the page starts; +∞ past the last one. */
export const startOf = ({ marks }: Page, period: number): Instant => marks[(period + 1) * STRIDE + START]!

/** Where a period of the page ends; +∞ past the last one. */
export const endOf = ({ marks }: Page, period: number): Instant => {
  const m = (period + 1) * STRIDE
  return m + STRIDE === marks.length
    ? Number.POSITIVE_INFINITY
    : marks[m + START]! + (marks[m + STRIDE + BEFORE]! - marks[m + BEFORE]!)
}

/** The first period of the page that ends after an instant of it; the number of periods when none does. */
export const periodAt = (page: Page, at: Instant): number => {
  const { buckets, marks } = page
  let m = buckets[((at / BUCKET) | 0) & PAGE_MASK]!
  while (marks[m + STRIDE + START]! <= at) m += STRIDE
  const period = m / STRIDE - 1
  return period >= 0 && endOf(page, period) > at ? period : period + 1
}
