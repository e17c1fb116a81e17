// The log: lines in columns, each subject's in a list by time, then by input. It knows nothing of policies, so one log is
// replayed under many.

import { Column, formatInstant, type Instant, Interner } from '@clientele/core'
import type { VocabularyTable } from '@clientele/core/condition'
import type { EventLine, InputError, Subject } from '../model.js'
import { type Contents, contentAfter, contentsOf, patchOf, setAfter } from './contents.js'
import { type Line, readLine } from './read.js'

/** Past the ends of a list. */
export const NOWHERE = -1

/** Lines in columns. Its shape is private to this package. @category state */
export interface Log {
  /** @internal */
  readonly subjects: Interner
  /** @internal */
  readonly names: Subject[]
  /** @internal */
  readonly contents: Contents
  /** Row of the line that had an id. @internal */
  readonly ids: Map<string, number>
  /** @internal */
  readonly subject: Column<Int32Array>
  /** @internal */
  readonly at: Column<Float64Array>
  /** @internal */
  readonly patch: Column<Int32Array>
  /** Facts of the subject after the line, a set. @internal */
  readonly set: Column<Int32Array>
  /** @internal */
  readonly content: Column<Int32Array>
  /** The subject's next line. @internal */
  readonly next: Column<Int32Array>
  /** First and last line of each subject. @internal */
  readonly first: Column<Int32Array>
  /** @internal */
  readonly last: Column<Int32Array>
  /** The lines side by side, while no line has come since; derived. @internal */
  sealed: Sealed | undefined
}

/** Lines by subject: those of subject s are [starts[s], starts[s + 1]). */
export interface Sealed {
  readonly starts: Int32Array
  readonly at: Float64Array
  readonly content: Int32Array
}

/**
 * An empty log.
 *
 * @example
 * import { append, createLog, size } from '@clientele/sla'
 * const log = createLog()
 * append(log, { subject: 'INC1', at: '2026-03-02T09:00:00Z', event: 'created' })
 * size(log) // => 1
 *
 * @category state
 */
export const createLog = (): Log => logOver(contentsOf())

/** An empty log over contents that are known already. */
export const logOver = (contents: Contents): Log => ({
  subjects: new Interner(),
  names: [],
  contents,
  ids: new Map(),
  subject: new Column(Int32Array),
  at: new Column(Float64Array),
  patch: new Column(Int32Array),
  set: new Column(Int32Array),
  content: new Column(Int32Array),
  next: new Column(Int32Array),
  first: new Column(Int32Array),
  last: new Column(Int32Array),
  sealed: undefined,
})

/**
 * How many lines a log holds; repeats of an id are not among them.
 *
 * @example
 * import { createLog, size } from '@clientele/sla'
 * size(createLog()) // => 0
 *
 * @category state
 */
export const size = (log: Log): number => log.at.length

const subjectOf = (log: Log, key: string, subject: Subject): number => {
  const handle = log.subjects.handle(key)
  if (handle === log.names.length) {
    log.names.push(subject)
    log.first.push(NOWHERE)
    log.last.push(NOWHERE)
  }
  return handle
}

/** Merges facts anew from a row on, after a line was placed before later ones. */
const mergeFrom = (log: Log, row: number, before: number): void => {
  let set = before
  for (let at = row; at !== NOWHERE; at = log.next.data[at]!) {
    const patch = log.patch.data[at]!
    set = setAfter(log.contents, set, patch)
    log.set.data[at] = set
    log.content.data[at] = contentAfter(log.contents, set, patch)
  }
}

/** The subject's last line not after `at`. */
const lineBefore = (log: Log, subject: number, at: Instant): number => {
  let [before, row] = [NOWHERE, log.first.data[subject]!]
  for (; row !== NOWHERE && log.at.data[row]! <= at; row = log.next.data[row]!) before = row
  return before
}

/** Puts a line into its place and answers its row. */
const insert = (log: Log, subject: number, at: Instant, patch: number): number => {
  const last = log.last.data[subject]!
  const before = last === NOWHERE || log.at.data[last]! <= at ? last : lineBefore(log, subject, at)
  const after = before === NOWHERE ? log.first.data[subject]! : log.next.data[before]!
  const row = log.at.push(at)
  log.subject.push(subject)
  log.patch.push(patch)
  log.set.push(0)
  log.content.push(0)
  log.next.push(after)
  if (before === NOWHERE) log.first.data[subject] = row
  else log.next.data[before] = row
  if (after === NOWHERE) log.last.data[subject] = row
  mergeFrom(log, row, before === NOWHERE ? 0 : log.set.data[before]!)
  return row
}

/** Puts a line whose patch is known into its place and answers its row. */
export const insertLine = (log: Log, key: string, subject: Subject, at: Instant, patch: number): number =>
  insert(log, subjectOf(log, key, subject), at, patch)

const reused = (id: string, log: Log, row: number): { readonly error: InputError } => {
  const at = formatInstant(log.at.data[row]!)
  const message = `the id "${id.slice(0, 80)}" was given at ${at} with other content`
  return { error: { code: 'id-reused', message, path: 'id' } }
}

/** What became of a line: its row, {@link NOWHERE} for a repeat, or why it was refused. */
export type Placed = number | { readonly error: InputError }

/** Places a line that was read. */
export const place = (log: Log, line: Line): Placed => {
  let patch: number
  try {
    patch = patchOf(log.contents, line.event, line.facts, line.data)
  } catch {
    return {
      error: { code: 'too-deep', message: 'facts or data are nested deeper than 64 levels', path: 'facts' },
    }
  }
  const known = line.id === undefined ? undefined : log.ids.get(line.id)
  if (known !== undefined) {
    const same =
      log.at.data[known] === line.at &&
      log.patch.data[known] === patch &&
      log.subject.data[known] === log.subjects.find(line.key)
    return same ? NOWHERE : reused(line.id!, log, known)
  }
  const row = insertLine(log, line.key, line.subject, line.at, patch)
  if (line.id !== undefined) log.ids.set(line.id, row)
  return row
}

/**
 * Adds a line to a log: `undefined` when it is taken, or has been already; otherwise why it is refused. Nothing is
 * thrown, whatever the line. With the policy's vocabulary, facts that contradict it are refused too. Cost: about 1 µs,
 * more with many facts.
 *
 * @example
 * import { append, createLog } from '@clientele/sla'
 * const log = createLog()
 * append(log, { id: 'e1', subject: 'INC1', at: 0, event: 'created' }) // => undefined
 * append(log, { id: 'e1', subject: 'INC1', at: 5, event: 'created' })?.code // => 'id-reused'
 *
 * @category state
 */
export const append = (log: Log, line: unknown, vocabulary?: VocabularyTable): InputError | undefined => {
  const read = readLine(line, vocabulary)
  if ('error' in read) return read.error
  if ('op' in read)
    return { code: 'unknown-op', message: 'a log holds events; time passes by `until`', path: 'op' }
  const placed = place(log, read)
  return typeof placed === 'number' ? undefined : placed.error
}

/**
 * A log of lines; a `TypeError` for the first that is refused. Use {@link append} where lines are not trusted.
 *
 * @example
 * import { logOf, size } from '@clientele/sla'
 * size(logOf([{ subject: 'INC1', at: 0, event: 'created' }])) // => 1
 *
 * @category state
 */
export const logOf = (lines: Iterable<EventLine>): Log => {
  const log = createLog()
  let number = 0
  for (const line of lines) {
    const error = append(log, line)
    if (error !== undefined)
      throw new TypeError(`line ${number}, ${error.path || 'as a whole'}: ${error.message}`)
    number++
  }
  return log
}
