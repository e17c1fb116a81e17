// A compiled calendar as bytes: for a cache, another worker, another process. They hold the rule, the hash of the zone data
// it was compiled with, and nothing of the index.

import {
  decode,
  type Either,
  encode,
  hashHex,
  left,
  type NonEmptyArray,
  right,
  type Section,
  type Sections,
  zoneHash,
  zoneOf,
} from '@clientele/core'
import type { Issue } from './issue.js'
import { allHours, type DayRows, type HoursRule, type Rule, type SpanRows } from './rule.js'
import { type Table, tableOf } from './table.js'

/** Version of the byte layout. */
const LAYOUT = 1
const FORMAT = 'calendar'

/** The tree of a rule without its columns: what stands in the bytes as JSON. */
type Outline =
  | {
      readonly kind: 'hours'
      readonly zone: string
      readonly zoneData: string
      readonly weekRefs: readonly string[]
      readonly specialRefs: readonly string[]
      readonly specialNames: readonly string[]
      readonly breakRefs: readonly string[]
    }
  | { readonly kind: 'union' | 'intersect' | 'subtract'; readonly parts: readonly Outline[] }
  | { readonly kind: 'shift'; readonly parts: readonly Outline[]; readonly by: number }

const outlineOf = (rule: Rule): Outline => {
  if (rule.kind === 'shift') return { kind: rule.kind, parts: rule.parts.map(outlineOf), by: rule.by }
  if (rule.kind !== 'hours') return { kind: rule.kind, parts: rule.parts.map(outlineOf) }
  return {
    kind: 'hours',
    zone: rule.zone.name,
    zoneData: zoneHash(rule.zone),
    weekRefs: rule.weekRefs,
    specialRefs: rule.special.refs,
    specialNames: rule.special.names,
    breakRefs: rule.breaks.refs,
  }
}

const hoursSections = (rule: HoursRule, i: number): Sections => ({
  [`${i}.weekFrom`]: rule.weekFrom,
  [`${i}.weekOffsets`]: rule.weeks.offsets,
  [`${i}.weekSpans`]: rule.weeks.spans,
  [`${i}.specialDays`]: rule.special.days,
  [`${i}.specialOffsets`]: rule.special.offsets,
  [`${i}.specialSpans`]: rule.special.spans,
  [`${i}.holiday`]: rule.holiday,
  [`${i}.breakDays`]: rule.breaks.days,
  [`${i}.breakOffsets`]: rule.breaks.offsets,
  [`${i}.breakSpans`]: rule.breaks.spans,
  [`${i}.irregular`]: rule.irregular,
})

/**
 * The table as bytes. The same definition gives the same bytes.
 *
 * @example
 * import { compileOrThrow } from '@clientele/calendar'
 * import { fromBytes, toBytes } from '@clientele/calendar/bytes'
 * const desk = compileOrThrow({ timeZone: 'UTC', week: { mon: ['09:00-18:00'] } })
 * fromBytes(toBytes(desk))._tag // => 'Right'
 *
 * @category compile
 */
export const toBytes = ({ rule }: Table): Uint8Array =>
  encode(FORMAT, LAYOUT, {
    outline: JSON.stringify(outlineOf(rule)),
    ...Object.assign({}, ...allHours(rule).map(hoursSections)),
  })

/**
 * Names the content of a table: equal hashes mean the same hours by the same zone data.
 *
 * @example
 * import { compileOrThrow } from '@clientele/calendar'
 * import { hash } from '@clientele/calendar/bytes'
 * const week = { mon: ['09:00-18:00'] }
 * hash(compileOrThrow({ timeZone: 'UTC', week })) === hash(compileOrThrow({ timeZone: 'UTC', week })) // => true
 *
 * @category compile
 */
export const hash = (table: Table): string => hashHex(toBytes(table))

class SectionReader {
  readonly #sections: Sections
  readonly issues: Issue[] = []
  #hours = 0

  constructor(sections: Sections) {
    this.#sections = sections
  }

  #column<S extends Section>(name: string): S {
    return this.#sections[name] as S
  }

  #rows(i: number, name: string): SpanRows {
    return { offsets: this.#column(`${i}.${name}Offsets`), spans: this.#column(`${i}.${name}Spans`) }
  }

  #days(i: number, name: string, refs: readonly string[], names: readonly string[]): DayRows {
    return { ...this.#rows(i, name), days: this.#column(`${i}.${name}Days`), refs, names }
  }

  rule(outline: Outline): Rule {
    if (outline.kind === 'hours') return this.#hoursRule(outline)
    const parts = outline.parts.map((part) => this.rule(part))
    if (outline.kind === 'shift') return { kind: 'shift', parts: [parts[0]!], by: outline.by }
    if (outline.kind === 'subtract') return { kind: 'subtract', parts: [parts[0]!, parts[1]!] }
    return { kind: outline.kind, parts }
  }

  #hoursRule(outline: Outline & { readonly kind: 'hours' }): HoursRule {
    const i = this.#hours++
    const zone = zoneOf(outline.zone)
    const expected = zone === undefined ? 'unknown' : zoneHash(zone)
    if (expected !== outline.zoneData) {
      this.issues.push({
        code: 'zone-data-differs',
        path: '',
        zone: outline.zone,
        given: outline.zoneData,
        expected,
      })
    }
    return {
      kind: 'hours',
      zone: zone ?? zoneOf('UTC')!,
      weekFrom: this.#column(`${i}.weekFrom`),
      weeks: this.#rows(i, 'week'),
      weekRefs: outline.weekRefs,
      special: this.#days(i, 'special', outline.specialRefs, outline.specialNames),
      holiday: this.#column(`${i}.holiday`),
      breaks: this.#days(i, 'break', outline.breakRefs, []),
      irregular: this.#column(`${i}.irregular`),
    }
  }
}

/**
 * The table that {@link toBytes} wrote. Bytes of another layout, bytes that were cut or changed, and bytes made with
 * other zone data than this machine has are refused; compile the definition again then.
 *
 * @example
 * import { fromBytes } from '@clientele/calendar/bytes'
 * fromBytes(new Uint8Array(3))._tag // => 'Left'
 *
 * @category compile
 */
export const fromBytes = (bytes: Uint8Array): Either<NonEmptyArray<Issue>, Table> => {
  const sections = decode(bytes, FORMAT, LAYOUT)
  if (sections._tag === 'Left') return left([sections.left])
  const reader = new SectionReader(sections.right)
  const rule = reader.rule(JSON.parse(sections.right['outline'] as string) as Outline)
  const [first, ...rest] = reader.issues
  return first === undefined ? right(tableOf(rule)) : left([first, ...rest])
}
