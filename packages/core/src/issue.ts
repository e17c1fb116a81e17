// What can be wrong with the shape of any definition, and how issues become sentences.
// What is wrong with the meaning of a calendar or a policy lives in that engine's own `issue.ts`.

/**
 * One thing wrong with a definition. Every engine has a closed union of these; all are collected, none thrown.
 *
 * @category definitions
 */
export interface Issue {
  /** A stable code, e.g. `unknown-key`. */
  readonly code: string
  /** Where in the definition, e.g. `clocks[0].targets[1].within`; the empty string is the whole of it. */
  readonly path: string
}

/**
 * The issues of form that every engine shares: wrong types, misspelt keys, values that do not parse.
 *
 * @category definitions
 */
export type ShapeIssue =
  | { readonly code: 'wrong-type'; readonly path: string; readonly given: string; readonly expected: string }
  | {
      readonly code: 'unknown-key'
      readonly path: string
      readonly key: string
      readonly nearest: string | undefined
      readonly known: readonly string[]
    }
  | { readonly code: 'missing-key'; readonly path: string; readonly key: string }
  | {
      readonly code: 'bad-value'
      readonly path: string
      readonly given: string
      readonly expected: string
      readonly nearest: string | undefined
    }
  | {
      readonly code: 'unknown-zone'
      readonly path: string
      readonly given: string
      readonly nearest: string | undefined
    }
  | {
      readonly code: 'unsupported-version'
      readonly path: string
      readonly given: number
      readonly newest: number
    }
  | { readonly code: 'too-deep'; readonly path: string; readonly limit: number }
  | { readonly code: 'too-large'; readonly path: string; readonly what: string; readonly limit: number }
  | { readonly code: 'duplicate-id'; readonly path: string; readonly id: string; readonly first: string }
  | { readonly code: 'bad-bytes'; readonly path: string; readonly given: string; readonly expected: string }

const suggestion = (name: string | undefined): string =>
  name === undefined ? '' : `; did you mean "${name}"?`

/**
 * The sentence of a shape issue, without its path.
 *
 * @example
 * import { shapeMessage } from '@clientele/core'
 * shapeMessage({ code: 'missing-key', path: '', key: 'timeZone' }) // => 'the key "timeZone" is missing'
 *
 * @category definitions
 */
export const shapeMessage = (issue: ShapeIssue): string => {
  switch (issue.code) {
    case 'wrong-type':
      return `expected ${issue.expected}, given ${issue.given}`
    case 'unknown-key':
      return `unknown key "${issue.key}"${suggestion(issue.nearest) || `; known keys are ${issue.known.join(', ')}`}`
    case 'missing-key':
      return `the key "${issue.key}" is missing`
    case 'bad-value':
      return `expected ${issue.expected}, given ${issue.given}${suggestion(issue.nearest)}`
    case 'unknown-zone':
      return `"${issue.given}" is not a known IANA time zone${suggestion(issue.nearest)}`
    case 'unsupported-version':
      return `version ${issue.given} of this form is not known here; the newest is ${issue.newest}`
    case 'too-deep':
      return `nested deeper than ${issue.limit} levels`
    case 'too-large':
      return `more than ${issue.limit} ${issue.what}`
    case 'duplicate-id':
      return `the id "${issue.id}" is taken already by ${issue.first}`
    case 'bad-bytes':
      return `expected ${issue.expected}, given ${issue.given}`
  }
}

/**
 * All issues as text for people, one a line: path, then sentence.
 *
 * @example
 * import { renderIssues, shapeMessage } from '@clientele/core'
 * renderIssues([{ code: 'missing-key', path: 'clocks[0]', key: 'id' }], shapeMessage)
 * // => 'clocks[0]: the key "id" is missing'
 *
 * @category definitions
 */
export const renderIssues = <I extends Issue>(issues: readonly I[], message: (issue: I) => string): string =>
  issues.map((issue) => `${issue.path === '' ? '(definition)' : issue.path}: ${message(issue)}`).join('\n')

/**
 * The result, or a `TypeError` that prints every issue with its path, what was given, what was expected and
 * the nearest valid name. The shared half of every engine's `compileOrThrow`, for scripts and tests.
 *
 * @example
 * import { orThrow, right, shapeMessage } from '@clientele/core'
 * orThrow(right(42), 'the answer', shapeMessage) // => 42
 *
 * @category compile
 */
export const orThrow = <I extends Issue, A>(
  result:
    | { readonly _tag: 'Left'; readonly left: readonly I[] }
    | { readonly _tag: 'Right'; readonly right: A },
  what: string,
  message: (issue: I) => string,
): A => {
  if (result._tag === 'Right') return result.right
  const count = result.left.length === 1 ? 'one issue' : `${result.left.length} issues`
  throw new TypeError(`${what} does not compile, ${count}:\n${renderIssues(result.left, message)}`)
}
