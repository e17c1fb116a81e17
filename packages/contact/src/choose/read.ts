// Reads the candidates of a `choose` command.

import { describeValue, memberPath, SECOND } from '@clientele/core'
import { messageFor } from '../asking.js'
import type { State } from '../book.js'
import { factsOf, isRecord, type Line, own, refuse, secondOf, type Whom, whomOf } from '../read.js'
import type { Offer, Slate } from './model.js'
import { slateOf } from './slate.js'

/** A question of choice. */
export interface Choice {
  readonly whom: Whom
  readonly ids: readonly string[]
  readonly slate: Slate
}

const MOST_CANDIDATES = 10_000

const numberOf = (line: Line, key: string, path: string): number => {
  const value = own(line, key) ?? 0
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return refuse('wrong-type', memberPath(path, key), `expected a number, given ${describeValue(value)}`)
}

const readOffer = (state: State, value: unknown, path: string): Offer & { readonly id: string } => {
  if (!isRecord(value)) return refuse('wrong-type', path, `expected an object, given ${describeValue(value)}`)
  const id = own(value, 'id')
  if (typeof id !== 'string' || id === '')
    return refuse('wrong-type', `${path}.id`, `expected a text, given ${describeValue(id)}`)
  return {
    id,
    at: secondOf(value, `${path}.at`, own(value, 'at')) * SECOND,
    priority: numberOf(value, 'priority', path),
    value: numberOf(value, 'value', path),
    message: messageFor(state, factsOf(value, state.table, `${path}.facts`)),
  }
}

/** The candidates of a command, in its order. */
export const readChoice = (state: State, line: Line): Choice => {
  const whom = whomOf(line)
  const candidates = own(line, 'candidates')
  if (!Array.isArray(candidates) || candidates.length > MOST_CANDIDATES)
    return refuse('wrong-type', 'candidates', `expected a list of at most ${MOST_CANDIDATES} candidates`)
  const offers = candidates.map((each, i) => readOffer(state, each, memberPath('candidates', i)))
  const seen = new Set<string>()
  offers.forEach(({ id }, i) => {
    if (seen.has(id)) refuse('duplicate-id', memberPath('candidates', i), `the id "${id}" is taken already`)
    seen.add(id)
  })
  const objective = own(line, 'objective') ?? 'priority'
  if (objective !== 'priority' && objective !== 'value')
    return refuse('bad-value', 'objective', 'expected "priority" or "value"')
  return { whom, ids: offers.map(({ id }) => id), slate: slateOf(state.table, offers, { objective }) }
}
