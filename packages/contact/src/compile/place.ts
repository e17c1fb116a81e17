// Gives limits their streams: those that count the same touches by the same keys share one.

import type { LimitTable, RuleTable, StreamTable } from '../table.js'
import type { UnplacedLimit, UnplacedStream } from './rules.js'

/** Limits with their streams. `whole`: whether what counts is known only when asked. */
export const placeLimits = (
  unplaced: readonly (UnplacedLimit & RuleTable)[],
  whole: boolean,
): { readonly limits: readonly LimitTable[]; readonly streams: readonly StreamTable[] } => {
  const rows = new Map<string, number>()
  const counted: UnplacedStream[] = []
  const limits = unplaced.map(({ counted: each, ...limit }, limitIndex): LimitTable => {
    const row = rows.get(each.name) ?? counted.length
    if (row === counted.length) counted.push(each)
    rows.set(each.name, row)
    return { ...limit, stream: row, limitIndex }
  })
  const streams = counted.map((each, row): StreamTable => {
    const askers = limits.filter(({ stream }) => stream === row)
    return {
      ...each,
      own: each.per.length === 1 && each.per[0] === 'recipient',
      whole: !each.all && (whole || each.currentTags),
      places: Math.max(1, ...askers.map(({ limit }) => limit)),
      limits: askers,
    }
  })
  return { limits, streams }
}
