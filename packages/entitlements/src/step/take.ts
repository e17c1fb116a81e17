// Taking units: at once, or as a reservation.

import type { Instant } from '@clientele/core'
import { implyContract } from '../book/change.js'
import { addUnits, rememberPeriod } from '../book/meters.js'
import { sameBalance } from '../book/quota.js'
import { openEntry } from '../book/reservations.js'
import { meterOf } from '../book/rhythm.js'
import type { Entry, Question, State } from '../book.js'
import { vouchedPackage } from '../evaluate/ask.js'
import type { Line } from '../line/index.js'
import type { Effect, Verdict } from '../model.js'
import { periodSpan } from '../period-span.js'
import { NONE, type Table } from '../table.js'
import type { Decision } from '../verdict.js'

/** Why a line was refused. */
export const fail = (code: string, path: string, message: string): Effect => ({
  error: { code, message, path },
})

/** An entry that has taken nothing yet. */
export const entryOf = (line: Line, content: string, customer: number, verdict: Verdict): Entry => ({
  id: line.id,
  content,
  customer,
  package: line.package,
  channel: line.channel,
  units: line.units,
  at: line.at,
  verdict,
  contract: NONE,
  meter: NONE,
  day: 0,
  used: 0,
  billed: 0,
  lapsesAt: Number.POSITIVE_INFINITY,
  status: 'refused',
  closed: undefined,
})

/** Takes what a decision grants: at once, or as a reservation. */
export const take = (
  table: Table,
  state: State,
  { contract: by, row }: Decision,
  question: Question,
  at: Instant,
  entry: Entry,
): void => {
  if (table.rows.quota[row] === NONE) {
    if (entry.status === 'open') openEntry(state, entry)
    return
  }
  const { balance } = state
  const contract =
    by !== NONE ? by : implyContract(table, state, question.customer, vouchedPackage(table, question.filter))
  sameBalance(table, state, contract, row, at)
  const meter = meterOf(table, state, contract, row)
  entry.contract = contract
  entry.meter = meter
  entry.day = balance.from
  entry.used = Math.min(question.units, balance.left)
  entry.billed = question.units - entry.used
  if (entry.status === 'open') openEntry(state, entry)
  else count(table, state, row, entry, at)
}

/** Adds an entry's units to its counter. */
export const count = (table: Table, state: State, row: number, entry: Entry, at: Instant): void => {
  const { meters } = state
  const { meter, day, contract } = entry
  addUnits(meters, meter, day, entry.used, entry.billed)
  if (table.rows.anchored[row] === 0 || meters.day.data[meter] !== day || meters.toAt.data[meter] !== 0)
    return
  const { from, fromAt, toAt } = periodSpan(table, state, contract, row, at)
  if (from === day) rememberPeriod(meters, meter, fromAt, toAt)
}
