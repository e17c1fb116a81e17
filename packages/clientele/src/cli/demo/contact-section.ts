// The desk's messages in the report, in the terminal and in files.

import { formatInstant, type Instant, zoneOf } from '@clientele/core'
import { inWords } from '../contact/ledger.js'
import { printedLedger } from '../format.js'
import { html, type Markup } from '../report/markup.js'
import { figure, type Section, table, twoWidths } from '../report/page.js'
import { inWords as durationInWords, inShort, percent, thousands } from '../report/scale.js'
import { type PartsRow, partBars, waitChart, waitColumns } from './contact-chart.js'
import { KINDS, type Kind } from './contact-desk.js'
import type { Fate, Messages, Sent } from './contact-run.js'
import { localTime } from './evidence.js'
import { nearestRank } from './figures.js'
import type { Part } from './part.js'
import { columns } from './summary.js'

const FATES: readonly { readonly fate: Fate; readonly style: string }[] = [
  { fate: 'at once', style: 'kept' },
  { fate: 'later', style: 'd2' },
  { fate: 'denied', style: 'missed' },
  { fate: 'waiting', style: 'none' },
]
const PLURAL: { readonly [kind in Kind]: string } = { notice: 'notices', survey: 'surveys' }

const number = (name: string) => ({ name, kind: 'number' }) as const

const countsOf = (sent: readonly Sent[]): readonly (PartsRow & { readonly all: number })[] =>
  KINDS.map((kind) => {
    const own = sent.filter(({ wish }) => wish.kind === kind)
    const parts = FATES.map(({ fate, style }) => ({
      name: fate,
      style,
      count: own.filter((one) => one.fate === fate).length,
    }))
    return { name: PLURAL[kind], parts, all: own.length }
  })

/** What one rule did. */
interface RuleCount {
  readonly id: string
  readonly label: string
  readonly deferred: number
  readonly denied: number
  /** Denied by this rule and no other. */
  readonly alone: number
}

const rulesOf = ({ policy, sent }: Messages): readonly RuleCount[] => {
  const { caps = [], quiet = [], coolDowns = [], consent = [] } = policy
  const rules = [...caps, ...quiet, ...coolDowns, ...consent]
  return rules.map(({ id, label }) => ({
    id,
    label,
    deferred: sent.filter(({ deferredBy }) => deferredBy.includes(id)).length,
    denied: sent.filter(({ deniedBy }) => deniedBy.includes(id)).length,
    alone: sent.filter(({ deniedBy }) => deniedBy.length === 1 && deniedBy[0] === id).length,
  }))
}

const waitsOf = (sent: readonly Sent[]) =>
  KINDS.map((kind, i) => ({
    name: PLURAL[kind],
    style: i === 0 ? 'kept' : 'd2',
    ms: sent
      .filter(({ wish, fate }) => wish.kind === kind && fate === 'later')
      .map(({ wish, at }) => at - wish.at)
      .sort((a, b) => a - b),
  }))

const local = (zone: string, at: Instant): string => {
  const known = zoneOf(zone)
  return known === undefined ? formatInstant(at) : localTime(known, at)
}

/** The entries that stood against a message, in words. */
const reasonsOf = ({ ledger, wish }: Sent): readonly string[] =>
  ledger === undefined
    ? []
    : inWords(ledger, (at) => local(wish.customer.zone, at))
        .entries.filter(({ amount }) => amount < 1)
        .map(({ label }) => label)

/** The first message that each rule put off or denied by itself. */
const examplesOf = ({ sent }: Messages, rules: readonly RuleCount[]): readonly Sent[] =>
  rules.flatMap(({ id }) => {
    const found = sent.find(({ deniedBy, deferredBy }) => {
      const by = deniedBy.length > 0 ? deniedBy : deferredBy
      return by.length === 1 && by[0] === id
    })
    return found === undefined ? [] : [found]
  })

const exampleRow = (one: Sent): readonly (string | Markup)[] => {
  const { wish, fate, at } = one
  const { zone } = wish.customer
  const became = fate === 'later' ? 'sent' : fate
  const when = at === wish.at ? '' : html`<br><span class="date">${local(zone, at)}</span>`
  return [
    html`${wish.ticket}<br><span class="sub">${wish.kind} by ${wish.channel}, ${zone}</span>`,
    html`<span class="date">${local(zone, wish.at)}</span>`,
    html`${became}${when}`,
    html`<div class="why">${reasonsOf(one).map((reason) => html`<div>${reason}</div>`)}</div>`,
  ]
}

const fatesFigure = (sent: readonly Sent[]): Markup => {
  const rows = countsOf(sent)
  const about = rows
    .map(({ name, parts, all }) => `${name}: ${percent(parts[0]!.count / all)} sent at once`)
    .join('; ')
  const title = 'What became of the messages'
  const chart = twoWidths(
    (width, suffix) => partBars({ id: `msg-${suffix}`, title, about }, rows, width),
    1020,
  )
  const cells = rows.map(({ name, parts, all }) => [
    name,
    thousands(all),
    ...parts.map(({ count }) => thousands(count)),
  ])
  const heads = [{ name: 'kind' }, number('wished'), ...FATES.map(({ fate }) => number(fate))]
  return figure(chart, table(title, heads, cells), title)
}

const waitsFigure = (sent: readonly Sent[]): Markup => {
  const waits = waitsOf(sent)
  const cells = waitColumns(waits)
  const all = waits.flatMap(({ ms }) => ms).sort((a, b) => a - b)
  const half = durationInWords(nearestRank(all, 0.5))
  const about = `Half of those put off waited ${half} or less, the longest ${durationInWords(all.at(-1) ?? Number.NaN)}.`
  const title = 'How long those waited that came at a quiet hour'
  const chart = twoWidths(
    (width, suffix) => waitChart({ id: `wait-${suffix}`, title, about }, cells, width),
    1020,
  )
  const rows = cells.map(({ hours, counts }) => [
    `${hours} to ${hours + 1} h`,
    ...counts.map(({ count }) => thousands(count)),
  ])
  const data = table(title, [{ name: 'waited' }, ...waits.map(({ name }) => number(name))], rows)
  return html`${figure(chart, data, title)}<p class="legend"><i class="swatch k"></i><span>notices</span><i class="swatch d2"></i><span>surveys</span></p>`
}

const LEAD =
  'When a ticket is settled the desk would like to say so, and two hours later to ask how it was. A contact policy decides on each: what falls into quiet hours waits for their end, what a cap, a complaint or a missing consent forbids is not sent at all. Customers, where they live and what they agreed to are imagined, like the desk; a reopened ticket counts as a complaint.'

const sectionOf = (messages: Messages): Section => {
  const { sent, policy } = messages
  const rules = rulesOf(messages)
  const byRule = rules.map(({ label, deferred, denied, alone }) => [
    label,
    thousands(deferred),
    thousands(denied),
    thousands(alone),
  ])
  const ruleHeads = [{ name: 'rule' }, number('put off'), number('denied'), number('denied alone')]
  const exampleHeads = [{ name: 'message' }, { name: 'wished for' }, { name: 'became' }, { name: 'why' }]
  const waited = sent.some(({ fate }) => fate === 'later')
  return {
    title: 'Messages: may we write now',
    lead: LEAD,
    flow: 'long',
    body: [
      fatesFigure(sent),
      html`<p class="legend"><i class="swatch k"></i><span>sent at once</span><i class="swatch d2"></i><span>put off, then sent</span><i class="swatch m"></i><span>denied</span><i class="swatch h0"></i><span>waiting when the log ends</span></p>`,
      ...(waited ? [waitsFigure(sent)] : []),
      table('By rule; a message refused by several counts at each', ruleHeads, byRule),
      table(
        'The first message that each rule stopped alone',
        exampleHeads,
        examplesOf(messages, rules).map(exampleRow),
        'cards',
      ),
      html`<details><summary>contact-policy.json</summary><pre>${JSON.stringify(policy, undefined, 2)}</pre></details>`,
    ],
  }
}

const summaryOf = (messages: Messages): string => {
  const rows = countsOf(messages.sent).map(({ name, parts, all }) => [
    name,
    thousands(all),
    ...parts.map(({ count }) => thousands(count)),
  ])
  const rules = rulesOf(messages).map(({ label, deferred, denied }) => [
    label,
    thousands(deferred),
    thousands(denied),
  ])
  const waits = waitsOf(messages.sent)
    .flatMap(({ ms }) => ms)
    .sort((a, b) => a - b)
  const wait =
    waits.length === 0 ? '' : `; half of those put off waited ${inShort(nearestRank(waits, 0.5))} or less`
  return [
    `Messages after tickets${wait}`,
    columns([['', 'wished', ...FATES.map(({ fate }) => fate)], ...rows]),
    columns([['Refused by', 'put off', 'denied'], ...rules]),
  ].join('\n')
}

const messageLine = ({ wish, fate, at, deferredBy, deniedBy, ledger }: Sent): string =>
  `${JSON.stringify({
    id: wish.id,
    ticket: wish.ticket,
    kind: wish.kind,
    channel: wish.channel,
    customer: wish.customer.id,
    zone: wish.customer.zone,
    wishedAt: formatInstant(wish.at),
    fate,
    at: formatInstant(at),
    ...(deferredBy.length === 0 ? {} : { deferredBy }),
    ...(deniedBy.length === 0 ? {} : { deniedBy }),
    ...(ledger === undefined ? {} : { ledger: printedLedger(ledger) }),
  })}\n`

/** The messages' part of a run. */
export const messagesPart = (messages: Messages): Part => ({
  section: sectionOf(messages),
  summary: summaryOf(messages),
  files: {
    'contact-policy.json': `${JSON.stringify(messages.policy, undefined, 2)}\n`,
    'contact-lines.ndjson': messages.lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    'messages.ndjson': messages.sent.map(messageLine).join(''),
  },
})
