// The numbers that the kernels write out are those of the core.

import { FIRST_INSTANT, LAST_INSTANT } from '@clientele/core'
import { describe, expect, test } from 'vitest'
import { PAGE, PAGES, pageAt } from '../src/page.js'

describe('pages', () => {
  test('cover the known range and no more', () => {
    expect(pageAt(FIRST_INSTANT)).toBe(0)
    expect(pageAt(LAST_INSTANT - 1)).toBe(PAGES - 1)
    expect(pageAt(LAST_INSTANT)).toBe(PAGES)
    expect(pageAt(Number.NaN)).toBe(PAGES)
    expect(pageAt(Number.POSITIVE_INFINITY)).toBe(PAGES)
  })

  test('begin where the one before ends', () => {
    for (let page = 1; page < PAGES; page++) {
      expect(pageAt(page * PAGE - 1)).toBe(page - 1)
      expect(pageAt(page * PAGE)).toBe(page)
    }
  })
})
