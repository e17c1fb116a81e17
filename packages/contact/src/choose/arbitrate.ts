// Which way a choice goes: few candidates as bits, many in columns, the rest through the state itself.

import type { State } from '../book.js'
import { beam } from './beam.js'
import { takeByRank, takeByValue } from './bits.js'
import { columnsTrial } from './columns.js'
import type { Asked, Slate } from './model.js'
import { placedTrial } from './placed.js'
import { bitsOf, takeStock } from './rooms.js'
import { MOST_BITS } from './spot.js'
import { exactly, type Field, inTurn, nearly, type Trial } from './trial.js'

/** Up to so many candidates that pass by themselves the greatest value is always found. */
const EXACT = 16
/** Beyond, it is looked for in so many steps; then a good set must do. */
const STEPS = 20_000

/** Among many, about so many rooms are looked at to grow a set, and as many to make it better. */
const WORK = 2_000_000
/** Where each candidate must be placed to be tried: so often. */
const PLACED = 2_000

const MOST_RANK = 50

/** The candidates worth sending, and which of two equals is better. */
const fieldOf = ({ entries, ranked }: Slate, isOpen: (row: number) => boolean): Field => {
  const isWorth = (row: number): boolean => entries[row]!.value > 0 && isOpen(row)
  const rank = new Float64Array(entries.length)
  // powers of two, as far as their sums are exact
  for (const [i, row] of ranked.filter(isWorth).entries())
    rank[row] = i > MOST_RANK ? 0 : 2 ** (MOST_RANK - i)
  return {
    rows: [...entries.keys()].filter(isWorth),
    worth: Float64Array.from(entries, ({ value }) => value),
    rank,
  }
}

/**
 * Those of a set that pass, earliest first: all of them, unless one was taken out under which an exemption began for another.
 * A candidate depends on earlier ones alone, so what passes in time passes together.
 */
const inTime = (trial: Trial, rows: readonly number[]): readonly number[] =>
  inTurn(
    trial,
    [...rows].sort((a, b) => a - b),
  )

/** The way through the state, which is as before afterwards. */
export const chooseGenerally = (state: State, asked: Asked): readonly number[] => {
  const { slate } = asked
  const trial = placedTrial(state, asked)
  const field = fieldOf(slate, () => true)
  const few = field.rows.length <= EXACT
  const rows =
    slate.objective === 'priority'
      ? inTurn(trial, slate.ranked)
      : few
        ? exactly(trial, field)
        : inTime(trial, nearly(trial, field, [], PLACED))
  trial.leave()
  return rows
}

/** The way for many. */
export const chooseInColumns = (asked: Asked): readonly number[] => {
  const { slate, spot } = asked
  const trial = columnsTrial(asked)
  if (slate.objective === 'priority') return inTurn(trial, slate.ranked)
  const field = fieldOf(slate, (row) => spot.alive[row] === 1)
  const tries = WORK / (1 + spot.rooms.length)
  return field.rows.length <= EXACT
    ? exactly(trial, field)
    : nearly(trial, field, beam(asked, field, WORK), tries)
}

const worthSending = ({ entries }: Slate, alive: number): number => {
  let bits = 0
  for (let row = 0; row < entries.length; row++) if (entries[row]!.value > 0) bits |= alive & (1 << row)
  return bits
}

const isMany = (bits: number): boolean => {
  let left = bits
  for (let n = 0; n < EXACT; n++) left &= left - 1
  return left !== 0
}

/** The choice among few as bits; less than 0 when they are too many for a proof. */
const chooseAsBits = ({ slate, spot }: Asked): number => {
  const alive = bitsOf(spot)
  if (slate.objective === 'priority') return takeByRank(slate, spot, alive)
  const open = worthSending(slate, alive)
  return takeByValue(slate, spot, open, isMany(open) ? STEPS : Number.POSITIVE_INFINITY)
}

/** Writes 1 for what is chosen and 0 for the others into `out`, from `first` on, in the order of the offers. */
export const arbitrate = (state: State, asked: Asked, out: Uint8Array, first: number): void => {
  const { slate } = asked
  const { entries, length } = slate
  if (slate.additive) takeStock(state, asked)
  const bits = slate.additive && length <= MOST_BITS ? chooseAsBits(asked) : -1
  if (bits >= 0) {
    for (let row = 0; row < length; row++) out[first + entries[row]!.place] = (bits >>> row) & 1
    return
  }
  out.fill(0, first, first + length)
  for (const row of slate.additive ? chooseInColumns(asked) : chooseGenerally(state, asked))
    out[first + entries[row]!.place] = 1
}
