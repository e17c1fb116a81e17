// Open or closed, when next, and the periods themselves. Reads the table and its arguments only.

import { FIRST_INSTANT, type Instant, LAST_INSTANT } from '@clientele/core'
import { sameLength } from './evaluate.js'
import { NEVER, type Period } from './model.js'
import { endOf, PAGES, type Page, pageAt, periodAt, periodsIn, startOf } from './page.js'
import { isKnown, pageFrom, pageOf, pageTo, totalOf } from './pages.js'
import type { Table } from './table.js'

/** The nearest page after (`step` 1) or before (−1) that holds any open time; none beyond the last and the first. */
const openPage = ({ rule, index }: Table, page: number, step: 1 | -1): Page | undefined => {
  for (let next = page + step; next >= 0 && next < PAGES; next += step) {
    if (totalOf(rule, index, next) > 0) return pageOf(rule, index, next)
  }
  return undefined
}

/**
 * Whether an instant is open: the opening instant is, the closing one is not. Closed before 1970 and after 2100.
 *
 * @example
 * import { compileOrThrow, isOpen } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
 * isOpen(desk, Date.UTC(2026, 2, 2, 9)) // => true
 * isOpen(desk, Date.UTC(2026, 2, 2, 18)) // => false
 *
 * @category evaluate
 */
export const isOpen = ({ rule, index }: Table, at: Instant): boolean => {
  if (!isKnown(at)) return false
  const page = pageOf(rule, index, pageAt(at))
  return startOf(page, periodAt(page, at)) <= at
}

/**
 * The earliest open instant at or after `at`; {@link NEVER} when there is none.
 *
 * @example
 * import { compileOrThrow, nextOpen } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
 * new Date(nextOpen(desk, Date.UTC(2026, 2, 2, 18))).toISOString() // => '2026-03-09T09:00:00.000Z'
 *
 * @category evaluate
 */
export const nextOpen = (table: Table, at: Instant): Instant => {
  if (!(at < LAST_INSTANT)) return NEVER
  const from = Math.max(at, FIRST_INSTANT)
  const page = pageOf(table.rule, table.index, pageAt(from))
  const period = periodAt(page, from)
  if (period < periodsIn(page)) return Math.max(from, startOf(page, period))
  const next = openPage(table, pageAt(from), 1)
  return next === undefined ? NEVER : startOf(next, 0)
}

/**
 * The earliest closing after `at`; {@link NEVER} when it never closes. The end of the known range is no closing.
 *
 * @example
 * import { compileOrThrow, nextClose } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
 * new Date(nextClose(desk, Date.UTC(2026, 2, 2))).toISOString() // => '2026-03-02T18:00:00.000Z'
 *
 * @category evaluate
 */
export const nextClose = (table: Table, at: Instant): Instant => {
  const { rule, index } = table
  for (let from = nextOpen(table, at); from < LAST_INSTANT; ) {
    const number = pageAt(from)
    const end = pageTo(number)
    // a page that is open from end to end need not be built
    if (totalOf(rule, index, number) === end - pageFrom(number)) {
      from = end
      continue
    }
    const page = pageOf(rule, index, number)
    const period = periodAt(page, from)
    // open to the end of the page before, and closed from the start of this one
    if (startOf(page, period) > from) return from
    from = endOf(page, period)
    if (from < end) return from
  }
  return NEVER
}

/**
 * The latest x at or before `at` such that the moment just before x is open; {@link NEVER} when there is none.
 *
 * @example
 * import { compileOrThrow, prevOpen } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
 * new Date(prevOpen(desk, Date.UTC(2026, 2, 4))).toISOString() // => '2026-03-02T18:00:00.000Z'
 *
 * @category evaluate
 */
export const prevOpen = (table: Table, at: Instant): Instant => {
  if (!(at > FIRST_INSTANT)) return NEVER
  const inside = Math.min(at, LAST_INSTANT - 1)
  const page = pageOf(table.rule, table.index, pageAt(inside))
  const period = periodAt(page, inside)
  if (startOf(page, period) < at) return Math.min(at, LAST_INSTANT)
  if (period > 0) return endOf(page, period - 1)
  const last = openPage(table, pageAt(inside), -1)
  return last === undefined ? NEVER : endOf(last, periodsIn(last) - 1)
}

/**
 * The maximal open periods within [from, to), clipped to it. Cost: proportional to what it returns.
 *
 * @example
 * import { compileOrThrow, periods } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['00:00-01:00'] } })
 * periods(desk, Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 3)) // => [[Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 2, 1)]]
 *
 * @category evaluate
 */
export const periods = ({ rule, index }: Table, from: Instant, to: Instant): Period[] => {
  const found: [Instant, Instant][] = []
  const [first, last] = [Math.max(from, FIRST_INSTANT), Math.min(to, LAST_INSTANT)]
  if (!(first < last)) return found
  for (let number = pageAt(first); number < PAGES && pageFrom(number) < last; number++) {
    const page = pageOf(rule, index, number)
    for (let i = number === pageAt(first) ? periodAt(page, first) : 0; startOf(page, i) < last; i++) {
      const start = Math.max(startOf(page, i), first)
      const end = Math.min(endOf(page, i), last)
      const previous = found.at(-1)
      // a period cut by the edge of a page goes on
      if (previous?.[1] === start) previous[1] = end
      else found.push([start, end])
    }
  }
  return found
}

/**
 * {@link nextOpen} for many: `out[i]` = `nextOpen(table, ats[i])`. A `RangeError` when the lengths differ.
 *
 * @example
 * import { compileOrThrow, nextOpenInto } from '@clientele/calendar'
 * const always = compileOrThrow({ timeZone: 'UTC', week: '24/7' })
 * nextOpenInto(always, new Float64Array([5, 7]), new Float64Array(2)) // => new Float64Array([5, 7])
 *
 * @category evaluate
 */
export const nextOpenInto = (table: Table, ats: Float64Array, out: Float64Array): Float64Array =>
  mapInto(nextOpen, table, ats, out)

/**
 * {@link nextClose} for many: `out[i]` = `nextClose(table, ats[i])`. A `RangeError` when the lengths differ.
 *
 * @example
 * import { compileOrThrow, nextCloseInto } from '@clientele/calendar'
 * const hour = compileOrThrow({ timeZone: 'UTC', week: { thu: ['00:00-01:00'] } })
 * nextCloseInto(hour, new Float64Array([0]), new Float64Array(1)) // => new Float64Array([3600000])
 *
 * @category evaluate
 */
export const nextCloseInto = (table: Table, ats: Float64Array, out: Float64Array): Float64Array =>
  mapInto(nextClose, table, ats, out)

/**
 * {@link prevOpen} for many: `out[i]` = `prevOpen(table, ats[i])`. A `RangeError` when the lengths differ.
 *
 * @example
 * import { compileOrThrow, prevOpenInto } from '@clientele/calendar'
 * const always = compileOrThrow({ timeZone: 'UTC', week: '24/7' })
 * prevOpenInto(always, new Float64Array([5]), new Float64Array(1)) // => new Float64Array([5])
 *
 * @category evaluate
 */
export const prevOpenInto = (table: Table, ats: Float64Array, out: Float64Array): Float64Array =>
  mapInto(prevOpen, table, ats, out)

/**
 * {@link isOpen} for many: `out[i]` is 1 when open, 0 when closed. A `RangeError` when the lengths differ.
 *
 * @example
 * import { compileOrThrow, isOpenInto } from '@clientele/calendar'
 * const always = compileOrThrow({ timeZone: 'UTC', week: '24/7' })
 * isOpenInto(always, new Float64Array([5, -5]), new Uint8Array(2)) // => new Uint8Array([1, 0])
 *
 * @category evaluate
 */
export const isOpenInto = (table: Table, ats: Float64Array, out: Uint8Array): Uint8Array =>
  mapInto((inner, at) => Number(isOpen(inner, at)), table, ats, out)

const mapInto = <A extends Float64Array | Uint8Array>(
  query: (table: Table, at: Instant) => number,
  table: Table,
  ats: Float64Array,
  out: A,
): A => {
  sameLength('out', out.length, ats.length)
  for (let i = 0; i < ats.length; i++) out[i] = query(table, ats[i]!)
  return out
}
