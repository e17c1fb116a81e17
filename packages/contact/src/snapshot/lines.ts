// Touches in order of time as columns, a row each, and the lists they stand in as counts.

import type { Section, Sections } from '@clientele/core'
import type { Message } from '../message.js'
import type { Line } from '../places/timeline.js'
import type { FactsWriter } from './facts.js'

/** Lists of lines, in the order given. */
export const linesToSections = (
  name: string,
  lists: readonly (readonly Line[])[],
  facts: FactsWriter,
): Sections => {
  const total = lists.reduce((sum, { length }) => sum + length, 0)
  if (total === 0) return {}
  const [at, seq, until] = [new Float64Array(total), new Float64Array(total), new Float64Array(total)]
  const [weight, who, what] = [new Uint32Array(total), new Int32Array(total), new Uint32Array(total)]
  let row = 0
  for (const list of lists) {
    for (const line of list) {
      at[row] = line.at
      seq[row] = line.seq
      until[row] = line.until
      weight[row] = line.weight
      who[row] = line.recipient
      what[row++] = facts.rowOfLine(line)
    }
  }
  const columns = {
    at,
    seq,
    until,
    weight,
    who,
    what,
    count: Uint32Array.from(lists, ({ length }) => length),
  }
  return Object.fromEntries(Object.entries(columns).map(([key, column]) => [`${name}.${key}`, column]))
}

/** The lists again. */
export const linesFrom = (
  name: string,
  sections: Sections,
  messageOf: (row: number) => Message,
): readonly Line[][] => {
  const column = (key: string): Exclude<Section, string> =>
    (sections[`${name}.${key}`] ?? new Uint32Array()) as Exclude<Section, string>
  const [at, seq, until] = [column('at'), column('seq'), column('until')]
  const [weight, who, what] = [column('weight'), column('who'), column('what')]
  let row = 0
  return Array.from(column('count'), (count) =>
    Array.from({ length: count }, (): Line => {
      const line = {
        at: at[row]!,
        seq: seq[row]!,
        until: until[row]!,
        weight: weight[row]!,
        message: messageOf(what[row]!),
        recipient: who[row]!,
      }
      row++
      return line
    }),
  )
}
