// The vocabulary: which facts may be asked and what they may be. Compiled to a tree of types; a condition's facts,
// operators and constants are held against it, and so are the facts of an input line.

import { type Either, left, type NonEmptyArray, right } from '../either.js'
import { describeValue, memberPath, Reader, type UnknownRecord } from '../reader.js'
import type { Issue } from './issue.js'
import type { Scalar } from './model.js'
import { firstMoment } from './operator.js'
import { FORBIDDEN_NAMES, parsePath } from './path.js'
import type { Segment } from './table.js'

const DEEPEST = 16
const MOST_FACTS = 10_000
const MOST_VALUES = 10_000
const WORDS = ['string', 'number', 'boolean', 'date', 'list', 'object'] as const

/** A type as it is looked up. `any` is inside an untyped list or object: nothing is known of it. */
export type Type =
  | { readonly kind: 'any' | 'string' | 'number' | 'boolean' | 'date' }
  | { readonly kind: 'enum'; readonly values: ReadonlySet<Scalar> }
  | { readonly kind: 'list'; readonly element: Type }
  | { readonly kind: 'object'; readonly members: Map<string, Type>; open: boolean }

/** A compiled vocabulary. @category compile */
export interface VocabularyTable {
  /** The tree of types, for this package alone. @hidden */
  readonly root: Type
  /** All declared paths, for "did you mean". */
  readonly names: readonly string[]
}

const ANY: Type = { kind: 'any' }

const readType = (reader: Reader<Issue>, value: unknown, path: string, depth: number): Type | undefined => {
  if (depth > DEEPEST) return reader.report({ code: 'too-deep', path, limit: DEEPEST })
  if (typeof value === 'string') {
    const word = reader.word(value, path, WORDS)
    if (word === 'list') return { kind: 'list', element: ANY }
    if (word === 'object') return { kind: 'object', members: new Map(), open: true }
    return word === undefined ? undefined : { kind: word }
  }
  const record = reader.object(value, path, ['enum', 'list', 'object'])
  if (record === undefined) return undefined
  const given = (['enum', 'list', 'object'] as const).filter((key) => Object.hasOwn(record, key))
  if (given.length !== 1) return reader.badValue(value, path, 'a type: one of enum, list, object, or a word')
  const [key] = given
  const inner = memberPath(path, key!)
  if (key === 'list') {
    const element = readType(reader, record['list'], inner, depth + 1)
    return element === undefined ? undefined : { kind: 'list', element }
  }
  if (key === 'object') return readMembers(reader, record['object'], inner, depth + 1)
  const values = reader.list(record['enum'], inner, MOST_VALUES)
  values.forEach((element, i) => {
    const scalar = typeof element === 'string' || typeof element === 'number' || typeof element === 'boolean'
    if (!scalar) reader.wrongType(element, memberPath(inner, i), 'a text, a number, true or false')
  })
  return { kind: 'enum', values: new Set(values as readonly Scalar[]) }
}

/** Puts a type at a path: objects on the way are made, and an object declared twice has the members of both. */
const place = (root: Type, segments: readonly Segment[], type: Type): boolean => {
  let at = root
  for (const segment of segments.slice(0, -1)) {
    if (at.kind !== 'object' || typeof segment === 'number') return false
    const next: Type = at.members.get(segment) ?? { kind: 'object', members: new Map(), open: false }
    at.members.set(segment, next)
    at = next
  }
  const last = segments[segments.length - 1]!
  if (at.kind !== 'object' || typeof last === 'number') return false
  const known = at.members.get(last)
  if (known === undefined) {
    at.members.set(last, type)
    return true
  }
  if (known.kind !== 'object' || type.kind !== 'object') return false
  known.open ||= type.open
  for (const [name, member] of type.members) if (!known.members.has(name)) known.members.set(name, member)
  return true
}

const readMembers = (
  reader: Reader<Issue>,
  value: unknown,
  path: string,
  depth: number,
): Type | undefined => {
  const root: Type = { kind: 'object', members: new Map(), open: false }
  for (const [name, given] of reader.entries(value, path, MOST_FACTS)) {
    const at = memberPath(path, name)
    const segments = readPath(reader, name, at)
    const type = readType(reader, given, at, depth)
    if (segments === undefined || type === undefined) continue
    if (!place(root, segments, type)) reader.badValue(name, at, 'a path that no other type stands on')
  }
  return root
}

/** The segments of a path, with an issue when it is none or reaches for a prototype. */
export const readPath = (
  reader: Reader<Issue>,
  value: unknown,
  path: string,
): readonly [string, ...Segment[]] | undefined => {
  if (typeof value !== 'string') return reader.wrongType(value, path, 'the path of a fact')
  const segments = parsePath(value)
  if (segments === undefined) return reader.report({ code: 'bad-path', path, given: value.slice(0, 80) })
  const name = FORBIDDEN_NAMES.find((forbidden) => segments.includes(forbidden))
  if (name === undefined) return segments
  return reader.report({ code: 'forbidden-name', path, given: value.slice(0, 80), name })
}

const namesOf = (type: Type, prefix: string): string[] => {
  if (type.kind !== 'object') return [prefix]
  const inner = [...type.members].flatMap(([name, member]) =>
    namesOf(member, prefix === '' ? name : `${prefix}.${name}`),
  )
  return type.open && prefix !== '' ? [prefix, ...inner] : inner
}

/** Reads the `facts` of a definition. Issues go to the reader; `undefined` when there is no vocabulary to work with. */
export const readVocabulary = (
  reader: Reader<Issue>,
  value: unknown,
  path: string,
): VocabularyTable | undefined => {
  const root = readMembers(reader, value, path, 1)
  return root === undefined ? undefined : { root, names: namesOf(root, '') }
}

/**
 * Compiles the `facts` of a definition, for engines that hold many conditions under one vocabulary.
 *
 * @example
 * import { compileVocabulary } from '@clientele/core/condition'
 * compileVocabulary({ priority: { enum: ['urgent', 'normal'] } })._tag // => 'Right'
 * compileVocabulary({ priority: 'text' })._tag // => 'Left'
 *
 * @category compile
 */
export const compileVocabulary = (
  vocabulary: unknown,
  path: string = 'facts',
): Either<NonEmptyArray<Issue>, VocabularyTable> => {
  const reader = new Reader<Issue>()
  const table = readVocabulary(reader, vocabulary, path)
  const [first, ...rest] = reader.issues
  if (first !== undefined) return left([first, ...rest])
  return right(table ?? { root: ANY, names: [] })
}

/**
 * Compiles the `facts` that stand inside another definition: issues go to that definition's reader. `undefined` when there
 * are none, or after any issue.
 *
 * @example
 * import { Reader } from '@clientele/core'
 * import { type Issue, vocabularyWith } from '@clientele/core/condition'
 * const reader = new Reader<Issue>()
 * vocabularyWith(reader, { facts: { priority: 'text' } }) // => undefined
 * reader.issues[0]?.path // => 'facts.priority'
 *
 * @category compile
 */
export const vocabularyWith = (
  reader: { report(issue: Issue): undefined },
  definition: UnknownRecord,
): VocabularyTable | undefined => {
  const facts = Object.hasOwn(definition, 'facts') ? definition['facts'] : undefined
  if (facts === undefined) return undefined
  const compiled = compileVocabulary(facts, 'facts')
  if (compiled._tag === 'Right') return compiled.right
  for (const issue of compiled.left) reader.report(issue)
  return undefined
}

/** The type at a path within a type, `undefined` when the vocabulary has none there. */
export const typeAt = (type: Type, segments: readonly Segment[]): Type | undefined => {
  let at: Type | undefined = type
  for (const segment of segments) {
    if (at === undefined || at.kind === 'any') return at
    if (typeof segment === 'number') at = at.kind === 'list' ? at.element : undefined
    else if (at.kind !== 'object') return undefined
    else at = at.members.get(segment) ?? (at.open ? ANY : undefined)
  }
  return at
}

/** The names below a type, for elements of lists. */
export const memberNames = (type: Type, prefix: string): readonly string[] => namesOf(type, prefix)

const MOST_SHOWN = 12

/** A type in words. */
export const describeType = (type: Type): string => {
  switch (type.kind) {
    case 'string':
      return 'a text'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'true or false'
    case 'date':
      return 'a date'
    case 'list':
      return 'a list'
    case 'object':
      return 'an object'
    case 'any':
      return 'anything'
    case 'enum': {
      const shown: string[] = []
      for (const value of type.values) if (shown.push(describeValue(value)) === MOST_SHOWN) break
      return `one of ${shown.join(', ')}${type.values.size > shown.length ? ', …' : ''}`
    }
  }
}

/** The texts of an enum, one after another: it may have thousands. */
export function* textsOf(type: Type): Generator<string> {
  if (type.kind !== 'enum') return
  for (const value of type.values) if (typeof value === 'string') yield value
}

/** Whether a value may occur as a fact of the type. Members of objects and elements of lists are looked at too. */
export const occurs = (type: Type, value: unknown): boolean => {
  switch (type.kind) {
    case 'any':
      return true
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type.kind
    case 'date':
      return !Number.isNaN(firstMoment(value))
    case 'enum':
      return type.values.has(value as Scalar)
    case 'list':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
  }
}

const MOST_CHECKED = 100_000

/**
 * Holds facts against a vocabulary: an issue for each declared fact that is something else than declared. Facts that
 * are missing, `null` or not declared contradict nothing. Cost: O(declared facts present).
 *
 * @example
 * import { checkFacts, compileVocabulary } from '@clientele/core/condition'
 * const vocabulary = compileVocabulary({ priority: { enum: ['urgent', 'normal'] } })
 * if (vocabulary._tag === 'Right') checkFacts(vocabulary.right, { priority: 'urgnt' })[0]?.code // => 'wrong-constant'
 *
 * @category evaluate
 */
export const checkFacts = (
  vocabulary: VocabularyTable,
  facts: unknown,
  path: string = 'facts',
): readonly Issue[] => {
  const reader = new Reader<Issue>()
  const pending: { readonly type: Type; readonly value: unknown; readonly at: string }[] = []
  pending.push({ type: vocabulary.root, value: facts, at: path })
  for (let seen = 0; pending.length > 0 && seen < MOST_CHECKED && !reader.full; seen++) {
    const { type, value, at } = pending.pop()!
    if (value === null || value === undefined) continue
    if (!occurs(type, value)) {
      const near = typeof value === 'string' ? reader.suggest(value, textsOf(type)) : undefined
      const given = describeValue(value)
      reader.report({
        code: 'wrong-constant',
        path: at,
        fact: at,
        given,
        expected: describeType(type),
        nearest: near,
      })
    } else if (type.kind === 'list' && type.element.kind !== 'any') {
      for (const [i, element] of (value as readonly unknown[]).entries()) {
        if (pending.length < MOST_CHECKED)
          pending.push({ type: type.element, value: element, at: memberPath(at, i) })
      }
    } else if (type.kind === 'object') {
      const record = value as { readonly [name: string]: unknown }
      for (const [name, member] of type.members) {
        if (Object.hasOwn(record, name))
          pending.push({ type: member, value: record[name], at: memberPath(at, name) })
      }
    }
  }
  return reader.issues
}
