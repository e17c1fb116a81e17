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
import { isKnown } from './pages.js'
import { addPaused, elapsedPaused, mergePauses } from './pauses.js'
import { periods } from './queries.js'
import { type HoursRule, instantsOf, weekAt } from './rule.js'
import { clip } from './sets.js'
import type { Table } from './table.js'

/** An entry in the making: its reason first, then its time. */
type Segment = { -readonly [Key in keyof LedgerEntry]: LedgerEntry[Key] }

/** What the day of a local time says of itself. */
const reasonOfDay = (rule: HoursRule, local: LocalMillis): Segment & { readonly ref: string } => {
  const day = Math.floor(local / DAY)
  const { ref, holiday } = rule.special.get(day) ?? {}
  if (ref === undefined)
    return { amount: 0, code: 'closed', label: 'outside opening hours', ref: weekAt(rule, day).ref }
  if (holiday === undefined) return { amount: 0, code: 'date', label: `hours of ${formatDate(day)}`, ref }
  return { amount: 0, code: 'holiday', label: holiday === '' ? 'holiday' : `holiday: ${holiday}`, ref }
}

/** Why hours of one zone are closed at an instant; `edges` gets the instants at which the reason may change. */
const reasonClosed = (rule: HoursRule, at: Instant, edges: Instant[]): Segment => {
  const local = toLocal(rule.zone, at)
  const midnight = (Math.floor(local / DAY) + 1) * DAY
  let reason: Segment = reasonOfDay(rule, local)
  // where clocks go back over midnight, the first midnight may have passed
  edges.push(toInstant(rule.zone, midnight), at + midnight - local)
  for (const day of [midnight / DAY - 2, midnight / DAY - 1]) {
    const cut = rule.breaks.get(day)
    if (cut === undefined) continue
    const spans = instantsOf(rule, day, cut.spans)
    if (clip(spans, at, at + 1).length > 0)
      reason = { amount: 0, code: 'break', label: 'break', ref: cut.ref }
    edges.push(...spans)
  }
  return reason
}

/** The segments of [from, to) in order: paused, open, or closed for a reason. */
const segments = (table: Table, from: Instant, to: Instant, pauses: readonly Period[]): LedgerEntry[] => {
  const { rule } = table
  const entries: LedgerEntry[] = []
  const paused = mergePauses(pauses)
  // a period is told by the day on which it opens, which may lie before
  const open = periods(table, from - DAY, to)
  for (let at = from, pause = 0, period = 0; at < to; ) {
    while (paused[pause + 1]! <= at) pause += 2
    while (period < open.length && open[period]![1] <= at) period++
    const [stops = to, resumes = to] = [paused[pause], paused[pause + 1]]
    const [opens, closes] = open[period] ?? [to, to]
    const edges = [stops, resumes, opens, closes, FIRST_INSTANT, LAST_INSTANT]
    let reason: Segment
    if (stops <= at) reason = { amount: 0, code: 'paused', label: 'paused' }
    else if (!isKnown(at)) reason = { amount: 0, code: 'closed', label: 'before 1970 or after 2100' }
    else if (rule.kind !== 'hours') {
      const code = opens <= at ? 'open' : 'closed'
      reason = { amount: 0, code, label: opens <= at ? 'open' : 'closed in the combination', ref: rule.kind }
    } else if (opens <= at) {
      reason = {
        amount: 0,
        code: 'open',
        label: 'open',
        ref: reasonOfDay(rule, toLocal(rule.zone, opens)).ref,
      }
    } else reason = reasonClosed(rule, at, edges)
    const next = edges.reduce((least, edge) => (edge > at && edge < least ? edge : least), to)
    const last = entries.at(-1)
    const goesOn = last?.code === reason.code && last.ref === reason.ref
    if (goesOn) entries.pop()
    if (reason.code === 'open') reason.amount = next - at
    reason.at = [goesOn ? last.at![0] : at, next]
    entries.push(reason)
    at = next
  }
  return entries
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
