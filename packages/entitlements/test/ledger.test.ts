// Laws of the ledger.
import { foldAmounts } from '@clientele/core'
import {
  compileOrThrow,
  createState,
  type Effect,
  explain,
  type Request,
  step,
  stepExplained,
} from '@clientele/entitlements'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asked, definition } from './arbitraries.js'
import { commands, played, said } from './commands.js'

describe('the ledger', () => {
  test('folds to its total, and a request passes when that is no less than its units', () => {
    fc.assert(
      fc.property(definition, commands, (form, all) => {
        const table = compileOrThrow(form)
        const state = createState(table)
        for (const command of all) {
          const { effect, ledger } = stepExplained(table, state, command)
          expect(ledger === undefined).toBe(!('verdict' in effect))
          if (ledger === undefined || !('verdict' in effect)) continue
          const amounts = ledger.entries.map(({ amount }) => amount)
          expect(foldAmounts(ledger.fold, amounts)).toBe(ledger.total)
          expect(amounts.every(Number.isFinite)).toBe(true)
          if (command.op === 'commit' || command.op === 'release') continue
          const { units = 1 } = command as Request
          expect(ledger.total >= units).toBe(effect.verdict !== 'deny')
        }
      }),
      { numRuns: runs(20_000) },
    )
  })

  test('explain tells what status answers', () => {
    fc.assert(
      fc.property(definition, commands, asked, (form, all, each) => {
        const table = compileOrThrow(form)
        const { state } = played(table, all)
        const line = said({ ...each, op: 'status' }, 'a', undefined)
        const out: Effect[] = []
        step(table, state, line, out)
        expect(explain(table, state, line as unknown as Request).verdict).toEqual(out[0])
      }),
      { numRuns: runs(10_000) },
    )
  })
})
