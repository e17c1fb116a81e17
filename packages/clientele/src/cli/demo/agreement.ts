// How far the replay agrees with the desk's own word on each incident, and what the disagreements have in common.

import type { Millis } from '@clientele/core'
import { inHours } from '../report/scale.js'
import { AWAITING } from './incident-log.js'
import type { Incident } from './incidents.js'
import { isJudged, type Outcome } from './outcomes.js'

/** One incident judged twice. */
export interface Pair {
  readonly incident: Incident
  readonly outcome: Outcome
  /** By our clock. */
  readonly kept: boolean
  /** By the log's `made_sla`. */
  readonly flag: boolean
}

/** Incidents with both judgements; the others cannot be compared. */
export const pairsOf = (incidents: readonly Incident[], outcomes: readonly Outcome[]): readonly Pair[] => {
  const bySubject = new Map(outcomes.map((outcome) => [outcome.subject, outcome]))
  return incidents.flatMap((incident) => {
    const outcome = bySubject.get(incident.id)
    if (outcome === undefined || incident.madeSla === undefined || !isJudged(outcome)) return []
    return [{ incident, outcome, kept: outcome.ending === 'met', flag: incident.madeSla }]
  })
}

/** The four cells: ours first, the log's second. */
export interface Confusion {
  readonly keptKept: number
  readonly keptBroken: number
  readonly brokenKept: number
  readonly brokenBroken: number
  readonly all: number
  /** Share of incidents on which both agree. */
  readonly agreement: number
  /** Agreement beyond what two unrelated judges with these rates would reach (Cohen's kappa). */
  readonly kappa: number
}

/** Counts the four cells. */
export const confusionOf = (
  pairs: readonly { readonly kept: boolean; readonly flag: boolean }[],
): Confusion => {
  const count = (kept: boolean, flag: boolean): number =>
    pairs.filter((pair) => pair.kept === kept && pair.flag === flag).length
  const cells = {
    keptKept: count(true, true),
    keptBroken: count(true, false),
    brokenKept: count(false, true),
    brokenBroken: count(false, false),
  }
  const all = pairs.length
  const agreement = (cells.keptKept + cells.brokenBroken) / all
  const ours = (cells.keptKept + cells.keptBroken) / all
  const theirs = (cells.keptKept + cells.brokenKept) / all
  const chance = ours * theirs + (1 - ours) * (1 - theirs)
  return { ...cells, all, agreement, kappa: chance === 1 ? Number.NaN : (agreement - chance) / (1 - chance) }
}

/** A group of incidents: how many, and how many of them are judged differently. */
export interface Trait {
  readonly trait: string
  readonly value: string
  readonly all: number
  readonly tooStrict: number
  readonly tooMild: number
  /** Share of the group judged differently. */
  readonly rate: number
}

const waited = ({ updates }: Incident): boolean =>
  updates.some(({ state }) => (AWAITING as readonly string[]).includes(state))

const bucket = (value: number, names: readonly (readonly [below: number, name: string])[]): string =>
  names.find(([below]) => value < below)?.[1] ?? 'more'

const last = ({ updates }: Incident) => updates.at(-1)

/** What incidents may have in common; each gives one value a pair. */
const TRAITS: readonly {
  readonly name: string
  readonly of: (pair: Pair, target: Millis | undefined) => string
}[] = [
  {
    name: 'awaiting states',
    of: ({ incident }) => (waited(incident) ? 'waited for somebody' : 'never waited'),
  },
  { name: 'priority', of: ({ incident }) => last(incident)?.priority ?? '–' },
  {
    name: 'reassigned',
    of: ({ incident }) =>
      bucket(last(incident)?.reassignments ?? 0, [
        [1, 'never'],
        [2, 'once'],
        [4, '2–3 times'],
        [Infinity, '4 times or more'],
      ]),
  },
  {
    name: 'reopened',
    of: ({ incident }) => ((last(incident)?.reopens ?? 0) > 0 ? 'reopened' : 'never reopened'),
  },
  {
    name: 'priority changed',
    of: ({ incident: { updates } }) =>
      new Set(updates.map(({ priority }) => priority)).size > 1 ? 'changed' : 'never changed',
  },
  {
    name: 'time used against target',
    of: ({ outcome: { elapsedMs, remainingMs } }) =>
      bucket(elapsedMs / (elapsedMs + remainingMs), [
        [0.5, 'under half'],
        [0.9, '50–90 %'],
        [1.1, 'within 10 % of it'],
        [2, '110–200 %'],
        [Infinity, 'over twice'],
      ]),
  },
  {
    name: 'resolution',
    of: ({ incident }) =>
      incident.resolvedAt === undefined ? 'no resolved_at in the log' : 'resolved_at in the log',
  },
]

/** Every group with its disagreements, those that gather most of them first. */
export const traitsOf = (pairs: readonly Pair[]): readonly Trait[] => {
  return TRAITS.flatMap(({ name, of }) => {
    const values = new Map<string, Pair[]>()
    for (const pair of pairs) {
      const value = of(pair, undefined)
      values.set(value, [...(values.get(value) ?? []), pair])
    }
    return [...values].map(([value, own]) => {
      const tooStrict = own.filter(({ kept, flag }) => !kept && flag).length
      const tooMild = own.filter(({ kept, flag }) => kept && !flag).length
      return {
        trait: name,
        value,
        all: own.length,
        tooStrict,
        tooMild,
        rate: (tooStrict + tooMild) / own.length,
      }
    })
  })
}

/** The targets for which a clock agrees best with the flag: any above `above` and up to `upTo` does equally well. */
export interface Fit {
  readonly priority: string
  readonly all: number
  readonly agree: number
  readonly above: Millis
  readonly upTo: Millis
}

const fitOne = (priority: string, cases: readonly { readonly ms: Millis; readonly flag: boolean }[]): Fit => {
  const sorted = [...cases].sort((a, b) => a.ms - b.ms)
  // a target under the shortest time calls every promise broken
  let agree = sorted.filter(({ flag }) => !flag).length
  let best = { agree, above: 0, upTo: sorted[0]?.ms ?? 0 }
  sorted.forEach(({ ms, flag }, i) => {
    agree += flag ? 1 : -1
    const next = sorted[i + 1]?.ms ?? Number.POSITIVE_INFINITY
    if (next === ms) return
    if (agree > best.agree || (agree === best.agree && next - ms > best.upTo - best.above))
      best = { agree, above: ms, upTo: next }
  })
  return { priority, all: cases.length, ...best }
}

/** The best target of each priority. An analysis of the flag, not the desk's target, which nobody recorded. */
export const fit = (
  pairs: readonly { readonly priority: string; readonly ms: Millis; readonly flag: boolean }[],
): { readonly fits: readonly Fit[]; readonly agreement: number } => {
  const priorities = [...new Set(pairs.map(({ priority }) => priority))].sort()
  const fits = priorities.map((priority) =>
    fitOne(
      priority,
      pairs.filter((pair) => pair.priority === priority),
    ),
  )
  return { fits, agreement: fits.reduce((sum, { agree }) => sum + agree, 0) / pairs.length }
}

/** A fitted range of targets in words. */
export const rangeOf = ({ above, upTo }: Fit): string => {
  if (above === 0) return 'none kept, whatever the target'
  if (upTo === Number.POSITIVE_INFINITY) return `${inHours(above)} or more`
  return `${inHours(above)} to ${inHours(upTo)}`
}

/** What a fitted target would say of an incident. */
export const keptUnder = (
  fits: readonly Fit[],
  { priority, ms }: { readonly priority: string; readonly ms: Millis },
): boolean => ms <= (fits.find((one) => one.priority === priority)?.above ?? 0)
