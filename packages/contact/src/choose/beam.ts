// A good choice by value among many: sets grow along time, and of those that leave every later window the same room only
// the best goes on. While they are few that is exact; when they are too many, the least promising are given up.

import type { Asked } from './model.js'
import { weightIn } from './spot.js'
import type { Field } from './trial.js'

const WIDEST = 1_000
/** Narrower it is not worth while. */
const NARROWEST = 8

/** What one candidate means to the windows of later ones. */
interface Layer {
  readonly row: number
  readonly worth: number
  readonly rank: number
  /** Its own constraints. */
  readonly from: number
  readonly to: number
  /** Later constraints that it or those before it may have changed, what it takes there, and what others may after it. */
  readonly constraints: Int32Array
  readonly loads: Int32Array
  readonly demands: Int32Array
}

/** Sets of one layer, by column. */
interface Sets {
  size: number
  /** Rooms left, a row each. */
  readonly rooms: Int32Array
  readonly worth: Float64Array
  readonly rank: Float64Array
  /** The last candidate taken, as a place in the links. */
  readonly last: Int32Array
}

/** A set that may go on: one of before, with the candidate or without. */
interface Next {
  readonly of: number
  readonly takes: boolean
  readonly worth: number
  readonly rank: number
}

const layersOf = ({ spot, slate }: Asked, { rows, worth, rank }: Field): readonly Layer[] => {
  const { first, owner, sinces, groups, reach, takes } = spot
  const isOpen = new Uint8Array(slate.length)
  for (const row of rows) isOpen[row] = 1
  // from the last to the first: what may still come into a window
  const demand = new Int32Array(owner.length)
  const layers = [...rows].reverse().map((row): Layer => {
    const constraints: number[] = []
    for (let i = first[row + 1]!; i < reach[row]!; i++) if (isOpen[owner[i]!] === 1) constraints.push(i)
    const loads = Int32Array.from(constraints, (i) =>
      sinces[i]! <= slate.entries[row]!.at ? weightIn(takes[row]!, groups[i]!) : 0,
    )
    const demands = Int32Array.from(constraints, (i) => demand[i]!)
    for (const [k, i] of constraints.entries()) demand[i]! += loads[k]!
    const [from, to] = [first[row]!, first[row + 1]!]
    const own = { row, worth: worth[row]!, rank: rank[row]!, from, to }
    return { ...own, constraints: Int32Array.from(constraints), loads, demands }
  })
  return layers.reverse()
}

const setsOf = (width: number, rooms: number): Sets => ({
  size: 0,
  rooms: new Int32Array(width * rooms),
  worth: new Float64Array(width),
  rank: new Float64Array(width),
  last: new Int32Array(width),
})

const fits = ({ rooms }: Sets, at: number, { from, to }: Layer): boolean => {
  for (let i = from; i < to; i++) if (rooms[at + i]! < 0) return false
  return true
}

/** A number for what a set leaves to later ones: as much as they can want is as good as more, and too little is nothing. */
const leavesOf = ({ rooms }: Sets, at: number, layer: Layer, takes: 0 | 1): number => {
  const { constraints, loads, demands } = layer
  let [low, high] = [0x811c_9dc5, 0x9747_b28c]
  for (let k = 0; k < constraints.length; k++) {
    const room = rooms[at + constraints[k]!]! - takes * loads[k]!
    const left = Math.max(-1, Math.min(room, demands[k]!))
    low = Math.imul(low ^ left, 0x0100_0193)
    high = Math.imul(high ^ (left + k), 0x85eb_ca6b)
  }
  return (low >>> 0) * 0x20_0000 + (high >>> 11)
}

/** What may come after a set: worth by the share of each window that is left for those who want it. */
const promiseOf = (
  sets: Sets,
  width: number,
  layer: Layer,
  next: Next,
  { spot }: Asked,
  field: Field,
): number => {
  const { constraints, loads, demands } = layer
  const shares = new Map<number, number>()
  for (const [k, i] of constraints.entries()) {
    const room = sets.rooms[next.of * width + i]! - (next.takes ? loads[k]! : 0)
    const share = room < 0 ? 0 : Math.min(1, (room + 1) / (demands[k]! + 1))
    const owner = spot.owner[i]!
    shares.set(owner, Math.min(share, shares.get(owner) ?? 1))
  }
  let promise = next.worth
  for (const [owner, share] of shares) promise += share * field.worth[owner]!
  return promise
}

const isBetter = (a: Next, b: Next): boolean => a.worth > b.worth || (a.worth === b.worth && a.rank > b.rank)

/** The sets that go on; of those that leave the same the best. */
const grown = (sets: Sets, width: number, layer: Layer): readonly Next[] => {
  const found = new Map<number, Next>()
  const offer = (next: Next): void => {
    const leaves = leavesOf(sets, next.of * width, layer, next.takes ? 1 : 0)
    const known = found.get(leaves)
    if (known === undefined || isBetter(next, known)) found.set(leaves, next)
  }
  for (let of = 0; of < sets.size; of++) {
    const [worth, rank] = [sets.worth[of]!, sets.rank[of]!]
    offer({ of, takes: false, worth, rank })
    if (fits(sets, of * width, layer))
      offer({ of, takes: true, worth: worth + layer.worth, rank: rank + layer.rank })
  }
  return [...found.values()]
}

/** Takes, as a chain from the last to the first. */
interface Links {
  readonly rows: number[]
  readonly before: number[]
}

const goOn = (
  from: Sets,
  into: Sets,
  width: number,
  layer: Layer,
  nexts: readonly Next[],
  links: Links,
): void => {
  const { row, constraints, loads } = layer
  into.size = nexts.length
  for (const [i, { of, takes, worth, rank }] of nexts.entries()) {
    into.rooms.set(from.rooms.subarray(of * width, (of + 1) * width), i * width)
    into.worth[i] = worth
    into.rank[i] = rank
    into.last[i] = from.last[of]!
    if (!takes) continue
    for (let k = 0; k < constraints.length; k++) into.rooms[i * width + constraints[k]!]! -= loads[k]!
    into.last[i] = links.rows.push(row) - 1
    links.before.push(from.last[of]!)
  }
}

const NOTHING = -1

/**
 * A good set among many, for which about `work` rooms are looked at; nothing when that is too few. The rooms of the spot
 * must be the recipient's.
 */
export const beam = (asked: Asked, field: Field, work: number): readonly number[] => {
  const { rooms } = asked.spot
  const width = rooms.length
  const most = Math.min(WIDEST, Math.floor(work / (1 + width * field.rows.length)))
  if (most < NARROWEST) return []
  const links: Links = { rows: [], before: [] }
  let [sets, other] = [setsOf(most, width), setsOf(most, width)]
  sets.rooms.set(rooms)
  sets.size = 1
  sets.last[0] = NOTHING
  for (const layer of layersOf(asked, field)) {
    let nexts = grown(sets, width, layer)
    if (nexts.length > most) {
      const promises = new Map(nexts.map((next) => [next, promiseOf(sets, width, layer, next, asked, field)]))
      nexts = [...nexts].sort((a, b) => promises.get(b)! - promises.get(a)! || b.rank - a.rank).slice(0, most)
    }
    goOn(sets, other, width, layer, nexts, links)
    ;[sets, other] = [other, sets]
  }
  const rows: number[] = []
  // those that go on to the end leave the same, nothing: so there is one
  for (let last = sets.last[0]!; last !== NOTHING; last = links.before[last]!) rows.push(links.rows[last]!)
  return rows.reverse()
}
