// The slower door: the same answer with its reasons. The parts of the outermost conjunction are the entries, what is
// nested in them is told in their facts; an unknown names the facts that were missing.

import { type Explained, type LedgerEntry, ledgerOf } from '../ledger.js'
import { describeValue } from '../reader.js'
import type { Instant } from '../time.js'
import { evaluate, frameOf, holderOfFacts } from './evaluate.js'
import type { Truth } from './model.js'
import { readerOf } from './path.js'
import {
  type AtomNode,
  type Fact,
  type Frame,
  type Holder,
  type Node,
  type Table,
  TRUE,
  UNKNOWN,
} from './table.js'
import { wordsOf } from './words.js'

/** What is asked, and how far the telling has gone. */
interface Asking {
  readonly facts: Holder
  readonly at: Instant
  readonly frame: Frame
  /** How many nested reasons may still be told. */
  room: number
}

const MOST_REASONS = 200
const MOST_NAMED = 20
const LONGEST_TEXT = 200

/** A value as an explanation shows it: short, whatever it was. */
const shown = (value: unknown): unknown => {
  if (typeof value === 'string')
    return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (!Array.isArray(value)) return value === undefined || value === null ? undefined : describeValue(value)
  const plain = (element: unknown): unknown =>
    typeof element === 'object' ? describeValue(element) : shown(element)
  return value.slice(0, MOST_NAMED).map(plain)
}

const read = ({ facts, frame }: Asking, fact: Fact): unknown => readerOf(fact.access)(facts, frame)

const truthOf = (ternary: number): Truth => (ternary === UNKNOWN ? null : ternary === TRUE)
const amountOf = (truth: Truth): number => (truth === null ? Number.NaN : truth ? 1 : 0)

/** The facts an atom asks that are not there. */
const missingIn = (asking: Asking, { fact, sides }: AtomNode): string[] => {
  const asked = [fact, ...sides.flatMap((side) => (side.kind === 'fact' ? [side.fact] : []))]
  return asked.filter((one) => read(asking, one) === undefined).map(({ path }) => path)
}

/** Why a part is unknown: the facts that are missing, and what else stood in the way. */
interface Blame {
  readonly missing: Set<string>
  readonly others: Set<'no-instant' | 'wrong-type' | 'too-many-steps'>
  /** How many parts may still be looked at. */
  room: number
}

const MOST_BLAMED = 100_000

const blame = (asking: Asking, node: Node, found: Blame): void => {
  const { facts, at, frame } = asking
  if (--found.room < 0 || found.missing.size >= MOST_NAMED) return
  if (node.test(facts, at, frame) !== UNKNOWN) return
  switch (node.kind) {
    case 'atom': {
      const missing = missingIn(asking, node)
      for (const path of missing) found.missing.add(path)
      if (missing.length > 0) return
      found.others.add(node.operator === 'within' && Number.isNaN(at) ? 'no-instant' : 'wrong-type')
      return
    }
    case 'not':
      blame(asking, node.part, found)
      return
    case 'all':
    case 'any':
      for (const part of node.parts) blame(asking, part, found)
      return
    default: {
      const elements = read(asking, node.list)
      if (elements === undefined) found.missing.add(node.list.path)
      else if (!Array.isArray(elements)) found.others.add('wrong-type')
      else {
        for (const element of elements.slice(0, MOST_NAMED)) {
          frame.elements[node.slot] = element
          blame(asking, node.where, found)
        }
        if (frame.steps < 0) found.others.add('too-many-steps')
      }
    }
  }
}

/** Code, label and facts of one part: what is true of entries and of what is nested in them. */
const reasonOf = (asking: Asking, node: Node, truth: Truth): Omit<LedgerEntry, 'amount'> => {
  asking.room--
  const label = wordsOf(node)
  const facts = { ...(node.label === undefined ? {} : { label: node.label }), ...detailsOf(asking, node) }
  if (truth !== null) return { code: truth ? 'holds' : 'fails', label, ref: node.ref, facts }
  const found: Blame = { missing: new Set(), others: new Set(), room: MOST_BLAMED }
  blame(asking, node, found)
  const missing = [...found.missing]
  const [other = 'wrong-type'] = found.others
  if (missing.length === 0) return { code: other, label, ref: node.ref, facts }
  const verb = missing.length === 1 ? 'is' : 'are'
  const told = `${label}; ${missing.join(', ')} ${verb} missing`
  return { code: 'missing-fact', label: told, ref: node.ref, facts: { ...facts, missing } }
}

const nested = (asking: Asking, parts: readonly Node[]): readonly unknown[] => {
  const told: unknown[] = []
  for (const part of parts) {
    if (asking.room <= 0) break
    const truth = truthOf(part.test(asking.facts, asking.at, asking.frame))
    told.push({ ...reasonOf(asking, part, truth), value: truth })
  }
  return told
}

const detailsOf = (asking: Asking, node: Node): { readonly [name: string]: unknown } => {
  switch (node.kind) {
    case 'atom': {
      const expected = node.sides.map((side) =>
        shown(side.kind === 'fact' ? read(asking, side.fact) : side.value),
      )
      const named = node.sides.flatMap((side) => (side.kind === 'fact' ? [side.fact.path] : []))
      return {
        fact: node.fact.path,
        operator: node.operator,
        expected: expected.length === 1 ? expected[0] : expected,
        ...(named.length === 0 ? {} : { expectedFact: named.join(', ') }),
        given: shown(read(asking, node.fact)),
      }
    }
    case 'not':
      return { parts: nested(asking, [node.part]) }
    case 'all':
    case 'any':
      return { parts: nested(asking, node.parts) }
    default:
      return { list: node.list.path, ...countsOf(asking, node.slot, node.where, read(asking, node.list)) }
  }
}

/** How many elements of a list answered what. */
const countsOf = (
  asking: Asking,
  slot: number,
  where: Node,
  elements: unknown,
): { readonly [name: string]: number } => {
  if (!Array.isArray(elements)) return {}
  const counts = { elements: elements.length, hold: 0, fail: 0, unknown: 0 }
  for (const element of elements) {
    if (--asking.frame.steps < 0) break
    asking.frame.elements[slot] = element
    const truth = truthOf(where.test(asking.facts, asking.at, asking.frame))
    counts[truth === null ? 'unknown' : truth ? 'hold' : 'fail']++
  }
  return counts
}

/** The parts that must all hold: a conjunction within a conjunction is taken apart, unless its author gave it a name. */
const conjuncts = (node: Node): readonly Node[] =>
  node.kind === 'all'
    ? node.parts.flatMap((part) => (part.label === undefined ? conjuncts(part) : [part]))
    : [node]

/**
 * What {@link evaluate} answers, with its reasons: a ledger of truths whose entries are the parts of the outermost
 * conjunction, in their order. An entry's code is `holds`, `fails`, or why it is unknown: `missing-fact`, `wrong-type`,
 * `no-instant` (`within` without a now), `too-many-steps`. `ref` is its path in the definition; `facts` have the fact, what was
 * `expected` and `given`, the paths that are `missing`, and nested `parts`. Values of facts appear in `facts.given` alone, and
 * not in labels. Cost: some thousand times that of evaluating.
 *
 * @example
 * import { compileOrThrow, explain } from '@clientele/core/condition'
 * const rule = compileOrThrow({ all: [{ fact: 'priority', eq: 'urgent' }, { fact: 'region', ne: 'north' }] })
 * const { verdict, ledger } = explain(rule, { priority: 'urgent' })
 * verdict // => null
 * ledger.entries.map(({ code }) => code) // => ['holds', 'missing-fact']
 * ledger.entries[1]?.label // => 'region is not "north"; region is missing'
 *
 * @category explain
 */
export const explain = (table: Table, facts: object, at: Instant = Number.NaN): Explained<Truth> => {
  const holder = holderOfFacts(facts)
  const frame = frameOf(table.slots)
  const asking: Asking = { facts: holder, at, frame: frameOf(table.slots), room: MOST_REASONS }
  const entries = conjuncts(table.root).map((node): LedgerEntry => {
    const truth = truthOf(node.test(holder, at, frame))
    return { ...reasonOf(asking, node, truth), amount: amountOf(truth) }
  })
  return { verdict: evaluate(table, facts, at), ledger: ledgerOf('truth', 'all', entries) }
}
