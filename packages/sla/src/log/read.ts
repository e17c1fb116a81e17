// Reads an input line: hostile JSON to a line of numbers and strings, or why not.

import {
  describeValue,
  FIRST_INSTANT,
  type Instant,
  LAST_INSTANT,
  nearest,
  parseInstant,
} from '@clientele/core'
import { checkFacts, message, type VocabularyTable } from '@clientele/core/condition'
import type { Facts, InputError, Subject } from '../model.js'

/** A line that was read, its instant as a number. @category state */
export interface Line {
  readonly id: string | undefined
  readonly subject: Subject
  /** Equal keys are the same subject. */
  readonly key: string
  readonly at: Instant
  readonly event: string | undefined
  readonly facts: Facts | undefined
  readonly data: Facts | undefined
}

/** A tick that was read. @category state */
export interface TickLine {
  readonly op: 'tick'
  readonly at: Instant
}

type Record = { readonly [key: string]: unknown }

const fail = (code: string, path: string, message: string): { readonly error: InputError } => ({
  error: { code, message, path },
})
const wrong = (path: string, expected: string, value: unknown) =>
  value === undefined
    ? fail('missing-key', path, `the key "${path}" is missing`)
    : fail('wrong-type', path, `expected ${expected}, given ${describeValue(value)}`)

const isRecord = (value: unknown): value is Record =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An instant as text or number; NaN when it is none or lies outside 1970–2100. */
const instantOf = (value: unknown): Instant => {
  const at = typeof value === 'string' ? parseInstant(value) : value
  return typeof at === 'number' && Number.isInteger(at) && at >= FIRST_INSTANT && at < LAST_INSTANT
    ? at
    : Number.NaN
}

/** Types and ids are told apart by a character that JSON texts seldom hold; plain ids stay as they are. */
export const keyOf = (subject: Subject): string =>
  typeof subject === 'string'
    ? subject
    : subject.type === undefined
      ? subject.id
      : `${subject.type}\u0000${subject.id}`

const subjectOf = (value: unknown): Subject | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (!isRecord(value) || typeof value['id'] !== 'string' || value['id'] === '') return undefined
  const { id, type } = value
  return type === undefined || type === null ? { id } : typeof type === 'string' ? { type, id } : undefined
}

const optional = (line: Record, key: string): unknown => {
  const value = Object.hasOwn(line, key) ? line[key] : undefined
  return value === null ? undefined : value
}

const readTick = (line: Record): TickLine | { readonly error: InputError } => {
  const op = line['op']
  if (op !== 'tick') {
    const near = typeof op === 'string' ? nearest(op, ['tick']) : undefined
    const hint = near === undefined ? '' : `; did you mean "${near}"?`
    return fail('unknown-op', 'op', `expected "tick", given ${describeValue(op)}${hint}`)
  }
  const at = instantOf(line['at'])
  return Number.isNaN(at)
    ? wrong('at', 'an instant such as "2026-03-02T09:00:00Z"', line['at'])
    : { op: 'tick', at }
}

/**
 * Reads an input line. Facts that contradict the vocabulary are refused with the nearest value.
 *
 * @example
 * import { readLine } from '@clientele/sla'
 * const read = readLine({ subject: 'INC1', at: '2026-03-02', event: 'created' })
 * 'error' in read ? read.error.path : 'read' // => 'at'
 *
 * @category state
 */
export const readLine = (
  value: unknown,
  vocabulary?: VocabularyTable,
): Line | TickLine | { readonly error: InputError } => {
  if (!isRecord(value)) return fail('wrong-type', '', `expected an object, given ${describeValue(value)}`)
  if (optional(value, 'op') !== undefined) return readTick(value)
  const at = instantOf(optional(value, 'at'))
  if (Number.isNaN(at)) return wrong('at', 'an instant such as "2026-03-02T09:00:00Z"', optional(value, 'at'))
  const subject = subjectOf(optional(value, 'subject'))
  if (subject === undefined) return wrong('subject', 'an id, or { "type", "id" }', optional(value, 'subject'))
  const [id, event, facts, data] = ['id', 'event', 'facts', 'data'].map((key) => optional(value, key))
  if (id !== undefined && typeof id !== 'string') return wrong('id', 'a text', id)
  if (event !== undefined && typeof event !== 'string') return wrong('event', 'the name of an event', event)
  if (facts !== undefined && !isRecord(facts)) return wrong('facts', 'an object', facts)
  if (data !== undefined && !isRecord(data)) return wrong('data', 'an object', data)
  if (event === undefined && facts === undefined)
    return fail('missing-key', 'event', 'the line has neither "event" nor "facts"')
  const contradiction =
    vocabulary === undefined || facts === undefined ? undefined : checkFacts(vocabulary, facts)[0]
  if (contradiction !== undefined) return fail(contradiction.code, contradiction.path, message(contradiction))
  return { id, subject, key: keyOf(subject), at, event, facts, data }
}
