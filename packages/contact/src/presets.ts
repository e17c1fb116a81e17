// Laws as policies, each rule with its citation. An engineering aid, not legal advice: what a preset leaves out stands in its
// `doesNotCover`.

import { type Either, left, type NonEmptyArray, Reader, right, type ShapeIssue } from '@clientele/core'
import type { Choices } from './presets/assemble.js'
import { caCrtc } from './presets/ca-crtc.js'
import { euEprivacy } from './presets/eu-eprivacy.js'
import type { Preset } from './presets/model.js'
import { ruAds } from './presets/ru-ads.js'
import { ruCollection } from './presets/ru-collection.js'
import { ukOfcom } from './presets/uk-ofcom.js'
import { usFdcpa } from './presets/us-fdcpa.js'
import { usMassachusetts } from './presets/us-ma.js'
import { usRegF } from './presets/us-reg-f.js'
import { usFlorida, usOklahoma } from './presets/us-states.js'
import { usTcpa } from './presets/us-tcpa.js'

export type {
  Preset,
  PresetCase,
  PresetExpectation,
  PresetFact,
  PresetOption,
  Provision,
} from './presets/model.js'

/** The name of a preset. @category definitions */
export type PresetId =
  | 'us.regF.calls'
  | 'us.fdcpa.hours'
  | 'us.tcpa.hours'
  | 'us.fl.ftsa'
  | 'us.ok.otsa'
  | 'us.ma.debt'
  | 'ca.crtc'
  | 'uk.ofcom.misuse'
  | 'ru.230fz.collection'
  | 'ru.ads.art18'
  | 'eu.eprivacy'

const FACTORIES: { readonly [id in PresetId]: (choices: Choices) => Preset } = {
  'us.regF.calls': usRegF,
  'us.fdcpa.hours': usFdcpa,
  'us.tcpa.hours': usTcpa,
  'us.fl.ftsa': usFlorida,
  'us.ok.otsa': usOklahoma,
  'us.ma.debt': usMassachusetts,
  'ca.crtc': caCrtc,
  'uk.ofcom.misuse': ukOfcom,
  'ru.230fz.collection': ruCollection,
  'ru.ads.art18': ruAds,
  'eu.eprivacy': euEprivacy,
}

const IDS = Object.keys(FACTORIES) as readonly PresetId[]

/**
 * The presets by name, with the default of every option.
 *
 * @example
 * import { presets } from '@clientele/contact/presets'
 * presets['us.regF.calls'].rules['regF-after-talk']?.source
 * // => '12 CFR 1006.14(b)(2)(i)(B) and comments 14(b)(2)(i)-1.ii, 14(b)(4)-1.ii'
 *
 * @category definitions
 */
export const presets: { readonly [id in PresetId]: Preset } = {
  'us.regF.calls': usRegF({}),
  'us.fdcpa.hours': usFdcpa(),
  'us.tcpa.hours': usTcpa({}),
  'us.fl.ftsa': usFlorida({}),
  'us.ok.otsa': usOklahoma({}),
  'us.ma.debt': usMassachusetts({}),
  'ca.crtc': caCrtc(),
  'uk.ofcom.misuse': ukOfcom(),
  'ru.230fz.collection': ruCollection({}),
  'ru.ads.art18': ruAds({}),
  'eu.eprivacy': euEprivacy({}),
}

/** The choices made where a law leaves one, by option name; the default where none is made. @category definitions */
export interface PresetOptions {
  /** One of the option's values. */
  readonly [option: string]: string
}

/**
 * A preset by name, or why there is none: an unknown name with the nearest one, an unknown option, a value that it does not
 * have. `shapeMessage` of core makes sentences of the issues.
 *
 * @example
 * import { preset } from '@clientele/contact/presets'
 * const strict = preset('ru.230fz.collection', { talk: 'attempt' })
 * if (strict._tag === 'Right') strict.right.options['talk']?.chosen // => 'attempt'
 *
 * @category definitions
 */
export const preset = (
  id: string,
  options: PresetOptions = {},
): Either<NonEmptyArray<ShapeIssue>, Preset> => {
  const reader = new Reader()
  const known = reader.word(id, 'id', IDS)
  if (known !== undefined) {
    const choices: Record<string, string> = {}
    const has = presets[known].options
    const given = reader.object(options, 'options', Object.keys(has)) ?? {}
    for (const [name, { values }] of Object.entries(has)) {
      const value = reader.member(given, name)
      const chosen = value === undefined ? undefined : reader.word(value, `options.${name}`, values)
      if (chosen !== undefined) choices[name] = chosen
    }
    if (reader.issues.length === 0) return right(FACTORIES[known](choices))
  }
  const [first, ...rest] = reader.issues
  return left([first!, ...rest])
}
