// `clientele condition`: one condition and its facts a line; a third answer, `null`, is "unknown".

import { type Either, isLeft, left, type NonEmptyArray, right, type UnknownRecord } from '@clientele/core'
import * as Condition from '@clientele/core/condition'
import type { Answer } from './format.js'
import { LineReader } from './read-line.js'
import { type Engine, type LineVerb, lineError, type ToldIssue, told } from './verb.js'

/** Conditions compiled lately, by their text: a stream often asks the same one of many facts. */
const REMEMBERED = 256

/** A condition ready to be asked, with the facts it declares. */
interface Ready {
  readonly table: Condition.Table
  readonly vocabulary: Condition.VocabularyTable | undefined
}

type Compiled = Either<NonEmptyArray<Condition.Issue>, Ready>

const ready = (condition: unknown): Compiled => {
  const table = Condition.compile(condition)
  if (isLeft(table)) return table
  const facts = (condition as UnknownRecord)['facts']
  const vocabulary = facts === undefined ? undefined : Condition.compileVocabulary(facts)
  if (vocabulary !== undefined && isLeft(vocabulary)) return vocabulary
  return right({ table: table.right, vocabulary: vocabulary?.right })
}

/** Longer conditions are compiled each time, so that hostile ones cannot fill memory. */
const LONGEST_REMEMBERED = 20_000

/** The text by which a condition is remembered; none when it is too long, or too deep to be written. */
const textOf = (condition: unknown): string | undefined => {
  try {
    const text = JSON.stringify(condition)
    return text.length > LONGEST_REMEMBERED ? undefined : text
  } catch {
    return undefined
  }
}

const compiler = (): ((condition: unknown) => Compiled) => {
  const known = new Map<string, Compiled>()
  return (condition) => {
    const text = textOf(condition)
    const found = text === undefined ? undefined : known.get(text)
    if (found !== undefined) return found
    const made = ready(condition)
    if (known.size >= REMEMBERED) known.clear()
    if (text !== undefined) known.set(text, made)
    return made
  }
}

const joinPath = (path: string): string =>
  path === '' ? 'condition' : path.startsWith('[') ? `condition${path}` : `condition.${path}`

const answer = (
  { table, vocabulary }: Ready,
  line: LineReader,
  { explain }: { readonly explain: boolean },
): Answer => {
  const facts = line.record('facts')
  const at = line.has('at') ? line.instant('at') : undefined
  if (line.failure !== undefined) return line.failure
  const contradiction = vocabulary === undefined ? undefined : Condition.checkFacts(vocabulary, facts)[0]
  if (contradiction !== undefined) {
    return lineError(contradiction.code, Condition.message(contradiction), contradiction.path)
  }
  if (!explain) return { value: Condition.evaluate(table, facts, at) }
  const { verdict, ledger } = Condition.explain(table, facts, at)
  return { value: verdict, ledger }
}

/** The answer to a line that brings its own condition. */
const answerOwn = (
  compile: (condition: unknown) => Compiled,
  line: LineReader,
  how: { readonly explain: boolean },
): Answer => {
  const condition = line.value('condition')
  if (condition === undefined) return line.failure ?? {}
  const compiled = compile(condition)
  if (!isLeft(compiled)) return answer(compiled.right, line, how)
  const [issue] = compiled.left
  return lineError(issue.code, Condition.message(issue), joinPath(issue.path))
}

const refuseDialect = (dialect: string): NonEmptyArray<ToldIssue> => [
  {
    code: 'unknown-dialect',
    path: '',
    message: `the dialect "${dialect}" is not here yet; there is json, the tree of conditions`,
  },
]

const evaluate: LineVerb = {
  kind: 'lines',
  name: 'eval',
  about:
    'evaluate conditions, one a line: {"condition", "facts", "at"?} gives true, false, or null for unknown',
  definition: { name: 'condition.json', need: 'optional' },
  options: [{ flags: '--dialect <dialect>', about: 'how conditions are written: json' }],
  example: {
    command: 'condition eval',
    input: [
      '{"condition":{"fact":"age","gte":18},"facts":{"age":42}}',
      '{"condition":{"fact":"age","gte":18},"facts":{}}',
    ],
    prints: ['{"value":true}', '{"value":null}'],
  },
  speaks: 'by-line',
  open: async (definition, { dialect = 'json' }) => {
    if (dialect !== 'json') return left(refuseDialect(dialect))
    const fixed = definition === undefined ? undefined : ready(definition)
    if (fixed !== undefined && isLeft(fixed)) return left(told(fixed.left, Condition.message))
    const compile = compiler()
    return right({
      bytes: undefined,
      start: (how) => ({
        answer: (record) => {
          const line = new LineReader(record)
          return [fixed === undefined ? answerOwn(compile, line, how) : answer(fixed.right, line, how)]
        },
        end: () => [],
      }),
    })
  },
}

/** The conditions' verbs. */
export const CONDITION: Engine = {
  name: 'condition',
  about: 'the tree of conditions that every engine uses, with three-valued logic',
  verbs: [evaluate],
  main: evaluate,
  testExample: {
    files: {
      'condition.json': { fact: 'age', gte: 18 },
      'cases.ndjson': '{"facts":{"age":42},"expect":{"value":true}}',
    },
    command: 'condition test condition.json cases.ndjson',
    prints: ['{"passed":1,"failed":0}'],
  },
}
