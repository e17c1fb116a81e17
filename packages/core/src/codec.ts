// Bytes: one buffer with a header (magic, version, kind, checksum) and named sections. Snapshot, transfer to a worker
// and storage are then the same thing. Little-endian on every machine.

import { type Either, left, right } from './either.js'
import { hashHex } from './hash.js'
import type { ShapeIssue } from './issue.js'

/** What a section may hold. @category compile */
export type Section = Uint8Array | Int32Array | Uint32Array | Float64Array | string
/** Named sections, in the order written. @category compile */
export type Sections = { readonly [name: string]: Section }

/** "CLT" and the version of this container. */
const MAGIC = [0x43, 0x4c, 0x54, 1] as const
const HASH_LENGTH = 16
const ALIGNMENT = 8

const KINDS = ['u8', 'i32', 'u32', 'f64', 'text'] as const
type Kind = (typeof KINDS)[number]

const kindOf = (section: Section): Kind => {
  if (typeof section === 'string') return 'text'
  if (section instanceof Float64Array) return 'f64'
  if (section instanceof Int32Array) return 'i32'
  return section instanceof Uint32Array ? 'u32' : 'u8'
}

interface Entry {
  readonly name: string
  readonly kind: Kind
  readonly length: number
}

const roundUp = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT

/**
 * Writes sections into one buffer. `format` names what they are and `version` which layout. The same sections give the
 * same bytes on every machine.
 *
 * @example
 * import { decode, encode } from '@clientele/core'
 * const bytes = encode('demo', 1, { counts: new Uint32Array([1, 2, 3]) })
 * decode(bytes, 'demo', 1)._tag // => 'Right'
 *
 * @category compile
 */
export const encode = (format: string, version: number, sections: Sections): Uint8Array => {
  const text = new TextEncoder()
  const bodies = Object.entries(sections).map(([name, section]) => {
    const kind = kindOf(section)
    const bytes =
      typeof section === 'string'
        ? text.encode(section)
        : new Uint8Array(section.buffer, section.byteOffset, section.byteLength)
    return { entry: { name, kind, length: bytes.length } satisfies Entry, bytes }
  })
  const header = text.encode(JSON.stringify({ format, version, entries: bodies.map(({ entry }) => entry) }))
  const start = roundUp(MAGIC.length + HASH_LENGTH + 4 + header.length)
  const total = bodies.reduce((size, { bytes }) => size + roundUp(bytes.length), start)
  const out = new Uint8Array(total)
  out.set(MAGIC, 0)
  new DataView(out.buffer).setUint32(MAGIC.length + HASH_LENGTH, header.length, true)
  out.set(header, MAGIC.length + HASH_LENGTH + 4)
  let offset = start
  for (const { bytes } of bodies) {
    out.set(bytes, offset)
    offset += roundUp(bytes.length)
  }
  out.set(text.encode(hashHex(out.subarray(MAGIC.length + HASH_LENGTH))), MAGIC.length)
  return out
}

const refuse = (given: string, expected: string): Either<ShapeIssue, never> =>
  left({ code: 'bad-bytes', path: '', given, expected })

const view = (kind: Kind, buffer: ArrayBuffer, offset: number, length: number): Section => {
  switch (kind) {
    case 'text':
      return new TextDecoder().decode(new Uint8Array(buffer, offset, length))
    case 'f64':
      return new Float64Array(buffer, offset, length / 8)
    case 'i32':
      return new Int32Array(buffer, offset, length / 4)
    case 'u32':
      return new Uint32Array(buffer, offset, length / 4)
    case 'u8':
      return new Uint8Array(buffer, offset, length)
  }
}

/**
 * Reads what {@link encode} wrote. Another format, another version (both are named), or bytes that were cut or changed
 * are refused.
 *
 * @example
 * import { decode } from '@clientele/core'
 * decode(new Uint8Array([1, 2, 3]), 'demo', 1)._tag // => 'Left'
 *
 * @category compile
 */
export const decode = (bytes: Uint8Array, format: string, version: number): Either<ShapeIssue, Sections> => {
  const wanted = `${format} bytes of version ${version}`
  const headerAt = MAGIC.length + HASH_LENGTH + 4
  if (bytes.length < headerAt || MAGIC.some((byte, i) => bytes[i] !== byte))
    return refuse('other bytes', wanted)
  const hash = new TextDecoder().decode(bytes.subarray(MAGIC.length, MAGIC.length + HASH_LENGTH))
  if (hash !== hashHex(bytes.subarray(MAGIC.length + HASH_LENGTH)))
    return refuse('bytes that were cut or changed', wanted)
  // a copy, so that views are aligned and later writes to the caller's buffer cannot reach the table
  const { buffer } = bytes.slice()
  const headerLength = new DataView(buffer).getUint32(MAGIC.length + HASH_LENGTH, true)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(headerAt, headerAt + headerLength))) as {
    readonly format: string
    readonly version: number
    readonly entries: readonly Entry[]
  }
  if (header.format !== format || header.version !== version) {
    return refuse(`${header.format} bytes of version ${header.version}`, wanted)
  }
  const sections: Record<string, Section> = {}
  let offset = roundUp(headerAt + headerLength)
  for (const { name, kind, length } of header.entries) {
    sections[name] = view(kind, buffer, offset, length)
    offset += roundUp(length)
  }
  return right(sections)
}
