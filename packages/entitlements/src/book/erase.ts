// Forgetting: a contract with its counters, a customer with everything.

import type { State } from '../book.js'
import { NONE, type Table } from '../table.js'
import { linkBefore } from './change.js'
import { delist, freeContract } from './contracts.js'
import { clearMeter, freeMeters } from './meters.js'
import { entriesOf, forsake } from './move.js'
import { withdraw } from './reservations.js'
import { strike } from './roster.js'

/** Forgets a contract with its counters. */
export const dropContract = (state: State, contract: number, meterCount: number): void => {
  const { contracts, meters, open, first } = state
  const holder = contracts.holder.data[contract]!
  const from = contracts.meters.data[contract]!
  for (const entry of entriesOf(state, contract)) forsake(entry)
  for (let meter = from; meter < from + meterCount; meter++) {
    open.delete(meter)
    clearMeter(meters, meter)
  }
  freeMeters(meters, from, meterCount)
  delist(contracts, first, contract)
  freeContract(contracts, contract)
  linkBefore(state, holder)
}

/** Forgets a customer or an account: contracts, counters, ids, open reservations, name. */
export const erase = (table: Table, state: State, key: string): void => {
  const { roster, contracts, first, account, ids, open } = state
  const number = roster.numbers.get(key)
  if (number === undefined) return
  for (let each = first.data[number]!; each !== NONE; each = first.data[number]!)
    dropContract(state, each, table.packages[contracts.pack.data[each]!]!.meters)
  for (const [id, entry] of ids) {
    if (entry.customer !== number) continue
    withdraw(state, entry)
    ids.delete(id)
  }
  for (const entry of [...open.values()].flat()) if (entry.customer === number) withdraw(state, entry)
  for (let other = 0; other < account.length; other++)
    if (account.data[other] === number) account.data[other] = NONE
  account.data[number] = NONE
  strike(roster, number)
}
