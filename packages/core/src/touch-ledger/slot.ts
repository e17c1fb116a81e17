// The two kinds of slot in memory: a ring of settled places, a counter per period. Beside what is settled each knows how
// much open reservations hold, and before what it has forgotten.

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

  hold(_period: number, places: number): void {
    this.held += places
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

interface Units {
  settled: number
  held: number
}

/** Units by period. */
export class Counter {
  readonly #periods = new Map<number, Units>()
  #forgotten = Number.NEGATIVE_INFINITY

  /** Units of a period, those of open reservations included. */
  used(period: number): number {
    const units = this.#periods.get(period)
    return units === undefined ? 0 : units.settled + units.held
  }

  hold(period: number, units: number): void {
    this.#add(period, 0, units)
  }

  /** Counts units, unless their period is forgotten. */
  settle(_second: number, period: number, units: number): void {
    if (period >= this.#forgotten) this.#add(period, units, 0)
  }

  /** Takes back units that were counted, unless they went when the period was forgotten. */
  unsettle(_second: number, period: number, units: number): void {
    if (period >= this.#forgotten) this.#add(period, -units, 0)
  }

  forget(before: number): void {
    if (before <= this.#forgotten) return
    this.#forgotten = before
    for (const [period, { settled }] of this.#periods) if (period < before) this.#add(period, -settled, 0)
  }

  #add(period: number, settled: number, held: number): void {
    const units = this.#periods.get(period) ?? { settled: 0, held: 0 }
    units.settled += settled
    units.held += held
    if (units.settled === 0 && units.held === 0) this.#periods.delete(period)
    else this.#periods.set(period, units)
  }
}

/** A slot of either kind. */
export type Slot = Ring | Counter
