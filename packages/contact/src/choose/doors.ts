// The doors by handle: which of a slate's offers may go to this recipient?

import type { State } from '../book.js'
import { arbitrate } from './arbitrate.js'
import type { Slate, Spot } from './model.js'
import { spotOf } from './spot.js'

const check = (state: State, { table }: Slate): void => {
  if (table !== state.table) throw new RangeError('the slate belongs to another policy; prepare it again')
}

const spotAt = (state: State, slate: Slate, recipient: number): Spot =>
  spotOf(slate, state.areas[state.areaOf.data[recipient] ?? 0]!)

/**
 * Which offers of a slate to send to a recipient: 1 for those, 0 for the others, in the order they were listed. Each is
 * judged at its own moment by what is known then, with those chosen sent at theirs. Changes nothing.
 *
 * By `priority` each is taken in its turn, the greater priority first, then the greater value, the earlier moment, the
 * lesser id, when it passes beside those taken before and they beside it. By `value` the sum of values is the greatest:
 * priorities only say which of two equal sums is better, the one that has what comes first in that order; what is worth
 * 0 or less is not sent. The greatest is always found among 16 offers that pass by themselves, and nearly always beyond.
 *
 * Cost: some microseconds for 20 offers; far more when an offer begins or ends an exemption, or counts in a cap of
 * current tags: then the rules are asked about every set that is tried.
 *
 * @example
 * import { choose, compileOrThrow, createState, handle, messageOf, slateOf } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const message = messageOf(policy, { channel: 'email' })
 * const HOUR = 3_600_000
 * const offers = [0, 20, 40].map((hours, i) => ({ at: hours * HOUR, value: [2, 3, 2][i] ?? 0, message }))
 * const state = createState(policy)
 * choose(state, handle(state, 'anna'), slateOf(policy, offers)) // => new Uint8Array([0, 1, 0])
 * choose(state, handle(state, 'anna'), slateOf(policy, offers, { objective: 'value' })) // => new Uint8Array([1, 0, 1])
 *
 * @category evaluate
 */
export const choose = (state: State, recipient: number, slate: Slate): Uint8Array => {
  check(state, slate)
  const row = new Uint8Array(slate.length)
  arbitrate(state, { slate, spot: spotAt(state, slate, recipient), recipient, id: undefined }, row, 0)
  return row
}

/**
 * The same for many recipients: `out` holds one row of answers for each, one behind the other. A `RangeError` when it is
 * shorter than that.
 *
 * @example
 * import { chooseInto, compileOrThrow, createState, handle, messageOf, slateOf } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const message = messageOf(policy, { channel: 'email' })
 * const slate = slateOf(policy, [{ at: 0, message }, { at: 1_000, message, priority: 1 }])
 * const state = createState(policy)
 * const who = new Uint32Array([handle(state, 'anna'), handle(state, 'boris')])
 * chooseInto(state, who, slate, new Uint8Array(4)) // => new Uint8Array([0, 1, 0, 1])
 *
 * @category evaluate
 */
export const chooseInto = (
  state: State,
  recipients: ArrayLike<number>,
  slate: Slate,
  out: Uint8Array,
): Uint8Array => {
  check(state, slate)
  const { length } = recipients
  const needed = length * slate.length
  if (out.length < needed) throw new RangeError(`out holds ${out.length} answers, ${needed} expected`)
  for (let i = 0; i < length; i++) {
    const recipient = recipients[i]!
    const spot = spotAt(state, slate, recipient)
    arbitrate(state, { slate, spot, recipient, id: undefined }, out, i * slate.length)
  }
  return out
}
