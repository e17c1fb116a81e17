// SLA clocks on business time: targets, pauses, warnings, breaches, replays.

export { fromBytes, hash, toBytes } from './bytes.js'
export type { Standings } from './bulk.js'
export { evaluateInto, standingsOf } from './bulk.js'
export { compile, compileOrThrow } from './compile/index.js'
export { evaluate } from './evaluate.js'
export { explain } from './explain.js'
export type { ForecastOptions, Outlook } from './forecast.js'
export { forecast } from './forecast.js'
export type { Issue } from './issue.js'
export { message } from './issue.js'
export type { Log } from './log/log.js'
export { append, createLog, logOf, size } from './log/log.js'
export type { Line, TickLine } from './log/read.js'
export { readLine } from './log/read.js'
export { describePlan, migrate } from './migrate/index.js'
export type { Change, EditMode, MigrateOptions, Migration, Plan, Standing } from './migrate/model.js'
export type {
  Clock,
  ClockState,
  Command,
  Definition,
  Effect,
  EventLine,
  Facts,
  InputError,
  Moment,
  MomentName,
  OnRetarget,
  Pause,
  Refusal,
  Retraction,
  Start,
  Subject,
  Target,
  Tick,
  Trigger,
  Verdict,
} from './model.js'
export { VERSION } from './model.js'
export type { ReplayOptions } from './replay.js'
export { replay } from './replay.js'
export type { Restored } from './snapshot.js'
export { rebind, restore, snapshot } from './snapshot.js'
export type { Pending, State } from './state.js'
export { createState, handle, nextAt, upcoming } from './state.js'
export { step } from './step.js'
export type { PolicySchema } from './schema.js'
export { schema } from './schema.js'
export type { DueIndex } from './state/due-index.js'
export { createDueIndex, firstDue, schedule } from './state/due-index.js'
export type { ClockTable, Table } from './table.js'
export { bind } from './table.js'
export { STATES } from './verdict.js'
export type { Ending, Flip, WhatIfOptions } from './what-if.js'
export { whatIf } from './what-if.js'
