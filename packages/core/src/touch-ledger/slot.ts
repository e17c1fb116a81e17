// The two kinds of slot in memory: a ring of settled places, a counter per period. Beside what is settled each knows whether
// open reservations hold any of it, and before what it has forgotten.

import { upperBound } from '../column.js'

/** The seconds of settled places, ascending; a touch that takes three places stands there three times. */
export class Ring {
  /** Places of open reservations. */
  held = 0
  #seconds = new Uint32Array(2)
  #from = 0
  #to = 0
  #forgotten = Number.NEGATIVE_INFINITY

  /** The row of the first place that is not before a second. */
  rowAt(second: number): number {
    return upperBound(this.#seconds, second - 1, this.#from, this.#to)
  }

  /** The second of a place. */
  second(row: number): number {
    return this.#seconds[row]!
  }

  /** Puts places, unless their time is forgotten. */
  settle(second: number, _period: number, places: number): void {
    if (second < this.#forgotten || places === 0) return
    if (this.#to + places > this.#seconds.length) this.#makeRoom(places)
    const row = this.rowAt(second + 1)
    this.#seconds.copyWithin(row + places, row, this.#to)
    this.#seconds.fill(second, row, row + places)
    this.#to += places
  }

  /** Takes places away that were put at a second, unless they went when it was forgotten. */
  unsettle(second: number, _period: number, places: number): void {
    if (second < this.#forgotten) return
    const row = this.rowAt(second)
    this.#seconds.copyWithin(row, row + places, this.#to)
    this.#to -= places
  }

  forget(before: number): void {
    if (before <= this.#forgotten) return
    this.#forgotten = before
    this.#from = this.rowAt(before)
  }

  #makeRoom(places: number): void {
    const kept = this.#seconds.subarray(this.#from, this.#to)
    const needed = kept.length + places
    // half of it free when grown, so that moving down costs a constant a place
    const room = needed * 2 > this.#seconds.length ? new Uint32Array(needed * 2) : this.#seconds
    room.set(kept)
    this.#seconds = room
    this.#from = 0
    this.#to = kept.length
  }
}

/** Units by period. */
export class Counter {
  /** Units of open reservations, of all periods. */
  held = 0
  readonly #periods = new Map<number, number>()
  #forgotten = Number.NEGATIVE_INFINITY

  /** Settled units of a period. */
  settled(period: number): number {
    return this.#periods.get(period) ?? 0
  }

  /** Counts units, unless their period is forgotten. */
  settle(_second: number, period: number, units: number): void {
    if (period < this.#forgotten || units === 0) return
    this.#periods.set(period, this.settled(period) + units)
  }

  /** Takes back units that were counted, unless they went when the period was forgotten. */
  unsettle(_second: number, period: number, units: number): void {
    if (period < this.#forgotten) return
    const rest = this.settled(period) - units
    if (rest === 0) this.#periods.delete(period)
    else this.#periods.set(period, rest)
  }

  forget(before: number): void {
    if (before <= this.#forgotten) return
    this.#forgotten = before
    for (const period of this.#periods.keys()) if (period < before) this.#periods.delete(period)
  }
}

/** A slot of either kind. */
export type Slot = Ring | Counter
