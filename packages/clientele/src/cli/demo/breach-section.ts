// Broken promises one by one, with their reasons.

import { html, type Markup } from '../report/markup.js'
import { type Section, table } from '../report/page.js'
import { inHours, percent, thousands } from '../report/scale.js'
import { evidence, localTime } from './evidence.js'
import type { Breach, Replayed } from './replayed.js'

const number = (name: string) => ({ name, kind: 'number' }) as const

const because = ({ phases }: Replayed, { reason }: Breach): Markup => {
  const [first, second] = reason.parts
  const share = first === undefined ? '' : ` (${inHours(first.ms)})`
  const also =
    second === undefined
      ? ''
      : `; then ${phases.labels[second.phase] ?? second.phase} (${inHours(second.ms)})`
  const notes = reason.notes.length === 0 ? '' : `. Besides, ${reason.notes.join('; ')}`
  return html`It ${phases.labels[reason.main] ?? reason.main}${share}${also}${notes}.`
}

/** What broke promises, summed over all breaches, the most frequent main reason first. */
export const reasonsTable = (
  { phases }: Replayed,
  breaches: readonly Breach[],
): readonly { readonly label: string; readonly count: number; readonly ms: number }[] =>
  Object.entries(phases.labels)
    .map(([phase, label]) => ({
      label,
      count: breaches.filter(({ reason }) => reason.main === phase).length,
      ms: breaches.reduce(
        (sum, { reason }) => sum + (reason.parts.find((part) => part.phase === phase)?.ms ?? 0),
        0,
      ),
    }))
    .filter(({ ms, count }) => ms > 0 || count > 0)
    .sort((a, b) => b.count - a.count)

/** How many breaches are shown one by one; the rest are in the NDJSON. */
const SHOWN = 40

const rowOf = (
  replayed: Replayed,
  breach: Breach,
  title: readonly string[],
): readonly (string | Markup)[] => {
  const { outcome, ticket } = breach
  const facts = title.map((fact) => String(ticket.first[fact] ?? '–')).join(', ')
  const over = inHours(Math.abs(outcome.remainingMs))
  const clock = replayed.clocks.find(({ id }) => id === outcome.clock)?.label ?? outcome.clock
  return [
    html`${ticket.id}<br><span class="sub">${facts}</span>`,
    clock,
    html`<span class="date">${localTime(replayed.zone, outcome.due)}</span>`,
    outcome.ending === 'late' ? html`${over}<br><span class="sub">still open</span>` : over,
    html`<div class="why">${because(replayed, breach)}${evidence(replayed.zone, breach)}</div>`,
  ]
}

/** Breaches with their reasons, each with the ledger it was taken from. */
export const breachSection = (
  replayed: Replayed,
  breaches: readonly Breach[],
  title: readonly string[],
): Section => {
  const sums = reasonsTable(replayed, breaches)
  const all = sums.reduce((sum, { ms }) => sum + ms, 0)
  const reasons = sums.map(({ label, count, ms }) => [
    `The ticket ${label}`,
    thousands(count),
    inHours(ms),
    percent(ms / all),
  ])
  const shown = breaches.slice(0, SHOWN)
  const heads = [{ name: 'main reason' }, number('breaches'), number('open time'), number('share')]
  const columns = [
    { name: 'ticket' },
    { name: 'promise' },
    { name: 'due' },
    number('over by'),
    { name: 'why' },
  ]
  return {
    title: 'Broken promises and their reasons',
    lead: `The reason is the phase that used most of the counted time of a promise; phases come from the log, counted time from the ledger, and they sum to the time used. Shown: the ${shown.length} longest overruns of ${thousands(breaches.length)}; all of them are in breaches.ndjson.`,
    body: [
      table('Where the time of broken promises went', heads, reasons),
      table(
        `Longest overruns, times in ${replayed.zone.name}`,
        columns,
        shown.map((breach) => rowOf(replayed, breach, title)),
        'cards',
      ),
    ],
    flow: 'long',
  }
}
