// The period of a quota that an instant lies in, as dates and as instants.

import type { CivilDay, Instant } from '@clientele/core'
import { rhythmOf } from './book/rhythm.js'
import type { State } from './book.js'
import { dayAt, FIRST_DAY, LAST_DAY, periodAfter, periodOf, startOfDay } from './civil.js'
import { NONE, PER_CONTRACT, type Table } from './table.js'

/** Dates and instants, their ends exclusive. */
export interface PeriodSpan {
  readonly from: CivilDay
  readonly to: CivilDay
  readonly fromAt: Instant
  readonly toAt: Instant
}

/** The period of an instant; that of a contract is its term. */
export const periodSpan = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  at: Instant,
): PeriodSpan => {
  const { contracts, zones } = state
  const zone = contract === NONE ? table.zone : zones[contracts.zone.data[contract]!]!
  if (table.rows.per[row] === PER_CONTRACT) {
    const from = contract === NONE ? FIRST_DAY : contracts.from.data[contract]!
    const to = contract === NONE ? LAST_DAY : contracts.to.data[contract]! + 1
    return { from, to, fromAt: startOfDay(zone, from), toAt: startOfDay(zone, to) }
  }
  const rhythm = rhythmOf(table, state, contract, row)
  const from = periodOf(rhythm, dayAt(zone, at))
  const to = periodAfter(rhythm, from)
  return { from, to, fromAt: startOfDay(zone, from), toAt: startOfDay(zone, to) }
}
