// How a quota stands: what a period gives, what came over into it, what is taken, and what may still be had.

import type { Instant } from '@clientele/core'
import type { Balance, Entry, State } from '../book.js'
import { FIRST_DAY, LAST_DAY, numberOf, periodAfter } from '../civil.js'
import { NONE, PER_CONTRACT, type Table } from '../table.js'
import { KEEP, PRORATE } from './contracts.js'
import { setPeriod } from './period.js'
import { meterOf, rhythmOf } from './rhythm.js'
import { isAnyOpen, takenIn, takenOf } from './taken.js'
import { firstPeriod, openingOf, walk } from './walk.js'

const settle = (balance: Balance, billable: number): void => {
  const left = balance.grant + balance.carried - balance.used - balance.reserved
  balance.left = Math.max(0, Math.min(left, balance.spent))
  balance.billable = Math.max(0, billable - balance.billed)
}

/** Fills the balance from what came over into the newest period, where that is remembered and nothing is reserved. */
const isRemembered = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  meter: number,
  at: Instant,
): boolean => {
  const { meters, balance } = state
  const { from } = balance
  const newest = meters.day.data[meter]!
  const carried = meters.carried.data[meter]!
  if (Number.isNaN(carried) || from < newest || isAnyOpen(state, meter, at)) return false
  const used = meters.used.data[meter]!
  if (from === newest) {
    balance.carried = carried
    balance.used = used
    balance.billed = meters.billed.data[meter]!
    balance.reserved = 0
    return true
  }
  const { quota, carry, expires } = table.rows
  if (expires[row] !== 0) return false
  const rhythm = rhythmOf(table, state, contract, row)
  const gap = numberOf(rhythm, from) - numberOf(rhythm, newest) - 1
  const over = Math.min(carry[row]!, Math.max(0, carried + quota[row]! - used))
  balance.carried = gap === 0 ? over : Math.min(carry[row]!, over + gap * quota[row]!)
  balance.used = 0
  balance.billed = 0
  balance.reserved = 0
  return true
}

/** How a quota stands in the period that the balance names, at an instant; the answer is in the balance. */
const balanceIn = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  meter: number,
  at: Instant,
  skip: Entry | undefined,
): void => {
  const { contracts, balance } = state
  const { quota, carry, overage, per } = table.rows
  balance.grant = quota[row]!
  balance.carried = 0
  balance.spent = Number.POSITIVE_INFINITY
  if (meter === NONE) {
    balance.used = 0
    balance.reserved = 0
    balance.billed = 0
    settle(balance, overage[row]!)
    return
  }
  const change = contracts.change.data[contract]!
  const plain = change !== KEEP && change !== PRORATE
  if (per[row] === PER_CONTRACT) {
    takenIn(state, meter, FIRST_DAY, LAST_DAY, at, skip)
    settle(balance, overage[row]!)
    return
  }
  if (plain && carry[row] === NONE) {
    takenIn(state, meter, balance.from, balance.to, at, skip)
    settle(balance, overage[row]!)
    return
  }
  if (plain && isRemembered(table, state, contract, row, meter, at)) {
    settle(balance, overage[row]!)
    return
  }
  const rhythm = rhythmOf(table, state, contract, row)
  const { from } = balance
  const to = periodAfter(rhythm, from)
  const taken = takenOf(state, meter, rhythm, at, skip)
  const first = firstPeriod(state, contract, rhythm, taken, from)
  const opening = openingOf(table, state, contract, row, first, periodAfter(rhythm, first), at, skip)
  const found = walk(table, rhythm, row, first, Math.max(first, from), opening, taken, 0)
  takenIn(state, meter, from, to, at, skip)
  balance.from = from
  balance.to = to
  balance.grant = found.grant
  balance.carried = found.carried
  balance.used += found.inherited
  const isLast = taken.length === 0 || taken[taken.length - 1]!.day <= from
  if (!isLast && carry[row] !== NONE) {
    // what came over from here may have been used since: find how much can go without another period falling short
    let [low, high] = [0, Math.max(0, balance.grant + balance.carried - balance.used - balance.reserved)]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const tried = walk(table, rhythm, row, first, from, opening, taken, middle)
      if (tried.short > found.short) high = middle - 1
      else low = middle
    }
    balance.spent = low
  }
  if (plain && state.meters.day.data[meter] === from && !isAnyOpen(state, meter, at))
    state.meters.carried.data[meter] = found.carried
  settle(balance, overage[row]!)
}

/** How the quota of a channel row stands at an instant; the answer is in the balance of the state. */
export const balanceAt = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  at: Instant,
  skip?: Entry,
): void => {
  const meter = meterOf(table, state, contract, row)
  setPeriod(table, state, contract, row, meter, at)
  state.balance.contract = contract
  state.balance.row = row
  state.balance.at = at
  balanceIn(table, state, contract, row, meter, at, skip)
}

/** The same, unless the balance says it already: nothing may have changed since it was asked last. */
export const sameBalance = (table: Table, state: State, contract: number, row: number, at: Instant): void => {
  const { balance } = state
  if (balance.contract !== contract || balance.row !== row || balance.at !== at)
    balanceAt(table, state, contract, row, at)
}

/** The same of the period that an entry is counted in; `skip` is left out. */
export const balanceBeside = (
  table: Table,
  state: State,
  row: number,
  { contract, meter, day }: Entry,
  at: Instant,
  skip: Entry | undefined,
): void => {
  const { balance } = state
  balance.row = NONE
  balance.from = day
  balance.to =
    table.rows.per[row] === PER_CONTRACT ? LAST_DAY : periodAfter(rhythmOf(table, state, contract, row), day)
  balanceIn(table, state, contract, row, meter, at, skip)
}
