// What becomes of named touches: reserved, committed, released, lapsed, repeated, forgotten.

import type { TouchLedger, TouchOperation } from '@clientele/core'
import { expectSame, type Law, law } from './contract.js'
import {
  answer,
  at,
  cap,
  check,
  commit,
  expectStatuses,
  FOREVER,
  KEY,
  NEVER_FORGET,
  quota,
  record,
  recordAs,
  release,
  reserve,
  take,
  takeAs,
  used,
} from './touch-ledger-words.js'

const admitted = { status: 'admitted', demands: [{ used: 0, over: 0, frees: [] }] }
const later = cap(9_999, { through: FOREVER })

export const touchLaws: readonly Law<TouchLedger>[] = [
  law('a reservation counts at once, and lapses at its time-out', async (ledger) => {
    await expectStatuses(
      ledger,
      [reserve('r', 0, 30, cap(0), quota({ limit: 1 })), 'admitted'],
      [take(0, cap(0)), 'refused'],
      [take(29, cap(29)), 'refused'],
      [take(29, quota({ limit: 1 })), 'refused'],
      [take(30, cap(30), quota({ limit: 1 })), 'admitted'],
      [commit('r', 30), 'gone'],
      [release('r', 30), 'gone'],
    )
    expectSame(await used(ledger, cap(30), 30), 1, 'places')
  }),
  law('a reservation counts from `heldSince` on: it may be sent in a later window', async (ledger) => {
    await expectStatuses(ledger, [reserve('r', 100, 300, cap(100)), 'admitted'])
    const from = (second: number) => used(ledger, cap(250, { heldSince: at(second) }), 250)
    expectSame(await used(ledger, cap(250), 250), 1, 'a window that begins after it')
    expectSame([await from(100), await from(101)], [1, 0], 'where it stands, and after it')
    const through = (second: number) => used(ledger, cap(50, { through: at(second) }), 50)
    expectSame([await through(99), await through(100)], [0, 1], 'a window that ends before it, and with it')
    await expectStatuses(ledger, [take(250, cap(250)), 'refused'], [commit('r', 251), 'committed'])
    expectSame(await used(ledger, cap(250, { through: at(250) }), 250), 0, 'before it was sent')
    expectSame(await used(ledger, cap(310), 310), 1, 'the last window it lies in')
    expectSame(await used(ledger, cap(311), 311), 0, 'the first that it does not')
  }),
  law('a lapse frees, and the answer tells when', async (ledger) => {
    await ledger.apply([
      record(10, cap(10, { takes: 2 })),
      reserve('late', 20, 50, cap(20, { limit: 9, takes: 2 })),
      reserve('soon', 21, 40, cap(21, { limit: 9, takes: 3 }), quota({ takes: 3, limit: 9 })),
    ])
    expectSame(
      await answer(ledger, take(22, cap(22, { limit: 7, asks: 4 }), quota({ limit: 9, asks: 8 }))),
      {
        status: 'refused',
        demands: [
          {
            used: 7,
            over: 4,
            frees: [
              { at: at(10), places: 2 },
              { at: at(21), until: at(40), places: 3 },
              { at: at(20), until: at(50), places: 2 },
            ],
          },
          { used: 3, over: 2, frees: [{ at: at(21), until: at(40), places: 2 }] },
        ],
      },
      'what frees it',
    )
  }),
  law('what lapses at one second is told by the instants it was made at', async (ledger) => {
    const many = (second: number) => cap(second, { limit: 9 })
    await ledger.apply([
      reserve('later', 20, 50, many(20)),
      reserve('earlier', 10, 50, many(10)),
      reserve('with it', 20, 50, many(20)),
    ])
    const until = at(50)
    expectSame(
      await answer(ledger, take(21, cap(21, { limit: 3, asks: 3 }))),
      {
        status: 'refused',
        demands: [
          {
            used: 3,
            over: 3,
            frees: [
              { at: at(10), until, places: 1 },
              { at: at(20), until, places: 2 },
            ],
          },
        ],
      },
      'what frees it',
    )
  }),
  law('a check sees a lapse and does not bring it about', async (ledger) => {
    await expectStatuses(
      ledger,
      [reserve('r', 0, 30, cap(0), quota({ limit: 1 })), 'admitted'],
      [check(30, cap(30), quota({ limit: 1 })), 'admitted'],
      [check(29, cap(29)), 'refused'],
      [commit('r', 29), 'committed'],
      [check(30, cap(30)), 'refused'],
    )
  }),
  law('once an operation has seen it lapsed, a reservation is gone for late ones too', async (ledger) => {
    await expectStatuses(
      ledger,
      [reserve('r', 0, 30, cap(0)), 'admitted'],
      [take(30, cap(30)), 'admitted'],
      [commit('r', 29), 'gone'],
      [release('r', 29), 'gone'],
      [reserve('r', 0, 30, cap(0)), 'gone'],
    )
    expectSame(await used(ledger, cap(30)), 1, 'places')
    await expectStatuses(
      ledger,
      [reserve('s', 31, 40, cap(31, { slot: 's' })), 'admitted'],
      [commit('unknown', 40), 'gone'],
      [commit('s', 39), 'gone'],
    )
  }),
  law(
    'a commit settles at its instant, or at that of the reservation where that is later',
    async (ledger) => {
      await ledger.apply([
        reserve('r', 10, 30, cap(10), quota()),
        reserve('s', 10, 30, cap(10, { slot: 's' })),
      ])
      const moved = { status: 'committed', at: at(25) }
      expectSame(await answer(ledger, commit('r', 25)), moved, 'a commit')
      expectSame(await answer(ledger, commit('r', 28)), moved, 'a repeat')
      expectSame(await answer(ledger, commit('r', 99)), moved, 'a repeat after the time-out')
      expectSame(await answer(ledger, commit('s', 5)), { status: 'gone' }, 'what has lapsed by then')
      expectSame(await used(ledger, cap(0, { since: at(24), through: at(25) })), 1, 'where it stands')
      expectSame(await used(ledger, cap(0, { since: at(10), through: at(24) })), 0, 'where it stood')
      expectSame(await used(ledger, quota()), 1, 'units')
      await ledger.apply([reserve('t', 110, 130, cap(110, { slot: 't' }))])
      expectSame(await answer(ledger, commit('t', 105)), { status: 'committed', at: at(110) }, 'not before')
      expectSame(await used(ledger, later), 0, 'the last hour')
    },
  ),
  law('what was taken or recorded stands as committed', async (ledger) => {
    await ledger.apply([takeAs('t', 10, cap(10)), recordAs('h', 11, cap(11))])
    expectSame(await answer(ledger, commit('t', 50)), { status: 'committed', at: at(10) }, 'a take')
    expectSame(await answer(ledger, commit('h', 50)), { status: 'committed', at: at(11) }, 'history')
  }),
  law('a release gives back the places of reservations, commits, takes and history', async (ledger) => {
    const both = [cap(0, { limit: 4 }), quota({ limit: 4 })] as const
    await expectStatuses(
      ledger,
      [reserve('open', 0, 99, ...both), 'admitted'],
      [reserve('sent', 0, 99, ...both), 'admitted'],
      [commit('sent', 9), 'committed'],
      [takeAs('taken', 0, ...both), 'admitted'],
      [recordAs('history', 0, ...both), 'admitted'],
      [take(10, cap(10, { limit: 4 })), 'refused'],
    )
    for (const [left, id] of [
      [3, 'open'],
      [2, 'sent'],
      [1, 'taken'],
      [0, 'history'],
    ] as const) {
      await expectStatuses(ledger, [release(id, 10), 'released'], [release(id, 11), 'released'])
      expectSame(await used(ledger, cap(10)), left, `places after ${id}`)
      expectSame(await used(ledger, quota()), left, `units after ${id}`)
      await expectStatuses(ledger, [commit(id, 12), 'gone'])
    }
    await expectStatuses(ledger, [release('unknown', 12), 'gone'])
  }),
  law('a release takes its own places and no other, also of one second', async (ledger) => {
    const many = cap(0, { limit: 99 })
    await ledger.apply([
      takeAs('a', 5, { ...many, takes: 2 }),
      take(5, many),
      takeAs('b', 5, { ...many, takes: 3 }),
      take(6, many),
      record(4, many),
    ])
    await expectStatuses(ledger, [release('a', 7), 'released'])
    expectSame(await used(ledger, { ...many, since: at(5), through: at(5) }), 4, 'that second')
    await expectStatuses(ledger, [release('b', 7), 'released'], [release('a', 7), 'released'])
    expectSame(await used(ledger, { ...many, since: at(5), through: at(5) }), 1, 'that second')
    expectSame(await used(ledger, many), 3, 'all')
  }),
  law('a release uncovers places that lay beyond the cap', async (ledger) => {
    const two = (second: number) => cap(second, { limit: 2 })
    await ledger.apply([1, 2, 3, 4, 5, 6].map((second) => recordAs(`h${second}`, second, two(second))))
    await ledger.apply([reserve('r', 7, 20, cap(7, { asks: 0 }))])
    // newest first: each uncovers an older one that still refuses
    for (const id of ['r', 'h6', 'h5', 'h4', 'h3']) {
      await expectStatuses(ledger, [take(8, two(8)), 'refused'], [release(id, 8), 'released'])
    }
    expectSame(
      await answer(ledger, take(8, two(8))),
      { status: 'refused', demands: [{ used: 2, over: 1, frees: [{ at: at(1), places: 1 }] }] },
      'the oldest two',
    )
    await expectStatuses(ledger, [release('h1', 8), 'released'], [take(8, two(8)), 'admitted'])
  }),
  law('the same touch gets the same answer', async (ledger) => {
    const first = takeAs('t', 0, cap(0))
    expectSame(await answer(ledger, first), admitted, 'a take')
    const refused = await answer(ledger, takeAs('no', 1, cap(1)))
    expectSame(refused.status, 'refused', 'another')
    expectSame(await answer(ledger, first), admitted, 'the take again')
    await ledger.apply([release('t', 2)])
    expectSame(await answer(ledger, takeAs('no', 1, cap(1))), refused, 'what was refused, with room')
    await expectStatuses(ledger, [commit('no', 3), 'gone'], [release('no', 3), 'gone'])
    const hold = reserve('r', 4, 60, cap(4))
    expectSame(await answer(ledger, hold), admitted, 'a reservation')
    expectSame(await answer(ledger, hold), admitted, 'the reservation again')
    await ledger.apply([commit('r', 5)])
    expectSame(await answer(ledger, hold), admitted, 'the reservation after its commit')
    expectSame(await used(ledger, cap(5)), 1, 'places')
    const history = recordAs('h', 6, cap(6))
    expectSame(await answer(ledger, history), await answer(ledger, history), 'history')
    expectSame(await used(ledger, cap(6)), 2, 'places')
  }),
  law('what no longer stands is not answered as if it did', async (ledger) => {
    await expectStatuses(
      ledger,
      [takeAs('t', 0, cap(0)), 'admitted'],
      [release('t', 0), 'released'],
      [takeAs('t', 0, cap(0)), 'gone'],
      [reserve('r', 0, 10, cap(0)), 'admitted'],
      [reserve('r', 0, 10, cap(0)), 'admitted'],
      [commit('unknown', 10), 'gone'],
      [reserve('r', 0, 10, cap(0)), 'gone'],
    )
    expectSame(await used(ledger, cap(10), 10), 0, 'places')
  }),
  law('an id stands for one touch of its key', async (ledger) => {
    const other = { id: 't', content: 'other', keep: NEVER_FORGET }
    const many = cap(0, { limit: 9 })
    await expectStatuses(
      ledger,
      [takeAs('t', 0, many), 'admitted'],
      [{ ...takeAs('t', 0, many), touch: other } as TouchOperation, 'id-reused'],
      [recordAs('t', 0, many), 'id-reused'],
      [reserve('t', 0, 9, many), 'id-reused'],
      [{ ...takeAs('t', 0, many), key: 'bob' } as TouchOperation, 'admitted'],
      [takeAs('no', 0, cap(0)), 'refused'],
      [{ ...takeAs('no', 0, cap(0)), touch: { ...other, id: 'no' } } as TouchOperation, 'id-reused'],
    )
    expectSame(await used(ledger, many), 1, 'places')
  }),
  law('a stale answer is no answer: the touch may come again with another limit', async (ledger) => {
    const stale = quota({ earlier: [{ period: 6, units: 1 }] })
    await expectStatuses(
      ledger,
      [takeAs('t', 0, stale), 'stale'],
      [takeAs('t', 0, quota()), 'admitted'],
      [takeAs('t', 0, stale), 'admitted'],
    )
  }),
  law('ids are forgotten before `keep`, their places and open reservations are not', async (ledger) => {
    const many = (second: number) => cap(second, { limit: 9 })
    const keep = (id: string, second: number): TouchOperation =>
      ({
        ...takeAs(id, second, many(second)),
        touch: { id, content: 'same', keep: at(20) },
      }) as TouchOperation
    await ledger.apply([
      takeAs('t', 10, many(10)),
      takeAs('kept', 20, many(20)),
      reserve('open', 11, 99, many(11)),
      takeAs('no', 12, cap(12)),
      keep('forgets', 30),
    ])
    expectSame(await used(ledger, many(30), 30), 4, 'places')
    await expectStatuses(
      ledger,
      [release('t', 31), 'gone'],
      [commit('kept', 31), 'committed'],
      [reserve('open', 11, 99, many(11)), 'admitted'],
      [takeAs('no', 12, many(12)), 'admitted'],
      [commit('no', 31), 'gone'],
      [commit('open', 31), 'committed'],
      [release('open', 32), 'released'],
      [takeAs('t', 33, many(33)), 'admitted'],
      [release('t', 34), 'released'],
    )
    expectSame(await used(ledger, many(34)), 4, 'places')
  }),
  law('a release of places already forgotten takes no others', async (ledger) => {
    const all = cap(0, { since: NEVER_FORGET, limit: 9, asks: 0 })
    await ledger.apply([takeAs('t', 10, all), take(40, { ...all, keep: at(20) }), record(10, all)])
    await expectStatuses(ledger, [release('t', 41), 'released'])
    expectSame(await used(ledger, all), 1, 'places')
    await ledger.apply([reserve('r', 15, 99, all)])
    expectSame(await used(ledger, all, 50), 2, 'an open reservation is never forgotten')
    await expectStatuses(ledger, [commit('r', 16), 'committed'])
    expectSame(await used(ledger, all, 50), 1, 'what is committed to a forgotten second')
    await ledger.apply([takeAs('u', 50, quota({ takes: 3 })), take(50, quota({ period: 8, keep: 8 }))])
    await expectStatuses(ledger, [release('u', 51), 'released'])
    expectSame(await used(ledger, quota()), 0, 'units of a forgotten period')
  }),
  law('places, units, reservations and answers are there after a restart', async (ledger, { reopen }) => {
    const refused = takeAs('no', 1, cap(1))
    await ledger.apply([
      takeAs('t', 0, cap(0), quota()),
      refused,
      reserve('r', 2, 400, cap(2, { slot: 's' })),
      take(50, cap(50, { slot: 'x', keep: at(50) })),
    ])
    const before = await answer(ledger, refused)
    const again = await reopen()
    expectSame(await answer(again, refused), before, 'an answer')
    expectSame(await used(again, cap(3)), 1, 'places')
    expectSame(await used(again, quota()), 1, 'units')
    await expectStatuses(
      again,
      [record(49, cap(49, { slot: 'x' })), 'admitted'],
      [reserve('q', 3, 9, cap(3, { slot: 's' })), 'refused'],
      [commit('r', 60), 'committed'],
      [{ kind: 'release', key: KEY, id: 't', at: at(5) }, 'released'],
    )
    expectSame(await used(again, cap(50, { slot: 'x' })), 1, 'what was forgotten stays so')
  }),
]
