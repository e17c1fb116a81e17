// Which of several things to send, as a command asks it: each is judged at its own moment, with room kept for the others.

import { areaAsked, checkRoom } from './asking.js'
import type { State } from './book.js'
import { arbitrate } from './choose/arbitrate.js'
import type { Choice } from './choose/read.js'
import { spotOf } from './choose/spot.js'
import type { Effect } from './model.js'
import { handle } from './state.js'

/** Answers a `choose` command; the state is as before when it returns. */
export const answerChoice = (state: State, { whom, ids, slate }: Choice): Effect => {
  checkRoom(state, whom)
  const known = state.ids.find(whom.id)
  // candidates may have to be placed for somebody
  const recipient = known < 0 ? handle(state, whom.id) : known
  const area = areaAsked(state, whom, recipient)
  const row = new Uint8Array(slate.length)
  arbitrate(state, { slate, spot: spotOf(slate, area), recipient, id: whom.id }, row, 0)
  if (known < 0) state.ids.delete(recipient)
  return {
    chosen: ids.filter((_, i) => row[i] === 1),
    suppressed: ids.filter((_, i) => row[i] === 0),
  }
}
