// The period that an instant lies in, as dates: nearly always one that was asked for before.

import { type Instant, PERIODS } from '@clientele/core'
import { RECENT_STRIDE, type State } from '../book.js'
import { dayAt, FIRST_DAY, LAST_DAY, periodAfter, periodOf, startOfDay } from '../civil.js'
import { NONE, PER_CONTRACT, type Table } from '../table.js'
import { IMPLIED } from './contracts.js'
import { rhythmOf } from './rhythm.js'

/** Finds the period of an instant, as dates, by arithmetic. */
const findPeriod = (table: Table, state: State, contract: number, row: number, at: Instant): void => {
  const { contracts, balance } = state
  const rhythm = rhythmOf(table, state, contract, row)
  const zone = contract === NONE ? table.zone : state.zones[contracts.zone.data[contract]!]!
  balance.from = periodOf(rhythm, dayAt(zone, at))
  balance.to = periodAfter(rhythm, balance.from)
}

/** Sets the period of an instant, as dates, in the balance. */
export const setPeriod = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  meter: number,
  at: Instant,
): void => {
  const { contracts, meters, balance } = state
  const { per, anchored } = table.rows
  if (per[row] === PER_CONTRACT) {
    balance.from = contract === NONE ? FIRST_DAY : contracts.from.data[contract]!
    balance.to = contract === NONE ? LAST_DAY : contracts.to.data[contract]! + 1
  } else if (contract === NONE) findPeriod(table, state, contract, row, at)
  else if (anchored[row] === 1 && contracts.change.data[contract] !== IMPLIED) {
    if (at >= meters.fromAt.data[meter]! && at < meters.toAt.data[meter]!) {
      balance.from = meters.day.data[meter]!
      // it is the newest, so nothing lies behind its first day
      balance.to = balance.from + 1
    } else findPeriod(table, state, contract, row, at)
  } else {
    const zone = contracts.zone.data[contract]!
    const recent = state.recent.data
    const slot = (zone * PERIODS.length + per[row]!) * RECENT_STRIDE
    if (!(at >= recent[slot]! && at < recent[slot + 1]!)) {
      // nearly all requests speak of now: the dates of the last one do for the next
      findPeriod(table, state, contract, row, at)
      recent[slot] = startOfDay(state.zones[zone]!, balance.from)
      recent[slot + 1] = startOfDay(state.zones[zone]!, balance.to)
      recent[slot + 2] = balance.from
      recent[slot + 3] = balance.to
    }
    balance.from = recent[slot + 2]!
    balance.to = recent[slot + 3]!
  }
}
