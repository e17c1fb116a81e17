// Growable columns, bitsets and the binary search over them: the shared hot helpers of stateful engines.

/** The typed arrays a column may hold. @category state */
export type ColumnArray = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array

/**
 * A typed array that grows: twice its size whenever it is full. Read `data` in loops and lift it to a local; it is
 * replaced when the column grows.
 *
 * @example
 * import { Column } from '@clientele/core'
 * const dues = new Column(Float64Array, 2)
 * dues.push(10)
 * dues.push(20)
 * dues.push(30) // => 2
 * dues.length // => 3
 *
 * @category state
 */
export class Column<A extends ColumnArray> {
  /** The rows, and room for more behind them. */
  data: A
  /** How many rows are in use. */
  length = 0
  readonly #make: new (
    size: number,
  ) => A

  constructor(make: new (size: number) => A, capacity = 16) {
    this.#make = make
    this.data = new make(Math.max(1, capacity))
  }

  /** Appends a value and answers its row. */
  push(value: number): number {
    this.reserve(this.length + 1)
    this.data[this.length] = value
    return this.length++
  }

  /** Makes room for at least `capacity` rows. */
  reserve(capacity: number): void {
    if (capacity <= this.data.length) return
    const grown = new this.#make(Math.max(capacity, this.data.length * 2))
    grown.set(this.data)
    this.data = grown
  }

  /** Makes `length` rows, new ones zero. */
  resize(length: number): void {
    this.reserve(length)
    if (length > this.length) this.data.fill(0, this.length, length)
    this.length = length
  }

  /** The rows in use as a view; valid until the column grows. */
  view(): A {
    return this.data.subarray(0, this.length) as A
  }
}

/**
 * A growable set of small whole numbers, one bit each.
 *
 * @example
 * import { Bitset } from '@clientele/core'
 * const late = new Bitset()
 * late.add(70)
 * late.has(70) // => true
 * late.count() // => 1
 *
 * @category state
 */
export class Bitset {
  #words: Uint32Array

  constructor(capacity = 64) {
    this.#words = new Uint32Array(Math.max(1, Math.ceil(capacity / 32)))
  }

  /** Whether the number is in the set. */
  has(bit: number): boolean {
    return ((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
  }

  /** Puts the number in. */
  add(bit: number): void {
    const word = bit >>> 5
    if (word >= this.#words.length) {
      const grown = new Uint32Array(Math.max(word + 1, this.#words.length * 2))
      grown.set(this.#words)
      this.#words = grown
    }
    this.#words[word]! |= 1 << (bit & 31)
  }

  /** Takes the number out. */
  delete(bit: number): void {
    const word = bit >>> 5
    if (word < this.#words.length) this.#words[word]! &= ~(1 << (bit & 31))
  }

  /** How many numbers are in the set. */
  count(): number {
    let total = 0
    for (let word of this.#words) for (; word !== 0; word &= word - 1) total++
    return total
  }

  /** The numbers in ascending order. */
  *values(): Generator<number> {
    for (let i = 0; i < this.#words.length; i++) {
      for (let word = this.#words[i]!; word !== 0; word &= word - 1)
        yield i * 32 + 31 - Math.clz32(word & -word)
    }
  }
}

/**
 * The first row whose value is greater than `value`, in ascending rows `[from, to)`; `to` when there is none.
 *
 * @example
 * import { upperBound } from '@clientele/core'
 * upperBound(new Float64Array([10, 20, 20, 30]), 20, 0, 4) // => 3
 *
 * @category state
 */
export const upperBound = (rows: ColumnArray, value: number, from: number, to: number): number => {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (rows[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
