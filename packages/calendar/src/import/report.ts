// What an importer says besides its definition: issues that refuse the source, and notes of what it holds that a calendar
// cannot say. Nothing is lost in silence: what is neither in the definition nor refused is in a note.

import { describeValue, type Either, left, type NonEmptyArray, right, zoneOf } from '@clientele/core'
import type { Definition } from '../model.js'

/**
 * One reason why a source cannot be read.
 *
 * @category definitions
 */
export interface ImportIssue {
  /** `bad-syntax`: not of the format; `bad-value`: of the format, but no such date, time, zone or number; `unsupported`: outside the documented subset; `too-large`; `nothing-found`: no hours and no holidays in it. */
  readonly code: 'bad-syntax' | 'bad-value' | 'unsupported' | 'too-large' | 'nothing-found'
  /** Where in the source: `line 12`, `character 7`, or a path such as `hours.mon`. */
  readonly path: string
  /** The piece of the source, at most its first 60 characters. */
  readonly given: string
  readonly reason: string
}

/**
 * One thing that the definition does not say as the source does.
 *
 * @category definitions
 */
export interface ImportNote {
  /** `dropped`: is not in the definition; `written-out`: a recurrence became dates of a limited span; `assumed`: the source leaves it open. */
  readonly code: 'dropped' | 'written-out' | 'assumed'
  readonly path: string
  readonly given: string
  readonly reason: string
}

/** A definition with the notes on it. @category definitions */
export interface Imported {
  readonly definition: Definition
  readonly notes: readonly ImportNote[]
}

/** What an importer returns. @category compile */
export type ImportResult = Either<NonEmptyArray<ImportIssue>, Imported>

/** What an exporter returns: the other format's value with notes on what it cannot say. @category compile */
export type ExportResult<V> = Either<
  NonEmptyArray<ImportIssue>,
  { readonly value: V; readonly notes: readonly ImportNote[] }
>

/**
 * What importers may be told.
 *
 * @category compile
 */
export interface ImportOptions {
  /** The zone where the source names none, or none that is known. Default: UTC, with a note. */
  readonly timeZone?: string
  /** Whether events of an iCalendar close (`holidays`, default) or open (`hours`). */
  readonly as?: 'holidays' | 'hours'
  /** The first and last year in which yearly dates are written out where a recurrence cannot say them. Default: 2020 to 2040. */
  readonly years?: readonly [first: number, last: number]
  /** The dates that `PH` stands for in OSM opening hours. */
  readonly publicHolidays?: readonly string[]
}

/** Longest source, in characters; longer ones are refused before they are looked at. */
export const LONGEST_SOURCE = 5_000_000
/** Most dates that recurrences of one source are written out to. */
export const MOST_DATES = 5_000
const MOST_ISSUES = 100
const MOST_NOTES = 1_000

/**
 * The sentence of an issue or note, with its place.
 *
 * @example
 * import { importMessage } from '@clientele/calendar/import'
 * importMessage({ code: 'bad-value', path: 'line 3', given: '2026-02-30', reason: 'it is no date' })
 * // => 'line 3: "2026-02-30": it is no date'
 *
 * @category definitions
 */
export const importMessage = ({ path, given, reason }: ImportIssue | ImportNote): string =>
  `${path === '' ? '(source)' : path}: ${JSON.stringify(given)}: ${reason}`

const short = (value: unknown): string => {
  const text = typeof value === 'string' ? value : describeValue(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** Collects issues and notes while a source is read. */
export class Report {
  readonly issues: ImportIssue[] = []
  readonly notes: ImportNote[] = []

  refuse(code: ImportIssue['code'], path: string, given: unknown, reason: string): undefined {
    if (this.issues.length < MOST_ISSUES) this.issues.push({ code, path, given: short(given), reason })
    return undefined
  }

  note(code: ImportNote['code'], path: string, given: unknown, reason: string): undefined {
    if (this.notes.length < MOST_NOTES) this.notes.push({ code, path, given: short(given), reason })
    return undefined
  }

  /** The zone of the source if it is known, else that of the options, else UTC; says which and why. */
  zone(given: string | undefined, path: string, options: ImportOptions): string {
    if (given !== undefined && zoneOf(given) !== undefined) return given
    const fallback = options.timeZone ?? 'UTC'
    if (zoneOf(fallback) === undefined)
      this.refuse('bad-value', 'timeZone', fallback, 'it is no known IANA time zone')
    else if (given !== undefined && options.timeZone === undefined) {
      this.refuse('bad-value', path, given, 'it is no known IANA time zone; name one in the option timeZone')
    } else if (given !== undefined)
      this.note('assumed', path, given, `the zone is not known; ${fallback} is taken`)
    else if (options.timeZone === undefined)
      this.note('assumed', path, '', 'the source names no time zone; UTC is taken')
    return fallback
  }

  /** The outcome: the issues if there are any. */
  result(definition: Definition): ImportResult {
    const [first, ...rest] = this.issues
    return first === undefined ? right({ definition, notes: this.notes }) : left([first, ...rest])
  }
}

/** Refuses a source for one reason. */
export const refused = (
  code: ImportIssue['code'],
  path: string,
  given: unknown,
  reason: string,
): ImportResult => left([{ code, path, given: short(given), reason }])
