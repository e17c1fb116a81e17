// Interner, columns, bitset and search against plain arrays, maps and sets.

import { Bitset, Column, Interner, upperBound } from '@clientele/core'
import { hostileKey, runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('the interner numbers strings as they first appear, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), hostileKey())), (names) => {
      const interner = new Interner()
      const distinct = [...new Set(names)]
      expect(names.map((name) => interner.handle(name))).toEqual(names.map((name) => distinct.indexOf(name)))
      expect(interner.names()).toEqual(distinct)
      expect(interner.size).toBe(distinct.length)
      for (const name of distinct) expect(interner.name(interner.find(name))).toBe(name)
      expect(interner.find(`${distinct.join()}?`)).toBe(-1)
      expect(() => interner.name(distinct.length)).toThrow(RangeError)
    }),
    { numRuns: runs(20_000) },
  )
})

test('a column is the array of what was pushed', () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.integer({ min: 0, max: 5 }), (values, capacity) => {
      const column = new Column(Float64Array, capacity)
      for (const [row, value] of values.entries()) expect(column.push(value)).toBe(row)
      expect([...column.view()]).toEqual(values)
      expect(column.length).toBe(values.length)
    }),
    { numRuns: runs(20_000) },
  )
})

test('rows made by resizing are zero, also where there was something before', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { minLength: 1 }), (lengths) => {
      const column = new Column(Int32Array, 1)
      let expected: number[] = []
      for (const length of lengths) {
        column.resize(length)
        expected = Array.from({ length }, (_, i) => expected[i] ?? 0)
        expect([...column.view()]).toEqual(expected)
        column.view().fill(7)
        expected.fill(7)
      }
    }),
    { numRuns: runs(20_000) },
  )
})

test('a bitset is a set', () => {
  const step = fc.tuple(fc.constantFrom('add', 'delete'), fc.nat(300))
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const [bits, set] = [new Bitset(1), new Set<number>()]
      for (const [name, bit] of steps) {
        bits[name as 'add'](bit)
        set[name as 'add'](bit)
        expect(bits.has(bit)).toBe(set.has(bit))
      }
      expect([...bits.values()]).toEqual([...set].sort((a, b) => a - b))
      expect(bits.count()).toBe(set.size)
    }),
    { numRuns: runs(20_000) },
  )
})

test('the upper bound is the first greater row', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 })),
      fc.integer({ min: -10, max: 10 }),
      fc.nat(),
      fc.nat(),
      (list, value, a, b) => {
        const rows = Float64Array.from(list).sort()
        const [from, to] = [a % (rows.length + 1), b % (rows.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ]
        const found = rows.findIndex((row, i) => i >= from && i < to && row > value)
        expect(upperBound(rows, value, from, to)).toBe(found < 0 ? to : found)
      },
    ),
    { numRuns: runs(50_000) },
  )
})
