// All contracts that may answer, in their order.

import type { Instant } from '@clientele/core'
import { ANY_PACKAGE, IMPLIED, inForce, inForceBeside, isMeant } from '../book/contracts.js'
import type { Question, State } from '../book.js'
import { NONE, type Table } from '../table.js'
import { ALLOW, BILL, EXPIRED, NOT_COVERED, NOT_STARTED } from './codes.js'
import { judge } from './judge.js'

/** Who answers, and with which row. {@link ask} writes it. */
export interface Answerer {
  contract: number
  row: number
}

/** The row of a contract's package for a channel. */
export const rowUnder = (table: Table, state: State, contract: number, channel: number): number =>
  table.rowOf[state.contracts.pack.data[contract]! * table.channels.length + channel]!

const firstOf = ({ first }: State, holder: number): number =>
  holder < 0 || holder >= first.length ? NONE : first.data[holder]!

/** Whether a holder has any contract that somebody made for what is meant. */
const hasAny = (table: Table, state: State, holder: number, filter: number): boolean => {
  const { pack, change, next } = state.contracts
  for (let each = firstOf(state, holder); each !== NONE; each = next.data[each]!) {
    if (change.data[each] !== IMPLIED && isMeant(table, pack.data[each]!, filter)) return true
  }
  return false
}

/** Whether only the package was named, and nobody made a contract of it: the host vouches. */
export const isVouched = (table: Table, state: State, { customer, account, filter }: Question): boolean =>
  filter !== ANY_PACKAGE &&
  !hasAny(table, state, customer, filter) &&
  (account === NONE || !hasAny(table, state, account, filter))

/** The row of `packages` that is vouched for. */
export const vouchedPackage = (table: Table, filter: number): number =>
  filter >= 0 ? filter : table.families[-2 - filter]!.newest

/** The contract that stands for a package that was only named; {@link NONE} before the first unit is taken. */
export const impliedContract = (table: Table, state: State, customer: number, filter: number): number => {
  const { pack, change, next } = state.contracts
  for (let each = firstOf(state, customer); each !== NONE; each = next.data[each]!) {
    if (change.data[each] === IMPLIED && isMeant(table, pack.data[each]!, filter)) return each
  }
  return NONE
}

/** Why nobody could be asked: all contracts with the channel have ended, are to come, or there is none. */
const absence = (table: Table, state: State, question: Question, at: Instant): number => {
  const { pack, change, startAt, endAt, next } = state.contracts
  let code = NOT_COVERED
  if (question.channel === NONE) return code
  for (const holder of [question.customer, question.account]) {
    for (let each = firstOf(state, holder); each !== NONE; each = next.data[each]!) {
      if (change.data[each] === IMPLIED || !isMeant(table, pack.data[each]!, question.filter)) continue
      const inForceNow = startAt.data[each]! <= at && at < endAt.data[each]!
      if (inForceNow) return NOT_COVERED
      if (rowUnder(table, state, each, question.channel) === NONE) continue
      if (endAt.data[each]! <= at) code = EXPIRED
      else if (code === NOT_COVERED) code = NOT_STARTED
    }
  }
  return code
}

/**
 * The code of a question, and who answers it. Contracts are asked in order: the customer's, those beside it, the account's,
 * those beside it. The first that allows answers, else the first that bills, else the first that has the channel.
 */
export const ask = (
  table: Table,
  state: State,
  question: Question,
  at: Instant,
  answerer: Answerer | undefined,
): number => {
  const { contracts } = state
  const { customer, account, filter, channel, units } = question
  let best = NONE
  let [by, byRow] = [NONE, NONE]
  // what the balance says is of an earlier question
  state.balance.row = NONE
  if (channel !== NONE && isVouched(table, state, question)) {
    const row = table.rowOf[vouchedPackage(table, filter) * table.channels.length + channel]!
    const contract = impliedContract(table, state, customer, filter)
    const own = contract === NONE ? row : rowUnder(table, state, contract, channel)
    if (own !== NONE) {
      best = judge(table, state, contract, own, at, units)
      by = contract
      byRow = own
    }
  } else if (channel !== NONE) {
    for (let turn = 0; turn < 2; turn++) {
      const holder = turn === 0 ? customer : account
      if (turn === 1 && (holder === NONE || holder === customer)) break
      const list = firstOf(state, holder)
      let contract = inForce(table, contracts, list, filter, at)
      let beside = inForceBeside(table, contracts, list, filter, at)
      while (contract !== NONE || beside !== NONE) {
        if (contract === NONE) {
          contract = beside
          beside = inForceBeside(table, contracts, contracts.next.data[beside]!, filter, at)
        }
        const row = rowUnder(table, state, contract, channel)
        if (row !== NONE) {
          const code = judge(table, state, contract, row, at, units)
          if (best === NONE || code === ALLOW || (code === BILL && best > BILL)) {
            best = code
            by = contract
            byRow = row
          }
          if (code === ALLOW) break
        }
        contract = NONE
      }
      if (best === ALLOW) break
    }
  }
  if (answerer !== undefined) {
    answerer.contract = by
    answerer.row = byRow
  }
  return best === NONE ? absence(table, state, question, at) : best
}
