// What an example's `// =>` does when it runs.
import { format } from 'node:util'
import { expect } from 'vitest'

export interface Assertions {
  /** The value of a statement equals the expression after `// =>`. */
  readonly is: (given: unknown, where: string, said: string, value?: () => unknown) => void
  /** What `console.log` would print is the text after `// =>`, or the value of the expression there. */
  readonly prints: (given: unknown[], where: string, said: string, value?: () => unknown) => void
  /** Every assertion of the block was reached. */
  readonly count: (expected: number, where: string) => void
  /** Prints without an expectation stay out of the test's output. */
  readonly console: Console
}

const trimmed = (text: string): string => text.replace(/[ \t]+$/gm, '').trimEnd()

/** The assertions of one block. */
export function assertions(): Assertions {
  const reached = new Set<string>()
  return {
    is(given, where, said, value) {
      reached.add(where)
      if (value === undefined) throw new Error(`${where}: "${said}" after // => is not an expression`)
      expect(given, where).toEqual(value())
    },
    prints(given, where, said, value) {
      reached.add(where)
      const printed = trimmed(format(...given))
      if (printed === trimmed(said)) return
      if (value === undefined) expect(printed, where).toBe(trimmed(said))
      else if (typeof value() === 'string') expect(printed, where).toBe(value())
      else expect(given.length === 1 ? given[0] : given, where).toEqual(value())
    },
    count(expected, where) {
      expect(reached.size, `${where}: every // => is reached`).toBe(expected)
    },
    console: { ...globalThis.console, log: () => undefined, table: () => undefined },
  }
}
