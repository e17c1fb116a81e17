// The laws counted again, by hand: attempts at random moments, and what passed is held against the numbers of the text, with
// nothing of the engine but the local date.
import { DAY, type LocalMillis, offsetAt, toLocal, weekdayOf, zoneOf } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileOrThrow, createState, type Effect, type Facts, step } from '../src/index.js'
import { type PresetId, presets } from '../src/presets.js'

const HOUR = 3_600_000

/** An attempt that passed. */
interface Sent {
  readonly at: number
  readonly local: LocalMillis
  readonly facts: Facts
}

/** Attempts at moments in order; what passed. A conversation is told right after its call. */
const sentBy = (
  id: PresetId,
  zone: string,
  attempts: readonly (readonly [at: number, facts: Facts])[],
): Sent[] => {
  const table = compileOrThrow(presets[id].definition)
  const state = createState(table)
  const recipient = { id: 'P', zone }
  const clock = zoneOf(zone)!
  return attempts.flatMap(([at, facts]) => {
    const out: Effect[] = []
    step(table, state, { op: 'check', recipient, at, facts: { ...facts, conversation: undefined } }, out)
    const [effect] = out
    if (effect === undefined || !('verdict' in effect) || effect.verdict !== 'allow') return []
    step(table, state, { op: 'record', recipient, at, facts }, out)
    return [{ at, local: toLocal(clock, at), facts }]
  })
}

const dateOf = ({ local }: Sent): number => Math.floor(local / DAY)
const timeOf = ({ local }: Sent): number => local - Math.floor(local / DAY) * DAY
const mondayOf = (sent: Sent): number => dateOf(sent) - weekdayOf(dateOf(sent))
const monthOf = ({ local }: Sent): string => new Date(local).toISOString().slice(0, 7)

/** The greatest number of those that share a key. */
const mostBy = (sent: readonly Sent[], key: (each: Sent) => string | number): number => {
  const counts = new Map<string | number, number>()
  for (const each of sent) counts.set(key(each), (counts.get(key(each)) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

/** The greatest number in any stretch `(t − length, t]` of a measure. */
const mostWithin = (sent: readonly Sent[], measure: (each: Sent) => number, length: number): number =>
  Math.max(
    0,
    ...sent.map((last) => {
      const end = measure(last)
      return sent.filter((each) => measure(each) > end - length && measure(each) <= end).length
    }),
  )

/** Moments in order, more of them around midnights and full hours, with facts. */
const moments = (from: string, days: number, facts: fc.Arbitrary<Facts>) =>
  fc
    .array(
      fc.tuple(fc.integer({ min: 0, max: days * 24 }), fc.constantFrom(0, 0, -1, 1, 1_799, 3_599), facts),
      { maxLength: 80 },
    )
    .map((list) =>
      list
        .map(([hours, seconds, each]) => [Date.parse(from) + hours * HOUR + seconds * 1_000, each] as const)
        .sort(([a], [b]) => a - b),
    )

const law = <T>(what: fc.Arbitrary<T>, check: (value: T) => void): void =>
  fc.assert(fc.property(what, check), { numRuns: runs(15_000) })

describe('what passes keeps the numbers of the law', () => {
  test('12 CFR 1006.14(b)(2)(i): seven calls in any seven dates per debt, none in the seven dates of a talk', () => {
    const facts = fc.record({
      channel: fc.constant('call'),
      debt: fc.constantFrom('a', 'b'),
      conversation: fc.constantFrom(false, false, false, false, true),
      outcome: fc.constantFrom('unanswered', 'busy', 'voicemail'),
    })
    // over the end of daylight saving time on 1 November
    law(moments('2026-10-20T04:00:00Z', 25, facts), (attempts) => {
      const sent = sentBy('us.regF.calls', 'America/New_York', attempts)
      for (const debt of ['a', 'b']) {
        const calls = sent.filter((each) => each.facts['debt'] === debt)
        const connected = calls.filter((each) => each.facts['outcome'] !== 'busy')
        expect(mostWithin(connected, dateOf, 7)).toBeLessThanOrEqual(7)
        for (const [i, talk] of calls.entries()) {
          if (talk.facts['conversation'] !== true) continue
          for (const later of calls.slice(i + 1))
            expect(dateOf(later)).toBeGreaterThanOrEqual(dateOf(talk) + 7)
        }
      }
    })
  })

  test('Fla. Stat. 501.616(6): 8:00 to 20:00, three in any 24 hours per subject', () => {
    const facts = fc.record({
      channel: fc.constantFrom('call', 'sms'),
      category: fc.constant('marketing'),
      subject: fc.constantFrom('a', 'b'),
    })
    law(moments('2026-03-06T05:00:00Z', 4, facts), (attempts) => {
      const sent = sentBy('us.fl.ftsa', 'America/New_York', attempts)
      for (const each of sent) {
        expect(timeOf(each)).toBeGreaterThanOrEqual(8 * HOUR)
        expect(timeOf(each)).toBeLessThan(20 * HOUR)
      }
      for (const subject of ['a', 'b']) {
        const about = sent.filter((each) => each.facts['subject'] === subject)
        expect(mostWithin(about, ({ at }) => at, 24 * HOUR)).toBeLessThanOrEqual(3)
      }
    })
  })

  test('230-FZ, article 7: talks 1, 2, 8 and messages 2, 4, 16 by day, week and month; hours by kind of day', () => {
    const facts = fc.record({
      channel: fc.constantFrom('call', 'robot', 'sms', 'email', 'meeting'),
      conversation: fc.constant(true),
    })
    // November 2025: Saturday the 1st is worked, Monday the 3rd and Tuesday the 4th are days off
    const off = new Set(['2025-11-03', '2025-11-04'])
    law(moments('2025-10-27T19:00:00Z', 35, facts), (attempts) => {
      const sent = sentBy('ru.230fz.collection', 'Asia/Yekaterinburg', attempts)
      const by = (...channels: string[]) =>
        sent.filter((each) => channels.includes(String(each.facts['channel'])))
      const talks = by('call', 'robot')
      const messages = by('sms', 'email')
      expect(mostBy(talks, dateOf)).toBeLessThanOrEqual(1)
      expect(mostBy(talks, mondayOf)).toBeLessThanOrEqual(2)
      expect(mostBy(talks, monthOf)).toBeLessThanOrEqual(8)
      expect(mostBy(messages, dateOf)).toBeLessThanOrEqual(2)
      expect(mostBy(messages, mondayOf)).toBeLessThanOrEqual(4)
      expect(mostBy(messages, monthOf)).toBeLessThanOrEqual(16)
      expect(mostBy(by('meeting'), mondayOf)).toBeLessThanOrEqual(1)
      for (const each of sent) {
        const date = new Date(each.local).toISOString().slice(0, 10)
        const rest = off.has(date) || (weekdayOf(dateOf(each)) >= 5 && date !== '2025-11-01')
        expect(timeOf(each)).toBeGreaterThanOrEqual((rest ? 9 : 8) * HOUR)
        expect(timeOf(each)).toBeLessThan((rest ? 20 : 22) * HOUR)
      }
    })
  })

  test('940 CMR 7.04(1)(f): two in any seven dates at home, two in any thirty elsewhere, per debt', () => {
    const facts = fc.record(
      {
        channel: fc.constantFrom('call', 'sms', 'robot'),
        debt: fc.constant('a'),
        place: fc.constant('other'),
      },
      { requiredKeys: ['channel', 'debt'] },
    )
    law(moments('2026-06-01T04:00:00Z', 70, facts), (attempts) => {
      const sent = sentBy('us.ma.debt', 'America/New_York', attempts)
      const elsewhere = sent.filter((each) => each.facts['place'] === 'other')
      const home = sent.filter((each) => each.facts['place'] === undefined)
      expect(mostWithin(home, dateOf, 7)).toBeLessThanOrEqual(2)
      expect(mostWithin(elsewhere, dateOf, 30)).toBeLessThanOrEqual(2)
    })
  })

  test.each([
    ['us.fdcpa.hours', 'America/Los_Angeles', 8 * HOUR, 21 * HOUR],
    ['us.tcpa.hours', 'America/Chicago', 8 * HOUR, 21 * HOUR],
    ['us.ok.otsa', 'America/Chicago', 8 * HOUR, 20 * HOUR],
  ] as const)(
    '%s: nothing outside its hours, over the start of daylight saving time',
    (id, zone, from, to) => {
      const facts = fc.constant({ channel: 'call', category: 'marketing', subject: 'a' })
      law(moments('2026-03-06T06:00:00Z', 4, facts), (attempts) => {
        for (const each of sentBy(id, zone, attempts)) {
          expect(timeOf(each)).toBeGreaterThanOrEqual(from)
          expect(timeOf(each)).toBeLessThan(to)
        }
      })
    },
  )

  test('CRTC: weekdays 9:00 to 21:30, weekends 10:00 to 18:00', () => {
    const facts = fc.constant({ channel: 'call', category: 'marketing' })
    law(moments('2026-10-28T04:00:00Z', 8, facts), (attempts) => {
      for (const each of sentBy('ca.crtc', 'America/St_Johns', attempts)) {
        const weekend = weekdayOf(dateOf(each)) >= 5
        expect(timeOf(each)).toBeGreaterThanOrEqual((weekend ? 10 : 9) * HOUR)
        expect(timeOf(each)).toBeLessThan(weekend ? 18 * HOUR : 21.5 * HOUR)
      }
    })
  })
})

test('the next allowed second that a case names is allowed, and the second before it is not', () => {
  for (const { definition, cases } of Object.values(presets)) {
    for (const { given, expect: expected } of cases) {
      const last = given.at(-1)
      const next = expected.nextAllowedAt
      if (last?.op !== 'check' || next === undefined || next === null) continue
      const table = compileOrThrow(definition)
      const state = createState(table)
      const out: Effect[] = []
      for (const command of given) step(table, state, command, out)
      step(table, state, { ...last, at: next }, out)
      step(table, state, { ...last, at: Date.parse(next) - 1_000 }, out)
      expect(out.at(-2)).toMatchObject({ verdict: 'allow' })
      expect(out.at(-1)).not.toMatchObject({ verdict: 'allow' })
    }
  }
})

test('the zones of these laws change their clocks within the days tried', () => {
  const changes = (zone: string, from: string, to: string): boolean =>
    offsetAt(zoneOf(zone)!, Date.parse(from)) !== offsetAt(zoneOf(zone)!, Date.parse(to))
  expect(changes('America/New_York', '2026-10-20T04:00:00Z', '2026-11-14T04:00:00Z')).toBe(true)
  expect(changes('America/Los_Angeles', '2026-03-06T06:00:00Z', '2026-03-10T06:00:00Z')).toBe(true)
  expect(changes('America/St_Johns', '2026-10-28T04:00:00Z', '2026-11-05T04:00:00Z')).toBe(true)
})
