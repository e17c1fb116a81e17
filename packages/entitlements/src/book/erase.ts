// Forgetting: a contract with its counters, a customer with everything.

import type { Instant } from '@clientele/core'
import type { Entry, State } from '../book.js'
import { NONE, type Table } from '../table.js'
import { linkBefore } from './change.js'
import { delist, freeContract } from './contracts.js'
import { clearMeter, freeMeters } from './meters.js'
import { entriesByContract, forsake } from './move.js'
import { withdraw } from './reservations.js'
import { strike } from './roster.js'

/** Forgets a contract with its counters. */
export const dropContract = (
  state: State,
  contract: number,
  meterCount: number,
  entries: readonly Entry[],
): void => {
  const { contracts, meters, open, first } = state
  const holder = contracts.holder.data[contract]!
  const from = contracts.meters.data[contract]!
  for (const entry of entries) forsake(entry)
  for (let meter = from; meter < from + meterCount; meter++) {
    open.delete(meter)
    clearMeter(meters, meter)
  }
  freeMeters(meters, from, meterCount)
  delist(contracts, first, contract)
  freeContract(contracts, contract)
  linkBefore(state, holder)
}

/** Forgets a customer or an account: contracts, counters, ids, open reservations, name. Cost: all ids. */
export const erase = (table: Table, state: State, key: string): void => {
  const { roster, contracts, first, account, ids, open } = state
  const number = roster.numbers.get(key)
  if (number === undefined) return
  const entries = first.data[number] === NONE ? undefined : entriesByContract(state)
  for (let each = first.data[number]!; each !== NONE; each = first.data[number]!) {
    const { meters } = table.packages[contracts.pack.data[each]!]!
    dropContract(state, each, meters, entries?.get(each) ?? [])
  }
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

/** Forgets the ids of lines from before an instant, and reservations that lapsed before it. Cost: all ids. */
export const forget = (state: State, before: Instant): void => {
  const { ids, open } = state
  for (const entry of [...open.values()].flat()) if (entry.lapsesAt <= before) withdraw(state, entry)
  for (const [id, entry] of ids) {
    const isOpen = entry.status === 'open' && entry.lapsesAt > before
    if (entry.at < before && !isOpen) ids.delete(id)
  }
}
