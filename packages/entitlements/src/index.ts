// What the customer may ask of us: service packages, quotas, coverage.

export type { State } from './book.js'
export { fromBytes, hash, toBytes } from './bytes.js'
export { compile, compileOrThrow } from './compile/index.js'
export { ALLOW, BILL, EXPIRED, HOURS, NOT_COVERED, NOT_STARTED, QUOTA } from './evaluate/codes.js'
export { evaluate, evaluateInto } from './evaluate/index.js'
export { explain } from './explain.js'
export type { Issue } from './issue.js'
export { message } from './issue.js'
export type { MigrateOptions, Plan } from './migrate.js'
export { migrate } from './migrate.js'
export type {
  AccountLine,
  Anchor,
  CarryOver,
  Change,
  Channel,
  CloseLine,
  Command,
  ConsumeLine,
  ContractLine,
  Customer,
  Definition,
  Effect,
  EraseLine,
  ForgetLine,
  InputError,
  Outcome,
  Package,
  Per,
  Reason,
  Refusal,
  Request,
  ReserveLine,
  StatusLine,
  Verdict,
} from './model.js'
export { VERSION } from './model.js'
export type { Restored } from './snapshot.js'
export { restore, snapshot } from './snapshot.js'
export type { EntitlementsSchema } from './schema.js'
export { schema } from './schema.js'
export { createState, handle } from './state.js'
export { step } from './step/index.js'
export type { ExplainedEffect } from './step-explained.js'
export { stepExplained } from './step-explained.js'
export type { PackageTable, Table } from './table.js'
export { bind, channelOf } from './table.js'
export type { Usage } from './usage.js'
export { usage } from './usage.js'
