// Packages change while contracts run: what is kept, and what has no place any more.

import { dropContract } from './book/erase.js'
import { eachRow } from './book/meters.js'
import { entriesByContract, moveMeters, refreshPeriods } from './book/move.js'
import type { State } from './book.js'
import { sameDefinition } from './state.js'
import { NONE, type Table } from './table.js'

/** How to migrate. @category state */
export interface MigrateOptions {
  /** `true`: tell the plan and change nothing. */
  readonly dryRun?: true
}

/** What a migration does, or would do. @category state */
export interface Plan {
  /** Contracts that go on under the same version of their package, whatever it says now. */
  readonly kept: number
  /** Contracts of versions that the new definition does not have; they end, with their counters. */
  readonly dropped: readonly { readonly package: string; readonly contracts: number }[]
  /** Counters in which something was taken and that the new definition does not count. */
  readonly forgotten: readonly {
    readonly package: string
    readonly channel: string
    readonly contracts: number
  }[]
}

const rowIn = (table: Table, pack: number, channel: number): number =>
  pack === NONE || channel === NONE ? NONE : table.rowOf[pack * table.channels.length + channel]!

/**
 * Puts a state under changed packages and tells what that does. Contracts stay with the version they are pinned to, so a
 * new version reaches only contracts made after it. Counters stay with their channel; where `per` or `anchor` has changed,
 * what was taken counts in the period that holds the first day of its old one. The state belongs to `after` from then on;
 * with `dryRun` nothing changes. A `RangeError` when the state does not belong to `before`. Cost: proportional to the
 * contracts and the ids.
 *
 * @example
 * import { compileOrThrow, createState, migrate, step } from '@clientele/entitlements'
 * const visits = (quota: number) => ({ channels: { visit: { quota, per: 'month' as const } } })
 * const before = compileOrThrow({ packages: { standard: visits(2) } })
 * const after = compileOrThrow({ packages: { standard: visits(2), 'standard@2': visits(3) } })
 * const state = createState(before)
 * step(before, state, { op: 'contract', customer: 'c1', package: 'standard', from: '2026-01-01' }, [])
 * migrate(state, before, after) // => { kept: 1, dropped: [], forgotten: [] }
 *
 * @category state
 */
export const migrate = (state: State, before: Table, after: Table, options: MigrateOptions = {}): Plan => {
  sameDefinition(before, state)
  const { contracts, meters } = state
  const places = before.packages.map(({ name }) => after.packages.findIndex((each) => each.name === name))
  const dropped = new Int32Array(before.packages.length)
  const forgotten = new Int32Array(before.rowOf.length)
  let kept = 0
  const rows = [...contracts.holder.view().keys()].filter((row) => contracts.holder.data[row] !== NONE)
  for (const contract of rows) {
    const pack = contracts.pack.data[contract]!
    if (places[pack] === NONE) dropped[pack]!++
    else kept++
    before.channels.forEach((name, channel) => {
      const row = rowIn(before, pack, channel)
      if (row === NONE || before.rows.quota[row] === NONE) return
      const now = rowIn(after, places[pack]!, after.channelNumbers.get(name) ?? NONE)
      if (now !== NONE && after.rows.quota[now] !== NONE) return
      let taken = 0
      const meter = contracts.meters.data[contract]! + before.rows.meter[row]!
      eachRow(meters, meter, (_, used, billed) => {
        taken += used + billed
      })
      if (taken > 0) forgotten[pack * before.channels.length + channel]!++
    })
  }
  const plan: Plan = {
    kept,
    dropped: before.packages.flatMap(({ name }, pack) =>
      dropped[pack] === 0 ? [] : [{ package: name, contracts: dropped[pack]! }],
    ),
    forgotten: before.packages.flatMap(({ name }, pack) =>
      before.channels.flatMap((channel, place) => {
        const count = forgotten[pack * before.channels.length + place]!
        return count === 0 ? [] : [{ package: name, channel, contracts: count }]
      }),
    ),
  }
  if (options.dryRun === true) return plan
  const entries = entriesByContract(state)
  for (const contract of rows) {
    const pack = contracts.pack.data[contract]!
    const own = entries.get(contract) ?? []
    const place = places[pack]!
    if (place === NONE) dropContract(state, contract, before.packages[pack]!.meters, own)
    else {
      moveMeters(before, after, state, contract, place, own)
      refreshPeriods(after, state, contract)
    }
  }
  // weeks may begin on another day
  state.recent.data.fill(0)
  state.definition = after.definition
  return plan
}
