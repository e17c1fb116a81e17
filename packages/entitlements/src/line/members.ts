// The members of an input line, hostile until read: each is a number or a string, or why not.

import {
  type CivilDay,
  describeValue,
  FIRST_INSTANT,
  type Instant,
  LAST_INSTANT,
  type Millis,
  nearest,
  nearestZone,
  parseDate,
  parseDuration,
  parseInstant,
  type UnknownRecord,
  type Zone,
  zoneOf,
} from '@clientele/core'
import { CHANGES, RESET } from '../book/contracts.js'
import type { InputError } from '../model.js'

/** Whom a line is about; equal keys are the same. */
export interface Person {
  readonly key: string
  readonly zone: Zone | undefined
  /** `undefined` when the line says nothing of it. */
  readonly account: string | undefined
}

const MOST_UNITS = 1_000_000_000
const AN_INSTANT = 'an instant such as "2026-03-02T09:00:00Z"'
const A_DATE = 'a date such as "2026-12-25"'

/** Reads the members of a line; the first thing that is wrong is kept. */
export class Members {
  error: InputError | undefined
  readonly line: UnknownRecord

  constructor(line: UnknownRecord) {
    this.line = line
  }

  fail(code: string, path: string, message: string): undefined {
    this.error ??= { code, message, path }
    return undefined
  }

  /** `null` counts as missing. */
  get(key: string): unknown {
    const value = Object.hasOwn(this.line, key) ? this.line[key] : undefined
    return value === null ? undefined : value
  }

  wrong(path: string, expected: string, value: unknown, code = 'bad-value'): undefined {
    return value === undefined
      ? this.fail('missing-key', path, `the key "${path}" is missing`)
      : this.fail(code, path, `expected ${expected}, given ${describeValue(value)}`)
  }

  text(key: string): string | undefined {
    const value = this.get(key)
    if (typeof value === 'string' && value !== '') return value
    return this.wrong(
      key,
      'a text of at least one character',
      value,
      typeof value === 'string' ? 'bad-value' : 'wrong-type',
    )
  }

  optionalText(key: string): string | undefined {
    return this.get(key) === undefined ? undefined : this.text(key)
  }

  instant(): Instant {
    const value = this.get('at')
    const at = typeof value === 'string' ? parseInstant(value) : value
    if (typeof at !== 'number' || !Number.isInteger(at)) {
      this.wrong('at', AN_INSTANT, value)
      return Number.NaN
    }
    if (at >= FIRST_INSTANT && at < LAST_INSTANT) return at
    this.fail('out-of-range', 'at', `${describeValue(value)} lies outside the years 1970 to 2100`)
    return Number.NaN
  }

  date(key: string): CivilDay | undefined {
    const value = this.get(key)
    const day = typeof value === 'string' ? parseDate(value) : undefined
    return day ?? this.wrong(key, A_DATE, value)
  }

  optionalDate(key: string): CivilDay | undefined {
    return this.get(key) === undefined ? undefined : this.date(key)
  }

  zone(value: unknown, path: string): Zone | undefined {
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string') return this.wrong(path, 'the name of a time zone', value, 'wrong-type')
    const zone = zoneOf(value)
    if (zone !== undefined) return zone
    const near = nearestZone(value)
    const hint = near === undefined ? '' : `; did you mean "${near}"?`
    return this.fail('unknown-zone', path, `${describeValue(value)} is not a known IANA time zone${hint}`)
  }

  whole(key: string, otherwise: number): number {
    const value = this.get(key)
    if (value === undefined) return otherwise
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_UNITS)
      return value
    this.wrong(
      key,
      `a whole number from 1 to ${MOST_UNITS}`,
      value,
      typeof value === 'number' ? 'bad-value' : 'wrong-type',
    )
    return otherwise
  }

  ttl(): Millis {
    const value = this.get('ttl')
    if (value === undefined) return Number.POSITIVE_INFINITY
    const millis = typeof value === 'string' ? parseDuration(value) : value
    if (typeof millis === 'number' && Number.isSafeInteger(millis) && millis > 0) return millis
    this.wrong('ttl', 'a duration of more than nothing, such as "PT15M"', value)
    return Number.POSITIVE_INFINITY
  }

  /** A plain id, or a reference; ids of different types are different. */
  person(value: unknown, path: string): Person | undefined {
    if (typeof value === 'string' && value !== '') return { key: value, zone: undefined, account: undefined }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return this.wrong(
        path,
        'an id, or { "type", "id" }',
        value,
        typeof value === 'string' ? 'bad-value' : 'wrong-type',
      )
    const record = value as UnknownRecord
    const own = (key: string): unknown =>
      Object.hasOwn(record, key) && record[key] !== null ? record[key] : undefined
    const [id, type] = [own('id'), own('type')]
    if (typeof id !== 'string' || id === '')
      return this.wrong(`${path}.id`, 'a text of at least one character', id)
    if (type !== undefined && typeof type !== 'string')
      return this.wrong(`${path}.type`, 'a text', type, 'wrong-type')
    const account = own('account') === undefined ? undefined : this.person(own('account'), `${path}.account`)
    return {
      key: type === undefined ? id : `${type}\u0000${id}`,
      zone: this.zone(own('zone'), `${path}.zone`),
      account: account?.key,
    }
  }

  change(): number {
    const value = this.get('change')
    if (value === undefined) return RESET
    const place = (CHANGES as readonly unknown[]).indexOf(value)
    if (place >= 0) return place
    const near = typeof value === 'string' ? nearest(value, CHANGES) : undefined
    const hint = near === undefined ? '' : `; did you mean "${near}"?`
    this.fail(
      'bad-value',
      'change',
      `expected one of ${CHANGES.join(', ')}, given ${describeValue(value)}${hint}`,
    )
    return RESET
  }
}
