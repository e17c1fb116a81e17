// Which channel to take: what the recipient prefers decides among those that are allowed.

import type { Second } from '@clientele/core'
import { asAttempt, messageFor } from './asking.js'
import type { State } from './book.js'
import { verdictOf } from './evaluate.js'
import type { Effect, Verdict } from './model.js'
import { factsOf, type Line, refuse, textsOf, whomOf } from './read.js'

const LATEST = Number.POSITIVE_INFINITY

const soonest = ({ nextAllowedAt }: Verdict): number => nextAllowedAt ?? LATEST

/** Answers a `route`: preferred channels first, then the others in the order given. Changes nothing. */
export const route = (state: State, line: Line, at: Second): Effect => {
  const whom = whomOf(line)
  const given = textsOf(line, 'channels')
  if (given.length === 0) return refuse('bad-value', 'channels', 'expected at least one channel')
  const facts = factsOf(line, state.table)
  const preferred = state.preferences.get(state.ids.find(whom.id)) ?? []
  const channels = [...preferred.filter((each) => given.includes(each)), ...given]
  const ways = [...new Set(channels)].map((channel) => {
    const attempt = asAttempt(state, whom, messageFor(state, { ...facts, channel }), 'look')
    return { ...verdictOf(attempt, at), channel }
  })
  const allowed = ways.find(({ verdict }) => verdict === 'allow')
  // of those allowed as soon, the preferred
  return allowed ?? ways.reduce((best, way) => (soonest(way) < soonest(best) ? way : best))
}
