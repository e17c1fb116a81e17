// `step` with its reasons: the ledger of each verdict, asked before anything is taken.

import { type Ledger, ledgerOf } from '@clientele/core'
import type { State } from './book.js'
import { ledgerFor } from './explain.js'
import { type Line, readLine } from './line/index.js'
import type { Command, Effect } from './model.js'
import { questionOf } from './question.js'
import { step } from './step/index.js'
import type { Table } from './table.js'
import { decide } from './verdict.js'

/** An effect with its ledger; lines that ask nothing, and errors, have none. @category explain */
export interface ExplainedEffect {
  readonly effect: Effect
  readonly ledger: Ledger | undefined
}

const told = (code: string, label: string, effect: Effect, units: number): Ledger | undefined =>
  'verdict' in effect
    ? ledgerOf('units', 'min', [{ code, label, amount: effect.verdict === 'deny' ? 0 : units }])
    : undefined

const CLOSING = { commit: 'what was reserved is final', release: 'what was taken is given back' } as const

const reasons = (table: Table, state: State, line: Line): Ledger => {
  const question = questionOf(table, state, line)
  const decision = decide(table, state, question, line.at, 'nothing')
  return ledgerFor(table, state, decision, question, line.at)
}

/**
 * Takes one command as {@link step} does, and tells why it is answered so. Folding the amounts of the ledger gives the
 * total: as many units as were asked for when the request passes, fewer when it does not. Cost: a few `step`s.
 *
 * @example
 * import { compileOrThrow, createState, step, stepExplained } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { standard: { channels: { visit: { quota: 2, per: 'month' } } } } })
 * const state = createState(table)
 * step(table, state, { op: 'contract', customer: 'c1', package: 'standard', from: '2026-01-01' }, [])
 * const visit = { op: 'consume' as const, customer: 'c1', channel: 'visit', at: '2026-03-02T09:00:00Z' }
 * stepExplained(table, state, visit).ledger?.total // => 1
 *
 * @category explain
 */
export const stepExplained = (table: Table, state: State, command: Command): ExplainedEffect => {
  const out: Effect[] = []
  const line = readLine(table, command)
  if ('error' in line) {
    step(table, state, command, out)
    return { effect: out[0]!, ledger: undefined }
  }
  const { op, id, units } = line
  const isRequest = op === 'consume' || op === 'reserve' || op === 'status'
  const isRepeat = op !== 'status' && id !== undefined && state.ids.has(id)
  const before = isRequest && !isRepeat ? reasons(table, state, line) : undefined
  step(table, state, command, out)
  const effect = out[0]!
  if (before !== undefined) return { effect, ledger: before }
  if (op === 'commit' || op === 'release') return { effect, ledger: told(op, CLOSING[op], effect, units) }
  return { effect, ledger: told('repeated', 'answered before, by its id', effect, units) }
}
