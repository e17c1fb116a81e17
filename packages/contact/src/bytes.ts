// A table as bytes. They hold the definition, not what was compiled: conditions are functions and do not travel, and
// compiling again costs a millisecond and checks the zone data of the machine by itself.

import { decode, type Either, encode, hashHex, left, type NonEmptyArray } from '@clientele/core'
import { compile } from './compile/index.js'
import type { Issue } from './issue.js'
import type { Table } from './table.js'

const FORMAT = 'contact'
/** Version of the byte layout. */
const LAYOUT = 1

/**
 * The table as bytes, for a cache, another worker, another process. The same definition gives the same bytes.
 *
 * @example
 * import { compileOrThrow, fromBytes, toBytes } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * fromBytes(toBytes(policy))._tag // => 'Right'
 *
 * @category compile
 */
export const toBytes = ({ definition }: Table): Uint8Array =>
  encode(FORMAT, LAYOUT, { definition: JSON.stringify(definition) })

/**
 * Names the content of a table: equal hashes mean the same policy.
 *
 * @example
 * import { compileOrThrow, hash } from '@clientele/contact'
 * const cap = { id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }
 * hash(compileOrThrow({ caps: [cap] })) === hash(compileOrThrow({ caps: [cap] })) // => true
 *
 * @category compile
 */
export const hash = (table: Table): string => hashHex(toBytes(table))

/**
 * The table that {@link toBytes} wrote, compiled on this machine. Bytes of another layout, and bytes that were cut or
 * changed, are refused.
 *
 * @example
 * import { fromBytes } from '@clientele/contact'
 * fromBytes(new Uint8Array(3))._tag // => 'Left'
 *
 * @category compile
 */
export const fromBytes = (bytes: Uint8Array): Either<NonEmptyArray<Issue>, Table> => {
  const sections = decode(bytes, FORMAT, LAYOUT)
  if (sections._tag === 'Left') return left([sections.left])
  return compile(JSON.parse(String(sections.right['definition'])))
}
