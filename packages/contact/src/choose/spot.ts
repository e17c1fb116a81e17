// What a place says of a slate: which windows decide about each candidate there, and which other candidates lie in them.
// A candidate depends on those before it alone, so every window is a list of earlier rows.

import { upperBound, windowSince } from '@clientele/core'
import type { Ask } from '../message.js'
import type { Area } from '../places/area.js'
import { quietEnds } from '../quiet/ends.js'
import { QUIET } from '../table.js'
import type { Slate, Spot } from './model.js'

/** So many candidates fit the bits of a number that is not negative. */
export const MOST_BITS = 31

/** Refuses whatever was sent. */
export const NEVER = -1

interface Constraint {
  readonly owner: number
  readonly ask: Ask | undefined
  readonly kind: number
  readonly stream: number
  readonly past: number
  readonly since: number
  readonly group: number
}

const GROUPLESS = -1
const nameOf = (stream: number, key: string): string => `${stream} ${key}`

const groupsOf = ({ entries }: Slate): ReadonlyMap<string, number> => {
  const groups = new Map<string, number>()
  for (const { message } of entries) {
    for (const { stream, key } of message.takes)
      if (!groups.has(nameOf(stream, key))) groups.set(nameOf(stream, key), groups.size)
  }
  return groups
}

const constraintsOf = (
  { entries, table }: Slate,
  { window: home }: Area,
  groups: ReadonlyMap<string, number>,
): readonly Constraint[] =>
  entries.flatMap(({ message, at }, owner) =>
    message.asks.flatMap((ask): readonly Constraint[] => {
      const { limit, past, key } = ask
      const base = { owner, ask, kind: limit.kind, stream: NEVER, past: NEVER, since: 0, group: GROUPLESS }
      if (limit.local && home === undefined) return table.missingZone === 'deny' ? [base] : []
      if (past < 0) return [base]
      if (key === undefined) return []
      const since = Math.max(0, windowSince(limit.window, limit.local ? home : limit.zone, at))
      const group = groups.get(nameOf(limit.stream, key)) ?? GROUPLESS
      return [{ ...base, stream: limit.stream, past, since, group }]
    }),
  )

const isQuiet = ({ table, entries }: Slate, area: Area, row: number): boolean => {
  const { message, at } = entries[row]!
  return message.quiet.some((rule) =>
    rule.local && area.window === undefined
      ? table.missingZone === 'deny'
      : quietEnds(table, rule, area, at) > at,
  )
}

/** By candidate, one past the last constraint whose window begins at or before it. */
const reachOf = ({ entries }: Slate, constraints: readonly Constraint[]): Int32Array => {
  const ats = Float64Array.from(entries, ({ at }) => at)
  const reach = new Int32Array(entries.length)
  for (const [i, { owner, since }] of constraints.entries()) {
    const from = upperBound(ats, since - 1, 0, ats.length)
    if (from < owner) reach[from] = i + 1
  }
  for (let row = 1; row < reach.length; row++) reach[row] = Math.max(reach[row]!, reach[row - 1]!)
  return reach
}

type Bits = Pick<Spot, 'planes' | 'masks' | 'later'>

const bitsOf = ({ entries }: Slate, constraints: readonly Constraint[], takes: Spot['takes']): Bits => {
  const count = entries.length
  const later = new Int32Array(count)
  if (count > MOST_BITS) return { planes: 0, masks: new Int32Array(0), later }
  const heaviest = Math.max(1, ...takes.flat().map(([, weight]) => weight))
  const planes = 32 - Math.clz32(heaviest)
  const masks = new Int32Array(planes * constraints.length)
  for (const [i, { owner, since, group }] of constraints.entries()) {
    for (let row = 0; row < owner; row++) {
      const weight = entries[row]!.at < since ? 0 : weightIn(takes[row]!, group)
      for (let plane = 0; plane < planes; plane++)
        masks[plane * constraints.length + i]! |= ((weight >> plane) & 1) << row
      if (weight > 0) later[row]! |= 1 << owner
    }
  }
  return { planes, masks, later }
}

/** What a candidate weighs in a group. */
export const weightIn = (takes: Spot['takes'][number], group: number): number => {
  for (const [own, weight] of takes) if (own === group) return weight
  return 0
}

const made = (slate: Slate, area: Area): Spot => {
  const { entries } = slate
  const groups = groupsOf(slate)
  const constraints = constraintsOf(slate, area, groups)
  const takes = entries.map(({ message }) =>
    message.takes.map(({ stream, key, weight }) => [groups.get(nameOf(stream, key))!, weight] as const),
  )
  const first = new Int32Array(entries.length + 1)
  for (const { owner } of constraints) first[owner + 1]!++
  for (let row = 0; row < entries.length; row++) first[row + 1]! += first[row]!
  return {
    area,
    first,
    owner: Int32Array.from(constraints, ({ owner }) => owner),
    asks: constraints.map(({ ask }) => ask),
    kinds: Uint8Array.from(constraints, ({ kind }) => kind),
    streams: Int32Array.from(constraints, ({ stream }) => stream),
    pasts: Int32Array.from(constraints, ({ past }) => past),
    sinces: Float64Array.from(constraints, ({ since }) => since),
    groups: Int32Array.from(constraints, ({ group }) => group),
    reach: reachOf(slate, constraints),
    takes,
    quiet: Uint8Array.from(entries, (_, row) => (isQuiet(slate, area, row) ? QUIET : 0)),
    personal: entries.some(
      ({ message: { grants, consent, control } }) => grants.length + consent.length + control.length > 0,
    ),
    ...bitsOf(slate, constraints, takes),
    rooms: new Int32Array(constraints.length),
    alive: new Uint8Array(entries.length),
  }
}

/** What a place says of a slate; found out once. */
export const spotOf = (slate: Slate, area: Area): Spot => {
  const known = slate.spots.get(area)
  if (known !== undefined) return known
  const spot = made(slate, area)
  slate.spots.set(area, spot)
  return spot
}
