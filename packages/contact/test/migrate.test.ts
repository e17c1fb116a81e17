// Laws of a change of policy: nothing moves that did not change, nothing changes in a dry run, and from the moment the plan
// names the answers are those of a state that never knew another policy.
import {
  type Cap,
  type Command,
  type CoolDown,
  compileOrThrow,
  createState,
  type Definition,
  describePlan,
  type Effect,
  type Exemption,
  migrate,
  type Plan,
  type State,
  snapshot,
  step,
  type Table,
  type Window,
} from '@clientele/contact'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caseOf, SHORT, WIDE } from './arbitraries.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const START = Date.UTC(2026, 2, 2, 9)

const fed = (table: Table, state: State, commands: readonly Command[]): Effect[] => {
  const out: Effect[] = []
  for (const command of commands) step(table, state, command, out)
  return out
}
const lateness = fc.constantFrom(0, HOUR, Number.POSITIVE_INFINITY)

// ── policies of few rules that often count the same touches ──

const condition = fc.constantFrom(
  undefined,
  { fact: 'channel', eq: 'sms' },
  { fact: 'channel', eq: 'call' },
  { fact: 'talk', eq: true },
)
const window: fc.Arbitrary<Window> = fc.oneof(
  fc.constantFrom('PT1H', 'PT5H', 'PT24H', 'P5D').map((rolling) => ({ rolling })),
  fc
    .tuple(fc.constantFrom(1, 2, 4), fc.constantFrom('recipient', 'Asia/Tokyo'))
    .map(([civilDays, zone]) => ({ civilDays, zone })),
  fc
    .tuple(fc.constantFrom('hour', 'day', 'week'), fc.constantFrom('recipient', 'Asia/Tokyo'))
    .map(([calendar, zone]) => ({ calendar, zone }) as const),
  fc.constant({ lifetime: true } as const),
)
const withDefined = <A extends object>(record: A): A => JSON.parse(JSON.stringify(record)) as A
const per = fc.constantFrom(undefined, undefined, ['recipient', 'debt'], ['debt'])
const cap: fc.Arbitrary<Omit<Cap, 'id'>> = fc
  .record({
    label: fc.constant('A cap'),
    when: condition,
    limit: fc.constantFrom(0, 1, 1, 2, 2, 3, 5, 70),
    window,
    per,
    weights: fc.constantFrom(undefined, undefined, undefined, [
      { when: { fact: 'talk', eq: true }, weight: 2 },
    ]),
  })
  .map(withDefined)
const coolDown: fc.Arbitrary<Omit<CoolDown, 'id'>> = fc
  .record({
    label: fc.constant('A pause'),
    after: fc.constantFrom({ fact: 'talk', eq: true }, { fact: 'event', exists: true }),
    window,
    per,
  })
  .map(withDefined)
const exemption: fc.Arbitrary<Exemption> = fc
  .record({
    when: condition,
    since: fc.constantFrom(undefined, { fact: 'event', eq: 'reply' }),
    until: fc.constantFrom(undefined, { fact: 'talk', eq: true }),
    window: fc.option(window, { nil: undefined }),
    from: fc.constantFrom(['caps'], ['coolDowns'], ['caps', 'coolDowns']) as fc.Arbitrary<Exemption['from']>,
    uncounted: fc.constantFrom(undefined, true),
  })
  .map(({ since, until, window: own, ...rest }) =>
    withDefined(since === undefined ? rest : { ...rest, since, until, window: own }),
  ) as fc.Arbitrary<Exemption>

const policy: fc.Arbitrary<Definition> = fc
  .record({
    caps: fc.array(cap, { minLength: 1, maxLength: 3 }),
    coolDowns: fc.array(coolDown, { maxLength: 1 }),
    exempt: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(exemption, { maxLength: 2 }) },
    ),
  })
  .map(({ caps, coolDowns, exempt }) => ({
    caps: caps.map((each, i) => ({ id: `cap${i}`, ...each })),
    coolDowns: coolDowns.map((each, i) => ({ id: `pause${i}`, ...each })),
    exempt,
  }))

/** A policy and an edit of it: limits, windows, rules taken away or put in, ids. */
const edited: fc.Arbitrary<readonly [Definition, Definition]> = fc
  .tuple(
    policy,
    policy,
    fc.array(fc.constantFrom('limit', 'window', 'none', 'gone'), { minLength: 4, maxLength: 4 }),
    fc.boolean(),
  )
  .map(([before, other, edits, exempt]) => {
    const change = <R extends { readonly window: Window }>(rules: readonly R[], from: readonly R[]): R[] =>
      rules.flatMap((rule, i) => {
        const [edit, source] = [edits[i], from[i % Math.max(1, from.length)]]
        if (edit === 'gone') return []
        if (edit === 'limit' && source !== undefined && 'limit' in source)
          return [{ ...rule, limit: source.limit }]
        return [edit === 'window' && source !== undefined ? { ...rule, window: source.window } : rule]
      })
    const caps = [
      ...change(before.caps!, other.caps!),
      ...(edits[3] === 'none' ? [] : other.caps!.slice(0, 1)),
    ]
    return [
      before,
      {
        caps: caps.map((each, i) => ({ ...each, id: `new${i}` })),
        coolDowns: change(before.coolDowns!, other.coolDowns!),
        exempt: exempt ? before.exempt! : other.exempt!,
      },
    ] as const
  })

const PEOPLE = [
  { id: 'anna', zone: 'Europe/Moscow' },
  { id: 'bob', zone: 'America/New_York' },
] as const
const facts = fc.record(
  {
    channel: fc.constantFrom('sms', 'sms', 'call'),
    talk: fc.constantFrom(true, false),
    debt: fc.constantFrom('d1', 'd1', 'd2'),
    event: fc.constant('reply'),
  },
  { requiredKeys: ['channel'] },
)
/** What happened, in order of time. */
const happened: fc.Arbitrary<readonly Command[]> = fc
  .array(fc.tuple(fc.constantFrom(0, 1, 10, 30, 61, 200, 1_000, 2_000), fc.nat(1), facts), {
    minLength: 1,
    maxLength: 40,
    size: 'max',
  })
  .map((lines) => {
    let at = START
    return lines.map(([minutes, who, told]) => {
      at += minutes * MINUTE
      return { op: 'record' as const, recipient: PEOPLE[who]!, at, facts: told }
    })
  })
const lastOf = (commands: readonly Command[]): number => Number(commands[commands.length - 1]!.at)
/** The first moment at which all is exact; `undefined` when that never comes. */
const exactAt = (plan: Plan): number | undefined => {
  if (plan.exact === 'never') return undefined
  return plan.exactFrom ?? plan.at
}
const checks = (commands: readonly Command[], at: number): Command[] =>
  commands.flatMap((each, i) =>
    'facts' in each && 'recipient' in each
      ? [
          {
            op: 'check' as const,
            recipient: each.recipient,
            at: at + i * MINUTE,
            facts: each.facts as object,
          },
        ]
      : [],
  )

describe('migrate', () => {
  test('to the same policy changes no answer', () => {
    fc.assert(
      fc.property(
        fc.oneof(caseOf(WIDE), caseOf(SHORT)),
        lateness,
        fc.nat(40),
        ({ definition, commands }, late, split) => {
          const [table, again] = [compileOrThrow(definition), compileOrThrow(definition)]
          const [state, other] = [
            createState(table, { lateness: late }),
            createState(table, { lateness: late }),
          ]
          for (const each of [state, other]) fed(table, each, commands.slice(0, split))
          const { plan } = migrate(state, again, { at: START })
          expect(plan.rules.filter(({ what }) => what !== 'kept')).toEqual([])
          const rest = commands.slice(split)
          expect(fed(again, state, rest)).toEqual(fed(table, other, rest))
        },
      ),
      { numRuns: runs(10_000) },
    )
  })

  test('to the same policy is exact from now on', () => {
    fc.assert(
      fc.property(policy, happened, lateness, (definition, lines, late) => {
        const table = compileOrThrow(definition)
        const state = createState(table, { lateness: late })
        fed(table, state, lines)
        const { plan } = migrate(state, compileOrThrow(definition), { at: lastOf(lines) })
        expect(plan).toMatchObject({ exact: 'now', exactFrom: null })
      }),
      { numRuns: runs(20_000) },
    )
  })

  test('a dry run tells the same plan and changes nothing', () => {
    fc.assert(
      fc.property(edited, happened, lateness, ([before, after], lines, late) => {
        const [old, table] = [compileOrThrow(before), compileOrThrow(after)]
        const state = createState(old, { lateness: late })
        fed(old, state, lines)
        const bytes = snapshot(state)
        const dry = migrate(state, table, { at: lastOf(lines), dryRun: true })
        expect(snapshot(state)).toEqual(bytes)
        expect(migrate(state, table, { at: lastOf(lines) }).plan).toEqual(dry.plan)
        expect(state.table).toBe(table)
      }),
      { numRuns: runs(10_000) },
    )
  })

  const met = { now: 0, from: 0, never: 0 }
  test('answers as if the new policy had always held, from the moment the plan names', () => {
    fc.assert(
      fc.property(edited, happened, fc.nat(40), happened, ([before, after], lines, split, later) => {
        const [old, table] = [compileOrThrow(before), compileOrThrow(after)]
        const [state, fresh] = [createState(old), createState(table)]
        const told = lines.slice(0, split + 1)
        fed(old, state, told)
        const { plan } = migrate(state, table, { at: lastOf(told) })
        fed(table, fresh, told)
        met[plan.exact]++
        const from = exactAt(plan)
        if (from === undefined) return
        // the rest of what happens, and what is asked from then on
        const rest = lines.slice(split + 1)
        const moved = later.map((each) => ({
          ...each,
          at: Number(each.at) - START + Math.max(from, lastOf(lines)),
        }))
        const asked = moved.flatMap((each) => [...checks(later, Number(each.at)), each as Command])
        for (const each of [state, fresh]) fed(table, each, rest)
        expect(fed(table, state, asked)).toEqual(fed(table, fresh, asked))
      }),
      { numRuns: runs(60_000) },
    )
    expect(Math.min(met.now, met.from, met.never), JSON.stringify(met)).toBeGreaterThan(20)
  })

  test('so it is after two changes in a row', () => {
    fc.assert(
      fc.property(edited, edited, happened, happened, ([before, first], [other, last], lines, later) => {
        const tables = [before, first, other, last].map((each) => compileOrThrow(each))
        const state = createState(tables[0]!)
        fed(tables[0]!, state, lines)
        let from: number | undefined = lastOf(lines)
        for (const table of tables.slice(1)) from = exactAt(migrate(state, table, { at: lastOf(lines) }).plan)
        if (from === undefined) return
        const fresh = createState(tables[3]!)
        fed(tables[3]!, fresh, lines)
        const asked = checks(later, Math.max(from, lastOf(lines)))
        expect(fed(tables[3]!, state, asked)).toEqual(fed(tables[3]!, fresh, asked))
      }),
      { numRuns: runs(20_000) },
    )
  })
})

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
