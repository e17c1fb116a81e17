// Reading the fact a condition names, and the state of one compilation. Nothing here throws for any value.

import type { Reader } from '../reader.js'
import type { Issue } from './issue.js'
import type { Budget } from './model.js'
import { accessOf, elementAccessOf } from './path.js'
import type { Fact } from './table.js'
import { memberNames, readPath, type Type, typeAt, type VocabularyTable } from './vocabulary.js'

/** What a name inside `where` stands for. */
export interface Bound {
  readonly slot: number
  readonly type: Type | undefined
}
/** The names that stand for elements. */
export type Scope = ReadonlyMap<string, Bound>

/** One compilation. */
export interface Work {
  readonly reader: Reader<Issue>
  readonly budget: Budget
  readonly vocabulary: VocabularyTable | undefined
  /** First names that need no declaration. */
  readonly undeclared: readonly string[]
  /** Keys that the outermost part may carry besides its own. */
  readonly header: readonly string[]
  /** The facts asked so far. */
  readonly paths: Set<string>
  nodes: number
  constants: number
  slots: number
  /** A budget is spent: nothing more is read. */
  spent: boolean
}

/** A fact with what the vocabulary says of it. */
export interface TypedFact {
  readonly fact: Fact
  readonly type: Type | undefined
}

/** Says that a budget is spent, after which nothing more is read. */
export const spend = (work: Work, issue: Issue): undefined => {
  work.spent = true
  return work.reader.report(issue)
}

/** A fact by its path: of the element that its first name is bound to, else of the facts. */
export const readFact = (work: Work, value: unknown, path: string, scope: Scope): TypedFact | undefined => {
  const { reader, vocabulary } = work
  const segments = readPath(reader, value, path)
  if (segments === undefined) return undefined
  const [first, ...rest] = segments
  const text = value as string
  const bound = scope.get(first)
  if (bound !== undefined) {
    const type = bound.type === undefined ? undefined : typeAt(bound.type, rest)
    const fact = { path: text, access: elementAccessOf(bound.slot, rest), slot: bound.slot }
    if (bound.type === undefined || type !== undefined) return { fact, type }
    const near = reader.suggest(text, memberNames(bound.type, first))
    return reader.report({ code: 'unknown-fact', path, fact: text.slice(0, 80), nearest: near })
  }
  const fact = { path: text, access: accessOf(segments), slot: -1 }
  work.paths.add(text)
  if (vocabulary === undefined || work.undeclared.includes(first)) return { fact, type: undefined }
  const type = typeAt(vocabulary.root, segments)
  if (type !== undefined) return { fact, type }
  return reader.report({
    code: 'unknown-fact',
    path,
    fact: text.slice(0, 80),
    nearest: reader.suggest(text, vocabulary.names),
  })
}
