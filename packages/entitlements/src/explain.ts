// The verdict with its ledger: how many of the units asked for each limit lets through. The least of them is the total, and
// a request passes when the total is what it asked for.

import {
  type Explained,
  formatDate,
  type Instant,
  type Ledger,
  type LedgerEntry,
  ledgerOf,
} from '@clientele/core'
import { balanceAt } from './book/quota.js'
import type { Question, State } from './book.js'
import { HOURS } from './evaluate/codes.js'
import { isOpenAt } from './evaluate/judge.js'
import { readLine } from './line/index.js'
import type { Request, Verdict } from './model.js'
import { periodSpan } from './period-span.js'
import { questionOf } from './question.js'
import { NONE, PER_CONTRACT, PERS, type Table } from './table.js'
import { type Decision, decide } from './verdict.js'

const ABSENT = {
  'not-covered': 'no contract in force covers it',
  'not-started': 'no contract has begun',
  expired: 'the last contract has ended',
} as const

const span = (from: Instant, to: Instant): { readonly at?: readonly [Instant, Instant] } =>
  Number.isFinite(from) && Number.isFinite(to) && to < 8.64e15 ? { at: [from, to] } : {}

const covered = (
  table: Table,
  state: State,
  { contract, row, verdict }: Decision,
  units: number,
): LedgerEntry => {
  const { contracts } = state
  const pack = table.packages[table.rows.pack[row]!]!
  const entry = {
    code: 'covered',
    label: `${pack.label} covers ${table.rows.label[row]!}`,
    amount: units,
    ref: table.rows.path[row]!,
  }
  if (contract === NONE) return { ...entry, facts: { package: verdict.package } }
  const [startAt, endAt] = [contracts.startAt.data[contract]!, contracts.endAt.data[contract]!]
  const from = Number.isFinite(startAt) ? { from: formatDate(contracts.from.data[contract]!) } : {}
  return { ...entry, ...span(startAt, endAt), facts: { package: verdict.package, ...from } }
}

const hoursEntry = (table: Table, row: number, at: Instant, units: number): LedgerEntry[] => {
  const place = table.rows.hours[row]!
  if (place === NONE) return []
  const hours = table.hours[place]!
  const open = isOpenAt(hours, at)
  const label = open ? `open by "${hours.name}"` : `closed by "${hours.name}"`
  return [{ code: 'hours', label, amount: open ? units : 0, ref: `${table.rows.path[row]!}.hours` }]
}

const quotaEntries = (
  table: Table,
  state: State,
  { contract, row }: Decision,
  at: Instant,
  units: number,
): LedgerEntry[] => {
  const { quota, per, path, overage } = table.rows
  if (quota[row] === NONE) return [{ code: 'unlimited', label: 'no quota', amount: units }]
  balanceAt(table, state, contract, row, at)
  const { grant, carried, used, reserved, billed, left, billable, spent } = state.balance
  const { fromAt, toAt } = periodSpan(table, state, contract, row, at)
  const every = per[row] === PER_CONTRACT ? 'for the whole contract' : `a ${PERS[per[row]!]!}`
  const came = carried > 0 ? `, ${carried} carried over` : ''
  const facts = { quota: grant, carried, used, reserved, billed }
  const own = grant + carried - used - reserved
  const entries: LedgerEntry[] = []
  const entry = { ref: `${path[row]!}.quota`, facts, ...span(fromAt, toAt) }
  if (overage[row]! > 0) {
    const most = left + billable
    const amount = Number.isFinite(most) ? most : Math.max(left, units)
    const label = `${grant} ${every}${came}, ${left} left, beyond it billed`
    return [{ ...entry, code: 'overage', label, amount }]
  }
  entries.push({ ...entry, code: 'quota', label: `${grant} ${every}${came}`, amount: Math.max(0, own) })
  if (spent < own) {
    const label = 'the rest was carried over and is used in later periods'
    entries.push({ code: 'used-later', label, amount: left, ref: `${path[row]!}.carryOver` })
  }
  return entries
}

/** The ledger of a decision. */
export const ledgerFor = (
  table: Table,
  state: State,
  decision: Decision,
  question: Question,
  at: Instant,
): Ledger => {
  const { row, verdict, code } = decision
  const { units } = question
  if (row === NONE) {
    const reason = verdict.reason ?? 'not-covered'
    const label = reason === 'hours' || reason === 'quota' ? ABSENT['not-covered'] : ABSENT[reason]
    return ledgerOf('units', 'min', [{ code: reason, label, amount: 0 }])
  }
  const hours = hoursEntry(table, row, at, units)
  const isClosed = code === HOURS
  return ledgerOf('units', 'min', [
    covered(table, state, decision, units),
    ...hours,
    ...(isClosed && table.rows.quota[row] === NONE ? [] : quotaEntries(table, state, decision, at, units)),
  ])
}

/**
 * What a request would be answered, with the ledger: how many of its units each limit lets through. Their minimum is the
 * total; the request passes when the total is no less than its units. Nothing is taken. A `TypeError` for a request that
 * cannot be read. Cost: some microseconds.
 *
 * @example
 * import { compileOrThrow, createState, explain, step } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { standard: { channels: { visit: { quota: 2, per: 'month' } } } } })
 * const state = createState(table)
 * step(table, state, { op: 'contract', customer: 'c1', package: 'standard', from: '2026-01-01' }, [])
 * const request = { customer: 'c1', channel: 'visit', at: '2026-03-02T09:00:00Z', units: 3 }
 * const { verdict, ledger } = explain(table, state, request)
 * verdict.reason // => 'quota'
 * ledger.entries.map(({ code, amount }) => `${code} ${amount}`) // => ['covered 3', 'quota 2']
 *
 * @category explain
 */
export const explain = (table: Table, state: State, request: Request): Explained<Verdict> => {
  const line = readLine(table, { ...request, op: 'status' })
  if ('error' in line) throw new TypeError(`${line.error.path || 'the request'}: ${line.error.message}`)
  const question = questionOf(table, state, line)
  const decision = decide(table, state, question, line.at, 'nothing')
  return { verdict: decision.verdict, ledger: ledgerFor(table, state, decision, question, line.at) }
}
