// Laws: our dates are those of a naive day-by-day reading and of two other implementations, over random rules.

import {
  neverOccurs,
  nextOccurrence,
  occurrencesBetween,
  parseRule,
  type Rule,
} from '@clientele/calendar/recur'
import { type CivilDay, formatDate, parseDate } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import rrule from 'rrule'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { ruleTexts } from './recur.arbitraries.js'
import { daysOfSpan, naiveDates } from './recur.oracle.js'

const WINDOW = 2_500
const FIRST = parseDate('1995-12-20')!
const starts = fc.integer({ min: FIRST, max: FIRST + 800 })
const span = daysOfSpan('1992-01-01', '2006-12-31')

const ruleOf = (text: string): Rule => {
  const rule = parseRule(text)
  if (rule._tag === 'Left') throw new TypeError(`${text}: ${rule.left.reason}`)
  return rule.right
}

const ours = (rule: Rule, start: CivilDay): string[] =>
  occurrencesBetween(rule, start, start, start + WINDOW).map(formatDate)

test('agrees with the naive reading', () => {
  fc.assert(
    fc.property(ruleTexts, starts, (text, start) => {
      const rule = ruleOf(text)
      const last = formatDate(start + WINDOW)
      const theirs = naiveDates(rule, formatDate(start), span).filter((date) => date <= last)
      expect(ours(rule, start), `${text} from ${formatDate(start)}`).toEqual(theirs)
    }),
    { numRuns: runs(50_000) },
  )
})

/** What rrule-temporal 2.2.7 reads otherwise than RFC 5545 and 7529 do; the naive reading stands for these. */
const isReadOtherwise = (rule: Rule, start: CivilDay): boolean => {
  const { monthDays, weekdays, weekNumbers, yearDays, frequency, skip } = rule
  // of BYYEARDAY, BYMONTHDAY, BYWEEKNO and numbered weekdays of a year it reads one, and passes over the others
  const numbered = frequency === 'yearly' && weekdays.some((day) => day.nth !== 0)
  const readers = [yearDays.length > 0, monthDays.length > 0, weekNumbers.length > 0, numbered].filter(
    Boolean,
  )
  if (readers.length > 1 || (yearDays.length > 0 && weekdays.length > 0)) return true
  // SKIP beside BYMONTHDAY loses months ("FREQ=MONTHLY;BYMONTHDAY=29;WKST=FR;SKIP=BACKWARD" has no 28 February), and
  // beside BYDAY it moves a 53rd weekday that a year lacks into the next
  if (skip !== 'omit' && monthDays.length + weekdays.length > 0) return true
  // with BYWEEKNO it counts INTERVAL from the calendar year of the start, we from its year of whole weeks
  const { month, day } = Temporal.PlainDate.from(formatDate(start))
  const edge = (month === 1 && day <= 6) || (month === 12 && day >= 26)
  return weekNumbers.length > 0 && rule.interval > 1 && edge
}

test('agrees with rrule-temporal', () => {
  fc.assert(
    fc.property(ruleTexts, starts, (text, start) => {
      const rule = ruleOf(text)
      fc.pre(!isReadOtherwise(rule, start))
      const dtstart = Temporal.ZonedDateTime.from(`${formatDate(start)}T00:00[UTC]`)
      const theirs = new RRuleTemporal({ rruleString: text, dtstart, maxIterations: 100_000 })
        .between(dtstart, dtstart.add({ days: WINDOW }), true)
        .map((at) => at.toString().slice(0, 10))
      expect(ours(rule, start), `${text} from ${formatDate(start)}`).toEqual(theirs)
    }),
    { numRuns: runs(25_000) },
  )
})

test('agrees with rrule, which is given only rules proved to occur', () => {
  fc.assert(
    fc.property(ruleTexts, starts, (text, start) => {
      const rule = ruleOf(text)
      // rrule knows no SKIP, expands BYWEEKNO to seven days where RFC 5545 takes the weekday of the start, and cuts the
      // first period at the start before it counts positions
      const alike = rule.skip === 'omit' && rule.weekNumbers.length === 0 && rule.positions.length === 0
      fc.pre(alike && !neverOccurs(rule, start))
      const dtstart = new Date(`${formatDate(start)}T00:00:00Z`)
      const end = new Date(dtstart.getTime() + WINDOW * 86_400_000)
      const theirs = new rrule.RRule({ ...rrule.RRule.parseString(text), dtstart })
        .between(dtstart, end, true)
        .map((at) => at.toISOString().slice(0, 10))
      expect(ours(rule, start), `${text} from ${formatDate(start)}`).toEqual(theirs)
    }),
    { numRuns: runs(25_000) },
  )
})

test('a window shows what the whole shows, and the next date is the first of what follows', () => {
  fc.assert(
    fc.property(ruleTexts, starts, fc.nat(WINDOW), fc.nat(400), (text, start, skip, length) => {
      const rule = ruleOf(text)
      const [from, to] = [start + skip, start + skip + length]
      const all = occurrencesBetween(rule, start, start - 10, start + WINDOW + 400)
      const inWindow = all.filter((day) => day >= from && day <= to)
      expect(occurrencesBetween(rule, start, from, to)).toEqual(inWindow)
      const next = nextOccurrence(rule, start, from)
      const seen = all.find((day) => day > from)
      if (seen !== undefined) expect(next).toBe(seen)
      else expect(Number.isNaN(next) || next > start + WINDOW + 400).toBe(true)
      expect(neverOccurs(rule, start)).toBe(
        all.length === 0 && Number.isNaN(nextOccurrence(rule, start, start - 1)),
      )
    }),
    { numRuns: runs(50_000) },
  )
})
