// How a quota stands: what a period gives, what came over into it, what is taken, and what may still be had.

import { type CivilDay, type Instant, PERIODS } from '@clientele/core'
import { type Balance, type Entry, RECENT_STRIDE, type State } from '../book.js'
import {
  dayAt,
  FIRST_DAY,
  LAST_DAY,
  numberOf,
  periodAfter,
  periodOf,
  type Rhythm,
  startOfDay,
} from '../civil.js'
import { NONE, PER_CONTRACT, type Table } from '../table.js'
import { type Carry, createCarry, endEmptyPeriods, endPeriod, openCarry } from './carry.js'
import { IMPLIED, KEEP, PRORATE } from './contracts.js'
import { eachRow } from './meters.js'

/** A channel row under a contract. */
export const rhythmOf = (table: Table, { contracts }: State, contract: number, row: number): Rhythm => {
  const implied = contract === NONE || contracts.change.data[contract] === IMPLIED
  return {
    per: table.rows.per[row]!,
    anchored: implied ? 0 : table.rows.anchored[row]!,
    anchor: implied ? 0 : contracts.anchor.data[contract]!,
    weekStart: table.weekStart,
  }
}

/** The meter of a channel row under a contract; {@link NONE} for one that nobody made yet. */
export const meterOf = (table: Table, { contracts }: State, contract: number, row: number): number =>
  contract === NONE ? NONE : contracts.meters.data[contract]! + table.rows.meter[row]!

/** The row of a channel, by name, under a contract's package. */
export const rowOfEntry = (table: Table, { contracts }: State, contract: number, channel: string): number =>
  table.rowOf[contracts.pack.data[contract]! * table.channels.length + table.channelNumbers.get(channel)!]!

/** Whether a reservation counts at an instant: until its time is out. */
const counts = (entry: Entry, at: Instant, skip: Entry | undefined): boolean =>
  entry.lapsesAt > at && entry !== skip

/** Adds up what is taken in the periods that begin in [from, to). */
const takenIn = (
  { meters, open, balance }: State,
  meter: number,
  from: CivilDay,
  to: CivilDay,
  at: Instant,
  skip: Entry | undefined,
): void => {
  balance.used = 0
  balance.reserved = 0
  balance.billed = 0
  const newest = meters.day.data[meter]!
  if (newest >= from) {
    if (newest < to) {
      balance.used = meters.used.data[meter]!
      balance.billed = meters.billed.data[meter]!
    }
    const { past } = meters
    // usually none is left to look at
    for (let row = meters.older.data[meter]!; row !== NONE; row = past.older.data[row]!) {
      const day = past.day.data[row]!
      if (day < from) break
      if (day >= to) continue
      balance.used += past.used.data[row]!
      balance.billed += past.billed.data[row]!
    }
  }
  if (meters.open.data[meter] === 0) return
  for (const entry of open.get(meter) ?? []) {
    // the last to lapse come first
    if (entry.lapsesAt <= at) break
    if (entry.day < from || entry.day >= to || !counts(entry, at, skip)) continue
    balance.reserved += entry.used
    balance.billed += entry.billed
  }
}

/** Periods in which something is taken from a quota, ascending, and how much. */
type Taken = readonly { readonly day: CivilDay; units: number }[]

const takenOf = (
  { meters, open }: State,
  meter: number,
  rhythm: Rhythm,
  at: Instant,
  skip: Entry | undefined,
): Taken => {
  const rows: { day: CivilDay; units: number }[] = []
  eachRow(meters, meter, (day, used) => rows.push({ day: periodOf(rhythm, day), units: used }))
  for (const entry of open.get(meter) ?? []) {
    if (counts(entry, at, skip)) rows.push({ day: periodOf(rhythm, entry.day), units: entry.used })
  }
  rows.sort((a, b) => a.day - b.day)
  const merged: { day: CivilDay; units: number }[] = []
  for (const row of rows) {
    const last = merged.at(-1)
    if (last?.day === row.day) last.units += row.units
    else merged.push(row)
  }
  return merged
}

/** What a contract begins its first period with. */
interface Opening {
  readonly grant: number
  /** Taken under the contracts before. */
  readonly used: number
  readonly carried: number
  /** Units × days that the contracts before have earned in the period. */
  readonly earned: number
}

/** What the contract before leaves to its successor's first period [from, to), where it counts in the same one. */
const openingOf = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  from: CivilDay,
  to: CivilDay,
  at: Instant,
  skip: Entry | undefined,
): Opening => {
  const { contracts, balance } = state
  const quota = table.rows.quota[row]!
  const change = contracts.change.data[contract]!
  if (change !== KEEP && change !== PRORATE) return { grant: quota, used: 0, carried: 0, earned: 0 }
  const first = contracts.from.data[contract]!
  const before = contracts.before.data[contract]!
  let [used, carried, earned] = [0, 0, 0]
  const other =
    before === NONE
      ? NONE
      : table.rowOf[contracts.pack.data[before]! * table.channels.length + table.rows.channel[row]!]!
  if (other !== NONE && table.rows.quota[other] !== NONE && table.rows.per[other] !== PER_CONTRACT) {
    const rhythm = rhythmOf(table, state, before, other)
    const began = contracts.from.data[before]!
    if (periodOf(rhythm, first) === from && periodAfter(rhythm, from) === to) {
      const opening = began > from ? openingOf(table, state, before, other, from, to, at, skip) : undefined
      takenIn(state, meterOf(table, state, before, other), from, to, at, skip)
      used = balance.used + balance.reserved + (opening?.used ?? 0)
      carried = opening?.carried ?? carriedInto(table, state, before, other, from, at, skip)
      const daily = table.rows.quota[other]!
      const prorated = opening !== undefined && contracts.change.data[before] === PRORATE
      earned = prorated ? opening.earned + daily * (first - began) : daily * (first - from)
    }
  }
  const grant = change === PRORATE ? Math.floor((earned + quota * (to - first)) / (to - from)) : quota
  return { grant, used, carried, earned }
}

/** What a walk over the periods of a meter has found. */
interface Walk {
  readonly carry: Carry
  /** What the asked period gives, and what earlier contracts took in it. */
  grant: number
  inherited: number
  carried: number
  /** Units used in later periods for which there was no quota. */
  short: number
}

const firstPeriod = (
  state: State,
  contract: number,
  rhythm: Rhythm,
  taken: Taken,
  target: CivilDay,
): CivilDay =>
  contract === NONE || state.contracts.change.data[contract] === IMPLIED
    ? Math.min(taken[0]?.day ?? target, target)
    : periodOf(rhythm, state.contracts.from.data[contract]!)

/** Walks from the first period to the last in which something was taken, with `extra` units more in the asked one. */
const walk = (
  table: Table,
  rhythm: Rhythm,
  row: number,
  first: CivilDay,
  target: CivilDay,
  opening: Opening,
  taken: Taken,
  extra: number,
): Walk => {
  const { quota, carry: max, expires } = table.rows
  const carry = createCarry()
  openCarry(carry, max[row]!, expires[row]!, opening.carried)
  const found: Walk = { carry, grant: quota[row]!, inherited: 0, carried: 0, short: 0 }
  let period = first
  let i = 0
  // rows before the first period are those of another form of the contract
  while (i < taken.length && taken[i]!.day < first) i++
  for (;;) {
    const next = taken[i]?.day ?? LAST_DAY
    const isFirst = period === first
    const grant = isFirst ? opening.grant : quota[row]!
    const inherited = isFirst ? opening.used : 0
    if (period === target) {
      found.grant = grant
      found.inherited = inherited
      found.carried = carry.total
    }
    const units = (next === period ? taken[i++]!.units : 0) + inherited + (period === target ? extra : 0)
    if (period > target) found.short += Math.max(0, units - grant - carry.total)
    endPeriod(carry, grant, units)
    const goal = Math.min(taken[i]?.day ?? LAST_DAY, period < target ? target : LAST_DAY)
    if (goal >= LAST_DAY) return found
    const gap = numberOf(rhythm, goal) - numberOf(rhythm, period) - 1
    endEmptyPeriods(carry, quota[row]!, gap)
    period = goal
  }
}

/** Units that come over into a period under a contract. */
const carriedInto = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  target: CivilDay,
  at: Instant,
  skip: Entry | undefined,
): number => {
  if (table.rows.carry[row] === NONE) return 0
  const rhythm = rhythmOf(table, state, contract, row)
  const taken = takenOf(state, meterOf(table, state, contract, row), rhythm, at, skip)
  const first = firstPeriod(state, contract, rhythm, taken, target)
  if (first > target) return 0
  const opening = openingOf(table, state, contract, row, first, periodAfter(rhythm, first), at, skip)
  return walk(table, rhythm, row, first, target, opening, taken, 0).carried
}

/** Finds the period of an instant, as dates, by arithmetic. */
const findPeriod = (table: Table, state: State, contract: number, row: number, at: Instant): void => {
  const { contracts, balance } = state
  const rhythm = rhythmOf(table, state, contract, row)
  const zone = contract === NONE ? table.zone : state.zones[contracts.zone.data[contract]!]!
  balance.from = periodOf(rhythm, dayAt(zone, at))
  balance.to = periodAfter(rhythm, balance.from)
}

/** Sets the period of an instant, as dates, in the balance. */
const setPeriod = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  meter: number,
  at: Instant,
): void => {
  const { contracts, meters, balance } = state
  const { per, anchored } = table.rows
  if (per[row] === PER_CONTRACT) {
    balance.from = contract === NONE ? FIRST_DAY : contracts.from.data[contract]!
    balance.to = contract === NONE ? LAST_DAY : contracts.to.data[contract]! + 1
  } else if (contract === NONE) findPeriod(table, state, contract, row, at)
  else if (anchored[row] === 1 && contracts.change.data[contract] !== IMPLIED) {
    if (at >= meters.fromAt.data[meter]! && at < meters.toAt.data[meter]!) {
      balance.from = meters.day.data[meter]!
      // it is the newest, so nothing lies behind its first day
      balance.to = balance.from + 1
    } else findPeriod(table, state, contract, row, at)
  } else {
    const zone = contracts.zone.data[contract]!
    const recent = state.recent.data
    const slot = (zone * PERIODS.length + per[row]!) * RECENT_STRIDE
    if (!(at >= recent[slot]! && at < recent[slot + 1]!)) {
      // nearly all requests speak of now: the dates of the last one do for the next
      findPeriod(table, state, contract, row, at)
      recent[slot] = startOfDay(state.zones[zone]!, balance.from)
      recent[slot + 1] = startOfDay(state.zones[zone]!, balance.to)
      recent[slot + 2] = balance.from
      recent[slot + 3] = balance.to
    }
    balance.from = recent[slot + 2]!
    balance.to = recent[slot + 3]!
  }
}

const settle = (balance: Balance, billable: number): void => {
  const left = balance.grant + balance.carried - balance.used - balance.reserved
  balance.left = Math.max(0, Math.min(left, balance.spent))
  balance.billable = Math.max(0, billable - balance.billed)
}

/** Fills the balance from what came over into the newest period, where that is remembered and nothing is reserved. */
const isRemembered = (table: Table, state: State, contract: number, row: number, meter: number): boolean => {
  const { meters, balance } = state
  const { from } = balance
  const newest = meters.day.data[meter]!
  const carried = meters.carried.data[meter]!
  if (Number.isNaN(carried) || from < newest || meters.open.data[meter] !== 0) return false
  const used = meters.used.data[meter]!
  if (from === newest) {
    balance.carried = carried
    balance.used = used
    balance.billed = meters.billed.data[meter]!
    balance.reserved = 0
    return true
  }
  const { quota, carry, expires } = table.rows
  if (expires[row] !== 0) return false
  const rhythm = rhythmOf(table, state, contract, row)
  const gap = numberOf(rhythm, from) - numberOf(rhythm, newest) - 1
  const over = Math.min(carry[row]!, Math.max(0, carried + quota[row]! - used))
  balance.carried = gap === 0 ? over : Math.min(carry[row]!, over + gap * quota[row]!)
  balance.used = 0
  balance.billed = 0
  balance.reserved = 0
  return true
}

/** How the quota of a channel row stands in the period that begins on `from`, at an instant; the answer is in the balance. */
const balanceIn = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  meter: number,
  at: Instant,
  skip: Entry | undefined,
): void => {
  const { contracts, balance } = state
  const { quota, carry, overage, per } = table.rows
  balance.grant = quota[row]!
  balance.carried = 0
  balance.spent = Number.POSITIVE_INFINITY
  if (meter === NONE) {
    balance.used = 0
    balance.reserved = 0
    balance.billed = 0
    settle(balance, overage[row]!)
    return
  }
  const change = contracts.change.data[contract]!
  const plain = change !== KEEP && change !== PRORATE
  if (per[row] === PER_CONTRACT) {
    takenIn(state, meter, FIRST_DAY, LAST_DAY, at, skip)
    settle(balance, overage[row]!)
    return
  }
  if (plain && carry[row] === NONE) {
    takenIn(state, meter, balance.from, balance.to, at, skip)
    settle(balance, overage[row]!)
    return
  }
  if (plain && isRemembered(table, state, contract, row, meter)) {
    settle(balance, overage[row]!)
    return
  }
  const rhythm = rhythmOf(table, state, contract, row)
  const { from } = balance
  const to = periodAfter(rhythm, from)
  const taken = takenOf(state, meter, rhythm, at, skip)
  const first = firstPeriod(state, contract, rhythm, taken, from)
  const opening = openingOf(table, state, contract, row, first, periodAfter(rhythm, first), at, skip)
  const found = walk(table, rhythm, row, first, Math.max(first, from), opening, taken, 0)
  takenIn(state, meter, from, to, at, skip)
  balance.from = from
  balance.to = to
  balance.grant = found.grant
  balance.carried = found.carried
  balance.used += found.inherited
  const isLast = taken.length === 0 || taken[taken.length - 1]!.day <= from
  if (!isLast && carry[row] !== NONE) {
    // what came over from here may have been used since: find how much can go without another period falling short
    let [low, high] = [0, Math.max(0, balance.grant + balance.carried - balance.used - balance.reserved)]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const tried = walk(table, rhythm, row, first, from, opening, taken, middle)
      if (tried.short > found.short) high = middle - 1
      else low = middle
    }
    balance.spent = low
  }
  if (plain && state.meters.open.data[meter] === 0 && state.meters.day.data[meter] === from)
    state.meters.carried.data[meter] = found.carried
  settle(balance, overage[row]!)
}

/** How the quota of a channel row stands at an instant; the answer is in the balance of the state. */
export const balanceAt = (
  table: Table,
  state: State,
  contract: number,
  row: number,
  at: Instant,
  skip?: Entry,
): void => {
  const meter = meterOf(table, state, contract, row)
  setPeriod(table, state, contract, row, meter, at)
  state.balance.contract = contract
  state.balance.row = row
  state.balance.at = at
  balanceIn(table, state, contract, row, meter, at, skip)
}

/** The same, unless the balance says it already: nothing may have changed since it was asked last. */
export const sameBalance = (table: Table, state: State, contract: number, row: number, at: Instant): void => {
  const { balance } = state
  if (balance.contract !== contract || balance.row !== row || balance.at !== at)
    balanceAt(table, state, contract, row, at)
}

/** The same of the period that an entry is counted in; `skip` is left out. */
export const balanceBeside = (
  table: Table,
  state: State,
  row: number,
  { contract, meter, day }: Entry,
  at: Instant,
  skip: Entry | undefined,
): void => {
  const { balance } = state
  balance.row = NONE
  balance.from = day
  balance.to =
    table.rows.per[row] === PER_CONTRACT ? LAST_DAY : periodAfter(rhythmOf(table, state, contract, row), day)
  balanceIn(table, state, contract, row, meter, at, skip)
}
