// The general way: candidates are placed into the state, and the rules are asked again. It knows exemptions that candidates
// begin or end, and touches of which only then is known whether they count; every other way must answer as this one does.

import type { State } from '../book.js'
import { refusalsAt } from '../evaluate/judge.js'
import { placeLine, unplaceLine } from '../place.js'
import { CANDIDATE, type Line } from '../places/timeline.js'
import type { Asked } from './model.js'
import type { Trial } from './trial.js'

/** A trial in the state itself: what is put must be taken again. */
export const placedTrial = (state: State, { slate, spot, recipient, id }: Asked): Trial => {
  const { entries } = slate
  const name = id ?? state.ids.name(recipient) ?? ''
  const put = new Map<number, Line>()
  const passes = (row: number): boolean => {
    const { at, message } = entries[row]!
    // of the same moment, those named later come after
    const after = [...put].filter(([other, line]) => other === row || (line.at === at && other > row))
    for (const [, line] of after) unplaceLine(state, line)
    const refusals = refusalsAt({ state, message, recipient, id: name, area: spot.area }, at)
    for (const [, line] of after) placeLine(state, line)
    return refusals.length === 0
  }
  const trial: Trial = {
    fits(row) {
      if (!passes(row)) return false
      trial.put(row)
      const all = [...put.keys()].every(passes)
      trial.take(row)
      return all
    },
    put(row) {
      const { at, message, place } = entries[row]!
      const line = { at, seq: state.seq + 1 + place, until: CANDIDATE, weight: 1, message, recipient }
      put.set(row, line)
      placeLine(state, line)
    },
    take(row) {
      unplaceLine(state, put.get(row)!)
      put.delete(row)
    },
  }
  return trial
}
