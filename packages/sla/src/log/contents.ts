// Facts and contents of lines, interned: equal ones have one number, so a condition is asked once for all lines that say
// the same. A patch is what a line carries; a set is what is known of a subject after it; a content is a set with an
// event, which is all that a condition can see.

import { Interner } from '@clientele/core'
import type { Facts } from '../model.js'

/** What a line carries, besides whom and when. */
export interface Patch {
  readonly event: string | undefined
  readonly facts: Facts | undefined
  readonly data: Facts | undefined
  /** Equal numbers are equal events with equal data. */
  readonly happening: number
}

/** What conditions see. */
export interface Content {
  readonly set: number
  readonly event: string | undefined
  readonly data: Facts | undefined
}

/** The tables of interned values. */
export interface Contents {
  readonly patchKeys: Interner
  readonly patches: Patch[]
  readonly happeningKeys: Interner
  readonly setKeys: Interner
  readonly sets: Facts[]
  /** Set and patch to the set after, and set and happening to a content. */
  readonly setAfter: Map<number, number>
  readonly contentOf: Map<number, number>
  readonly contents: Content[]
}

/** Two numbers as one key; exact below 2^26 of the second. */
const PAIR = 0x400_0000

/** Tables that know the empty set alone, number 0. */
export const contentsOf = (): Contents => {
  const setKeys = new Interner()
  setKeys.handle('{}')
  return {
    patchKeys: new Interner(),
    patches: [],
    happeningKeys: new Interner(),
    setKeys,
    sets: [{}],
    setAfter: new Map(),
    contentOf: new Map(),
    contents: [],
  }
}

/** How deep facts are compared; what lies deeper tells nothing apart and is refused by `canonical`. */
const DEEPEST = 64

/** JSON with the keys of every object in order, so that equal values have equal texts. */
const canonical = (value: unknown, depth = 0): string => {
  if (depth > DEEPEST) throw new RangeError(`facts are nested deeper than ${DEEPEST} levels`)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each, depth + 1)).join()}]`
  const record = value as Facts
  const keys = Object.keys(record).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(record[key], depth + 1)}`).join()}}`
}

/** The number of what a line carries. */
export const patchOf = (
  tables: Contents,
  event: string | undefined,
  facts: Facts | undefined,
  data: Facts | undefined,
): number => {
  const happened = `${event === undefined ? '' : JSON.stringify(event)}|${data === undefined ? '' : canonical(data)}`
  const patch = tables.patchKeys.handle(`${happened}|${facts === undefined ? '' : canonical(facts)}`)
  if (patch === tables.patches.length) {
    tables.patches.push({ event, facts, data, happening: tables.happeningKeys.handle(happened) })
  }
  return patch
}

/** The set after a patch. Facts are merged by name; `null` takes a fact away. */
export const setAfter = (tables: Contents, set: number, patch: number): number => {
  const { facts } = tables.patches[patch]!
  if (facts === undefined) return set
  const key = set * PAIR + patch
  const known = tables.setAfter.get(key)
  if (known !== undefined) return known
  const merged = Object.fromEntries(
    Object.entries({ ...tables.sets[set], ...facts }).filter(
      ([, value]) => value !== null && value !== undefined,
    ),
  )
  const after = tables.setKeys.handle(canonical(merged))
  if (after === tables.sets.length) tables.sets.push(merged)
  tables.setAfter.set(key, after)
  return after
}

/** The content of a patch once its facts are merged. */
export const contentAfter = (tables: Contents, set: number, patch: number): number => {
  const { happening, event, data } = tables.patches[patch]!
  const key = set * PAIR + happening
  const known = tables.contentOf.get(key)
  if (known !== undefined) return known
  const content = tables.contents.length
  tables.contents.push({ set, event, data })
  tables.contentOf.set(key, content)
  return content
}
