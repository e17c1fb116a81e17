// One contract, one channel: its hours, then its quota.

import { isOpen } from '@clientele/calendar'
import type { Instant } from '@clientele/core'
import { balanceAt } from '../book/quota.js'
import type { State } from '../book.js'
import { type Hours, NONE, type Table } from '../table.js'
import { ALLOW, BILL, HOURS, QUOTA } from './codes.js'

/** Whether hours are open. */
export const isOpenAt = ({ calendar, host }: Hours, at: Instant): boolean =>
  calendar === undefined ? host!.isOpen(at) : isOpen(calendar, at)

/** The code of one contract that is in force, or of none yet made; its quota is in the balance where that was asked. */
export const judge = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  at: Instant,
  units: number,
): number => {
  const { hours, quota } = table.rows
  const open = hours[row]!
  if (open !== NONE && !isOpenAt(table.hours[open]!, at)) return HOURS
  if (quota[row] === NONE) return ALLOW
  balanceAt(table, state, contract, row, at)
  const { left, billable } = state.balance
  if (units <= left) return ALLOW
  return units - left <= billable ? BILL : QUOTA
}
