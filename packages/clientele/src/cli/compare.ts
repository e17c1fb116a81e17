// Compares an answer with the part of it that was expected: objects may hold more than expected, lists may not.

import { memberPath } from '@clientele/core'

/** One place where an answer is not what was expected; `given` is absent where there is nothing. */
export interface Difference {
  readonly path: string
  readonly expected: unknown
  readonly given: unknown
}

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deeper expectations are compared as a whole. */
const DEEPEST = 64

/** All differences, in the order of the expectation. */
export const differences = (
  expected: unknown,
  given: unknown,
  path = '',
  depth = 0,
): readonly Difference[] => {
  if (depth < DEEPEST && isRecord(expected) && isRecord(given)) {
    return Object.keys(expected).flatMap((key) => {
      const there = Object.hasOwn(given, key) ? given[key] : undefined
      return differences(expected[key], there, memberPath(path, key), depth + 1)
    })
  }
  if (depth < DEEPEST && Array.isArray(expected) && Array.isArray(given)) {
    const longest = Math.max(expected.length, given.length)
    return Array.from({ length: longest }, (_, i) => {
      const at = memberPath(path, i)
      if (i >= expected.length) return [{ path: at, expected: undefined, given: given[i] }]
      return differences(expected[i], given[i], at, depth + 1)
    }).flat()
  }
  const equal = expected === given || JSON.stringify(expected) === JSON.stringify(given)
  return equal ? [] : [{ path, expected, given }]
}
