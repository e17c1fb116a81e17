// The shape of a contract suite: plain data, so that any test runner can loop over it, failing with plain Errors.

/** An adapter under test, empty at first. @category ports */
export interface Harness<Port> {
  /** The adapter. */
  readonly port: Port
  /** The same store through a new connection, as after a restart; the same object where nothing outlives it. */
  reopen(): Promise<Port>
  /** Lets go of files and connections. */
  close(): Promise<void>
}

/** Makes an empty adapter for one law. @category ports */
export type Make<Port> = () => Promise<Harness<Port>>

/**
 * One law of a port: `run` resolves when it holds and rejects with an Error that says what was expected.
 *
 * @category ports
 */
export interface Law<Port> {
  /** What must hold, in words. */
  readonly name: string
  /** Tries it. */
  run(make: Make<Port>): Promise<void>
}

/** A value with the keys of its objects in order, so that equal values have equal text. */
const canonical = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member]) => [key, canonical(member)] as const)
  return entries.sort(([a], [b]) => (a < b ? -1 : 1))
}

/** An Error unless two values have the same content. */
export const expectSame = (actual: unknown, expected: unknown, what: string): void => {
  const [left, right] = [JSON.stringify(canonical(actual)), JSON.stringify(canonical(expected))]
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`)
}

/** A law that opens one adapter and closes it, whatever happens. */
export const law = <Port>(
  name: string,
  check: (port: Port, harness: Harness<Port>) => Promise<void>,
): Law<Port> => ({
  name,
  run: async (make) => {
    const harness = await make()
    try {
      await check(harness.port, harness)
    } finally {
      await harness.close()
    }
  },
})
