// Conditions that several laws share. A fact that is not told is unknown and selects nothing, so every condition that should
// hold without it says so.

import { all, any, type Condition, fact, type Scalar } from '@clientele/core/condition'
import type { Cap } from '../model.js'
import { optional, required } from './assemble.js'
import type { PresetFact, Provision } from './model.js'

/** Voice calls: by a person, or by a machine that speaks. */
const CALLS = ['call', 'robot'] as const

/** Holds unless the fact is told and is one of these. */
export const unless = (name: string, ...values: readonly Scalar[]): Condition =>
  any(fact(name).missing(), fact(name).notIn(values))

/** Whoever is called did not call first. */
export const outbound: Condition = unless('direction', 'inbound')

/** A call placed, by a person or a machine. */
export const placedCall: Condition = all(fact('channel').in(CALLS), outbound)

/** A talk by telephone, whoever called. */
export const telephoneTalk: Condition = all(fact('channel').in(CALLS), fact('conversation').eq(true))

/** Advertising on the given channels. */
export const marketingBy = (...channels: readonly string[]): Condition =>
  all(fact('category').eq('marketing'), fact('channel').in(channels), outbound)

/** Refuses attempts that do not tell a fact by which a rule counts: without it the rule would silently never hold. */
export const guard = (id: string, name: string, when: Condition): Cap => ({
  id,
  label: `The fact "${name}" is not told`,
  when: all(when, fact(name).missing()),
  limit: 0,
  window: { lifetime: true },
})

/** The provision of a guard. */
export const guardOf = (name: string, { effectiveFrom }: Provision): Provision => ({
  source: `Guard of this preset, not a rule of law: without "${name}" nothing could be counted`,
  effectiveFrom,
  effectiveTo: null,
  verified: true,
})

export const channelFact = (values: string): PresetFact => required('string', `How: ${values}.`)
export const directionFact: PresetFact = optional(
  'string',
  '`inbound` when the person called or wrote first; anything else, or nothing, is outbound.',
)
export const categoryFact = (meaning: string): PresetFact => required('string', meaning)
export const conversationFact: PresetFact = optional(
  'boolean',
  'true on a touch or event by which a talk took place. A talk known only after its touch was recorded is told as an event: `{"event":"conversation","conversation":true, …}`.',
)
