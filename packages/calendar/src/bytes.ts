// A compiled calendar as bytes: for a cache, another worker, another process. They hold the rule, the hash of the zone data
// it was compiled with, and nothing of the index.

import {
  type CivilDay,
  decode,
  type Either,
  encode,
  hashHex,
  left,
  type NonEmptyArray,
  right,
  type ShapeIssue,
  shapeMessage,
  zoneHash,
  zoneOf,
} from '@clientele/core'
import { type Combination, type DayRule, hoursRule, type Rule, type WeekRule } from './rule.js'
import { type Table, tableOf } from './table.js'

/** What can be wrong with bytes. @category compile */
export type BytesIssue =
  | ShapeIssue
  | {
      readonly code: 'zone-data-differs'
      readonly path: string
      readonly zone: string
      readonly given: string
      readonly expected: string
    }

/** Version of the byte layout. */
const LAYOUT = 1
const FORMAT = 'calendar'

/** A rule as JSON: a zone stands by its name and the hash of its data. */
type Outline =
  | {
      readonly kind: 'hours'
      readonly zone: string
      readonly zoneData: string
      readonly weeks: readonly WeekRule[]
      readonly special: readonly DayRule[]
      readonly breaks: readonly DayRule[]
    }
  | (Omit<Combination, 'parts'> & { readonly parts: readonly Outline[] })

const byDay = (days: ReadonlyMap<CivilDay, DayRule>): readonly DayRule[] =>
  [...days.values()].sort((a, b) => a.day - b.day)

const outlineOf = (rule: Rule): Outline => {
  if (rule.kind !== 'hours') return { ...rule, parts: rule.parts.map(outlineOf) }
  const { kind, zone, weeks, special, breaks } = rule
  return {
    kind,
    zone: zone.name,
    zoneData: zoneHash(zone),
    weeks,
    special: byDay(special),
    breaks: byDay(breaks),
  }
}

/** The rule of an outline; where this machine has other zone data, it is an issue and any zone stands in. */
const ruleOf = (outline: Outline, issues: BytesIssue[]): Rule => {
  if (outline.kind !== 'hours')
    return { ...outline, parts: outline.parts.map((part) => ruleOf(part, issues)) }
  const zone = zoneOf(outline.zone)
  const expected = zone === undefined ? 'unknown' : zoneHash(zone)
  if (expected !== outline.zoneData) {
    issues.push({
      code: 'zone-data-differs',
      path: '',
      zone: outline.zone,
      given: outline.zoneData,
      expected,
    })
  }
  return hoursRule(zone ?? zoneOf('UTC')!, outline.weeks, outline.special, outline.breaks)
}

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
  encode(FORMAT, LAYOUT, { rule: JSON.stringify(outlineOf(rule)) })

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
export const fromBytes = (bytes: Uint8Array): Either<NonEmptyArray<BytesIssue>, Table> => {
  const sections = decode(bytes, FORMAT, LAYOUT)
  if (sections._tag === 'Left') return left([sections.left])
  const issues: BytesIssue[] = []
  const rule = ruleOf(JSON.parse(sections.right['rule'] as string) as Outline, issues)
  const [first, ...rest] = issues
  return first === undefined ? right(tableOf(rule)) : left([first, ...rest])
}

/**
 * The sentence of an issue of bytes.
 *
 * @example
 * import { bytesMessage, fromBytes } from '@clientele/calendar/bytes'
 * const table = fromBytes(new Uint8Array(3))
 * if (table._tag === 'Left') bytesMessage(table.left[0])
 * // => 'expected calendar bytes of version 1, given other bytes'
 *
 * @category compile
 */
export const bytesMessage = (issue: BytesIssue): string =>
  issue.code === 'zone-data-differs'
    ? `the zone data of ${issue.zone} is ${issue.expected} on this machine, but ${issue.given} in the bytes; compile again`
    : shapeMessage(issue)
