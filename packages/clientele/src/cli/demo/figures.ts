// The numbers of a manager's report, from the outcomes of a replay. Nothing here knows of pages or terminals.

import { DAY, HOUR, type Instant, offsetAt, weekdayOf, type Zone } from '@clientele/core'
import { isBroken, isJudged, type Outcome, type Ticket } from './outcomes.js'

/** Kept promises of one group. */
export interface Share {
  readonly name: string
  readonly kept: number
  readonly all: number
}

/** Kept promises by group, for one clock. */
export interface ClockShares {
  readonly clock: string
  readonly groups: readonly Share[]
  readonly total: Share
}

const shareOf = (name: string, outcomes: readonly Outcome[]): Share => {
  const judged = outcomes.filter(isJudged)
  return { name, all: judged.length, kept: judged.filter(({ ending }) => ending === 'met').length }
}

const group = <A>(items: readonly A[], key: (item: A) => string): ReadonlyMap<string, readonly A[]> => {
  const groups = new Map<string, A[]>()
  for (const item of items) {
    const name = key(item)
    const known = groups.get(name)
    if (known === undefined) groups.set(name, [item])
    else known.push(item)
  }
  return groups
}

/** How groups are put in order: known names first, as given, then the others by name. */
const inOrder = (names: Iterable<string>, order: readonly string[]): readonly string[] =>
  [...names].sort((a, b) => {
    const [i, j] = [order.indexOf(a), order.indexOf(b)]
    if (i !== j) return (i === -1 ? order.length : i) - (j === -1 ? order.length : j)
    return a < b ? -1 : a > b ? 1 : 0
  })

/** Kept promises of every clock by a fact of the ticket, as it was when the ticket came in. */
export const sharesBy = (
  outcomes: readonly Outcome[],
  tickets: ReadonlyMap<string, Ticket>,
  fact: string,
  order: readonly string[],
): readonly ClockShares[] =>
  [...group(outcomes, ({ clock }) => clock)].map(([clock, own]) => {
    const groups = group(own, ({ subject }) => String(tickets.get(subject)?.first[fact] ?? '–'))
    return {
      clock,
      groups: inOrder(groups.keys(), order)
        .map((name) => shareOf(name, groups.get(name) ?? []))
        .filter(({ all }) => all > 0),
      total: shareOf('all', own),
    }
  })

/** The value below which a share of sorted values lies, by nearest rank. */
export const nearestRank = (sorted: readonly number[], p: number): number =>
  sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN

export const PERCENTILES = [0.5, 0.75, 0.9, 0.95] as const

/** Times used by the ended cycles of one clock, by a fact of the ticket. */
export const percentilesBy = (
  outcomes: readonly Outcome[],
  tickets: ReadonlyMap<string, Ticket>,
  clock: string,
  fact: string,
  order: readonly string[],
): readonly { readonly name: string; readonly count: number; readonly ms: readonly number[] }[] => {
  const ended = outcomes.filter(
    (outcome) => outcome.clock === clock && (outcome.ending === 'met' || outcome.ending === 'missed'),
  )
  const groups = group(ended, ({ subject }) => String(tickets.get(subject)?.first[fact] ?? '–'))
  return inOrder(groups.keys(), order).map((name) => {
    const sorted = (groups.get(name) ?? []).map(({ elapsedMs }) => elapsedMs).sort((a, b) => a - b)
    return { name, count: sorted.length, ms: PERCENTILES.map((p) => nearestRank(sorted, p)) }
  })
}

const dayOf = (zone: Zone, at: Instant): number => Math.floor((at + offsetAt(zone, at)) / DAY)

/** Open cycles of one clock at the end of each local day, and breaches of all clocks in it. */
export const byDay = (
  outcomes: readonly Outcome[],
  clock: string,
  span: { readonly from: Instant; readonly until: Instant },
  zone: Zone,
): { readonly first: number; readonly open: readonly number[]; readonly breaches: readonly number[] } => {
  const first = dayOf(zone, span.from)
  const days = Math.max(1, dayOf(zone, span.until - 1) - first + 1)
  const change = new Array<number>(days + 1).fill(0)
  const breaches = new Array<number>(days).fill(0)
  const inside = (at: Instant): number => Math.min(days, Math.max(0, dayOf(zone, at) - first))
  for (const outcome of outcomes) {
    const { startedAt, endedAt, breachedAt } = outcome
    if (isBroken(outcome) && breachedAt !== undefined && inside(breachedAt) < days)
      breaches[inside(breachedAt)]! += 1
    if (outcome.clock !== clock) continue
    change[inside(startedAt)]! += 1
    if (endedAt !== undefined) change[inside(endedAt)]! -= 1
  }
  let open = 0
  return {
    first,
    breaches,
    open: change.slice(0, days).map((delta) => {
      open += delta
      return open
    }),
  }
}

/** Breaches by weekday (Monday first) and hour of the wall clock. */
export const byHourOfWeek = (outcomes: readonly Outcome[], zone: Zone): readonly (readonly number[])[] => {
  const counts = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  for (const outcome of outcomes) {
    if (!isBroken(outcome) || outcome.breachedAt === undefined) continue
    const local = outcome.breachedAt + offsetAt(zone, outcome.breachedAt)
    const day = Math.floor(local / DAY)
    counts[weekdayOf(day)]![Math.floor((local - day * DAY) / HOUR)]! += 1
  }
  return counts
}
