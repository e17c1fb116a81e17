// The general way: candidates are placed into the state, and the rules are asked again. It knows exemptions that candidates
// begin or end, and touches of which only then is known whether they count; every other way must answer as this one does.

import type { State } from '../book.js'
import { refusalsAt } from '../evaluate/judge.js'
import type { Message } from '../message.js'
import { placeLine, unplaceLine } from '../place.js'
import { findSlot, type StreamState } from '../places/stream.js'
import { CANDIDATE, type Line } from '../places/timeline.js'
import type { Asked } from './model.js'
import type { Trial } from './trial.js'

/** A slot that was made for a candidate. */
interface Made {
  readonly stream: StreamState
  readonly owner: number
  readonly key: string
  /** Where new slots began before, and how long the rows were. */
  readonly next: number
  readonly length: number
}

/** The slots a message would make. */
const missingSlots = (state: State, recipient: number, { takes }: Message): readonly Made[] =>
  takes.flatMap(({ stream: row, key }) => {
    const stream = state.streams[row]!
    const owner = stream.shared ? -1 : recipient
    const {
      next,
      rows: { length },
    } = stream
    return stream.own || findSlot(stream, owner, key) >= 0 ? [] : [{ stream, owner, key, next, length }]
  })

/** Gives a slot back, as if it had never been given; the last one made must be the first. */
const unmake = ({ stream, owner, key, next, length }: Made): void => {
  const keys = stream.slots.get(owner)!
  const slot = keys.get(key)!
  keys.delete(key)
  if (keys.size === 0) stream.slots.delete(owner)
  stream.rows.resize(length)
  if (slot >= next) stream.next = next
  else stream.free.push(slot)
}

/** A trial in the state itself. */
interface PlacedTrial extends Trial {
  /** Takes back what else came into the state, once all is taken. */
  leave(): void
}

export const placedTrial = (state: State, { slate, spot, recipient, id }: Asked): PlacedTrial => {
  const { entries } = slate
  const name = id ?? state.ids.name(recipient) ?? ''
  const put = new Map<number, Line>()
  const made: Made[] = []
  const passes = (row: number): boolean => {
    const { at, message } = entries[row]!
    // of the same moment, those named later come after
    const after = [...put].filter(([other, line]) => other === row || (line.at === at && other > row))
    for (const [, line] of after) unplaceLine(state, line)
    const refusals = refusalsAt({ state, message, recipient, id: name, area: spot.area }, at)
    for (const [, line] of after) placeLine(state, line)
    return refusals.length === 0
  }
  const trial: PlacedTrial = {
    fits(row) {
      if (!passes(row)) return false
      trial.put(row)
      // those before it do not see it
      const all = [...put.keys()].every((other) => other < row || passes(other))
      trial.take(row)
      return all
    },
    put(row) {
      const { at, message, place } = entries[row]!
      const line = { at, seq: state.seq + 1 + place, until: CANDIDATE, weight: 1, message, recipient }
      put.set(row, line)
      made.push(...missingSlots(state, recipient, message))
      placeLine(state, line)
    },
    take(row) {
      unplaceLine(state, put.get(row)!)
      put.delete(row)
    },
    leave() {
      for (const each of made.reverse()) unmake(each)
      made.length = 0
    },
  }
  return trial
}
