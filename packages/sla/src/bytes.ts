// A table as bytes. They hold the definitions, not the columns: conditions are functions and do not travel, and compiling
// again costs a millisecond and checks the zone data of the machine by itself.

import { decode, type Either, encode, hashHex, left, type NonEmptyArray, right } from '@clientele/core'
import { compile } from './compile/index.js'
import type { Issue } from './issue.js'
import { rejoin } from './migrate/joint.js'
import type { Definition } from './model.js'
import type { Remembered, Table } from './table.js'

const FORMAT = 'sla'
/** Version of the byte layout. */
const LAYOUT = 1

/**
 * The table as bytes, for a cache, another worker, another process. The same definition gives the same bytes.
 *
 * @example
 * import { compileOrThrow, fromBytes, toBytes } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * fromBytes(toBytes(policy))._tag // => 'Right'
 *
 * @category compile
 */
export const toBytes = ({ definition, remembered }: Table): Uint8Array =>
  encode(FORMAT, LAYOUT, { definition: JSON.stringify(definition), remembered: JSON.stringify(remembered) })

/**
 * Names the content of a table: equal hashes mean the same policy.
 *
 * @example
 * import { compileOrThrow, hash } from '@clientele/sla'
 * const clock = { id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }
 * hash(compileOrThrow({ clocks: [clock] })) === hash(compileOrThrow({ clocks: [clock] })) // => true
 *
 * @category compile
 */
export const hash = (table: Table): string => hashHex(toBytes(table))

/** Compiles a policy and those it remembers. */
export const compileChain = (
  definition: unknown,
  remembered: readonly Remembered[],
): Either<NonEmptyArray<Issue>, Table> => {
  const present = compile(definition)
  if (present._tag === 'Left') return present
  const tables: Table[] = []
  for (const each of remembered) {
    const table = compile(each.definition)
    if (table._tag === 'Left') return table
    tables.push(table.right)
  }
  return right(tables.length === 0 ? present.right : rejoin(remembered, tables, present.right))
}

/**
 * The table that {@link toBytes} wrote, compiled on this machine. Bytes of another layout, and bytes that were cut or
 * changed, are refused.
 *
 * @example
 * import { fromBytes } from '@clientele/sla'
 * fromBytes(new Uint8Array(3))._tag // => 'Left'
 *
 * @category compile
 */
export const fromBytes = (bytes: Uint8Array): Either<NonEmptyArray<Issue>, Table> => {
  const sections = decode(bytes, FORMAT, LAYOUT)
  if (sections._tag === 'Left') return left([sections.left])
  const { definition, remembered } = sections.right
  return compileChain(
    JSON.parse(String(definition)) as Definition,
    JSON.parse(String(remembered)) as Remembered[],
  )
}
