// A whole log under a policy, moment by moment.

import { type Instant, LAST_INSTANT } from '@clientele/core'
import { type Log, logOf, logOver } from './log/log.js'
import type { Effect, EventLine, Moment } from './model.js'
import { stateOf } from './state.js'
import { playFrom, step } from './step.js'
import type { Table } from './table.js'

/** How far a replay goes. @category evaluate */
export interface ReplayOptions {
  /** Lets time pass to this instant, timers at it included; the last line's without it. Later lines are left out. */
  readonly until?: Instant
}

const isLog = (log: Log | Iterable<EventLine>): log is Log => 'contents' in log

/** Rows of a log in order of time, then of input. */
const inOrder = (log: Log): Uint32Array => {
  const rows = Uint32Array.from({ length: log.at.length }, (_, row) => row)
  const at = log.at.data
  return rows.sort((a, b) => at[a]! - at[b]! || a - b)
}

/**
 * Every moment of every clock in order of time; at one instant lines come before timers, lines in their order, timers by
 * subject, then clock. The log may be unordered and hold repeats. A `TypeError` for a line that is refused; put lines
 * that are not trusted into a log with `append`, which says why. Cost: as {@link step}, a line at a time.
 *
 * @example
 * import { compileOrThrow, replay } from '@clientele/sla'
 * const policy = compileOrThrow({
 *   clocks: [{ id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT1H' }] }],
 * })
 * const log = [
 *   { subject: 'INC1', at: 0, event: 'created' },
 *   { subject: 'INC1', at: 1800000, event: 'replied' },
 * ]
 * const moments = [...replay(policy, log)]
 * moments.map(({ moment, elapsedMs, remainingMs }) => [moment, elapsedMs, remainingMs])
 * // => [['started', 0, 3600000], ['met', 1800000, 1800000]]
 *
 * @category evaluate
 */
export function* replay(
  table: Table,
  log: Log | Iterable<EventLine>,
  options: ReplayOptions = {},
): Generator<Moment, void, undefined> {
  const lines = isLog(log) ? log : logOf(log)
  const until = options.until ?? LAST_INSTANT
  const state = stateOf(table, logOver(lines.contents))
  let out: Effect[] = []
  for (const row of inOrder(lines)) {
    if (lines.at.data[row]! > until) break
    playFrom(state, lines, row, out)
    yield* out as Moment[]
    out = []
  }
  const end = options.until ?? state.now
  if (Number.isFinite(end)) step(table, state, { op: 'tick', at: end }, out)
  yield* out as Moment[]
}
