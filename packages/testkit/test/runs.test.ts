// FC_RUNS multiplies: a hundredth, a tenth, all.

import { runs } from '@clientele/testkit'
import { afterEach, expect, test } from 'vitest'

const { FC_RUNS } = process.env
afterEach(() => {
  if (FC_RUNS === undefined) delete process.env['FC_RUNS']
  else process.env['FC_RUNS'] = FC_RUNS
})

const table = [
  { factor: '1', million: 10_000, few: 1, apart: 5 },
  { factor: '10', million: 100_000, few: 1, apart: 50 },
  { factor: '100', million: 1_000_000, few: 3, apart: 500 },
  { factor: 'many', million: 10_000, few: 1, apart: 5 },
]

for (const { factor, million, few, apart } of table) {
  test(`FC_RUNS=${factor}`, () => {
    process.env['FC_RUNS'] = factor
    expect(runs(1_000_000)).toBe(million)
    expect(runs(3)).toBe(few)
    expect(runs({ test: 5, ci: 50, soak: 500 })).toBe(apart)
  })
}
