// Where a channel of a contract is counted: its meter, its row, and how its periods follow each other.

import type { State } from '../book.js'
import type { Rhythm } from '../civil.js'
import { NONE, type Table } from '../table.js'
import { IMPLIED } from './contracts.js'

/** A channel row under a contract. */
export const rhythmOf = (table: Table, { contracts }: State, contract: number, row: number): Rhythm => {
  const implied = contract === NONE || contracts.change.data[contract] === IMPLIED
  return {
    per: table.rows.per[row]!,
    anchored: implied ? 0 : table.rows.anchored[row]!,
    anchor: implied ? 0 : contracts.anchor.data[contract]!,
    weekStart: table.weekStart,
  }
}

/** The meter of a channel row under a contract; {@link NONE} for one that nobody made yet. */
export const meterOf = (table: Table, { contracts }: State, contract: number, row: number): number =>
  contract === NONE ? NONE : contracts.meters.data[contract]! + table.rows.meter[row]!

/** The row of a channel, by name, under a contract's package. */
export const rowOfEntry = (table: Table, { contracts }: State, contract: number, channel: string): number =>
  table.rowOf[contracts.pack.data[contract]! * table.channels.length + table.channelNumbers.get(channel)!]!
