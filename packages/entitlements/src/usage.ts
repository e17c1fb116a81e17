// How all quotas of a customer stand, for a screen or an invoice.

import { formatDate, type Instant } from '@clientele/core'
import { ANY_PACKAGE, anyVersion, IMPLIED, inForce, inForceBeside } from './book/contracts.js'
import { balanceAt } from './book/quota.js'
import type { State } from './book.js'
import { FIRST_DAY, LAST_DAY } from './civil.js'
import { isVouched, rowUnder } from './evaluate/ask.js'
import { periodSpan } from './period-span.js'
import { NONE, type Table } from './table.js'

/** How one channel of one contract in force stands. @category state */
export interface Usage {
  /** With its version. */
  readonly package: string
  readonly channel: string
  /** The present period, both days included; `null` where it has no first or last. */
  readonly from: string | null
  readonly to: string | null
  /** What the period gives; `null` without a limit, and then nothing is counted. */
  readonly quota: number | null
  readonly carried: number
  readonly used: number
  readonly reserved: number
  readonly billed: number
  readonly left: number | null
}

const dateOf = (day: number): string | null =>
  day <= FIRST_DAY || day >= LAST_DAY - 1 ? null : formatDate(day)

const usageOf = (table: Table, state: State, contract: number, at: Instant): Usage[] =>
  table.channels.flatMap((channel, number): Usage[] => {
    const row = rowUnder(table, state, contract, number)
    if (row === NONE) return []
    const name = table.packages[state.contracts.pack.data[contract]!]!.name
    if (table.rows.quota[row] === NONE) {
      const nothing = { carried: 0, used: 0, reserved: 0, billed: 0 }
      return [{ package: name, channel, from: null, to: null, quota: null, ...nothing, left: null }]
    }
    balanceAt(table, state, contract, row, at)
    const { grant, carried, used, reserved, billed, left } = state.balance
    const { from, to } = periodSpan(table, state, contract, row, at)
    return [
      {
        package: name,
        channel,
        from: dateOf(from),
        to: dateOf(to - 1),
        quota: grant,
        carried,
        used,
        reserved,
        billed,
        left,
      },
    ]
  })

/** What stands for packages that were only named, as long as nobody has made a contract of them. */
const vouchedContracts = (table: Table, state: State, customer: number): readonly number[] => {
  const { first, account, contracts } = state
  const found: number[] = []
  for (let each = first.data[customer]!; each !== NONE; each = contracts.next.data[each]!) {
    if (contracts.change.data[each] !== IMPLIED) continue
    const filter = anyVersion(table.packages[contracts.pack.data[each]!]!.family)
    const question = { customer, account: account.data[customer]!, filter, channel: NONE, units: 0 }
    if (isVouched(table, state, question)) found.push(each)
  }
  return found
}

/**
 * How every channel of a customer stands at an instant, under the contracts in force in the order they are asked: their
 * own, those beside it, those of their account; then what was taken of packages that were only named. `customer` is a
 * `handle`. Empty for one who has nothing.
 *
 * @example
 * import { compileOrThrow, createState, handle, step, usage } from '@clientele/entitlements'
 * const table = compileOrThrow({ packages: { standard: { channels: { visit: { quota: 2, per: 'month' } } } } })
 * const state = createState(table)
 * step(table, state, { op: 'contract', customer: 'c1', package: 'standard', from: '2026-01-01' }, [])
 * step(table, state, { op: 'consume', customer: 'c1', channel: 'visit', at: '2026-03-02T09:00:00Z' }, [])
 * const [visits] = usage(table, state, handle(state, 'c1'), Date.UTC(2026, 2, 20))
 * visits?.left // => 1
 * visits?.to // => '2026-03-31'
 *
 * @category state
 */
export const usage = (table: Table, state: State, customer: number, at: Instant): readonly Usage[] => {
  const { first, account, contracts } = state
  if (customer < 0 || customer >= first.length) return []
  const found: Usage[] = []
  for (const holder of new Set([customer, account.data[customer]!])) {
    const list = holder === NONE ? NONE : first.data[holder]!
    const base = inForce(table, contracts, list, ANY_PACKAGE, at)
    if (base !== NONE) found.push(...usageOf(table, state, base, at))
    let beside = inForceBeside(table, contracts, list, ANY_PACKAGE, at)
    while (beside !== NONE) {
      found.push(...usageOf(table, state, beside, at))
      beside = inForceBeside(table, contracts, contracts.next.data[beside]!, ANY_PACKAGE, at)
    }
  }
  for (const contract of vouchedContracts(table, state, customer)) {
    const taken = usageOf(table, state, contract, at)
    found.push(...taken.filter(({ used, reserved, billed }) => used + reserved + billed > 0))
  }
  return found
}
