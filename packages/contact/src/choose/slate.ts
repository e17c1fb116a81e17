// Candidates made ready: what is the same for every recipient is found out once, what is the same for every recipient of
// one place once a place (`spot.ts`).

import type { Message } from '../message.js'
import type { Table } from '../table.js'
import type { Entry, Offer, Slate, SlateOptions } from './model.js'

/** Below 0 when a text comes before another by code point. */
const byPoints = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((sign, i) => sign !== right[i])
  return at < 0
    ? left.length - right.length
    : (left[at]!.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1)
}

const byRank = (a: Offer, b: Offer): number =>
  (b.priority ?? 0) - (a.priority ?? 0) ||
  (b.value ?? 0) - (a.value ?? 0) ||
  Math.floor(a.at / 1_000) - Math.floor(b.at / 1_000) ||
  byPoints(a.id ?? '', b.id ?? '')

const isAdditive = ({ begins, ends, takes, table }: Message): boolean =>
  begins.length + ends.length === 0 && takes.every(({ stream }) => !table.streams[stream]!.whole)

const checkOffer = (table: Table, { at, priority = 0, value = 0, message }: Offer): void => {
  if (message.table !== table) throw new RangeError('the message belongs to another policy; prepare it again')
  for (const number of [at, priority, value])
    if (!Number.isFinite(number)) throw new RangeError(`expected a finite number, given ${number}`)
}

/**
 * Makes candidates ready for {@link choose}: a campaign calendar, for everybody it may go to. Their messages are of
 * {@link messageOf}. A `RangeError` for a message of another policy and for numbers that are not finite. Cost: some
 * microseconds each, and again for every zone that recipients are in.
 *
 * @example
 * import { choose, compileOrThrow, createState, handle, messageOf, slateOf } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const message = messageOf(policy, { channel: 'email' })
 * const offers = [{ at: 0, message }, { at: 1_000, message, priority: 1 }]
 * const state = createState(policy)
 * choose(state, handle(state, 'anna'), slateOf(policy, offers)) // => new Uint8Array([0, 1])
 *
 * @category evaluate
 */
export const slateOf = (
  table: Table,
  offers: readonly Offer[],
  { objective = 'priority' }: SlateOptions = {},
): Slate => {
  for (const offer of offers) checkOffer(table, offer)
  const entries = offers
    .map(
      ({ at, value = 0, message }, place): Entry => ({
        place,
        at: Math.floor(at / 1_000),
        value,
        message,
      }),
    )
    .sort((a, b) => a.at - b.at || a.place - b.place)
  const ranked = Int32Array.from(entries.keys())
  const offerOf = (row: number): Offer => offers[entries[row]!.place]!
  ranked.sort((a, b) => byRank(offerOf(a), offerOf(b)) || entries[a]!.place - entries[b]!.place)
  return {
    table,
    length: offers.length,
    objective,
    entries,
    ranked,
    additive: offers.every(({ message }) => isAdditive(message)),
    spots: new WeakMap(),
  }
}
