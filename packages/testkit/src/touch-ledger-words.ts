// Short words for the operations that the laws of the touch ledger are told in. Times are whole seconds of one story.

import type {
  CountDemand,
  RecentDemand,
  TouchAnswer,
  TouchDemand,
  TouchLedger,
  TouchOperation,
} from '@clientele/core'
import { expectSame } from './contract.js'

export const NEVER_FORGET: number = Number.NEGATIVE_INFINITY
export const FOREVER: number = Number.POSITIVE_INFINITY
export const KEY = 'ann'

/** The instant of a second of the story. */
export const at = (second: number): number => Date.UTC(2026, 2, 1) + second * 1000

/** A cap of one place in the minute that ends with a second, strict against late touches and late commits. */
export const cap = (second: number, changes: Partial<RecentDemand> = {}): RecentDemand => ({
  kind: 'recent',
  slot: 'mail',
  asks: 1,
  takes: 1,
  limit: 1,
  since: at(second - 59),
  through: FOREVER,
  heldSince: NEVER_FORGET,
  keep: NEVER_FORGET,
  ...changes,
})

/** A quota of ten units in period 7. */
export const quota = (changes: Partial<CountDemand> = {}): CountDemand => ({
  kind: 'count',
  slot: 'visits',
  period: 7,
  asks: 1,
  takes: 1,
  limit: 10,
  earlier: [],
  keep: NEVER_FORGET,
  ...changes,
})

const named = (id: string, content = 'same') => ({ id, content, keep: NEVER_FORGET })

export const check = (second: number, ...demands: readonly TouchDemand[]): TouchOperation => ({
  kind: 'check',
  key: KEY,
  at: at(second),
  demands,
})

export const take = (second: number, ...demands: readonly TouchDemand[]): TouchOperation => ({
  kind: 'take',
  key: KEY,
  at: at(second),
  demands,
})

export const takeAs = (id: string, second: number, ...demands: readonly TouchDemand[]): TouchOperation => ({
  kind: 'take',
  key: KEY,
  at: at(second),
  demands,
  touch: named(id),
})

export const record = (second: number, ...demands: readonly TouchDemand[]): TouchOperation => ({
  kind: 'record',
  key: KEY,
  at: at(second),
  demands,
})

export const recordAs = (id: string, second: number, ...demands: readonly TouchDemand[]): TouchOperation => ({
  kind: 'record',
  key: KEY,
  at: at(second),
  demands,
  touch: named(id),
})

/** A reservation from a second until another. */
export const reserve = (
  id: string,
  second: number,
  until: number,
  ...demands: readonly TouchDemand[]
): TouchOperation => ({
  kind: 'reserve',
  key: KEY,
  at: at(second),
  until: at(until),
  demands,
  touch: named(id),
})

export const commit = (id: string, second: number): TouchOperation => ({
  kind: 'commit',
  key: KEY,
  id,
  at: at(second),
})

export const release = (id: string, second: number): TouchOperation => ({
  kind: 'release',
  key: KEY,
  id,
  at: at(second),
})

export const erase: TouchOperation = { kind: 'erase', key: KEY }

/** The answer to one operation. */
export const answer = async (ledger: TouchLedger, operation: TouchOperation): Promise<TouchAnswer> => {
  const [first] = await ledger.apply([operation])
  if (first === undefined) throw new Error(`no answer to ${JSON.stringify(operation)}`)
  return first
}

/** How many places or units the first demand of a check finds taken. */
export const used = async (ledger: TouchLedger, demand: TouchDemand, second = 0): Promise<number> => {
  const found = await answer(ledger, check(second, { ...demand, asks: 0 }))
  return found.status === 'admitted' ? (found.demands[0]?.used ?? 0) : Number.NaN
}

/** Sends operations one by one; their answers must have these statuses. */
export const expectStatuses = async (
  ledger: TouchLedger,
  ...steps: readonly (readonly [TouchOperation, TouchAnswer['status']])[]
): Promise<void> => {
  for (const [i, [operation, status]] of steps.entries()) {
    const { status: given } = await answer(ledger, operation)
    expectSame(given, status, `step ${i + 1}, ${JSON.stringify(operation)}`)
  }
}
