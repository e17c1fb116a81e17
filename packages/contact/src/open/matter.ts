// What a decision knows: the recipient's consents and place, what the ledger found, and from these which rules refuse at any
// second, as `evaluate/judge.ts` does from a state.

import {
  type Freeing,
  LAST_INSTANT,
  SECOND,
  type Second,
  type TouchDemand,
  type TouchFinding,
  type TouchOperation,
  windowFrees,
  windowSince,
} from '@clientele/core'
import type { ConsentRecord } from '../book.js'
import { nextTurn } from '../evaluate/grant.js'
import { type Attempt, exemptedAt, type Refusal, refusalsAt } from '../evaluate/judge.js'
import type { Ask } from '../message.js'
import type { Verdict } from '../model.js'
import { quietOpens } from '../quiet/opens.js'
import { type LimitTable, QUIET } from '../table.js'
import type { Asked, Desk } from './asked.js'
import {
  demandsOf,
  type Home,
  homesOf,
  markDemands,
  NO_RELIEF,
  type Relief,
  type Terms,
  zoneOfAsk,
} from './home.js'
import { putMarks } from './marks.js'
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

const neverOf = ({ past, limit }: Ask, homeless: boolean): Refusal | undefined => {
  if (homeless && limit.local) return { rule: limit, frees: FOREVER, noZone: true }
  return past < 0 ? { rule: limit, frees: FOREVER, noZone: false } : undefined
}

/** Begins a decision. */
export const matterOf = (desk: Desk, asked: Asked, records: readonly ConsentRecord[]): Matter => {
  const { arena } = desk
  const { whom, area, message } = asked
  const homeless = area.window === undefined
  // without a zone local limits are passed over, or refuse at once
  const asks = message.asks.filter(({ limit }) => !(homeless && limit.local))
  const refusing = homeless && arena.table.missingZone === 'skip' ? asks : message.asks
  return {
    desk,
    asked,
    attempt: {
      // nothing of the arena but the table and these consents is asked
      state: { ...arena, consents: new Map([[0, [...records]]]), marks: arena.marks.map(() => new Map()) },
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

const termsAt = ({ desk, asked }: Matter, at: Second): Terms => ({
  table: desk.arena.table,
  names: desk.names,
  grantNames: desk.grantNames,
  zone: asked.area.window,
  at,
  tolerance: desk.tolerance,
})

/** The demands of a home at a second. */
export const demandsAt = (
  matter: Matter,
  home: Home,
  at: Second,
  relief: Relief = NO_RELIEF,
): readonly TouchDemand[] => demandsOf(termsAt(matter, at), home, relief)

const sinceOf = ({ asked }: Matter, ask: Ask, at: Second): Second =>
  windowSince(ask.limit.window, zoneOfAsk(ask, asked.area.window), at)

/** Writes down what was found for the asks of a home, when it was asked about a second; not of rules passed over. */
export const note = (
  matter: Matter,
  { asks }: Home,
  at: Second,
  findings: readonly TouchFinding[],
  { kinds }: Relief = NO_RELIEF,
): void => {
  asks.forEach((ask, i) => {
    const finding = findings[i]
    if (finding !== undefined && (ask.limit.kind & kinds) === 0)
      matter.found.set(ask, { since: sinceOf(matter, ask, at), finding })
  })
}

/** A question about the asks of a home that changes nothing. */
export const checkOf = (matter: Matter, home: Home, at: Second): TouchOperation => ({
  kind: 'check',
  key: home.key,
  at: at * SECOND,
  demands: demandsAt(matter, { ...home, takes: [], marks: [] }, at),
})

/** Asks the ledger about a second. */
export function* look(matter: Matter, homes: readonly Home[], at: Second): Talk<void> {
  const asking = homes.filter(({ asks }) => asks.length > 0)
  if (asking.length === 0) return
  const answers = yield asking.map((home) => checkOf(matter, home, at))
  asking.forEach((home, i) => {
    note(matter, home, at, findingsOf(answers[i]))
  })
}

/** Asks the ledger which exemptions have begun and ended; `own` leaves out what the touch itself has reserved. */
export function* lookAtMarks(matter: Matter, own: 'counts' | 'left out' = 'counts'): Talk<void> {
  const { asked, attempt } = matter
  const marked = matter.homes.filter(({ grants }) => grants.length > 0)
  if (marked.length === 0) return
  const terms = termsAt(matter, asked.at)
  const answers = yield marked.map((home) => ({
    kind: 'check' as const,
    key: home.key,
    at: asked.at * SECOND,
    demands: markDemands(terms, home),
  }))
  marked.forEach(({ grants, marks }, i) => {
    const findings = findingsOf(answers[i])
    grants.forEach((mark, j) => {
      const role = marks.find((each) => each.mark.exempt === mark.exempt)?.role
      const both = [findings[2 * j], findings[2 * j + 1]] as const
      putMarks(attempt.state, attempt.message, mark, both, own === 'counts' ? undefined : role)
    })
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
  const exempted = exemptedAt(matter.attempt, at)
  const never = matter.never.filter(({ rule }) => (rule.kind & exempted) === 0)
  const limits = [...matter.found].flatMap(([ask, { finding }]): Refusal[] => {
    if ((ask.limit.kind & exempted) !== 0) return []
    const frees = freesAt(matter, ask, finding, at)
    return frees > at ? [{ rule: ask.limit, frees, noZone: false }] : []
  })
  return [...never, ...limits, ...refusalsAt(matter.attempt, at)].sort((a, b) => a.rule.index - b.rule.index)
}

/**
 * Whether more must be known at a second: of a rule that an exemption passes over no longer, or because clocks are put back
 * and bring a day again, and with it touches that had left the window.
 */
export const needsLook = (matter: Matter, at: Second): boolean => {
  const exempted = exemptedAt(matter.attempt, at)
  return matter.homes.some(({ asks }) =>
    asks.some((ask) => {
      if ((ask.limit.kind & exempted) !== 0) return false
      const found = matter.found.get(ask)
      return found === undefined || sinceOf(matter, ask, at) < found.since
    }),
  )
}

/** The first second after one at which an exemption begins or ends by what is known. */
const nextTurnOf = ({ attempt: { state, message } }: Matter, at: Second): Second =>
  Math.min(FOREVER, ...message.grants.map((mark) => nextTurn(state, mark, 0, at)))

/** After so many looks at later moments the answer is the earliest second that may be the first. */
const MOST_LOOKS = 4

/** The first second at or after one at which nothing refuses; NaN when that never comes. */
function* firstAllowed(matter: Matter, from: Second): Talk<Second> {
  const { attempt } = matter
  let next = from
  for (let looks = 0; next < END; ) {
    if (looks < MOST_LOOKS && needsLook(matter, next)) {
      looks++
      yield* look(matter, matter.homes, next)
    }
    const refused = refusals(matter, next)
    if (refused.length === 0) return next
    const turn = nextTurnOf(matter, next)
    for (const { frees } of refused) next = Math.max(next, frees)
    if (next < END && refused.some(({ rule }) => rule.kind === QUIET))
      next = Math.max(next, quietOpens(attempt.state.table, attempt.message, attempt.area, next))
    next = Math.min(next, turn)
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
