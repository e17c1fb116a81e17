// The hot path: may they, now? Reads the table, the state and its arguments; the only thing it writes is the scratch of the
// state.

import type { Instant } from '@clientele/core'
import { IMPLIED } from '../book/contracts.js'
import type { State } from '../book.js'
import { NONE, type Table } from '../table.js'
import { ask, rowUnder } from './ask.js'
import { NOT_COVERED } from './codes.js'
import { judge } from './judge.js'

/**
 * Whether a customer may have units of a channel now: {@link ALLOW}, {@link BILL}, or why not, from {@link QUOTA} to
 * {@link NOT_COVERED}. `customer` is a `handle`, −1 for one never heard of; `channel` a number of `channelOf`; `units` are
 * whole. No object is made but where a contract keeps the counters of the one before, or what came over has to be worked
 * out anew. Cost: some 50 ns, and as many cache misses as a customer picked at random among very many has.
 *
 * @example
 * import { ALLOW, channelOf, compileOrThrow, createState, evaluate, handle, QUOTA, step } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { standard: { channels: { visit: { quota: 2, per: 'month' } } } } })
 * const state = createState(table)
 * step(table, state, { op: 'contract', customer: 'c1', package: 'standard', from: '2026-01-01' }, [])
 * const [customer, visit] = [handle(state, 'c1'), channelOf(table, 'visit')]
 * const at = Date.UTC(2026, 2, 2)
 * evaluate(table, state, customer, visit, at, 2) === ALLOW // => true
 * evaluate(table, state, customer, visit, at, 3) === QUOTA // => true
 *
 * @category evaluate
 */
export const evaluate = (
  table: Table,
  state: State,
  customer: number,
  channel: number,
  at: Instant,
  units: number,
): number => {
  const { contracts, account } = state
  if (channel !== NONE && customer >= 0 && customer < account.length && account.data[customer] === NONE) {
    // nearly everybody has one contract
    const contract = state.first.data[customer]!
    if (
      contract !== NONE &&
      contracts.next.data[contract] === NONE &&
      contracts.change.data[contract]! !== IMPLIED &&
      contracts.startAt.data[contract]! <= at &&
      at < contracts.endAt.data[contract]!
    ) {
      const row = rowUnder(table, state, contract, channel)
      return row === NONE ? NOT_COVERED : judge(table, state, contract, row, at, units)
    }
  }
  const whose = customer >= 0 && customer < account.length ? account.data[customer]! : NONE
  const { question } = state
  question.customer = customer
  question.account = whose
  question.channel = channel
  question.units = units
  return ask(table, state, question, at, undefined)
}

/**
 * {@link evaluate} for many: `out[i]` is the code of the i-th. A `RangeError` when the lengths differ.
 *
 * @example
 * import { compileOrThrow, createState, evaluateInto, NOT_COVERED } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { luxe: { channels: { phone: {} } } } })
 * const [customers, channels, units] = [new Int32Array([-1]), new Int32Array([0]), new Float64Array([1])]
 * const out = evaluateInto(table, createState(table), customers, channels, new Float64Array([0]), units, new Uint8Array(1))
 * out[0] === NOT_COVERED // => true
 *
 * @category evaluate
 */
export const evaluateInto = (
  table: Table,
  state: State,
  customers: Int32Array,
  channels: Int32Array,
  ats: Float64Array,
  units: Float64Array,
  out: Uint8Array,
): Uint8Array => {
  for (const [name, { length }] of Object.entries({ channels, ats, units, out })) {
    if (length !== customers.length)
      throw new RangeError(`${name} has ${length} entries, expected ${customers.length}`)
  }
  for (let i = 0; i < customers.length; i++)
    out[i] = evaluate(table, state, customers[i]!, channels[i]!, ats[i]!, units[i]!)
  return out
}
