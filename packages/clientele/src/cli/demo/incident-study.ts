// What the log's own flag is made of: the same incidents under other assumptions, each through the engine, and the
// targets under which each would agree best.

import * as Sla from '@clientele/sla'
import { confusionOf, type Fit, fit, keptUnder } from './agreement.js'
import type { Log } from './desk.js'
import { ASSUMED_TARGETS, type Assumptions, incidentPolicy } from './incident-log.js'
import type { Incident } from './incidents.js'
import { isJudged, outcomesOf } from './outcomes.js'

/** One set of assumptions, and how well it could agree. */
export interface Variant {
  readonly pause: Assumptions['pause']
  readonly hours: Assumptions['hours']
  /** With the targets that agree best. */
  readonly agreement: number
  /** With the assumed targets. */
  readonly assumed: number
  /** Share of incidents kept under the assumed targets. */
  readonly kept: number
  /** Incidents that not even the best targets explain. */
  readonly unexplained: readonly string[]
  readonly fits: readonly Fit[]
}

export const HOURS_IN_WORDS: { readonly [hours in Assumptions['hours']]: string } = {
  'round-the-clock': 'round the clock',
  'workdays-8-18': 'workdays 8–18',
  'workdays-9-18': 'workdays 9–18',
}

export const PAUSE_IN_WORDS: { readonly [pause in Assumptions['pause']]: string } = {
  awaiting: 'stands still while awaiting',
  never: 'never stands still',
}

/** Longer than any incident: the clock only measures. */
const NO_TARGET = 'P3000D'

interface Case {
  readonly id: string
  readonly priority: string
  readonly ms: number
  readonly kept: boolean
  readonly flag: boolean
}

/** Incidents with a flag, judged by one clock. */
const casesOf = (
  incidents: ReadonlyMap<string, Incident>,
  log: Log,
  assumptions: Assumptions,
  zone: string,
): readonly Case[] => {
  const table = Sla.compileOrThrow(incidentPolicy(assumptions, zone))
  const outcomes = outcomesOf(Sla.replay(table, log.events, { until: log.until }))
  return outcomes.filter(isJudged).flatMap(({ subject, elapsedMs, ending }) => {
    const incident = incidents.get(subject)
    const flag = incident?.madeSla
    if (incident === undefined || flag === undefined) return []
    const priority = incident.updates.at(-1)?.priority ?? '–'
    return [{ id: subject, priority, ms: elapsedMs, kept: ending === 'met', flag }]
  })
}

const tryOut = (
  incidents: ReadonlyMap<string, Incident>,
  log: Log,
  clock: Pick<Assumptions, 'pause' | 'hours'>,
  zone: string,
): Variant => {
  const measured = casesOf(incidents, log, { ...clock, within: NO_TARGET }, zone)
  const { fits, agreement } = fit(measured)
  const assumed = casesOf(incidents, log, { ...clock, within: ASSUMED_TARGETS }, zone)
  return {
    ...clock,
    fits,
    agreement,
    assumed: confusionOf(assumed).agreement,
    kept: assumed.filter(({ kept }) => kept).length / assumed.length,
    unexplained: measured.filter((one) => keptUnder(fits, one) !== one.flag).map(({ id }) => id),
  }
}

/** Every combination of pause and hours, the best first. */
export const study = (incidents: readonly Incident[], log: Log, zone: string): readonly Variant[] => {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]))
  return (['awaiting', 'never'] as const)
    .flatMap((pause) =>
      (['round-the-clock', 'workdays-8-18', 'workdays-9-18'] as const).map((hours) =>
        tryOut(byId, log, { pause, hours }, zone),
      ),
    )
    .sort((a, b) => b.agreement - a.agreement)
}
