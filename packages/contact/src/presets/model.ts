// The form of a law preset: a policy with its citations, what it leaves out, and cases that show it.

import type { FactType } from '@clientele/core/condition'
import type { Command, Definition, Outcome } from '../model.js'

/** Where a rule is written and when it holds. @category definitions */
export interface Provision {
  /** The citation; of a guard, why it is there. */
  readonly source: string
  /** The date from which it applies. The engine does not switch rules by date. */
  readonly effectiveFrom: string
  /** The last date on which it applies; null while no end is known. */
  readonly effectiveTo: string | null
  /** Whether its text, or one that quotes it, was read for this review. If not: check it before you rely on it. */
  readonly verified: boolean
  /** What was assumed, or is not certain. */
  readonly note?: string
}

/** A fact that the host supplies with attempts, touches or events. @category definitions */
export interface PresetFact {
  /** Its type. */
  readonly type: FactType
  /** Whether a rule cannot be judged without it. */
  readonly required: boolean
  /** What it means, and its values. */
  readonly meaning: string
}

/** A choice that the law leaves open, or that decides how cautious to be. @category definitions */
export interface PresetOption {
  /** What may be chosen; the first is the default. */
  readonly values: readonly string[]
  /** What was chosen. */
  readonly chosen: string
  /** What it decides. */
  readonly meaning: string
}

/** What a case expects of its last line; what is left out is not compared. @category definitions */
export interface PresetExpectation {
  /** May one write. */
  readonly verdict: Outcome
  /** The rules that refuse. */
  readonly rules?: readonly string[]
  /** The next allowed second, ISO 8601 in UTC. */
  readonly nextAllowedAt?: string | null
  /** The refusing rules whose breach is presumed to break the law. */
  readonly presumed?: readonly string[]
}

/** A line of `clientele contact test`. @category definitions */
export interface PresetCase {
  /** The paragraph it comes from, and what it shows. */
  readonly label: string
  /** The lines; the last one is asked. */
  readonly given: readonly Command[]
  /** What its answer holds. */
  readonly expect: PresetExpectation
}

/**
 * A law as a policy. An engineering aid, not legal advice.
 *
 * @category definitions
 */
export interface Preset {
  /** Its name, also that of the policy. */
  readonly id: string
  /** Words for a person. */
  readonly title: string
  /** Where it is law. */
  readonly jurisdiction: string
  /** What it is not. */
  readonly disclaimer: string
  /** The date on which sources and rules were last compared. */
  readonly reviewedAt: string
  /** What it says, in sentences. */
  readonly covers: readonly string[]
  /** What it does not say, and what was not verified. */
  readonly doesNotCover: readonly string[]
  /** What can be chosen, and what was. */
  readonly options: { readonly [name: string]: PresetOption }
  /** What the host must tell. */
  readonly facts: { readonly [name: string]: PresetFact }
  /** By rule and exemption id: where it is written. */
  readonly rules: { readonly [rule: string]: Provision }
  /** The policy; each rule carries its provision in `meta`. */
  readonly definition: Definition
  /** What shows it, most from the law's own examples. */
  readonly cases: readonly PresetCase[]
}
