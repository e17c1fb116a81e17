// The parts of a report that a made-up desk and a real log share.

import { DAY, formatDate } from '@clientele/core'
import { shareBars } from '../report/bars.js'
import { heat, heatLegend } from '../report/heat.js'
import { html, type Markup } from '../report/markup.js'
import { figure, type Section, table, twoWidths } from '../report/page.js'
import { ranges } from '../report/ranges.js'
import { inHours, percent, thousands } from '../report/scale.js'
import { series, shortDate } from '../report/series.js'
import { byDay, byHourOfWeek, type ClockShares, PERCENTILES, percentilesBy } from './figures.js'
import type { Outcome } from './outcomes.js'
import type { Replayed } from './replayed.js'

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
      const rows = groups.map(({ name, kept, all }) => [
        name,
        thousands(kept),
        thousands(all - kept),
        percent(kept / all),
      ])
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

/** A log with a long tail is drawn up to the day after which little stays open; its table goes on to the end. */
const LONG_LOG = 60
const LITTLE = 0.05

const shownDays = (open: readonly number[]): number => {
  if (open.length <= LONG_LOG) return open.length
  const most = Math.max(...open)
  const busy = open.reduce((last, count, i) => (count > most * LITTLE ? i : last), 0)
  return Math.min(open.length, Math.max(LONG_LOG, busy + 2))
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
  const shown = shownDays(open)
  const cut =
    shown === open.length
      ? ''
      : ` Drawn up to ${shortDate(first + shown - 1)}, when ${thousands(open[shown - 1]!)} were open; the numbers go on.`
  const panels = [
    { name: 'Open at the end of the day', shape: 'area', values: open.slice(0, shown) },
    { name: 'Promises broken in the day', shape: 'columns', values: breaches.slice(0, shown) },
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
  const rows = open.map((count, i) => [formatDate(first + i), thousands(count), thousands(breaches[i]!)])
  return {
    title: 'Backlog and breaches over time',
    lead: `${lead} ${about}${cut}`,
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
  lead: html`The whole policy, calendars included. The same JSON given to <code>clientele sla replay</code> gives the same moments.`,
  body: [
    html`<details><summary>policy.json</summary><pre>${JSON.stringify(policy, undefined, 2)}</pre></details>`,
  ],
  flow: 'long',
})

/** How many of some outcomes end so. */
export const countOf = (outcomes: readonly Outcome[], keep: (outcome: Outcome) => boolean): number =>
  outcomes.filter(keep).length
