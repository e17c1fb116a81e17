// Contracts in columns, and which of a holder's is in force. A holder's contracts form a list, the latest first day first,
// of equal ones the latest given; so the first in force is the one that has taken the place of the others.

import { type CivilDay, Column, type Instant } from '@clientele/core'
import { NONE, type Table } from '../table.js'

/** Changes by number; those from {@link PRORATE} on look at the contract before. */
export const CHANGES = ['reset', 'add', 'keep', 'prorate'] as const
export const RESET = 0
export const ADD = 1
export const KEEP = 2
export const PRORATE = 3
/** Of a contract that nobody made: the host named the package. */
export const IMPLIED = 4

/** Contracts, a row each. */
export interface Contracts {
  readonly holder: Column<Int32Array>
  readonly pack: Column<Int32Array>
  readonly from: Column<Int32Array>
  /** The last day in force. */
  readonly to: Column<Int32Array>
  readonly anchor: Column<Int32Array>
  /** Row of the book's zones. */
  readonly zone: Column<Int32Array>
  readonly change: Column<Uint8Array>
  /** The order in which they were given. */
  readonly serial: Column<Float64Array>
  readonly startAt: Column<Float64Array>
  /** Exclusive. */
  readonly endAt: Column<Float64Array>
  /** The first of its meters. */
  readonly meters: Column<Int32Array>
  /** The contract in force on the day before its first; {@link NONE} where its change does not ask. */
  readonly before: Column<Int32Array>
  /** The holder's next. */
  readonly next: Column<Int32Array>
  readonly free: number[]
}

/** No contracts. */
export const createContracts = (): Contracts => ({
  holder: new Column(Int32Array),
  pack: new Column(Int32Array),
  from: new Column(Int32Array),
  to: new Column(Int32Array),
  anchor: new Column(Int32Array),
  zone: new Column(Int32Array),
  change: new Column(Uint8Array),
  serial: new Column(Float64Array),
  startAt: new Column(Float64Array),
  endAt: new Column(Float64Array),
  meters: new Column(Int32Array),
  before: new Column(Int32Array),
  next: new Column(Int32Array),
  free: [],
})

/** The columns of contracts, by name. */
export const contractColumns = ({ free: _, ...columns }: Contracts): Omit<Contracts, 'free'> => columns

/** A row of zeros. */
export const newContract = (contracts: Contracts): number => {
  const free = contracts.free.pop()
  if (free !== undefined) return free
  for (const column of Object.values(contractColumns(contracts))) column.push(0)
  return contracts.holder.length - 1
}

/** Leaves zeros where a contract was. */
export const freeContract = (contracts: Contracts, contract: number): void => {
  for (const column of Object.values(contractColumns(contracts))) column.data[contract] = 0
  contracts.holder.data[contract] = NONE
  contracts.free.push(contract)
}

/** What a request says of the package: nothing, one version, or any version. */
export const ANY_PACKAGE = -1
export const anyVersion = (family: number): number => -2 - family

/** Whether a package is one that a request means. */
export const isMeant = (table: Table, pack: number, filter: number): boolean =>
  filter === ANY_PACKAGE || filter === pack || (filter < 0 && table.packages[pack]!.family === -2 - filter)

/** The first of a list that is in force and takes the place of others; {@link NONE} when there is none. */
export const inForce = (
  table: Table,
  { pack, change, startAt, endAt, next }: Contracts,
  first: number,
  filter: number,
  at: Instant,
): number => {
  for (let contract = first; contract !== NONE; contract = next.data[contract]!) {
    const kind = change.data[contract]!
    if (kind === ADD || kind === IMPLIED) continue
    if (startAt.data[contract]! > at || endAt.data[contract]! <= at) continue
    if (isMeant(table, pack.data[contract]!, filter)) return contract
  }
  return NONE
}

/** The next of a list, from `contract` on, that is in force beside others. */
export const inForceBeside = (
  table: Table,
  { pack, change, startAt, endAt, next }: Contracts,
  contract: number,
  filter: number,
  at: Instant,
): number => {
  let each = contract
  for (; each !== NONE; each = next.data[each]!) {
    if (change.data[each] !== ADD) continue
    if (startAt.data[each]! > at || endAt.data[each]! <= at) continue
    if (isMeant(table, pack.data[each]!, filter)) break
  }
  return each
}

/** Puts a contract into its holder's list. */
export const enlist = (
  { holder, from, serial, next }: Contracts,
  first: Column<Int32Array>,
  contract: number,
): void => {
  const whose = holder.data[contract]!
  const isLater = (other: number): boolean =>
    from.data[other]! > from.data[contract]! ||
    (from.data[other] === from.data[contract] && serial.data[other]! > serial.data[contract]!)
  let [before, after] = [NONE, first.data[whose]!]
  while (after !== NONE && isLater(after)) [before, after] = [after, next.data[after]!]
  next.data[contract] = after
  if (before === NONE) first.data[whose] = contract
  else next.data[before] = contract
}

/** Takes a contract out of its holder's list. */
export const delist = ({ holder, next }: Contracts, first: Column<Int32Array>, contract: number): void => {
  const whose = holder.data[contract]!
  if (first.data[whose] === contract) {
    first.data[whose] = next.data[contract]!
    return
  }
  let before = first.data[whose]!
  while (next.data[before] !== contract) before = next.data[before]!
  next.data[before] = next.data[contract]!
}

/** The contract that a later one takes the place of: in force on the day before. It comes behind it in the list. */
export const contractBefore = ({ from, to, change, next }: Contracts, contract: number): number => {
  const day: CivilDay = from.data[contract]! - 1
  for (let each = next.data[contract]!; each !== NONE; each = next.data[each]!) {
    if (change.data[each] === ADD || change.data[each] === IMPLIED) continue
    if (from.data[each]! <= day && to.data[each]! >= day) return each
  }
  return NONE
}

/** How many contracts a holder has. */
export const countContracts = ({ next }: Contracts, first: number): number => {
  let count = 0
  for (let each = first; each !== NONE; each = next.data[each]!) count++
  return count
}
