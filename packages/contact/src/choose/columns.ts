// Many candidates at once: the room left in every window, brought down by each that is put.

import type { Asked } from './model.js'
import { weightIn } from './spot.js'
import type { Trial } from './trial.js'

/** A trial in the rooms of the spot, which must be those of the recipient. */
export const columnsTrial = ({ slate: { entries }, spot }: Asked): Trial => {
  const { first, owner, groups, sinces, reach, takes, rooms, alive } = spot
  const put = new Uint8Array(entries.length)
  /** What a candidate takes from a later constraint. */
  const loadOn = (row: number, i: number): number =>
    sinces[i]! <= entries[row]!.at ? weightIn(takes[row]!, groups[i]!) : 0
  const change = (row: number, by: 1 | -1): void => {
    for (let i = first[row + 1]!; i < reach[row]!; i++) rooms[i]! += by * loadOn(row, i)
  }
  return {
    fits(row) {
      if (alive[row] === 0) return false
      for (let i = first[row]!; i < first[row + 1]!; i++) if (rooms[i]! < 0) return false
      for (let i = first[row + 1]!; i < reach[row]!; i++) {
        if (put[owner[i]!] === 1 && rooms[i]! < loadOn(row, i)) return false
      }
      return true
    },
    put(row) {
      put[row] = 1
      change(row, -1)
    },
    take(row) {
      put[row] = 0
      change(row, 1)
    },
  }
}
