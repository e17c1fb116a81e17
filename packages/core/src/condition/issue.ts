// What can be wrong with a condition beyond its shape, and the one place where that becomes a sentence.

import { type ShapeIssue, shapeMessage } from '../issue.js'

/**
 * One thing wrong with a condition, a vocabulary, or facts that contradict one.
 *
 * @category definitions
 */
export type Issue =
  | ShapeIssue
  | { readonly code: 'no-condition'; readonly path: string; readonly known: readonly string[] }
  | { readonly code: 'mixed-condition'; readonly path: string; readonly keys: readonly string[] }
  | {
      readonly code: 'no-operator'
      readonly path: string
      readonly fact: string
      readonly known: readonly string[]
    }
  | { readonly code: 'bad-path'; readonly path: string; readonly given: string }
  | { readonly code: 'forbidden-name'; readonly path: string; readonly given: string; readonly name: string }
  | {
      readonly code: 'unknown-fact'
      readonly path: string
      readonly fact: string
      readonly nearest: string | undefined
    }
  | {
      readonly code: 'wrong-operator'
      readonly path: string
      readonly fact: string
      readonly type: string
      readonly operator: string
      readonly known: readonly string[]
    }
  | {
      readonly code: 'wrong-constant'
      readonly path: string
      readonly fact: string
      readonly given: string
      readonly expected: string
      readonly nearest: string | undefined
    }

/**
 * The sentence of an issue, without its path.
 *
 * @example
 * import { message } from '@clientele/core/condition'
 * message({ code: 'unknown-fact', path: 'fact', fact: 'priorty', nearest: 'priority' })
 * // => 'the vocabulary has no fact "priorty"; did you mean "priority"?'
 *
 * @category definitions
 */
export const message = (issue: Issue): string => {
  switch (issue.code) {
    case 'no-condition':
      return `no condition; it has one of ${issue.known.join(', ')}`
    case 'mixed-condition':
      return `${issue.keys.join(' and ')} cannot stand side by side; put them into "all" or "any"`
    case 'no-operator':
      return `nothing is asked of "${issue.fact}"; operators are ${issue.known.join(', ')}`
    case 'bad-path':
      return `"${issue.given}" is no path of a fact; write "customer.value" or "lines[0].price"`
    case 'forbidden-name':
      return `"${issue.name}" in "${issue.given}" cannot be the name of a fact`
    case 'unknown-fact':
      return `the vocabulary has no fact "${issue.fact}"${issue.nearest === undefined ? '' : `; did you mean "${issue.nearest}"?`}`
    case 'wrong-operator':
      return `"${issue.operator}" says nothing of "${issue.fact}", ${issue.type}; it takes ${issue.known.join(', ')}`
    case 'wrong-constant':
      return `"${issue.fact}" is ${issue.expected}, never ${issue.given}${issue.nearest === undefined ? '' : `; did you mean "${issue.nearest}"?`}`
    default:
      return shapeMessage(issue)
  }
}
