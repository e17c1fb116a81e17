// Ids to dense handles and back are what a Map says they are, whatever was forgotten in between.
import { IdIndex } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

/** The same index, as obvious as can be. */
class Model {
  readonly ids = new Map<string, number>()
  readonly free: number[] = []
  next = 0

  handle(id: string): number {
    const known = this.ids.get(id)
    if (known !== undefined) return known
    const handle = this.free.pop() ?? this.next++
    this.ids.set(id, handle)
    return handle
  }
  name(handle: number): string | undefined {
    return [...this.ids].find(([, own]) => own === handle)?.[0]
  }
  delete(handle: number): boolean {
    const id = this.name(handle)
    if (id === undefined) return false
    this.free.push(handle)
    return this.ids.delete(id)
  }
}

/** Few ids, so that they meet again: byte-wide, wide, empty, with zeros, alike at their ends, lone surrogates. */
const id = fc.oneof(
  fc.constantFrom(
    '',
    '\u0000',
    '\u0000\u0000',
    'a',
    'a\u0000',
    'ä',
    'ÿ',
    'Ā',
    '😀',
    '\ud83d',
    'ключ',
    'keyключ',
  ),
  fc.integer({ min: 0, max: 40 }).map((n) => `customer-${n}`),
  fc.string({ maxLength: 3 }),
)
const move = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('handle' as const), id }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('find' as const), id }) },
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constant('delete' as const), handle: fc.integer({ min: -1, max: 30 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ op: 'copy' as const }) },
)
const byHandle = (ids: Iterable<readonly [string, number]>): (readonly [string, number])[] =>
  [...ids].sort(([, a], [, b]) => a - b)

/** Whether some bytes hold a text of byte-wide characters. */
const holds = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text, 0, 'latin1')

describe('an index of ids', () => {
  test('says what a map says', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 120, size: 'max' }), (moves) => {
        const model = new Model()
        let ids = new IdIndex()
        for (const each of moves) {
          if (each.op === 'handle') expect(ids.handle(each.id)).toBe(model.handle(each.id))
          else if (each.op === 'find') expect(ids.find(each.id)).toBe(model.ids.get(each.id) ?? -1)
          else if (each.op === 'delete') {
            expect(ids.name(each.handle)).toBe(model.name(each.handle))
            expect(ids.delete(each.handle)).toBe(model.delete(each.handle))
          } else ids = IdIndex.from(structuredClone(ids.columns()))
        }
        expect([...ids.entries()]).toEqual(byHandle(model.ids))
        expect(ids.size).toBe(model.ids.size)
        expect(ids.capacity).toBe(model.next)
      }),
      { numRuns: runs(100_000) },
    )
  })

  test('holds a hundred thousand, and forgets every other one', () => {
    const ids = new IdIndex()
    const name = (i: number): string => (i % 10 === 0 ? `клиент ${i}` : `customer-${i}`)
    for (let i = 0; i < 100_000; i++) if (ids.handle(name(i)) !== i) expect.unreachable()
    for (let i = 0; i < 100_000; i += 2) if (!ids.delete(i)) expect.unreachable()
    const copy = IdIndex.from(ids.columns())
    for (const each of [ids, copy]) {
      for (let i = 0; i < 100_000; i++)
        if (each.find(name(i)) !== (i % 2 === 0 ? -1 : i)) expect.unreachable(name(i))
      expect(each.size).toBe(50_000)
    }
    for (let i = 0; i < 60_000; i++)
      if (ids.handle(`new ${i}`) !== copy.handle(`new ${i}`)) expect.unreachable()
    expect(ids.capacity).toBe(110_000)
    expect([...ids.entries()]).toEqual([...copy.entries()])
  })

  test('keeps no byte of what it forgot', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { minLength: 2, maxLength: 60 }), fc.nat(), (kept, pick) => {
        const ids = new IdIndex()
        const secret = 'Mr. Secret of 12 Hidden Lane'
        for (const n of kept.slice(0, pick % kept.length)) ids.handle(`c${n}`)
        const handle = ids.handle(secret)
        for (const n of kept) ids.handle(`c${n}`)
        expect(holds(ids.columns().bytes, secret)).toBe(true)
        ids.delete(handle)
        const { bytes, wide } = ids.columns()
        expect(holds(bytes, secret.slice(0, 4))).toBe(false)
        expect(wide).toEqual([])
        expect(kept.map((n) => ids.name(ids.find(`c${n}`)))).toEqual(kept.map((n) => `c${n}`))
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('is the same columns for the same ids and handles, whatever happened before', () => {
    const [one, other] = [new IdIndex(), new IdIndex()]
    for (const each of ['anna', 'boris', 'клара']) one.handle(each)
    for (const each of ['x', 'boris', 'клара']) other.handle(each)
    other.delete(0)
    other.handle('anna')
    expect(other.columns()).toEqual(one.columns())
  })
})
