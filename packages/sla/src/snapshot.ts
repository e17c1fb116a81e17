// State as bytes: the lines, the registers, and the policies that the registers speak of. The next timers are not held;
// they follow.

import {
  decode,
  type Either,
  encode,
  left,
  type NonEmptyArray,
  right,
  type Section,
  type Sections,
} from '@clientele/core'
import { compileChain } from './bytes.js'
import type { Issue } from './issue.js'
import { askerOf, catchUp } from './log/asker.js'
import { patchOf } from './log/contents.js'
import { createLog, insertLine, type Log } from './log/log.js'
import { keyOf } from './log/read.js'
import { type Registers, registersOf } from './machine/registers.js'
import { nextInstant } from './machine/timers.js'
import { type Trail, trailOf } from './machine/trail.js'
import type { Definition, Subject } from './model.js'
import { schedule } from './state/due-index.js'
import { reserveRows, type State, stateOf } from './state.js'
import type { Remembered, Table } from './table.js'

const FORMAT = 'sla-state'
/** Version of the byte layout. */
const LAYOUT = 1

interface Header {
  readonly definition: Definition
  readonly remembered: readonly Remembered[]
  readonly now: number | null
  readonly ticked: 0 | 1
  readonly names: readonly Subject[]
  readonly patches: readonly { readonly event?: string; readonly facts?: object; readonly data?: object }[]
  readonly ids: readonly (readonly [string, number])[]
}

const columnsOf = (columns: Registers | Omit<Trail, 'length'>, length: number, prefix: string): Sections =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]): [string, Section][] =>
      ArrayBuffer.isView(column) ? [[`${prefix}.${name}`, (column as Float64Array).slice(0, length)]] : [],
    ),
  )

/**
 * The state as bytes: everything that {@link restore} needs to go on as if nothing had happened, the policy included.
 * Cost: proportional to the lines; about 60 bytes a line and 70 a clock.
 *
 * @example
 * import { compileOrThrow, createState, restore, snapshot, step } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * const state = createState(policy)
 * step(policy, state, { subject: 'INC1', at: 0, event: 'created' }, [])
 * restore(snapshot(state))._tag // => 'Right'
 *
 * @category state
 */
export const snapshot = ({ log, machine, now, ticked }: State): Uint8Array => {
  const { table, r, trail } = machine
  const header: Header = {
    definition: table.definition,
    remembered: table.remembered,
    now: Number.isFinite(now) ? now : null,
    ticked,
    names: log.names,
    patches: log.contents.patches.map(({ event, facts, data }) => ({
      ...(event === undefined ? {} : { event }),
      ...(facts === undefined ? {} : { facts }),
      ...(data === undefined ? {} : { data }),
    })),
    ids: [...log.ids],
  }
  return encode(FORMAT, LAYOUT, {
    header: JSON.stringify(header),
    subject: log.subject.data.slice(0, log.at.length),
    at: log.at.data.slice(0, log.at.length),
    patch: log.patch.data.slice(0, log.at.length),
    ...columnsOf(r, log.names.length * table.clocks.length, 'r'),
    ...columnsOf(trail, trail.length, 'trail'),
  })
}

const logFrom = (header: Header, sections: Sections): Log => {
  const log = createLog()
  const [subjects, ats, patches] = [
    sections['subject'],
    sections['at'],
    sections['patch'],
  ] as readonly Section[]
  for (const { event, facts, data } of header.patches) {
    patchOf(
      log.contents,
      event,
      facts as { readonly [name: string]: unknown },
      data as { readonly [name: string]: unknown },
    )
  }
  for (let row = 0; row < ats!.length; row++) {
    const name = header.names[subjects![row] as number]!
    insertLine(log, keyOf(name), name, ats![row] as number, patches![row] as number)
  }
  for (const [id, row] of header.ids) log.ids.set(id, row)
  return log
}

const fill = (columns: object, sections: Sections, prefix: string): void => {
  for (const [name, column] of Object.entries(columns)) {
    if (ArrayBuffer.isView(column))
      (column as Float64Array).set(sections[`${prefix}.${name}`] as Float64Array)
  }
}

/** A state with the table it belongs to. @category state */
export interface Restored {
  readonly table: Table
  readonly state: State
}

/**
 * The state that {@link snapshot} wrote, with its table. To go on under a changed policy, restore and `migrate`. Bytes
 * of another layout, and bytes that were cut or changed, are refused. Hours that the host had bound are not in the bytes:
 * `bind` the table again and put it to use before the first step with {@link rebind}.
 *
 * @example
 * import { restore } from '@clientele/sla'
 * restore(new Uint8Array(3))._tag // => 'Left'
 *
 * @category state
 */
export const restore = (bytes: Uint8Array): Either<NonEmptyArray<Issue>, Restored> => {
  const sections = decode(bytes, FORMAT, LAYOUT)
  if (sections._tag === 'Left') return left([sections.left])
  const header = JSON.parse(String(sections.right['header'])) as Header
  const table = compileChain(header.definition, header.remembered)
  if (table._tag === 'Left') return table
  const state = stateOf(table.right, logFrom(header, sections.right))
  reserveRows(state)
  const trail = trailOf(Math.max(64, (sections.right['trail.from'] as Float64Array).length))
  fill(trail, sections.right, 'trail')
  trail.length = (sections.right['trail.from'] as Float64Array).length
  const r = registersOf(state.machine.r.phase.length)
  fill(r, sections.right, 'r')
  state.machine = { ...state.machine, r, trail }
  state.now = header.now ?? Number.NEGATIVE_INFINITY
  state.ticked = header.ticked
  state.asker = askerOf(table.right, state.log.contents)
  catchUp(state.asker)
  for (let row = 0; row < state.log.names.length * table.right.clocks.length; row++) {
    schedule(state.dues, row, nextInstant(state.machine, row))
  }
  return right({ table: table.right, state })
}

/**
 * Puts a state under the same policy with the host's own hours, after a restore. A `RangeError` for another policy.
 *
 * @example
 * import { bind, compileOrThrow, createState, rebind } from '@clientele/sla'
 * const policy = compileOrThrow({ clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }] })
 * const state = createState(policy)
 * rebind(state, bind(policy, {}))
 *
 * @category state
 */
export const rebind = (state: State, table: Table): void => {
  if (JSON.stringify(state.machine.table.definition) !== JSON.stringify(table.definition)) {
    throw new RangeError('another policy than the state has; migrate it instead')
  }
  state.machine = { ...state.machine, table }
  state.asker = askerOf(table, state.log.contents)
  catchUp(state.asker)
}
