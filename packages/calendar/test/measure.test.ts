// Laws of generating and of pages: what a page is measured at is what its periods sum to, and a cut in two is the whole.

import { LAST_INSTANT } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generate } from '../src/generate.js'
import * as Calendar from '../src/index.js'
import { measure } from '../src/measure.js'
import { layPage, PAGE, PAGES, type Page } from '../src/page.js'
import { DAY, someCase } from './cases.js'

const sum = (pairs: readonly number[]): number =>
  pairs.reduce((total, edge, i) => total + (i % 2 === 0 ? -edge : edge), 0)

const ascending = (pairs: readonly number[]): boolean =>
  pairs.every((edge, i) => i === 0 || edge > pairs[i - 1]!)

test('the measure of a page is the sum of its periods', () => {
  fc.assert(
    fc.property(someCase, fc.integer({ min: -1, max: 1 }), ({ calendar, center }, aside) => {
      const { rule } = Calendar.compileOrThrow(calendar)
      const page = Math.min(PAGES - 1, Math.max(0, Math.floor(center / PAGE) + aside))
      const [from, to] = [page * PAGE, Math.min((page + 1) * PAGE, LAST_INSTANT)]
      expect(measure(rule, from, to)).toBe(sum(generate(rule, from, to)))
    }),
    { numRuns: runs(50_000) },
  )
})

test('periods ascend without touching, and a cut in two is the whole', () => {
  fc.assert(
    fc.property(someCase, fc.nat(60 * DAY), fc.nat(60 * DAY), ({ calendar, center }, before, after) => {
      const { rule } = Calendar.compileOrThrow(calendar)
      const [from, to] = [center - before, center + after]
      const whole = generate(rule, from, to)
      expect(ascending(whole)).toBe(true)
      expect(sum(generate(rule, from, center)) + sum(generate(rule, center, to))).toBe(sum(whole))
      if (whole.length > 0) expect([whole[0]! >= from, whole.at(-1)! <= to]).toEqual([true, true])
    }),
    { numRuns: runs(20_000) },
  )
})

test('a page of many periods has wider directories, and answers', () => {
  const pairs = Array.from({ length: 80_000 }, (_, i) => i * 1_000 + (i % 2) * 500)
  const page: Page = layPage(0, pairs)
  expect(page.buckets).toBeInstanceOf(Uint32Array)
  expect(page.total).toBe(sum(pairs))
})
