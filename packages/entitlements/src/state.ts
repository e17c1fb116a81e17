// A state at its beginning, and what a host may ask of one.

import { createBook, type State } from './book.js'
import type { Customer } from './model.js'
import { NONE, type Table } from './table.js'

/**
 * A state without customers.
 *
 * @example
 * import { compileOrThrow, createState, handle } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { luxe: { channels: { phone: {} } } } })
 * handle(createState(table), 'c1') // => -1
 *
 * @category state
 */
export const createState = (table: Table): State => createBook(table.definition)

/** Equal keys are the same customer. */
export const keyOf = (customer: Customer): string =>
  typeof customer === 'string'
    ? customer
    : customer.type === undefined
      ? customer.id
      : `${customer.type}\u0000${customer.id}`

/**
 * The number of a customer or an account in the state; −1 for one never heard of. It is theirs until they are erased.
 *
 * @example
 * import { compileOrThrow, createState, handle, step } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { luxe: { channels: { phone: {} } } } })
 * const state = createState(table)
 * step(table, state, { op: 'contract', customer: 'c1', package: 'luxe', from: '2026-01-01' }, [])
 * handle(state, 'c1') // => 0
 *
 * @category state
 */
export const handle = ({ roster }: State, customer: Customer): number =>
  roster.numbers.get(keyOf(customer)) ?? NONE

/** Holds a state to the packages it belongs to. */
export const sameDefinition = (table: Table, state: State): void => {
  if (state.definition !== table.definition)
    throw new RangeError('the state belongs to another table; migrate it first')
}
