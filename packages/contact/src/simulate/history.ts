// A history in columns: who was written to, when, with what. Millions of touches share few facts and few zones.

import { Column, IdIndex, type Second } from '@clientele/core'
import type { VocabularyTable } from '@clientele/core/condition'
import type { Facts, InputError } from '../model.js'
import {
  consentOf,
  factsOf,
  isRecord,
  isRefused,
  type Line,
  opOf,
  own,
  refuse,
  secondOf,
  textOf,
  textsOf,
  whomOf,
} from '../read.js'

/** A line that is no touch: it is taken as a command at its moment. */
export interface Aside {
  readonly at: Second
  /** How many touches were told before it. */
  readonly row: number
  readonly command: Line
}

/**
 * Touches and events that happened, with the consents and tags told between them.
 *
 * @category state
 */
export interface History {
  /** How many touches and events there are. */
  readonly size: number
  /** @internal */
  readonly ids: IdIndex
  /** @internal */
  readonly who: Column<Uint32Array>
  /** In seconds. @internal */
  readonly ats: Column<Uint32Array>
  /** Row of `facts`. @internal */
  readonly what: Column<Uint32Array>
  /** Row of `places`. @internal */
  readonly where: Column<Uint16Array>
  /** @internal */
  readonly facts: Facts[]
  /** @internal */
  readonly factRows: Map<string, number>
  /** @internal */
  readonly places: { readonly zone?: string; readonly zones?: readonly string[] }[]
  /** @internal */
  readonly placeRows: Map<string, number>
  /** @internal */
  readonly asides: Aside[]
}

/**
 * An empty history.
 *
 * @example
 * import { createHistory } from '@clientele/contact'
 * createHistory().size // => 0
 *
 * @category state
 */
export const createHistory = (): History => {
  const who = new Column(Uint32Array, 1_024)
  return {
    get size() {
      return who.length
    },
    ids: new IdIndex(),
    who,
    ats: new Column(Uint32Array, 1_024),
    what: new Column(Uint32Array, 1_024),
    where: new Column(Uint16Array, 1_024),
    facts: [],
    factRows: new Map(),
    places: [{}],
    placeRows: new Map([['{}', 0]]),
    asides: [],
  }
}

/** The row of a value, given on first sight. */
const rowOf = <V>(rows: Map<string, number>, values: V[], value: V): number => {
  const key = JSON.stringify(value)
  const known = rows.get(key)
  if (known !== undefined) return known
  rows.set(key, values.length)
  values.push(value)
  return values.length - 1
}

const take = (history: History, line: Line, vocabulary: VocabularyTable | undefined): undefined => {
  const op = own(line, 'op') === undefined ? 'record' : opOf(line)
  if (op === 'tag') {
    textOf(line, 'campaign')
    textsOf(line, 'tags')
  } else if (op === 'consent') {
    whomOf(line)
    consentOf(line)
  } else if (op !== 'record' && op !== 'attempt')
    refuse('unknown-op', 'op', `a history holds "record", "attempt", "consent" and "tag", given "${op}"`)
  const at = secondOf(line)
  if (op === 'tag' || op === 'consent') {
    history.asides.push({ at, row: history.size, command: line })
    return undefined
  }
  const { id, zone, zones } = whomOf(line)
  const facts = factsOf(line, { vocabulary })
  const place = { ...(zone === undefined ? {} : { zone }), ...(zones === undefined ? {} : { zones }) }
  history.who.push(history.ids.handle(id))
  history.ats.push(at)
  history.what.push(rowOf(history.factRows, history.facts, facts))
  history.where.push(rowOf(history.placeRows, history.places, place))
  return undefined
}

/**
 * Adds what happened: a touch or an event (`record` or `attempt`, both as sent), a `consent`, a `tag`. Lines come in any
 * order. Answers what is wrong with the line, which then is not added; facts may be held against a policy's vocabulary.
 *
 * @example
 * import { addToHistory, createHistory } from '@clientele/contact'
 * const history = createHistory()
 * addToHistory(history, { op: 'record', recipient: 'anna', at: '2026-03-02T09:00:00Z', facts: { channel: 'sms' } })
 * history.size // => 1
 *
 * @category state
 */
export const addToHistory = (
  history: History,
  line: unknown,
  vocabulary?: VocabularyTable,
): InputError | undefined => {
  try {
    if (!isRecord(line)) return refuse('wrong-type', '', 'expected an object')
    return take(history, line, vocabulary)
  } catch (reason) {
    if (!isRefused(reason)) throw reason
    return { error: reason.error }
  }
}

/** Rows by their second, those of the same second as they were told: a radix sort, sixteen bits at a time. */
export const rowsInTime = ({ ats: { data, length } }: History): Uint32Array => {
  let rows = Uint32Array.from({ length }, (_, row) => row)
  let ordered = true
  for (let row = 1; row < length && ordered; row++) ordered = data[row - 1]! <= data[row]!
  if (ordered) return rows
  for (const shift of [0, 16]) {
    const starts = new Uint32Array(0x1_0001)
    for (let i = 0; i < length; i++) starts[((data[i]! >>> shift) & 0xffff) + 1]!++
    for (let digit = 0; digit < 0x1_0000; digit++) starts[digit + 1]! += starts[digit]!
    const next = new Uint32Array(length)
    for (const row of rows) next[starts[(data[row]! >>> shift) & 0xffff]!++] = row
    rows = next
  }
  return rows
}
