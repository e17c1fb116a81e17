// The hot path: add and elapsed, one at a time and in bulk. Reads the table and its arguments, allocates nothing.

import { FIRST_INSTANT, type Instant, type Millis } from '@clientele/core'
import { NEVER } from './model.js'
import { addWithin, earliestWith, elapsedWithin, latestWith, openBefore, PAGES, pageAt } from './page.js'
import { pageOf, totalOf } from './pages.js'
import type { Table } from './table.js'

/** Open milliseconds of a page, whether built or not, before an instant in it; beyond the last page there are none. */
const openIn = ({ rule, index }: Table, page: number, at: Instant): Millis =>
  page < PAGES ? openBefore(pageOf(rule, index, page), at) : 0

/** `elapsed` wherever the quick way ends: pages not yet built, reversed, NaN, or out of range, which counts as closed. */
const elapsedFar = (table: Table, from: Instant, to: Instant): Millis => {
  // 0 minus, so that nothing elapsed is 0 and not −0
  if (from > to) return 0 - elapsedFar(table, to, from)
  if (!(from <= to)) return Number.NaN
  const [start, end] = [Math.max(from, FIRST_INSTANT), Math.max(to, FIRST_INSTANT)]
  let open = openIn(table, pageAt(end), end) - openIn(table, pageAt(start), start)
  for (let page = pageAt(start); page < pageAt(end); page++) open += totalOf(table.rule, table.index, page)
  return open
}

/**
 * Open milliseconds between two instants; negative when reversed. Time before 1970 and after 2100 counts as closed.
 * NaN in gives NaN out. Cost: some 25 ns in warm years, nothing allocated; a year touched for the first time is indexed,
 * under a millisecond.
 *
 * @example
 * import { compileOrThrow, elapsed } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'] } })
 * // from Monday 17:00 to Tuesday 10:00: two hours are open
 * elapsed(desk, Date.UTC(2026, 2, 2, 17), Date.UTC(2026, 2, 3, 10)) / 3600000 // => 2
 *
 * @category evaluate
 */
export const elapsed = (table: Table, from: Instant, to: Instant): Millis => {
  const { pages, totals } = table.index
  const first = pageAt(from)
  const last = pageAt(to)
  const page = pages[first]
  const lastPage = pages[last]
  if (page === undefined || lastPage === undefined || first > last) return elapsedFar(table, from, to)
  let open = openBefore(lastPage, to) - openBefore(page, from)
  for (let between = first; between < last; between++) open += totals[between]!
  // a page between may not be measured yet
  return Number.isNaN(open) ? elapsedFar(table, from, to) : open
}

/** `add` of a positive duration from any page. */
const addForward = (table: Table, at: Instant, by: Millis): Instant => {
  const { rule, index } = table
  const start = Math.max(at, FIRST_INSTANT)
  let open = by + openIn(table, pageAt(start), start)
  for (let page = pageAt(start); page < PAGES; page++) {
    const total = totalOf(rule, index, page)
    if (open <= total) return earliestWith(pageOf(rule, index, page), open)
    open -= total
  }
  return NEVER
}

/** `add` of a negative duration from any page. */
const addBackward = (table: Table, at: Instant, by: Millis): Instant => {
  const { rule, index } = table
  if (!(at > FIRST_INSTANT)) return NEVER
  let page = pageAt(at)
  let open = by + openIn(table, page, at)
  while (open < 0) {
    if (--page < 0) return NEVER
    open += totalOf(rule, index, page)
  }
  return latestWith(pageOf(rule, index, page), open)
}

/** `add` wherever the quick way ends: another page, another year, backward, zero, out of range. */
const addAcross = (table: Table, at: Instant, by: Millis): Instant => {
  if (by > 0) return addForward(table, at, by)
  if (by < 0) return addBackward(table, at, by)
  return by === 0 ? at : NEVER
}

/**
 * The earliest instant x with `elapsed(at, x) = by`; the latest, when `by` is negative; `at` itself for zero. A deadline at
 * closing time stays at closing. {@link NEVER} when there is none between 1970 and 2100. Cost: as {@link elapsed}.
 *
 * @example
 * import { add, compileOrThrow } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'] } })
 * // two open hours after Monday 17:00
 * new Date(add(desk, Date.UTC(2026, 2, 2, 17), 7200000)).toISOString() // => '2026-03-03T10:00:00.000Z'
 *
 * @category evaluate
 */
export const add = (table: Table, at: Instant, by: Millis): Instant => {
  const page = table.index.pages[pageAt(at)]
  // `+` only tells V8 that a call it does not inline returns a number; else it boxes the quick answers as well
  if (page === undefined || !(by > 0)) return +addAcross(table, at, by)
  const open = openBefore(page, at) + by
  return open <= page.total ? earliestWith(page, open) : +addAcross(table, at, by)
}

/** Holds the buffers of a bulk call to one length. */
export const sameLength = (name: string, given: number, expected: number): void => {
  if (given !== expected)
    throw new RangeError(`${name} has ${given} elements, expected ${expected}, one for each instant`)
}

/**
 * {@link add} for many: `out[i]` = `add(table, ats[i], bys[i])`. `out` may be one of the inputs. A `RangeError` when the
 * lengths differ.
 *
 * @example
 * import { addInto, compileOrThrow } from '@clientele/calendar'
 * const always = compileOrThrow({ timeZone: 'UTC', week: '24/7' })
 * addInto(always, new Float64Array([0, 1000]), new Float64Array([500, 500]), new Float64Array(2))
 * // => new Float64Array([500, 1500])
 *
 * @category evaluate
 */
export const addInto = (
  table: Table,
  ats: Float64Array,
  bys: Float64Array,
  out: Float64Array,
): Float64Array => {
  sameLength('bys', bys.length, ats.length)
  sameLength('out', out.length, ats.length)
  addWithin(table.index.pages, ats, bys, out, (at, by) => addAcross(table, at, by))
  return out
}

/**
 * {@link elapsed} for many: `out[i]` = `elapsed(table, froms[i], tos[i])`. `out` may be one of the inputs. A `RangeError`
 * when the lengths differ.
 *
 * @example
 * import { compileOrThrow, elapsedInto } from '@clientele/calendar'
 * const always = compileOrThrow({ timeZone: 'UTC', week: '24/7' })
 * elapsedInto(always, new Float64Array([0, 10]), new Float64Array([5, 0]), new Float64Array(2))
 * // => new Float64Array([5, -10])
 *
 * @category evaluate
 */
export const elapsedInto = (
  table: Table,
  froms: Float64Array,
  tos: Float64Array,
  out: Float64Array,
): Float64Array => {
  sameLength('tos', tos.length, froms.length)
  sameLength('out', out.length, froms.length)
  const { pages, totals } = table.index
  elapsedWithin(pages, totals, froms, tos, out, (from, to) => elapsed(table, from, to))
  return out
}
