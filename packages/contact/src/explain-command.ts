// Explaining a command before it is taken.

import type { Explained } from '@clientele/core'
import { asAttempt, messageFor } from './asking.js'
import type { State } from './book.js'
import { explainAttempt } from './explain.js'
import type { Command, InputError, Verdict } from './model.js'
import { factsOf, isRecord, isRefused, opOf, refuse, secondOf, whomOf } from './read.js'
import type { Table } from './table.js'

const FOR_EXPLAINING = ['check', 'attempt', 'reserve'] as const

/**
 * What a `check`, `attempt` or `reserve` would be answered now, with its ledger. Changes nothing.
 *
 * @example
 * import { compileOrThrow, createState, explainCommand } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const told = explainCommand(policy, createState(policy), { op: 'check', recipient: 'anna', at: 0 })
 * 'ledger' in told ? told.ledger.total : told.error // => 1
 *
 * @category explain
 */
export const explainCommand = (
  table: Table,
  state: State,
  command: Command,
): Explained<Verdict> | InputError => {
  if (state.table !== table) throw new RangeError('the state belongs to another table; migrate it first')
  try {
    if (!isRecord(command)) return refuse('wrong-type', '', 'expected an object')
    const op = opOf(command)
    if (!FOR_EXPLAINING.some((each) => each === op))
      return refuse('unknown-op', 'op', `expected one of ${FOR_EXPLAINING.join(', ')}, given "${op}"`)
    const at = secondOf(command)
    const message = messageFor(state, factsOf(command, table))
    return explainAttempt(asAttempt(state, whomOf(command), message, 'look'), at)
  } catch (reason) {
    if (!isRefused(reason)) throw reason
    return { error: reason.error }
  }
}
