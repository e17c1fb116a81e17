// How the clocks of one subject stand at an instant, from its lines alone: nothing is kept.

import type { Instant } from '@clientele/core'
import { askerOf, catchUp } from './log/asker.js'
import { foldSilent } from './log/fold.js'
import { type Log, logOf } from './log/log.js'
import { type Emit, type Machine, machineOf, silent } from './machine/registers.js'
import type { EventLine, Verdict } from './model.js'
import type { Table } from './table.js'
import { settleThrough, verdictOf } from './verdict.js'

/** The clocks of one subject folded up to `now`; `listen` makes who hears of the transitions. */
export const foldOne = (
  table: Table,
  log: Log,
  now: Instant,
  listen: (machine: Machine) => Emit = () => silent,
): Machine => {
  if (log.names.length > 1)
    throw new RangeError(`events of ${log.names.length} subjects, expected those of one`)
  const asker = askerOf(table, log.contents)
  catchUp(asker)
  const machine = machineOf(table, table.clocks.length)
  machine.emit = listen(machine)
  if (log.names.length === 1) foldSilent(machine, asker, log, 0, 0, now)
  for (let clock = 0; clock < table.clocks.length; clock++) settleThrough(machine, clock, now)
  return machine
}

/**
 * How each clock of one subject stands at `now`, in the order of the policy: its lines up to then, in any order, and
 * timers up to then, that instant included. A `TypeError` for a line that is refused, a `RangeError` for lines of more
 * than one subject. Cost: some microseconds a line.
 *
 * @example
 * import { compileOrThrow, evaluate } from '@clientele/sla'
 * const policy = compileOrThrow({
 *   clocks: [{ id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT1H' }] }],
 * })
 * const [reply] = evaluate(policy, [{ subject: 'INC1', at: 0, event: 'created' }], 1200000)
 * reply?.state // => 'running'
 * reply?.next // => { moment: 'breached', at: 3600000 }
 *
 * @category evaluate
 */
export const evaluate = (table: Table, events: Iterable<EventLine>, now: Instant): readonly Verdict[] => {
  const machine = foldOne(table, logOf(events), now)
  return table.clocks.map((_, clock) => verdictOf(machine, clock, clock, now))
}
