// The report of a real incident log: what it records, what had to be assumed, and how far the assumptions explain the
// desk's own flag.

import { html, type Markup } from '../report/markup.js'
import { page, type Section, type Tile, table } from '../report/page.js'
import { percent, thousands } from '../report/scale.js'
import { confusionOf, type Pair, rangeOf, traitsOf } from './agreement.js'
import { breachSection } from './breach-section.js'
import { sharesBy } from './figures.js'
import { assumptions } from './incident-assumptions.js'
import { findings, type IncidentRun } from './incident-findings.js'
import { ASSUMED_TARGETS } from './incident-log.js'
import { HOURS_IN_WORDS, PAUSE_IN_WORDS } from './incident-study.js'
import { isBroken, isJudged } from './outcomes.js'
import {
  attainmentSection,
  countOf,
  definitionSection,
  heatSection,
  listSection,
  percentileSection,
  seriesSection,
} from './sections.js'
import { attainment, columns, percentiles, reasons, worst } from './summary.js'

const PRIORITIES = Object.keys(ASSUMED_TARGETS)

const number = (name: string) => ({ name, kind: 'number' }) as const

const confusionTable = (pairs: readonly Pair[]): Markup => {
  const { keptKept, keptBroken, brokenKept, brokenBroken, all } = confusionOf(pairs)
  const share = (count: number): string => `${thousands(count)} (${percent(count / all)})`
  return html`<div class="scroll confusion"><table><caption>Incident by incident: the replay in rows, the log’s made_sla in columns</caption><thead><tr><th scope="col"></th><th scope="col" class="n">made_sla TRUE</th><th scope="col" class="n">made_sla FALSE</th><th scope="col" class="n">all</th></tr></thead><tbody>
<tr><th scope="row">replay: kept</th><td class="n hit">${share(keptKept)}</td><td class="n off">${share(keptBroken)}</td><td class="n">${share(keptKept + keptBroken)}</td></tr>
<tr><th scope="row">replay: broken</th><td class="n off">${share(brokenKept)}</td><td class="n hit">${share(brokenBroken)}</td><td class="n">${share(brokenKept + brokenBroken)}</td></tr>
<tr><th scope="row">all</th><td class="n">${share(keptKept + brokenKept)}</td><td class="n">${share(keptBroken + brokenBroken)}</td><td class="n">${thousands(all)}</td></tr>
</tbody></table></div>`
}

const agreementSection = (run: IncidentRun): Section => {
  const traits = traitsOf(run.pairs)
  const rows = traits.map((trait) => [
    trait.trait,
    trait.value,
    thousands(trait.all),
    thousands(trait.tooMild),
    thousands(trait.tooStrict),
    percent(trait.rate),
  ])
  const heads = [
    { name: 'trait' },
    { name: 'value' },
    number('incidents'),
    number('milder'),
    number('stricter'),
    number('disagree'),
  ]
  return {
    title: 'Against the desk’s own word',
    lead: 'The log carries a flag, made_sla: whether the incident met its promise, as the desk itself recorded it. The rules behind it are not in the log.',
    body: [
      html`${findings(run).map((sentence) => html`<p class="finding">${sentence}</p>`)}`,
      confusionTable(run.pairs),
      html`<details class="data"><summary>Disagreements by what the incidents are like</summary>${table('Milder: kept by the replay, broken by the flag; stricter: the reverse', heads, rows)}</details>`,
    ],
    flow: 'long',
  }
}

const studySection = ({ variants }: IncidentRun): Section => {
  const rows = variants.map(({ pause, hours, assumed, agreement, fits }) => [
    PAUSE_IN_WORDS[pause],
    HOURS_IN_WORDS[hours],
    percent(assumed),
    percent(agreement),
    fits.map((one) => `${one.priority}: ${rangeOf(one)}`).join('; '),
  ])
  return {
    title: 'What other assumptions would give',
    lead: 'The same incidents under other clocks, each with the targets that agree best with the flag. An upper bound on agreement, and a way to see which rules the flag may follow; not a finding of the true targets.',
    body: [
      table(
        'Agreement with made_sla',
        [
          { name: 'the clock' },
          { name: 'hours' },
          number('assumed targets'),
          number('best targets'),
          { name: 'best targets' },
        ],
        rows,
      ),
    ],
  }
}

const tilesOf = ({ replayed, pairs }: IncidentRun): readonly Tile[] => {
  const judged = countOf(replayed.outcomes, isJudged)
  const broken = countOf(replayed.outcomes, isBroken)
  const flagged = pairs.filter(({ flag }) => flag).length
  return [
    { value: thousands(replayed.tickets.size), label: 'incidents' },
    { value: percent((judged - broken) / judged), label: 'kept, under the assumed targets' },
    { value: percent(flagged / pairs.length), label: 'kept, by the log’s made_sla' },
    { value: percent(confusionOf(pairs).agreement), label: 'judged alike, one by one' },
    { value: thousands(broken), label: 'promises broken', tone: 'bad' },
  ]
}

/** The page. */
export const incidentsReport = (run: IncidentRun): string => {
  const { replayed, breaches } = run
  const byPriority = sharesBy(replayed.outcomes, replayed.tickets, 'priority', PRIORITIES)
  const clock = replayed.clocks[0]?.id ?? ''
  return page({
    title: 'An incident log against its promises',
    about: `${thousands(run.incidents.length)} incidents, ${thousands(replayed.log.events.length)} events replayed through an assumed resolution clock and compared with the desk’s own flag.`,
    tiles: tilesOf(run),
    sections: [
      ...(run.pairs.length === 0 ? [] : [agreementSection(run), studySection(run)]),
      attainmentSection(replayed, byPriority, {
        by: 'priority',
        lead: 'By the priority of the first update, under the assumed targets.',
      }),
      percentileSection(
        replayed,
        {
          clock,
          fact: 'priority',
          title: 'Time to resolution',
          lead: 'Counted time, awaiting states left out, on a scale on which each step is a multiple.',
        },
        PRIORITIES,
      ),
      seriesSection(
        replayed,
        clock,
        'Unresolved incidents at the end of each day, and deadlines that passed in it.',
      ),
      heatSection(replayed, `Deadlines that passed unfulfilled, on the wall clock of ${replayed.zone.name}.`),
      breachSection(replayed, breaches, ['priority', 'group']),
      listSection(
        'What was assumed, and what the log does not record',
        'Each with its effect.',
        assumptions(run),
      ),
      definitionSection(replayed),
    ],
    foot: html`Made by <code>clientele demo --incidents</code>. This file needs no network. Names in the log are as exported.`,
  })
}

const confusionText = (pairs: readonly Pair[]): string => {
  const { keptKept, keptBroken, brokenKept, brokenBroken } = confusionOf(pairs)
  return columns([
    ['', 'made_sla TRUE', 'made_sla FALSE'],
    ['replay: kept', thousands(keptKept), thousands(keptBroken)],
    ['replay: broken', thousands(brokenKept), thousands(brokenBroken)],
  ])
}

/** The terminal's page. */
export const incidentsSummary = (run: IncidentRun): string => {
  const { replayed, pairs, variants, breaches } = run
  const judged = countOf(replayed.outcomes, isJudged)
  const flagged = pairs.filter(({ flag }) => flag).length
  const traits = traitsOf(pairs).map((trait) => [
    `${trait.trait}: ${trait.value}`,
    thousands(trait.all),
    thousands(trait.tooMild),
    thousands(trait.tooStrict),
    percent(trait.rate),
  ])
  const tried = variants.map(({ pause, hours, assumed, agreement }) => [
    `${PAUSE_IN_WORDS[pause]}, ${HOURS_IN_WORDS[hours]}`,
    percent(assumed),
    percent(agreement),
  ])
  return [
    `${thousands(run.incidents.length)} incidents, ${thousands(replayed.log.events.length)} events, ${thousands(replayed.moments.length)} moments`,
    `Assumed, and what the log does not record\n${assumptions(run)
      .map((one) => `  · ${one}`)
      .join('\n')}`,
    attainment(replayed, 'priority', PRIORITIES),
    ...(pairs.length === 0
      ? []
      : [
          `The replay keeps ${percent((judged - breaches.length) / judged)}, the log’s made_sla ${percent(flagged / pairs.length)}. Incident by incident:\n${confusionText(pairs)}`,
          findings(run).join('\n'),
          `Disagreements (milder: the replay says kept, the flag broken)\n${columns([['', 'incidents', 'milder', 'stricter', 'disagree'], ...traits])}`,
          `Agreement with made_sla under other clocks\n${columns([['', 'assumed targets', 'best targets'], ...tried])}`,
        ]),
    percentiles(
      replayed,
      replayed.clocks[0]?.id ?? '',
      'priority',
      PRIORITIES,
      'Time to resolution, counted time',
    ),
    reasons(replayed, breaches),
    worst(replayed, breaches, 2),
  ].join('\n\n')
}
