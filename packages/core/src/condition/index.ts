// Conditions: one tree of JSON for all engines, compiled with budgets, three-valued, explained.

export type {
  Anything,
  Askable,
  AskableOf,
  Comparable,
  Dated,
  FactsBuilder,
  Listed,
  Ordered,
  ScalarOf,
  Textual,
} from './builder.js'
export { all, any, every, fact, facts, labelled, none, not, some } from './builder.js'
export type { Options } from './compile.js'
export { compile, compileOrThrow, compileWith, DEFAULT_BUDGET, factPaths } from './compile.js'
export { evaluate, evaluateInto } from './evaluate.js'
export { explain } from './explain.js'
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
export type { Atom, AtomOperator, Conjunction, Literal, NormalForm } from './normal.js'
export { normalForm } from './normal.js'
export { schema } from './schema.js'
export type { Table, Ternary } from './table.js'
export { FALSE, TRUE, UNKNOWN } from './table.js'
export type { VocabularyTable } from './vocabulary.js'
export { checkFacts, compileVocabulary, vocabularyWith } from './vocabulary.js'
