// Changes to who is known and what contracts they hold.

import { PERIODS, type Zone } from '@clientele/core'
import { type Entry, RECENT_STRIDE, type State } from '../book.js'
import { FIRST_DAY, LAST_DAY, periodOf, startOfDay } from '../civil.js'
import type { ContractTerms } from '../line.js'
import { NONE, PER_CONTRACT, type Table } from '../table.js'
import {
  contractBefore,
  delist,
  enlist,
  freeContract,
  IMPLIED,
  KEEP,
  newContract,
  PRORATE,
} from './contracts.js'
import { addUnits, clearMeter, eachRow, freeMeters, newMeters } from './meters.js'
import { meterOf, rhythmOf } from './quota.js'
import { enroll, strike } from './roster.js'

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
    contracts.before.data[each] = looks ? contractBefore(contracts, list, each) : NONE
  }
}

/** All entries that took units under a contract. */
export const entriesOf = (state: State, contract: number): Entry[] => {
  const anonymous = [...state.open.values()].flat().filter(({ id }) => id === undefined)
  return [...state.ids.values(), ...anonymous].filter((entry) => entry.contract === contract)
}

/** Puts the counters of a contract under another package, by channel; what it does not count is dropped. */
export const moveMeters = (
  before: Table,
  after: Table,
  state: State,
  contract: number,
  pack: number,
): void => {
  const { contracts, meters, open } = state
  const [oldPack, oldFirst] = [contracts.pack.data[contract]!, contracts.meters.data[contract]!]
  const oldCount = before.packages[oldPack]!.meters
  const count = after.packages[pack]!.meters
  const first = newMeters(meters, count)
  const entries = entriesOf(state, contract)
  const moved = new Map<number, number>()
  before.channels.forEach((name, channel) => {
    const oldRow = before.rowOf[oldPack * before.channels.length + channel]!
    const number = after.channelNumbers.get(name)
    const row = number === undefined ? NONE : after.rowOf[pack * after.channels.length + number]!
    if (oldRow === NONE || before.rows.quota[oldRow] === NONE) return
    if (row === NONE || after.rows.quota[row] === NONE) return
    moved.set(oldFirst + before.rows.meter[oldRow]!, first + after.rows.meter[row]!)
  })
  const lists = new Map<number, Entry[]>()
  for (let meter = oldFirst; meter < oldFirst + oldCount; meter++) {
    const list = open.get(meter)
    open.delete(meter)
    const to = moved.get(meter)
    if (to === undefined) continue
    eachRow(meters, meter, (day, used, billed) => addUnits(meters, to, day, used, billed))
    if (list !== undefined) lists.set(to, list)
  }
  freeMeters(meters, oldFirst, oldCount)
  for (const [meter, list] of lists) {
    open.set(meter, list)
    meters.open.data[meter] = list.length
  }
  contracts.meters.data[contract] = first
  contracts.pack.data[contract] = pack
  for (const entry of entries) {
    const to = moved.get(entry.meter)
    if (to !== undefined) entry.meter = to
    else forsake(entry)
  }
}

/** An entry whose units are counted nowhere any more. */
const forsake = (entry: Entry): void => {
  entry.contract = NONE
  entry.meter = NONE
  if (entry.status === 'open') entry.status = 'released'
}

/** Brings the periods that are remembered in line with a contract that has changed. */
export const refreshPeriods = (table: Table, state: State, contract: number): void => {
  const { contracts, meters, open } = state
  const pack = contracts.pack.data[contract]!
  for (let channel = 0; channel < table.channels.length; channel++) {
    const row = table.rowOf[pack * table.channels.length + channel]!
    if (row === NONE || table.rows.quota[row] === NONE) continue
    const meter = meterOf(table, state, contract, row)
    meters.fromAt.data[meter] = 0
    meters.toAt.data[meter] = 0
    meters.carried.data[meter] = Number.NaN
    if (table.rows.per[row] === PER_CONTRACT) continue
    const rhythm = rhythmOf(table, state, contract, row)
    for (const entry of open.get(meter) ?? []) entry.day = periodOf(rhythm, entry.day)
  }
}

/** Works out the instants at which a contract begins and ends. */
export const placeInTime = ({ contracts, zones }: State, contract: number): void => {
  const zone = zones[contracts.zone.data[contract]!]!
  contracts.startAt.data[contract] = startOfDay(zone, contracts.from.data[contract]!)
  contracts.endAt.data[contract] = startOfDay(zone, contracts.to.data[contract]! + 1)
}

/** Makes a contract, or changes the holder's contract of the same package and first day. */
export const giveContract = (table: Table, state: State, holder: number, terms: ContractTerms): void => {
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
    contract = newContract(contracts)
    contracts.holder.data[contract] = holder
    contracts.pack.data[contract] = terms.pack
    contracts.meters.data[contract] = newMeters(state.meters, table.packages[terms.pack]!.meters)
  } else {
    delist(contracts, first, contract)
    if (contracts.pack.data[contract] !== terms.pack) moveMeters(table, table, state, contract, terms.pack)
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

/** Where open reservations of a customer lie that no meter counts. */
const unmetered = (customer: number): number => -2 - customer

/** Puts an open reservation into its list, the last to lapse first. */
export const openEntry = ({ open, meters }: State, entry: Entry): void => {
  const key = entry.meter === NONE ? unmetered(entry.customer) : entry.meter
  const list = open.get(key)
  if (list === undefined) open.set(key, [entry])
  else {
    const place = list.findIndex(({ lapsesAt }) => lapsesAt <= entry.lapsesAt)
    list.splice(place < 0 ? list.length : place, 0, entry)
  }
  if (entry.meter !== NONE) meters.open.data[entry.meter]!++
}

/** Lists in which open reservations of a customer may lie. */
export function* openListsOf(
  table: Table,
  { open, contracts, first, account }: State,
  customer: number,
): Generator<readonly Entry[]> {
  yield open.get(unmetered(customer)) ?? []
  for (const holder of new Set([customer, account.data[customer]!])) {
    for (
      let each = holder === NONE ? NONE : first.data[holder]!;
      each !== NONE;
      each = contracts.next.data[each]!
    ) {
      const from = contracts.meters.data[each]!
      const count = table.packages[contracts.pack.data[each]!]!.meters
      for (let meter = from; meter < from + count; meter++) yield open.get(meter) ?? []
    }
  }
}

/** Takes an open reservation out of its list. */
export const withdraw = ({ open, meters }: State, entry: Entry): void => {
  const key = entry.meter === NONE ? unmetered(entry.customer) : entry.meter
  const list = open.get(key)
  const place = list?.indexOf(entry) ?? NONE
  if (list === undefined || place < 0) return
  list.splice(place, 1)
  if (entry.meter !== NONE) meters.open.data[entry.meter] = list.length
  if (list.length === 0) open.delete(key)
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
