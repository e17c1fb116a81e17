// The hot path: each part of a condition as a closure. Every operator has a literal of its own with the reading of the
// fact written out in it, because V8 keeps what it learns about a key with the literal: a shared reader is half as fast.

import { DAY, type Instant } from '../time.js'
import type { Operator, Quantifier, Scalar } from './model.js'
import * as operator from './operator.js'
import { readerOf } from './path.js'
import {
  type Access,
  FALSE,
  type Fact,
  type Frame,
  type Holder,
  type Side,
  type Ternary,
  type Test,
  TRUE,
  UNKNOWN,
} from './table.js'

const equalTest =
  ({ walk, key }: Access, constant: Scalar, yes: Ternary, no: Ternary): Test =>
  (facts, _, frame) => {
    const holder = walk === undefined ? facts : walk(facts, frame)
    if (holder === undefined || !Object.hasOwn(holder, key)) return UNKNOWN
    const value = holder[key]
    return value === constant ? yes : value === null || value === undefined ? UNKNOWN : no
  }

const lessTest =
  ({ walk, key }: Access, constant: number, yes: Ternary, no: Ternary): Test =>
  (facts, _, frame) => {
    const holder = walk === undefined ? facts : walk(facts, frame)
    if (holder === undefined || !Object.hasOwn(holder, key)) return UNKNOWN
    const value = holder[key]
    if (typeof value !== 'number') return UNKNOWN
    return value < constant ? yes : value >= constant ? no : UNKNOWN
  }

const atMostTest =
  ({ walk, key }: Access, constant: number, yes: Ternary, no: Ternary): Test =>
  (facts, _, frame) => {
    const holder = walk === undefined ? facts : walk(facts, frame)
    if (holder === undefined || !Object.hasOwn(holder, key)) return UNKNOWN
    const value = holder[key]
    if (typeof value !== 'number') return UNKNOWN
    return value <= constant ? yes : value > constant ? no : UNKNOWN
  }

/** Lists up to this long are searched from the front; longer ones are a Set. */
const SHORT_LIST = 8

const shortListTest =
  ({ walk, key }: Access, list: readonly Scalar[], yes: Ternary, no: Ternary): Test =>
  (facts, _, frame) => {
    const holder = walk === undefined ? facts : walk(facts, frame)
    if (holder === undefined || !Object.hasOwn(holder, key)) return UNKNOWN
    const value = holder[key]
    if (value === null || value === undefined) return UNKNOWN
    for (let i = 0; i < list.length; i++) if (list[i] === value) return yes
    return no
  }

const longListTest = ({ walk, key }: Access, list: readonly Scalar[], yes: Ternary, no: Ternary): Test => {
  const set: ReadonlySet<unknown> = new Set(list)
  return (facts, _, frame) => {
    const holder = walk === undefined ? facts : walk(facts, frame)
    if (holder === undefined || !Object.hasOwn(holder, key)) return UNKNOWN
    const value = holder[key]
    return value === null || value === undefined ? UNKNOWN : set.has(value) ? yes : no
  }
}

const oneOfTest = (access: Access, list: readonly Scalar[], yes: Ternary, no: Ternary): Test => {
  // equal to one of nothing: false, whatever the fact
  if (list.length === 0) return () => no
  return list.length <= SHORT_LIST
    ? shortListTest(access, list, yes, no)
    : longListTest(access, list, yes, no)
}

const containsTest =
  ({ walk, key }: Access, constant: Scalar): Test =>
  (facts, _, frame) => {
    const holder = walk === undefined ? facts : walk(facts, frame)
    if (holder === undefined || !Object.hasOwn(holder, key)) return UNKNOWN
    const value = holder[key]
    if (typeof value === 'string')
      return typeof constant !== 'string' ? UNKNOWN : value.includes(constant) ? TRUE : FALSE
    if (!Array.isArray(value)) return UNKNOWN
    for (let i = 0; i < value.length; i++) if (value[i] === constant) return TRUE
    return FALSE
  }

const existsTest =
  ({ walk, key }: Access, yes: Ternary, no: Ternary): Test =>
  (facts, _, frame) => {
    const holder = walk === undefined ? facts : walk(facts, frame)
    if (holder === undefined || !Object.hasOwn(holder, key)) return no
    const value = holder[key]
    return value === null || value === undefined ? no : yes
  }

/** A date before a constant's first moment. */
const beforeTest =
  ({ walk, key }: Access, limit: Instant): Test =>
  (facts, _, frame) => {
    const holder = walk === undefined ? facts : walk(facts, frame)
    if (holder === undefined || !Object.hasOwn(holder, key)) return UNKNOWN
    const value = holder[key]
    const start = operator.firstMoment(value)
    if (Number.isNaN(start)) return UNKNOWN
    return (operator.isCivil(value) ? start + DAY <= limit : start < limit) ? TRUE : FALSE
  }

type Compare = (left: unknown, right: unknown, at: Instant) => Ternary

/** Two sides of any kind, compared by the operator's meaning. */
const pairTest = (fact: Fact, side: Side, compare: Compare): Test => {
  const left = readerOf(fact.access)
  const right = side.kind === 'fact' ? readerOf(side.fact.access) : () => side.value
  return (facts, at, frame) => {
    const given = left(facts, frame)
    const expected = right(facts, frame)
    return given === undefined || expected === undefined ? UNKNOWN : compare(given, expected, at)
  }
}

/** `in` and `notIn` a list that is a fact: one of nothing is false even when the left side is missing. */
const oneOfFactTest = (fact: Fact, listFact: Fact, compare: Compare): Test => {
  const [left, right] = [readerOf(fact.access), readerOf(listFact.access)]
  return (facts, at, frame) => {
    const list = right(facts, frame)
    const given = left(facts, frame)
    if (list === undefined) return UNKNOWN
    const empty = Array.isArray(list) && list.length === 0
    return given === undefined && !empty ? UNKNOWN : compare(given, list, at)
  }
}

/** The orderings: each is the truth of "less" or "at most", or the opposite of one of them. */
const ORDERS = {
  lt: { numbers: lessTest, yes: TRUE, no: FALSE, compare: operator.less },
  gte: { numbers: lessTest, yes: FALSE, no: TRUE, compare: operator.atLeast },
  lte: { numbers: atMostTest, yes: TRUE, no: FALSE, compare: operator.atMost },
  gt: { numbers: atMostTest, yes: FALSE, no: TRUE, compare: operator.greater },
} as const

const orderTest = (fact: Fact, name: keyof typeof ORDERS, side: Side): Test => {
  const { numbers, yes, no, compare } = ORDERS[name]
  const constant = side.kind === 'constant' && typeof side.value === 'number' ? side.value : undefined
  return constant === undefined ? pairTest(fact, side, compare) : numbers(fact.access, constant, yes, no)
}

const PAIRS = {
  contains: operator.contains,
  startsWith: operator.startsWith,
  endsWith: operator.endsWith,
  before: operator.before,
  after: operator.after,
  within: operator.within,
} as const

/** The test of one operator on one fact. */
export const atomTest = (fact: Fact, name: Operator, sides: readonly Side[]): Test => {
  const side = sides[0]!
  const { access } = fact
  switch (name) {
    case 'eq':
      if (side.kind === 'fact') return pairTest(fact, side, operator.equal)
      return equalTest(access, side.value as Scalar, TRUE, FALSE)
    case 'ne':
      if (side.kind === 'fact') return pairTest(fact, side, operator.notEqual)
      return equalTest(access, side.value as Scalar, FALSE, TRUE)
    case 'in':
      if (side.kind === 'fact') return oneOfFactTest(fact, side.fact, operator.isOneOf)
      return oneOfTest(access, side.value as readonly Scalar[], TRUE, FALSE)
    case 'notIn':
      if (side.kind === 'fact') return oneOfFactTest(fact, side.fact, operator.isNoneOf)
      return oneOfTest(access, side.value as readonly Scalar[], FALSE, TRUE)
    case 'between':
      return allTest([orderTest(fact, 'gte', side), orderTest(fact, 'lte', sides[1]!)])
    case 'exists':
      return side.kind === 'constant' && side.value === true
        ? existsTest(access, TRUE, FALSE)
        : existsTest(access, FALSE, TRUE)
    case 'contains':
      return side.kind === 'fact'
        ? pairTest(fact, side, PAIRS[name])
        : containsTest(access, side.value as Scalar)
    case 'before':
      if (side.kind === 'fact') return pairTest(fact, side, PAIRS[name])
      return beforeTest(access, operator.firstMoment(side.value))
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return orderTest(fact, name, side)
    default:
      return pairTest(fact, side, PAIRS[name])
  }
}

/** Kleene's conjunction of two truths. False is 0, so a false side wins; true only when both are 1. */
const both = (left: Ternary, right: Ternary): Ternary => {
  if (left === FALSE || right === FALSE) return FALSE
  return left === TRUE && right === TRUE ? TRUE : UNKNOWN
}

/** All hold, asked from the left until one does not. */
export const allTest = (tests: readonly Test[]): Test => {
  const [a, b, c, d] = tests
  if (a === undefined) return () => TRUE
  if (b === undefined) return a
  if (c === undefined) {
    return (facts, at, frame) => {
      const first = a(facts, at, frame)
      return first === FALSE ? FALSE : both(first, b(facts, at, frame))
    }
  }
  if (d === undefined) return allTest([a, allTest([b, c])])
  if (tests.length === 4) {
    return (facts, at, frame) => {
      const first = a(facts, at, frame)
      if (first === FALSE) return FALSE
      const second = b(facts, at, frame)
      if (second === FALSE) return FALSE
      const third = c(facts, at, frame)
      if (third === FALSE) return FALSE
      const fourth = d(facts, at, frame)
      if (fourth === FALSE) return FALSE
      return first + second + third + fourth === 4 ? TRUE : UNKNOWN
    }
  }
  return (facts, at, frame) => {
    let result: Ternary = TRUE
    for (let i = 0; i < tests.length; i++) {
      const part = tests[i]!(facts, at, frame)
      if (part === FALSE) return FALSE
      if (part === UNKNOWN) result = UNKNOWN
    }
    return result
  }
}

/** One holds, asked from the left until one does. */
export const anyTest = (tests: readonly Test[]): Test => {
  const [a, b, c] = tests
  if (a === undefined) return () => FALSE
  if (b === undefined) return a
  if (c === undefined) {
    return (facts, at, frame) => {
      const first = a(facts, at, frame)
      if (first === TRUE) return TRUE
      const second = b(facts, at, frame)
      if (second === TRUE) return TRUE
      return first === UNKNOWN ? UNKNOWN : second
    }
  }
  return (facts, at, frame) => {
    let result: Ternary = FALSE
    for (let i = 0; i < tests.length; i++) {
      const part = tests[i]!(facts, at, frame)
      if (part === TRUE) return TRUE
      if (part === UNKNOWN) result = UNKNOWN
    }
    return result
  }
}

/** The part does not hold. */
export const notTest =
  (test: Test): Test =>
  (facts, at, frame) => {
    const part = test(facts, at, frame)
    return part === UNKNOWN ? UNKNOWN : part === TRUE ? FALSE : TRUE
  }

/** Which truth of an element ends the search, and what the search then says, and otherwise. */
const QUANTIFIERS: {
  readonly [Q in Quantifier]: { readonly stop: Ternary; readonly stopped: Ternary; readonly passed: Ternary }
} = {
  some: { stop: TRUE, stopped: TRUE, passed: FALSE },
  every: { stop: FALSE, stopped: FALSE, passed: TRUE },
  none: { stop: TRUE, stopped: FALSE, passed: TRUE },
}

/**
 * Asks each element of a list until one decides. `cost` tests are taken from the frame's steps per element, so nested
 * lists cannot hang: at the end of the budget the answer is unknown.
 */
export const elementsTest = (
  quantifier: Quantifier,
  list: Fact,
  slot: number,
  where: Test,
  cost: number,
): Test => {
  const read = readerOf(list.access)
  const { stop, stopped, passed } = QUANTIFIERS[quantifier]
  return (facts: Holder, at: Instant, frame: Frame) => {
    const elements = read(facts, frame)
    if (!Array.isArray(elements)) return UNKNOWN
    let result: Ternary = passed
    for (let i = 0; i < elements.length; i++) {
      frame.steps -= cost
      if (frame.steps < 0) return UNKNOWN
      frame.elements[slot] = elements[i]
      const part = where(facts, at, frame)
      if (part === stop) return stopped
      if (part === UNKNOWN) result = UNKNOWN
    }
    return result
  }
}
