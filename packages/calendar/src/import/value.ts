// Looks into the hostile JSON of other programs: own keys only, sizes limited.

import type { UnknownRecord } from '@clientele/core'
import type { Report } from './report.js'

const MOST_ENTRIES = 20_000

export const isRecord = (value: unknown): value is UnknownRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The entries of an object; none, with an issue, when it is something else; none when it is absent. */
export const entriesOf = (
  value: unknown,
  path: string,
  report: Report,
): readonly (readonly [string, unknown])[] => {
  if (value === undefined || value === null) return []
  if (!isRecord(value)) {
    report.refuse('bad-syntax', path, value, 'it should be an object')
    return []
  }
  const entries = Object.entries(value)
  if (entries.length <= MOST_ENTRIES) return entries
  report.refuse('too-large', path, value, `it has more than ${MOST_ENTRIES} entries`)
  return []
}

/** A value or a list of values as a list. */
export const listOf = (value: unknown, path: string, report: Report): readonly unknown[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return [value]
  if (value.length <= MOST_ENTRIES) return value
  report.refuse('too-large', path, value, `it has more than ${MOST_ENTRIES} elements`)
  return []
}

/** An own member that is a text. */
export const textOf = (record: UnknownRecord, key: string): string | undefined => {
  const value = Object.hasOwn(record, key) ? record[key] : undefined
  return typeof value === 'string' ? value : undefined
}

/** An own member that is a finite number, or a text of one. */
export const numberOf = (record: UnknownRecord, key: string): number | undefined => {
  const value = Object.hasOwn(record, key) ? record[key] : undefined
  const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
