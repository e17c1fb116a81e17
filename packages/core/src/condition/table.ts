// What a compiled condition holds: the tree with its tests, the facts it asks, and how many elements it looks at at once.
// A table holds functions, so it does not travel: the definition is the form to store and to send.

import type { Instant } from '../time.js'
import type { Operator, Quantifier, Scalar } from './model.js'

/** The truth of `evaluateInto`: it does not hold. @category evaluate */
export const FALSE = 0
/** The truth of `evaluateInto`: it holds. @category evaluate */
export const TRUE = 1
/** The truth of `evaluateInto`: a fact is missing, or of a type that has no answer. @category evaluate */
export const UNKNOWN = 2

/** A truth in a byte: {@link FALSE}, {@link TRUE} or {@link UNKNOWN}. @category evaluate */
export type Ternary = typeof FALSE | typeof TRUE | typeof UNKNOWN

/** An object or list whose own members are facts. */
export type Holder = { readonly [key: string | number]: unknown }

/** What a quantifier needs while it runs; conditions without one share an empty frame. */
export interface Frame {
  /** How many tests of elements may still be made before the answer is unknown. */
  steps: number
  /** The element each quantifier looks at, by slot. */
  readonly elements: unknown[]
}

/** A name or an index in a path. */
export type Segment = string | number

/** How a fact is reached: walk to what holds it, `undefined` when that is not there, and ask for the key. */
export interface Access {
  /** Absent where the facts themselves hold it. */
  readonly walk: ((facts: Holder, frame: Frame) => Holder | undefined) | undefined
  readonly key: Segment
}

/** A compiled part: no allocation, no throw. `at` is NaN when there is no now. */
export type Test = (facts: Holder, at: Instant, frame: Frame) => Ternary

/** A fact as it was named, and the way to it. */
export interface Fact {
  readonly path: string
  readonly access: Access
  /** The slot of the element it belongs to, −1 for the facts themselves. */
  readonly slot: number
}

/** A right side: constants or facts; two of them for `between`, one otherwise. */
export type Side =
  | { readonly kind: 'constant'; readonly value: Scalar | readonly Scalar[] }
  | { readonly kind: 'fact'; readonly fact: Fact }

/** What the parts of the tree share: where they were written, what the author calls them, and how they are tested. */
interface Part {
  readonly ref: string
  readonly label: string | undefined
  readonly test: Test
}

/** One operator on one fact. */
export interface AtomNode extends Part {
  readonly kind: 'atom'
  readonly fact: Fact
  readonly operator: Operator
  readonly sides: readonly Side[]
}

/** Parts that all hold, or one of which does. */
export interface ListNode extends Part {
  readonly kind: 'all' | 'any'
  readonly parts: readonly Node[]
}

/** A part that does not hold. */
export interface NotNode extends Part {
  readonly kind: 'not'
  readonly part: Node
}

/** A question to each element of a list. */
export interface QuantifierNode extends Part {
  readonly kind: Quantifier
  readonly list: Fact
  readonly as: string
  readonly slot: number
  readonly where: Node
}

/** A part of a compiled condition. */
export type Node = AtomNode | ListNode | NotNode | QuantifierNode

/** A compiled condition; frozen. @category compile */
export interface Table {
  /** The tree, for this package alone. @hidden */
  readonly root: Node
  /** How many elements are looked at at once; 0 without quantifiers. */
  readonly slots: number
  /** The paths of the facts it asks, in order of first appearance; elements of lists are not among them. */
  readonly paths: readonly string[]
}
