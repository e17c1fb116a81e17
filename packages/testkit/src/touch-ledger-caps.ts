// What rings must do: windows, weights, history, late operations, and demands that are taken together or not at all.

import type { TouchLedger, TouchOperation } from '@clientele/core'
import { expectSame, type Law, law } from './contract.js'
import {
  answer,
  at,
  cap,
  check,
  expectStatuses,
  FOREVER,
  NEVER_FORGET,
  quota,
  record,
  reserve,
  take,
  takeAs,
  used,
} from './touch-ledger-words.js'

export const capLaws: readonly Law<TouchLedger>[] = [
  law('a batch of nothing is answered with nothing', async (ledger) => {
    expectSame(await ledger.apply([]), [], 'answers')
  }),
  law('a cap of c admits c, and what was refused takes nothing', async (ledger) => {
    const three = cap(0, { limit: 3 })
    const places = await ledger.apply(Array.from({ length: 6 }, () => take(0, three)))
    const frees = [{ at: at(0), places: 1 }]
    const admitted = [0, 1, 2].map((n) => ({
      status: 'admitted',
      demands: [{ used: n, over: 0, frees: [] }],
    }))
    const refused = { status: 'refused', demands: [{ used: 3, over: 1, frees }] }
    expectSame(places, [...admitted, refused, refused, refused], 'answers')
  }),
  law('a check answers as a take would and changes nothing', async (ledger) => {
    const looked = await answer(ledger, check(0, cap(0)))
    expectSame(await answer(ledger, check(0, cap(0))), looked, 'looking again')
    expectSame(await answer(ledger, take(0, cap(0))), looked, 'the take')
    const refused = await answer(ledger, check(1, cap(1)))
    expectSame(refused.status, 'refused', 'looking when it is taken')
    expectSame(await answer(ledger, take(1, cap(1))), refused, 'taking when it is taken')
  }),
  law('a window holds its first second and its last, and no other', async (ledger) => {
    await ledger.apply([record(100, cap(100, { takes: 5 }))])
    const within = (since: number, through: number) =>
      used(ledger, cap(0, { since: at(since), through: at(through) }))
    expectSame(await within(100, 100), 5, 'that second alone')
    expectSame(await within(99, 100), 5, 'ending with it')
    expectSame(await within(100, 101), 5, 'beginning with it')
    expectSame(await within(101, 200), 0, 'after it')
    expectSame(await within(0, 99), 0, 'before it')
    expectSame(await used(ledger, cap(0, { since: NEVER_FORGET })), 5, 'all time')
    expectSame(await within(101, 99), 0, 'the wrong way round')
  }),
  law('instants are floored to the second', async (ledger) => {
    await ledger.apply([{ ...take(0, cap(0)), at: at(10) + 999 } as TouchOperation])
    const within = (since: number, through: number) => used(ledger, cap(0, { since, through }))
    expectSame(await within(at(10) + 999, at(10)), 1, 'within its second')
    expectSame(await within(at(11), FOREVER), 0, 'the next second')
    expectSame(await within(0, at(10) - 1), 0, 'the second before')
    const refused = await answer(ledger, take(11, cap(11)))
    expectSame(
      refused,
      { status: 'refused', demands: [{ used: 1, over: 1, frees: [{ at: at(10), places: 1 }] }] },
      'what frees it',
    )
  }),
  law('a limit of 0 means never', async (ledger) => {
    const never = { status: 'refused', demands: [{ used: 0, over: 1, frees: [] }] }
    expectSame(await answer(ledger, take(0, cap(0, { limit: 0 }))), never, 'a cap')
    expectSame(await answer(ledger, take(0, quota({ limit: 0 }))), never, 'a quota')
  }),
  law('a weight takes so many places, and what frees them is told', async (ledger) => {
    const five = { limit: 5 }
    await expectStatuses(
      ledger,
      [take(1, cap(1, { ...five, asks: 2, takes: 2 })), 'admitted'],
      [take(2, cap(2, { ...five, asks: 3, takes: 3 })), 'admitted'],
    )
    expectSame(
      await answer(ledger, take(3, cap(3, { ...five, asks: 4, takes: 4 }))),
      {
        status: 'refused',
        demands: [
          {
            used: 5,
            over: 4,
            frees: [
              { at: at(1), places: 2 },
              { at: at(2), places: 2 },
            ],
          },
        ],
      },
      'four more',
    )
    // the first two have left the window
    await expectStatuses(
      ledger,
      [take(61, cap(61, { ...five, asks: 3, takes: 3 })), 'refused'],
      [take(61, cap(61, { ...five, asks: 2, takes: 2 })), 'admitted'],
    )
    const six = await answer(ledger, take(999, cap(999, { ...five, asks: 6, takes: 6 })))
    expectSame(six, { status: 'refused', demands: [{ used: 0, over: 1, frees: [] }] }, 'more than there are')
  }),
  law('a touch may ask where it does not count, and count where it does not ask', async (ledger) => {
    const asksOnly = cap(0, { takes: 0 })
    const countsOnly = cap(0, { asks: 0 })
    await expectStatuses(
      ledger,
      [take(0, asksOnly), 'admitted'],
      [take(0, asksOnly), 'admitted'],
      [take(0, countsOnly), 'admitted'],
      [take(0, countsOnly), 'admitted'],
      [take(0, asksOnly), 'refused'],
    )
    expectSame(await used(ledger, cap(0)), 2, 'places')
  }),
  law('several caps may share a slot, each asked of what was there before', async (ledger) => {
    const perMinute = (second: number) => cap(second, { limit: 2 })
    const perHour = (second: number) => cap(second, { limit: 3, takes: 0, since: at(second - 3599) })
    const both = (second: number) => take(second, perMinute(second), perHour(second))
    await expectStatuses(
      ledger,
      [both(0), 'admitted'],
      [both(1), 'admitted'],
      [both(2), 'refused'],
      [both(60), 'admitted'],
      [both(200), 'refused'],
      [both(3600), 'admitted'],
    )
  }),
  law('all demands or none', async (ledger) => {
    const [day, month] = [cap(0, { slot: 'day', limit: 5 }), cap(0, { slot: 'month', limit: 1 })]
    await expectStatuses(
      ledger,
      [take(0, day, month, quota()), 'admitted'],
      [take(0, day, month, quota()), 'refused'],
      [takeAs('t', 0, quota(), month, day), 'refused'],
      [reserve('r', 0, 9, day, quota(), month), 'refused'],
      [take(0, quota({ limit: 1 }), day), 'refused'],
    )
    expectSame(await used(ledger, day), 1, 'the day')
    expectSame(await used(ledger, month), 1, 'the month')
    expectSame(await used(ledger, quota()), 1, 'the quota')
  }),
  law('history counts without asking, over a cap too, and is placed by its time', async (ledger) => {
    const five = (second: number) => cap(second, { limit: 5, through: at(second) })
    await expectStatuses(
      ledger,
      [record(50, cap(50)), 'admitted'],
      [record(10, cap(10)), 'admitted'],
      [record(30, cap(30)), 'admitted'],
      [take(51, cap(51)), 'refused'],
    )
    expectSame(await used(ledger, five(40)), 2, 'as of 40')
    expectSame(await used(ledger, five(69)), 3, 'as of 69')
    expectSame(await used(ledger, five(70)), 2, 'as of 70')
    expectSame(
      await answer(ledger, check(69, cap(69, { limit: 2 }))),
      {
        status: 'refused',
        demands: [
          {
            used: 3,
            over: 2,
            frees: [
              { at: at(10), places: 1 },
              { at: at(30), places: 1 },
            ],
          },
        ],
      },
      'oldest first',
    )
  }),
  law('a late operation sees what was taken after it as far as `through`', async (ledger) => {
    await ledger.apply([take(100, cap(100))])
    const late = (through: number) => take(90, cap(90, { through }))
    await expectStatuses(
      ledger,
      [late(FOREVER), 'refused'],
      [late(at(100)), 'refused'],
      [late(at(99)), 'admitted'],
      [late(at(99)), 'refused'],
    )
  }),
  law('a slot forgets what lies before `keep`, for good', async (ledger) => {
    const all = cap(0, { since: NEVER_FORGET, asks: 0, limit: 9 })
    const keep = at(20)
    await ledger.apply([10, 20, 30].map((second) => take(second, all)))
    await ledger.apply([check(31, { ...all, keep }), take(31, { ...all, limit: 0, asks: 1, keep: at(30) })])
    expectSame(await used(ledger, all), 3, 'neither a check nor a refusal forgets')
    await ledger.apply([take(31, { ...all, keep, takes: 0 })])
    expectSame(await used(ledger, all), 2, 'what is kept')
    await ledger.apply([record(19, all), take(31, { ...all, keep: at(5) })])
    expectSame(await used(ledger, all), 3, 'what comes too late is forgotten at once')
    expectSame(await used(ledger, { ...all, slot: 'other' }), 0, 'another slot')
  }),
]
