// Whether a condition holds of facts: unknown selects nothing. Answers are kept, since facts are asked over and over.

import type { Condition } from '@clientele/core/condition'
import { oracle } from '../../../core/test/condition.oracle.js'
import type { Facts } from '../../src/model.js'

const known = new WeakMap<Condition, WeakMap<Facts, boolean>>()

export const holds = (condition: Condition | undefined, facts: Facts): boolean => {
  if (condition === undefined) return true
  let answers = known.get(condition)
  if (answers === undefined) {
    answers = new WeakMap()
    known.set(condition, answers)
  }
  let answer = answers.get(facts)
  if (answer === undefined) {
    answer = oracle(condition as never, facts, Number.NaN) === true
    answers.set(facts, answer)
  }
  return answer
}
