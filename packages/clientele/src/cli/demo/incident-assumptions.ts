// What a log does not record and had to be assumed, with what each assumption does to the result.

import { percent, thousands } from '../report/scale.js'
import type { IncidentRun } from './incident-findings.js'
import { ASSUMED_TARGETS, AWAITING } from './incident-log.js'
import type { Variant } from './incident-study.js'
import { isJudged } from './outcomes.js'
import type { Replayed } from './replayed.js'

const targetsInWords = (): string =>
  Object.entries(ASSUMED_TARGETS)
    .map(([priority, within]) => `${priority}: ${within}`)
    .join(', ')

/** What share would be kept with targets longer or shorter by a factor. */
const keptTimes = ({ outcomes }: Replayed, factor: number): number => {
  const judged = outcomes.filter(isJudged)
  const kept = judged.filter(({ elapsedMs, remainingMs }) => elapsedMs <= (elapsedMs + remainingMs) * factor)
  return kept.length / judged.length
}

/** The effect of the pause and of the hours, where the study tried them. */
const effectOf = (
  { variants, policyFile }: IncidentRun,
  pause: Variant['pause'],
  hours: Variant['hours'],
): string => {
  const found = variants.find((variant) => variant.pause === pause && variant.hours === hours)
  return found === undefined || policyFile !== undefined ? '' : percent(found.kept)
}

/** What was assumed, each with its effect, in sentences. */
export const assumptions = (run: IncidentRun): readonly string[] => {
  const unresolved = run.incidents.filter(({ resolvedAt }) => resolvedAt === undefined).length
  const [half, twice] = [keptTimes(run.replayed, 0.5), keptTimes(run.replayed, 2)]
  const [unpaused, workdays] = [
    effectOf(run, 'never', 'round-the-clock'),
    effectOf(run, 'awaiting', 'workdays-8-18'),
  ]
  const kept = percent(keptTimes(run.replayed, 1))
  return [
    run.policyFile === undefined
      ? `Targets are assumed, since the log states none: ${targetsInWords()}. They keep ${kept} of the incidents; targets half as long would keep ${percent(half)}, twice as long ${percent(twice)}.`
      : `The policy is that of ${run.policyFile}. It keeps ${kept} of the incidents.`,
    ...(workdays === ''
      ? []
      : [
          `The calendar is assumed: round the clock. With the same lengths counted on workdays from 8 to 18 alone, ${workdays} would be kept.`,
        ]),
    `Times are read as ${run.zone.name} wall clock${run.zone.from === 'assumed' ? ', since the log names no zone (choose with --zone)' : ''}. A clock that runs round the clock does not depend on it, except across a change of summer time; the hours of the week in the heat map do.`,
    `The clock stands still in ${AWAITING.join(', ')}.${unpaused === '' ? '' : ` If it did not, ${unpaused} would be kept.`}`,
    'The clock stops when the log first shows Resolved (or Closed, where Resolved never appears) and goes on when an incident leaves those states again; the time between does not count.',
    `The log has no replies, so there is no first response here. ${thousands(unresolved)} incidents have no resolved_at; they are taken at the update that shows them done.`,
    'An incident counts as new from opened_at to its first recorded update; what happened in between is not in the log.',
    'Priority is followed as it changes; time used counts against the new target.',
  ]
}
