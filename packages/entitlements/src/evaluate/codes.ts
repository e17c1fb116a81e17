// The answers by number.

import type { Outcome, Reason } from '../model.js'

/** They may. @category evaluate */
export const ALLOW = 0
/** They may, and it is billed. @category evaluate */
export const BILL = 1
/** Refused: not so many units are left in the period. @category evaluate */
export const QUOTA = 2
/** Refused: outside the hours of the channel. @category evaluate */
export const HOURS = 3
/** Refused: the last day in force has passed. @category evaluate */
export const EXPIRED = 4
/** Refused: the first day in force has not come. @category evaluate */
export const NOT_STARTED = 5
/** Refused: no contract has the channel. @category evaluate */
export const NOT_COVERED = 6

/** The outcome of each code. */
export const OUTCOMES: readonly Outcome[] = ['allow', 'bill', 'deny', 'deny', 'deny', 'deny', 'deny']
/** The reason of each code. */
export const REASONS: readonly (Reason | null)[] = [
  null,
  'quota',
  'quota',
  'hours',
  'expired',
  'not-started',
  'not-covered',
]
