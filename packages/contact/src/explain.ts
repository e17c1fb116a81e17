// The second door: the same verdict, and why. The ledger says how many such touches still fit under each limit; the least
// of them is the verdict: allowed when at least one fits.

import {
  type Explained,
  type Instant,
  type LedgerEntry,
  ledgerOf,
  SECOND,
  type Second,
  windowSince,
} from '@clientele/core'
import type { State } from './book.js'
import { consentAt } from './evaluate/consent.js'
import { type Attempt, exemptedAt, type Refusal, refusalsAt } from './evaluate/judge.js'
import { deciding, usedSince } from './evaluate/limit.js'
import { attemptOf, check, verdictFrom } from './evaluate.js'
import type { Ask, Message } from './message.js'
import type { Verdict } from './model.js'
import {
  CAPS,
  CONSENT,
  CONTROL,
  COOL_DOWNS,
  type ConsentTable,
  type LimitTable,
  QUIET,
  type RuleTable,
} from './table.js'

const CODES: { readonly [kind: number]: string } = {
  [CAPS]: 'cap',
  [COOL_DOWNS]: 'cool-down',
  [QUIET]: 'quiet',
  [CONSENT]: 'consent',
  [CONTROL]: 'control',
}

const entry = (
  rule: RuleTable,
  amount: number,
  facts: LedgerEntry['facts'],
  at?: LedgerEntry['at'],
): LedgerEntry => ({
  code: CODES[rule.kind]!,
  label: rule.label,
  amount,
  ...(at === undefined ? {} : { at }),
  ref: rule.path,
  facts: { rule: rule.id, ...facts },
})

/** What the rule would say by itself. */
const freesOf = (refusal: Refusal | undefined): { readonly freesAt?: Instant | null } => {
  if (refusal === undefined) return {}
  return { freesAt: Number.isFinite(refusal.frees) ? refusal.frees * SECOND : null }
}

const limitEntry = (attempt: Attempt, ask: Ask, at: Second, refusal: Refusal | undefined): LedgerEntry => {
  const { state, recipient, area } = attempt
  const { limit, past } = ask
  const zone = limit.local ? area.window : limit.zone
  if (limit.local && zone === undefined) return entry(limit, 0, { missing: 'zone' })
  const weight = limit.limit - past
  const whose = { recipient, home: area.window }
  const since = windowSince(limit.window, zone, at)
  const used = usedSince(state, ask, whose, since, at)
  const place = refusal === undefined || past < 0 ? undefined : deciding(state, ask, whose, at)
  return entry(
    limit,
    Math.max(0, Math.floor((limit.limit - used) / weight)),
    {
      limit: limit.limit,
      used,
      ...(weight === 1 ? {} : { weight }),
      ...(place === undefined ? {} : { freedBy: place.at * SECOND }),
      ...freesOf(refusal),
    },
    [since * SECOND, (at + 1) * SECOND],
  )
}

const consentFacts = (
  { state, message, recipient }: Attempt,
  rule: RuleTable,
  at: Second,
): LedgerEntry['facts'] => {
  const record = consentAt(state, rule as ConsentTable, message, recipient, at)
  if (record === undefined) return { basis: 'none' }
  const { basis, evidence } = record
  return { basis, ...(evidence === undefined ? {} : { evidence }) }
}

const otherEntry = (attempt: Attempt, { rule, frees, noZone }: Refusal, at: Second): LedgerEntry => {
  const facts = rule.kind === CONSENT ? consentFacts(attempt, rule, at) : {}
  if (noZone) return entry(rule, 0, { missing: 'zone' })
  return entry(rule, 0, { ...facts, freesAt: Number.isFinite(frees) ? frees * SECOND : null })
}

const isLimit = (rule: RuleTable): rule is LimitTable => (rule.kind & (CAPS | COOL_DOWNS)) !== 0

/** Verdict and ledger of an attempt at a second. */
export const explainAttempt = (attempt: Attempt, at: Second): Explained<Verdict> => {
  const refusals = refusalsAt(attempt, at)
  const exempted = exemptedAt(attempt, at)
  const skip = attempt.state.table.missingZone === 'skip' && attempt.area.window === undefined
  const entries: LedgerEntry[] = []
  for (const ask of attempt.message.asks) {
    if ((ask.limit.kind & exempted) !== 0 || (skip && ask.limit.local)) continue
    entries.push(
      limitEntry(
        attempt,
        ask,
        at,
        refusals.find(({ rule }) => rule === ask.limit),
      ),
    )
  }
  for (const refusal of refusals) if (!isLimit(refusal.rule)) entries.push(otherEntry(attempt, refusal, at))
  return { verdict: verdictFrom(attempt, refusals, at), ledger: ledgerOf('touches', 'min', entries) }
}

/**
 * The verdict of {@link evaluate} with its ledger: how many such touches still fit under each limit, what stands against
 * it otherwise, and for each rule that refuses what frees it. The total is the least of them, +∞ when nothing limits: the
 * message is allowed when it is 1 or more. Cost: some 2 µs.
 *
 * @example
 * import { attempt, compileOrThrow, createState, explain, handle, messageOf } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'Two a day', limit: 2, window: { rolling: 'PT24H' } }] })
 * const state = createState(policy)
 * const [anna, news] = [handle(state, 'anna'), messageOf(policy, {})]
 * attempt(state, anna, news, 0)
 * explain(state, anna, news, 1_000).ledger.entries[0]?.facts // => { rule: 'day', limit: 2, used: 1 }
 *
 * @category explain
 */
export const explain = (
  state: State,
  recipient: number,
  message: Message,
  at: Instant,
): Explained<Verdict> => {
  check(state, message)
  return explainAttempt(attemptOf(state, recipient, message), Math.floor(at / SECOND))
}
