// The ledger: why an answer is what it is. One type, one renderer and one law in all engines:
// folding the amounts of the entries gives the total, and the total is the verdict.

import { formatDuration, formatInstant, type Instant } from './time.js'

/** What amounts are counted in. @category explain */
export type LedgerUnit = 'ms' | 'points' | 'bits' | 'touches' | 'units' | 'truth'
/** How amounts become the total. `all` is three-valued: 1 true, 0 false, NaN unknown. @category explain */
export type LedgerFold = 'sum' | 'min' | 'all'

/**
 * One reason.
 *
 * @category explain
 */
export interface LedgerEntry {
  /** A stable code, e.g. `open`, `holiday`, `paused`. */
  readonly code: string
  /** Words for a person. */
  readonly label: string
  /** What it adds to the total, in the ledger's unit. */
  readonly amount: number
  /** The stretch of time it speaks of, epoch milliseconds, half-open. */
  readonly at?: readonly [Instant, Instant]
  /** The path in the definition that made it so. */
  readonly ref?: string
  /** Further facts. */
  readonly facts?: { readonly [name: string]: unknown }
}

/**
 * The reasons of one verdict.
 *
 * @category explain
 */
export interface Ledger {
  /** What amounts are counted in. */
  readonly unit: LedgerUnit
  /** How they become the total. */
  readonly fold: LedgerFold
  /** Their fold: the verdict as a number. */
  readonly total: number
  /** The reasons, in the order they are told. */
  readonly entries: readonly LedgerEntry[]
}

/** A verdict with its ledger. @category explain */
export interface Explained<V> {
  /** What the first door answers too. */
  readonly verdict: V
  /** Why. */
  readonly ledger: Ledger
}

/**
 * Folds amounts to a total: their sum, their minimum (+∞ for none), or their three-valued conjunction, in which 0 is
 * false, 1 true and NaN unknown; false beats unknown (Kleene, 1938).
 *
 * @example
 * import { foldAmounts } from '@clientele/core'
 * foldAmounts('sum', [1, 2, 3]) // => 6
 * foldAmounts('all', [1, Number.NaN, 0]) // => 0
 *
 * @category explain
 */
export const foldAmounts = (fold: LedgerFold, amounts: Iterable<number>): number => {
  let total = fold === 'sum' ? 0 : fold === 'min' ? Number.POSITIVE_INFINITY : 1
  for (const amount of amounts) {
    if (fold === 'sum') total += amount
    else if (fold === 'min') total = Math.min(total, amount)
    else total = total === 0 || amount === 0 ? 0 : total + amount === 2 ? 1 : Number.NaN
  }
  return total
}

/**
 * Makes a ledger of its entries; the total is their fold.
 *
 * @example
 * import { ledgerOf } from '@clientele/core'
 * ledgerOf('ms', 'sum', [{ code: 'open', label: 'open', amount: 60000 }]).total // => 60000
 *
 * @category explain
 */
export const ledgerOf = (unit: LedgerUnit, fold: LedgerFold, entries: readonly LedgerEntry[]): Ledger => ({
  unit,
  fold,
  total: foldAmounts(
    fold,
    entries.map((entry) => entry.amount),
  ),
  entries,
})

const renderAmount = (unit: LedgerUnit, amount: number): string => {
  if (unit === 'truth') return amount === 1 ? 'true' : amount === 0 ? 'false' : 'unknown'
  if (unit === 'ms') return formatDuration(amount)
  return `${amount} ${unit}`
}

/**
 * A ledger as text for people: one line an entry, then the total.
 *
 * @example
 * import { ledgerOf, renderLedger } from '@clientele/core'
 * renderLedger(ledgerOf('ms', 'sum', [{ code: 'open', label: 'Monday', amount: 60000 }]))
 * // => 'PT1M  Monday\nPT1M  total'
 *
 * @category explain
 */
export const renderLedger = ({ unit, total, entries }: Ledger): string => {
  const rows = entries.map(({ amount, label, at }) => {
    const when = at === undefined ? '' : `  ${formatInstant(at[0])} – ${formatInstant(at[1])}`
    return [renderAmount(unit, amount), `${label}${when}`] as const
  })
  const all = [...rows, [renderAmount(unit, total), 'total'] as const]
  const width = Math.max(...all.map(([amount]) => amount.length))
  return all.map(([amount, text]) => `${amount.padStart(width)}  ${text}`).join('\n')
}
