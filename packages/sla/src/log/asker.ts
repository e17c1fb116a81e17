// The symbols of a log's contents under a policy: every condition is asked once for each content, then looked up. Clocks
// whose conditions ask for the time are asked at every line.

import { Column, type Instant } from '@clientele/core'
import { sinceOf, symbolOf, viewOf } from '../machine/symbol.js'
import type { Table } from '../table.js'
import type { Contents } from './contents.js'

/** Symbols by content and clock: entry `content * clocks + clock`. */
export interface Asker {
  readonly table: Table
  readonly contents: Contents
  readonly symbols: Column<Int32Array>
  readonly froms: Column<Float64Array>
}

/** An asker that has asked nothing. */
export const askerOf = (table: Table, contents: Contents): Asker => ({
  table,
  contents,
  symbols: new Column(Int32Array),
  froms: new Column(Float64Array),
})

/** Asks for the contents that came since it was last called. */
export const catchUp = ({ table, contents, symbols, froms }: Asker): void => {
  const { clocks } = table
  for (let content = symbols.length / clocks.length; content < contents.contents.length; content++) {
    const { set, event, data } = contents.contents[content]!
    const view = viewOf(contents.sets[set]!, data)
    for (const clock of clocks) {
      symbols.push(symbolOf(table, clock, view, event, Number.NaN))
      froms.push(sinceOf(clock, view))
    }
  }
}

/** The symbol of a content for a clock at an instant, after {@link catchUp}. */
export const symbolAt = (asker: Asker, content: number, clock: number, at: Instant): number => {
  const { table, contents, symbols } = asker
  if (!table.clocks[clock]!.timed) return symbols.data[content * table.clocks.length + clock]!
  const { set, event, data } = contents.contents[content]!
  return symbolOf(table, table.clocks[clock]!, viewOf(contents.sets[set]!, data), event, at)
}

/** The instant a start counts from, NaN for that of its line. */
export const fromAt = ({ table, froms }: Asker, content: number, clock: number): Instant =>
  froms.data[content * table.clocks.length + clock]!
