// From incidents to the lines the engine reads, and the promises assumed for them. The log states no targets, no zone
// and no hours, so these are assumptions: named in the report, with their effect.

import { formatInstant } from '@clientele/core'
import type { Definition, EventLine } from '@clientele/sla'
import type { Log } from './desk.js'
import type { Incident, Update } from './incidents.js'

/** States in which the desk waits for somebody else. */
export const AWAITING = [
  'Awaiting User Info',
  'Awaiting Problem',
  'Awaiting Vendor',
  'Awaiting Evidence',
] as const

/** The assumed targets, round the clock: an ordinary set, not the desk's own, which nobody recorded. */
export const ASSUMED_TARGETS = {
  '1 - Critical': 'PT4H',
  '2 - High': 'PT8H',
  '3 - Moderate': 'P3D',
  '4 - Low': 'P5D',
} as const

const isDone = (state: string): boolean => state === 'Resolved' || state === 'Closed'

/** What an update means to a clock. */
const eventOf = (before: string, { state }: Update): string => {
  if (isDone(before)) return isDone(state) ? 'updated' : 'reopened'
  return isDone(state) ? 'resolved' : 'updated'
}

const linesOf = ({ id, openedAt, updates }: Incident): readonly EventLine[] => {
  const facts = ({ state, priority, group, reassignments }: Update) => ({
    state,
    priority,
    group,
    reassignments,
  })
  const [first] = updates
  if (first === undefined) return []
  const opened: EventLine = {
    id: `${id}/opened`,
    subject: id,
    at: formatInstant(openedAt),
    event: 'created',
    // an incident opens new: what it became in its first update is told by that update
    facts: { ...facts(first), state: 'New' },
  }
  let before = 'New'
  const rest = updates.map((update, i): EventLine => {
    const event = eventOf(before, update)
    before = update.state
    const at = formatInstant(Math.max(update.at, openedAt))
    return { id: `${id}/${i}`, subject: id, at, event, facts: facts(update) }
  })
  return [opened, ...rest]
}

/** The log in order of time, complete up to its last update. */
export const incidentLog = (incidents: readonly Incident[]): Log => {
  const events = incidents.flatMap(linesOf)
  const until = incidents.reduce(
    (last, { updates }) => updates.reduce((most, { at }) => Math.max(most, at), last),
    0,
  )
  const byTime = events
    .map((line) => ({ line, at: String(line.at) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return { events: byTime.map(({ line }) => line), until }
}

/** How a policy over this log may differ; used to try assumptions out. */
export interface Assumptions {
  readonly pause: 'awaiting' | 'never'
  readonly hours: 'round-the-clock' | 'workdays-8-18' | 'workdays-9-18'
  /** The end of the work: the last change to Resolved, or to Closed. */
  readonly within: { readonly [priority: string]: string } | string
}

const workdays = (timeZone: string, interval: string) => ({
  timeZone,
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [interval]])),
})

/** A policy with one clock, from the opening to the resolution. */
export const incidentPolicy = ({ pause, hours, within }: Assumptions, zone: string): Definition => ({
  id: 'incidents',
  label: 'Assumed promises for an incident log that states none',
  calendars: {
    'workdays-8-18': workdays(zone, '08:00-18:00'),
    'workdays-9-18': workdays(zone, '09:00-18:00'),
  },
  clocks: [
    {
      id: 'resolution',
      label: 'Resolution',
      ...(hours === 'round-the-clock' ? {} : { calendar: hours }),
      start: { on: 'created' },
      stop: { on: 'resolved' },
      reopen: { on: 'reopened' },
      ...(pause === 'never' ? {} : { pause: { while: { fact: 'state', in: AWAITING } } }),
      cycle: 'once',
      targets:
        typeof within === 'string'
          ? [{ within }]
          : Object.entries(within).map(([priority, target]) => ({
              when: { fact: 'priority', eq: priority },
              within: target,
            })),
    },
  ],
})

/** The policy of the main run. */
export const ASSUMED: Assumptions = { pause: 'awaiting', hours: 'round-the-clock', within: ASSUMED_TARGETS }
