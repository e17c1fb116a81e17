// What the operators mean, on values that are there. Pure functions of two values; the tests of `test.ts` are these with
// a fact read and a constant filled in.

import { DAY, type Instant, type Millis, parseDate, parseDuration, parseInstant } from '../time.js'
import { FALSE, type Ternary, TRUE, UNKNOWN } from './table.js'

const truth = (holds: boolean): Ternary => (holds ? TRUE : FALSE)

/** The other truth; unknown stays unknown. */
export const negate = (value: Ternary): Ternary =>
  value === UNKNOWN ? UNKNOWN : value === TRUE ? FALSE : TRUE

/** Equal texts, numbers or booleans. Different types: false. Two lists or two objects: unknown, they are not compared. */
export const equal = (left: unknown, right: unknown): Ternary => {
  const incomparable = typeof left === 'object' && typeof right === 'object'
  if (incomparable) return Array.isArray(left) === Array.isArray(right) ? UNKNOWN : FALSE
  return truth(left === right)
}

const HIGH_SURROGATES = 0xd800
const LOW_SURROGATES = 0xdc00

/** The order of texts by code point: JavaScript's own goes by UTF-16 units, and puts 😀 before U+FF5E. */
export const compareText = (left: string, right: string): number => {
  if (left === right) return 0
  const shorter = Math.min(left.length, right.length)
  let i = 0
  while (i < shorter && left.charCodeAt(i) === right.charCodeAt(i)) i++
  if (i === shorter) return left.length - right.length
  // the units before are equal: if the last of them is a high surrogate, the code points start there
  const before = i === 0 ? 0 : left.charCodeAt(i - 1)
  const start = before >= HIGH_SURROGATES && before < LOW_SURROGATES ? i - 1 : i
  return left.codePointAt(start)! - right.codePointAt(start)! || left.codePointAt(i)! - right.codePointAt(i)!
}

/** Negative, zero or positive for two numbers or two texts; NaN when there is no order between the two. */
const order = (left: unknown, right: unknown): number => {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  if (typeof left !== 'number' || typeof right !== 'number') return Number.NaN
  return left < right ? -1 : left === right ? 0 : left > right ? 1 : Number.NaN
}

/** Less than; unknown where there is no order. */
export const less = (left: unknown, right: unknown): Ternary => {
  const sign = order(left, right)
  return sign < 0 ? TRUE : sign >= 0 ? FALSE : UNKNOWN
}

/** Less than or equal; unknown where there is no order. */
export const atMost = (left: unknown, right: unknown): Ternary => {
  const sign = order(left, right)
  return sign <= 0 ? TRUE : sign > 0 ? FALSE : UNKNOWN
}

/** The opposites, unknown where those are. */
export const notEqual = (left: unknown, right: unknown): Ternary => negate(equal(left, right))
export const atLeast = (left: unknown, right: unknown): Ternary => negate(less(left, right))
export const greater = (left: unknown, right: unknown): Ternary => negate(atMost(left, right))
export const isNoneOf = (left: unknown, right: unknown): Ternary => negate(isOneOf(left, right))

/** Whether one of the list equals the value; null elements are skipped. Unknown when the right side is no list. */
export const isOneOf = (left: unknown, right: unknown): Ternary => {
  if (!Array.isArray(right)) return UNKNOWN
  let found: Ternary = FALSE
  for (const element of right) {
    if (element === null || element === undefined) continue
    const same = equal(left, element)
    if (same === TRUE) return TRUE
    if (same === UNKNOWN) found = UNKNOWN
  }
  return found
}

/** An element of a list, or a part of a text; otherwise unknown. */
export const contains = (left: unknown, right: unknown): Ternary => {
  if (Array.isArray(left)) return isOneOf(right, left)
  return typeof left === 'string' && typeof right === 'string' ? truth(left.includes(right)) : UNKNOWN
}

/** How a text begins; unknown unless both are texts. */
export const startsWith = (left: unknown, right: unknown): Ternary =>
  typeof left === 'string' && typeof right === 'string' ? truth(left.startsWith(right)) : UNKNOWN

/** How a text ends; unknown unless both are texts. */
export const endsWith = (left: unknown, right: unknown): Ternary =>
  typeof left === 'string' && typeof right === 'string' ? truth(left.endsWith(right)) : UNKNOWN

const DATE_LENGTH = 10

/** Whether a readable date is a civil one; those stand for the whole of that date in UTC. */
export const isCivil = (value: unknown): boolean => typeof value === 'string' && value.length === DATE_LENGTH

/** The first moment of an instant, a civil date or epoch milliseconds; NaN when the value is none of them. */
export const firstMoment = (value: unknown): Instant => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN
  if (typeof value !== 'string') return Number.NaN
  if (value.length === DATE_LENGTH) return (parseDate(value) ?? Number.NaN) * DAY
  return parseInstant(value) ?? Number.NaN
}

/** Strictly before: of a civil date, the whole of it. Two civil dates compare as dates. */
export const before = (left: unknown, right: unknown): Ternary => {
  const [start, limit] = [firstMoment(left), firstMoment(right)]
  if (Number.isNaN(start) || Number.isNaN(limit)) return UNKNOWN
  return truth(isCivil(left) ? start + DAY <= limit : start < limit)
}

/** Strictly after: the mirror of {@link before}. */
export const after = (left: unknown, right: unknown): Ternary => before(right, left)

/** A duration as milliseconds, NaN when the value is none. */
const millisOf = (value: unknown): Millis => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : Number.NaN
  return (typeof value === 'string' ? parseDuration(value) : undefined) ?? Number.NaN
}

/**
 * Between now and now + the duration, both included. A civil date is within when some moment of it is, which is the same
 * as comparing dates in UTC. Unknown without a now.
 */
export const within = (left: unknown, right: unknown, at: Instant): Ternary => {
  const [start, end] = [firstMoment(left), at + millisOf(right)]
  if (Number.isNaN(start) || Number.isNaN(end)) return UNKNOWN
  const [from, to] = [Math.min(at, end), Math.max(at, end)]
  return truth(isCivil(left) ? start <= to && start + DAY > from : start >= from && start <= to)
}
