// Choices among any number of candidates, by putting them in and taking them out: what they are put into is the caller's.

/** Candidates that are put beside each other. All begin outside, and are outside again when a choice is made. */
export interface Trial {
  /** Whether a candidate passes beside those put, and they beside it. */
  fits(row: number): boolean
  put(row: number): void
  take(row: number): void
}

/** What a set is worth; of equal worth the greater rank is better. */
interface Weighed {
  readonly rows: readonly number[]
  readonly worth: number
  readonly rank: number
}

/** Candidates by time, each with its worth and a rank that decides between equals, by row. */
export interface Field {
  readonly rows: readonly number[]
  readonly worth: ArrayLike<number>
  readonly rank: ArrayLike<number>
}

const NONE: Weighed = { rows: [], worth: 0, rank: 0 }

const isBetter = (a: Weighed, b: Weighed): boolean =>
  a.worth > b.worth || (a.worth === b.worth && a.rank > b.rank)

const weighed = (rows: readonly number[], { worth, rank }: Field): Weighed => ({
  rows,
  worth: rows.reduce((sum, row) => sum + worth[row]!, 0),
  rank: rows.reduce((sum, row) => sum + rank[row]!, 0),
})

/** Puts each that fits, in the order given, and answers which. */
const fill = (trial: Trial, order: Iterable<number>): number[] => {
  const put: number[] = []
  for (const row of order) {
    if (!trial.fits(row)) continue
    trial.put(row)
    put.push(row)
  }
  return put
}

/** Each in its turn. */
export const inTurn = (trial: Trial, order: Iterable<number>): readonly number[] => {
  const put = fill(trial, order)
  for (const row of put) trial.take(row)
  return put
}

const sumsFrom = (rows: readonly number[], of: ArrayLike<number>): Float64Array => {
  const sums = new Float64Array(rows.length + 1)
  for (let i = rows.length - 1; i >= 0; i--) sums[i] = sums[i + 1]! + of[rows[i]!]!
  return sums
}

/**
 * The best that can be added to what is put, by branch and bound along time; `undefined` when nothing is better than
 * `least`. Exact when a candidate passes or not by earlier ones alone.
 */
const best = (trial: Trial, field: Field, least: Weighed): Weighed | undefined => {
  const { rows, worth, rank } = field
  const [worthFrom, rankFrom] = [sumsFrom(rows, worth), sumsFrom(rows, rank)]
  const taken: number[] = []
  let found: Weighed | undefined
  const descend = (from: number, sum: number, ranks: number): void => {
    if (isBetter({ rows: taken, worth: sum, rank: ranks }, found ?? least))
      found = { rows: [...taken], worth: sum, rank: ranks }
    for (let i = from; i < rows.length; i++) {
      const most = { rows, worth: sum + worthFrom[i]!, rank: ranks + rankFrom[i]! }
      if (!isBetter(most, found ?? least)) return
      const row = rows[i]!
      if (!trial.fits(row)) continue
      trial.put(row)
      taken.push(row)
      descend(i + 1, sum + worth[row]!, ranks + rank[row]!)
      taken.pop()
      trial.take(row)
    }
  }
  descend(0, 0, 0)
  return found
}

/** The best of all sets. */
export const exactly = (trial: Trial, field: Field): readonly number[] => best(trial, field, NONE)?.rows ?? []

/** So many neighbors in time are chosen anew together. */
const BLOCK = 10
const STRIDE = BLOCK / 2
/** So often all is gone through at most. */
const PASSES = 8

/** Chooses neighbors anew, the others staying as they are. */
const renewBlocks = (trial: Trial, field: Field, chosen: Set<number>): boolean => {
  const { rows } = field
  let better = false
  for (let from = 0; from < rows.length; from += STRIDE) {
    const block = { ...field, rows: rows.slice(from, from + BLOCK) }
    const before = weighed(
      block.rows.filter((row) => chosen.has(row)),
      field,
    )
    for (const row of before.rows) trial.take(row)
    const found = best(trial, block, before)
    for (const row of before.rows) chosen.delete(row)
    for (const row of (found ?? before).rows) {
      trial.put(row)
      chosen.add(row)
    }
    better ||= found !== undefined
  }
  return better
}

/** Takes one out, wherever it is, for the others by their worth. */
const exchange = (trial: Trial, field: Field, order: readonly number[], chosen: Set<number>): boolean => {
  let better = false
  for (const out of [...chosen]) {
    trial.take(out)
    const others = order.filter((row) => row !== out && !chosen.has(row))
    const put = fill(trial, others)
    if (isBetter(weighed(put, field), weighed([out], field))) {
      chosen.delete(out)
      for (const row of put) chosen.add(row)
      better = true
      continue
    }
    for (const row of put) trial.take(row)
    trial.put(out)
  }
  return better
}

/** A trial in which nothing fits any more once so much was asked. */
const metered = (trial: Trial, steps: number): Trial => {
  let left = steps
  return { ...trial, fits: (row) => left-- > 0 && trial.fits(row) }
}

/** Makes a set better part by part until nothing helps; nothing is put before and after. */
const improved = (
  trial: Trial,
  field: Field,
  order: readonly number[],
  start: readonly number[],
  steps: number,
): Weighed => {
  const chosen = new Set(fill(trial, start))
  const bounded = metered(trial, steps)
  for (let pass = 0; pass < PASSES; pass++) {
    const renewed = renewBlocks(bounded, field, chosen)
    if (!exchange(bounded, field, order, chosen) && !renewed) break
  }
  for (const row of chosen) trial.take(row)
  return weighed([...chosen], field)
}

/**
 * A good set: some to begin with, the worthiest first, the earliest first, the latest first; each made better until nothing
 * helps, or `steps` candidates were tried.
 */
export const nearly = (
  trial: Trial,
  field: Field,
  start: readonly number[],
  steps: number,
): readonly number[] => {
  const { rows, worth, rank } = field
  const order = [...rows].sort((a, b) => worth[b]! - worth[a]! || rank[b]! - rank[a]! || a - b)
  // too many even to go through them once more
  if (steps < rows.length) return inTurn(trial, start.length > 0 ? start : order)
  const starts = start.length > 0 ? [start] : [order, rows, [...rows].reverse()]
  let found = NONE
  for (const each of starts) {
    const next = improved(trial, field, order, each, steps / starts.length)
    if (isBetter(next, found)) found = next
  }
  return found.rows
}
