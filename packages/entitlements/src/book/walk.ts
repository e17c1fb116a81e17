// From period to period: what each gives, what comes over into it, and what a contract takes on from the one before.

import type { CivilDay, Instant } from '@clientele/core'
import type { Entry, State } from '../book.js'
import { LAST_DAY, numberOf, periodAfter, periodOf, type Rhythm } from '../civil.js'
import { NONE, PER_CONTRACT, type Table } from '../table.js'
import { type Carry, createCarry, endEmptyPeriods, endPeriod, openCarry } from './carry.js'
import { IMPLIED, KEEP, PRORATE } from './contracts.js'
import { meterOf, rhythmOf } from './rhythm.js'
import { type Taken, takenIn, takenOf } from './taken.js'

/** What a contract begins its first period with. */
export interface Opening {
  readonly grant: number
  /** Taken under the contracts before. */
  readonly used: number
  readonly carried: number
  /** Units × days that the contracts before have earned in the period. */
  readonly earned: number
}

/** What the contract before leaves to its successor's first period [from, to), where it counts in the same one. */
export const openingOf = (
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
export interface Walk {
  readonly carry: Carry
  /** What the asked period gives, and what earlier contracts took in it. */
  grant: number
  inherited: number
  carried: number
  /** Units used in later periods for which there was no quota. */
  short: number
}

export const firstPeriod = (
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
export const walk = (
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
