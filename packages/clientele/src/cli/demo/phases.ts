// What a ticket was doing when its clock ran: the steps of the imagined desk by its events, those of an incident log by
// its states.

import { type Instant, parseInstant } from '@clientele/core'
import type { EventLine } from '@clientele/sla'
import type { Ticket } from './outcomes.js'

/** A stretch of a ticket's life, until the next begins. */
export interface Step {
  readonly from: Instant
  readonly phase: string
}

/** A way to tell the phases of a ticket. */
export interface Phases {
  /** Words for each phase, to follow "the ticket …". */
  readonly labels: { readonly [phase: string]: string }
  readonly of: (ticket: Ticket) => readonly Step[]
}

/** The phase of counted time for which the log names none. */
export const OTHER = 'other'

const instantOf = ({ at }: EventLine): Instant => (typeof at === 'number' ? at : (parseInstant(at) ?? 0))

/** What each event of the desk begins. */
const BEGINS: { readonly [event: string]: string } = {
  created: 'queue',
  assigned: 'work',
  // an answer ends the work on a ticket, unless more events say otherwise
  replied: 'again',
  'handed-over': 'again',
  'customer-replied': 'again',
  'vendor-answered': 'again',
  reopened: 'reopened',
  resolved: OTHER,
}

/** The desk's phases, by its events. */
export const DESK_PHASES: Phases = {
  labels: {
    queue: 'waited in the queue for a first pair of hands',
    work: 'was being worked on',
    again: 'waited in the queue again after the first contact',
    reopened: 'was reopened and waited for somebody to come back to it',
    [OTHER]: 'was open without a recorded step',
  },
  of: ({ lines }) =>
    lines.flatMap((line) => {
      const phase = BEGINS[line.event ?? '']
      return phase === undefined ? [] : [{ from: instantOf(line), phase }]
    }),
}

const STATES: { readonly [state: string]: string } = { New: 'new', Active: 'active' }

/** An incident's phases, by its state and whether it had been reassigned. */
export const INCIDENT_PHASES: Phases = {
  labels: {
    new: 'stood as New, in the group that got it first',
    'new-moved': 'stood as New after it had been reassigned',
    active: 'stood as Active, in the group that got it first',
    'active-moved': 'stood as Active after it had been reassigned',
    [OTHER]: 'stood in another state that counts',
  },
  of: ({ lines }) =>
    lines.map((line) => {
      const state = STATES[String(line.facts?.['state'])]
      const moved = Number(line.facts?.['reassignments'] ?? 0) > 0
      return { from: instantOf(line), phase: state === undefined ? OTHER : moved ? `${state}-moved` : state }
    }),
}
