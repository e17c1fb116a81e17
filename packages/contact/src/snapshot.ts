// State as bytes: who is known, what counts where, what was told by id, and the policy that all of it speaks of. What
// follows from these is not held: messages are made again from their facts.

import {
  decode,
  type Either,
  encode,
  IdIndex,
  left,
  type NonEmptyArray,
  right,
  SECOND,
  type Sections,
} from '@clientele/core'
import type { State } from './book.js'
import { compile } from './compile/index.js'
import type { Issue } from './issue.js'
import { carry } from './migrate/carry.js'
import type { Line } from './places/timeline.js'
import { FactsReader, FactsWriter } from './snapshot/facts.js'
import { linesFrom, linesToSections } from './snapshot/lines.js'
import { consentsToSections, fillConsents, fillTouches, touchesToSections } from './snapshot/records.js'
import { fillStream, type StreamHeader, streamToSections } from './snapshot/streams.js'
import { areaFor, createState } from './state.js'
import type { Table } from './table.js'

const FORMAT = 'contact-state'
/** Version of the byte layout. */
const LAYOUT = 1

interface Header {
  /** In seconds; null for ever. */
  readonly lateness: number | null
  readonly seq: number
  readonly held: number
  readonly sweepAt: number
  readonly streams: readonly StreamHeader[]
  /** Places in which somebody is. */
  readonly areas: readonly { readonly zone?: string; readonly zones?: readonly string[] }[]
  readonly tags: readonly (readonly [campaign: string, tags: readonly string[]])[]
  readonly preferences: readonly (readonly [recipient: number, channels: readonly string[]])[]
  /** Keys of marks, by grant. */
  readonly marks: readonly (readonly string[])[]
  /** What migrations left open, by name. */
  readonly lost: readonly (readonly [name: string, until: number])[]
}

/** Places in which somebody is, in the order in which they are met; the first is that of those without a zone. */
const placesInUse = ({
  areaOf,
}: State): { readonly where: Uint32Array; readonly used: readonly number[] } => {
  const rows = new Map([[0, 0]])
  const where = Uint32Array.from(areaOf.view(), (area) => {
    const known = rows.get(area)
    if (known !== undefined) return known
    rows.set(area, rows.size)
    return rows.size - 1
  })
  return { where, used: [...rows.keys()] }
}

const marksToSections = ({ marks }: State, facts: FactsWriter): Sections =>
  Object.assign({}, ...marks.map((each, grant) => linesToSections(`mark${grant}`, [...each.values()], facts)))

/**
 * The state as bytes: everything that {@link restore} needs to go on as if nothing had happened, the policy included. The
 * same state gives the same bytes. Cost: proportional to what is held; four bytes for each instant that a row has room
 * for, and for a recipient eight and the id.
 *
 * @example
 * import { compileOrThrow, createState, handle, restore, snapshot } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const state = createState(policy)
 * handle(state, 'anna')
 * restore(snapshot(state))._tag // => 'Right'
 *
 * @category state
 */
export const snapshot = (state: State): Uint8Array => {
  const facts = new FactsWriter()
  const { bytes, lengths, wide, free } = state.ids.columns()
  const { where, used } = placesInUse(state)
  const header: Header = {
    lateness: Number.isFinite(state.lateness) ? state.lateness : null,
    seq: state.seq,
    held: state.held,
    sweepAt: state.sweepAt,
    streams: state.streams.map(({ next }) => ({ next })),
    areas: used.map((row) => {
      const { zone, zones } = state.areas[row]!
      return { ...(zone === undefined ? {} : { zone }), ...(zones === undefined ? {} : { zones }) }
    }),
    tags: [...state.tags],
    preferences: [...state.preferences],
    marks: state.marks.map((marks) => [...marks.keys()]),
    lost: [...state.lost],
  }
  const told: Sections = {
    ...Object.assign({}, ...state.streams.map((stream) => streamToSections(stream, facts))),
    ...marksToSections(state, facts),
    ...consentsToSections(state),
    ...touchesToSections(state, facts),
  }
  return encode(FORMAT, LAYOUT, {
    definition: JSON.stringify(state.table.definition),
    header: JSON.stringify(header),
    facts: facts.text(),
    'ids.bytes': bytes,
    'ids.lengths': lengths,
    'ids.wide': JSON.stringify(wide),
    'ids.free': free,
    where,
    ...told,
  })
}

const idsFrom = (sections: Sections): IdIndex =>
  IdIndex.from({
    bytes: sections['ids.bytes'] as Uint8Array,
    lengths: sections['ids.lengths'] as Uint32Array,
    wide: JSON.parse(String(sections['ids.wide'])) as [string, number][],
    free: sections['ids.free'] as Uint32Array,
  })

const fillMarks = (state: State, keys: Header['marks'], sections: Sections, facts: FactsReader): void => {
  state.marks.forEach((marks: Map<string, Line[]>, grant) => {
    const lists = linesFrom(`mark${grant}`, sections, (row) => facts.message(row))
    keys[grant]!.forEach((key, i) => {
      marks.set(key, lists[i]!)
    })
  })
}

/** A state with the table it belongs to. @category state */
export interface Restored {
  readonly table: Table
  readonly state: State
}

/**
 * The state that {@link snapshot} wrote, with its table. To go on under a changed policy, restore and `migrate`. Bytes
 * of another layout, and bytes that were cut or changed, are refused. Hours that the host had bound are not in the bytes:
 * `bind` the table again and put it to use with {@link rebind}. Messages of `messageOf` are to be prepared again.
 *
 * @example
 * import { restore } from '@clientele/contact'
 * restore(new Uint8Array(3))._tag // => 'Left'
 *
 * @category state
 */
export const restore = (bytes: Uint8Array): Either<NonEmptyArray<Issue>, Restored> => {
  const decoded = decode(bytes, FORMAT, LAYOUT)
  if (decoded._tag === 'Left') return left([decoded.left])
  const sections = decoded.right
  const compiled = compile(JSON.parse(String(sections['definition'])))
  if (compiled._tag === 'Left') return compiled
  const table = compiled.right
  const { seq, held, sweepAt, ...header } = JSON.parse(String(sections['header'])) as Header
  const lateness = (header.lateness ?? Number.POSITIVE_INFINITY) * SECOND
  const state: State = { ...createState(table, { lateness }), ids: idsFrom(sections), seq, held, sweepAt }
  for (const { zone, zones } of header.areas.slice(1)) areaFor(state, zone, zones)
  const where = sections['where'] as Uint32Array
  state.areaOf.resize(where.length)
  state.areaOf.data.set(where)
  const facts = new FactsReader(table, String(sections['facts']))
  state.streams.forEach((stream, row) => {
    fillStream(stream, header.streams[row]!, sections, facts)
  })
  fillMarks(state, header.marks, sections, facts)
  fillConsents(state, sections)
  fillTouches(state, sections, facts)
  for (const [campaign, tags] of header.tags) state.tags.set(campaign, tags)
  for (const [recipient, channels] of header.preferences) state.preferences.set(recipient, channels)
  for (const [name, until] of header.lost) state.lost.set(name, until)
  return right({ table, state })
}

/**
 * Puts a state under the same policy with the host's own hours, after a restore. A `RangeError` for another policy.
 *
 * @example
 * import { bind, compileOrThrow, createState, rebind } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const state = createState(policy)
 * rebind(state, bind(policy, {}))
 *
 * @category state
 */
export const rebind = (state: State, table: Table): void => {
  if (JSON.stringify(state.table.definition) !== JSON.stringify(table.definition))
    throw new RangeError('another policy than the state has; migrate it instead')
  carry(state, table)
}
