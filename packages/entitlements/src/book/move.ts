// Counters under another package, or in other periods: after a contract was given again, or packages were changed.

import type { Entry, State } from '../book.js'
import { periodOf } from '../civil.js'
import { NONE, PER_CONTRACT, type Table } from '../table.js'
import { addUnits, eachRow, freeMeters, newMeters } from './meters.js'
import { openEntry } from './reservations.js'
import { meterOf, rhythmOf } from './rhythm.js'

/** All entries, by the contract that they took units under. Cost: all ids. */
export const entriesByContract = ({ ids, open }: State): ReadonlyMap<number, readonly Entry[]> => {
  const found = new Map<number, Entry[]>()
  const add = (entry: Entry): void => {
    const known = found.get(entry.contract)
    if (known === undefined) found.set(entry.contract, [entry])
    else known.push(entry)
  }
  for (const entry of ids.values()) add(entry)
  for (const list of open.values()) for (const entry of list) if (entry.id === undefined) add(entry)
  return found
}

/** Puts the counters of a contract under another package, by channel; what it does not count is dropped. */
export const moveMeters = (
  before: Table,
  after: Table,
  state: State,
  contract: number,
  pack: number,
  entries: readonly Entry[],
): void => {
  const { contracts, meters, open } = state
  const [oldPack, oldFirst] = [contracts.pack.data[contract]!, contracts.meters.data[contract]!]
  const oldCount = before.packages[oldPack]!.meters
  const count = after.packages[pack]!.meters
  const first = newMeters(meters, count)
  const moved = new Map<number, number>()
  const unlimited = new Set<number>()
  before.channels.forEach((name, channel) => {
    const oldRow = before.rowOf[oldPack * before.channels.length + channel]!
    const number = after.channelNumbers.get(name)
    const row = number === undefined ? NONE : after.rowOf[pack * after.channels.length + number]!
    if (oldRow === NONE || before.rows.quota[oldRow] === NONE || row === NONE) return
    const meter = oldFirst + before.rows.meter[oldRow]!
    if (after.rows.quota[row] === NONE) unlimited.add(meter)
    else moved.set(meter, first + after.rows.meter[row]!)
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
    else if (unlimited.has(entry.meter) && entry.status === 'open') {
      // still to be committed, though nothing counts it any more
      entry.contract = NONE
      entry.meter = NONE
      openEntry(state, entry)
    } else forsake(entry)
  }
}

/** An entry whose units are counted nowhere any more. */
export const forsake = (entry: Entry): void => {
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
