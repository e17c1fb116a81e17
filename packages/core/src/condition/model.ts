// The JSON form of a condition: one tree, used by every engine. What it means is in CONTRACTS, section Condition, and in
// `operator.ts`; what may be wrong with it in `issue.ts`.

/** What a condition can be compared with. @category definitions */
export type Scalar = string | number | boolean

/** Another fact as the right side: `{ "fact": "task.region" }`. @category definitions */
export interface FactRef {
  /** The path of the fact, `a.b[0].c`. */
  readonly fact: string
}

/** A right side: a constant or another fact. @category definitions */
export type Operand = Scalar | FactRef

/**
 * The operators of a leaf.
 *
 * @example
 * import { OPERATORS } from '@clientele/core/condition'
 * OPERATORS.length // => 16
 *
 * @category definitions
 */
export const OPERATORS = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'endsWith',
  'exists',
  'between',
  'before',
  'after',
  'within',
] as const

/** The name of an operator. @category definitions */
export type Operator = (typeof OPERATORS)[number]

/** The name of a quantifier. @category definitions */
export type Quantifier = 'some' | 'every' | 'none'

/** What any part of a condition may carry beside its test. @category definitions */
export interface Labelled {
  /** Words for a person, used by explanations. */
  readonly label?: string
  /** Anything; kept and ignored. */
  readonly meta?: unknown
}

/**
 * The operators of one leaf with their right sides; those given must all hold.
 *
 * @category definitions
 */
export interface Tests {
  /** Equal; of different types: false. */
  readonly eq?: Operand
  /** Not equal; of different types: true. */
  readonly ne?: Operand
  /** Less: numbers, or texts by code point; anything else is unknown. */
  readonly lt?: Operand
  /** Less or equal. */
  readonly lte?: Operand
  /** Greater. */
  readonly gt?: Operand
  /** Greater or equal. */
  readonly gte?: Operand
  /** One of the list; an empty list makes it false. */
  readonly in?: readonly Scalar[] | FactRef
  /** None of the list; an empty list makes it true. */
  readonly notIn?: readonly Scalar[] | FactRef
  /** An element of a list, or a part of a text. */
  readonly contains?: Operand
  /** How a text begins. */
  readonly startsWith?: string | FactRef
  /** How a text ends. */
  readonly endsWith?: string | FactRef
  /** Whether the fact is there at all; never unknown. `null` counts as missing. */
  readonly exists?: boolean
  /** From the first to the second, both included. */
  readonly between?: readonly [Operand, Operand]
  /** Strictly before an instant, or before the first moment of a civil date in UTC. */
  readonly before?: string | FactRef
  /** Strictly after an instant, or after the last moment of a civil date in UTC. */
  readonly after?: string | FactRef
  /** From now to now + this duration (or from now − it, when negative), both included. */
  readonly within?: string | number | FactRef
}

/** A test of one fact. @category definitions */
export interface Leaf extends Labelled, Tests {
  /** The path of the fact, `a.b[0].c`. */
  readonly fact: string
}

/** All parts hold; an empty list is true. @category definitions */
export interface All extends Labelled {
  /** The parts. */
  readonly all: readonly Condition[]
}

/** At least one part holds; an empty list is false. @category definitions */
export interface Any extends Labelled {
  /** The parts. */
  readonly any: readonly Condition[]
}

/** The part does not hold; unknown stays unknown. @category definitions */
export interface Not extends Labelled {
  /** The part. */
  readonly not: Condition
}

/** What the three quantifiers share. @category definitions */
export interface Quantified extends Labelled {
  /** The name of the element inside `where`: `"as": "v"` makes `v.year` its field and `v` the element itself. */
  readonly as: string
  /** What is asked of each element. */
  readonly where: Condition
}

/** At least one element of the list. An empty list: false. @category definitions */
export interface Some extends Quantified {
  /** The path of the list. */
  readonly some: string
}

/** Each element of the list. An empty list: true. @category definitions */
export interface Every extends Quantified {
  /** The path of the list. */
  readonly every: string
}

/** No element of the list. An empty list: true. @category definitions */
export interface None extends Quantified {
  /** The path of the list. */
  readonly none: string
}

/** A part of a condition. @category definitions */
export type Condition = All | Any | Not | Leaf | Some | Every | None

/** What the outermost part may carry besides. @category definitions */
export interface Header {
  /** Where editors find the schema. */
  readonly $schema?: string
  /** The version of the form; absent means 1. */
  readonly version?: number
  /** The facts that may be asked, and their types. */
  readonly facts?: Vocabulary
}

/** A condition as it is written, stored and sent. @category definitions */
export type Definition = Condition & Header

/**
 * What a fact may be. A `date` is ISO 8601 text, an instant or a civil date, or epoch milliseconds.
 *
 * @category definitions
 */
export type FactType =
  | 'string'
  | 'number'
  | 'boolean'
  | 'date'
  | 'list'
  | 'object'
  | { readonly enum: readonly Scalar[] }
  | { readonly list: FactType }
  | { readonly object: Vocabulary }

/** The facts that may be asked: path to type. @category definitions */
export type Vocabulary = { readonly [path: string]: FactType }

/** An answer: `null` is unknown. @category evaluate */
export type Truth = true | false | null

/** What a definition may cost at most. @category compile */
export interface Budget {
  /** Levels of nesting; 64 unless told. */
  readonly depth: number
  /** Parts in all; 10,000 unless told. */
  readonly nodes: number
  /** Elements of one list of constants; 10,000 unless told. */
  readonly list: number
  /** Elements of all lists of constants together; 100,000 unless told. */
  readonly constants: number
}
