// All rules together, at any second, and the first second at which none refuses. Every rule answers the second itself
// when it passes, else a later one before which it does not: so the search jumps from one to the next and cannot pass the
// answer over.

import { hashHex, LAST_INSTANT, SECOND, type Second } from '@clientele/core'
import type { State } from '../book.js'
import type { Message } from '../message.js'
import type { Area } from '../places/area.js'
import { quietEnds } from '../quiet/ends.js'
import { quietOpens } from '../quiet/opens.js'
import { CAPS, CONSENT, COOL_DOWNS, type ControlTable, QUIET, type RuleTable } from '../table.js'
import { consentFrees } from './consent.js'
import { isUnder, nextTurn } from './grant.js'
import { limitFrees } from './limit.js'

/** One attempt: what, to whom, where they are. */
export interface Attempt {
  readonly state: State
  readonly message: Message
  /** −1 for somebody of whom nothing is known. */
  readonly recipient: number
  /** The id; control groups are chosen by it. */
  readonly id: string
  readonly area: Area
}

/** What a rule says: the second it was asked about when it passes, and why it cannot say otherwise. */
export interface Refusal {
  readonly rule: RuleTable
  /** A second before which it goes on refusing; +∞ when it does for ever. */
  readonly frees: Second
  /** Whether it refuses because no zone is known. */
  readonly noZone: boolean
}

const END = LAST_INSTANT / SECOND
const ALL = CAPS | COOL_DOWNS | QUIET | CONSENT

/** The kinds of rules that exemptions in force pass over, as bits. */
export const exemptedAt = ({ state, message, recipient, area }: Attempt, at: Second): number => {
  let kinds = 0
  for (const mark of message.grants) {
    if (isUnder(state, mark, recipient, area.window, at, Number.POSITIVE_INFINITY)) kinds |= mark.exempt.from
  }
  return kinds & ALL
}

/** Whether a key belongs to a control group: the same on every machine, whatever was asked before. */
export const isControl = ({ salt, share, per }: ControlTable, key: string, id: string): boolean => {
  const whole = `${salt}\u0000${per.includes('recipient') ? JSON.stringify(id) : ''}${key}`
  return Number.parseInt(hashHex(new TextEncoder().encode(whole)).slice(0, 8), 16) < share * 4_294_967_296
}

/** The rules that refuse at a second, caps first. */
export const refusalsAt = (attempt: Attempt, at: Second): readonly Refusal[] => {
  const { state, message, recipient, area, id } = attempt
  const { table } = state
  const exempted = exemptedAt(attempt, at)
  const refusals: Refusal[] = []
  const add = (rule: RuleTable, frees: Second): void => {
    if (frees > at) refusals.push({ rule, frees, noZone: false })
  }
  const homeless = area.window === undefined
  const whose = { recipient, home: area.window }
  const needsPlace = (rule: RuleTable, local: boolean): boolean => {
    if (!local || !homeless) return false
    if (table.missingZone === 'deny') refusals.push({ rule, frees: Number.POSITIVE_INFINITY, noZone: true })
    return true
  }
  for (const ask of message.asks) {
    const { limit } = ask
    if ((limit.kind & exempted) !== 0 || needsPlace(limit, limit.local)) continue
    add(limit, limitFrees(state, ask, whose, at))
  }
  if ((exempted & QUIET) === 0) {
    for (const rule of message.quiet)
      if (!needsPlace(rule, rule.local)) add(rule, quietEnds(table, rule, area, at))
  }
  if ((exempted & CONSENT) === 0) {
    for (const rule of message.consent) add(rule, consentFrees(state, rule, message, recipient, at))
  }
  for (const { rule, key } of message.control) {
    if (key !== undefined && isControl(rule, key, id)) add(rule, Number.POSITIVE_INFINITY)
  }
  return refusals.sort((a, b) => a.rule.index - b.rule.index)
}

/** The first second after `at` at which an exemption begins or ends by what is known already. */
const nextTurnOf = ({ state, message, recipient }: Attempt, at: Second): Second => {
  let next = Number.POSITIVE_INFINITY
  for (const mark of message.grants) next = Math.min(next, nextTurn(state, mark, recipient, at))
  return next
}

/** When all rules that refuse may be done with refusing; quiet hours are looked through to their common end. */
const allFree = ({ state, message, area }: Attempt, refusals: readonly Refusal[], at: Second): Second => {
  let frees = at
  for (const refusal of refusals) frees = Math.max(frees, refusal.frees)
  return refusals.some(({ rule }) => rule.kind === QUIET) && frees < END
    ? Math.max(frees, quietOpens(state.table, message, area, at))
    : frees
}

/** The first second at or after `at` at which no rule refuses; NaN when there is none. */
export const firstAllowed = (attempt: Attempt, at: Second): Second => {
  let next = at
  while (next < END) {
    const refusals = refusalsAt(attempt, next)
    if (refusals.length === 0) return next
    // nobody knows where they are, nor will time tell
    if (refusals.some(({ noZone }) => noZone)) return Number.NaN
    next = Math.min(allFree(attempt, refusals, next), nextTurnOf(attempt, next))
  }
  return Number.NaN
}
