// A desk in one file: a stream of interactions in, decisions with their ledgers out. Each engine is one line of
// `engines`; the desk knows nothing of what they decide.

import type { Definition as Hours } from '@clientele/calendar'
import type { Definition as Contact } from '@clientele/contact'
import type { ContractLine, Definition as Packages } from '@clientele/entitlements'
import type { Definition as Policy } from '@clientele/sla'
import { entitlementsEngine } from './entitlements.js'
import { hoursEngine } from './hours.js'
import type { Decision, Engine, Interaction } from './interaction.js'
import { messagesEngine } from './messages.js'
import { promisesEngine } from './promises.js'

const hours: Hours = {
  timeZone: 'Europe/Moscow',
  week: {
    mon: ['09:00-18:00'],
    tue: ['09:00-18:00'],
    wed: ['09:00-18:00'],
    thu: ['09:00-18:00'],
    fri: ['09:00-18:00'],
  },
}

const policy: Policy = {
  calendars: { desk: hours },
  clocks: [
    {
      id: 'first-response',
      calendar: 'desk',
      start: { on: 'created' },
      stop: { on: 'replied' },
      targets: [{ when: { fact: 'channel', eq: 'chat' }, within: 'PT10M' }, { within: 'PT4H' }],
    },
  ],
}

const messages: Contact = {
  missingZone: 'Europe/Moscow',
  holidays: ['2026-03-09'],
  caps: [{ id: 'survey-week', label: 'One survey a week', limit: 1, window: { rolling: 'P7D' } }],
  quiet: [
    {
      id: 'rest',
      label: 'Nights and holidays',
      periods: [{ between: '21:00-09:00' }, { days: ['holiday'], between: 'all-day' }],
    },
  ],
}

const packages: Packages = {
  timeZone: 'Europe/Moscow',
  calendars: { desk: hours },
  packages: {
    standard: { channels: { chat: { hours: 'desk' }, email: { quota: 15, per: 'month' } } },
    luxe: { channels: { chat: {}, email: {} } },
  },
}

const contracts: readonly ContractLine[] = [
  { op: 'contract', customer: 'c7', package: 'luxe', from: '2026-01-01' },
  { op: 'contract', customer: 'c9', package: 'standard', from: '2026-01-01' },
]

/** The engines of this desk. */
export const engines = (): readonly Engine[] => [
  hoursEngine(hours),
  entitlementsEngine(packages, contracts),
  promisesEngine(policy),
  messagesEngine(messages),
]

/** Decisions, in the order in which they fall. */
export function* decide(interactions: Iterable<Interaction>, desk: readonly Engine[]): Generator<Decision> {
  for (const interaction of interactions) {
    for (const engine of desk) yield* engine(interaction)
  }
}

/** The same over NDJSON: a text of interactions to a text of decisions. */
export const decideLines = (text: string): string => {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const interactions = lines.map((line) => JSON.parse(line) as Interaction)
  return [...decide(interactions, engines())].map((decision) => `${JSON.stringify(decision)}\n`).join('')
}
