// What a change of policy does to the clocks that run, before and after it is done.

import type { Instant } from '@clientele/core'
import type { Subject } from '../model.js'
import type { Table } from '../table.js'

/**
 * What an edit reaches. `prospective`: time used so far stays as it was counted, from the edit on the new policy counts.
 * `running`: open clocks are counted anew from their start, ended ones stay. `all`: everything is as if the new policy
 * had always held.
 *
 * @category state
 */
export type EditMode = 'prospective' | 'running' | 'all'

/** How to migrate. The edit happens at the state's last instant; send a tick to bring it up to now. @category state */
export interface MigrateOptions {
  readonly mode: EditMode
  /** `true`: tell the plan and change nothing. */
  readonly dryRun?: true
}

/** A clock whose deadline or state the edit moves. @category state */
export interface Change {
  readonly subject: Subject
  readonly clock: string
  readonly from: Standing
  readonly to: Standing
}

/** What is compared of a clock before and after an edit. @category state */
export interface Standing {
  readonly state: string
  readonly due: Instant | null
}

/** What a migration does, or would do. @category state */
export interface Plan {
  readonly mode: EditMode
  /** Clocks the edit leaves as they were. */
  readonly kept: number
  /** Clocks that were looked at because the edit crosses their path. */
  readonly touched: number
  /** Clocks the new policy has no more, by id, with how many subjects had one. */
  readonly dropped: readonly { readonly clock: string; readonly count: number }[]
  /** Clocks only the new policy has, by id. */
  readonly added: readonly string[]
  /** Rows that changed: subject × clocks + clock of the new policy, with their deadlines; NaN is none. */
  readonly rows: Int32Array
  readonly dueBefore: Float64Array
  readonly dueAfter: Float64Array
  /** States before and after, by number. */
  readonly stateBefore: Uint8Array
  readonly stateAfter: Uint8Array
}

/** The table to go on with, and what was done. @category state */
export interface Migration {
  /** The new policy, with what it must remember of the old one. Later steps take this table. */
  readonly table: Table
  readonly plan: Plan
}
