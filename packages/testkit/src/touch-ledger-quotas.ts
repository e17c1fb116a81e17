// What counters must do: units by period, carried over, forgotten.

import type { TouchLedger } from '@clientele/core'
import { expectSame, type Law, law } from './contract.js'
import {
  answer,
  cap,
  check,
  expectStatuses,
  FOREVER,
  quota,
  record,
  reserve,
  take,
  takeAs,
  used,
} from './touch-ledger-words.js'

export const quotaLaws: readonly Law<TouchLedger>[] = [
  law('a quota counts units by period, however great', async (ledger) => {
    const great = quota({ limit: 10_000 })
    await ledger.apply(Array.from({ length: 99 }, () => take(0, { ...great, takes: 101 })))
    expectSame(await used(ledger, great), 9999, 'used')
    await expectStatuses(
      ledger,
      [take(0, { ...great, asks: 2, takes: 2 }), 'refused'],
      [take(0, great), 'admitted'],
      [take(0, great), 'refused'],
      [take(0, { ...great, limit: FOREVER, asks: 4e9, takes: 4e9 }), 'admitted'],
      [take(0, { ...great, period: 8 }), 'admitted'],
      [record(0, { ...great, period: 6, takes: 3 }), 'admitted'],
    )
    expectSame(await used(ledger, great), 4e9 + 10_000, 'this period')
    expectSame(await used(ledger, quota({ period: 8 })), 1, 'the next')
    expectSame(await used(ledger, quota({ period: 6 })), 3, 'the one before')
    const refused = await answer(ledger, take(0, great))
    expectSame(
      refused,
      { status: 'refused', demands: [{ used: 4e9 + 10_000, over: 4e9 + 1, frees: [] }] },
      'what was used in a period is not freed in it',
    )
  }),
  law('periods before `keep` are forgotten, for good', async (ledger) => {
    await ledger.apply([5, 6, 7].map((period) => record(0, quota({ period }))))
    await ledger.apply([take(0, quota({ keep: 6 }))])
    const units = await Promise.all([5, 6, 7].map((period) => used(ledger, quota({ period }))))
    expectSame(units, [0, 1, 2], 'units')
    await ledger.apply([record(0, quota({ period: 5 }))])
    expectSame(await used(ledger, quota({ period: 5 })), 0, 'what comes too late')
  }),
  law('a limit worked out from earlier periods is stale once they change', async (ledger) => {
    await ledger.apply([record(0, quota({ period: 6, takes: 4 }))])
    const carried = (units: number) =>
      quota({
        earlier: [
          { period: 6, units },
          { period: 5, units: 0 },
        ],
      })
    const now = {
      status: 'stale',
      earlier: [
        { slot: 'visits', period: 6, units: 4 },
        { slot: 'visits', period: 5, units: 0 },
      ],
    }
    expectSame(await answer(ledger, takeAs('t', 0, cap(0), carried(3))), now, 'a take')
    expectSame(await answer(ledger, check(0, carried(5))), now, 'a check')
    await expectStatuses(
      ledger,
      [record(0, carried(3)), 'admitted'],
      [takeAs('t', 0, cap(0), carried(4)), 'admitted'],
    )
    expectSame(await used(ledger, quota()), 2, 'units')
    expectSame(await used(ledger, cap(0)), 1, 'places')
  }),
  law('reservations count in earlier periods too', async (ledger) => {
    await ledger.apply([reserve('r', 0, 9, quota({ period: 6 }))])
    const carried = (units: number) => quota({ earlier: [{ period: 6, units }] })
    await expectStatuses(
      ledger,
      [take(8, carried(0)), 'stale'],
      [take(8, carried(1)), 'admitted'],
      [take(9, carried(1)), 'stale'],
      [take(9, carried(0)), 'admitted'],
    )
  }),
]
