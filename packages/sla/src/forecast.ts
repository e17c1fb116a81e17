// What will be breached if nobody acts: open clocks by the open time they have left.

import type { Instant, Millis } from '@clientele/core'
import { evaluateInto, standingsOf } from './bulk.js'
import type { Log } from './log/log.js'
import type { Subject } from './model.js'
import type { Table } from './table.js'
import { STATES } from './verdict.js'

/** An open clock that is not yet breached. @category evaluate */
export interface Outlook {
  readonly subject: Subject
  readonly clock: string
  /** `null` while paused, and when the calendar never opens long enough. */
  readonly due: Instant | null
  readonly elapsedMs: Millis
  /** Open time left: what the people who answer still have. */
  readonly remainingMs: Millis
  readonly paused: boolean
}

/** Which clocks to foretell. @category evaluate */
export interface ForecastOptions {
  /** Those due up to this instant; paused ones are left out then. All without it. */
  readonly until?: Instant
}

const RUNNING_STATE = STATES.indexOf('running')
const PAUSED_STATE = STATES.indexOf('paused')

/**
 * The open clocks of a log at `now` that are not yet breached, the least open time left first. A paused clock will not
 * breach while it is paused, but shows what it has left. Cost: one bulk evaluation and a sort.
 *
 * @example
 * import { compileOrThrow, forecast, logOf } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * const log = logOf([{ subject: 'INC1', at: 0, event: 'created' }])
 * forecast(policy, log, 600000).map(({ subject, remainingMs }) => [subject, remainingMs]) // => [['INC1', 3000000]]
 *
 * @category evaluate
 */
export const forecast = (
  table: Table,
  log: Log,
  now: Instant,
  options: ForecastOptions = {},
): readonly Outlook[] => {
  const out = standingsOf(table, log)
  evaluateInto(table, log, now, out)
  const clocks = table.clocks.length
  const found: Outlook[] = []
  out.state.forEach((state, row) => {
    if (state !== RUNNING_STATE && state !== PAUSED_STATE) return
    const due = out.due[row]!
    if (options.until !== undefined && !(due <= options.until)) return
    found.push({
      subject: log.names[Math.floor(row / clocks)]!,
      clock: table.clocks[row % clocks]!.id,
      due: Number.isNaN(due) ? null : due,
      elapsedMs: out.elapsedMs[row]!,
      remainingMs: out.remainingMs[row]!,
      paused: state === PAUSED_STATE,
    })
  })
  return found.sort((a, b) => a.remainingMs - b.remainingMs)
}
