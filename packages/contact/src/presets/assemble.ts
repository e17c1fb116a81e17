// How a preset is put together from its parts: provisions go into the `meta` of their rules, facts into the vocabulary.

import type { Definition } from '../model.js'
import type { Preset, PresetFact, Provision } from './model.js'

const REVIEWED_AT = '2026-11-22'
const DISCLAIMER =
  'An engineering aid, not legal advice: ask a lawyer which law applies to you, and read what the preset does not cover.'

/** What a preset is made of; the rest follows. */
export interface Draft extends Omit<Preset, 'definition' | 'reviewedAt' | 'disclaimer'> {
  readonly policy: Omit<Definition, '$schema' | 'version' | 'id' | 'label' | 'meta' | 'facts'>
}

/** The choices made, by option name. */
export interface Choices {
  readonly [option: string]: string | undefined
}

/** An option with the choice made, or its default. */
export const option = (
  choices: Choices,
  name: string,
  values: readonly [string, ...string[]],
  meaning: string,
): { readonly values: readonly string[]; readonly chosen: string; readonly meaning: string } => ({
  values,
  chosen: choices[name] ?? values[0],
  meaning,
})

/** A fact without which a rule cannot be judged. */
export const required = (type: PresetFact['type'], meaning: string): PresetFact => ({
  type,
  required: true,
  meaning,
})

/** A fact that may be left out. */
export const optional = (type: PresetFact['type'], meaning: string): PresetFact => ({
  type,
  required: false,
  meaning,
})

/** Puts a preset together. */
export const assemble = ({ policy, ...draft }: Draft): Preset => {
  const { caps, quiet, coolDowns, consent, exempt, ...rest } = policy
  const cited = <R extends { readonly id?: string }>(
    rules: readonly R[],
  ): readonly (R & { readonly meta: Provision | undefined })[] =>
    rules.map((rule) => ({ ...rule, meta: draft.rules[rule.id ?? ''] }))
  const facts = Object.fromEntries(Object.entries(draft.facts).map(([name, { type }]) => [name, type]))
  return {
    ...draft,
    disclaimer: DISCLAIMER,
    reviewedAt: REVIEWED_AT,
    definition: {
      id: draft.id,
      label: draft.title,
      meta: { jurisdiction: draft.jurisdiction, reviewedAt: REVIEWED_AT, disclaimer: DISCLAIMER },
      facts,
      // a law that thinks in local time cannot be kept where that is not known
      missingZone: 'deny',
      ...rest,
      ...(caps === undefined ? {} : { caps: cited(caps) }),
      ...(quiet === undefined ? {} : { quiet: cited(quiet) }),
      ...(coolDowns === undefined ? {} : { coolDowns: cited(coolDowns) }),
      ...(consent === undefined ? {} : { consent: cited(consent) }),
      ...(exempt === undefined ? {} : { exempt: cited(exempt) }),
    },
  }
}
