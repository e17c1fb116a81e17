// Why an answer is what it is: the stretch it spans, cut into open, closed and paused segments, each with its reason and
// the place in the definition that made it so. The open ones sum to the answer.

import {
  DAY,
  type Explained,
  FIRST_INSTANT,
  formatDate,
  type Instant,
  LAST_INSTANT,
  type LedgerEntry,
  type LocalMillis,
  ledgerOf,
  type Millis,
  toInstant,
  toLocal,
} from '@clientele/core'
import type { Period } from './model.js'
import { addPaused, elapsedPaused, mergePauses } from './pauses.js'
import { periods } from './queries.js'
import { type HoursRule, instantsOf, weekAt } from './rule.js'
import { clip, intersect, type Pairs, subtract } from './sets.js'
import type { Table } from './table.js'

/** A code, words, and the place in the definition. */
type Reason = Pick<LedgerEntry, 'code' | 'label' | 'ref'>

const entry = (reason: Reason, at: Period, amount = 0): LedgerEntry => ({ ...reason, amount, at })

const pairsOf = (pairs: Pairs): Period[] =>
  pairs.flatMap((from, i) => (i % 2 === 0 ? [[from, pairs[i + 1]!] as const] : []))

/** What the day of a local time says of itself. */
const reasonOfDay = (rule: HoursRule, local: LocalMillis): Reason & { readonly ref: string } => {
  const day = Math.floor(local / DAY)
  const { ref, holiday } = rule.special.get(day) ?? {}
  if (ref === undefined) return { code: 'closed', label: 'outside opening hours', ref: weekAt(rule, day).ref }
  if (holiday === undefined) return { code: 'date', label: `hours of ${formatDate(day)}`, ref }
  return { code: 'holiday', label: holiday === '' ? 'holiday' : `holiday: ${holiday}`, ref }
}

/** A closed stretch of one zone's hours, cut where the reason changes. */
const closedHours = (rule: HoursRule, [from, to]: Period): LedgerEntry[] => {
  const entries: LedgerEntry[] = []
  for (let at = from, since = from; at < to; ) {
    const local = toLocal(rule.zone, at)
    const midnight = (Math.floor(local / DAY) + 1) * DAY
    // where clocks go back over midnight, the first midnight may have passed
    const edges = [to, toInstant(rule.zone, midnight), at + midnight - local]
    let reason: Reason = reasonOfDay(rule, local)
    for (const date of [midnight / DAY - 2, midnight / DAY - 1]) {
      const { spans, ref } = rule.breaks.get(date) ?? {}
      const cuts = instantsOf(rule, date, spans)
      if (ref !== undefined && clip(cuts, at, at + 1).length > 0)
        reason = { code: 'break', label: 'break', ref }
      edges.push(...cuts)
    }
    const last = entries.at(-1)
    if (last?.code === reason.code && last.ref === reason.ref) entries.pop()
    else since = at
    at = Math.min(...edges.filter((edge) => edge > at))
    entries.push(entry(reason, [since, at]))
  }
  return entries
}

/** The segments of [from, to) in order: paused, open, or closed for a reason. */
const segments = (table: Table, from: Instant, to: Instant, pauses: readonly Period[]): LedgerEntry[] => {
  const { rule } = table
  const paused = clip(mergePauses(pauses), from, to)
  const counted = subtract([from, to], paused)
  const known = clip(counted, FIRST_INSTANT, LAST_INSTANT)
  // a period is told by the day on which it opens, which may lie before
  const open = periods(table, from - DAY, to)
  const closed = pairsOf(subtract(known, open.flat()))
  return [
    ...pairsOf(paused).map((at) => entry({ code: 'paused', label: 'paused' }, at)),
    ...pairsOf(subtract(counted, known)).map((at) =>
      entry({ code: 'closed', label: 'before 1970 or after 2100' }, at),
    ),
    ...open.flatMap((period) => {
      const ref = rule.kind === 'hours' ? reasonOfDay(rule, toLocal(rule.zone, period[0])).ref : rule.kind
      return pairsOf(intersect(period, known)).map((at) =>
        entry({ code: 'open', label: 'open', ref }, at, at[1] - at[0]),
      )
    }),
    ...closed.flatMap((at) =>
      rule.kind === 'hours'
        ? closedHours(rule, at)
        : entry({ code: 'closed', label: 'closed in the combination', ref: rule.kind }, at),
    ),
  ].sort((a, b) => a.at![0] - b.at![0])
}

const explained = (
  table: Table,
  verdict: number,
  [from, to]: Period,
  pauses: readonly Period[],
  noAnswer: string,
): Explained<number> => {
  const back = from > to
  const entries = Number.isNaN(verdict)
    ? [{ code: 'no-open-time', label: noAnswer, amount: verdict }]
    : segments(table, back ? to : from, back ? from : to, pauses)
  // going back, open time counts negative
  const told = back ? entries.reverse().map((each) => ({ ...each, amount: 0 - each.amount })) : entries
  return { verdict, ledger: ledgerOf('ms', 'sum', told) }
}

/**
 * Open time between two instants with its segments: `open` ones count, `closed`, `holiday`, `date`, `break` and `paused`
 * ones do not; together they cover the stretch without a gap. Cost: proportional to the segments, about 1 µs each.
 *
 * @example
 * import { compileOrThrow, explainElapsed } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
 * const { ledger } = explainElapsed(desk, Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 2, 10))
 * ledger.entries.map(({ code, amount }) => [code, amount]) // => [['closed', 0], ['open', 3600000]]
 *
 * @category explain
 */
export const explainElapsed = (
  table: Table,
  from: Instant,
  to: Instant,
  pauses: readonly Period[] = [],
): Explained<Millis> => {
  const verdict = elapsedPaused(table, from, to, pauses)
  return explained(table, verdict, [from, to], pauses, 'not an instant')
}

/**
 * A deadline with the segments from `at` to it; the open ones sum to `by`. Where there is no deadline the verdict is NaN
 * and the ledger holds one entry, `no-open-time`.
 *
 * @example
 * import { compileOrThrow, explainAdd } from '@clientele/calendar'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
 * const { verdict, ledger } = explainAdd(desk, Date.UTC(2026, 2, 2), 3600000)
 * new Date(verdict).toISOString() // => '2026-03-02T10:00:00.000Z'
 * ledger.total // => 3600000
 *
 * @category explain
 */
export const explainAdd = (
  table: Table,
  at: Instant,
  by: Millis,
  pauses: readonly Period[] = [],
): Explained<Instant> => {
  const verdict = addPaused(table, at, by, pauses)
  const label = `not enough open time ${by < 0 ? 'after 1970' : 'before 2101'}`
  return explained(table, verdict, [at, verdict], pauses, label)
}
