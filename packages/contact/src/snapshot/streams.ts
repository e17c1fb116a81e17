// A stream of touches in bytes: its rows as they are, and beside them the few lists and slots that maps hold.

import type { Sections } from '@clientele/core'
import type { StreamState } from '../places/stream.js'
import type { FactsReader, FactsWriter } from './facts.js'
import { linesFrom, linesToSections } from './lines.js'

/** Characters that no key holds: keys are JSON texts. */
const BETWEEN = '\n'

/** What of a stream is no column. */
export interface StreamHeader {
  readonly next: number
}

const prefixOf = (row: number): string => `stream${row}`

export const streamToSections = (stream: StreamState, facts: FactsWriter): Sections => {
  const { rows, free, row } = stream
  const name = prefixOf(row)
  const older = [...stream.older].filter(([, list]) => list.length > 0)
  const lines = [...stream.lines]
  const owners = [...stream.slots].flatMap(([owner, keys]) => Array.from(keys, () => owner))
  const slots = [...stream.slots.values()].flatMap((keys) => [...keys])
  return {
    [`${name}.rows`]: rows.view(),
    [`${name}.older`]: Uint32Array.from(older, ([slot]) => slot),
    [`${name}.older.count`]: Uint32Array.from(older, ([, list]) => list.length),
    [`${name}.older.at`]: Uint32Array.from(older.flatMap(([, list]) => list)),
    [`${name}.owner`]: Int32Array.from(owners),
    [`${name}.slot`]: Uint32Array.from(slots, ([, slot]) => slot),
    [`${name}.key`]: slots.map(([key]) => key).join(BETWEEN),
    [`${name}.free`]: Uint32Array.from(free),
    [`${name}.lines`]: Uint32Array.from(lines, ([slot]) => slot),
    ...linesToSections(
      `${name}.line`,
      lines.map(([, list]) => list),
      facts,
    ),
  }
}

/** Fills an empty stream. */
export const fillStream = (
  stream: StreamState,
  { next }: StreamHeader,
  sections: Sections,
  facts: FactsReader,
): void => {
  const name = prefixOf(stream.row)
  const column = (key: string): Uint32Array => sections[`${name}.${key}`] as Uint32Array
  const rows = column('rows')
  stream.rows.resize(rows.length)
  stream.rows.data.set(rows)
  const [count, instants] = [column('older.count'), column('older.at')]
  let from = 0
  column('older').forEach((slot, i) => {
    stream.older.set(slot, [...instants.subarray(from, from + count[i]!)])
    from += count[i]!
  })
  const [owners, slots] = [column('owner'), column('slot')]
  const keys = slots.length === 0 ? [] : String(sections[`${name}.key`]).split(BETWEEN)
  slots.forEach((slot, i) => {
    const own = stream.slots.get(owners[i]!)
    if (own === undefined) stream.slots.set(owners[i]!, new Map([[keys[i]!, slot]]))
    else own.set(keys[i]!, slot)
  })
  for (const slot of column('free')) stream.free.push(slot)
  stream.next = next
  const lists = linesFrom(`${name}.line`, sections, (row) => facts.messageIn(row, stream.row))
  column('lines').forEach((slot, i) => {
    stream.lines.set(slot, lists[i]!)
  })
}
