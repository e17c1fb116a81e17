// Folds one subject's lines through a machine, in silence or aloud.

import type { Instant } from '@clientele/core'
import { apply } from '../machine/apply.js'
import type { Machine } from '../machine/registers.js'
import { fire, nextInstant } from '../machine/timers.js'
import { type Asker, fromAt, symbolAt } from './asker.js'
import { type Log, NOWHERE } from './log.js'

/** Fires the timers of rows [first, first + clocks) before `to`, or up to it, in order of time, then of clocks. */
export const fireBetween = (machine: Machine, first: number, to: Instant, inclusive: 0 | 1): void => {
  const clocks = machine.table.clocks.length
  for (;;) {
    let [earliest, clock] = [Number.POSITIVE_INFINITY, -1]
    for (let each = 0; each < clocks; each++) {
      const at = nextInstant(machine, first + each)
      if (at < earliest) [earliest, clock] = [at, each]
    }
    if (clock < 0 || earliest > to || (earliest === to && inclusive === 0)) return
    fire(machine, first + clock, clock, earliest)
  }
}

/** Applies one line to the clocks at rows [first, first + clocks). */
export const applyLine = (machine: Machine, asker: Asker, log: Log, line: number, first: number): void => {
  const clocks = machine.table.clocks.length
  const [at, content] = [log.at.data[line]!, log.content.data[line]!]
  for (let clock = 0; clock < clocks; clock++) {
    apply(
      machine,
      first + clock,
      clock,
      at,
      symbolAt(asker, content, clock, at),
      fromAt(asker, content, clock),
    )
  }
}

/** Folds all lines of a subject up to `until`, its timers firing in between; those after `until` are left out. */
export const foldAloud = (
  machine: Machine,
  asker: Asker,
  log: Log,
  subject: number,
  first: number,
  until: Instant,
  inclusive: 0 | 1,
): void => {
  for (let line = log.first.data[subject]!; line !== NOWHERE; line = log.next.data[line]!) {
    const at = log.at.data[line]!
    if (at > until) break
    fireBetween(machine, first, at, 0)
    applyLine(machine, asker, log, line, first)
  }
  fireBetween(machine, first, until, inclusive)
}

/** Folds all lines of a subject up to `until` in silence: marks are settled where a clock changes. */
export const foldSilent = (
  machine: Machine,
  asker: Asker,
  log: Log,
  subject: number,
  first: number,
  until: Instant,
): void => {
  const { at, next } = log
  for (
    let line = log.first.data[subject]!;
    line !== NOWHERE && at.data[line]! <= until;
    line = next.data[line]!
  ) {
    applyLine(machine, asker, log, line, first)
  }
}
