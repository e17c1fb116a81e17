// Counters: for each channel with a quota of each contract one meter, with a row for each period in which something was
// taken. The newest row lies in the meter itself, older ones in a list behind it.

import { type CivilDay, Column, type Instant } from '@clientele/core'
import { NO_DAY } from '../civil.js'
import { NONE } from '../table.js'

/** Meters, a row each, and the older rows of all. */
export interface Meters {
  /** The first day of the newest period, `NO_DAY` while nothing was taken. */
  readonly day: Column<Int32Array>
  /** Units taken from the quota in that period. */
  readonly used: Column<Float64Array>
  /** Units beyond it. */
  readonly billed: Column<Float64Array>
  /** The newest of the older rows. */
  readonly older: Column<Int32Array>
  /** How many reservations are open. */
  readonly open: Column<Int32Array>
  /** The newest period as instants, end exclusive. */
  readonly fromAt: Column<Float64Array>
  readonly toAt: Column<Float64Array>
  /** What came over into the newest period; NaN while nobody has worked it out. */
  readonly carried: Column<Float64Array>
  readonly past: {
    readonly day: Column<Int32Array>
    readonly used: Column<Float64Array>
    readonly billed: Column<Float64Array>
    readonly older: Column<Int32Array>
    readonly free: number[]
  }
  /** Blocks of meters that contracts have given back, by length. */
  readonly free: Map<number, number[]>
}

/** No meters. */
export const createMeters = (): Meters => ({
  day: new Column(Int32Array),
  used: new Column(Float64Array),
  billed: new Column(Float64Array),
  older: new Column(Int32Array),
  open: new Column(Int32Array),
  fromAt: new Column(Float64Array),
  toAt: new Column(Float64Array),
  carried: new Column(Float64Array),
  past: {
    day: new Column(Int32Array),
    used: new Column(Float64Array),
    billed: new Column(Float64Array),
    older: new Column(Int32Array),
    free: [],
  },
  free: new Map(),
})

const blank = (meters: Meters, meter: number): void => {
  meters.day.data[meter] = NO_DAY
  meters.used.data[meter] = 0
  meters.billed.data[meter] = 0
  meters.older.data[meter] = NONE
  meters.open.data[meter] = 0
  meters.fromAt.data[meter] = 0
  meters.toAt.data[meter] = 0
  meters.carried.data[meter] = Number.NaN
}

/** A block of blank meters; answers the first. */
export const newMeters = (meters: Meters, count: number): number => {
  const free = meters.free.get(count)?.pop()
  const first = free ?? meters.day.length
  if (free === undefined) {
    for (const name of ['day', 'used', 'billed', 'older', 'open', 'fromAt', 'toAt', 'carried'] as const)
      meters[name].resize(first + count)
  }
  for (let meter = first; meter < first + count; meter++) blank(meters, meter)
  return first
}

/** Forgets what a meter counted. */
export const clearMeter = (meters: Meters, meter: number): void => {
  const { past } = meters
  for (let row = meters.older.data[meter]!; row !== NONE; ) {
    const next = past.older.data[row]!
    past.day.data[row] = 0
    past.used.data[row] = 0
    past.billed.data[row] = 0
    past.older.data[row] = NONE
    past.free.push(row)
    row = next
  }
  blank(meters, meter)
}

/** Gives a block of meters back. */
export const freeMeters = (meters: Meters, first: number, count: number): void => {
  for (let meter = first; meter < first + count; meter++) clearMeter(meters, meter)
  const known = meters.free.get(count)
  if (known === undefined) meters.free.set(count, [first])
  else known.push(first)
}

const pushPast = ({ past }: Meters, day: CivilDay, used: number, billed: number, older: number): number => {
  const row = past.free.pop() ?? past.day.push(0)
  if (row >= past.used.length) {
    past.used.push(0)
    past.billed.push(0)
    past.older.push(0)
  }
  past.day.data[row] = day
  past.used.data[row] = used
  past.billed.data[row] = billed
  past.older.data[row] = older
  return row
}

/** Adds to the row of the period that begins on `day`; makes one where there is none. */
export const addUnits = (
  meters: Meters,
  meter: number,
  day: CivilDay,
  used: number,
  billed: number,
): void => {
  const newest = meters.day.data[meter]!
  if (day > newest) {
    if (newest !== NO_DAY) {
      const [was, were] = [meters.used.data[meter]!, meters.billed.data[meter]!]
      meters.older.data[meter] = pushPast(meters, newest, was, were, meters.older.data[meter]!)
    }
    meters.day.data[meter] = day
    meters.used.data[meter] = used
    meters.billed.data[meter] = billed
    // the instants are those of another period now
    meters.fromAt.data[meter] = 0
    meters.toAt.data[meter] = 0
    meters.carried.data[meter] = Number.NaN
    return
  }
  if (day === newest) {
    meters.used.data[meter]! += used
    meters.billed.data[meter]! += billed
    return
  }
  // what came over from here may be another now
  meters.carried.data[meter] = Number.NaN
  const { past } = meters
  let [before, row] = [NONE, meters.older.data[meter]!]
  while (row !== NONE && past.day.data[row]! > day) [before, row] = [row, past.older.data[row]!]
  if (row !== NONE && past.day.data[row] === day) {
    past.used.data[row]! += used
    past.billed.data[row]! += billed
    return
  }
  const made = pushPast(meters, day, used, billed, row)
  if (before === NONE) meters.older.data[meter] = made
  else past.older.data[before] = made
}

/** Remembers the newest period as instants, so that the next request in it needs no dates. */
export const rememberPeriod = (meters: Meters, meter: number, from: Instant, to: Instant): void => {
  meters.fromAt.data[meter] = from
  meters.toAt.data[meter] = to
}

/** Goes through the rows of a meter, newest first. */
export const eachRow = (
  { day, used, billed, older, past }: Meters,
  meter: number,
  visit: (day: CivilDay, used: number, billed: number) => void,
): void => {
  if (day.data[meter] === NO_DAY) return
  visit(day.data[meter]!, used.data[meter]!, billed.data[meter]!)
  for (let row = older.data[meter]!; row !== NONE; row = past.older.data[row]!)
    visit(past.day.data[row]!, past.used.data[row]!, past.billed.data[row]!)
}
