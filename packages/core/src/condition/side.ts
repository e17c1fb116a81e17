// Reading the right side of an operator: constants of the kind it takes, or another fact.

import { memberPath } from '../reader.js'
import { parseDate, parseInstant } from '../time.js'
import { readFact, type Scope, spend, type Work } from './fact.js'
import type { Operator, Scalar } from './model.js'
import type { Side } from './table.js'
import type { Type } from './vocabulary.js'

const SCALAR = 'a text, a number, true or false, or { "fact": path }'

/** A right side with the type of its fact, when it is one. */
export interface TypedSide {
  readonly side: Side
  readonly type: Type | undefined
  readonly path: string
}

/** Whether a value is a plain object. */
export const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readRef = (work: Work, value: unknown, path: string, scope: Scope): TypedSide | undefined => {
  const record = work.reader.object(value, path, ['fact'])
  if (record === undefined) return undefined
  const at = memberPath(path, 'fact')
  const named = work.reader.required(record, 'fact', path)
  const found = named === undefined ? undefined : readFact(work, named, at, scope)
  return found && { side: { kind: 'fact', fact: found.fact }, type: found.type, path: at }
}

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value))

const constant = (value: Scalar | readonly Scalar[], path: string): TypedSide => ({
  side: { kind: 'constant', value },
  type: undefined,
  path,
})

const readScalar = ({ reader }: Work, value: unknown, path: string): TypedSide | undefined => {
  if (isScalar(value)) return constant(value, path)
  const hint = value === null ? `${SCALAR}; for a missing fact write "exists": false` : SCALAR
  return reader.wrongType(value, path, hint)
}

const readText = ({ reader }: Work, value: unknown, path: string): TypedSide | undefined =>
  typeof value === 'string'
    ? constant(value, path)
    : reader.wrongType(value, path, 'a text, or { "fact": path }')

const readMoment = ({ reader }: Work, value: unknown, path: string): TypedSide | undefined => {
  const known = typeof value === 'string' && (parseDate(value) ?? parseInstant(value)) !== undefined
  const expected =
    'an instant such as "2026-03-02T09:00:00Z", or a date such as "2026-03-02", or { "fact": path }'
  return known ? constant(value, path) : reader.badValue(value, path, expected)
}

const readSpan = ({ reader }: Work, value: unknown, path: string): TypedSide | undefined => {
  const millis = reader.duration(value, path)
  return millis === undefined ? undefined : constant(millis, path)
}

const readList = (work: Work, value: unknown, path: string): TypedSide | undefined => {
  const { reader, budget } = work
  if (!Array.isArray(value)) return reader.wrongType(value, path, 'a list, or { "fact": path }')
  if (value.length > budget.list)
    return reader.report({ code: 'too-large', path, what: 'elements', limit: budget.list })
  work.constants += value.length
  if (work.constants > budget.constants) {
    return spend(work, { code: 'too-large', path, what: 'constants in lists', limit: budget.constants })
  }
  const bad = value.findIndex((element) => !isScalar(element))
  if (bad >= 0) return reader.wrongType(value[bad], memberPath(path, bad), 'a text, a number, true or false')
  return constant([...value], path)
}

type ReadSide = (work: Work, value: unknown, path: string) => TypedSide | undefined

/** How the right side of each operator is read, when it is no fact. */
const SIDES: { readonly [O in Operator]: ReadSide } = {
  eq: readScalar,
  ne: readScalar,
  lt: readScalar,
  lte: readScalar,
  gt: readScalar,
  gte: readScalar,
  in: readList,
  notIn: readList,
  contains: readScalar,
  startsWith: readText,
  endsWith: readText,
  exists: ({ reader }, value, path) =>
    typeof value === 'boolean' ? constant(value, path) : reader.wrongType(value, path, 'true or false'),
  between: readScalar,
  before: readMoment,
  after: readMoment,
  within: readSpan,
}

/** The right sides of an operator: two for `between`, one otherwise, none when they cannot be read. */
export const readSides = (
  work: Work,
  operator: Operator,
  value: unknown,
  path: string,
  scope: Scope,
): TypedSide[] => {
  const read = (given: unknown, at: string): TypedSide | undefined =>
    isRecord(given) && operator !== 'exists'
      ? readRef(work, given, at, scope)
      : SIDES[operator](work, given, at)
  if (operator !== 'between') return [read(value, path)].filter((side) => side !== undefined)
  if (!Array.isArray(value) || value.length !== 2) {
    work.reader.wrongType(value, path, 'a list of two: the least and the greatest')
    return []
  }
  const sides = [read(value[0], memberPath(path, 0)), read(value[1], memberPath(path, 1))]
  return sides.every((side) => side !== undefined) ? sides : []
}
