// The one function that changes state.

import { giveContract, holderOf, MOST_CONTRACTS } from '../book/change.js'
import { erase, forget } from '../book/erase.js'
import type { State } from '../book.js'
import { ALLOW, BILL } from '../evaluate/codes.js'
import { contentOf, type Line, readLine } from '../line/index.js'
import type { Command, Effect, Verdict } from '../model.js'
import { questionOf } from '../question.js'
import { sameDefinition } from '../state.js'
import { NONE, type Table } from '../table.js'
import { decide } from '../verdict.js'
import { close } from './close.js'
import { entryOf, fail, take } from './take.js'

const OK: Effect = { ok: true }

/** Makes what a line tells of accounts known. */
const learnAccount = (state: State, line: Line): void => {
  if (line.account === undefined) return
  const customer = holderOf(state, line.who.key)
  state.account.data[customer] = line.account === null ? NONE : holderOf(state, line.account)
}

const request = (table: Table, state: State, line: Line): Effect => {
  if (line.op === 'status')
    return decide(table, state, questionOf(table, state, line), line.at, 'nothing').verdict
  const isKept = line.id !== undefined || line.op === 'reserve'
  const content = isKept ? contentOf(line) : ''
  const known = line.id === undefined ? undefined : state.ids.get(line.id)
  if (known !== undefined) {
    if (known.content === content) return known.verdict
    return fail('id-reused', 'id', `the id "${line.id}" was given to another line`)
  }
  learnAccount(state, line)
  const question = questionOf(table, state, line)
  const decision = decide(table, state, question, line.at, 'units')
  const passes = decision.code === ALLOW || decision.code === BILL
  if (line.id === undefined && !passes) return decision.verdict
  question.customer = holderOf(state, line.who.key)
  const entry = entryOf(line, content, question.customer, decision.verdict)
  if (passes) {
    entry.status = line.op === 'reserve' ? 'open' : 'taken'
    if (line.op === 'reserve') entry.lapsesAt = line.at + line.ttl
    take(table, state, decision, question, line.at, entry)
  }
  if (line.id !== undefined) state.ids.set(line.id, entry)
  return decision.verdict
}

const give = (table: Table, state: State, line: Line): Effect => {
  const content = contentOf(line)
  const known = line.id === undefined ? undefined : state.ids.get(line.id)
  if (known !== undefined) {
    if (known.content === content) return OK
    return fail('id-reused', 'id', `the id "${line.id}" was given to another line`)
  }
  const holder = holderOf(state, line.who.key)
  if (giveContract(table, state, holder, line.contract!) === 'full')
    return fail('too-many-contracts', '', `the holder has ${MOST_CONTRACTS} contracts already`)
  learnAccount(state, line)
  if (line.id !== undefined) state.ids.set(line.id, entryOf(line, content, holder, NO_VERDICT))
  return OK
}

const NO_VERDICT: Verdict = {
  verdict: 'allow',
  remaining: null,
  reason: null,
  nextAllowedAt: null,
  billed: 0,
  package: null,
  sla: null,
}

const play = (table: Table, state: State, line: Line): Effect => {
  switch (line.op) {
    case 'contract':
      return give(table, state, line)
    case 'commit':
    case 'release':
      return close(table, state, line)
    case 'account':
      learnAccount(state, line)
      return OK
    case 'erase':
      erase(table, state, line.who.key)
      return OK
    case 'forget':
      forget(state, line.at)
      return OK
    default:
      return request(table, state, line)
  }
}

/**
 * Takes one command and appends what is answered to `out`: one effect for each command. A request that is refused takes
 * nothing; a line that cannot be read comes as an `error` and changes nothing; nothing is thrown, whatever the command.
 * Lines may come in any order: what is taken counts in the period of its own `at`. A `RangeError` when the state belongs to
 * another definition. Synchronous and deterministic. Cost: about a microsecond, more where a refusal has to say when next.
 *
 * @example
 * import { compileOrThrow, createState, type Effect, step } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { standard: { channels: { visit: { quota: 2, per: 'month' } } } } })
 * const state = createState(table)
 * const out: Effect[] = []
 * step(table, state, { op: 'contract', customer: 'c1', package: 'standard', from: '2026-01-01' }, out)
 * step(table, state, { op: 'consume', customer: 'c1', channel: 'visit', units: 2, at: '2026-03-02T09:00:00Z' }, out)
 * step(table, state, { op: 'consume', customer: 'c1', channel: 'visit', at: '2026-03-03T09:00:00Z' }, out)
 * out.map((effect) => ('verdict' in effect ? effect.verdict : 'ok')) // => ['ok', 'allow', 'deny']
 *
 * @category state
 */
export const step = (table: Table, state: State, command: Command, out: Effect[]): void => {
  sameDefinition(table, state)
  const line = readLine(table, command)
  out.push('error' in line ? line : play(table, state, line))
}
