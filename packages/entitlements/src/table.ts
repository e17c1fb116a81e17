// The compiled packages. Channels of all packages lie in columns, a row each; inheritance is worked out, so that a package
// and a channel lead to their row by one look-up.

import type { Table as CalendarTable } from '@clientele/calendar'
import type { OpenHours, Zone } from '@clientele/core'
import type { VocabularyTable } from '@clientele/core/condition'
import type { Definition, Per } from './model.js'

/** The values of `per` by number. */
export const PERS: readonly Per[] = ['day', 'week', 'month', 'quarter', 'year', 'contract']
export const PER_CONTRACT = 5

/** No row. */
export const NONE = -1

/** Opening hours: a compiled calendar, or the host's own. */
export interface Hours {
  readonly name: string
  readonly calendar: CalendarTable | undefined
  readonly host: OpenHours | undefined
}

/** A channel of a package before it is laid out in columns. */
export interface ChannelRow {
  readonly channel: string
  readonly label: string
  /** Where it is written; of an inherited channel in the package that has it. */
  readonly path: string
  /** Row of `hours`; {@link NONE} is round the clock. */
  readonly hours: number
  /** {@link NONE} is no limit. */
  readonly quota: number
  readonly per: number
  readonly anchored: 0 | 1
  /** The most that comes over into a period: {@link NONE} nothing, +∞ all. */
  readonly carry: number
  /** For how many periods; 0 for ever. */
  readonly expires: number
  /** The most that is billed a period: 0 nothing, +∞ all. */
  readonly overage: number
  readonly sla: string | null
}

/** One version of one package. @category compile */
export interface PackageTable {
  /** With its version, `standard@1`. */
  readonly name: string
  /** Words for a person; the name without version where the definition has none. */
  readonly label: string
  readonly version: number
  /** Versions of one package have the same number. @internal */
  readonly family: number
  /** @internal */
  readonly path: string
  /** How many of its channels have a quota. @internal */
  readonly meters: number
}

/** All versions of one package. */
export interface Family {
  readonly name: string
  /** The row of the newest. */
  readonly newest: number
}

/** The channels of all packages, a row each. */
export interface ChannelColumns {
  readonly pack: Int32Array
  readonly channel: Int32Array
  readonly label: readonly string[]
  readonly path: readonly string[]
  readonly sla: readonly (string | null)[]
  readonly hours: Int32Array
  readonly quota: Float64Array
  readonly per: Uint8Array
  readonly anchored: Uint8Array
  readonly carry: Float64Array
  readonly expires: Int32Array
  readonly overage: Float64Array
  /** The place among the package's channels with a quota; {@link NONE} without. */
  readonly meter: Int32Array
}

/** Compiled service packages; frozen. @category compile */
export interface Table {
  /** As it was given; bytes hold it. */
  readonly definition: Definition
  readonly packages: readonly PackageTable[]
  /** All channels that any package has; a channel's number is its place. */
  readonly channels: readonly string[]
  /** @internal */
  readonly channelNumbers: ReadonlyMap<string, number>
  /** @internal */
  readonly families: readonly Family[]
  /** Row of `rows` by package × channels + channel; {@link NONE} when it is not covered. @internal */
  readonly rowOf: Int32Array
  /** @internal */
  readonly rows: ChannelColumns
  /** @internal */
  readonly hours: readonly Hours[]
  /** @internal */
  readonly zone: Zone
  /** Monday 0 … Sunday 6. @internal */
  readonly weekStart: number
  /** @internal */
  readonly vocabulary: VocabularyTable | undefined
}

/** Lays the channels of packages out in columns. */
export const channelColumns = (
  packages: readonly (readonly ChannelRow[])[],
  numbers: ReadonlyMap<string, number>,
): ChannelColumns => {
  const all = packages.flat()
  let place = 0
  return {
    pack: Int32Array.from(packages.flatMap((rows, pack) => rows.map(() => pack))),
    channel: Int32Array.from(all, ({ channel }) => numbers.get(channel)!),
    label: all.map(({ label }) => label),
    path: all.map(({ path }) => path),
    sla: all.map(({ sla }) => sla),
    hours: Int32Array.from(all, ({ hours }) => hours),
    quota: Float64Array.from(all, ({ quota }) => quota),
    per: Uint8Array.from(all, ({ per }) => per),
    anchored: Uint8Array.from(all, ({ anchored }) => anchored),
    carry: Float64Array.from(all, ({ carry }) => carry),
    expires: Int32Array.from(all, ({ expires }) => expires),
    overage: Float64Array.from(all, ({ overage }) => overage),
    meter: Int32Array.from(
      packages.flatMap((rows) => {
        place = 0
        return rows.map(({ quota }) => (quota === NONE ? NONE : place++))
      }),
    ),
  }
}

/**
 * The number of a channel; −1 when no package has it.
 *
 * @example
 * import { channelOf, compileOrThrow } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { standard: { channels: { phone: {}, visit: { quota: 2, per: 'month' } } } } })
 * channelOf(table, 'visit') // => 1
 *
 * @category evaluate
 */
export const channelOf = (table: Table, name: string): number => table.channelNumbers.get(name) ?? NONE

/**
 * The packages with the host's own hours in place of calendars, by name. A `RangeError` when the definition has no
 * calendar of that name. States go on with the result as they are; its bytes hold the calendars, not the host's hours.
 *
 * @example
 * import { bind, compileOrThrow } from '@clientele/entitlements'
 * const table = compileOrThrow({
 *   packages: { standard: { channels: { phone: { hours: 'desk' } } } },
 *   calendars: { desk: { timeZone: 'UTC', week: { mon: ['09:00-18:00'] } } },
 * })
 * const always = { add: (at: number, by: number) => at + by, elapsed: (from: number, to: number) => to - from,
 *   isOpen: () => true, nextOpen: (at: number) => at }
 * bind(table, { desk: always }).packages.length // => 1
 *
 * @category ports
 */
export const bind = (table: Table, hosts: { readonly [name: string]: OpenHours }): Table => {
  const known = table.hours.map(({ name }) => name)
  for (const name of Object.keys(hosts)) {
    if (!known.includes(name))
      throw new RangeError(`no calendar "${name}" in the definition, expected one of ${known.join(', ')}`)
  }
  const hours = table.hours.map((each) =>
    Object.hasOwn(hosts, each.name) ? { name: each.name, calendar: undefined, host: hosts[each.name] } : each,
  )
  return Object.freeze({ ...table, hours })
}
