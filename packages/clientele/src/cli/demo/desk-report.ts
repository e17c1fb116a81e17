// The report of the imagined desk.

import { html } from '../report/markup.js'
import { page, type Tile } from '../report/page.js'
import { inShort, percent, thousands } from '../report/scale.js'
import { breachSection } from './breach-section.js'
import { CHANNELS, PRIORITIES, REGIONS, WEEKS } from './desk-model.js'
import { nearestRank, sharesBy } from './figures.js'
import { isBroken, isJudged } from './outcomes.js'
import type { Part } from './part.js'
import type { Breach, Replayed } from './replayed.js'
import {
  attainmentSection,
  countOf,
  definitionSection,
  heatSection,
  listSection,
  percentileSection,
  seriesSection,
} from './sections.js'
import { attainment, percentiles, reasons, worst } from './summary.js'

/** How the desk was made. */
export interface Made {
  readonly seed: number
  readonly policyFile: string | undefined
  /** What other engines have to say. */
  readonly parts: readonly Part[]
}

const tilesOf = (replayed: Replayed): readonly Tile[] => {
  const { outcomes, tickets } = replayed
  const judged = countOf(outcomes, isJudged)
  const broken = countOf(outcomes, isBroken)
  const late = countOf(outcomes, ({ ending }) => ending === 'late')
  const first = replayed.clocks[0]?.id
  const answered = outcomes
    .filter(({ clock, ending }) => clock === first && (ending === 'met' || ending === 'missed'))
    .map(({ elapsedMs }) => elapsedMs)
    .sort((a, b) => a - b)
  const label = replayed.clocks[0]?.label.toLowerCase() ?? 'answer'
  return [
    { value: thousands(tickets.size), label: 'tickets' },
    { value: percent((judged - broken) / judged), label: `of ${thousands(judged)} promises kept` },
    { value: thousands(broken), label: 'promises broken', tone: 'bad' },
    { value: thousands(late), label: 'of them still open' },
    { value: inShort(nearestRank(answered, 0.5)), label: `median ${label}` },
    { value: inShort(nearestRank(answered, 0.9)), label: `p90 ${label}` },
  ]
}

const assumptions = ({ seed, policyFile }: Made): readonly string[] => [
  `The desk is imagined: tickets, people and times come from seed ${seed}. The same seed gives the same report, byte for byte.`,
  `Four teams (${REGIONS.map(({ zone }) => zone).join(', ')}) keep their own hours and holidays; phone, chat and the counter count the hours in which any team is at work, letters those of the customer’s team.`,
  'Times are open time of the promise’s calendar less pauses: nights, weekends and holidays count nothing. While a ticket waits for its customer or a supplier, its resolution clock stands still; its reply clocks do not.',
  'A promise counts as broken when its deadline passes, whether or not it is fulfilled later. Calls that hung up and duplicates cancel their clocks and are left out of the shares.',
  'Groups go by the facts a ticket had when it came in; a raised priority changes the target, not the group.',
  ...(policyFile === undefined ? [] : [`The policy is that of ${policyFile}, not the demo’s own.`]),
]

/** The page. */
export const deskReport = (replayed: Replayed, breaches: readonly Breach[], made: Made): string => {
  const byPriority = sharesBy(replayed.outcomes, replayed.tickets, 'priority', PRIORITIES)
  const byChannel = sharesBy(replayed.outcomes, replayed.tickets, 'channel', CHANNELS)
  const byTeam = sharesBy(
    replayed.outcomes,
    replayed.tickets,
    'region',
    REGIONS.map(({ id }) => id),
  )
  const first = replayed.clocks[0]
  const work = replayed.clocks.at(-1)
  return page({
    title: 'How the service desk kept its promises',
    about: `${WEEKS} weeks of an imagined desk, ${thousands(replayed.log.events.length)} events replayed through ${replayed.clocks.length} SLA clocks on the business time of four teams.`,
    tiles: tilesOf(replayed),
    sections: [
      attainmentSection(replayed, byPriority, {
        by: 'priority',
        lead: 'Share of promises kept, by the priority the ticket came in with.',
      }),
      attainmentSection(replayed, byChannel, {
        by: 'channel',
        lead: 'The same, by the channel the customer chose.',
      }),
      ...(first === undefined
        ? []
        : [
            percentileSection(
              replayed,
              {
                clock: first.id,
                fact: 'channel',
                title: `Time to ${first.label.toLowerCase()}`,
                lead: 'Open time from the ticket to the first answer, on a scale on which each step is a multiple.',
              },
              CHANNELS,
            ),
          ]),
      seriesSection(
        replayed,
        work?.id ?? '',
        'Open tickets at the end of each day, and promises whose deadline passed in it.',
      ),
      heatSection(replayed, `Deadlines that passed unfulfilled, on the wall clock of ${replayed.zone.name}.`),
      attainmentSection(replayed, byTeam, {
        by: 'team',
        lead: 'The same, by the team at the customer’s place. Each keeps its own hours and holidays.',
      }),
      breachSection(replayed, breaches, ['channel', 'priority', 'region']),
      ...made.parts.map(({ section }) => section),
      listSection(
        'What to know before using these numbers',
        'Assumptions, with their effect.',
        assumptions(made),
      ),
      definitionSection(replayed),
    ],
    foot: html`Made by <code>clientele demo</code>. This file needs no network.`,
  })
}

/** The terminal's page. */
export const deskSummary = (replayed: Replayed, breaches: readonly Breach[]): string => {
  const judged = countOf(replayed.outcomes, isJudged)
  const broken = breaches.length
  const first = replayed.clocks[0]
  return [
    `${thousands(replayed.tickets.size)} tickets, ${thousands(replayed.log.events.length)} events, ${thousands(replayed.moments.length)} moments; ${percent((judged - broken) / judged)} of ${thousands(judged)} promises kept`,
    attainment(replayed, 'priority', PRIORITIES),
    attainment(replayed, 'channel', CHANNELS),
    ...(first === undefined
      ? []
      : [
          percentiles(
            replayed,
            first.id,
            'channel',
            CHANNELS,
            `Time to ${first.label.toLowerCase()}, open time`,
          ),
        ]),
    reasons(replayed, breaches),
    worst(replayed, breaches, 3),
  ].join('\n\n')
}
