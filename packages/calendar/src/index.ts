// Business time: opening hours in any zones, compiled once, asked millions of times a second.

export { openHours } from './bind.js'
export { hours, intersect, shift, subtract, union, weekdays } from './builder.js'
export { addBusinessDays } from './business-days.js'
export { compile, compileOrThrow, compileWith } from './compile.js'
export { add, addInto, elapsed, elapsedInto } from './evaluate.js'
export { explainAdd, explainElapsed } from './explain.js'
export type { Issue } from './issue.js'
export { message } from './issue.js'
export type {
  Definition,
  Described,
  EffectiveWeek,
  Holiday,
  Hours,
  Intersect,
  Interval,
  IntervalsByDate,
  Period,
  Shift,
  Subtract,
  Union,
  Week,
} from './model.js'
export { isNever, NEVER, VERSION } from './model.js'
export { addPaused, elapsedPaused } from './pauses.js'
export {
  isOpen,
  isOpenInto,
  nextClose,
  nextCloseInto,
  nextOpen,
  nextOpenInto,
  periods,
  prevOpen,
  prevOpenInto,
} from './queries.js'
export type { Table } from './table.js'
export { indexSize, warm } from './table.js'
