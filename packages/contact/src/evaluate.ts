// The doors by handle: when may this message go to this recipient? The answer is now when nothing refuses.

import type { Instant, Second } from '@clientele/core'
import type { State } from './book.js'
import { type Attempt, firstAllowed, type Refusal, refusalsAt } from './evaluate/judge.js'
import { firstInRows } from './evaluate/kernel.js'
import type { Message } from './message.js'
import type { Verdict } from './model.js'
import { turnTo } from './places/area.js'
import { QUIET } from './table.js'

/** Written out: a constant of another file costs a look-up each time (decision 8). */
const SECOND = 1_000
/** The answers of the hot path that are none. */
const ELSEWHERE = -1
const STALE = -2

/** A `RangeError` for a message of another policy than the state's. */
export const check = (state: State, message: Message): void => {
  if (message.table !== state.table)
    throw new RangeError('the message belongs to another policy; prepare it again')
}

/** An attempt for a recipient known by handle. */
export const attemptOf = (state: State, recipient: number, message: Message): Attempt => ({
  state,
  message,
  recipient,
  // asked by control groups alone
  id: message.control.length > 0 ? (state.ids.name(recipient) ?? '') : '',
  area: state.areas[state.areaOf.data[recipient] ?? 0]!,
})

/** What the hot path says, its notes of the place brought up to date; less than 0 when it cannot tell. */
export const firstQuickly = (state: State, recipient: number, message: Message, at: Second): Second => {
  const next = firstInRows(state, recipient, message, at)
  if (next !== STALE) return next
  turnTo(state.table, state.areas[state.areaOf.data[recipient]!]!, at)
  return firstInRows(state, recipient, message, at)
}

/** The first second at which nothing refuses; NaN when that never comes. */
export const firstSecond = (state: State, recipient: number, message: Message, at: Second): Second => {
  const next = message.plain ? firstQuickly(state, recipient, message, at) : ELSEWHERE
  return next < 0 ? firstAllowed(attemptOf(state, recipient, message), at) : next
}

/**
 * The first whole second, as epoch milliseconds, at which a message may be sent to a recipient if nothing else happens:
 * the second of `at` itself when it may be sent now, NaN when never. Changes nothing. `recipient` is a handle of
 * {@link handle}. Cost: some 0.1 µs when caps are instants in rows and quiet hours one week in the recipient's zone;
 * some microseconds with consent, exemptions that begin and end, or touches known for later.
 *
 * @example
 * import { attempt, compileOrThrow, createState, handle, messageOf, whenMay } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const state = createState(policy)
 * const anna = handle(state, 'anna')
 * const news = messageOf(policy, { channel: 'email' })
 * attempt(state, anna, news, 1_000) // => 1000
 * whenMay(state, anna, news, 5_000) // => 86401000
 *
 * @category evaluate
 */
export const whenMay = (state: State, recipient: number, message: Message, at: Instant): Instant => {
  check(state, message)
  return firstSecond(state, recipient, message, Math.floor(at / SECOND)) * SECOND
}

/**
 * The same for many recipients and moments: `out[i]` is the answer for the i-th. A `RangeError` when `out` is shorter than
 * the recipients.
 *
 * @example
 * import { compileOrThrow, createState, handle, messageOf, whenMayInto } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'none', label: 'Never', limit: 0, window: { lifetime: true } }] })
 * const state = createState(policy)
 * const who = new Uint32Array([handle(state, 'anna')])
 * whenMayInto(state, who, messageOf(policy, {}), new Float64Array([1_000]), new Float64Array(1)) // => new Float64Array([NaN])
 *
 * @category evaluate
 */
export const whenMayInto = (
  state: State,
  recipients: ArrayLike<number>,
  message: Message,
  ats: ArrayLike<Instant>,
  out: Float64Array,
): Float64Array => {
  check(state, message)
  const { length } = recipients
  if (out.length < length) throw new RangeError(`out holds ${out.length} answers, ${length} expected`)
  for (let i = 0; i < length; i++) {
    out[i] = firstSecond(state, recipients[i]!, message, Math.floor(ats[i]! / SECOND)) * SECOND
  }
  return out
}

/** The hot path where it knows the case: the recipient is known, and where they are is as it is kept. */
const nextSecond = (asked: Attempt, at: Second): Second => {
  const { state, recipient, message, area } = asked
  const kept = recipient >= 0 && state.areas[state.areaOf.data[recipient]!] === area
  return kept ? firstSecond(state, recipient, message, at) : firstAllowed(asked, at)
}

/** The verdict of an attempt at a second at which these rules refuse. */
export const verdictFrom = (asked: Attempt, refusals: readonly Refusal[], at: Second): Verdict => {
  if (refusals.length === 0) return { verdict: 'allow', rules: [], nextAllowedAt: at * SECOND }
  const onlyQuiet = refusals.every(({ rule, noZone }) => rule.kind === QUIET && !noZone)
  const next = nextSecond(asked, at)
  const presumed = refusals.filter(({ rule }) => rule.presumption).map(({ rule }) => rule.id)
  return {
    verdict: onlyQuiet ? 'defer' : 'deny',
    rules: refusals.map(({ rule }) => rule.id),
    nextAllowedAt: Number.isNaN(next) ? null : next * SECOND,
    ...(presumed.length === 0 ? {} : { presumed }),
  }
}

/** The verdict of an attempt at a second. */
export const verdictOf = (asked: Attempt, at: Second): Verdict =>
  verdictFrom(asked, refusalsAt(asked, at), at)

/**
 * May this message go to this recipient now: the verdict as a record, with every rule that refuses.
 *
 * @example
 * import { attempt, compileOrThrow, createState, evaluate, handle, messageOf } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const state = createState(policy)
 * const [anna, news] = [handle(state, 'anna'), messageOf(policy, {})]
 * attempt(state, anna, news, 0)
 * evaluate(state, anna, news, 1_000) // => { verdict: 'deny', rules: ['day'], nextAllowedAt: 86400000 }
 *
 * @category evaluate
 */
export const evaluate = (state: State, recipient: number, message: Message, at: Instant): Verdict => {
  check(state, message)
  return verdictOf(attemptOf(state, recipient, message), Math.floor(at / SECOND))
}
