// State as bytes. They hold what is known and nothing of how it lies in memory: names in order, contracts by holder, rows
// of counters, entries. So a state that has forgotten a customer gives the bytes of one that never knew them.

import {
  decode,
  type Either,
  encode,
  left,
  type NonEmptyArray,
  right,
  type Section,
  type Sections,
  zoneOf,
} from '@clientele/core'
import { holderOf, linkBefore, placeInTime, zoneRow } from './book/change.js'
import { enlist, newContract } from './book/contracts.js'
import { addUnits, eachRow, newMeters } from './book/meters.js'
import { openEntry } from './book/reservations.js'
import { meterOf, rowOfEntry } from './book/rhythm.js'
import { createBook, type Entry, type State } from './book.js'
import { compile } from './compile/index.js'
import type { Issue } from './issue.js'
import type { Definition } from './model.js'
import { sameDefinition } from './state.js'
import { NONE, type Table } from './table.js'

const FORMAT = 'entitlements-state'
/** Version of the byte layout. */
const LAYOUT = 1

type Kept = Omit<Entry, 'meter' | 'lapsesAt'> & { readonly lapsesAt: number | null }

interface Header {
  readonly definition: Definition
  readonly names: readonly string[]
  readonly zones: readonly string[]
  readonly accounts: readonly (readonly [customer: number, account: number])[]
  readonly entries: readonly Kept[]
}

const FIELDS = ['holder', 'pack', 'from', 'to', 'anchor', 'zone', 'change'] as const

const compare = <A extends string | number>(a: A, b: A): number => (a < b ? -1 : a > b ? 1 : 0)

/** Contracts by the name of their holder, then in the order they were given. */
const contractsOf = ({ contracts, roster }: State): readonly number[] => {
  const rows = [...contracts.holder.view().keys()].filter((row) => contracts.holder.data[row] !== NONE)
  const nameOf = (row: number): string => roster.names[contracts.holder.data[row]!]!
  return rows.sort(
    (a, b) => compare(nameOf(a), nameOf(b)) || contracts.serial.data[a]! - contracts.serial.data[b]!,
  )
}

/** Those with ids in the order they came, then open reservations without. */
const entriesOf = ({ ids, open, roster }: State): readonly Entry[] => {
  const nameOf = ({ customer }: Entry): string => roster.names[customer]!
  const anonymous = [...open.values()].flat().filter(({ id }) => id === undefined)
  return [
    ...ids.values(),
    ...anonymous.sort(
      (a, b) => compare(nameOf(a), nameOf(b)) || a.at - b.at || compare(a.content, b.content),
    ),
  ]
}

/** The rows of all counters, contract by contract. */
const countersOf = (table: Table, { contracts, meters }: State, rows: readonly number[]): Sections => {
  const counts: number[] = []
  const [days, used, billed]: [number[], number[], number[]] = [[], [], []]
  for (const row of rows) {
    const first = contracts.meters.data[row]!
    const last = first + table.packages[contracts.pack.data[row]!]!.meters
    for (let meter = first; meter < last; meter++) {
      const before = days.length
      eachRow(meters, meter, (day, units, beyond) => {
        if (units === 0 && beyond === 0) return
        days.push(day)
        used.push(units)
        billed.push(beyond)
      })
      counts.push(days.length - before)
    }
  }
  return {
    counts: Int32Array.from(counts),
    days: Int32Array.from(days),
    used: Float64Array.from(used),
    billed: Float64Array.from(billed),
  }
}

/**
 * The state as bytes: everything that {@link restore} needs to go on as if nothing had happened, the packages included.
 * Equal states give equal bytes, and of an erased customer there is not one. Cost: proportional to the state.
 *
 * @example
 * import { compileOrThrow, createState, restore, snapshot } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { luxe: { channels: { phone: {} } } } })
 * restore(snapshot(table, createState(table)))._tag // => 'Right'
 *
 * @category state
 */
export const snapshot = (table: Table, state: State): Uint8Array => {
  sameDefinition(table, state)
  const { contracts, roster, account, definition } = state
  const rows = contractsOf(state)
  const entries = entriesOf(state)
  const known = new Set<number>([
    ...rows.map((row) => contracts.holder.data[row]!),
    ...entries.map(({ customer }) => customer),
    ...[...account.view()].flatMap((to, from) => (to === NONE ? [] : [from, to])),
  ])
  const names = [...known].map((number) => roster.names[number]!).sort(compare)
  const places = new Map(names.map((name, place) => [roster.numbers.get(name)!, place]))
  const zoneOfRow = (row: number): string => state.zones[contracts.zone.data[row]!]!.name
  const zones = [...new Set(rows.map(zoneOfRow))].sort(compare)
  const placeOf = new Map(rows.map((row, place) => [row, place]))
  const column = (field: (typeof FIELDS)[number]): Section =>
    Int32Array.from(rows, (row) => {
      if (field === 'holder') return places.get(contracts.holder.data[row]!)!
      return field === 'zone' ? zones.indexOf(zoneOfRow(row)) : contracts[field].data[row]!
    })
  const header: Header = {
    definition,
    names,
    zones,
    accounts: names.flatMap((name, place) => {
      const to = account.data[roster.numbers.get(name)!]!
      return to === NONE ? [] : [[place, places.get(to)!] as const]
    }),
    entries: entries.map(({ meter: _, ...entry }) => ({
      ...entry,
      customer: places.get(entry.customer)!,
      contract: placeOf.get(entry.contract) ?? NONE,
      lapsesAt: Number.isFinite(entry.lapsesAt) ? entry.lapsesAt : null,
    })),
  }
  return encode(FORMAT, LAYOUT, {
    header: JSON.stringify(header),
    ...Object.fromEntries(FIELDS.map((field) => [field, column(field)])),
    ...countersOf(table, state, rows),
  })
}

/** A state with the table it belongs to. @category state */
export interface Restored {
  readonly table: Table
  readonly state: State
}

const fillContracts = (table: Table, state: State, sections: Sections, header: Header): readonly number[] => {
  const { contracts, meters } = state
  const fields = Object.fromEntries(FIELDS.map((field) => [field, sections[field] as Int32Array]))
  const [counts, days] = [sections['counts'] as Int32Array, sections['days'] as Int32Array]
  const [used, billed] = [sections['used'] as Float64Array, sections['billed'] as Float64Array]
  const holders = header.names.map((name) => holderOf(state, name))
  const zones = header.zones.map((name) => zoneRow(state, zoneOf(name)!))
  let [place, row] = [0, 0]
  return Array.from(fields['holder']!, (_, i) => {
    const contract = newContract(contracts)
    for (const field of FIELDS) contracts[field].data[contract] = fields[field]![i]!
    contracts.holder.data[contract] = holders[fields['holder']![i]!]!
    contracts.zone.data[contract] = zones[fields['zone']![i]!]!
    contracts.serial.data[contract] = ++state.serial
    placeInTime(state, contract)
    const { meters: count } = table.packages[contracts.pack.data[contract]!]!
    const first = newMeters(meters, count)
    contracts.meters.data[contract] = first
    for (let meter = first; meter < first + count; meter++) {
      const rows = counts[place++]!
      for (let end = row + rows; row < end; row++)
        addUnits(meters, meter, days[row]!, used[row]!, billed[row]!)
    }
    enlist(contracts, state.first, contract)
    return contract
  })
}

/**
 * The state that {@link snapshot} wrote, with its table. To go on under changed packages, restore and `migrate`. Bytes of
 * another layout, and bytes that were cut or changed, are refused. Hours that the host had bound are not in the bytes:
 * `bind` the table again.
 *
 * @example
 * import { restore } from '@clientele/entitlements'
 * restore(new Uint8Array(3))._tag // => 'Left'
 *
 * @category state
 */
export const restore = (bytes: Uint8Array): Either<NonEmptyArray<Issue>, Restored> => {
  const sections = decode(bytes, FORMAT, LAYOUT)
  if (sections._tag === 'Left') return left([sections.left])
  const header = JSON.parse(String(sections.right['header'])) as Header
  const compiled = compile(header.definition)
  if (compiled._tag === 'Left') return compiled
  const table = compiled.right
  const state = createBook(table.definition)
  const contracts = fillContracts(table, state, sections.right, header)
  const holders = header.names.map((name) => holderOf(state, name))
  for (const [customer, account] of header.accounts)
    state.account.data[holders[customer]!] = holders[account]!
  for (const holder of holders) linkBefore(state, holder)
  for (const kept of header.entries) {
    const contract = kept.contract === NONE ? NONE : contracts[kept.contract]!
    const entry: Entry = {
      ...kept,
      // JSON leaves out what is undefined
      id: kept.id,
      package: kept.package,
      closed: kept.closed,
      customer: holders[kept.customer]!,
      contract,
      meter:
        contract === NONE
          ? NONE
          : meterOf(table, state, contract, rowOfEntry(table, state, contract, kept.channel)),
      lapsesAt: kept.lapsesAt ?? Number.POSITIVE_INFINITY,
    }
    if (entry.id !== undefined) state.ids.set(entry.id, entry)
    if (entry.status === 'open') openEntry(state, entry)
  }
  return right({ table, state })
}
