// What keys and batches must do: apart, in order, erased, under any name, and with many at once.

import type { TouchLedger, TouchOperation } from '@clientele/core'
import { expectSame, type Law, law } from './contract.js'
import {
  answer,
  at,
  cap,
  erase,
  expectStatuses,
  FOREVER,
  KEY,
  quota,
  reserve,
  take,
  takeAs,
  used,
} from './touch-ledger-words.js'

export const keyLaws: readonly Law<TouchLedger>[] = [
  law('keys have nothing in common, nor have slots of two kinds', async (ledger) => {
    const [ring, counter] = [cap(0, { slot: 's' }), quota({ slot: 's', limit: 1 })]
    await expectStatuses(
      ledger,
      [takeAs('t', 0, ring), 'admitted'],
      [take(0, counter), 'admitted'],
      [{ ...takeAs('t', 0, ring, counter), key: 'bob' } as TouchOperation, 'admitted'],
      [take(0, ring), 'refused'],
    )
  }),
  law('operations of a batch on one key take effect in their order', async (ledger) => {
    const statuses = await ledger.apply([
      takeAs('t', 0, cap(0)),
      take(0, cap(0)),
      { kind: 'release', key: KEY, id: 't', at: at(0) },
      { ...take(0, cap(0)), key: 'bob' } as TouchOperation,
      take(0, cap(0)),
      erase,
      take(0, cap(0)),
    ])
    expectSame(
      statuses.map(({ status }) => status),
      ['admitted', 'refused', 'released', 'admitted', 'admitted', 'erased', 'admitted'],
      'statuses',
    )
  }),
  law('erasing leaves nothing of the key, and nothing else is touched', async (ledger) => {
    const bob = { ...take(0, cap(0)), key: 'bob' } as TouchOperation
    const all = [takeAs('t', 0, cap(0)), take(0, quota()), reserve('r', 0, 99, cap(0, { slot: 'r' }))]
    await ledger.apply([bob, ...all, take(50, cap(50, { slot: 'x', keep: at(50) }))])
    await expectStatuses(ledger, [erase, 'erased'], [erase, 'erased'])
    expectSame(await used(ledger, cap(0)), 0, 'places')
    expectSame(await used(ledger, quota()), 0, 'units')
    expectSame(await used(ledger, cap(0, { slot: 'r' })), 0, 'reservations')
    await expectStatuses(
      ledger,
      [{ kind: 'commit', key: KEY, id: 'r', at: at(1) }, 'gone'],
      [{ kind: 'release', key: KEY, id: 't', at: at(1) }, 'gone'],
      [
        { ...takeAs('t', 2, cap(0)), touch: { id: 't', content: 'other', keep: 0 } } as TouchOperation,
        'admitted',
      ],
      [take(2, cap(2, { slot: 'x' })), 'admitted'],
      [bob, 'refused'],
    )
    expectSame(await used(ledger, cap(2, { slot: 'x' })), 1, 'not even what was forgotten')
  }),
  law('any text is a key, a slot and an id, and each is its own', async (ledger) => {
    const odd = ['', ' ', 'a', 'A', 'a:b', 'a\u001fb', "a'b", '{a}', 'a*', 'é', 'e\u0301', '😀', '__proto__']
    for (const text of odd) {
      const asked = { key: text, at: at(0), demands: [cap(0), quota({ limit: 1 })] }
      const touch = { id: 't', content: text, keep: 0 }
      await expectStatuses(
        ledger,
        [{ ...asked, kind: 'take', touch }, 'admitted'],
        [{ ...asked, kind: 'take', touch }, 'admitted'],
        [{ ...asked, kind: 'take' }, 'refused'],
        [{ kind: 'take', key: KEY, at: at(0), demands: [], touch: { ...touch, id: text } }, 'admitted'],
      )
    }
    await ledger.apply(odd.map((slot) => take(0, cap(0, { slot }), quota({ slot }))))
    for (const slot of odd) {
      expectSame(await used(ledger, cap(0, { slot })), 1, `the ring ${slot}`)
      expectSame(await used(ledger, quota({ slot })), 1, `the counter ${slot}`)
    }
  }),
  law('what the caller changes afterwards stays outside', async (ledger) => {
    const demand = { ...cap(0) }
    const operation = { ...takeAs('t', 0), demands: [demand] }
    const pending = ledger.apply([operation])
    const first = (await pending)[0]
    demand.takes = 9
    operation.demands.push({ ...cap(0) })
    if (first?.status === 'admitted') Object.assign(first.demands[0] ?? {}, { used: 9 })
    expectSame(await used(ledger, cap(0)), 1, 'places')
    for (const time of ['once', 'twice']) {
      const again = await answer(ledger, takeAs('t', 0, cap(0)))
      expectSame(again, { status: 'admitted', demands: [{ used: 0, over: 0, frees: [] }] }, time)
      if (again.status === 'admitted') Object.assign(again.demands[0] ?? {}, { used: 9 })
    }
  }),
  law('a number out of range rejects the call, and nothing of it is done', async (ledger) => {
    const bad: readonly TouchOperation[] = [
      ...[-1, Number.NaN, 2 ** 32 * 1000, FOREVER].map(
        (when) => ({ ...take(0, cap(0)), at: when }) as TouchOperation,
      ),
      ...[-1, 0.5, Number.NaN, 65_536].map((takes) => take(0, cap(0, { takes }))),
      ...[-1, 0.5, FOREVER].map((asks) => take(0, cap(0, { asks }))),
      ...[-1, Number.NaN].map((limit) => take(0, cap(0, { limit }))),
      take(0, cap(0, { since: Number.NaN })),
      take(0, cap(0, { through: Number.NaN })),
      take(0, cap(0, { heldSince: Number.NaN })),
      take(0, cap(0, { keep: Number.NaN })),
      take(0, quota({ period: 0.5 })),
      take(0, quota({ takes: 2 ** 32 })),
      take(0, quota({ earlier: [{ period: 0.5, units: 1 }] })),
      reserve('r', 5, 5, cap(5)),
      { kind: 'commit', key: KEY, id: 't', at: -1 },
    ]
    for (const operation of bad) {
      const given = await ledger.apply([take(0, cap(0)), operation]).catch((error: unknown) => error)
      const isRange =
        typeof given === 'object' && given !== null && Reflect.get(given, 'name') === 'RangeError'
      expectSame(isRange, true, `a RangeError at ${JSON.stringify(operation)}`)
    }
    expectSame(await used(ledger, cap(0)), 0, 'places')
  }),
  law('of takes at the same time a cap admits as many as it has places', async (ledger) => {
    for (const limit of [1, 7, 40]) {
      await ledger.apply([erase])
      const all = await Promise.all(
        Array.from({ length: 64 }, (_, i) =>
          answer(ledger, take(i % 3, cap(i % 3, { limit }), quota({ limit: 64 }))),
        ),
      )
      expectSame(all.filter(({ status }) => status === 'admitted').length, limit, `admitted of ${limit}`)
      expectSame(await used(ledger, cap(0)), limit, 'places')
      expectSame(await used(ledger, quota()), limit, 'units')
    }
  }),
]
