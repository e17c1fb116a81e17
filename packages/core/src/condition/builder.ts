// Conditions written in TypeScript. The result is the JSON form and nothing else: it can be stored, sent and compared.

import type {
  All,
  Any,
  Condition,
  Every,
  FactRef,
  FactType,
  Leaf,
  None,
  Not,
  Scalar,
  Some,
  Tests,
  Vocabulary,
} from './model.js'

/** What can be asked of any fact. @category definitions */
export interface Askable {
  /** The fact is there. */
  exists(): Leaf
  /** The fact is not there, or is `null`. */
  missing(): Leaf
}

/** What can be asked of a fact that has equals. @category definitions */
export interface Comparable<T extends Scalar> extends Askable {
  /** Equal. */
  eq(value: T | FactRef): Leaf
  /** Not equal. */
  ne(value: T | FactRef): Leaf
  /** One of the list. */
  in(values: readonly T[] | FactRef): Leaf
  /** None of the list. */
  notIn(values: readonly T[] | FactRef): Leaf
}

/** What can be asked of a fact that has an order. @category definitions */
export interface Ordered<T extends Scalar> extends Comparable<T> {
  /** Less. */
  lt(value: T | FactRef): Leaf
  /** Less or equal. */
  lte(value: T | FactRef): Leaf
  /** Greater. */
  gt(value: T | FactRef): Leaf
  /** Greater or equal. */
  gte(value: T | FactRef): Leaf
  /** From the first to the second, both included. */
  between(least: T | FactRef, greatest: T | FactRef): Leaf
}

/** What can be asked of a text. @category definitions */
export interface Textual<T extends string> extends Ordered<T> {
  /** The text has the part in it. */
  contains(part: string | FactRef): Leaf
  /** How the text begins. */
  startsWith(part: string | FactRef): Leaf
  /** How the text ends. */
  endsWith(part: string | FactRef): Leaf
}

/** What can be asked of a date. @category definitions */
export interface Dated extends Comparable<string | number> {
  /** Strictly before an instant or a civil date. */
  before(moment: string | FactRef): Leaf
  /** Strictly after an instant or a civil date. */
  after(moment: string | FactRef): Leaf
  /** From now to now + the duration, or from now − it when negative. */
  within(span: string | number | FactRef): Leaf
}

/** What can be asked of a list. @category definitions */
export interface Listed<E extends Scalar> extends Askable {
  /** The list has the element. */
  contains(element: E | FactRef): Leaf
}

/** What can be asked of a fact of which nothing is known. @category definitions */
export interface Anything extends Ordered<Scalar>, Omit<Dated, keyof Comparable<Scalar>> {
  /** An element of a list, or a part of a text. */
  contains(element: Scalar | FactRef): Leaf
  /** How a text begins. */
  startsWith(part: string | FactRef): Leaf
  /** How a text ends. */
  endsWith(part: string | FactRef): Leaf
  /** Several operators at once, which must all hold. */
  is(tests: Tests): Leaf
}

/** The values a fact of a declared type has. @category definitions */
export type ScalarOf<F extends FactType> = F extends 'string'
  ? string
  : F extends 'number'
    ? number
    : F extends 'boolean'
      ? boolean
      : F extends 'date'
        ? string | number
        : F extends { readonly enum: readonly (infer V extends Scalar)[] }
          ? V
          : Scalar

/** What can be asked of a fact of a declared type. @category definitions */
export type AskableOf<F extends FactType> = F extends 'string'
  ? Textual<string>
  : F extends 'number'
    ? Ordered<number>
    : F extends 'boolean'
      ? Comparable<boolean>
      : F extends 'date'
        ? Dated
        : F extends 'list'
          ? Listed<Scalar>
          : F extends 'object'
            ? Askable
            : F extends { readonly list: infer E extends FactType }
              ? Listed<ScalarOf<E>>
              : F extends { readonly enum: readonly (infer V extends Scalar)[] }
                ? [V] extends [string]
                  ? Textual<V>
                  : [V] extends [number]
                    ? Ordered<V>
                    : Comparable<V>
                : Askable

/**
 * Asks about a fact.
 *
 * @example
 * import { fact } from '@clientele/core/condition'
 * fact('priority').eq('urgent') // => { fact: 'priority', eq: 'urgent' }
 * fact('age').is({ gte: 18, lt: 65 }) // => { fact: 'age', gte: 18, lt: 65 }
 * fact('agent.region').eq({ fact: 'task.region' }) // => { fact: 'agent.region', eq: { fact: 'task.region' } }
 *
 * @category definitions
 */
export const fact = (path: string): Anything => ({
  eq: (value) => ({ fact: path, eq: value }),
  ne: (value) => ({ fact: path, ne: value }),
  lt: (value) => ({ fact: path, lt: value }),
  lte: (value) => ({ fact: path, lte: value }),
  gt: (value) => ({ fact: path, gt: value }),
  gte: (value) => ({ fact: path, gte: value }),
  in: (values) => ({ fact: path, in: values }),
  notIn: (values) => ({ fact: path, notIn: values }),
  contains: (element) => ({ fact: path, contains: element }),
  startsWith: (part) => ({ fact: path, startsWith: part }),
  endsWith: (part) => ({ fact: path, endsWith: part }),
  exists: () => ({ fact: path, exists: true }),
  missing: () => ({ fact: path, exists: false }),
  between: (least, greatest) => ({ fact: path, between: [least, greatest] }),
  before: (moment) => ({ fact: path, before: moment }),
  after: (moment) => ({ fact: path, after: moment }),
  within: (span) => ({ fact: path, within: span }),
  is: (tests) => ({ ...tests, fact: path }),
})

/** A builder that knows its facts. @category definitions */
export interface FactsBuilder<V extends Vocabulary> {
  /** The vocabulary, for the `facts` of a definition. */
  readonly facts: V
  /** Asks about a declared fact; what can be asked follows from its type. */
  fact<P extends keyof V & string>(path: P): AskableOf<V[P]>
}

/**
 * A builder typed by a vocabulary: a misspelt fact, an operator that says nothing of its type and a constant that cannot
 * occur do not type-check.
 *
 * @example
 * import { facts } from '@clientele/core/condition'
 * const ticket = facts({ priority: { enum: ['urgent', 'normal'] }, 'customer.value': 'number' })
 * ticket.fact('customer.value').gte(3) // => { fact: 'customer.value', gte: 3 }
 *
 * @category definitions
 */
export const facts = <const V extends Vocabulary>(vocabulary: V): FactsBuilder<V> => ({
  facts: vocabulary,
  fact: <P extends keyof V & string>(path: P) => fact(path) as unknown as AskableOf<V[P]>,
})

/**
 * All parts hold.
 *
 * @example
 * import { all, fact } from '@clientele/core/condition'
 * all(fact('a').eq(1), fact('b').exists()) // => { all: [{ fact: 'a', eq: 1 }, { fact: 'b', exists: true }] }
 *
 * @category definitions
 */
export const all = (...parts: readonly Condition[]): All => ({ all: parts })

/**
 * At least one part holds.
 *
 * @example
 * import { any, fact } from '@clientele/core/condition'
 * any(fact('a').eq(1), fact('b').gt(2)) // => { any: [{ fact: 'a', eq: 1 }, { fact: 'b', gt: 2 }] }
 *
 * @category definitions
 */
export const any = (...parts: readonly Condition[]): Any => ({ any: parts })

/**
 * The part does not hold.
 *
 * @example
 * import { fact, not } from '@clientele/core/condition'
 * not(fact('region').in(['north', 'west'])) // => { not: { fact: 'region', in: ['north', 'west'] } }
 *
 * @category definitions
 */
export const not = (part: Condition): Not => ({ not: part })

/**
 * At least one element of a list.
 *
 * @example
 * import { fact, some } from '@clientele/core/condition'
 * some('vehicles', 'v', fact('v.year').lt(2010))
 * // => { some: 'vehicles', as: 'v', where: { fact: 'v.year', lt: 2010 } }
 *
 * @category definitions
 */
export const some = (list: string, as: string, where: Condition): Some => ({ some: list, as, where })

/**
 * Each element of a list.
 *
 * @example
 * import { every, fact } from '@clientele/core/condition'
 * every('scores', 's', fact('s').gte(3)) // => { every: 'scores', as: 's', where: { fact: 's', gte: 3 } }
 *
 * @category definitions
 */
export const every = (list: string, as: string, where: Condition): Every => ({ every: list, as, where })

/**
 * No element of a list.
 *
 * @example
 * import { fact, none } from '@clientele/core/condition'
 * none('scores', 's', fact('s').lt(3)) // => { none: 'scores', as: 's', where: { fact: 's', lt: 3 } }
 *
 * @category definitions
 */
export const none = (list: string, as: string, where: Condition): None => ({ none: list, as, where })

/**
 * Gives a part words for a person; explanations use them.
 *
 * @example
 * import { fact, labelled } from '@clientele/core/condition'
 * labelled('A good customer', fact('customer.value').gte(3))
 * // => { fact: 'customer.value', gte: 3, label: 'A good customer' }
 *
 * @category definitions
 */
export const labelled = <C extends Condition>(label: string, part: C): C & { readonly label: string } => ({
  ...part,
  label,
})
