// The hot doors that change state: when the answer is now, the touch counts.

import type { Instant, Second } from '@clientele/core'
import type { State } from './book.js'
import { firstAllowed } from './evaluate/judge.js'
import { attemptInRow } from './evaluate/kernel.js'
import { attemptOf, check, firstQuickly } from './evaluate.js'
import type { Message } from './message.js'
import { placeInRows, placeLine } from './place.js'

/** Written out: a constant of another file costs a look-up each time (decision 8). */
const SECOND = 1_000

const attemptSlowly = (state: State, recipient: number, message: Message, at: Second): Second => {
  const next = firstAllowed(attemptOf(state, recipient, message), at)
  if (next === at) {
    const seq = ++state.seq
    placeLine(state, { at, seq, until: Number.POSITIVE_INFINITY, weight: 1, message, recipient })
  }
  return next
}

const attemptInRows = (state: State, recipient: number, message: Message, at: Second): Second => {
  // what is not contained, or may be asked about late, needs more than rows
  if (!message.plain || !message.contained || state.lateness > 0)
    return attemptSlowly(state, recipient, message, at)
  const next = firstQuickly(state, recipient, message, at)
  if (next < 0) return attemptSlowly(state, recipient, message, at)
  if (next === at) placeInRows(state, recipient, message, at)
  return next
}

/** {@link attempt} at a second, for a message known to be of the state's policy. */
export const attemptAt = (state: State, recipient: number, message: Message, at: Second): Second => {
  if (!message.inRow || state.lateness > 0) return attemptInRows(state, recipient, message, at)
  const next = attemptInRow(state, recipient, message.quick!, message.week, at)
  return next < 0 ? attemptInRows(state, recipient, message, at) : next
}

/**
 * {@link whenMay}, and when the answer is now the touch counts from now on.
 *
 * @example
 * import { attempt, compileOrThrow, createState, handle, messageOf } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const state = createState(policy)
 * const news = messageOf(policy, { channel: 'email' })
 * attempt(state, handle(state, 'anna'), news, 1_000) // => 1000
 * attempt(state, handle(state, 'anna'), news, 1_000) // => 86401000
 *
 * @category state
 */
export const attempt = (state: State, recipient: number, message: Message, at: Instant): Instant => {
  check(state, message)
  return attemptAt(state, recipient, message, Math.floor(at / SECOND)) * SECOND
}

/**
 * The same for many, in their order. A `RangeError` when `out` is shorter than the recipients.
 *
 * @example
 * import { attemptInto, compileOrThrow, createState, handle, messageOf } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const state = createState(policy)
 * const anna = handle(state, 'anna')
 * attemptInto(state, [anna, anna], messageOf(policy, {}), [0, 1_000], new Float64Array(2))
 * // => new Float64Array([0, 86400000])
 *
 * @category state
 */
export const attemptInto = (
  state: State,
  recipients: ArrayLike<number>,
  message: Message,
  ats: ArrayLike<Instant>,
  out: Float64Array,
): Float64Array => {
  check(state, message)
  const { length } = recipients
  if (out.length < length) throw new RangeError(`out holds ${out.length} answers, ${length} expected`)
  const { quick, week, inRow } = message
  if (quick === undefined || !inRow || state.lateness > 0) {
    for (let i = 0; i < length; i++)
      out[i] = attemptInRows(state, recipients[i]!, message, Math.floor(ats[i]! / SECOND)) * SECOND
    return out
  }
  for (let i = 0; i < length; i++) {
    const at = Math.floor(ats[i]! / SECOND)
    const next = attemptInRow(state, recipients[i]!, quick, week, at)
    out[i] = (next < 0 ? attemptInRows(state, recipients[i]!, message, at) : next) * SECOND
  }
  return out
}
