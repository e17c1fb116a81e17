// The example says what it should: working hours, a kept promise, a shared quota, an upgrade in the middle of the month.

import { expect, test, vi } from 'vitest'
import { report, statement } from './month.js'

test('the month, line by line', () => {
  expect(report().join('\n')).toMatchInlineSnapshot(`
    "anna contract: heard
    acme contract: heard
    anna consume phone: yes, within four-hours
    anna consume phone: no: hours, again from 2026-03-10T06:00:00Z
    1 units  Standard covers the phone  2025-12-31T21:00:00Z – 2026-12-31T21:00:00Z
    0 units  closed by "desk"
    0 units  total
    anna reserve visit: yes, 1 left, within four-hours
    anna commit: yes, 1 left, within four-hours
    boris consume visit × 2: yes, 0 left, within four-hours
    clara consume visit: no: quota, 0 left, again from 2026-03-31T21:00:00Z
    1 units  Standard covers visits
    0 units  2 a month  2026-02-28T21:00:00Z – 2026-03-31T21:00:00Z
    0 units  total
    anna contract: heard
    anna consume phone: yes, within ten-minutes
    anna consume visit × 3: yes, 1 billed, 0 left, within one-hour
    anna consume email × 100: yes, within one-hour"
  `)
})

test('the statement counts each day of the month by the package of that day', () => {
  expect(statement()).toMatchInlineSnapshot(`
    [
      "phone: without limit",
      "visit: 3 of 3 used, 1 to bill",
      "email: without limit",
    ]
  `)
})

test('the program prints both', async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await import('./main.js')
  expect(print.mock.calls.flat()).toEqual([...report(), '', ...statement()])
})
