// The example says what it should: three promises kept, one broken over the weekend, with the reason.

import { expect, test } from 'vitest'
import { report } from './main.js'

test('the broken promise counts the hour on Friday and the time on Monday, not the weekend', () => {
  expect(report().join('\n')).toMatchInlineSnapshot(`
    "T-1 first-response met after PT10M at 2026-03-06T14:50:00Z
    T-2 first-response missed after PT1H40M at 2026-03-09T09:30:00Z
      PT10M  open  2026-03-06T14:50:00Z – 2026-03-06T15:00:00Z
       PT0S  outside opening hours  2026-03-06T15:00:00Z – 2026-03-09T08:00:00Z
    PT1H30M  open  2026-03-09T08:00:00Z – 2026-03-09T09:30:00Z
    PT1H40M  total
    T-1 solution met after PT2H10M at 2026-03-09T13:00:00Z
    T-2 solution met after PT7H40M at 2026-03-09T15:30:00Z"
  `)
})
