// What a migration is asked, and what it says.

import type { Instant } from '@clientele/core'
import type { State } from '../book.js'

/** How to migrate. @category state */
export interface MigrateOptions {
  /** The moment of the change, epoch milliseconds: what was told so far happened no later. */
  readonly at: Instant
  /** `true`: tell the plan and change nothing. */
  readonly dryRun?: true
}

/**
 * From when on answers are those of a state that had the new policy from the start: at once, from an instant, or never,
 * where what was not kept would matter for ever. @category state
 */
export interface Exactness {
  readonly exact: 'now' | 'from' | 'never'
  /** Epoch milliseconds; null unless `exact` is `from`. */
  readonly exactFrom: Instant | null
}

/** What becomes of a rule, or of an exemption that begins with a touch. @category state */
export interface RulePlan extends Exactness {
  /** Its id. */
  readonly rule: string
  /** Words for a person. */
  readonly label: string
  /**
   * `kept`: what counts for it goes on counting. `reset`: it counts other touches than any rule did, and starts with those
   * alone that are known by id. `dropped`: the new policy has no rule of that id.
   */
  readonly what: 'kept' | 'reset' | 'dropped'
}

/** What a migration does, or would do. @category state */
export interface Plan extends Exactness {
  /** The moment of the change. */
  readonly at: Instant
  /** Those of the new policy in the order of answers, then its exemptions, then what is dropped. */
  readonly rules: readonly RulePlan[]
}

/** The state to go on with, and what was done. @category state */
export interface Migration {
  /** The state that was given. It belongs to the new policy now, unless the run was dry. */
  readonly state: State
  readonly plan: Plan
}
