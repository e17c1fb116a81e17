// Reads the values of one input line: the Reader of the definitions, with the range of the engines added to instants.
// Unknown keys are ignored here, unlike in definitions.

import {
  FIRST_INSTANT,
  type Instant,
  LAST_INSTANT,
  type Millis,
  memberPath,
  parseInstant,
  Reader,
  type ShapeIssue,
  shapeMessage,
  type UnknownRecord,
} from '@clientele/core'
import { type LineError, lineError } from './verb.js'

interface OutOfRange {
  readonly code: 'out-of-range'
  readonly path: string
  readonly given: string
}

const message = (issue: ShapeIssue | OutOfRange): string =>
  issue.code === 'out-of-range' ? `${issue.given} lies outside the years 1970 to 2100` : shapeMessage(issue)

/** A cursor over one line. Every method gives `undefined` after noting what is wrong. */
export class LineReader {
  readonly #reader = new Reader<OutOfRange>()
  readonly #line: UnknownRecord

  constructor(line: UnknownRecord) {
    this.#line = line
  }

  /** What is wrong with the line, the first of it. */
  get failure(): { readonly error: LineError } | undefined {
    const issue = this.#reader.issues[0]
    return issue === undefined ? undefined : lineError(issue.code, message(issue), issue.path)
  }

  /** Whether the line has a value under the key; null counts as missing. */
  has(key: string): boolean {
    const value = this.#reader.member(this.#line, key)
    return value !== undefined && value !== null
  }

  /** A value that must be there, whatever it is. */
  value(key: string): unknown {
    return this.has(key) ? this.#reader.member(this.#line, key) : this.#missing(key)
  }

  /** A value that may be missing. */
  optional(key: string): unknown {
    return this.has(key) ? this.#reader.member(this.#line, key) : undefined
  }

  text(key: string): string | undefined {
    return this.has(key) ? this.#reader.text(this.value(key), key) : this.#missing(key)
  }

  word<W extends string>(key: string, words: readonly W[]): W | undefined {
    return this.has(key) ? this.#reader.word(this.value(key), key, words) : this.#missing(key)
  }

  instant(key: string): Instant | undefined {
    return this.has(key) ? this.instantOf(this.value(key), key) : this.#missing(key)
  }

  /** An instant anywhere in the line, within the range of the engines. */
  instantOf(value: unknown, path: string): Instant | undefined {
    const instant = typeof value === 'string' ? parseInstant(value) : undefined
    if (instant === undefined) return this.#reader.instant(value, path)
    if (instant >= FIRST_INSTANT && instant < LAST_INSTANT) return instant
    return this.#reader.report({ code: 'out-of-range', path, given: String(value) })
  }

  duration(key: string): Millis | undefined {
    return this.has(key) ? this.#reader.duration(this.value(key), key) : this.#missing(key)
  }

  integer(key: string, from: number, to: number): number | undefined {
    return this.has(key) ? this.#reader.integer(this.value(key), key, from, to) : this.#missing(key)
  }

  /** An object of the author's own keys; an absent one is empty. */
  record(key: string): UnknownRecord {
    if (!this.has(key)) return {}
    const value = this.value(key)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as UnknownRecord
    this.#reader.wrongType(value, key, 'an object')
    return {}
  }

  /** Pairs of instants, `[[from, to], …]`; an absent list is empty. */
  spans(key: string, limit: number): readonly (readonly [Instant, Instant])[] {
    if (!this.has(key)) return []
    const spans: (readonly [Instant, Instant])[] = []
    for (const [i, pair] of this.#reader.list(this.value(key), key, limit).entries()) {
      const path = memberPath(key, i)
      if (!Array.isArray(pair) || pair.length !== 2) {
        this.#reader.wrongType(pair, path, 'a pair of instants, [from, to]')
        continue
      }
      const from = this.instantOf(pair[0], memberPath(path, 0))
      const to = this.instantOf(pair[1], memberPath(path, 1))
      if (from === undefined || to === undefined) continue
      if (from > to) this.#reader.badValue(pair[1], memberPath(path, 1), 'an end not before its start')
      else spans.push([from, to])
    }
    return spans
  }

  #missing(key: string): undefined {
    return this.#reader.report({ code: 'missing-key', path: key, key })
  }
}
