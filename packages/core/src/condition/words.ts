// A condition in words for a person, and back to the JSON form. Explanations and the normal form read these.

import { describeValue } from '../reader.js'
import { formatDuration } from '../time.js'
import type { Condition, Operator } from './model.js'
import type { AtomNode, Node, Side } from './table.js'

const LONGEST = 240

/** Cut to a length that fits a line of a report. */
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text)

const VERBS: { readonly [O in Operator]: string } = {
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  in: 'is one of',
  notIn: 'is none of',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  exists: 'is given',
  between: 'is from',
  before: 'is before',
  after: 'is after',
  within: 'is within',
}

const SHOWN = 8

const sideWords = (side: Side, operator: Operator): string => {
  if (side.kind === 'fact') return side.fact.path
  const { value } = side
  if (typeof value === 'object') {
    const shown = value.slice(0, SHOWN).map(describeValue).join(', ')
    return value.length === 0 ? 'nothing' : value.length > SHOWN ? `${shown}, …` : shown
  }
  if (operator === 'within' && typeof value === 'number') return formatDuration(value)
  return operator === 'before' || operator === 'after' ? String(value) : describeValue(value)
}

const atomWords = ({ fact, operator, sides }: AtomNode): string => {
  const [first, second] = sides
  if (operator === 'exists' && first?.kind === 'constant') {
    return `${fact.path} is ${first.value === true ? 'given' : 'missing'}`
  }
  const words = `${fact.path} ${VERBS[operator]} ${sideWords(first!, operator)}`
  if (second !== undefined) return `${words} to ${sideWords(second, operator)}`
  return operator === 'within' ? `${words} of now` : words
}

/** A part in words: the author's label, or else what it asks. */
export const wordsOf = (node: Node): string => {
  if (node.label !== undefined) return short(node.label)
  switch (node.kind) {
    case 'atom':
      return short(atomWords(node))
    case 'not':
      return short(`not: ${wordsOf(node.part)}`)
    case 'all':
    case 'any': {
      if (node.parts.length === 0) return node.kind === 'all' ? 'all of nothing' : 'any of nothing'
      const parts = node.parts.slice(0, SHOWN).map(wordsOf)
      if (node.parts.length > SHOWN) parts.push('…')
      return short(parts.length === 1 ? parts[0]! : `(${parts.join(node.kind === 'all' ? ' and ' : ' or ')})`)
    }
    default:
      return short(`${node.kind} of ${node.list.path} as ${node.as}: ${wordsOf(node.where)}`)
  }
}

const sideForm = (side: Side): unknown => (side.kind === 'fact' ? { fact: side.fact.path } : side.value)

/** The right side of an atom in its JSON form. */
export const operandOf = ({ operator, sides }: AtomNode): unknown =>
  operator === 'between' ? sides.map(sideForm) : sideForm(sides[0]!)

/** The JSON form of a part; labels are left out. */
export const definitionOf = (node: Node): Condition => {
  switch (node.kind) {
    case 'atom':
      return { fact: node.fact.path, [node.operator]: operandOf(node) }
    case 'not':
      return { not: definitionOf(node.part) }
    case 'all':
      return { all: node.parts.map(definitionOf) }
    case 'any':
      return { any: node.parts.map(definitionOf) }
    default: {
      const inner = { as: node.as, where: definitionOf(node.where) }
      if (node.kind === 'some') return { some: node.list.path, ...inner }
      return node.kind === 'every' ? { every: node.list.path, ...inner } : { none: node.list.path, ...inner }
    }
  }
}
