// What the log's own flag is made of: the same incidents under other assumptions, each through the engine, and the
// targets under which each would agree best.

import * as Sla from '@clientele/sla'
import { type Fit, fit } from './agreement.js'
import type { Log } from './desk.js'
import { type Assumptions, incidentPolicy } from './incident-log.js'
import type { Incident } from './incidents.js'
import { isJudged, outcomesOf } from './outcomes.js'

/** One set of assumptions, and how well it could agree. */
export interface Variant {
  readonly pause: Assumptions['pause']
  readonly hours: Assumptions['hours']
  readonly agreement: number
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

const tryOut = (
  incidents: readonly Incident[],
  log: Log,
  assumptions: Assumptions,
  zone: string,
): Variant => {
  const table = Sla.compileOrThrow(incidentPolicy(assumptions, zone))
  const outcomes = outcomesOf(Sla.replay(table, log.events, { until: log.until }))
  const byId = new Map(incidents.map((incident) => [incident.id, incident]))
  const cases = outcomes.filter(isJudged).flatMap(({ subject, elapsedMs }) => {
    const incident = byId.get(subject)
    const flag = incident?.madeSla
    if (incident === undefined || flag === undefined) return []
    return [{ priority: incident.updates.at(-1)?.priority ?? '–', ms: elapsedMs, flag }]
  })
  const { fits, agreement } = fit(cases)
  return { pause: assumptions.pause, hours: assumptions.hours, agreement, fits }
}

/** Every combination of pause and hours, the best first. */
export const study = (incidents: readonly Incident[], log: Log, zone: string): readonly Variant[] =>
  (['awaiting', 'never'] as const)
    .flatMap((pause) =>
      (['round-the-clock', 'workdays-8-18', 'workdays-9-18'] as const).map((hours) =>
        tryOut(incidents, log, { pause, hours, within: NO_TARGET }, zone),
      ),
    )
    .sort((a, b) => b.agreement - a.agreement)
