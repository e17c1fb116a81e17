// Strings to dense numbers and back, so that state lives in columns instead of maps of objects.

/**
 * Gives each distinct string the next whole number, from 0. Exact: the whole string is compared.
 *
 * @example
 * import { Interner } from '@clientele/core'
 * const ids = new Interner()
 * ids.handle('INC1') // => 0
 * ids.handle('INC2') // => 1
 * ids.handle('INC1') // => 0
 * ids.name(1) // => 'INC2'
 *
 * @category state
 */
export class Interner {
  readonly #handles = new Map<string, number>()
  readonly #names: string[] = []

  /** How many strings are known. */
  get size(): number {
    return this.#names.length
  }

  /** The handle of a string, given on first sight. Cost: one look-up in a Map. */
  handle(name: string): number {
    const known = this.#handles.get(name)
    if (known !== undefined) return known
    const handle = this.#names.length
    this.#handles.set(name, handle)
    this.#names.push(name)
    return handle
  }

  /** The handle of a string already seen, −1 otherwise. */
  find(name: string): number {
    return this.#handles.get(name) ?? -1
  }

  /** The string of a handle. A `RangeError` when no string has it. */
  name(handle: number): string {
    const name = this.#names[handle]
    if (name === undefined) throw new RangeError(`no string has the handle ${handle}; there are ${this.size}`)
    return name
  }

  /** All strings in order of their handles. */
  names(): readonly string[] {
    return this.#names
  }
}
