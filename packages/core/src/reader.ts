// Reads a hostile value into the shape of a definition: own keys only, budgets on size, every issue collected with its
// path and none thrown. Each engine's `compile` walks its definition with one of these.

import type { ShapeIssue } from './issue.js'
import { nearest } from './nearest.js'
import { type CivilDay, type Instant, type Millis, parseDate, parseDuration, parseInstant } from './time.js'
import { nearestZone, type Zone, zoneOf } from './zone.js'

/** A plain object of unknown values. @category definitions */
export type UnknownRecord = { readonly [key: string]: unknown }

/** Keys that any definition may carry. @category definitions */
export const COMMON_KEYS = ['$schema', 'version', 'label', 'meta', 'facts'] as const

const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$]{0,79}$/

/**
 * The path of a member: `a.b`, or `a["2026-01-01"]` where the key is no plain word, or `a[0]`.
 *
 * @example
 * import { memberPath } from '@clientele/core'
 * memberPath('clocks', 0) // => 'clocks[0]'
 * memberPath('week', 'mon') // => 'week.mon'
 *
 * @category definitions
 */
export const memberPath = (path: string, key: string | number): string => {
  if (typeof key === 'number') return `${path}[${key}]`
  if (!PLAIN_KEY.test(key)) return `${path}[${JSON.stringify(key.slice(0, 80))}]`
  return path === '' ? key : `${path}.${key}`
}

/**
 * A value in words, for "given …": short, and never more than its first 60 characters.
 *
 * @example
 * import { describeValue } from '@clientele/core'
 * describeValue([1, 2]) // => 'a list'
 * describeValue('PT8') // => '"PT8"'
 *
 * @category definitions
 */
export const describeValue = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return value.length > 60 ? `${JSON.stringify(value.slice(0, 60))}…` : JSON.stringify(value)
    case 'number':
    case 'boolean':
      return String(value)
    case 'object':
      return 'an object'
    case 'undefined':
      return 'nothing'
    default:
      return `a ${typeof value}`
  }
}

/** How many issues get a suggestion: finding one costs up to 2 ms, and a hostile definition has many. */
const MOST_SUGGESTIONS = 20
/** Further issues are dropped, so a hostile definition cannot fill memory. */
const MOST_ISSUES = 1_000

const isPlain = (value: unknown): value is UnknownRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Collects issues while a definition is read. Every method answers `undefined` after reporting why, so a caller goes
 * on and finds the next issue too.
 *
 * @example
 * import { Reader } from '@clientele/core'
 * const reader = new Reader()
 * reader.duration('PT8', 'within')
 * reader.issues[0]?.code // => 'bad-value'
 *
 * @category definitions
 */
export class Reader<I extends { readonly code: string; readonly path: string } = never> {
  /** What was found so far, in order. */
  readonly issues: (ShapeIssue | I)[] = []

  /** Whether further issues would be dropped: a loop over a hostile list may stop. */
  get full(): boolean {
    return this.issues.length >= MOST_ISSUES
  }

  /** Adds an issue; beyond a thousand, further ones are dropped. */
  report(issue: ShapeIssue | I): undefined {
    if (!this.full) this.issues.push(issue)
    return undefined
  }

  /** The nearest of some names, for the first issues of a definition. */
  suggest(given: string, names: Iterable<string>): string | undefined {
    return this.issues.length < MOST_SUGGESTIONS ? nearest(given, names) : undefined
  }

  /** Says that a value is not of the type it should be. */
  wrongType(value: unknown, path: string, expected: string): undefined {
    return this.report({ code: 'wrong-type', path, given: describeValue(value), expected })
  }

  /** Says that a value of the right type is not one of those that mean something. */
  badValue(value: unknown, path: string, expected: string, names: readonly string[] = []): undefined {
    const near = typeof value === 'string' ? this.suggest(value, names) : undefined
    return this.report({ code: 'bad-value', path, given: describeValue(value), expected, nearest: near })
  }

  /** An object with no keys but the known ones; its values are still unknown. */
  object(value: unknown, path: string, known: readonly string[]): UnknownRecord | undefined {
    if (!isPlain(value)) return this.wrongType(value, path, 'an object')
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue
      if (this.full) break
      this.report({
        code: 'unknown-key',
        path,
        key: key.slice(0, 80),
        nearest: this.suggest(key, known),
        known,
      })
    }
    return value
  }

  /** The entries of an object whose keys are the author's own. */
  entries(value: unknown, path: string, limit: number): readonly (readonly [string, unknown])[] {
    if (!isPlain(value)) {
      this.wrongType(value, path, 'an object')
      return []
    }
    const keys = Object.keys(value)
    if (keys.length <= limit) return keys.map((key) => [key, value[key]] as const)
    this.report({ code: 'too-large', path, what: 'entries', limit })
    return []
  }

  /** The elements of a list. */
  list(value: unknown, path: string, limit: number): readonly unknown[] {
    if (!Array.isArray(value)) {
      this.wrongType(value, path, 'a list')
      return []
    }
    if (value.length <= limit) return value
    this.report({ code: 'too-large', path, what: 'elements', limit })
    return []
  }

  /** An own member, `undefined` when absent. */
  member(record: UnknownRecord, key: string): unknown {
    return Object.hasOwn(record, key) ? record[key] : undefined
  }

  /** An own member that must be there. */
  required(record: UnknownRecord, key: string, path: string): unknown {
    const value = this.member(record, key)
    return value === undefined ? this.report({ code: 'missing-key', path, key }) : value
  }

  /** A text of at least one character. */
  text(value: unknown, path: string): string | undefined {
    if (typeof value !== 'string') return this.wrongType(value, path, 'a text')
    return value === '' ? this.badValue(value, path, 'a text of at least one character') : value
  }

  /** One of a closed set of words. */
  word<W extends string>(value: unknown, path: string, words: readonly W[]): W | undefined {
    const found = words.find((word) => word === value)
    return found ?? this.badValue(value, path, `one of ${words.join(', ')}`, words)
  }

  /** A whole number within bounds, both included. */
  integer(value: unknown, path: string, from: number, to: number): number | undefined {
    if (typeof value !== 'number') return this.wrongType(value, path, 'a whole number')
    if (Number.isInteger(value) && value >= from && value <= to) return value
    return this.badValue(value, path, `a whole number from ${from} to ${to}`)
  }

  /** A duration: ISO 8601 or whole milliseconds. */
  duration(value: unknown, path: string): Millis | undefined {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    const millis = typeof value === 'string' ? parseDuration(value) : undefined
    return millis ?? this.badValue(value, path, 'a duration such as "PT8H" or "P3D", or whole milliseconds')
  }

  /** An instant as ISO 8601 with `Z` or an offset. */
  instant(value: unknown, path: string): Instant | undefined {
    const instant = typeof value === 'string' ? parseInstant(value) : undefined
    return instant ?? this.badValue(value, path, 'an instant such as "2026-03-02T09:00:00Z"')
  }

  /** A civil date. */
  date(value: unknown, path: string): CivilDay | undefined {
    const day = typeof value === 'string' ? parseDate(value) : undefined
    return day ?? this.badValue(value, path, 'a date such as "2026-12-25"')
  }

  /** A zone of the host's Intl. */
  zone(value: unknown, path: string): Zone | undefined {
    if (typeof value !== 'string')
      return this.wrongType(value, path, 'the name of a time zone, such as "Europe/Moscow"')
    const zone = zoneOf(value)
    return (
      zone ??
      this.report({ code: 'unknown-zone', path, given: value.slice(0, 80), nearest: nearestZone(value) })
    )
  }

  /** The version of the form: absent means 1. */
  version(record: UnknownRecord, path: string, newest: number): void {
    const given = this.member(record, 'version')
    if (given === undefined) return
    const version = this.integer(given, memberPath(path, 'version'), 1, Number.MAX_SAFE_INTEGER)
    if (version !== undefined && version > newest) {
      this.report({ code: 'unsupported-version', path: memberPath(path, 'version'), given: version, newest })
    }
  }
}
