// The parts of a report that a made-up desk and a real log share.

import { DAY, formatDate, formatInstant, offsetAt, renderLedger } from '@clientele/core'
import { shareBars } from '../report/bars.js'
import { heat, heatLegend } from '../report/heat.js'
import { html, type Markup } from '../report/markup.js'
import { figure, type Section, table, twoWidths } from '../report/page.js'
import { ranges } from '../report/ranges.js'
import { inHours, percent, thousands } from '../report/scale.js'
import { series, shortDate } from '../report/series.js'
import { byDay, byHourOfWeek, type ClockShares, PERCENTILES, percentilesBy } from './figures.js'
import type { Outcome, Ticket } from './outcomes.js'
import type { Breach, Replayed } from './replayed.js'

const labelOf = ({ clocks }: Replayed, id: string): string =>
  clocks.find((clock) => clock.id === id)?.label ?? id

const number = (name: string) => ({ name, kind: 'number' }) as const

/** Kept promises by group: one chart a clock. */
export const attainmentSection = (
  replayed: Replayed,
  shares: readonly ClockShares[],
  words: { readonly by: string; readonly lead: string },
): Section => ({
  title: `Promises kept, by ${words.by}`,
  lead: words.lead,
  body: [
    html`<div class="charts">${shares.map(({ clock, groups }) => {
      const title = labelOf(replayed, clock)
      const about = groups.map(({ name, kept, all }) => `${name} ${percent(kept / all)}`).join(', ')
      const caption = {
        id: `att-${words.by}-${clock}`,
        title: `${title}: promises kept by ${words.by}`,
        about,
      }
      const rows = groups.map(({ name, kept, all }) => [name, kept, all - kept, percent(kept / all)])
      const data = table(
        caption.title,
        [{ name: words.by }, number('kept'), number('broken'), number('share')],
        rows,
      )
      return figure(shareBars(caption, groups), data, title)
    })}</div>`,
    html`<p class="legend"><i class="swatch k"></i><span>kept</span><i class="swatch m"></i><span>broken, ended or not</span></p>`,
  ],
})

const RANKS = PERCENTILES.map((p) => `p${p * 100}`)

/** Times used, in percentiles. */
export const percentileSection = (
  replayed: Replayed,
  words: { readonly clock: string; readonly fact: string; readonly title: string; readonly lead: string },
  order: readonly string[],
): Section => {
  const rows = percentilesBy(replayed.outcomes, replayed.tickets, words.clock, words.fact, order)
  const drawn = rows.map(({ name, ms }) => ({
    name,
    marks: ms.map((value, i) => ({ name: RANKS[i]!, ms: value })),
  }))
  const about = rows.map(({ name, ms }) => `${name}: half within ${inHours(ms[0]!)}`).join('; ')
  const chart = twoWidths(
    (width, suffix) => ranges({ id: `pct-${suffix}`, title: words.title, about }, drawn, width),
    1020,
  )
  const cells = rows.map(({ name, count, ms }) => [name, thousands(count), ...ms.map(inHours)])
  const heads = [{ name: words.fact }, number('answered'), ...RANKS.map(number)]
  return {
    title: words.title,
    lead: words.lead,
    body: [
      chart,
      html`<p class="legend"><i class="swatch k round"></i><span>half are faster (p50)</span><i class="swatch d1 round"></i><span>p75</span><i class="swatch d2 round"></i><span>p90</span><i class="swatch d3 round"></i><span>p95</span></p>`,
      table('Open time used, by nearest rank', heads, cells),
    ],
  }
}

/** Open work and breaches, day by day. */
export const seriesSection = (replayed: Replayed, clock: string, lead: string): Section => {
  const from = replayed.outcomes.reduce(
    (least, { startedAt }) => Math.min(least, startedAt),
    replayed.log.until,
  )
  const { first, open, breaches } = byDay(
    replayed.outcomes,
    clock,
    { from, until: replayed.log.until },
    replayed.zone,
  )
  const worst = breaches.indexOf(Math.max(...breaches))
  const about = `Most breaches on ${shortDate(first + worst)}: ${breaches[worst] ?? 0}.`
  const panels = [
    { name: 'Open at the end of the day', shape: 'area', values: open },
    { name: 'Promises broken in the day', shape: 'columns', values: breaches },
  ] as const
  const chart = twoWidths(
    (width, suffix) =>
      series(
        { id: `days-${suffix}`, title: 'Backlog and breaches by day', about },
        first * DAY,
        panels,
        width,
      ),
    1020,
  )
  const rows = open.map((count, i) => [formatDate(first + i), count, breaches[i]!])
  return {
    title: 'Backlog and breaches over time',
    lead: `${lead} ${about}`,
    body: [figure(chart, table('By day', [{ name: 'day' }, number('open'), number('broken')], rows))],
  }
}

/** When breaches fall. */
export const heatSection = (replayed: Replayed, lead: string): Section => {
  const counts = byHourOfWeek(replayed.outcomes, replayed.zone)
  const most = Math.max(0, ...counts.flat())
  const hours = counts.flatMap((row, day) => row.map((count, hour) => ({ count, day, hour })))
  const peak = hours.reduce((best, next) => (next.count > best.count ? next : best))
  const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
  const about = `Most fall on ${names[peak.day]} between ${peak.hour}:00 and ${peak.hour + 1}:00: ${peak.count}.`
  const chart = twoWidths(
    (width, suffix) =>
      heat({ id: `heat-${suffix}`, title: 'Breaches by weekday and hour', about }, counts, width),
    1020,
  )
  const rows = hours
    .filter(({ count }) => count > 0)
    .map(({ day, hour, count }) => [names[day]!, `${hour}:00`, count])
  const data = table('Hours with breaches', [{ name: 'weekday' }, number('hour'), number('broken')], rows)
  return {
    title: 'When promises break',
    lead: `${lead} ${about}`,
    body: [figure([chart, heatLegend(most)], data)],
  }
}

const local = (replayed: Replayed, at: number | undefined): string => {
  if (at === undefined) return '–'
  return formatInstant(at + offsetAt(replayed.zone, at))
    .slice(0, 16)
    .replace('T', ' ')
}

const timeline = (ticket: Ticket): string =>
  ticket.lines
    .map(
      ({ at, event, facts }) => `${at}  ${event ?? ''}  ${facts === undefined ? '' : JSON.stringify(facts)}`,
    )
    .join('\n')

const evidence = ({ ledger, ticket }: Breach): Markup =>
  html`<details><summary>ledger and record</summary><pre>${renderLedger(ledger)}</pre><pre>${timeline(ticket)}</pre></details>`

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

/** What broke promises, summed over all breaches. */
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
export const SHOWN = 40

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
  const rows = breaches.slice(0, SHOWN).map((breach) => {
    const { outcome, ticket } = breach
    const facts = title.map((fact) => String(ticket.first[fact] ?? '–')).join(', ')
    const over = inHours(Math.abs(outcome.remainingMs))
    return [
      html`${ticket.id}<br><span class="sub">${facts}</span>`,
      labelOf(replayed, outcome.clock),
      html`<span class="date">${local(replayed, outcome.due ?? undefined)}</span>`,
      outcome.ending === 'late' ? html`${over}<br><span class="sub">still open</span>` : over,
      html`${because(replayed, breach)}${evidence(breach)}`,
    ]
  })
  const heads = [{ name: 'main reason' }, number('breaches'), number('open time'), number('share')]
  const columns = [
    { name: 'ticket' },
    { name: 'promise' },
    { name: 'due' },
    number('over by'),
    { name: 'why' },
  ]
  const shown = Math.min(SHOWN, breaches.length)
  return {
    title: 'Broken promises and their reasons',
    lead: `The reason is the phase that used most of the counted time of a promise; phases come from the log, counted time from the ledger, and they sum to the time used. Shown: the ${shown} longest overruns of ${thousands(breaches.length)}; all of them are in breaches.ndjson.`,
    body: [
      table('Where the time of broken promises went', heads, reasons),
      table(`Longest overruns, times in ${replayed.zone.name}`, columns, rows),
    ],
    flow: 'long',
  }
}

/** A list of plain sentences. */
export const listSection = (
  title: string,
  lead: string,
  sentences: readonly (string | Markup)[],
): Section => ({
  title,
  lead,
  body: [html`<ul class="plain">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`],
})

/** The definitions a run used, whole. */
export const definitionSection = ({ policy }: Replayed): Section => ({
  title: 'Definitions used',
  lead: 'The whole policy, calendars included. The same JSON given to `clientele sla replay` gives the same moments.',
  body: [
    html`<details><summary>policy.json</summary><pre>${JSON.stringify(policy, undefined, 2)}</pre></details>`,
  ],
  flow: 'long',
})

/** How many of some outcomes end so. */
export const countOf = (outcomes: readonly Outcome[], keep: (outcome: Outcome) => boolean): number =>
  outcomes.filter(keep).length
