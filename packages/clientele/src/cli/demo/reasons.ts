// Why a promise was broken: the counted time of its ledger, laid over what was happening to the ticket meanwhile. The
// shares sum to the time used, as the ledger does.

import { type Instant, type Ledger, type Millis, parseInstant } from '@clientele/core'
import type { EventLine } from '@clientele/sla'
import type { Outcome, Ticket } from './outcomes.js'

/** Where counted time went. */
export type Phase = 'queue' | 'work' | 'second-queue' | 'reopened' | 'other'

export const PHASES: { readonly [phase in Phase]: string } = {
  queue: 'waited in the queue for a first pair of hands',
  work: 'was being worked on',
  'second-queue': 'waited in the queue again after the first contact',
  reopened: 'was reopened and waited for somebody to come back to it',
  other: 'was open without a recorded step',
}

/** What an event begins, for the desk's time. */
const BEGINS: { readonly [event: string]: Phase } = {
  created: 'queue',
  assigned: 'work',
  resolved: 'other',
  reopened: 'reopened',
  'handed-over': 'second-queue',
  'customer-replied': 'second-queue',
  'vendor-answered': 'second-queue',
}

/** The reason of one breach. */
export interface Reason {
  /** The phase that took most of the counted time. */
  readonly main: Phase
  readonly parts: readonly { readonly phase: Phase; readonly ms: Millis }[]
  /** Wall-clock time inside the cycle that did not count: the desk was closed, or the clock stood still. */
  readonly closedMs: Millis
  readonly pausedMs: Millis
  /** What else happened to the promise, in words. */
  readonly notes: readonly string[]
}

const instantOf = ({ at }: EventLine): Instant => (typeof at === 'number' ? at : (parseInstant(at) ?? 0))

/** Which phase each stretch of a ticket's life belongs to. */
const phasesOf = ({ lines }: Ticket): readonly { readonly from: Instant; readonly phase: Phase }[] => {
  let answered = false
  return lines.flatMap((line) => {
    const event = line.event ?? ''
    const begun = BEGINS[event]
    // after the first contact whoever took the ticket has put it back in the queue
    const phase: Phase | undefined = event === 'replied' && answered ? undefined : begun
    if (event === 'replied') {
      answered = true
      return [{ from: instantOf(line), phase: 'second-queue' as const }]
    }
    return phase === undefined ? [] : [{ from: instantOf(line), phase }]
  })
}

const overlap = (a: readonly [Instant, Instant], b: readonly [Instant, Instant]): Millis =>
  Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]))

const sumBy = (ledger: Ledger, keep: (code: string) => boolean): Millis =>
  ledger.entries.reduce(
    (sum, { code, at }) => (at !== undefined && keep(code) ? sum + at[1] - at[0] : sum),
    0,
  )

const notesOf = ({ pauses, retargets, reopens, ending }: Outcome): readonly string[] => [
  ...(retargets > 0 ? ['its priority was raised while the clock ran'] : []),
  ...(reopens > 0 ? ['it was reopened'] : []),
  ...(pauses > 0 ? [`the clock stood still ${pauses === 1 ? 'once' : `${pauses} times`}`] : []),
  ...(ending === 'late' ? ['it is still open'] : []),
]

/** The reason of one breach, from its ledger and the ticket's own record. */
export const reasonOf = (outcome: Outcome, ticket: Ticket, ledger: Ledger): Reason => {
  const phases = phasesOf(ticket)
  const counted = ledger.entries.filter(({ amount, at }) => amount > 0 && at !== undefined)
  const sums = new Map<Phase, Millis>()
  for (const { at, amount } of counted) {
    if (at === undefined) continue
    let told = 0
    phases.forEach(({ from, phase }, i) => {
      const until = phases[i + 1]?.from ?? Number.POSITIVE_INFINITY
      const ms = overlap(at, [from, until])
      told += ms
      if (ms > 0) sums.set(phase, (sums.get(phase) ?? 0) + ms)
    })
    if (amount > told) sums.set('other', (sums.get('other') ?? 0) + amount - told)
  }
  const parts = [...sums].map(([phase, ms]) => ({ phase, ms })).sort((a, b) => b.ms - a.ms)
  return {
    main: parts[0]?.phase ?? 'other',
    parts,
    closedMs: sumBy(ledger, (code) => code !== 'open' && code !== 'paused' && code !== 'running'),
    pausedMs: sumBy(ledger, (code) => code.startsWith('paus')),
    notes: notesOf(outcome),
  }
}
