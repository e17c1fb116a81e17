// Laws of the text of rules: what is refused and why, one canonical print, and no text or rule that takes long.

import {
  formatRule,
  neverOccurs,
  nextOccurrence,
  occurrencesBetween,
  parseRule,
} from '@clientele/calendar/recur'
import { parseDate } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ruleTexts } from './recur.arbitraries.js'

const reasonOf = (text: string): string => {
  const rule = parseRule(text)
  return rule._tag === 'Left' ? rule.left.reason : 'accepted'
}

test.each([
  ['FREQ=HOURLY', 'FREQ=HOURLY speaks of hours, and a rule of dates has no time of day'],
  ['FREQ=DAILY;BYHOUR=9', 'BYHOUR speaks of hours, and a rule of dates has no time of day'],
  ['', '"" is not of the form NAME=VALUE'],
  ['INTERVAL=2', 'FREQ is missing'],
  ['FREQ=WEEKLYY', 'FREQ is "WEEKLYY"; did you mean "WEEKLY"?'],
  ['FREQ=DAILY;BYMONTDAY=1', 'there is no part "BYMONTDAY"; did you mean "BYMONTHDAY"?'],
  ['FREQ=DAILY;INTERVAL=0', 'INTERVAL is "0", not a whole number from 1 to 2147483647'],
  ['FREQ=DAILY;COUNT=99999999999', 'COUNT is "99999999999", not a whole number from 1 to 2147483647'],
  ['FREQ=DAILY;COUNT=2;UNTIL=20260101', 'COUNT and UNTIL exclude each other'],
  ['FREQ=DAILY;UNTIL=20260230', 'UNTIL is "20260230", not a date such as 20261231 or 20261231T235959Z'],
  ['FREQ=DAILY;BYMONTH=13', 'BYMONTH holds "13", not a whole number from 1 to 12'],
  ['FREQ=DAILY;BYMONTH=5L', 'BYMONTH holds "5L", not a whole number from 1 to 12'],
  ['FREQ=MONTHLY;BYMONTHDAY=-32', 'BYMONTHDAY holds "-32", not a whole number from 1 to 31 or −31 to −1'],
  ['FREQ=MONTHLY;BYDAY=XX', 'BYDAY holds "XX", not a weekday; it is one of MO, TU, WE, TH, FR, SA, SU'],
  ['FREQ=MONTHLY;BYDAY=0MO', 'BYDAY holds "0MO", and turns run from 1 to 53 or −53 to −1'],
  ['FREQ=WEEKLY;BYDAY=1MO', 'BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY'],
  ['FREQ=YEARLY;BYDAY=1MO;BYWEEKNO=3', 'BYDAY with a number does not go with BYWEEKNO'],
  ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY does not go with FREQ=WEEKLY'],
  ['FREQ=MONTHLY;BYYEARDAY=1', 'BYYEARDAY needs FREQ=YEARLY'],
  ['FREQ=MONTHLY;BYWEEKNO=1', 'BYWEEKNO needs FREQ=YEARLY'],
  ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS needs another BY part to choose from'],
  ['FREQ=DAILY;FREQ=DAILY', 'FREQ is given twice'],
  ['FREQ=YEARLY;SKIP=FORWARD', 'SKIP needs RSCALE=GREGORIAN beside it (RFC 7529)'],
  ['RSCALE=HEBREW;FREQ=YEARLY', 'RSCALE is "HEBREW"; only GREGORIAN is known here'],
  [`FREQ=DAILY;BYMONTH=${'1,'.repeat(600)}1`, 'it is longer than 1000 characters'],
  ['rrule:freq=monthly;byday=-1fr;', 'accepted'],
])('%s', (text, reason) => {
  expect(reasonOf(text)).toBe(reason)
})

test('what is printed is read back as the same rule', () => {
  fc.assert(
    fc.property(ruleTexts, (text) => {
      const rule = parseRule(text)
      if (rule._tag === 'Left') throw new TypeError(`${text}: ${rule.left.reason}`)
      expect(parseRule(formatRule(rule.right))).toEqual(rule)
    }),
    { numRuns: runs(50_000) },
  )
})

const START = parseDate('1970-01-01')!
const END = parseDate('2100-12-31')!

test.each([
  ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', true],
  ['FREQ=DAILY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=30', true],
  ['FREQ=DAILY;INTERVAL=7;BYDAY=MO', true],
  ['FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2;BYMONTH=3;INTERVAL=5', true],
  ['FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30;BYMONTH=2', true],
  ['FREQ=MONTHLY;INTERVAL=7;BYMONTHDAY=31;BYMONTH=2,4,6', true],
  ['FREQ=MONTHLY;BYDAY=6MO', true],
  ['FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6', true],
  ['FREQ=YEARLY;INTERVAL=399;BYWEEKNO=53;BYDAY=MO;BYMONTHDAY=13', true],
  ['FREQ=YEARLY;INTERVAL=2147483647;BYMONTH=1;BYMONTHDAY=2', false],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;INTERVAL=7', false],
  ['FREQ=DAILY;COUNT=2147483647', false],
  ['FREQ=DAILY;COUNT=2147483647;INTERVAL=2;BYDAY=MO,TU,WE', false],
  ['FREQ=DAILY;UNTIL=19691231', true],
])('%s is decided, though a search would not end', (text, never) => {
  const rule = parseRule(text)
  if (rule._tag === 'Left') throw new TypeError(rule.left.reason)
  expect(neverOccurs(rule.right, START)).toBe(never)
  const days = occurrencesBetween(rule.right, START, START, END)
  if (never) expect(days).toEqual([])
  expect(Number.isNaN(nextOccurrence(rule.right, START, START - 1))).toBe(never)
})

test.each([
  ['FREQ=YEARLY', 1],
  ['FREQ=DAILY;BYMONTH=5;BYMONTHDAY=1', 1],
  ['FREQ=DAILY', 365],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', 26],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 12],
  ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', 1],
])('%s goes on for more than a round of 400 years', (text, count) => {
  const rule = parseRule(text)
  if (rule._tag === 'Left') throw new TypeError(rule.left.reason)
  const [start, from, to] = ['0001-01-01', '2026-01-01', '2026-12-31'].map((date) => parseDate(date)!) as [
    number,
    number,
    number,
  ]
  const dates = occurrencesBetween(rule.right, start, from, to)
  expect(dates).toHaveLength(count)
  expect(nextOccurrence(rule.right, start, from - 1)).toBe(dates[0])
  const last = parseDate('9990-01-01')!
  expect(nextOccurrence(rule.right, start, last)).toBeLessThan(last + 800)
})

test('no text hangs or throws', () => {
  const pieces = fc.constantFrom(
    'FREQ=',
    'DAILY',
    ';',
    'BYDAY=',
    '-1',
    'MO',
    ',',
    'COUNT=',
    'UNTIL=',
    '2026',
    '=',
    'RRULE:',
    '\n',
  )
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 30 }).map((list) => list.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const rule = parseRule(text)
      if (rule._tag === 'Left') expect(rule.left.reason).not.toBe('')
      else neverOccurs(rule.right, START)
    }),
    { numRuns: runs(500_000) },
  )
})
