// What a manager reads in the terminal: the same numbers as the report, in one screen.

import { renderLedger } from '@clientele/core'
import { inHours, percent, thousands } from '../report/scale.js'
import { reasonsTable } from './breach-section.js'
import { type ClockShares, percentilesBy, sharesBy } from './figures.js'
import type { Breach, Replayed } from './replayed.js'

/** Rows of text as columns; the first to the left, the others to the right. */
export const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ')}`.trimEnd(),
    )
    .join('\n')
}

const cell = (shares: ClockShares, name: string): string => {
  const found = name === 'all' ? shares.total : shares.groups.find((group) => group.name === name)
  return found === undefined || found.all === 0 ? '–' : percent(found.kept / found.all)
}

/** Attainment of every clock by a fact of the ticket. */
export const attainment = (replayed: Replayed, fact: string, order: readonly string[]): string => {
  const shares = sharesBy(replayed.outcomes, replayed.tickets, fact, order)
  const labels = shares.map(({ clock }) => replayed.clocks.find(({ id }) => id === clock)?.label ?? clock)
  const names = [...new Set(shares.flatMap(({ groups }) => groups.map(({ name }) => name)))]
  const rows = [...names, 'all'].map((name) => [name, ...shares.map((one) => cell(one, name))])
  return `Promises kept by ${fact}\n${columns([['', ...labels], ...rows])}`
}

/** Percentiles of one clock's open time. */
export const percentiles = (
  replayed: Replayed,
  clock: string,
  fact: string,
  order: readonly string[],
  title: string,
): string => {
  const rows = percentilesBy(replayed.outcomes, replayed.tickets, clock, fact, order)
  const body = rows.map(({ name, count, ms }) => [name, thousands(count), ...ms.map(inHours)])
  return `${title}\n${columns([['', 'n', 'p50', 'p75', 'p90', 'p95'], ...body])}`
}

/** Where the time of broken promises went. */
export const reasons = (replayed: Replayed, breaches: readonly Breach[]): string => {
  if (breaches.length === 0) return 'Broken promises: none'
  const sums = reasonsTable(replayed, breaches)
  const all = sums.reduce((sum, { ms }) => sum + ms, 0)
  const rows = sums.map(({ label, count, ms }) => [label, thousands(count), percent(ms / all)])
  return `Broken promises: ${thousands(breaches.length)}. Main reason, by the ledger: the ticket …\n${columns([['', 'breaches', 'open time'], ...rows])}`
}

/** The longest overruns with their ledgers. */
export const worst = (replayed: Replayed, breaches: readonly Breach[], count: number): string => {
  if (breaches.length === 0) return 'Longest overruns: none'
  const told = breaches.slice(0, count).map(({ outcome, ticket, ledger, reason }) => {
    const label = replayed.clocks.find(({ id }) => id === outcome.clock)?.label ?? outcome.clock
    const facts = Object.values(ticket.first).filter((value) => typeof value === 'string' && value !== 'new')
    const notes = reason.notes.length === 0 ? '' : `; ${reason.notes.join(', ')}`
    const head = `  ${ticket.id} (${facts.join(', ')}): ${label}, ${inHours(-outcome.remainingMs)} over; ${replayed.phases.labels[reason.main] ?? reason.main}${notes}`
    const lines = renderLedger(ledger).split('\n')
    const shown =
      lines.length <= 8 ? lines : [...lines.slice(0, 6), `… ${lines.length - 7} more lines`, lines.at(-1)!]
    return [head, ...shown.map((line) => `      ${line}`)].join('\n')
  })
  return `Longest overruns\n${told.join('\n')}`
}
