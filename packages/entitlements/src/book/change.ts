// Customers, accounts and contracts as they become known.

import { PERIODS, type Zone } from '@clientele/core'
import { RECENT_STRIDE, type State } from '../book.js'
import { FIRST_DAY, LAST_DAY, startOfDay } from '../civil.js'
import type { ContractTerms } from '../line/index.js'
import { NONE, type Table } from '../table.js'
import {
  contractBefore,
  countContracts,
  delist,
  enlist,
  IMPLIED,
  KEEP,
  newContract,
  PRORATE,
} from './contracts.js'
import { newMeters } from './meters.js'
import { entriesByContract, moveMeters, refreshPeriods } from './move.js'
import { enroll } from './roster.js'

/** The number of a customer or an account, given on first sight. */
export const holderOf = ({ roster, first, account }: State, key: string): number => {
  const number = enroll(roster, key)
  while (first.length <= number) {
    first.push(NONE)
    account.push(NONE)
  }
  return number
}

/** The row of a zone. */
export const zoneRow = ({ zones, recent }: State, zone: Zone): number => {
  const known = zones.indexOf(zone)
  if (known >= 0) return known
  recent.resize((zones.length + 1) * PERIODS.length * RECENT_STRIDE)
  return zones.push(zone) - 1
}

/** Which contracts of a holder look at which one before. */
export const linkBefore = (state: State, holder: number): void => {
  const { contracts, first } = state
  const list = first.data[holder]!
  for (let each = list; each !== NONE; each = contracts.next.data[each]!) {
    const change = contracts.change.data[each]!
    const looks = change === KEEP || change === PRORATE
    contracts.before.data[each] = looks ? contractBefore(contracts, each) : NONE
  }
}

/** Works out the instants at which a contract begins and ends. */
export const placeInTime = ({ contracts, zones }: State, contract: number): void => {
  const zone = zones[contracts.zone.data[contract]!]!
  contracts.startAt.data[contract] = startOfDay(zone, contracts.from.data[contract]!)
  contracts.endAt.data[contract] = startOfDay(zone, contracts.to.data[contract]! + 1)
}

/** A holder of more is refused a further one, so that no question takes long. */
export const MOST_CONTRACTS = 1_000

/** Makes a contract, or changes the holder's contract of the same package and first day; whether there was room for it. */
export const giveContract = (
  table: Table,
  state: State,
  holder: number,
  terms: ContractTerms,
): 'given' | 'full' => {
  const { contracts, first } = state
  const { family } = table.packages[terms.pack]!
  let contract = first.data[holder]!
  while (contract !== NONE) {
    const isSame =
      contracts.from.data[contract] === terms.from &&
      contracts.change.data[contract] !== IMPLIED &&
      table.packages[contracts.pack.data[contract]!]!.family === family
    if (isSame) break
    contract = contracts.next.data[contract]!
  }
  if (contract === NONE) {
    if (countContracts(contracts, first.data[holder]!) >= MOST_CONTRACTS) return 'full'
    contract = newContract(contracts)
    contracts.holder.data[contract] = holder
    contracts.pack.data[contract] = terms.pack
    contracts.meters.data[contract] = newMeters(state.meters, table.packages[terms.pack]!.meters)
  } else {
    delist(contracts, first, contract)
    if (contracts.pack.data[contract] !== terms.pack) {
      const entries = entriesByContract(state).get(contract) ?? []
      moveMeters(table, table, state, contract, terms.pack, entries)
    }
  }
  const zone = zoneRow(state, terms.zone ?? table.zone)
  contracts.from.data[contract] = terms.from
  contracts.to.data[contract] = terms.to ?? LAST_DAY - 1
  contracts.anchor.data[contract] = terms.anchor ?? terms.from
  contracts.zone.data[contract] = zone
  contracts.change.data[contract] = terms.change
  contracts.serial.data[contract] = ++state.serial
  placeInTime(state, contract)
  enlist(contracts, first, contract)
  linkBefore(state, holder)
  refreshPeriods(table, state, contract)
  return 'given'
}

/** The contract behind a package that a line named and nobody made a contract of. */
export const implyContract = (table: Table, state: State, holder: number, pack: number): number => {
  const { contracts, first } = state
  const contract = newContract(contracts)
  contracts.holder.data[contract] = holder
  contracts.pack.data[contract] = pack
  contracts.from.data[contract] = FIRST_DAY
  contracts.to.data[contract] = LAST_DAY - 1
  contracts.anchor.data[contract] = FIRST_DAY
  contracts.zone.data[contract] = zoneRow(state, table.zone)
  contracts.change.data[contract] = IMPLIED
  contracts.serial.data[contract] = ++state.serial
  placeInTime(state, contract)
  contracts.meters.data[contract] = newMeters(state.meters, table.packages[pack]!.meters)
  contracts.before.data[contract] = NONE
  enlist(contracts, first, contract)
  return contract
}
