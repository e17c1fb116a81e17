// What the customer may ask of us: each new request takes a unit of its channel, or is refused or billed.

import * as Entitlements from '@clientele/entitlements'
import type { Engine } from './interaction.js'

/** Counts requests against the customers' packages; `contracts` says who has which. */
export const entitlementsEngine = (
  definition: Entitlements.Definition,
  contracts: readonly Entitlements.ContractLine[],
): Engine => {
  const table = Entitlements.compileOrThrow(definition)
  const state = Entitlements.createState(table)
  for (const contract of contracts) Entitlements.step(table, state, contract, [])
  return ({ id, at, customer, subject, channel, event }) => {
    if (event !== 'created') return []
    const line = { op: 'consume' as const, id, at, customer, channel }
    const { effect, ledger } = Entitlements.stepExplained(table, state, line)
    if (!('verdict' in effect) || ledger === undefined) return []
    const { verdict, remaining, reason, sla } = effect
    const decision = `${channel} ${verdict}`
    return [{ at, engine: 'entitlements', subject, decision, facts: { remaining, reason, sla }, ledger }]
  }
}
