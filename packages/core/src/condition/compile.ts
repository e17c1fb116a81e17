// Definition → table. Every issue is collected, none thrown; a definition over budget is refused at once.

import { type Either, left, type NonEmptyArray, right } from '../either.js'
import { orThrow } from '../issue.js'
import { Reader, type UnknownRecord } from '../reader.js'
import type { Work } from './fact.js'
import { type Issue, message } from './issue.js'
import type { Budget, Definition, Vocabulary } from './model.js'
import { readNode } from './read.js'
import { isRecord } from './side.js'
import type { Table } from './table.js'
import { compileVocabulary, readVocabulary, type VocabularyTable } from './vocabulary.js'

/**
 * What a definition may cost unless told otherwise.
 *
 * @example
 * import { DEFAULT_BUDGET } from '@clientele/core/condition'
 * DEFAULT_BUDGET.depth // => 64
 *
 * @category compile
 */
export const DEFAULT_BUDGET: Budget = { depth: 64, nodes: 10_000, list: 10_000, constants: 100_000 }

/** The newest version of this form. */
const VERSION = 1
const HEADER = ['$schema', 'version', 'facts'] as const

/** How a condition is compiled. @category compile */
export interface Options {
  /** The facts that may be asked. The definition's own `facts` come before it. */
  readonly vocabulary?: Vocabulary | VocabularyTable | undefined
  /** What the definition may cost; a part left out has the value of {@link DEFAULT_BUDGET}. */
  readonly budget?: Partial<Budget> | undefined
  /** First names that need no declaration because the engine supplies them, such as `event`. */
  readonly undeclared?: readonly string[] | undefined
}

const isCompiled = (vocabulary: Vocabulary | VocabularyTable): vocabulary is VocabularyTable =>
  Array.isArray((vocabulary as VocabularyTable).names)

/** The vocabulary of the options; what is wrong with it is reported under `vocabulary`. */
const vocabularyOf = (reader: Reader<Issue>, { vocabulary }: Options): VocabularyTable | undefined => {
  if (vocabulary === undefined || isCompiled(vocabulary)) return vocabulary
  const compiled = compileVocabulary(vocabulary, 'vocabulary')
  if (compiled._tag === 'Right') return compiled.right
  for (const issue of compiled.left) reader.report(issue)
  return undefined
}

const workOf = (
  reader: Reader<Issue>,
  options: Options,
  vocabulary: VocabularyTable | undefined,
  header: readonly string[],
): Work => ({
  reader,
  budget: { ...DEFAULT_BUDGET, ...options.budget },
  vocabulary,
  undeclared: options.undeclared ?? [],
  header,
  paths: new Set(),
  nodes: 0,
  constants: 0,
  slots: 0,
  spent: false,
})

const finish = (work: Work, value: unknown, path: string): Either<NonEmptyArray<Issue>, Table> => {
  const root = readNode(work, value, path, 1, new Map())
  const [first, ...rest] = work.reader.issues
  if (first !== undefined) return left([first, ...rest])
  if (root === undefined) throw new RangeError('a condition was refused without an issue')
  return right(Object.freeze({ root, slots: work.slots, paths: Object.freeze([...work.paths]) }))
}

/**
 * Compiles a condition. All that is wrong with it is collected, each issue with its path; any value at all is either
 * compiled or refused, in time proportional to its size.
 *
 * @example
 * import { compile } from '@clientele/core/condition'
 * compile({ fact: 'priority', eq: 'urgent' })._tag // => 'Right'
 * compile({ fact: 'priority', equals: 'urgent' })._tag // => 'Left'
 *
 * @category compile
 */
export const compile = (definition: unknown, options: Options = {}): Either<NonEmptyArray<Issue>, Table> => {
  const reader = new Reader<Issue>()
  let vocabulary = vocabularyOf(reader, options)
  if (isRecord(definition)) {
    const record = definition as UnknownRecord
    const named = reader.member(record, '$schema')
    if (named !== undefined && typeof named !== 'string') reader.wrongType(named, '$schema', 'a text')
    reader.version(record, '', VERSION)
    const facts = reader.member(record, 'facts')
    if (facts !== undefined) vocabulary = readVocabulary(reader, facts, 'facts') ?? vocabulary
  }
  return finish(workOf(reader, options, vocabulary, HEADER), definition, '')
}

/**
 * The compiled condition, or a `TypeError` that prints every issue: for scripts and tests.
 *
 * @example
 * import { compileOrThrow, evaluate } from '@clientele/core/condition'
 * const urgent = compileOrThrow({ fact: 'priority', eq: 'urgent' })
 * evaluate(urgent, { priority: 'urgent' }) // => true
 *
 * @category compile
 */
export const compileOrThrow = (definition: Definition, options: Options = {}): Table =>
  orThrow(compile(definition, options), 'the condition', message)

/**
 * Compiles a condition that stands inside another definition: issues go to that definition's reader, with `path` in
 * front. `undefined` after any.
 *
 * @example
 * import { Reader } from '@clientele/core'
 * import { compileWith, type Issue } from '@clientele/core/condition'
 * const reader = new Reader<Issue>()
 * compileWith(reader, { fact: 'state', equals: 'new' }, 'pause.while') // => undefined
 * reader.issues[0]?.path // => 'pause.while'
 *
 * @category compile
 */
export const compileWith = (
  reader: { report(issue: Issue): undefined },
  value: unknown,
  path: string,
  options: Options = {},
): Table | undefined => {
  const own = new Reader<Issue>()
  const compiled = finish(workOf(own, options, vocabularyOf(own, options), []), value, path)
  if (compiled._tag === 'Right') return compiled.right
  for (const issue of compiled.left) reader.report(issue)
  return undefined
}

/**
 * The paths of the facts that a condition asks, in order of first appearance. Fields of list elements are not among
 * them; their list is.
 *
 * @example
 * import { compileOrThrow, factPaths } from '@clientele/core/condition'
 * factPaths(compileOrThrow({ fact: 'agent.region', eq: { fact: 'task.region' } }))
 * // => ['agent.region', 'task.region']
 *
 * @category compile
 */
export const factPaths = ({ paths }: Table): readonly string[] => paths
