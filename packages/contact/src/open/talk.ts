// A decision as a conversation with the ledger: it says what it wants to know or done, and goes on with the answers. So
// decisions stay synchronous and pure, and those of a batch share their round trips.

import type { TouchAnswer, TouchFinding, TouchLedger, TouchOperation } from '@clientele/core'
import type { Effect, InputError } from '../model.js'
import { isRefused } from '../read.js'

/** Says operations, hears their answers, and ends with a result. */
export type Talk<A> = Generator<readonly TouchOperation[], A, readonly TouchAnswer[]>

/** The findings of an answer; none where it is of another kind. */
export const findingsOf = (answer: TouchAnswer | undefined): readonly TouchFinding[] =>
  answer?.status === 'admitted' || answer?.status === 'refused' ? answer.demands : []

/** Something refused as such becomes an answer. */
export const orError = <A>(what: () => A): A | InputError => {
  try {
    return what()
  } catch (reason) {
    if (!isRefused(reason)) throw reason
    return { error: reason.error }
  }
}

interface Turn {
  /** An effect where nobody needs to be asked. */
  readonly talk: Talk<Effect> | Effect
  said: readonly TouchOperation[]
  effect: Effect | undefined
}

const goOn = (turn: Turn, answers: readonly TouchAnswer[]): void => {
  const { talk } = turn
  const next = orError(() => ('next' in talk ? talk.next(answers) : { done: true as const, value: talk }))
  if ('error' in next) turn.effect = next
  else if (next.done === true) turn.effect = next.value
  else turn.said = next.value
}

/** Leads conversations to their ends, all of a round in one call. */
export const converse = async (
  ledger: TouchLedger,
  talks: readonly (Talk<Effect> | Effect)[],
): Promise<readonly Effect[]> => {
  const turns = talks.map((talk): Turn => ({ talk, said: [], effect: undefined }))
  for (const turn of turns) goOn(turn, [])
  for (;;) {
    const open = turns.filter(({ effect }) => effect === undefined)
    if (open.length === 0) return turns.map(({ effect }) => effect!)
    const operations = open.flatMap(({ said }) => said)
    const answers = await ledger.apply(operations)
    if (answers.length !== operations.length)
      throw new RangeError(`the ledger gave ${answers.length} answers to ${operations.length} operations`)
    let first = 0
    for (const turn of open) {
      const { length } = turn.said
      goOn(turn, answers.slice(first, first + length))
      first += length
    }
  }
}
