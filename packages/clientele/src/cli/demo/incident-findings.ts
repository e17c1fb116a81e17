// What a comparison of a log with its own flag comes to, in sentences. Each follows from numbers; none is said of every log.

import { percent, thousands } from '../report/scale.js'
import { confusionOf, type Pair, rangeOf, type Trait, traitsOf } from './agreement.js'
import { HOURS_IN_WORDS, PAUSE_IN_WORDS, type Variant } from './incident-study.js'
import type { Incident } from './incidents.js'
import type { Breach, Replayed } from './replayed.js'

/** Everything known after a run over an incident log. */
export interface IncidentRun {
  readonly replayed: Replayed
  readonly incidents: readonly Incident[]
  readonly pairs: readonly Pair[]
  readonly variants: readonly Variant[]
  readonly breaches: readonly Breach[]
  readonly zone: { readonly name: string; readonly from: 'given' | 'assumed' }
  readonly policyFile: string | undefined
}

/** A trait is told when it holds for most of the disagreements and for far fewer of all incidents. */
const MOST = 0.6
const FAR = 0.2
const TOLD = 3

/** What the disagreements of one direction have in common. */
const inCommon = (
  traits: readonly Trait[],
  all: number,
  off: number,
  count: (trait: Trait) => number,
): readonly string[] =>
  traits
    .map((trait) => ({ trait, share: count(trait) / off, usual: trait.all / all }))
    .filter(({ share, usual }) => share >= MOST && share - usual >= FAR)
    .sort((a, b) => b.share - b.usual - (a.share - a.usual))
    .slice(0, TOLD)
    .map(
      ({ trait, share, usual }) =>
        `${trait.trait}: ${trait.value} (${thousands(count(trait))} of ${thousands(off)}, ${percent(share)}; of all incidents ${percent(usual)})`,
    )

const direction = (what: string, common: readonly string[]): readonly string[] =>
  common.length === 0 ? [] : [`What the ${what} have in common: ${common.join('; ')}.`]

const aboutPause = (variants: readonly Variant[]): readonly string[] => {
  const waiting = variants.find(({ pause }) => pause === 'awaiting')
  const never = variants.find(({ pause }) => pause === 'never')
  if (waiting === undefined || never === undefined) return []
  const both = `a clock that never stands still (${HOURS_IN_WORDS[never.hours]}) could agree on ${percent(never.agreement)}, one that stands still while awaiting (${HOURS_IN_WORDS[waiting.hours]}) on ${percent(waiting.agreement)}`
  if (Math.abs(never.agreement - waiting.agreement) < 0.01) {
    return [`With targets chosen to agree best, pausing makes little difference: ${both}.`]
  }
  const told = never.agreement > waiting.agreement ? 'did not stand still' : 'stood still'
  return [
    `The flag behaves as if its clock ${told} in the awaiting states: with targets chosen to agree best, ${both}.`,
  ]
}

const aboutTargets = ([best]: readonly Variant[]): readonly string[] => {
  if (best === undefined) return []
  const { unexplained, fits } = best
  const some = unexplained.slice(0, 5).join(', ')
  const rest = unexplained.length > 5 ? ', …' : ''
  const left =
    unexplained.length === 0
      ? ''
      : ` They leave ${thousands(unexplained.length)} unexplained: ${some}${rest}.`
  return [
    `The best-agreeing clock ${PAUSE_IN_WORDS[best.pause]}, ${HOURS_IN_WORDS[best.hours]}, with these targets by the last priority: ${fits.map((one) => `${one.priority}, ${rangeOf(one)}`).join('; ')}.${left} They describe the flag; they are not the desk’s targets, which nobody recorded.`,
  ]
}

/** Sentences that follow from the numbers. */
export const findings = ({ pairs, variants, policyFile }: IncidentRun): readonly string[] => {
  if (pairs.length === 0) return ['The log has no made_sla flags, so there is nothing to compare with.']
  const { agreement, all, keptBroken, brokenKept, kappa } = confusionOf(pairs)
  const traits = traitsOf(pairs)
  const under = policyFile === undefined ? 'the assumed targets' : policyFile
  const beyond = Number.isNaN(kappa) ? '' : `; kappa ${kappa.toFixed(2)}`
  return [
    `Under ${under} the replay and the flag agree on ${thousands(all - keptBroken - brokenKept)} of ${thousands(all)} incidents (${percent(agreement)}${beyond}). The replay is milder on ${thousands(keptBroken)} (kept, but the flag says broken) and stricter on ${thousands(brokenKept)} (the reverse).`,
    ...direction(
      'milder ones',
      inCommon(traits, all, keptBroken, ({ tooMild }) => tooMild),
    ),
    ...direction(
      'stricter ones',
      inCommon(traits, all, brokenKept, ({ tooStrict }) => tooStrict),
    ),
    ...aboutPause(variants),
    ...aboutTargets(variants),
  ]
}
