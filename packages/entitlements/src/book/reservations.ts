// Open reservations: by meter, the last to lapse first; those of unlimited channels by customer.

import type { Entry, State } from '../book.js'
import { NONE, type Table } from '../table.js'

/** Where open reservations of a customer lie that no meter counts. */
const unmetered = (customer: number): number => -2 - customer

/** Puts an open reservation into its list, the last to lapse first. */
export const openEntry = ({ open, meters }: State, entry: Entry): void => {
  const key = entry.meter === NONE ? unmetered(entry.customer) : entry.meter
  const list = open.get(key)
  if (list === undefined) open.set(key, [entry])
  else {
    const place = list.findIndex(({ lapsesAt }) => lapsesAt <= entry.lapsesAt)
    list.splice(place < 0 ? list.length : place, 0, entry)
  }
  if (entry.meter !== NONE) meters.open.data[entry.meter]!++
}

/** Lists in which open reservations of a customer may lie. */
export function* openListsOf(
  table: Table,
  { open, contracts, first, account }: State,
  customer: number,
): Generator<readonly Entry[]> {
  yield open.get(unmetered(customer)) ?? []
  for (const holder of new Set([customer, account.data[customer]!])) {
    for (
      let each = holder === NONE ? NONE : first.data[holder]!;
      each !== NONE;
      each = contracts.next.data[each]!
    ) {
      const from = contracts.meters.data[each]!
      const count = table.packages[contracts.pack.data[each]!]!.meters
      for (let meter = from; meter < from + count; meter++) yield open.get(meter) ?? []
    }
  }
}

/** Takes an open reservation out of its list. */
export const withdraw = ({ open, meters }: State, entry: Entry): void => {
  const key = entry.meter === NONE ? unmetered(entry.customer) : entry.meter
  const list = open.get(key)
  const place = list?.indexOf(entry) ?? NONE
  if (list === undefined || place < 0) return
  list.splice(place, 1)
  if (entry.meter !== NONE) meters.open.data[entry.meter] = list.length
  if (list.length === 0) open.delete(key)
}
