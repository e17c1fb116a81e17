// Why a promise was broken: the counted time of its ledger, laid over what was happening to the ticket meanwhile. The
// parts sum to the time used, as the ledger does.

import { HOUR, type Instant, type Ledger, type Millis } from '@clientele/core'
import type { Outcome, Ticket } from './outcomes.js'
import { OTHER, type Phases, type Step } from './phases.js'

/** Counted time spent in one phase. */
export interface Part {
  readonly phase: string
  readonly ms: Millis
}

/** The reason of one breach. */
export interface Reason {
  /** The phase that took most of the counted time. */
  readonly main: string
  /** All phases, the longest first; they sum to the time used. */
  readonly parts: readonly Part[]
  /** Wall-clock time inside the cycle that did not count, because the desk was closed or the clock stood still. */
  readonly closedMs: Millis
  readonly pausedMs: Millis
  /** What else happened to the promise, in words. */
  readonly notes: readonly string[]
}

const overlap = (a: readonly [Instant, Instant], b: readonly [Instant, Instant]): Millis =>
  Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]))

/** Counted time by phase. */
const partsOf = (ledger: Ledger, steps: readonly Step[]): readonly Part[] => {
  const sums = new Map<string, Millis>()
  const add = (phase: string, ms: Millis): void => {
    if (ms > 0) sums.set(phase, (sums.get(phase) ?? 0) + ms)
  }
  for (const { at, amount } of ledger.entries) {
    if (amount <= 0 || at === undefined) continue
    let told = 0
    steps.forEach(({ from, phase }, i) => {
      const ms = overlap(at, [from, steps[i + 1]?.from ?? Number.POSITIVE_INFINITY])
      told += ms
      add(phase, ms)
    })
    add(OTHER, amount - told)
  }
  return [...sums].map(([phase, ms]) => ({ phase, ms })).sort((a, b) => b.ms - a.ms)
}

const CLOSED = new Set(['closed', 'holiday', 'date', 'break'])
/** Longer than any night. */
const WEEKEND = 36 * HOUR

/** Stretches of closed hours, with touching entries as one. */
const closedStretches = (ledger: Ledger): readonly Millis[] => {
  const stretches: Millis[] = []
  let end = Number.NaN
  for (const { code, at } of ledger.entries) {
    if (at === undefined || !CLOSED.has(code)) continue
    if (at[0] === end) stretches[stretches.length - 1]! += at[1] - at[0]
    else stretches.push(at[1] - at[0])
    end = at[1]
  }
  return stretches
}

const sum = (amounts: readonly Millis[]): Millis => amounts.reduce((total, ms) => total + ms, 0)

const notesOf = (outcome: Outcome, closed: readonly Millis[]): readonly string[] => {
  const { pauses, retargets, reopens, ending } = outcome
  const often = (count: number): string => (count === 1 ? 'once' : `${count} times`)
  return [
    ...(closed.some((ms) => ms >= WEEKEND) ? ['a weekend or holiday lay in between, uncounted'] : []),
    ...(retargets > 0 ? ['its target changed while the clock ran'] : []),
    ...(reopens > 0 ? [`it was reopened ${often(reopens)}`] : []),
    ...(pauses > 0 ? [`the clock stood still ${often(pauses)}`] : []),
    ...(ending === 'late' ? ['it is still open'] : []),
  ]
}

/** The reason of one breach, from its ledger and the ticket's own record. */
export const reasonOf = (outcome: Outcome, ticket: Ticket, ledger: Ledger, phases: Phases): Reason => {
  const parts = partsOf(ledger, phases.of(ticket))
  const closed = closedStretches(ledger)
  const paused = ledger.entries.flatMap(({ code, at }) =>
    at !== undefined && code === 'paused' ? [at[1] - at[0]] : [],
  )
  return {
    main: parts[0]?.phase ?? OTHER,
    parts,
    closedMs: sum(closed),
    pausedMs: sum(paused),
    notes: notesOf(outcome, closed),
  }
}
