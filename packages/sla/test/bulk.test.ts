// What columns say of a whole log is what one call says of one subject.
import {
  compileOrThrow,
  evaluate,
  evaluateInto,
  forecast,
  logOf,
  replay,
  STATES,
  standingsOf,
  whatIf,
} from '@clientele/sla'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { log, policy, START } from './arbitraries.js'
import { STEP } from './oracle.js'

const instant = fc.integer({ min: 0, max: 9 * 144 }).map((n) => START + n * STEP)
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

test('bulk equals single', () => {
  fc.assert(
    fc.property(policy, log, instant, (definition, lines, now) => {
      const table = compileOrThrow(definition)
      const held = logOf(lines)
      const out = evaluateInto(table, held, now, standingsOf(table, held))
      for (const [place, subject] of [...new Set(lines.map((line) => line.subject))].entries()) {
        const verdicts = evaluate(
          table,
          lines.filter((line) => line.subject === subject),
          now,
        )
        verdicts.forEach((verdict, clock) => {
          const row = place * table.clocks.length + clock
          expect({
            state: STATES[out.state[row]!],
            due: orNull(out.due[row]!),
            elapsedMs: out.elapsedMs[row],
            remainingMs: orNull(out.remainingMs[row]!),
            breachedAt: orNull(out.breachedAt[row]!),
          }).toEqual({
            state: verdict.state,
            due: verdict.due,
            elapsedMs: verdict.elapsedMs,
            remainingMs: verdict.remainingMs,
            breachedAt: verdict.breachedAt,
          })
        })
      }
    }),
    { numRuns: runs(60_000) },
  )
})

test('the breach that columns tell is the one replay told', () => {
  fc.assert(
    fc.property(policy, log, instant, (definition, lines, now) => {
      const table = compileOrThrow(definition)
      const held = logOf(lines)
      const out = evaluateInto(table, held, now, standingsOf(table, held))
      const told = [...replay(table, held, { until: now })]
      held.names.forEach((subject, place) => {
        table.clocks.forEach(({ id }, clock) => {
          const own = told.filter((moment) => moment.subject === subject && moment.clock === id)
          const begin = own.map(({ moment }) => moment === 'started' || moment === 'reset').lastIndexOf(true)
          const restart = table.clocks[clock]!.onRetarget === 'restart'
          const anew = restart ? own.map(({ moment }) => moment === 'retargeted').lastIndexOf(true) : -1
          const breach = own.slice(Math.max(begin, anew, 0)).find(({ moment }) => moment === 'breached')
          expect(orNull(out.breachedAt[place * table.clocks.length + clock]!)).toBe(breach?.at ?? null)
        })
      })
    }),
    { numRuns: runs(30_000) },
  )
})

test('evaluation leaves the log as it was', () => {
  fc.assert(
    fc.property(policy, log, instant, (definition, lines, now) => {
      const table = compileOrThrow(definition)
      const held = logOf(lines)
      const first = evaluateInto(table, held, now, standingsOf(table, held))
      const again = evaluateInto(table, held, now, standingsOf(table, held))
      expect(again).toEqual(first)
      expect(whatIf(table, table, held)).toEqual([])
    }),
    { numRuns: runs(10_000) },
  )
})

test('what-if names exactly the clocks whose ends differ', () => {
  const endOf = (moments: readonly { moment: string; clock: string; subject: unknown }[]): string[] => {
    const ends = new Map<string, string[]>()
    const open = new Map<string, boolean>()
    for (const { moment, clock, subject } of moments) {
      const key = `${String(subject)} ${clock}`
      const list = ends.get(key) ?? []
      ends.set(key, list)
      if (moment === 'resumed' && open.get(key) === false) list.pop()
      if (moment === 'started' || moment === 'resumed') open.set(key, true)
      if (['met', 'missed', 'cancelled'].includes(moment)) {
        open.set(key, false)
        list.push(moment)
      }
    }
    return [...ends].flatMap(([key, list]) => list.map((end, cycle) => `${key} ${cycle} ${end}`))
  }
  fc.assert(
    fc.property(policy, policy, log, (one, other, lines) => {
      const [a, b] = [compileOrThrow(one), compileOrThrow(other)]
      const [from, to] = [endOf([...replay(a, lines)]), endOf([...replay(b, lines)])]
      const flips = whatIf(a, b, lines)
      for (const { subject, clock, cycle, from: was, to: would } of flips) {
        const key = `${String(subject)} ${clock} ${cycle}`
        if (was !== null && ['met', 'missed', 'cancelled'].includes(was.state))
          expect(from).toContain(`${key} ${was.state}`)
        if (would !== null && ['met', 'missed', 'cancelled'].includes(would.state))
          expect(to).toContain(`${key} ${would.state}`)
      }
      const named = new Set(flips.map(({ subject, clock, cycle }) => `${String(subject)} ${clock} ${cycle}`))
      for (const end of from.filter((each) => !to.includes(each)))
        expect(named).toContain(end.slice(0, end.lastIndexOf(' ')))
    }),
    { numRuns: runs(15_000) },
  )
})

test('the forecast lists open clocks that are not breached, the least time left first', () => {
  fc.assert(
    fc.property(policy, log, instant, (definition, lines, now) => {
      const table = compileOrThrow(definition)
      const found = forecast(table, logOf(lines), now)
      const expected = ['x', 'y'].flatMap((subject) =>
        evaluate(
          table,
          lines.filter((line) => line.subject === subject),
          now,
        )
          .filter(({ state }) => state === 'running' || state === 'paused')
          .map(({ remainingMs }) => remainingMs),
      )
      expect(found.map(({ remainingMs }) => remainingMs)).toEqual(expected.sort((a, b) => a! - b!))
    }),
    { numRuns: runs(10_000) },
  )
})
