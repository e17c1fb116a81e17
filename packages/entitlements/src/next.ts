// When the same request would pass: the first instant, if nothing else happened. Whether a request passes changes only
// where a term begins or ends, a period begins, a reservation lapses, or hours open or close; the search goes from one such
// instant to the next.

import { nextOpen } from '@clientele/calendar'
import { type Instant, LAST_INSTANT } from '@clientele/core'
import { ADD, IMPLIED, isMeant, PRORATE } from './book/contracts.js'
import { meterOf } from './book/rhythm.js'
import type { Question, State } from './book.js'
import { impliedContract, isVouched, rowUnder, vouchedPackage } from './evaluate/ask.js'
import { ALLOW, BILL, HOURS } from './evaluate/codes.js'
import { judge } from './evaluate/judge.js'
import { periodSpan } from './period-span.js'
import { type Hours, NONE, type Table } from './table.js'

/** No such instant. */
const NEVER = Number.POSITIVE_INFINITY

const opens = ({ calendar, host }: Hours, at: Instant): Instant => {
  const found = calendar === undefined ? host!.nextOpen(at) : nextOpen(calendar, at)
  return Number.isNaN(found) ? NEVER : found
}

/** The next time-out after an instant of a reservation that the quota of a contract may depend on. */
const nextLapse = (table: Table, state: State, contract: number, row: number, at: Instant): Instant => {
  let soonest = NEVER
  let [each, its] = [contract, row]
  // contracts that keep counters depend on those before them
  while (each !== NONE && its !== NONE && table.rows.quota[its] !== NONE) {
    for (const entry of state.open.get(meterOf(table, state, each, its)) ?? []) {
      if (entry.lapsesAt > at && entry.lapsesAt < soonest) soonest = entry.lapsesAt
    }
    each = state.contracts.before.data[each]!
    its = each === NONE ? NONE : rowUnder(table, state, each, table.rows.channel[row]!)
  }
  return soonest
}

/** The first instant in [from, to) at which one contract lets a request pass. */
const nextUnder = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  units: number,
  from: Instant,
  to: Instant,
): Instant => {
  const { hours, quota, expires, carry, overage } = table.rows
  const open = hours[row]!
  const patience = expires[row]! + 2
  // more than any period ever has; a prorated one may have what an earlier package gave
  const prorated = contract !== NONE && state.contracts.change.data[contract] === PRORATE
  const most = quota[row]! + Math.max(0, carry[row]!) + overage[row]!
  if (quota[row] !== NONE && !prorated && units > most) return NEVER
  let best = -1
  let still = 0
  let at = from
  while (at < to && at < LAST_INSTANT) {
    const code = judge(table, state, contract, row, at, units)
    if (code === ALLOW || code === BILL) return at
    if (code === HOURS) {
      const next = opens(table.hours[open]!, at)
      if (!(next > at)) return NEVER
      at = next
      continue
    }
    if (quota[row] === NONE) return NEVER
    const { left, billable } = state.balance
    const lapse = nextLapse(table, state, contract, row, at)
    const span = periodSpan(table, state, contract, row, at)
    at = Math.min(span.toAt, lapse)
    // without anything ahead that could change it, a period as good as the one before says that none is better
    if (lapse === NEVER && !isAhead(state, contract, row, table, span.to)) {
      still = left + billable > best ? 0 : still + 1
      if (still > patience) return NEVER
      best = Math.max(best, left + billable)
    }
  }
  return NEVER
}

/** Whether something was taken in a period that has not come yet. */
const isAhead = (state: State, contract: number, row: number, table: Table, day: number): boolean => {
  if (contract === NONE) return false
  return state.meters.day.data[meterOf(table, state, contract, row)]! >= day
}

/** A stretch in which a contract takes the place of all others of its holder. */
interface Stretch {
  readonly contract: number
  readonly from: Instant
  readonly to: Instant
}

/** Time that contracts have taken, ascending and apart. */
type Covered = readonly (readonly [from: Instant, to: Instant])[]

/** The parts of a contract's term that are not covered. */
const uncovered = (covered: Covered, { contract, from, to }: Stretch): Stretch[] => {
  const found: Stretch[] = []
  let at = from
  for (const [start, end] of covered) {
    if (start > at && at < to) found.push({ contract, from: at, to: Math.min(start, to) })
    at = Math.max(at, end)
  }
  if (at < to) found.push({ contract, from: at, to })
  return found
}

const cover = (covered: Covered, from: Instant, to: Instant): Covered => {
  const touching = covered.filter(([start, end]) => start <= to && end >= from)
  const whole: readonly [Instant, Instant] = [
    Math.min(from, ...touching.map(([start]) => start)),
    Math.max(to, ...touching.map(([, end]) => end)),
  ]
  const apart = covered.filter(([start, end]) => start > to || end < from)
  return [...apart, whole].sort((a, b) => a[0] - b[0])
}

const stretchesOf = (table: Table, state: State, holder: number, filter: number): Stretch[] => {
  const { pack, change, startAt, endAt, next } = state.contracts
  const first = holder < 0 || holder >= state.first.length ? NONE : state.first.data[holder]!
  const found: Stretch[] = []
  let covered: Covered = []
  for (let contract = first; contract !== NONE; contract = next.data[contract]!) {
    if (change.data[contract] === IMPLIED || !isMeant(table, pack.data[contract]!, filter)) continue
    const whole = { contract, from: startAt.data[contract]!, to: endAt.data[contract]! }
    if (change.data[contract] === ADD) found.push(whole)
    else {
      // those that come first in the list have taken their parts of it
      found.push(...uncovered(covered, whole))
      covered = cover(covered, whole.from, whole.to)
    }
  }
  return found
}

/**
 * The first instant from `at` on at which a question is answered by yes; `null` when there is none before 2101. Cost:
 * proportional to the periods and openings it passes over.
 */
export const nextAllowed = (table: Table, state: State, question: Question, at: Instant): Instant | null => {
  const { customer, account, filter, channel, units } = question
  if (channel === NONE) return null
  let first = NEVER
  if (isVouched(table, state, question)) {
    const contract = impliedContract(table, state, customer, filter)
    const pack = contract === NONE ? vouchedPackage(table, filter) : state.contracts.pack.data[contract]!
    const row = table.rowOf[pack * table.channels.length + channel]!
    if (row !== NONE) first = nextUnder(table, state, contract, row, units, at, LAST_INSTANT)
    return first === NEVER ? null : first
  }
  for (const holder of account === customer ? [customer] : [customer, account]) {
    for (const { contract, from, to } of stretchesOf(table, state, holder, filter)) {
      const row = rowUnder(table, state, contract, channel)
      if (row === NONE) continue
      const found = nextUnder(table, state, contract, row, units, Math.max(at, from), Math.min(to, first))
      first = Math.min(first, found)
    }
  }
  return first === NEVER ? null : first
}
