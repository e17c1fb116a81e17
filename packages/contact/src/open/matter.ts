// What a decision knows: the recipient's consents and place, what the ledger found, and from these which rules refuse at any
// second, as `evaluate/judge.ts` does from a state.

import {
  type Freeing,
  LAST_INSTANT,
  SECOND,
  type Second,
  type TouchFinding,
  windowFrees,
  windowSince,
} from '@clientele/core'
import type { ConsentRecord } from '../book.js'
import { type Attempt, type Refusal, refusalsAt } from '../evaluate/judge.js'
import type { Ask } from '../message.js'
import type { Verdict } from '../model.js'
import { quietOpens } from '../quiet/opens.js'
import { type LimitTable, QUIET } from '../table.js'
import type { Asked, Desk } from './asked.js'
import { demandsOf, type Home, homesOf, zoneOfAsk } from './home.js'
import type { Consent } from './model.js'
import { findingsOf, type Talk } from './talk.js'

const FOREVER = Number.POSITIVE_INFINITY
const END = LAST_INSTANT / SECOND

/** What the ledger found for an ask, looking back from a second on. */
interface Found {
  readonly since: Second
  readonly finding: TouchFinding
}

/** One decision. */
export interface Matter {
  readonly desk: Desk
  readonly asked: Asked
  /** All but the limits. */
  readonly attempt: Attempt
  /** Limits that refuse whatever the ledger says: for want of a zone, or because the touch is too heavy. */
  readonly never: readonly Refusal[]
  readonly homes: readonly Home[]
  /** Filled as the ledger answers. */
  readonly found: Map<Ask, Found>
}

const recordOf = ({ at, basis, channel, category, until }: Consent, seq: number): ConsentRecord => ({
  at: Math.floor(at / SECOND),
  seq,
  channel,
  category,
  basis,
  until: until === undefined ? FOREVER : Math.floor(until / SECOND),
  evidence: undefined,
})

const neverOf = ({ past, limit }: Ask, homeless: boolean): Refusal | undefined => {
  if (homeless && limit.local) return { rule: limit, frees: FOREVER, noZone: true }
  return past < 0 ? { rule: limit, frees: FOREVER, noZone: false } : undefined
}

/** Begins a decision. */
export const matterOf = (desk: Desk, asked: Asked, consents: readonly Consent[]): Matter => {
  const { arena } = desk
  const { whom, area, message } = asked
  const records = consents.map(recordOf).sort((a, b) => a.at - b.at)
  const homeless = area.window === undefined
  // without a zone local limits are passed over, or refuse at once
  const asks = message.asks.filter(({ limit }) => !(homeless && limit.local))
  const refusing = homeless && arena.table.missingZone === 'skip' ? asks : message.asks
  return {
    desk,
    asked,
    attempt: {
      // nothing of the arena but the table and these consents is asked
      state: { ...arena, consents: new Map([[0, records]]) },
      message: { ...message, asks: [], plain: false },
      recipient: 0,
      id: whom.id,
      area,
    },
    never: refusing.flatMap((ask) => neverOf(ask, homeless) ?? []),
    homes: homesOf(arena.table, { ...message, asks }, whom.id),
    found: new Map(),
  }
}

/** The demands of a home at a second. */
export const demandsAt = ({ desk, asked }: Matter, home: Home, at: Second) =>
  demandsOf(
    { table: desk.arena.table, names: desk.names, zone: asked.area.window, at, tolerance: desk.tolerance },
    home,
  )

const sinceOf = ({ asked }: Matter, ask: Ask, at: Second): Second =>
  windowSince(ask.limit.window, zoneOfAsk(ask, asked.area.window), at)

/** Writes down what was found for asks in their order, when it was asked about a second. */
export const note = (
  matter: Matter,
  asks: readonly Ask[],
  at: Second,
  findings: readonly TouchFinding[],
): void => {
  asks.forEach((ask, i) => {
    const finding = findings[i]
    if (finding !== undefined) matter.found.set(ask, { since: sinceOf(matter, ask, at), finding })
  })
}

/** A question about the asks of a home that changes nothing. */
export const checkOf = (matter: Matter, home: Home, at: Second) => ({
  kind: 'check' as const,
  key: home.key,
  at: at * SECOND,
  demands: demandsAt(matter, { ...home, takes: [] }, at),
})

/** Asks the ledger about a second. */
export function* look(matter: Matter, homes: readonly Home[], at: Second): Talk<void> {
  const asking = homes.filter(({ asks }) => asks.length > 0)
  if (asking.length === 0) return
  const answers = yield asking.map((home) => checkOf(matter, home, at))
  asking.forEach(({ asks }, i) => {
    note(matter, asks, at, findingsOf(answers[i]))
  })
}

/** `at` when a place has gone by then, else the second at which it goes. */
const goes = (
  limit: LimitTable,
  zone: Parameters<typeof windowSince>[1],
  free: Freeing,
  at: Second,
): Second => {
  if (free.until !== undefined) return Math.max(at, free.until / SECOND)
  const place = free.at / SECOND
  return place < windowSince(limit.window, zone, at) ? at : windowFrees(limit.window, zone, at, place)
}

/** `at` when an ask passes then, else a later second before which it does not; +∞ when it never passes. */
const freesAt = (matter: Matter, ask: Ask, { over, frees }: TouchFinding, at: Second): Second => {
  if (over === 0) return at
  const zone = zoneOfAsk(ask, matter.asked.area.window)
  const going = frees
    .map((free) => ({ at: goes(ask.limit, zone, free, at), places: free.places }))
    .sort((a, b) => a.at - b.at)
  let gone = 0
  for (const each of going) {
    gone += each.places
    if (gone >= over) return each.at
  }
  return FOREVER
}

/** The rules that refuse at a second by what was found so far. */
export const refusals = (matter: Matter, at: Second): readonly Refusal[] => {
  const limits = [...matter.found].flatMap(([ask, { finding }]): Refusal[] => {
    const frees = freesAt(matter, ask, finding, at)
    return frees > at ? [{ rule: ask.limit, frees, noZone: false }] : []
  })
  return [...matter.never, ...limits, ...refusalsAt(matter.attempt, at)].sort(
    (a, b) => a.rule.index - b.rule.index,
  )
}

/** Clocks that are put back may bring a day again, and with it touches that had left the window. */
const reachesFurther = (matter: Matter, at: Second): boolean =>
  [...matter.found].some(([ask, { since }]) => sinceOf(matter, ask, at) < since)

/** After so many looks at later moments the answer is the earliest second that may be the first. */
const MOST_LOOKS = 4

/** The first second at or after one at which nothing refuses; NaN when that never comes. */
function* firstAllowed(matter: Matter, from: Second): Talk<Second> {
  const { attempt } = matter
  let next = from
  for (let looks = 0; next < END; ) {
    if (looks < MOST_LOOKS && reachesFurther(matter, next)) {
      looks++
      yield* look(matter, matter.homes, next)
    }
    const refused = refusals(matter, next)
    if (refused.length === 0) return next
    for (const { frees } of refused) next = Math.max(next, frees)
    if (next < END && refused.some(({ rule }) => rule.kind === QUIET))
      next = Math.max(next, quietOpens(attempt.state.table, attempt.message, attempt.area, next))
  }
  return Number.NaN
}

/** The answer at the second that was asked about, by what was found so far. */
export function* verdictFrom(matter: Matter): Talk<Verdict> {
  const { at } = matter.asked
  const refused = refusals(matter, at)
  if (refused.length === 0) return { verdict: 'allow', rules: [], nextAllowedAt: at * SECOND }
  const onlyQuiet = refused.every(({ rule, noZone }) => rule.kind === QUIET && !noZone)
  const next = refused.some(({ noZone }) => noZone) ? Number.NaN : yield* firstAllowed(matter, at)
  const presumed = refused.filter(({ rule }) => rule.presumption).map(({ rule }) => rule.id)
  return {
    verdict: onlyQuiet ? 'defer' : 'deny',
    rules: refused.map(({ rule }) => rule.id),
    nextAllowedAt: Number.isNaN(next) ? null : next * SECOND,
    ...(presumed.length === 0 ? {} : { presumed }),
  }
}
