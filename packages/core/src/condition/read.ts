// Reading the tree: one kind of condition per function. Recursion is bounded by the depth budget before it happens.

import { memberPath, type UnknownRecord } from '../reader.js'
import { checkAtom, checkList } from './check.js'
import { allTest, anyTest, atomTest, elementsTest, notTest } from './closure.js'
import { readFact, type Scope, spend, type Work } from './fact.js'
import { OPERATORS, type Quantifier } from './model.js'
import { isRecord, readSides } from './side.js'
import type { AtomNode, Node } from './table.js'
import { readPath } from './vocabulary.js'

const KINDS = ['all', 'any', 'not', 'fact', 'some', 'every', 'none'] as const
const EXTRA = ['label', 'meta'] as const
const LEAF_KEYS: readonly string[] = ['fact', ...OPERATORS, ...EXTRA]
const KEYS = {
  all: ['all', ...EXTRA],
  any: ['any', ...EXTRA],
  not: ['not', ...EXTRA],
  fact: LEAF_KEYS,
  some: ['some', 'as', 'where', ...EXTRA],
  every: ['every', 'as', 'where', ...EXTRA],
  none: ['none', 'as', 'where', ...EXTRA],
} as const
const ALL_KEYS = [...KINDS, ...OPERATORS, 'as', 'where', ...EXTRA]

/** What the author calls a part. */
const labelOf = ({ reader }: Work, record: UnknownRecord, path: string): string | undefined => {
  const label = reader.member(record, 'label')
  return label === undefined ? undefined : reader.text(label, memberPath(path, 'label'))
}

const readLeaf = (work: Work, record: UnknownRecord, path: string, scope: Scope): Node | undefined => {
  const { reader } = work
  const label = labelOf(work, record, path)
  const found = readFact(work, record['fact'], memberPath(path, 'fact'), scope)
  const atoms: AtomNode[] = []
  let asked = 0
  for (const operator of OPERATORS) {
    if (work.spent || !Object.hasOwn(record, operator)) continue
    asked++
    const ref = memberPath(path, operator)
    const sides = readSides(work, operator, record[operator], ref, scope)
    if (found === undefined || sides.length === 0) continue
    const { fact, type } = found
    if (type !== undefined) checkAtom(reader, fact.path, type, operator, sides, ref)
    const plain = sides.map(({ side }) => side)
    atoms.push({
      kind: 'atom',
      fact,
      operator,
      sides: plain,
      ref,
      label,
      test: atomTest(fact, operator, plain),
    })
  }
  // an unknown key is a misspelt operator, and said already
  const misspelt = Object.keys(record).some((key) => !LEAF_KEYS.includes(key) && !work.header.includes(key))
  if (asked === 0 && !misspelt && found !== undefined) {
    return reader.report({ code: 'no-operator', path, fact: found.fact.path, known: OPERATORS })
  }
  const [first, second] = atoms
  if (first === undefined || second === undefined) return first
  const parts = atoms.map((atom): AtomNode => ({ ...atom, label: undefined }))
  return { kind: 'all', parts, ref: path, label, test: allTest(parts.map(({ test }) => test)) }
}

const readParts = (
  work: Work,
  record: UnknownRecord,
  kind: 'all' | 'any',
  path: string,
  depth: number,
  scope: Scope,
) => {
  const label = labelOf(work, record, path)
  const at = memberPath(path, kind)
  const given = record[kind]
  if (!Array.isArray(given)) return work.reader.wrongType(given, at, 'a list of conditions')
  if (given.length > work.budget.nodes - work.nodes) {
    return spend(work, { code: 'too-large', path: at, what: 'conditions', limit: work.budget.nodes })
  }
  const parts: Node[] = []
  for (let i = 0; i < given.length && !work.spent; i++) {
    const part = readNode(work, given[i], memberPath(at, i), depth + 1, scope)
    if (part !== undefined) parts.push(part)
  }
  const tests = parts.map(({ test }) => test)
  return { kind, parts, ref: path, label, test: kind === 'all' ? allTest(tests) : anyTest(tests) }
}

const readNot = (
  work: Work,
  record: UnknownRecord,
  path: string,
  depth: number,
  scope: Scope,
): Node | undefined => {
  const label = labelOf(work, record, path)
  const part = readNode(work, record['not'], memberPath(path, 'not'), depth + 1, scope)
  return part && { kind: 'not', part, ref: path, label, test: notTest(part.test) }
}

const NAME = /^[^.[\]]{1,80}$/u

const readElements = (
  work: Work,
  record: UnknownRecord,
  kind: Quantifier,
  path: string,
  depth: number,
  scope: Scope,
): Node | undefined => {
  const { reader } = work
  const label = labelOf(work, record, path)
  const at = memberPath(path, kind)
  const found = readFact(work, record[kind], at, scope)
  const as = reader.required(record, 'as', path)
  const where = reader.required(record, 'where', path)
  const type = found?.type
  if (found !== undefined && type !== undefined) checkList(reader, found.fact.path, type, kind, at)
  if (as === undefined || where === undefined) return undefined
  if (typeof as !== 'string' || !NAME.test(as)) {
    return reader.badValue(as, memberPath(path, 'as'), 'one name for the element, without dots and brackets')
  }
  if (readPath(reader, as, memberPath(path, 'as')) === undefined) return undefined
  const slot = work.slots++
  const element =
    type === undefined ? undefined : type.kind === 'list' ? type.element : ({ kind: 'any' } as const)
  const inner = new Map(scope).set(as, { slot, type: element })
  const before = work.nodes
  const part = readNode(work, where, memberPath(path, 'where'), depth + 1, inner)
  if (part === undefined || found === undefined) return undefined
  const test = elementsTest(kind, found.fact, slot, part.test, work.nodes - before)
  return { kind, list: found.fact, as, slot, where: part, ref: path, label, test }
}

/** Says what is wrong with an object that is no one kind of condition. */
const reportKind = (work: Work, record: UnknownRecord, kinds: readonly string[], path: string): undefined => {
  const { reader } = work
  if (kinds.length > 1) return reader.report({ code: 'mixed-condition', path, keys: kinds })
  const before = reader.issues.length
  reader.object(record, path, [...ALL_KEYS, ...work.header])
  if (reader.issues.length > before) return undefined
  if (OPERATORS.some((key) => Object.hasOwn(record, key)))
    reader.report({ code: 'missing-key', path, key: 'fact' })
  else reader.report({ code: 'no-condition', path, known: KINDS })
  return undefined
}

/** Reads a condition at a level of nesting; `undefined` after saying why not. */
export const readNode = (
  work: Work,
  value: unknown,
  path: string,
  depth: number,
  scope: Scope,
): Node | undefined => {
  const { reader, budget } = work
  if (work.spent) return undefined
  if (depth > budget.depth) return spend(work, { code: 'too-deep', path, limit: budget.depth })
  if (++work.nodes > budget.nodes) {
    return spend(work, { code: 'too-large', path, what: 'conditions', limit: budget.nodes })
  }
  if (!isRecord(value))
    return reader.wrongType(value, path, 'a condition such as { "fact": "priority", "eq": "urgent" }')
  const record = value as UnknownRecord
  const kinds = KINDS.filter((kind) => Object.hasOwn(record, kind))
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1) return reportKind(work, record, kinds, path)
  reader.object(record, path, depth === 1 ? [...KEYS[kind], ...work.header] : KEYS[kind])
  switch (kind) {
    case 'all':
    case 'any':
      return readParts(work, record, kind, path, depth, scope)
    case 'not':
      return readNot(work, record, path, depth, scope)
    case 'fact':
      return readLeaf(work, record, path, scope)
    default:
      return readElements(work, record, kind, path, depth, scope)
  }
}
