// SLA clocks on business time: targets, pauses, warnings, breaches, replays.

export { compile, compileOrThrow } from './compile/index.js'
export { evaluate } from './evaluate.js'
export { explain } from './explain.js'
export type { Issue } from './issue.js'
export { message } from './issue.js'
export type { Log } from './log/log.js'
export { append, createLog, logOf, size } from './log/log.js'
export { readLine } from './log/read.js'
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
export type { Pending, State } from './state.js'
export { createState, handle, nextAt, upcoming } from './state.js'
export { step } from './step.js'
export type { Table } from './table.js'
export { bind } from './table.js'
