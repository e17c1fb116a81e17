// A log after it has been through the engine, with everything the reports ask of it.

import type { Ledger, Zone } from '@clientele/core'
import * as Sla from '@clientele/sla'
import type { Log } from './desk.js'
import { isBroken, type Outcome, outcomesOf, type Ticket, ticketsOf } from './outcomes.js'
import type { Phases } from './phases.js'
import { type Reason, reasonOf } from './reasons.js'

/** One clock of the policy, as people name it. */
export interface NamedClock {
  readonly id: string
  readonly label: string
}

/** The record of a run. */
export interface Replayed {
  readonly log: Log
  readonly policy: Sla.Definition
  readonly clocks: readonly NamedClock[]
  readonly moments: readonly Sla.Moment[]
  readonly outcomes: readonly Outcome[]
  readonly tickets: ReadonlyMap<string, Ticket>
  /** How the phases of its tickets are told. */
  readonly phases: Phases
  /** The wall clock by which days and hours of the report are cut. */
  readonly zone: Zone
}

/** A broken promise with its reason and the ledger it was taken from. */
export interface Breach {
  readonly outcome: Outcome
  readonly ticket: Ticket
  readonly ledger: Ledger
  readonly reason: Reason
}

/** Replays a log under a compiled policy. */
export const replayLog = (
  table: Sla.Table,
  policy: Sla.Definition,
  log: Log,
  words: { readonly phases: Phases; readonly zone: Zone },
): Replayed => {
  const moments = [...Sla.replay(table, log.events, { until: log.until })]
  return {
    log,
    policy,
    clocks: policy.clocks.map(({ id, label }) => ({ id, label: label ?? id })),
    moments,
    outcomes: outcomesOf(moments),
    tickets: ticketsOf(log.events),
    ...words,
  }
}

/** The broken promises, the longest over their due time first, each with its ledger. */
export const breachesOf = (table: Sla.Table, replayed: Replayed): readonly Breach[] =>
  replayed.outcomes
    .filter(isBroken)
    .sort((a, b) => a.remainingMs - b.remainingMs || (a.subject < b.subject ? -1 : 1))
    .flatMap((outcome) => {
      const ticket = replayed.tickets.get(outcome.subject)
      if (ticket === undefined) return []
      const until = outcome.endedAt ?? replayed.log.until
      const { ledger } = Sla.explain(table, ticket.lines, outcome.clock, until)
      return [{ outcome, ticket, ledger, reason: reasonOf(outcome, ticket, ledger, replayed.phases) }]
    })
