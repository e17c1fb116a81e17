// Laws of an edit: what each mode reaches, and that the quick way of calendars says what the long way says.
import * as Calendar from '@clientele/calendar'
import {
  compileOrThrow,
  createState,
  type Definition,
  describePlan,
  type Effect,
  type EventLine,
  evaluate,
  migrate,
  type State,
  step,
  type Table,
} from '@clientele/sla'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { usedAt } from '../src/machine/timers.js'
import { HORIZON, log, policy, START } from './arbitraries.js'
import { STEP } from './oracle.js'

const fed = (table: Table, lines: readonly EventLine[], until: number): { state: State; out: Effect[] } => {
  const state = createState(table)
  const out: Effect[] = []
  for (const line of lines) if (Number(line.at) <= until) step(table, state, line, out)
  step(table, state, { op: 'tick', at: until }, out)
  return { state, out }
}
const closing = (definition: Definition, date: string): Definition => ({
  ...definition,
  calendars: Object.fromEntries(
    Object.entries(definition.calendars ?? {}).map(([name, calendar]) => {
      const { holidays = [], ...rest } = calendar as { holidays?: readonly string[] }
      return [name, { ...rest, holidays: [...new Set([...holidays, date])] } as never]
    }),
  ),
})
const instant = fc.integer({ min: 100, max: 6 * 144 }).map((n) => START + n * STEP)
const date = fc.constantFrom('2026-03-04', '2026-03-06', '2026-03-09', '2026-03-12')
const sorted = (lines: readonly EventLine[]): EventLine[] =>
  [...lines].sort((a, b) => Number(a.at) - Number(b.at))

describe('migrate', () => {
  test('"all" is as if the new policy had always held', () => {
    fc.assert(
      fc.property(policy, policy, log, instant, (before, after, lines, at) => {
        const [old, fresh] = [compileOrThrow(before), compileOrThrow(after)]
        const { state } = fed(old, lines, at)
        const { table } = migrate(state, old, fresh, { mode: 'all' })
        const expected = fed(fresh, lines, at)
        // from here on both tell the same
        const [told, wanted]: [Effect[], Effect[]] = [[], []]
        for (const line of sorted(lines).filter((each) => Number(each.at) > at)) {
          step(table, state, line, told)
          step(fresh, expected.state, line, wanted)
        }
        step(table, state, { op: 'tick', at: HORIZON }, told)
        step(fresh, expected.state, { op: 'tick', at: HORIZON }, wanted)
        expect(told).toEqual(wanted)
      }),
      { numRuns: runs(20_000) },
    )
  })

  test('"running" counts open clocks anew and leaves ended ones', () => {
    fc.assert(
      fc.property(policy, log, instant, date, (definition, lines, at, day) => {
        const [old, fresh] = [compileOrThrow(definition), compileOrThrow(closing(definition, day))]
        const { state } = fed(old, lines, at)
        const { table, plan } = migrate(state, old, fresh, { mode: 'running' })
        for (const { subject, clock, to } of describePlan(state, table, plan)) {
          const own = lines.filter((line) => line.subject === subject && Number(line.at) <= at)
          const was = evaluate(old, own, at).find((verdict) => verdict.clock === clock)!
          const is = evaluate(fresh, own, at).find((verdict) => verdict.clock === clock)!
          expect(['running', 'paused', 'breached']).toContain(was.state)
          // a clock that the new calendar would have ended otherwise is open still
          if (!['running', 'paused', 'breached'].includes(is.state) || is.startedAt !== was.startedAt)
            continue
          expect(to.due).toBe(is.due)
        }
        // the time used too, of every clock that is open either way
        for (const [place, subject] of state.log.names.entries()) {
          const own = lines.filter((line) => line.subject === subject && Number(line.at) <= at)
          const [was, is] = [evaluate(old, own, at), evaluate(fresh, own, at)]
          table.clocks.forEach((_, clock) => {
            const open = ['running', 'paused', 'breached']
            const alike =
              was[clock]!.startedAt === is[clock]!.startedAt && was[clock]!.target === is[clock]!.target
            if (!alike || !open.includes(was[clock]!.state) || !open.includes(is[clock]!.state)) return
            const used = usedAt(state.machine, place * table.clocks.length + clock, at)
            expect(used).toBe(is[clock]!.elapsedMs)
          })
        }
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('"prospective" keeps the time used, and counts the rest by the new calendar', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 0, max: 600 }),
        date,
        (steps, later, day) => {
          const desk = {
            timeZone: 'UTC',
            week: { mon: ['09:00-18:00'], wed: ['09:00-18:00'], fri: ['00:00-24:00'] },
          }
          const definition: Definition = {
            calendars: { desk },
            clocks: [
              { id: 'a', calendar: 'desk', start: { on: 'created' }, targets: [{ within: steps * STEP }] },
            ],
          }
          const at = START + later * STEP
          const [old, fresh] = [compileOrThrow(definition), compileOrThrow(closing(definition, day))]
          const { state } = fed(old, [{ subject: 'x', at: START, event: 'created' }], at)
          const { table } = migrate(state, old, fresh, { mode: 'prospective' })
          const out: Effect[] = []
          step(table, state, { subject: 'x', at: HORIZON + 60 * 144 * STEP, facts: {} }, out)
          const breach = out.find((effect) => 'moment' in effect && effect.moment === 'breached')
          const [before, after] = [
            Calendar.compileOrThrow(desk),
            Calendar.compileOrThrow({ ...desk, holidays: [day] }),
          ]
          const left = steps * STEP - Calendar.elapsed(before, START, at)
          if (left <= 0) expect(breach).toBeUndefined()
          else
            expect(breach).toMatchObject({
              at: Calendar.add(after, at, left),
              elapsedMs: steps * STEP,
              remainingMs: 0,
            })
        },
      ),
      { numRuns: runs(10_000) },
    )
  })

  test('only the clocks whose path crosses the edited day are touched', () => {
    const desk = {
      timeZone: 'UTC',
      week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'], wed: ['09:00-18:00'] },
    }
    const definition: Definition = {
      calendars: { desk },
      clocks: [
        {
          id: 'a',
          calendar: 'desk',
          start: { on: 'created' },
          targets: [{ when: { fact: 'p', eq: 1 }, within: 'PT4H' }, { within: 'PT20H' }],
        },
      ],
    }
    const [old, fresh] = [compileOrThrow(definition), compileOrThrow(closing(definition, '2026-03-04'))]
    const lines = [1, 2, 1, 2].map((p, i) => ({
      subject: `s${i}`,
      at: START + 10 * 6 * STEP,
      event: 'created',
      facts: { p },
    }))
    const { state } = fed(old, lines, START + 11 * 6 * STEP)
    const { plan, table } = migrate(state, old, fresh, { mode: 'prospective' })
    expect(plan).toMatchObject({ touched: 2, kept: 2, dropped: [], added: [] })
    expect(
      describePlan(state, table, plan).map(({ subject, to }) => [subject, new Date(to.due!).toISOString()]),
    ).toEqual([
      ['s1', '2026-03-09T12:00:00.000Z'],
      ['s3', '2026-03-09T12:00:00.000Z'],
    ])
  })

  test('a dry run tells the same plan and changes nothing', () => {
    fc.assert(
      fc.property(
        policy,
        policy,
        log,
        instant,
        fc.constantFrom('prospective', 'running', 'all'),
        (before, after, lines, at, mode) => {
          const [old, fresh] = [compileOrThrow(before), compileOrThrow(after)]
          const [{ state }, other] = [fed(old, lines, at), fed(old, lines, at)]
          const { plan } = migrate(state, old, fresh, { mode, dryRun: true })
          const [told, wanted]: [Effect[], Effect[]] = [[], []]
          step(old, state, { op: 'tick', at: HORIZON }, told)
          step(old, other.state, { op: 'tick', at: HORIZON }, wanted)
          expect(told).toEqual(wanted)
          expect(migrate(fed(old, lines, at).state, old, fresh, { mode }).plan).toEqual(plan)
        },
      ),
      { numRuns: runs(15_000) },
    )
  })

  test('clocks that are gone are dropped, new ones begin idle, ended ones keep their end', () => {
    const clock = (id: string, within: string) => ({
      id,
      start: { on: 'created' },
      stop: { on: 'replied' },
      targets: [{ within }],
    })
    const old = compileOrThrow({ clocks: [clock('a', 'PT1H'), clock('b', 'PT1H')] })
    const fresh = compileOrThrow({ clocks: [clock('c', 'PT1H'), clock('b', 'PT5M')] })
    const { state } = fed(
      old,
      [
        { subject: 'x', at: 0, event: 'created' },
        { subject: 'x', at: 600_000, event: 'replied' },
      ],
      700_000,
    )
    const { plan } = migrate(state, old, fresh, { mode: 'prospective' })
    expect(plan).toMatchObject({ dropped: [{ clock: 'a', count: 1 }], added: ['c'] })
    expect(plan.rows.length).toBe(0)
  })
})
