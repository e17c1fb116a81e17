// The ledger of a contact verdict as it is printed: for programs with its instants in ISO 8601, for people in words.

import { formatInstant, type Instant, type Ledger, type LedgerEntry } from '@clientele/core'

/** Facts of an entry that are instants. */
const INSTANTS = new Set(['freesAt', 'freedBy'])

type Facts = { readonly [name: string]: unknown }

const factsOf = ({ facts = {} }: LedgerEntry, tell: (at: Instant) => string): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      INSTANTS.has(name) && typeof value === 'number' ? tell(value) : value,
    ]),
  )

const withEntries = (ledger: Ledger, change: (entry: LedgerEntry) => LedgerEntry): Ledger => ({
  ...ledger,
  entries: ledger.entries.map(change),
})

/** The same ledger; facts that are instants as text. */
export const printedFacts = (ledger: Ledger): Ledger =>
  withEntries(ledger, (entry) =>
    entry.facts === undefined ? entry : { ...entry, facts: factsOf(entry, formatInstant) },
  )

const sentence = (entry: LedgerEntry, tell: (at: Instant) => string): string => {
  const { rule, limit, used, weight, basis, missing, freesAt } = factsOf(entry, tell)
  const parts = [
    ...(limit === undefined ? [] : [`${String(used)} of ${String(limit)} used`]),
    ...(weight === undefined ? [] : [`this one takes ${String(weight)}`]),
    ...(basis === undefined ? [] : [`told so far: ${String(basis)}`]),
    ...(missing === undefined ? [] : [`the recipient's ${String(missing)} is not known`]),
    ...(freesAt === undefined ? [] : [freesAt === null ? 'never frees' : `frees ${String(freesAt)}`]),
  ]
  return `${entry.label} (${String(rule)})${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`
}

/** The same ledger, its labels sentences that hold the facts; instants as `tell` puts them. */
export const inWords = (ledger: Ledger, tell: (at: Instant) => string = formatInstant): Ledger =>
  withEntries(ledger, (entry) => ({ ...entry, label: sentence(entry, tell) }))
