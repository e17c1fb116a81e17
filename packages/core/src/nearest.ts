// The nearest valid name to a misspelt one. Used by issues only, never on a hot path.

/** How many cells of distance tables one question may fill: thousands of names cannot make it slow. */
const MOST_CELLS = 200_000

/** Optimal string alignment distance. */
const distance = (a: string, b: string): number => {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length]!
}

/**
 * The valid name closest to a misspelt one, or `undefined` when none is close: within a third of its length,
 * letter case ignored. Cost: O(names × length²), at most some 2 ms: of very many names the last are not looked at.
 * Names longer than 64 characters are not compared.
 *
 * @example
 * import { nearest } from '@clientele/core'
 * nearest('holiday', ['week', 'holidays', 'dates']) // => 'holidays'
 * nearest('zzz', ['week', 'holidays', 'dates']) // => undefined
 *
 * @category definitions
 */
export const nearest = (given: string, names: Iterable<string>): string | undefined => {
  if (given.length > 64) return undefined
  const wanted = given.toLowerCase()
  const limit = Math.max(1, Math.floor(given.length / 3))
  let best: string | undefined
  let bestDistance = limit + 1
  let room = MOST_CELLS
  for (const name of names) {
    if (Math.abs(name.length - given.length) > limit) continue
    room -= name.length * given.length
    if (room < 0) break
    const found = distance(wanted, name.toLowerCase())
    if (found < bestDistance) {
      best = name
      bestDistance = found
    }
  }
  return best
}
