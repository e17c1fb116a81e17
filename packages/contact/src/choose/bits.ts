// Choices among few candidates, as bits of one number. By priority it is one pass. By value it is branch and bound along
// time: a candidate depends on earlier ones alone, and what the later ones are worth by themselves, which is found first
// (Russian doll search), is the most they can add to any beginning.

import type { Slate, Spot } from './model.js'

const countBits = (bits: number): number => {
  let n = bits - ((bits >>> 1) & 0x5555_5555)
  n = (n & 0x3333_3333) + ((n >>> 2) & 0x3333_3333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}

/** Whether a candidate passes beside a set of others. */
const passes = ({ first, rooms, masks, planes }: Spot, row: number, set: number): boolean => {
  const end = first[row + 1]!
  const count = rooms.length
  for (let i = first[row]!; i < end; i++) {
    let load = countBits(set & masks[i]!)
    for (let plane = 1; plane < planes; plane++) load += countBits(set & masks[plane * count + i]!) << plane
    if (load > rooms[i]!) return false
  }
  return true
}

/** The candidates of `alive` that are taken in their turn, as bits. */
export const takeByRank = ({ ranked }: Slate, spot: Spot, alive: number): number => {
  let chosen = 0
  for (let i = 0; i < ranked.length; i++) {
    const row = ranked[i]!
    if (((alive >>> row) & 1) === 0 || !passes(spot, row, chosen)) continue
    const more = chosen | (1 << row)
    let later = chosen & spot.later[row]!
    while (later !== 0) {
      const other = 31 - Math.clz32(later)
      if (!passes(spot, other, more)) break
      later ^= 1 << other
    }
    if (later === 0) chosen = more
  }
  return chosen
}

/** A search among some of a slate's candidates. */
interface Search {
  readonly spot: Spot
  /** Candidates by time. */
  readonly rows: Int32Array
  readonly worth: Float64Array
  /** Twice that of the next in rank: of equal sums the one is better that has what comes first. */
  readonly rank: Float64Array
  /** What the candidates from here on come to among themselves. */
  readonly worthFrom: Float64Array
  readonly rankFrom: Float64Array
  best: number
  bestWorth: number
  bestRank: number
  /** Steps left. */
  steps: number
}

/** Ranks become powers of two: of few enough candidates their sums are exact. */
const MOST_RANK = 31

const begin = ({ entries, ranked }: Slate, spot: Spot, candidates: number, steps: number): Search => {
  const count = countBits(candidates)
  const rows = new Int32Array(count)
  const rank = new Float64Array(count)
  for (let row = 0, i = 0; row < entries.length; row++) if ((candidates >>> row) & 1) rows[i++] = row
  for (let i = 0; i < ranked.length; i++) {
    const row = ranked[i]!
    if ((candidates >>> row) & 1) rank[countBits(candidates & ((1 << row) - 1))] = 2 ** (MOST_RANK - i)
  }
  return {
    spot,
    rows,
    worth: Float64Array.from(rows, (row) => entries[row]!.value),
    rank,
    worthFrom: new Float64Array(count + 1),
    rankFrom: new Float64Array(count + 1),
    best: 0,
    bestWorth: 0,
    bestRank: 0,
    steps,
  }
}

/** Looks through what candidates from `from` on can add to a set. */
const descend = (search: Search, from: number, set: number, worth: number, rank: number): void => {
  const { rows, spot, worthFrom, rankFrom } = search
  if (worth > search.bestWorth || (worth === search.bestWorth && rank > search.bestRank)) {
    search.best = set
    search.bestWorth = worth
    search.bestRank = rank
  }
  for (let i = from; i < rows.length; i++) {
    const most = worth + worthFrom[i]!
    // not even by themselves are they worth enough
    if (most < search.bestWorth || (most === search.bestWorth && rank + rankFrom[i]! <= search.bestRank))
      return
    if (search.steps-- <= 0) return
    const row = rows[i]!
    if (!passes(spot, row, set)) continue
    descend(search, i + 1, set | (1 << row), worth + search.worth[i]!, rank + search.rank[i]!)
  }
}

/** The set of the greatest worth as bits; less than 0 when so many steps did not prove it. */
export const takeByValue = (slate: Slate, spot: Spot, candidates: number, steps: number): number => {
  const search = begin(slate, spot, candidates, steps)
  const { rows, worth, rank, worthFrom, rankFrom } = search
  for (let i = rows.length - 1; i >= 0; i--) {
    descend(search, i + 1, 1 << rows[i]!, worth[i]!, rank[i]!)
    if (search.steps < 0) return -1
    worthFrom[i] = search.bestWorth
    rankFrom[i] = search.bestRank
  }
  return search.best
}
