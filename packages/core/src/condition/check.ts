// Holding an operator and its right side against the vocabulary. Only called for facts whose type is known.

import { describeValue, memberPath, type Reader } from '../reader.js'
import type { Issue } from './issue.js'
import { OPERATORS, type Operator, type Scalar } from './model.js'
import type { TypedSide } from './side.js'
import { describeType, occurs, type Type, textsOf } from './vocabulary.js'

const SAME = ['eq', 'ne', 'in', 'notIn', 'exists'] as const
const ORDER = ['lt', 'lte', 'gt', 'gte', 'between'] as const
const TEXT = ['contains', 'startsWith', 'endsWith'] as const

/** The operators that can hold for a type. */
const operatorsOf = (type: Type): readonly Operator[] => {
  switch (type.kind) {
    case 'any':
      return OPERATORS
    case 'string':
      return [...SAME, ...ORDER, ...TEXT]
    case 'number':
      return [...SAME, ...ORDER]
    case 'boolean':
      return SAME
    case 'date':
      return [...SAME, 'before', 'after', 'within']
    case 'list':
      return ['contains', 'exists']
    case 'object':
      return ['exists']
    case 'enum': {
      const words = new Set([...type.values].map((value) => typeof value))
      return [
        ...SAME,
        ...(words.has('string') || words.has('number') ? ORDER : []),
        ...(words.has('string') ? TEXT : []),
      ]
    }
  }
}

/** The plain types a fact may have, to tell whether two facts can ever be compared. */
const plainTypes = (type: Type): ReadonlySet<string> =>
  type.kind === 'enum' ? new Set([...type.values].map((value) => typeof value)) : new Set([type.kind])

const meets = (left: Type, right: Type): boolean => {
  if (left.kind === 'any' || right.kind === 'any') return true
  const words = plainTypes(right)
  return [...plainTypes(left)].some((word) => words.has(word))
}

/** What the right side of an operator must be, for a fact of the type; `undefined` when the type has no say. */
const expectedOf = (type: Type, operator: Operator): Type | undefined => {
  switch (operator) {
    case 'eq':
    case 'ne':
    case 'in':
    case 'notIn':
      return type
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
    case 'between':
      return type.kind === 'enum' ? undefined : type
    case 'contains':
      return type.kind === 'list' ? type.element : undefined
    default:
      return undefined
  }
}

const wrong = (reader: Reader<Issue>, fact: string, expected: Type, given: unknown, path: string): void => {
  const near = typeof given === 'string' ? reader.suggest(given, textsOf(expected)) : undefined
  const code = 'wrong-constant'
  reader.report({
    code,
    path,
    fact,
    given: describeValue(given),
    expected: describeType(expected),
    nearest: near,
  })
}

const checkSide = (
  reader: Reader<Issue>,
  fact: string,
  expected: Type,
  operator: Operator,
  { side, type, path }: TypedSide,
): void => {
  if (side.kind === 'constant') {
    const values: readonly Scalar[] = typeof side.value === 'object' ? side.value : [side.value]
    const at = (i: number): string => (typeof side.value === 'object' ? memberPath(path, i) : path)
    for (let i = 0; i < values.length && !reader.full; i++) {
      if (!occurs(expected, values[i])) wrong(reader, fact, expected, values[i], at(i))
    }
    return
  }
  if (type === undefined) return
  const list = operator === 'in' || operator === 'notIn'
  const other = list && type.kind === 'list' ? type.element : type
  if ((!list || type.kind === 'list' || type.kind === 'any') && meets(expected, other)) return
  const given = `"${side.fact.path}", ${describeType(type)}`
  reader.report({
    code: 'wrong-constant',
    path,
    fact,
    given,
    expected: describeType(expected),
    nearest: undefined,
  })
}

/** Reports an operator that says nothing of the type, and constants that cannot occur. */
export const checkAtom = (
  reader: Reader<Issue>,
  fact: string,
  type: Type,
  operator: Operator,
  sides: readonly TypedSide[],
  path: string,
): void => {
  const known = operatorsOf(type)
  if (!known.includes(operator)) {
    reader.report({ code: 'wrong-operator', path, fact, type: describeType(type), operator, known })
    return
  }
  const expected = expectedOf(type, operator)
  if (expected === undefined) return
  for (const side of sides) checkSide(reader, fact, expected, operator, side)
}

/** Reports a quantifier over something that is no list. */
export const checkList = (
  reader: Reader<Issue>,
  fact: string,
  type: Type,
  operator: string,
  path: string,
): void => {
  if (type.kind === 'list' || type.kind === 'any') return
  const known = operatorsOf(type)
  reader.report({ code: 'wrong-operator', path, fact, type: describeType(type), operator, known })
}
