// What is taken from a quota: rows of a meter, and reservations whose time is not out.

import type { CivilDay, Instant } from '@clientele/core'
import type { Entry, State } from '../book.js'
import { periodOf, type Rhythm } from '../civil.js'
import { NONE } from '../table.js'
import { eachRow } from './meters.js'

/** Whether a reservation counts at an instant: until its time is out. */
const counts = (entry: Entry, at: Instant, skip: Entry | undefined): boolean =>
  entry.lapsesAt > at && entry !== skip

/** Whether any reservation of a meter counts at an instant. */
export const isAnyOpen = ({ meters, open }: State, meter: number, at: Instant): boolean =>
  // the last to lapse comes first
  meters.open.data[meter] !== 0 && open.get(meter)![0]!.lapsesAt > at

/** Adds up what is taken in the periods that begin in [from, to). */
export const takenIn = (
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
export type Taken = readonly { readonly day: CivilDay; units: number }[]

export const takenOf = (
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
