// Reads a command: hostile JSON to numbers and handles, or why not. Nothing is changed here.

import {
  describeValue,
  FIRST_INSTANT,
  LAST_INSTANT,
  memberPath,
  nearest,
  nearestZone,
  parseDuration,
  parseInstant,
  SECOND,
  type Second,
  zoneOf,
} from '@clientele/core'
import { checkFacts, message } from '@clientele/core/condition'
import type { Basis, Facts, InputError } from './model.js'
import type { Table } from './table.js'

/** The commands. */
export const OPS = [
  'record',
  'check',
  'attempt',
  'reserve',
  'commit',
  'release',
  'consent',
  'choose',
  'tag',
  'prefer',
  'route',
  'erase',
] as const
export type Op = (typeof OPS)[number]

export type Line = { readonly [key: string]: unknown }

/** Thrown within this package only, and caught at its door: what is wrong with a command. */
export interface Refused extends InputError {
  readonly refused: true
}

export const isRefused = (reason: unknown): reason is Refused =>
  typeof reason === 'object' && reason !== null && Object.hasOwn(reason, 'refused')

export const refuse = (code: string, path: string, message: string): never => {
  const refused: Refused = { refused: true, error: { code, message, path } }
  throw refused
}

/** An own value; null counts as missing. */
export const own = (line: Line, key: string): unknown =>
  Object.hasOwn(line, key) && line[key] !== null ? line[key] : undefined

const wrong = (path: string, expected: string, value: unknown): never =>
  value === undefined
    ? refuse('missing-key', path, `the key "${path}" is missing`)
    : refuse('wrong-type', path, `expected ${expected}, given ${describeValue(value)}`)

/** A text that is none of those that mean something; or no text at all. */
const wrongText = (path: string, expected: string, value: unknown): never =>
  typeof value === 'string'
    ? refuse('bad-value', path, `expected ${expected}, given ${describeValue(value)}`)
    : wrong(path, expected, value)

export const isRecord = (value: unknown): value is Line =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const opOf = (line: Line): Op => {
  const value = own(line, 'op')
  const found = OPS.find((op) => op === value)
  if (found !== undefined) return found
  if (value === undefined) return refuse('missing-key', 'op', 'the key "op" is missing')
  const near = typeof value === 'string' ? nearest(value, OPS) : undefined
  const hint = near === undefined ? '' : `; did you mean "${near}"?`
  return refuse('unknown-op', 'op', `expected one of ${OPS.join(', ')}, given ${describeValue(value)}${hint}`)
}

/** An instant as a whole second. */
export const secondOf = (line: Line, path = 'at', value: unknown = own(line, path)): Second => {
  const at = typeof value === 'string' ? parseInstant(value) : value
  if (typeof at !== 'number' || !Number.isFinite(at))
    return wrongText(path, 'an instant such as "2026-03-02T09:00:00Z"', value)
  if (at >= FIRST_INSTANT && at < LAST_INSTANT) return Math.floor(at / SECOND)
  return refuse('out-of-range', path, `${describeValue(value)} lies outside the years 1970 to 2100`)
}

export const textOf = (line: Line, key: string): string => {
  const value = own(line, key)
  return typeof value === 'string' && value !== ''
    ? value
    : wrong(key, 'a text of at least one character', value)
}

export const textsOf = (line: Line, key: string): readonly string[] => {
  const value = own(line, key)
  if (!Array.isArray(value)) return wrong(key, 'a list of texts', value)
  return value.map((each, i) =>
    typeof each === 'string' ? each : wrong(memberPath(key, i), 'a text', each ?? 'nothing'),
  )
}

/** A duration in whole seconds, more than nothing. */
export const durationOf = (line: Line, key: string): Second => {
  const value = own(line, key)
  const millis = typeof value === 'string' ? parseDuration(value) : value
  if (typeof millis === 'number' && Number.isSafeInteger(millis) && millis >= SECOND)
    return Math.floor(millis / SECOND)
  return wrongText(key, 'a duration of a second or more, such as "PT5M"', value)
}

const MOST_VALUES = 10_000
const MOST_DEPTH = 64

/** How many of so many values are left after those of a value; less than 0 when it holds more, or holds them too deep. */
const valuesLeft = (value: unknown, most: number, depth: number): number => {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? -1 : most - 1
  if (depth === 0) return -1
  let left = most - 1
  for (const part of Object.values(value)) {
    if (left < 0) return left
    left = valuesLeft(part, left, depth - 1)
  }
  return left
}

/** The facts of a command, held against the vocabulary. */
export const factsOf = (line: Line, { vocabulary }: Pick<Table, 'vocabulary'>, path = 'facts'): Facts => {
  const value = own(line, 'facts')
  if (value === undefined) return {}
  if (!isRecord(value)) return wrong(path, 'an object', value)
  if (valuesLeft(value, MOST_VALUES, MOST_DEPTH) < 0)
    return refuse('too-large', path, `expected JSON of at most ${MOST_VALUES} values, ${MOST_DEPTH} deep`)
  const contradiction = vocabulary === undefined ? undefined : checkFacts(vocabulary, value)[0]
  if (contradiction !== undefined) refuse(contradiction.code, contradiction.path, message(contradiction))
  return value
}

/** Whom a command is about. */
export interface Whom {
  readonly id: string
  readonly zone: string | undefined
  readonly zones: readonly string[] | undefined
}

const zoneName = (value: unknown, path: string): string => {
  if (typeof value !== 'string') return wrong(path, 'the name of a time zone, such as "Europe/Moscow"', value)
  if (zoneOf(value) !== undefined) return value
  const near = nearestZone(value.slice(0, 80))
  const hint = near === undefined ? '' : `; did you mean "${near}"?`
  return refuse('unknown-zone', path, `"${value.slice(0, 80)}" is not a known IANA time zone${hint}`)
}

const MOST_ZONES = 100

/** Ids of different types are told apart by a character that JSON texts seldom hold. */
export const whomOf = (line: Line): Whom => {
  const value = own(line, 'recipient')
  if (typeof value === 'string' && value !== '') return { id: value, zone: undefined, zones: undefined }
  if (!isRecord(value)) return wrong('recipient', 'an id, or { "id", "zone" }', value)
  const [id, type, zone, zones] = ['id', 'type', 'zone', 'zones'].map((key) => own(value, key))
  if (typeof id !== 'string' || id === '')
    return wrong('recipient.id', 'a text of at least one character', id)
  if (type !== undefined && typeof type !== 'string') return wrong('recipient.type', 'a text', type)
  if (zones !== undefined && (!Array.isArray(zones) || zones.length > MOST_ZONES))
    return wrong('recipient.zones', `a list of at most ${MOST_ZONES} time zones`, zones)
  const names = zones?.map((each, i) => zoneName(each, memberPath('recipient.zones', i)))
  return {
    id: type === undefined ? id : `${type}\u0000${id}`,
    zone: zone === undefined ? undefined : zoneName(zone, 'recipient.zone'),
    zones: names === undefined || names.length === 0 ? undefined : names,
  }
}

/** A value as text that is equal for equal JSON, whatever the order of keys. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null'
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`
}

const BASES: readonly Basis[] = ['opt-in', 'soft-opt-in', 'opt-out']

/** What a person agreed to. */
const basisOf = (line: Line): Basis => {
  const basis = BASES.find((each) => each === own(line, 'basis'))
  return (
    basis ??
    refuse(
      'bad-value',
      'basis',
      `expected one of ${BASES.join(', ')}, given ${describeValue(own(line, 'basis'))}`,
    )
  )
}

/** A consent as it was told. */
export interface ToldConsent {
  readonly basis: Basis
  readonly channel: string | undefined
  readonly category: string | undefined
  /** +∞ when it does not end. */
  readonly until: Second
  readonly evidence: string | undefined
}

/** Reads what a consent says. */
export const consentOf = (line: Line): ToldConsent => {
  const facts = own(line, 'facts') ?? {}
  if (!isRecord(facts))
    return refuse('wrong-type', 'facts', `expected an object, given ${describeValue(facts)}`)
  const named = (key: string): string | undefined =>
    own(facts, key) === undefined ? undefined : textOf(facts, key)
  return {
    basis: basisOf(line),
    channel: named('channel'),
    category: named('category'),
    until: own(line, 'until') === undefined ? Number.POSITIVE_INFINITY : secondOf(line, 'until'),
    evidence: own(line, 'evidence') === undefined ? undefined : textOf(line, 'evidence'),
  }
}
