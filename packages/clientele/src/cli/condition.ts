// `clientele condition`: one condition and its facts a line; a third answer, `null`, is "unknown".

import { isLeft, left, type NonEmptyArray, right, type UnknownRecord } from '@clientele/core'
import * as Condition from '@clientele/core/condition'
import type { Answer } from './format.js'
import { LineReader } from './read-line.js'
import { type Engine, type LineVerb, lineError, type ToldIssue, told } from './verb.js'

/** Conditions compiled lately, by their text: a stream often asks the same one of many facts. */
const REMEMBERED = 256

type Compiled = ReturnType<typeof Condition.compile>

const compiler = (): ((condition: unknown) => Compiled) => {
  const known = new Map<string, Compiled>()
  return (condition) => {
    const text = JSON.stringify(condition)
    const found = known.get(text)
    if (found !== undefined) return found
    const made = Condition.compile(condition)
    if (known.size >= REMEMBERED) known.clear()
    known.set(text, made)
    return made
  }
}

const joinPath = (path: string): string =>
  path === '' ? 'condition' : path.startsWith('[') ? `condition${path}` : `condition.${path}`

const answer = (
  compiled: Compiled,
  line: LineReader,
  record: UnknownRecord,
  { explain }: { readonly explain: boolean },
): Answer => {
  if (isLeft(compiled)) {
    const [issue] = compiled.left
    return lineError(issue.code, Condition.message(issue), joinPath(issue.path))
  }
  const facts = line.record('facts')
  const at = record['at'] === undefined || record['at'] === null ? undefined : line.instant('at')
  if (line.failure !== undefined) return line.failure
  if (!explain) return { value: Condition.evaluate(compiled.right, facts, at) }
  const { verdict, ledger } = Condition.explain(compiled.right, facts, at)
  return { value: verdict, ledger }
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
    const compile = compiler()
    const fixed = definition === undefined ? undefined : Condition.compile(definition)
    if (fixed !== undefined && isLeft(fixed)) return left(told(fixed.left, Condition.message))
    return right({
      bytes: undefined,
      start: (how) => ({
        answer: (record) => {
          const line = new LineReader(record)
          if (fixed !== undefined) return [answer(fixed, line, record, how)]
          const condition = line.value('condition')
          return [
            condition === undefined ? (line.failure ?? {}) : answer(compile(condition), line, record, how),
          ]
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
