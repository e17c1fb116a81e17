// Which numbers an operation may hold. Asked by every adapter before it does anything.

import { type Instant, SECOND } from '../time.js'
import type { TouchDemand, TouchOperation } from '../touch-ledger.js'

/** Seconds are kept in 32 bits: to 2106. */
const SECONDS = 2 ** 32
const MOST_PLACES = 2 ** 16 - 1
const MOST_UNITS = 2 ** 32 - 1

const refuse = (what: string, given: unknown, expected: string): never => {
  throw new RangeError(`${what} is ${String(given)}, expected ${expected}`)
}

const checkInstant = (what: string, at: Instant): void => {
  if (!(at >= 0 && at < SECONDS * SECOND)) refuse(what, at, 'epoch milliseconds between 1970 and 2106')
}

const checkAmount = (what: string, amount: number, most: number): void => {
  if (!(Number.isInteger(amount) && amount >= 0 && amount <= most))
    refuse(what, amount, `a whole number from 0 to ${most}`)
}

const checkNumber = (what: string, value: number): void => {
  if (Number.isNaN(value)) refuse(what, value, 'a number')
}

const checkPeriod = (what: string, period: number): void => {
  if (!Number.isSafeInteger(period)) refuse(what, period, 'a whole number')
}

const checkDemand = (demand: TouchDemand): void => {
  checkAmount('asks', demand.asks, MOST_UNITS)
  if (!(demand.limit >= 0)) refuse('limit', demand.limit, '0 or more')
  checkNumber('keep', demand.keep)
  if (demand.kind === 'recent') {
    checkAmount('takes', demand.takes, MOST_PLACES)
    checkNumber('since', demand.since)
    checkNumber('through', demand.through)
    checkNumber('heldSince', demand.heldSince)
    return
  }
  checkAmount('takes', demand.takes, MOST_UNITS)
  checkPeriod('period', demand.period)
  for (const { period, units } of demand.earlier) {
    checkPeriod('earlier period', period)
    checkNumber('earlier units', units)
  }
}

/**
 * A `RangeError` when a number of an operation is out of range. Adapters ask before they do anything.
 *
 * @example
 * import { checkTouchOperations } from '@clientele/core'
 * checkTouchOperations([{ kind: 'commit', key: 'ann', id: 'm1', at: 0 }]) // => undefined
 *
 * @category ports
 */
export const checkTouchOperations = (operations: readonly TouchOperation[]): void => {
  for (const operation of operations) {
    if (operation.kind === 'erase') continue
    checkInstant('at', operation.at)
    if (operation.kind === 'commit' || operation.kind === 'release') continue
    for (const demand of operation.demands) checkDemand(demand)
    if (operation.kind === 'check') continue
    if (operation.touch !== undefined) checkNumber('keep', operation.touch.keep)
    if (operation.kind !== 'reserve') continue
    const { at, until } = operation
    checkInstant('until', until)
    if (Math.floor(until / SECOND) <= Math.floor(at / SECOND))
      refuse('until', until, `a second after ${at} or later`)
  }
}
