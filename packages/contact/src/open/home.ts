// Where a message is asked and counted in the ledger: one key for all that is counted by the recipient, and one for each
// other combination of keys. A rule becomes a slot and a window; the ledger compares numbers.

import {
  DAY,
  hashHex,
  type RecentDemand,
  SECOND,
  type Second,
  type TouchDemand,
  windowSince,
  type Zone,
} from '@clientele/core'
import type { Ask, Message, Take } from '../message.js'
import type { LimitTable, StreamTable, Table } from '../table.js'

const FOREVER = Number.POSITIVE_INFINITY

/** A short name of a long text. */
export const nameOf = (text: string): string => hashHex(new TextEncoder().encode(text))

/** A key of the ledger, and what a message wants there. */
export interface Home {
  readonly key: string
  /** Whether it is the recipient's own. */
  readonly own: boolean
  readonly asks: readonly Ask[]
  readonly takes: readonly Take[]
}

/** The key of all that is counted by a recipient. */
export const ownKey = (id: string): string => `r:${id}`

const isOwn = ({ per }: StreamTable): boolean => per.includes('recipient')

const keyIn = (stream: StreamTable, id: string, key: string): string =>
  isOwn(stream) ? ownKey(id) : `k:${JSON.stringify(stream.per)}:${key}`

/** In order of their keys: workers that want the same ones meet at the first. Asks without a key find nothing taken. */
export const homesOf = ({ streams }: Table, message: Message, id: string): readonly Home[] => {
  const asks = message.asks.filter(({ key, past }) => key !== undefined && past >= 0)
  const keyOf = (stream: number, key = ''): string => keyIn(streams[stream]!, id, key)
  const keys = new Set([
    ...asks.map(({ limit, key }) => keyOf(limit.stream, key)),
    ...message.takes.map(({ stream, key }) => keyOf(stream, key)),
  ])
  return [...keys].sort().map((key) => ({
    key,
    own: key === ownKey(id),
    asks: asks.filter((ask) => keyOf(ask.limit.stream, ask.key) === key),
    takes: message.takes.filter((take) => keyOf(take.stream, take.key) === key),
  }))
}

const DAYS_OF = { hour: 1, day: 1, week: 7, month: 31, quarter: 92, year: 366 } as const
/** Wall clocks differ by a day and a bit, and dates were skipped. */
const CIVIL_SLACK = 3

/** How far back a limit may look, in milliseconds, wherever it is asked. */
const reachOf = ({ window }: LimitTable): number => {
  if (window.kind === 'rolling') return window.seconds * SECOND
  if (window.kind === 'civilDays') return (window.days + CIVIL_SLACK) * DAY
  return window.kind === 'calendar' ? (DAYS_OF[window.unit] + CIVIL_SLACK) * DAY : FOREVER
}

/** From when on the places of a stream are needed. */
const keepOf = ({ limits }: StreamTable, at: Second, tolerance: Second): number =>
  (at - tolerance) * SECOND - Math.max(...limits.map(reachOf))

/** Whose wall clock an ask reads. */
export const zoneOfAsk = ({ limit }: Ask, home: Zone | undefined): Zone | undefined =>
  limit.local ? home : limit.zone

/** What turns a home into demands. */
export interface Terms {
  readonly table: Table
  /** Names of streams in the ledger. */
  readonly names: readonly string[]
  readonly zone: Zone | undefined
  readonly at: Second
  readonly tolerance: Second
}

/** The demands of a home: those of its asks first, in their order. */
export const demandsOf = (terms: Terms, { own, asks, takes }: Home): readonly TouchDemand[] => {
  const { table, names, zone, at, tolerance } = terms
  const demand = (stream: number, key: string, rest: Pick<RecentDemand, 'asks' | 'limit' | 'since'>) => ({
    kind: 'recent' as const,
    slot: own ? `${names[stream]} ${key}` : names[stream]!,
    takes: 0,
    ...rest,
    through: FOREVER,
    heldSince: Number.NEGATIVE_INFINITY,
    keep: keepOf(table.streams[stream]!, at, tolerance),
  })
  const asked = asks.map((ask) => {
    const { limit, past, key = '' } = ask
    const since = windowSince(limit.window, zoneOfAsk(ask, zone), at) * SECOND
    return demand(limit.stream, key, { asks: limit.limit - past, limit: limit.limit, since })
  })
  const placed = takes.map(({ stream, key, weight }) => ({
    ...demand(stream, key, { asks: 0, limit: 0, since: at * SECOND }),
    takes: weight,
  }))
  return [...asked, ...placed]
}
