// The laws counted again, by hand: attempts at random moments, each judged by the numbers of the text and what passed before
// it, with nothing of the engine but the local date.
import { DAY, offsetAt, toLocal, weekdayOf, zoneOf } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileOrThrow, createState, type Effect, type Facts, step } from '../src/index.js'
import { type PresetId, presets } from '../src/presets.js'

const HOUR = 3_600_000

/** An attempt with its wall clock. */
interface Call {
  readonly at: number
  readonly date: number
  readonly time: number
  readonly facts: Facts
}

type Attempts = readonly (readonly [at: number, facts: Facts])[]

/** Whether the text allows it after what was done before. */
type Lawful = (before: readonly Call[], next: Call) => boolean

/** Attempts in order, recorded when they pass: the preset says of each what the text says. */
const agrees = (id: PresetId, zone: string, attempts: Attempts, lawful: Lawful): void => {
  const table = compileOrThrow(presets[id].definition)
  const state = createState(table)
  const recipient = { id: 'P', zone }
  const before: Call[] = []
  for (const [at, facts] of attempts) {
    const local = toLocal(zoneOf(zone)!, at)
    const date = Math.floor(local / DAY)
    const next: Call = { at, date, time: local - date * DAY, facts }
    const out: Effect[] = []
    // what comes of a call is not known when it is asked for
    const { conversation: _, outcome: __, ...asked } = facts
    step(table, state, { op: 'check', recipient, at, facts: asked }, out)
    const allowed = lawful(before, next)
    expect([new Date(at).toISOString(), facts, out[0]]).toMatchObject([
      expect.anything(),
      facts,
      allowed ? { verdict: 'allow' } : { verdict: expect.stringMatching(/deny|defer/) },
    ])
    if (!allowed) continue
    step(table, state, { op: 'record', recipient, at, facts }, out)
    before.push(next)
  }
}

const between = ({ time }: Call, from: number, to: number): boolean => time >= from * HOUR && time < to * HOUR
const mondayOf = ({ date }: Call): number => date - weekdayOf(date)
const monthOf = ({ date }: Call): string => new Date(date * DAY).toISOString().slice(0, 7)
/** How many of these have the same key as the next one. */
const same = (calls: readonly Call[], next: Call, key: (call: Call) => unknown): number =>
  calls.filter((call) => key(call) === key(next)).length
/** How many of these lie within so many dates, that of the next one included. */
const within = (calls: readonly Call[], next: Call, dates: number): number =>
  calls.filter(({ date }) => date > next.date - dates).length
const alike =
  (name: string, next: Call) =>
  ({ facts }: Call): boolean =>
    facts[name] === next.facts[name]

/** Moments in order, more of them around midnights and full hours, with facts. */
const moments = (from: string, days: number, facts: fc.Arbitrary<Facts>): fc.Arbitrary<Attempts> =>
  fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: days * 24 }),
        fc.constantFrom(0, 0, -1, 1, 1_799, 1_800, 3_599),
        facts,
      ),
      { maxLength: 80, size: 'max' },
    )
    .map((list) =>
      list
        .map(([hours, seconds, each]) => [Date.parse(from) + hours * HOUR + seconds * 1_000, each] as const)
        .sort(([a], [b]) => a - b),
    )

const law = (id: PresetId, zone: string, attempts: fc.Arbitrary<Attempts>, lawful: Lawful): void =>
  fc.assert(
    fc.property(attempts, (given) => agrees(id, zone, given, lawful)),
    { numRuns: runs(10_000) },
  )

describe('a preset allows what the text allows, and nothing else', () => {
  test('12 CFR 1006.14(b): seven calls in any seven dates per debt, none in the seven dates of a talk', () => {
    const facts = fc.record({
      channel: fc.constant('call'),
      debt: fc.constantFrom('a', 'b'),
      conversation: fc.constantFrom(false, false, false, false, true),
      outcome: fc.constantFrom('unanswered', 'busy', 'voicemail'),
    })
    // over the end of daylight saving time on 1 November
    law('us.regF.calls', 'America/New_York', moments('2026-10-20T04:00:00Z', 25, facts), (before, next) => {
      const about = before.filter(alike('debt', next))
      const connected = about.filter((call) => call.facts['outcome'] !== 'busy')
      const talks = about.filter((call) => call.facts['conversation'] === true)
      return within(connected, next, 7) < 7 && within(talks, next, 7) === 0
    })
  })

  test('Fla. Stat. 501.616(6): 8:00 to 20:00, three in any 24 hours per subject', () => {
    const facts = fc.record({
      channel: fc.constantFrom('call', 'sms'),
      category: fc.constant('marketing'),
      subject: fc.constantFrom('a', 'b'),
    })
    law('us.fl.ftsa', 'America/New_York', moments('2026-03-06T05:00:00Z', 4, facts), (before, next) => {
      const about = before.filter(alike('subject', next))
      return between(next, 8, 20) && about.filter(({ at }) => at > next.at - 24 * HOUR).length < 3
    })
  })

  test('230-FZ, article 7: talks 1, 2, 8 and messages 2, 4, 16 by day, week and month; hours by kind of day', () => {
    const facts = fc.record({
      channel: fc.constantFrom('call', 'robot', 'sms', 'email', 'meeting'),
      conversation: fc.constantFrom(true, true, false),
    })
    // November 2025: Saturday the 1st is worked, Monday the 3rd and Tuesday the 4th are days off
    const special = new Map([
      ['2025-11-01', 'work'],
      ['2025-11-03', 'rest'],
      ['2025-11-04', 'rest'],
    ])
    const zone = 'Asia/Yekaterinburg'
    law('ru.230fz.collection', zone, moments('2025-10-27T19:00:00Z', 35, facts), (before, next) => {
      const kind = special.get(new Date(next.date * DAY).toISOString().slice(0, 10))
      const rest = (kind ?? (weekdayOf(next.date) >= 5 ? 'rest' : 'work')) === 'rest'
      if (!(rest ? between(next, 9, 20) : between(next, 8, 22))) return false
      const by = (...channels: string[]) =>
        before.filter((call) => channels.includes(String(call.facts['channel'])))
      const held = (calls: readonly Call[]) => calls.filter((call) => call.facts['conversation'] === true)
      const fits = (calls: readonly Call[], day: number, week: number, month: number): boolean =>
        same(calls, next, ({ date }) => date) < day &&
        same(calls, next, mondayOf) < week &&
        same(calls, next, monthOf) < month
      const channel = String(next.facts['channel'])
      if (channel === 'meeting') return same(held(by('meeting')), next, mondayOf) < 1
      return ['call', 'robot'].includes(channel)
        ? fits(held(by('call', 'robot')), 1, 2, 8)
        : fits(by('sms', 'email'), 2, 4, 16)
    })
  })

  test('940 CMR 7.04(1)(f): two in any seven dates at home, two in any thirty elsewhere, per debt', () => {
    const facts = fc.record(
      {
        channel: fc.constantFrom('call', 'sms', 'robot'),
        debt: fc.constantFrom('a', 'b'),
        place: fc.constant('other'),
        outcome: fc.constantFrom('busy', 'voicemail'),
      },
      { requiredKeys: ['channel', 'debt'] },
    )
    law('us.ma.debt', 'America/New_York', moments('2026-06-01T04:00:00Z', 70, facts), (before, next) => {
      const about = before
        .filter(alike('debt', next))
        .filter(alike('place', next))
        .filter((call) => call.facts['outcome'] !== 'busy')
      return within(about, next, next.facts['place'] === 'other' ? 30 : 7) < 2
    })
  })

  test('47 CFR 64.1200: hours of solicitation; prerecorded calls 3 in 30 days, of health 1 a day and 3 in 7 dates', () => {
    const robot = fc.record({
      channel: fc.constant('robot'),
      line: fc.constant('residential'),
      exemption: fc.constantFrom('health', 'informational', 'nonprofit'),
      number: fc.constant('1'),
    })
    const sale = fc.constant({ channel: 'call', category: 'marketing' })
    const attempts = moments('2026-02-20T06:00:00Z', 45, fc.oneof(robot, robot, sale))
    law('us.tcpa.hours', 'America/Chicago', attempts, (before, next) => {
      if (next.facts['channel'] === 'call') return between(next, 8, 21)
      const of = (health: 'health' | 'other') =>
        before.filter(
          ({ facts }) =>
            facts['channel'] === 'robot' && (facts['exemption'] === 'health') === (health === 'health'),
        )
      if (next.facts['exemption'] !== 'health')
        return of('other').filter(({ at }) => at > next.at - 30 * DAY).length < 3
      return same(of('health'), next, ({ date }) => date) < 1 && within(of('health'), next, 7) < 3
    })
  })

  test('Ofcom: 72 hours after an abandoned call, 24 after a detected machine, to the same number', () => {
    const facts = fc.record({
      channel: fc.constantFrom('call', 'robot'),
      number: fc.constantFrom('1', '2'),
      outcome: fc.constantFrom('abandoned', 'machine-detected', 'answered', 'answered'),
    })
    law('uk.ofcom.misuse', 'Europe/London', moments('2026-10-20T00:00:00Z', 12, facts), (before, next) => {
      const called = before.filter(alike('number', next))
      const since = (outcome: string, hours: number): boolean =>
        called.some(({ at, facts: { outcome: was } }) => was === outcome && at > next.at - hours * HOUR)
      return !since('abandoned', 72) && !since('machine-detected', 24)
    })
  })

  test.each([
    ['us.fdcpa.hours', 'America/Los_Angeles', 8, 21],
    ['us.ok.otsa', 'America/Chicago', 8, 20],
  ] as const)('%s: its hours, over the start of daylight saving time', (id, zone, from, to) => {
    const facts = fc
      .integer()
      .map((subject) => ({ channel: 'call', category: 'marketing', subject: `${subject}` }))
    law(id, zone, moments('2026-03-06T06:00:00Z', 4, facts), (_, next) => between(next, from, to))
  })

  test('CRTC: weekdays 9:00 to 21:30, weekends 10:00 to 18:00', () => {
    const facts = fc.constant({ channel: 'call', category: 'marketing' })
    law('ca.crtc', 'America/St_Johns', moments('2026-10-28T04:00:00Z', 8, facts), (_, next) =>
      weekdayOf(next.date) >= 5 ? between(next, 10, 18) : between(next, 9, 21.5),
    )
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
  expect(changes('Europe/London', '2026-10-20T00:00:00Z', '2026-11-01T00:00:00Z')).toBe(true)
})
