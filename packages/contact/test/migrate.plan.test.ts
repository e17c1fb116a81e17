// What a plan says, rule by rule, and what becomes of touches that are known by id.
import {
  type Cap,
  type Command,
  compileOrThrow,
  createState,
  type Definition,
  describePlan,
  type Effect,
  type Exemption,
  migrate,
  type Plan,
  type State,
  step,
  type Table,
} from '@clientele/contact'
import { describe, expect, test } from 'vitest'

const HOUR = 3_600_000
const START = Date.UTC(2026, 2, 2, 9)

const fed = (table: Table, state: State, commands: readonly Command[]): Effect[] => {
  const out: Effect[] = []
  for (const command of commands) step(table, state, command, out)
  return out
}

describe('a plan', () => {
  const few = (limit: number, rolling: string, id = 'few'): Cap => ({
    id,
    label: 'A few',
    limit,
    window: { rolling },
  })
  const touch = (hour: number, more: object = {}): Command => ({
    op: 'record',
    recipient: 'anna',
    at: hour * HOUR,
    ...more,
  })
  const planOf = (before: Definition, after: Definition, lines: readonly Command[], hour: number): Plan => {
    const table = compileOrThrow(before)
    const state = createState(table)
    fed(table, state, lines)
    return migrate(state, compileOrThrow(after), { at: hour * HOUR }).plan
  }

  test('of a greater limit in the same window is exact at once: what is in the window is held', () => {
    const lines = [0, 1, 2, 3, 4].map((hour) => touch(hour))
    expect(planOf({ caps: [few(2, 'PT24H')] }, { caps: [few(9, 'PT24H')] }, lines, 4)).toMatchObject({
      exact: 'now',
      rules: [{ rule: 'few', what: 'kept' }],
    })
  })
  test('of a longer window says when the last that may have been forgotten is out of it', () => {
    const lines = [0, 1, 2, 3, 4].map((hour) => touch(hour))
    const plan = planOf({ caps: [few(2, 'PT1H')] }, { caps: [few(3, 'PT24H')] }, lines, 4)
    // those at 3 and 4 stand in the row; what was forgotten happened no later than 3
    expect(plan).toMatchObject({ exact: 'from', exactFrom: 27 * HOUR })
    expect(describePlan(plan)).toEqual(['few (A few): kept, exact from 1970-01-02T03:00:00Z'])
  })
  test('of a longer window and no greater limit is exact while nothing can be taken back', () => {
    const lines = [0, 1, 2, 3, 4].map((hour) => touch(hour))
    expect(planOf({ caps: [few(2, 'PT1H')] }, { caps: [few(2, 'PT24H')] }, lines, 4).exact).toBe('now')
    const known = lines.map((line, i) => ({ ...line, touchId: `t${i}` }) as Command)
    expect(planOf({ caps: [few(2, 'PT1H')] }, { caps: [few(2, 'PT24H')] }, known, 4)).toMatchObject({
      exactFrom: 27 * HOUR,
    })
  })
  test('tells what begins anew and what is dropped, in words', () => {
    const after: Definition = {
      caps: [
        few(2, 'PT24H', 'day'),
        { ...few(1, 'PT24H', 'sms'), label: 'sms', when: { fact: 'channel', eq: 'sms' } },
        { ...few(1, 'PT24H', 'call'), when: { fact: 'channel', eq: 'call' }, window: { lifetime: true } },
      ],
      quiet: [{ id: 'night', label: 'Night', zone: 'UTC', periods: [{ between: '22:00-08:00' }] }],
    }
    const before: Definition = { caps: [few(2, 'PT24H'), few(2, 'P7D', 'week')] }
    expect(describePlan(planOf(before, after, [touch(0)], 10))).toEqual([
      'day (A few): kept, exact from now on',
      'sms: starts anew, exact from 1970-01-02T10:00:00Z',
      'call (A few): starts anew, never quite exact',
      'night (Night): kept, exact from now on',
      'few (A few): dropped',
      'week (A few): dropped',
    ])
    // nothing can be missing where nobody was told of
    expect(planOf(before, after, [], 10).exact).toBe('now')
  })
  test('of an instant that is none is a RangeError', () => {
    const state = createState(compileOrThrow({}))
    for (const at of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      expect(() => migrate(state, compileOrThrow({}), { at })).toThrow(RangeError)
  })
})

describe('what was told by id', () => {
  const sms: Cap = {
    id: 'sms',
    label: 'One SMS',
    when: { fact: 'channel', eq: 'sms' },
    limit: 1,
    window: { rolling: 'PT24H' },
  }
  const any: Cap = { id: 'any', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }
  const told = { recipient: 'anna', at: START, touchId: 't1', facts: { channel: 'sms' } }
  const uncounted: Exemption = { since: { fact: 'event', eq: 'reply' }, from: [], uncounted: true }
  const change = (before: Definition, after: Definition, ...commands: readonly Command[]) => {
    const [old, table] = [compileOrThrow(before), compileOrThrow(after)]
    const state = createState(old)
    fed(old, state, commands)
    migrate(state, table, { at: START })
    return (...more: readonly Command[]) => fed(table, state, more)
  }

  test.each([
    ['kept', { caps: [sms] }, { caps: [sms] }],
    ['anew', { caps: [sms] }, { caps: [any] }],
    ['as whole touches', { caps: [sms] }, { caps: [sms], exempt: [uncounted] }],
    ['as whole touches anew', { caps: [sms] }, { caps: [any], exempt: [uncounted] }],
    ['as instants', { caps: [sms], exempt: [uncounted] }, { caps: [sms] }],
  ] as const)('a reservation and a touch count on and can be taken back, %s', (_, before, after) => {
    const ask: Command = { ...told, op: 'check', at: START + HOUR, touchId: 'ask' }
    const gone: Command = { op: 'release', recipient: 'anna', at: START + HOUR, touchId: 't1' }
    const allow = { verdict: 'allow' }
    const deny = { verdict: 'deny', nextAllowedAt: START + 24 * HOUR }
    const record: Command = { ...told, op: 'record' }
    expect(change(before, after, record)(ask, record, gone, ask)).toMatchObject([
      deny,
      { ok: true },
      { ok: true },
      allow,
    ])
    const reserve: Command = { ...told, op: 'reserve', ttl: 'PT2H' }
    const held = change(before, after, reserve)
    expect(held(ask, gone, ask)).toMatchObject([
      { verdict: 'deny', nextAllowedAt: START + 2 * HOUR },
      { ok: true },
      allow,
    ])
    const commit: Command = { op: 'commit', recipient: 'anna', at: START, touchId: 't1' }
    expect(change(before, after, reserve)(commit, ask, gone, ask)).toMatchObject([
      { ok: true },
      deny,
      { ok: true },
      allow,
    ])
  })

  test('instants stay where whole touches are kept from now on', () => {
    const record: Command = { op: 'record', recipient: 'anna', at: START, facts: { channel: 'sms' } }
    const ask: Command = { ...record, op: 'check', at: START + HOUR }
    const [old, table] = [{ caps: [sms] }, { caps: [sms], exempt: [uncounted] }]
    expect(change(old, table, record)(ask)).toMatchObject([{ verdict: 'deny' }])
    expect(change(old, table, record)({ op: 'erase', recipient: 'anna' }, ask)[1]).toMatchObject({
      verdict: 'allow',
    })
  })

  test('consents, tags and preferences stay', () => {
    const ads = { id: 'ads', label: 'Ads', requires: 'opt-in' } as const
    const current: Cap = { ...any, when: { fact: 'tags', contains: 'promo' }, tags: 'current' }
    const tell = change(
      { consent: [ads], caps: [current] },
      { consent: [{ ...ads, id: 'other' }], caps: [{ ...current, limit: 2 }] },
      { op: 'consent', recipient: 'anna', at: START, basis: 'opt-in' },
      { op: 'tag', campaign: 'c1', tags: ['promo'] },
      { op: 'record', recipient: 'anna', at: START, facts: { campaign: 'c1' } },
    )
    const ask: Command = {
      op: 'check',
      recipient: 'anna',
      at: START,
      facts: { tags: ['promo'], campaign: 'c1' },
    }
    const again: Command = { op: 'record', recipient: 'anna', at: START, facts: { campaign: 'c1' } }
    expect(tell(ask, again, ask)).toMatchObject([{ verdict: 'allow' }, { ok: true }, { rules: ['any'] }])
  })
})
