// Folding: sum, minimum, and the three-valued conjunction.

import { foldAmounts, type LedgerEntry, ledgerOf, renderLedger } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const amounts = fc.array(fc.integer({ min: -1_000, max: 1_000 }))
const truths = fc.array(fc.constantFrom(0, 1, Number.NaN))

test('a sum and a minimum', () => {
  fc.assert(
    fc.property(amounts, (list) => {
      expect(foldAmounts('sum', list)).toBe(list.reduce((a, b) => a + b, 0))
      expect(foldAmounts('min', list)).toBe(Math.min(...list))
    }),
    { numRuns: runs(20_000) },
  )
})

test('a conjunction: false beats unknown, unknown beats true', () => {
  fc.assert(
    fc.property(truths, (list) => {
      const expected = list.includes(0) ? 0 : list.some(Number.isNaN) ? Number.NaN : 1
      expect(foldAmounts('all', list)).toBe(expected)
    }),
    { numRuns: runs(20_000) },
  )
})

test('folding in parts is folding the whole', () => {
  fc.assert(
    fc.property(truths, truths, amounts, amounts, (a, b, c, d) => {
      const parts = [foldAmounts('all', a), foldAmounts('all', b)]
      expect(foldAmounts('all', parts)).toBe(foldAmounts('all', [...a, ...b]))
      for (const fold of ['sum', 'min'] as const) {
        expect(foldAmounts(fold, [foldAmounts(fold, c), foldAmounts(fold, d)])).toBe(
          foldAmounts(fold, [...c, ...d]),
        )
      }
    }),
    { numRuns: runs(20_000) },
  )
})

const entry = (label: string, amount: number): LedgerEntry => ({ code: 'x', label, amount })

test('a ledger has the total of its entries and prints them', () => {
  const ms = ledgerOf('ms', 'sum', [{ ...entry('open', 60_000), at: [0, 60_000] }, entry('paused', -1_000)])
  expect(ms.total).toBe(59_000)
  expect(renderLedger(ms)).toBe(
    [' PT1M  open  1970-01-01T00:00:00Z – 1970-01-01T00:01:00Z', '-PT1S  paused', 'PT59S  total'].join('\n'),
  )
  expect(renderLedger(ledgerOf('truth', 'all', [entry('a', 1), entry('b', Number.NaN)]))).toBe(
    '   true  a\nunknown  b\nunknown  total',
  )
  expect(renderLedger(ledgerOf('points', 'sum', []))).toBe('0 points  total')
})
