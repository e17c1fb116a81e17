// Conditions: one tree of JSON for all engines, compiled with budgets, three-valued, explained.

export type { Options } from './compile.js'
export { compile, compileOrThrow, compileWith, DEFAULT_BUDGET, factPaths } from './compile.js'
export { evaluate, evaluateInto } from './evaluate.js'
export type { Issue } from './issue.js'
export { message } from './issue.js'
export type {
  All,
  Any,
  Budget,
  Condition,
  Definition,
  Every,
  FactRef,
  FactType,
  Header,
  Labelled,
  Leaf,
  None,
  Not,
  Operand,
  Operator,
  Quantified,
  Quantifier,
  Scalar,
  Some,
  Tests,
  Truth,
  Vocabulary,
} from './model.js'
export { OPERATORS } from './model.js'
export type { Table, Ternary } from './table.js'
export { FALSE, TRUE, UNKNOWN } from './table.js'
export type { VocabularyTable } from './vocabulary.js'
export { checkFacts, compileVocabulary } from './vocabulary.js'
