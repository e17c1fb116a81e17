// The proof of one broken promise: its ledger and the ticket's record, on the wall clock of the report.

import {
  formatInstant,
  type Instant,
  type LedgerEntry,
  offsetAt,
  parseInstant,
  type Zone,
} from '@clientele/core'
import { html, type Markup } from '../report/markup.js'
import { inHours } from '../report/scale.js'
import type { Ticket } from './outcomes.js'
import type { Breach } from './replayed.js'

/** An instant on the wall clock of a zone, to the minute. */
export const localTime = (zone: Zone, at: Instant | null | undefined): string =>
  at === undefined || at === null
    ? '–'
    : formatInstant(at + offsetAt(zone, at))
        .slice(0, 16)
        .replace('T', ' ')

const entryRow = (zone: Zone, { amount, label, at }: LedgerEntry): Markup =>
  html`<tr><td class="n">${amount === 0 ? '–' : inHours(amount)}</td><td>${label}</td><td class="date">${at === undefined ? '' : localTime(zone, at[0])}</td><td class="date">${at === undefined ? '' : localTime(zone, at[1])}</td></tr>`

const ledgerTable = (zone: Zone, { ledger }: Breach): Markup =>
  html`<div class="scroll"><table class="mini"><caption>Ledger: what counted, what did not</caption><thead><tr><th scope="col" class="n">counted</th><th scope="col">because</th><th scope="col">from</th><th scope="col">to</th></tr></thead><tbody>${ledger.entries.map((entry) => entryRow(zone, entry))}<tr><td class="n"><b>${inHours(ledger.total)}</b></td><td><b>total</b></td><td></td><td></td></tr></tbody></table></div>`

const instantOf = (at: Instant | string): Instant => (typeof at === 'number' ? at : (parseInstant(at) ?? 0))

/** The facts that a line changed, in words. */
const changes = (lines: Ticket['lines']): readonly string[] => {
  const known = new Map<string, unknown>()
  return lines.map(({ facts = {} }) => {
    const changed = Object.entries(facts).filter(([name, value]) => known.get(name) !== value)
    for (const [name, value] of changed) known.set(name, value)
    return changed.map(([name, value]) => `${name} ${String(value)}`).join(', ')
  })
}

const recordTable = (zone: Zone, { lines }: Ticket): Markup => {
  const told = changes(lines)
  const rows = lines.map(
    ({ at, event }, i) =>
      html`<tr><td class="date">${localTime(zone, instantOf(at))}</td><td>${event ?? ''}</td><td>${told[i] ?? ''}</td></tr>`,
  )
  return html`<div class="scroll"><table class="mini"><caption>Record: what happened to the ticket</caption><thead><tr><th scope="col">at</th><th scope="col">event</th><th scope="col">changed</th></tr></thead><tbody>${rows}</tbody></table></div>`
}

/** Ledger and record of a breach, folded away. */
export const evidence = (zone: Zone, breach: Breach): Markup =>
  html`<details><summary>ledger and record</summary>${ledgerTable(zone, breach)}${recordTable(zone, breach.ticket)}</details>`
