// SLA clocks on a ticket log: which promises were kept, and why one was not.
// A host reads its own tickets into lines like these; nothing else is needed.

import { formatDuration, formatInstant } from '@clientele/core'
import { renderLedger, Sla } from 'clientele'

/** Promises of a small desk: an answer within an hour of open time, a solution within eight. */
export const policy: Sla.Definition = {
  id: 'small-desk',
  calendars: {
    desk: {
      timeZone: 'Europe/Berlin',
      week: {
        mon: ['09:00-18:00'],
        tue: ['09:00-18:00'],
        wed: ['09:00-18:00'],
        thu: ['09:00-18:00'],
        fri: ['09:00-16:00'],
      },
    },
  },
  clocks: [
    {
      id: 'first-response',
      calendar: 'desk',
      start: { on: 'created' },
      stop: { on: 'replied' },
      targets: [{ when: { fact: 'priority', eq: 'urgent' }, within: 'PT15M' }, { within: 'PT1H' }],
    },
    {
      id: 'solution',
      calendar: 'desk',
      start: { on: 'created' },
      stop: { on: 'solved' },
      pause: { while: { fact: 'state', eq: 'awaiting-customer' } },
      targets: [{ within: 'PT8H' }],
      warn: ['-PT1H'],
    },
  ],
}

/** What happened to two tickets, in Friday's last hour and after. */
export const log: readonly Sla.EventLine[] = [
  {
    subject: 'T-1',
    at: '2026-03-06T14:40:00Z',
    event: 'created',
    facts: { priority: 'urgent', state: 'open' },
  },
  {
    subject: 'T-2',
    at: '2026-03-06T14:50:00Z',
    event: 'created',
    facts: { priority: 'normal', state: 'open' },
  },
  { subject: 'T-1', at: '2026-03-06T14:50:00Z', event: 'replied', facts: { state: 'awaiting-customer' } },
  { subject: 'T-2', at: '2026-03-09T09:30:00Z', event: 'replied' },
  { subject: 'T-1', at: '2026-03-09T11:00:00Z', event: 'answered', facts: { state: 'open' } },
  { subject: 'T-1', at: '2026-03-09T13:00:00Z', event: 'solved' },
  { subject: 'T-2', at: '2026-03-09T15:30:00Z', event: 'solved' },
]

/** The report: how each promise ended, and the ledger of those that were broken. */
export const report = (): readonly string[] => {
  const table = Sla.compileOrThrow(policy)
  const ends = [...Sla.replay(table, log)].filter(({ moment }) => moment === 'met' || moment === 'missed')
  return ends.flatMap(({ subject, clock, moment, at, elapsedMs }) => {
    const line = `${String(subject)} ${clock} ${moment} after ${formatDuration(elapsedMs)} at ${formatInstant(at)}`
    if (moment === 'met') return [line]
    const own = log.filter((event) => event.subject === subject)
    return [line, renderLedger(Sla.explain(table, own, clock, at).ledger)]
  })
}
