// Ledgers of the calendar queries that ask for something else than a length of time: each still folds to its total.

import * as Calendar from '@clientele/calendar'
import { type Instant, type Ledger, type LedgerEntry, ledgerOf } from '@clientele/core'

/** Open or not, with the stretch that says so. */
export const explainOpen = (table: Calendar.Table, at: Instant): Ledger => {
  const [entry] = Calendar.explainElapsed(table, at, at + 1).ledger.entries
  const open = entry?.code === 'open'
  const because = entry ?? { code: 'closed', label: 'outside opening hours' }
  return ledgerOf('truth', 'all', [{ ...because, amount: open ? 1 : 0 }])
}

/** What lies between a question and its answer; open time is counted. */
export const explainBetween = (table: Calendar.Table, from: Instant, to: Instant): Ledger =>
  Calendar.explainElapsed(table, from, to).ledger

/** More business days than these are told as one entry. */
const TOLD_ONE_BY_ONE = 366

/** Each business day that was counted; the amounts sum to the number asked for. */
export const explainBusinessDays = (table: Calendar.Table, at: Instant, days: number): Ledger => {
  const step = Math.sign(days)
  const told = Math.min(Math.abs(days), TOLD_ONE_BY_ONE)
  const stops = Array.from({ length: told + 1 }, (_, i) => Calendar.addBusinessDays(table, at, i * step))
  const stretch = (a: Instant, b: Instant): readonly [Instant, Instant] => (a < b ? [a, b] : [b, a])
  const entries: LedgerEntry[] = stops.slice(1).map((to, i) => ({
    code: 'business-day',
    label: step > 0 ? 'the next business day' : 'the business day before',
    amount: step,
    at: stretch(stops[i]!, to),
  }))
  const rest = days - told * step
  if (rest !== 0) entries.push({ code: 'business-days', label: 'further business days', amount: rest })
  return ledgerOf('units', 'sum', entries)
}
