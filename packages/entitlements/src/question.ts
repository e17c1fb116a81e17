// A line that was read as the question that the hot path answers. Asking gives no numbers: who is not known stays unknown.

import type { Question, State } from './book.js'
import { type Line, packageFilter } from './line/index.js'
import { NONE, type Table } from './table.js'

/** The numbers of a line. */
export const questionOf = (table: Table, { roster, account }: State, line: Line): Question => {
  const customer = roster.numbers.get(line.who.key) ?? NONE
  const known = customer === NONE ? NONE : account.data[customer]!
  return {
    customer,
    account: line.account === undefined ? known : (roster.numbers.get(line.account ?? '') ?? NONE),
    filter: packageFilter(table, line.package),
    channel: table.channelNumbers.get(line.channel) ?? NONE,
    units: line.units,
  }
}
