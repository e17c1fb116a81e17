// Which of several things to send: each is judged at its own moment, with room kept for those that go before it.

import type { State } from './book.js'
import type { Choice, Option } from './choose/read.js'
import { refusalsAt } from './evaluate/judge.js'
import type { Effect } from './model.js'
import { placeLine, unplaceLine } from './place.js'
import { CANDIDATE, type Line } from './places/timeline.js'
import { areaFor, handle } from './state.js'

/** Whether a text comes before another by code point. */
const isBefore = (a: string, b: string): boolean => {
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((sign, i) => sign !== right[i])
  return at < 0
    ? left.length < right.length
    : (left[at]!.codePointAt(0) ?? 0) < (right[at]?.codePointAt(0) ?? -1)
}

const byRank = (a: Option, b: Option): number =>
  b.priority - a.priority || b.value - a.value || a.at - b.at || (isBefore(a.id, b.id) ? -1 : 1)

/** Chooses by priority; the state is as before when it returns. */
export const choose = (state: State, { whom, options }: Choice): Effect => {
  const known = state.ids.find(whom.id)
  const recipient = known < 0 ? handle(state, whom.id) : known
  const told = whom.zone !== undefined || whom.zones !== undefined
  const area = state.areas[told ? areaFor(state, whom.zone, whom.zones) : state.areaOf.data[recipient]!]!
  const taken: { readonly option: Option; readonly place: number; readonly line: Line }[] = []
  const passes = (option: Option, place: number): boolean => {
    // of the same moment, those named later come after
    const after = taken.filter(
      (each) => each.option === option || (each.line.at === option.at && each.place > place),
    )
    for (const { line } of after) unplaceLine(state, line)
    const refusals = refusalsAt({ state, message: option.message, recipient, id: whom.id, area }, option.at)
    for (const { line } of after) placeLine(state, line)
    return refusals.length === 0
  }
  for (const option of [...options].sort(byRank)) {
    const place = options.indexOf(option)
    if (!passes(option, place)) continue
    const line = {
      at: option.at,
      seq: state.seq + 1 + place,
      until: CANDIDATE,
      weight: 1,
      message: option.message,
      recipient,
    }
    taken.push({ option, place, line })
    placeLine(state, line)
    if (taken.every((each) => passes(each.option, each.place))) continue
    unplaceLine(state, line)
    taken.pop()
  }
  for (const { line } of taken) unplaceLine(state, line)
  if (known < 0) state.ids.delete(recipient)
  const chosen = new Set(taken.map(({ option }) => option.id))
  const ids = options.map(({ id }) => id)
  return { chosen: ids.filter((id) => chosen.has(id)), suppressed: ids.filter((id) => !chosen.has(id)) }
}
