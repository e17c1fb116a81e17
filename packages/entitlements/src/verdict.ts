// A question answered in full: the code of the hot path with what is left, when next, and under which package.

import type { Instant } from '@clientele/core'
import { sameBalance } from './book/quota.js'
import type { Question, State } from './book.js'
import { type Answerer, ask, vouchedPackage } from './evaluate/ask.js'
import { ALLOW, BILL, OUTCOMES, QUOTA, REASONS } from './evaluate/codes.js'
import type { Verdict } from './model.js'
import { nextAllowed } from './next.js'
import { NONE, type Table } from './table.js'

/** A verdict, and where it comes from. */
export interface Decision {
  readonly code: number
  readonly verdict: Verdict
  readonly contract: number
  /** Of the channel; {@link NONE} when no contract that is in force has it. */
  readonly row: number
}

/** Answers a question. `takes` is how many units the line takes when it may, 0 for one that only asks. */
export const decide = (
  table: Table,
  state: State,
  question: Question,
  at: Instant,
  takes: 'units' | 'nothing',
): Decision => {
  const by: Answerer = { contract: NONE, row: NONE }
  const code = ask(table, state, question, at, by)
  const { contract, row } = by
  if (row === NONE) {
    const verdict: Verdict = {
      verdict: 'deny',
      remaining: null,
      reason: REASONS[code]!,
      nextAllowedAt: nextAllowed(table, state, question, at),
      billed: 0,
      package: null,
      sla: null,
    }
    return { code, verdict, contract, row }
  }
  const { rows, packages } = table
  let [remaining, billed]: [number | null, number] = [null, 0]
  if (rows.quota[row] !== NONE) {
    sameBalance(table, state, contract, row, at)
    const { left } = state.balance
    const passes = code === ALLOW || code === BILL
    remaining = passes && takes === 'units' ? Math.max(0, left - question.units) : left
    if (code === BILL) billed = question.units - left
  }
  const pack =
    contract === NONE ? vouchedPackage(table, question.filter) : state.contracts.pack.data[contract]!
  const verdict: Verdict = {
    verdict: OUTCOMES[code]!,
    remaining,
    reason: REASONS[code]!,
    nextAllowedAt: code >= QUOTA ? nextAllowed(table, state, question, at) : null,
    billed,
    package: packages[pack]!.name,
    sla: rows.sla[row]!,
  }
  return { code, verdict, contract, row }
}
