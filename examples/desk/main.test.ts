// The desk's traffic through all its engines: what was decided, and that every reason adds up.

import { readFileSync } from 'node:fs'
import { foldAmounts } from '@clientele/core'
import { expect, test } from 'vitest'
import type { Decision } from './interaction.js'
import { decideLines } from './main.js'

const traffic = readFileSync(new URL('./interactions.ndjson', import.meta.url), 'utf8')
const decisions = decideLines(traffic)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Decision)

test('each engine decides in its turn', () => {
  const told = decisions.map(({ at, engine, subject, decision }) => `${at} ${engine} ${subject} ${decision}`)
  expect(told.join('\n')).toMatchInlineSnapshot(`
    "2026-03-06T14:30:00Z entitlements T-1 chat allow
    2026-03-06T14:30:00Z promises T-1 first-response started
    2026-03-06T14:36:00Z promises T-1 first-response met
    2026-03-06T14:36:00Z messages T-1 survey allow
    2026-03-06T16:10:00Z hours T-2 announce-opening
    2026-03-06T16:10:00Z entitlements T-2 email allow
    2026-03-06T16:10:00Z promises T-2 first-response started
    2026-03-09T11:05:00Z entitlements T-3 email allow
    2026-03-09T10:00:00Z promises T-2 first-response breached
    2026-03-09T11:05:00Z promises T-3 first-response started
    2026-03-09T11:30:00Z promises T-2 first-response missed
    2026-03-09T11:30:00Z messages T-2 survey defer
    2026-03-09T12:00:00Z promises T-3 first-response met
    2026-03-09T12:00:00Z messages T-3 survey deny"
  `)
})

test('every ledger folds to its total', () => {
  for (const { ledger } of decisions) {
    const amounts = ledger.entries.map(({ amount }) => amount)
    expect(foldAmounts(ledger.fold, amounts)).toBe(ledger.total)
  }
})

test('the same traffic gives the same decisions', () => {
  expect(decideLines(traffic)).toBe(decideLines(traffic))
})
