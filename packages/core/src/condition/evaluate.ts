// The hot path: a table asked about facts. Total over any facts, reads own members only, changes nothing.

import type { Instant } from '../time.js'
import type { Truth } from './model.js'
import { type Frame, type Holder, type Table, TRUE, UNKNOWN } from './table.js'

/** How many tests of list elements one evaluation may make; then the answer is unknown. */
export const MOST_STEPS = 1_000_000

const NO_FRAME: Frame = Object.freeze({ steps: 0, elements: Object.freeze([]) as unknown as unknown[] })
const NO_FACTS: Holder = Object.freeze({})

/** A frame of its own for a table with quantifiers, the shared empty one otherwise. */
export const frameOf = (slots: number): Frame =>
  slots === 0 ? NO_FRAME : { steps: MOST_STEPS, elements: new Array<unknown>(slots).fill(undefined) }

/** The facts as a holder of names: a list or a value that is no object holds none. */
export const holderOfFacts = (facts: unknown): Holder =>
  typeof facts !== 'object' || facts === null || Array.isArray(facts) ? NO_FACTS : (facts as Holder)

/**
 * Whether a condition holds for some facts: `true`, `false`, or `null` when that is unknown because a fact is missing or
 * of a type without an answer. Facts are any JSON object; only own members are read. `at` is now, epoch milliseconds,
 * and asked by `within` alone. Cost: some 10 million a second for a condition of five parts. Nothing is allocated,
 * except one small frame where the condition has quantifiers; dates given as text are parsed each time. More than a
 * million tests of list elements are not made: the answer is then unknown.
 *
 * @example
 * import { compileOrThrow, evaluate } from '@clientele/core/condition'
 * const valued = compileOrThrow({ fact: 'customer.value', gte: 3 })
 * evaluate(valued, { customer: { value: 4 } }) // => true
 * evaluate(valued, { customer: {} }) // => null
 *
 * @category evaluate
 */
export const evaluate = ({ root, slots }: Table, facts: object, at: Instant = Number.NaN): Truth => {
  const truth = root.test(holderOfFacts(facts), at, frameOf(slots))
  return truth === UNKNOWN ? null : truth === TRUE
}

/**
 * The same for many: `out[i]` becomes {@link FALSE}, {@link TRUE} or {@link UNKNOWN}. A `RangeError` when `out` is
 * shorter than the facts.
 *
 * @example
 * import { compileOrThrow, evaluateInto } from '@clientele/core/condition'
 * const urgent = compileOrThrow({ fact: 'priority', eq: 'urgent' })
 * evaluateInto(urgent, [{ priority: 'urgent' }, { priority: 'low' }, {}], new Uint8Array(3))
 * // => new Uint8Array([1, 0, 2])
 *
 * @category evaluate
 */
export const evaluateInto = (
  { root, slots }: Table,
  factsList: readonly object[],
  out: Uint8Array,
  at: Instant = Number.NaN,
): Uint8Array => {
  const { length } = factsList
  if (out.length < length) throw new RangeError(`out holds ${out.length} answers, ${length} expected`)
  const { test } = root
  const frame = frameOf(slots)
  for (let i = 0; i < length; i++) {
    if (slots > 0) frame.steps = MOST_STEPS
    out[i] = test(holderOfFacts(factsList[i]), at, frame)
  }
  return out
}
