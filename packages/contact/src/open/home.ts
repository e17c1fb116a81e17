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
import type { Ask, Mark, Message, Take } from '../message.js'
import type { KeyPart, StreamTable, Table, ZonedWindow } from '../table.js'

const FOREVER = Number.POSITIVE_INFINITY

/** A short name of a long text. */
export const nameOf = (text: string): string => hashHex(new TextEncoder().encode(text))

/** Equal names stand on the same touches, for as long. */
export const grantNamesOf = ({ definition, exempt }: Table): readonly string[] =>
  exempt.flatMap(({ grant }, i) => {
    const { since, until, per, window } = definition.exempt?.[i] ?? {}
    const what = ['exempt', since, until ?? null, per ?? ['recipient'], window ?? null]
    return grant < 0 ? [] : [nameOf(JSON.stringify(what))]
  })

/** A key of the ledger, and what a message wants there. */
export interface Home {
  readonly key: string
  /** Whether it is the recipient's own. */
  readonly own: boolean
  readonly asks: readonly Ask[]
  readonly takes: readonly Take[]
  /** Exemptions it may be under. */
  readonly grants: readonly Mark[]
  /** Exemptions it begins and ends. */
  readonly marks: readonly Marking[]
}

/** A mark that a touch leaves; one that both begins and ends an exemption begins it. */
export interface Marking {
  readonly mark: Mark
  readonly role: 'since' | 'until'
}

/** The key of all that is counted by a recipient. */
export const ownKey = (id: string): string => `r:${id}`

const keyIn = (per: readonly KeyPart[], id: string, key: string): string =>
  per.includes('recipient') ? ownKey(id) : `k:${JSON.stringify(per)}:${key}`

/** A home where nothing is asked or counted. */
export const emptyHome = (key: string, id: string): Home => ({
  key,
  own: key === ownKey(id),
  asks: [],
  takes: [],
  grants: [],
  marks: [],
})

/** In order of their keys: workers that want the same ones meet at the first. Asks without a key find nothing taken. */
export const homesOf = ({ streams }: Table, message: Message, id: string): readonly Home[] => {
  const asks = message.asks.filter(({ key, past }) => key !== undefined && past >= 0)
  const { begins, grants, takes } = message
  const ended = message.ends.filter(({ exempt }) => !begins.some((mark) => mark.exempt === exempt))
  const marks: readonly Marking[] = [
    ...begins.map((mark) => ({ mark, role: 'since' as const })),
    ...ended.map((mark) => ({ mark, role: 'until' as const })),
  ]
  const keyOf = (stream: number, key = ''): string => keyIn(streams[stream]!.per, id, key)
  const keyOfMark = ({ exempt, key }: Mark): string => keyIn(exempt.per, id, key)
  const keys = new Set([
    ...asks.map(({ limit, key }) => keyOf(limit.stream, key)),
    ...takes.map(({ stream, key }) => keyOf(stream, key)),
    ...grants.map(keyOfMark),
    ...marks.map(({ mark }) => keyOfMark(mark)),
  ])
  return [...keys].sort().map((key) => ({
    key,
    own: key === ownKey(id),
    asks: asks.filter((ask) => keyOf(ask.limit.stream, ask.key) === key),
    takes: takes.filter((take) => keyOf(take.stream, take.key) === key),
    grants: grants.filter((mark) => keyOfMark(mark) === key),
    marks: marks.filter(({ mark }) => keyOfMark(mark) === key),
  }))
}

const DAYS_OF = { hour: 1, day: 1, week: 7, month: 31, quarter: 92, year: 366 } as const
/** Wall clocks differ by a day and a bit, and dates were skipped. */
const CIVIL_SLACK = 3

/** How far back a limit may look, in milliseconds, wherever it is asked. */
const reachOf = ({ window }: Pick<ZonedWindow, 'window'>): number => {
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
  /** Names of streams in the ledger, and of exemptions. */
  readonly names: readonly string[]
  readonly grantNames: readonly string[]
  readonly zone: Zone | undefined
  readonly at: Second
  readonly tolerance: Second
}

type Slot = Pick<RecentDemand, 'kind' | 'slot' | 'takes' | 'through' | 'heldSince' | 'keep'>

const slotAt = (slot: string, keep: number, takes: number): Slot => ({
  kind: 'recent',
  slot,
  takes,
  through: FOREVER,
  heldSince: Number.NEGATIVE_INFINITY,
  keep,
})

const slotOfMark = ({ grantNames }: Terms, { own }: Home, { mark, role }: Marking): string =>
  `${grantNames[mark.exempt.grant]} ${role}${own ? ` ${mark.key}` : ''}`

const keepOfMark = ({ at, tolerance }: Terms, { exempt }: Mark): number =>
  (at - tolerance) * SECOND - reachOf(exempt.zoned)

/** What an exemption was found to stand on: since when it holds, and how many ends are known that are not before. */
export interface Standing {
  readonly mark: Mark
  readonly since: Second
  readonly ends: number
}

/** Refused when the exemption has been ended in between; the touch's own end is not meant. */
const guardOf = (terms: Terms, home: Home, mark: Mark, standing: Standing | undefined): RecentDemand => {
  const slot = slotAt(slotOfMark(terms, home, { mark, role: 'until' }), keepOfMark(terms, mark), 0)
  if (standing === undefined) return { ...slot, asks: 0, limit: 0, since: terms.at * SECOND }
  const since = standing.since * SECOND
  return { ...slot, heldSince: since, since, asks: 1, limit: standing.ends + 1 }
}

/** What is asked of a home beside its asks, and what it passes over. */
export interface Relief {
  /** Kinds of rules that exemptions pass over, as bits. */
  readonly kinds: number
  readonly standings: readonly Standing[]
}

export const NO_RELIEF: Relief = { kinds: 0, standings: [] }

/** The demands of a home: those of its asks first, in their order, then one for each exemption it may be under. */
export const demandsOf = (terms: Terms, home: Home, relief: Relief): readonly TouchDemand[] => {
  const { table, names, zone, at, tolerance } = terms
  const { own, asks, takes, grants, marks } = home
  const slot = (stream: number, key: string, taken: number): Slot =>
    slotAt(
      own ? `${names[stream]} ${key}` : names[stream]!,
      keepOf(table.streams[stream]!, at, tolerance),
      taken,
    )
  const asked = asks.map((ask) => {
    const { limit, past, key = '' } = ask
    const since = windowSince(limit.window, zoneOfAsk(ask, zone), at) * SECOND
    const places = (limit.kind & relief.kinds) === 0 ? limit.limit - past : 0
    return { ...slot(limit.stream, key, 0), asks: places, limit: limit.limit, since }
  })
  const guards = grants.map((mark) =>
    guardOf(
      terms,
      home,
      mark,
      relief.standings.find((standing) => standing.mark === mark),
    ),
  )
  const nothing = { asks: 0, limit: 0, since: at * SECOND }
  const placed = takes.map(({ stream, key, weight }) => ({ ...slot(stream, key, weight), ...nothing }))
  // exemptions that are the same share a slot
  const slots = new Map(marks.map((marking) => [slotOfMark(terms, home, marking), marking.mark]))
  const marked = [...slots].map(([name, mark]) => ({
    ...slotAt(name, keepOfMark(terms, mark), 1),
    ...nothing,
  }))
  return [...asked, ...guards, ...placed, ...marked]
}

/** Never passes, and so tells all there is: when each exemption began, and when it ended. */
export const markDemands = (terms: Terms, home: Home): readonly TouchDemand[] =>
  home.grants.flatMap((mark) =>
    (['since', 'until'] as const).map((role) => ({
      ...slotAt(slotOfMark(terms, home, { mark, role }), keepOfMark(terms, mark), 0),
      asks: 1,
      limit: 0,
      since: Math.max(0, keepOfMark(terms, mark)),
    })),
  )
