// May we write now: caps, quiet hours, consent, cool-downs, reservations.

export { compile, compileOrThrow } from './compile/index.js'
export { attempt, attemptInto } from './attempt.js'
export { bind } from './bind.js'
export { fromBytes, hash, toBytes } from './bytes.js'
export { choose, chooseInto } from './choose/doors.js'
export type { Offer, Slate, SlateOptions } from './choose/model.js'
export { slateOf } from './choose/slate.js'
export { evaluate, whenMay, whenMayInto } from './evaluate.js'
export { explain } from './explain.js'
export type { Issue } from './issue.js'
export { message } from './issue.js'
export type { Message } from './message.js'
export { messageOf } from './message.js'
export { describePlan, migrate } from './migrate/index.js'
export type { Exactness, MigrateOptions, Migration, Plan, RulePlan } from './migrate/model.js'
export type {
  Addressed,
  Asking,
  Basis,
  Candidate,
  Cap,
  Command,
  ConsentRule,
  ControlGroup,
  CoolDown,
  DayKind,
  Definition,
  Effect,
  Exemption,
  ExemptFrom,
  Facts,
  Holiday,
  InputError,
  Outcome,
  Quiet,
  QuietPeriod,
  Recipient,
  Rule,
  Verdict,
  Weight,
  Window,
  ZoneChoice,
} from './model.js'
export { VERSION } from './model.js'
export { open } from './open.js'
export type { SharedIssue } from './open/issue.js'
export { sharedMessage } from './open/issue.js'
export type { Consent, ConsentSource, OpenOptions, Ports, Service, SharedAsking } from './open/model.js'
export { noConsents } from './open/model.js'
export type { PolicySchema } from './schema.js'
export { schema } from './schema.js'
export type { Restored } from './snapshot.js'
export { rebind, restore, snapshot } from './snapshot.js'
export type { State } from './book.js'
export type { History } from './simulate/history.js'
export { addToHistory, createHistory } from './simulate/history.js'
export type { SimulateOptions, Simulation, Tally } from './simulate.js'
export { simulate } from './simulate.js'
export type { StateSize } from './size.js'
export { sizeOf } from './size.js'
export type { StateOptions } from './state.js'
export { createState, handle } from './state.js'
export { explainCommand } from './explain-command.js'
export { step } from './step.js'
export type { RuleTable, Table } from './table.js'
