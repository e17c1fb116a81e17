// From the moments of a replay to one record a clock cycle: what was promised, and what became of it.

import type { Instant, Millis } from '@clientele/core'
import type { EventLine, Moment, Subject } from '@clientele/sla'

/** How a cycle stands at the end of the log. `late` is still open, past its deadline. */
export type Ending = 'met' | 'missed' | 'late' | 'running' | 'cancelled'

/** One run of one clock for one ticket. */
export interface Outcome {
  readonly subject: string
  readonly clock: string
  readonly startedAt: Instant
  endedAt: Instant | undefined
  breachedAt: Instant | undefined
  ending: Ending
  due: Instant | null
  elapsedMs: Millis
  remainingMs: Millis
  target: string
  pauses: number
  retargets: number
  reopens: number
}

/** The id of whom a line is about. */
export const idOf = (subject: Subject): string => (typeof subject === 'string' ? subject : subject.id)

const opened = (moment: Moment): Outcome => ({
  subject: idOf(moment.subject),
  clock: moment.clock,
  startedAt: moment.at,
  endedAt: undefined,
  breachedAt: undefined,
  ending: 'running',
  due: moment.due,
  elapsedMs: moment.elapsedMs,
  remainingMs: moment.remainingMs,
  target: moment.target,
  pauses: 0,
  retargets: 0,
  reopens: 0,
})

const apply = (outcome: Outcome, { moment, at, due, elapsedMs, remainingMs, target }: Moment): void => {
  outcome.elapsedMs = elapsedMs
  outcome.remainingMs = remainingMs
  outcome.target = target
  if (due !== null) outcome.due = due
  const ended = moment === 'met' || moment === 'missed' || moment === 'cancelled'
  if (ended) {
    outcome.ending = moment
    outcome.endedAt = at
    return
  }
  if (outcome.endedAt !== undefined) {
    // a stopped clock that speaks again was reopened
    outcome.endedAt = undefined
    outcome.reopens += 1
    outcome.ending = outcome.breachedAt === undefined ? 'running' : 'late'
  }
  if (moment === 'paused') outcome.pauses += 1
  if (moment === 'retargeted') outcome.retargets += 1
  if (moment === 'breached') {
    outcome.breachedAt = at
    outcome.ending = 'late'
  }
  // a longer target may take a breach back
  if (moment === 'retargeted' && remainingMs > 0 && outcome.ending === 'late') {
    outcome.breachedAt = undefined
    outcome.ending = 'running'
  }
}

/** All cycles, in the order in which they started. Cost: one pass. */
export const outcomesOf = (moments: Iterable<Moment>): readonly Outcome[] => {
  const current = new Map<string, Outcome>()
  const all: Outcome[] = []
  for (const moment of moments) {
    const key = `${moment.clock}\u0000${idOf(moment.subject)}`
    const known = current.get(key)
    const anew = known === undefined || (moment.moment === 'started' && known.endedAt !== undefined)
    if (!anew) {
      apply(known, moment)
      continue
    }
    const outcome = opened(moment)
    current.set(key, outcome)
    all.push(outcome)
  }
  return all
}

/** What is known of a ticket: its facts when it came in and at the end, and its lines in order. */
export interface Ticket {
  readonly id: string
  readonly first: { readonly [fact: string]: unknown }
  readonly last: { readonly [fact: string]: unknown }
  readonly lines: readonly EventLine[]
}

/** The tickets of a log by id. */
export const ticketsOf = (events: readonly EventLine[]): ReadonlyMap<string, Ticket> => {
  const made = new Map<string, { id: string; first: object; last: object; lines: EventLine[] }>()
  for (const line of events) {
    const id = idOf(line.subject)
    const known = made.get(id)
    if (known === undefined)
      made.set(id, { id, first: line.facts ?? {}, last: { ...line.facts }, lines: [line] })
    else {
      Object.assign(known.last, line.facts)
      known.lines.push(line)
    }
  }
  return made as ReadonlyMap<string, Ticket>
}

/** Whether a promise was put to the test: it was kept, or it was broken, ended or not. */
export const isJudged = ({ ending }: Outcome): boolean =>
  ending === 'met' || ending === 'missed' || ending === 'late'

export const isBroken = ({ ending }: Outcome): boolean => ending === 'missed' || ending === 'late'
