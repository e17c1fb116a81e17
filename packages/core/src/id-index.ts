// Ids to dense handles and back, for a million ids that come as fresh strings: an open-addressing table over an arena of
// bytes. Exact: the whole id is compared. Ids can be forgotten, byte by byte.

import { Column } from './column.js'

/** Numbers of the table per id at least: pairs, at most half of them in use. */
const ROOM = 4
const EMPTY = 0
/** Characters beyond this do not fit a byte; such ids stand in a map. */
const LAST_BYTE = 0xff
/** A record of the arena, in words of four bytes: the handle, the length of the id plus one, its bytes. */
const HEAD = 2
const wordsOf = (length: number): number => HEAD + ((length + 3) >>> 2)

/** Ids as columns: what {@link IdIndex.columns} gives and {@link IdIndex.from} takes. @category state */
export interface IdColumns {
  /** The ids of byte-wide characters one behind the other, by handle. */
  readonly bytes: Uint8Array
  /** By handle: the length of its id and one more; 0 where its id is not in `bytes`. */
  readonly lengths: Uint32Array
  /** Ids of wider characters, by handle. */
  readonly wide: readonly (readonly [id: string, handle: number])[]
  /** Handles that no id has; the last is given first. */
  readonly free: Uint32Array
}

/**
 * Gives each distinct id the next free whole number, from 0. Some two times as fast as a `Map` for ids that were not seen
 * as the same string object before: one look at the table and one at the id itself. About 45 bytes and the length of the
 * id each.
 *
 * @example
 * import { IdIndex } from '@clientele/core'
 * const ids = new IdIndex()
 * ids.handle('anna') // => 0
 * ids.handle('boris') // => 1
 * ids.find('anna') // => 0
 * ids.delete(0)
 * ids.find('anna') // => -1
 * ids.handle('clara') // => 0
 *
 * @category state
 */
export class IdIndex {
  /** Pairs of a hash and where the record lies, a word later; 0 is empty. */
  #table = new Int32Array(64)
  #words = new Int32Array(64)
  #bytes = new Uint8Array(this.#words.buffer)
  /** Words in use, and how many of them belong to ids that were forgotten. */
  #used = 0
  #wasted = 0
  /** By handle: where the record lies, a word later; 0 when it has none. */
  readonly #records = new Column(Uint32Array, 16)
  /** Handles of ids that do not fit bytes. */
  readonly #wide = new Map<string, number>()
  readonly #wideNames = new Map<number, string>()
  readonly #free: number[] = []
  #size = 0

  /** How many ids are known. */
  get size(): number {
    return this.#size
  }

  /** The least number that is no handle and never was: rows of this many columns hold every handle. */
  get capacity(): number {
    return this.#records.length
  }

  /** The handle of an id already seen, −1 otherwise. Cost: one hash of the id, and about two misses of the cache. */
  find(id: string): number {
    const hash = hashOf(id)
    if (hash === 0) return this.#wide.get(id) ?? -1
    const table = this.#table
    const mask = (table.length >> 1) - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = table[slot * 2 + 1]!
      if (entry === EMPTY) return -1
      if (table[slot * 2] === hash && this.#equals(entry - 1, id)) return this.#words[entry - 1]!
    }
  }

  /** The handle of an id, given on first sight. */
  handle(id: string): number {
    const known = this.find(id)
    if (known >= 0) return known
    const handle = this.#free.pop() ?? this.#records.push(0)
    this.#size++
    const hash = hashOf(id)
    if (hash === 0) {
      this.#wide.set(id, handle)
      this.#wideNames.set(handle, id)
      return handle
    }
    const record = this.#write(handle, id)
    if (this.#size * ROOM > this.#table.length) this.#rehash()
    this.#place(hash, record + 1)
    return handle
  }

  /** The id of a handle; `undefined` when none has it. */
  name(handle: number): string | undefined {
    const wide = this.#wideNames.get(handle)
    if (wide !== undefined || handle < 0 || handle >= this.#records.length) return wide
    const entry = this.#records.data[handle]!
    if (entry === EMPTY) return undefined
    const first = (entry - 1 + HEAD) * 4
    const length = this.#words[entry]! - 1
    let name = ''
    for (let i = first; i < first + length; i++) name += String.fromCharCode(this.#bytes[i]!)
    return name
  }

  /** Forgets an id, and every byte of it; its handle will be given again. `false` when no id has the handle. */
  delete(handle: number): boolean {
    const id = this.name(handle)
    if (id === undefined) return false
    this.#size--
    this.#free.push(handle)
    if (this.#wideNames.delete(handle)) return this.#wide.delete(id)
    const entry = this.#records.data[handle]!
    this.#unplace(hashOf(id), entry)
    const words = wordsOf(id.length)
    this.#words.fill(0, entry - 1, entry - 1 + words)
    this.#records.data[handle] = EMPTY
    this.#wasted += words
    if (this.#wasted * 2 > this.#used) this.#compact()
    return true
  }

  /** Known ids with their handles, by handle. */
  *entries(): Generator<readonly [id: string, handle: number]> {
    for (let handle = 0; handle < this.#records.length; handle++) {
      const id = this.name(handle)
      if (id !== undefined) yield [id, handle]
    }
  }

  /** All of it as columns, the same for the same ids and handles. Cost: proportional to the bytes. */
  columns(): IdColumns {
    const lengths = Uint32Array.from(this.#records.view(), (entry) =>
      entry === EMPTY ? 0 : this.#words[entry]!,
    )
    const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + Math.max(0, length - 1), 0))
    let used = 0
    for (let handle = 0; handle < lengths.length; handle++) {
      const first = (this.#records.data[handle]! - 1 + HEAD) * 4
      const length = lengths[handle]! - 1
      for (let i = 0; i < length; i++) bytes[used++] = this.#bytes[first + i]!
    }
    const wide = [...this.#wide].sort(([, a], [, b]) => a - b)
    return { bytes, lengths, wide, free: Uint32Array.from(this.#free) }
  }

  /**
   * The index that gave these columns: the same ids with the same handles, the same handles given next.
   *
   * @example
   * import { IdIndex } from '@clientele/core'
   * const ids = new IdIndex()
   * ids.handle('anna')
   * IdIndex.from(ids.columns()).find('anna') // => 0
   */
  static from({ bytes, lengths, wide, free }: IdColumns): IdIndex {
    const ids = new IdIndex()
    ids.#records.resize(lengths.length)
    ids.#size = wide.length + lengths.reduce((count, length) => count + (length === 0 ? 0 : 1), 0)
    while (ids.#size * ROOM > ids.#table.length) ids.#table = new Int32Array(ids.#table.length * 2)
    let from = 0
    for (let handle = 0; handle < lengths.length; handle++) {
      const length = lengths[handle]!
      if (length === 0) continue
      let id = ''
      for (const to = from + length - 1; from < to; from++) id += String.fromCharCode(bytes[from]!)
      ids.#place(hashOf(id), ids.#write(handle, id) + 1)
    }
    for (const [id, handle] of wide) {
      ids.#wide.set(id, handle)
      ids.#wideNames.set(handle, id)
    }
    for (const handle of free) ids.#free.push(handle)
    return ids
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#table.byteLength + this.#bytes.byteLength + this.#records.data.byteLength
  }

  #equals(record: number, id: string): boolean {
    if (this.#words[record + 1] !== id.length + 1) return false
    const bytes = this.#bytes
    const first = (record + HEAD) * 4
    for (let i = 0; i < id.length; i++) if (bytes[first + i] !== id.charCodeAt(i)) return false
    return true
  }

  /** Writes a record, and answers where. */
  #write(handle: number, id: string): number {
    const record = this.#used
    const words = wordsOf(id.length)
    if (record + words > this.#words.length) this.#arena(Math.max(this.#words.length * 2, record + words))
    this.#words[record] = handle
    this.#words[record + 1] = id.length + 1
    const first = (record + HEAD) * 4
    for (let i = 0; i < id.length; i++) this.#bytes[first + i] = id.charCodeAt(i)
    this.#records.data[handle] = record + 1
    this.#used += words
    return record
  }

  /** Moves the records in use to an arena of so many words. */
  #arena(length: number): void {
    const words = new Int32Array(length)
    words.set(this.#words.subarray(0, this.#used))
    this.#words = words
    this.#bytes = new Uint8Array(words.buffer)
  }

  #place(hash: number, entry: number): void {
    const table = this.#table
    const mask = (table.length >> 1) - 1
    let slot = hash & mask
    while (table[slot * 2 + 1] !== EMPTY) slot = (slot + 1) & mask
    table[slot * 2] = hash
    table[slot * 2 + 1] = entry
  }

  /** Takes an entry out and moves those behind it up, so that no search stops early (Knuth, vol. 3, 6.4, algorithm R). */
  #unplace(hash: number, entry: number): void {
    const table = this.#table
    const mask = (table.length >> 1) - 1
    let hole = hash & mask
    while (table[hole * 2 + 1] !== entry) hole = (hole + 1) & mask
    for (let slot = (hole + 1) & mask; table[slot * 2 + 1] !== EMPTY; slot = (slot + 1) & mask) {
      const home = table[slot * 2]! & mask
      // an entry whose home lies behind the hole stays
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue
      table[hole * 2] = table[slot * 2]!
      table[hole * 2 + 1] = table[slot * 2 + 1]!
      hole = slot
    }
    table[hole * 2] = 0
    table[hole * 2 + 1] = EMPTY
  }

  #rehash(): void {
    const old = this.#table
    this.#table = new Int32Array(old.length * 2)
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] !== EMPTY) this.#place(old[i]!, old[i + 1]!)
    }
  }

  /** Writes the records anew, without those that were forgotten. */
  #compact(): void {
    const known = [...this.entries()].filter(([, handle]) => !this.#wideNames.has(handle))
    this.#words = new Int32Array(Math.max(64, this.#used - this.#wasted))
    this.#bytes = new Uint8Array(this.#words.buffer)
    this.#table = new Int32Array(this.#table.length)
    this.#used = 0
    this.#wasted = 0
    for (const [id, handle] of known) this.#place(hashOf(id), this.#write(handle, id) + 1)
  }
}

/** A hash of an id of byte-wide characters, never 0; 0 for any other (FNV-1a with a final mix, Appleby's). */
const hashOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i)
    if (code > LAST_BYTE) return 0
    hash = Math.imul(hash ^ code, 16_777_619)
  }
  return mixed(hash)
}

const mixed = (sum: number): number => {
  let hash = sum ^ (sum >>> 15)
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 12
  return hash === 0 ? 1 : hash
}
