// The normal form: distinct atoms of fact, operator and constant, and a disjunction of conjunctions over them. Indexes
// are built from it. Distributivity, De Morgan and idempotence hold in Kleene's logic too, so the form has the same three
// truths as the tree; what needs the excluded middle (a and not a is false) does not, and is not used.

import type { Condition, FactRef, Operator, Scalar } from './model.js'
import type { AtomNode, Node, QuantifierNode, Table } from './table.js'
import { definitionOf, operandOf } from './words.js'

/**
 * The operators of atoms. `ne`, `notIn` and `none` are negated `eq`, `in` and `some`; `between` is `gte` and `lte`.
 * Orderings are never negated: not `lt` is `gte`.
 *
 * @category explain
 */
export type AtomOperator = Exclude<Operator, 'ne' | 'notIn' | 'between'> | 'some' | 'every'

/** One question to one fact. @category explain */
export interface Atom {
  /** The path of the fact; the list, for quantifiers. */
  readonly fact: string
  /** What is asked. */
  readonly operator: AtomOperator
  /** The constant, the other fact, or what a quantifier asks. */
  readonly operand: Scalar | readonly Scalar[] | FactRef | { readonly as: string; readonly where: Condition }
}

/** An atom or its negation. @category explain */
export interface Literal {
  /** The position in `atoms`. */
  readonly atom: number
  /** Whether it is the negation. */
  readonly negated: boolean
}

/** Literals that must all hold. @category explain */
export interface Conjunction {
  /** In ascending order of their atoms. */
  readonly literals: readonly Literal[]
  /** Whether the literals are the whole of it. If not, they are necessary only: ask the condition itself. */
  readonly exact: boolean
}

/** A condition as a disjunction of conjunctions. @category explain */
export interface NormalForm {
  /** Distinct, in order of first appearance. */
  readonly atoms: readonly Atom[]
  /** One of which must hold. */
  readonly conjunctions: readonly Conjunction[]
  /** Whether all conjunctions are exact: then the form has the same three truths as the condition. */
  readonly complete: boolean
}

const MOST_CONJUNCTIONS = 1_024
const MOST_LITERALS = 65_536

/** While it is built: a literal is `2 × atom`, one more when negated; literals ascend. */
interface Term {
  readonly literals: readonly number[]
  readonly exact: boolean
}

const ALWAYS: readonly Term[] = [{ literals: [], exact: true }]
const NEVER: readonly Term[] = []
/** Nothing could be said within the budget. */
const UNSAID: readonly Term[] = [{ literals: [], exact: false }]

const OPPOSITE = { lt: 'gte', gte: 'lt', lte: 'gt', gt: 'lte' } as const

const sizeOf = (terms: readonly Term[]): number =>
  terms.reduce((size, { literals }) => size + literals.length, 0)

const unique = (terms: readonly Term[]): readonly Term[] => {
  const seen = new Map<string, Term>()
  for (const term of terms) {
    const key = `${term.exact}:${term.literals.join()}`
    if (!seen.has(key)) seen.set(key, term)
  }
  return [...seen.values()]
}

const union = (lists: readonly (readonly Term[])[]): readonly Term[] => {
  const terms = unique(lists.flat())
  return terms.length > MOST_CONJUNCTIONS || sizeOf(terms) > MOST_LITERALS ? UNSAID : terms
}

const merge = (terms: readonly Term[]): Term => ({
  literals: [...new Set(terms.flatMap(({ literals }) => literals))].sort((a, b) => a - b),
  exact: terms.every(({ exact }) => exact),
})

/** All pairs; a factor that would break the budget is left out, and the rest marked as no longer exact. */
const product = (lists: readonly (readonly Term[])[]): readonly Term[] => {
  if (lists.some((list) => list.length === 0)) return NEVER
  // factors of one term first: they cost nothing, and shorten the rest
  let result: readonly Term[] = [merge(lists.flatMap((list) => (list.length === 1 ? list : [])))]
  let exact = true
  for (const list of lists) {
    if (list.length === 1) continue
    const literals = sizeOf(list) * result.length + sizeOf(result) * list.length
    if (list.length * result.length > MOST_CONJUNCTIONS || literals > MOST_LITERALS) exact = false
    else result = unique(result.flatMap((left) => list.map((right) => merge([left, right]))))
  }
  return exact ? result : result.map(({ literals }) => ({ literals, exact: false }))
}

/** Gives equal atoms one number. */
class Atoms {
  readonly list: Atom[] = []
  readonly #numbers = new Map<string, number>()

  literal(atom: Atom, negated: boolean): readonly Term[] {
    const key = JSON.stringify([atom.fact, atom.operator, atom.operand])
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.list.push(atom) - 1
      this.#numbers.set(key, number)
    }
    return [{ literals: [number * 2 + (negated ? 1 : 0)], exact: true }]
  }
}

const membership = (atoms: Atoms, fact: string, operand: unknown, negated: boolean): readonly Term[] => {
  if (!Array.isArray(operand))
    return atoms.literal({ fact, operator: 'in', operand: operand as FactRef }, negated)
  const values = [...new Set(operand as readonly Scalar[])]
  const [only] = values
  if (only === undefined) return negated ? ALWAYS : NEVER
  if (values.length === 1) return atoms.literal({ fact, operator: 'eq', operand: only }, negated)
  const text = (value: Scalar): string => JSON.stringify(value)
  values.sort((a, b) => (text(a) < text(b) ? -1 : 1))
  return atoms.literal({ fact, operator: 'in', operand: values }, negated)
}

const ofAtom = (atoms: Atoms, node: AtomNode, negated: boolean): readonly Term[] => {
  const fact = node.fact.path
  const { operator } = node
  const operand = operandOf(node) as Scalar
  switch (operator) {
    case 'eq':
    case 'ne':
      return atoms.literal({ fact, operator: 'eq', operand }, negated !== (operator === 'ne'))
    case 'in':
    case 'notIn':
      return membership(atoms, fact, operand, negated !== (operator === 'notIn'))
    case 'exists':
      return atoms.literal({ fact, operator, operand: true }, negated === operand)
    case 'between': {
      const [low, high] = operandOf(node) as [Scalar, Scalar]
      const bounds = [
        atoms.literal({ fact, operator: negated ? 'lt' : 'gte', operand: low }, false),
        atoms.literal({ fact, operator: negated ? 'gt' : 'lte', operand: high }, false),
      ]
      return negated ? union(bounds) : product(bounds)
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return atoms.literal({ fact, operator: negated ? OPPOSITE[operator] : operator, operand }, false)
    default:
      return atoms.literal({ fact, operator, operand }, negated)
  }
}

const ofQuantifier = (atoms: Atoms, node: QuantifierNode, negated: boolean): readonly Term[] => {
  const operand = { as: node.as, where: definitionOf(node.where) }
  const operator = node.kind === 'every' ? 'every' : 'some'
  return atoms.literal({ fact: node.list.path, operator, operand }, negated !== (node.kind === 'none'))
}

/** The terms of a part; negations are driven inwards on the way. */
const termsOf = (atoms: Atoms, node: Node, negated: boolean): readonly Term[] => {
  switch (node.kind) {
    case 'atom':
      return ofAtom(atoms, node, negated)
    case 'not':
      return termsOf(atoms, node.part, !negated)
    case 'all':
    case 'any': {
      const parts = node.parts.map((part) => termsOf(atoms, part, negated))
      return (node.kind === 'all') === negated ? union(parts) : product(parts)
    }
    default:
      return ofQuantifier(atoms, node, negated)
  }
}

/**
 * The normal form of a condition: distinct atoms, and a disjunction of conjunctions over them. When that would take more
 * than 1,024 conjunctions or 65,536 literals, parts are left out and the conjunctions marked as not `exact`: what the
 * condition selects is still always among what the form selects. Cost: proportional to the form; keep the result.
 *
 * @example
 * import { compileOrThrow, normalForm } from '@clientele/core/condition'
 * const table = compileOrThrow({ not: { all: [{ fact: 'a', eq: 1 }, { fact: 'b', lt: 2 }] } })
 * const { atoms, conjunctions } = normalForm(table)
 * atoms.map(({ fact, operator }) => `${fact} ${operator}`) // => ['a eq', 'b gte']
 * conjunctions.length // => 2
 *
 * @category explain
 */
export const normalForm = ({ root }: Table): NormalForm => {
  const atoms = new Atoms()
  const conjunctions = termsOf(atoms, root, false).map(
    ({ literals, exact }): Conjunction => ({
      literals: literals.map((literal) => ({ atom: literal >> 1, negated: (literal & 1) === 1 })),
      exact,
    }),
  )
  return { atoms: atoms.list, conjunctions, complete: conjunctions.every(({ exact }) => exact) }
}
