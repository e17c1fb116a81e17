// How cases are written: lines about one recipient, instants with their offset.

import type { Command, Facts, Recipient } from '../model.js'
import type { PresetCase, PresetExpectation } from './model.js'

/** Lines about one recipient. */
export interface Person {
  readonly record: (at: string, facts: Facts) => Command
  readonly check: (at: string, facts: Facts) => Command
  readonly reserve: (at: string, touchId: string, facts: Facts) => Command
  readonly commit: (at: string, touchId: string) => Command
  readonly release: (at: string, touchId: string) => Command
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
  reserve: (at, touchId, facts) => ({ op: 'reserve', recipient, at, touchId, ttl: 'PT10M', facts }),
  commit: (at, touchId) => ({ op: 'commit', recipient, at, touchId }),
  release: (at, touchId) => ({ op: 'release', recipient, at, touchId }),
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
