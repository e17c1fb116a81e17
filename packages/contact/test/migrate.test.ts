// Laws of a change of policy: nothing moves that did not change, nothing changes in a dry run, and from the moment the plan
// names the answers are those of a state that never knew another policy.
import {
  type Cap,
  type Command,
  type CoolDown,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  type Exemption,
  type Facts,
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
const withDefined = <A>(record: object): A => JSON.parse(JSON.stringify(record)) as A
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
  .map(withDefined<Omit<Cap, 'id'>>)
const coolDown: fc.Arbitrary<Omit<CoolDown, 'id'>> = fc
  .record({
    label: fc.constant('A pause'),
    after: fc.constantFrom({ fact: 'talk', eq: true }, { fact: 'event', exists: true }),
    window,
    per,
  })
  .map(withDefined<Omit<CoolDown, 'id'>>)
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
    withDefined<Exemption>(since === undefined ? rest : { ...rest, since, until, window: own }),
  )

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
            facts: each.facts as Facts,
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
        // keys that people of several zones share have no one window
        fed(
          table,
          state,
          lines.map((line) => ({ ...line, recipient: PEOPLE[0] }) as Command),
        )
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
      { numRuns: runs(30_000) },
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
