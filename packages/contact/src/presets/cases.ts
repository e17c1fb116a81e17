// How cases are written: lines about one recipient, instants with their offset.

import type { Command, Facts, Recipient } from '../model.js'
import type { PresetCase, PresetExpectation } from './model.js'

/** Lines about one recipient. */
export interface Person {
  readonly record: (at: string, facts: Facts) => Command
  readonly check: (at: string, facts: Facts) => Command
  readonly consent: (at: string, basis: 'opt-in' | 'soft-opt-in' | 'opt-out', facts?: Scope) => Command
}

interface Scope {
  readonly channel?: string
  readonly category?: string
}

/** Says lines about a recipient. */
export const person = (zone: string, more: Partial<Recipient> = {}): Person => {
  const recipient: Recipient = { id: 'P', zone, ...more }
  return about(recipient)
}

/** Says lines about any recipient. */
export const about = (recipient: Recipient): Person => ({
  record: (at, facts) => ({ op: 'record', recipient, at, facts }),
  check: (at, facts) => ({ op: 'check', recipient, at, facts }),
  consent: (at, basis, facts) => ({
    op: 'consent',
    recipient,
    at,
    basis,
    ...(facts === undefined ? {} : { facts }),
  }),
})

/** One case. */
export const showing = (label: string, given: readonly Command[], expect: PresetExpectation): PresetCase => ({
  label,
  given,
  expect,
})

/** Passes. */
export const allowed: PresetExpectation = { verdict: 'allow', rules: [] }

/** Waits for the end of quiet hours. */
export const deferred = (rule: string, nextAllowedAt: string): PresetExpectation => ({
  verdict: 'defer',
  rules: [rule],
  nextAllowedAt,
})

/** Refused by a rule. */
export const denied = (rule: string, nextAllowedAt: string | null): PresetExpectation => ({
  verdict: 'deny',
  rules: [rule],
  nextAllowedAt,
})

/** Refused by a rule whose breach is presumed to break the law. */
export const presumed = (rule: string, nextAllowedAt: string): PresetExpectation => ({
  ...denied(rule, nextAllowedAt),
  presumed: [rule],
})
