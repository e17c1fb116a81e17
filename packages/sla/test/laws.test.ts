// Laws of the fold: the answer follows from the lines alone, however they come.
import {
  append,
  compileOrThrow,
  createLog,
  createState,
  type Effect,
  type EventLine,
  evaluate,
  explain,
  type Moment,
  replay,
  size,
  step,
} from '@clientele/sla'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HORIZON, log, policy, START } from './arbitraries.js'
import { STEP } from './oracle.js'

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

/** What is left told after retractions, sorted. */
const standing = (effects: readonly Effect[]): Moment[] => {
  const left: Moment[] = []
  for (const effect of effects) {
    if ('error' in effect) throw new Error(effect.error.message)
    if (!('retracted' in effect)) left.push(effect)
    else {
      const { retracted, ...moment } = effect
      const at = left.findIndex((each) => JSON.stringify(each) === JSON.stringify(moment))
      expect(retracted && at, 'what is retracted was told').toBeGreaterThanOrEqual(0)
      left.splice(at, 1)
    }
  }
  return left.sort(byText)
}

/** One line an instant for each subject, so that no tie depends on the order of arrival. */
const withoutTies = (lines: readonly EventLine[]): readonly EventLine[] => {
  const seen = new Set<string>()
  return lines.filter(({ subject, at }) => {
    const key = `${String(subject)} ${at}`
    return !seen.has(key) && seen.add(key)
  })
}

const shuffled = log
  .map(withoutTies)
  .chain((lines) =>
    fc.tuple(fc.constant(lines), fc.shuffledSubarray([...lines], { minLength: lines.length })),
  )

test('any order of arrival leaves the same moments standing', () => {
  fc.assert(
    fc.property(policy, shuffled, (definition, [lines, order]) => {
      const table = compileOrThrow(definition)
      const state = createState(table)
      const out: Effect[] = []
      for (const line of order) step(table, state, line, out)
      step(table, state, { op: 'tick', at: HORIZON }, out)
      expect(standing(out)).toEqual([...replay(table, lines, { until: HORIZON })].sort(byText))
    }),
    { numRuns: runs(60_000) },
  )
})

test('ticks in between, and lines after ticks of their own instant, change nothing', () => {
  const ticks = fc.array(
    fc.integer({ min: 0, max: 5 * 144 }).map((n) => START + n * STEP),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(policy, log, ticks, (definition, lines, at) => {
      const table = compileOrThrow(definition)
      const state = createState(table)
      const out: Effect[] = []
      const ordered = lines
        .map((line, i) => ({ line, i }))
        .sort((a, b) => Number(a.line.at) - Number(b.line.at) || a.i - b.i)
      const pending = [...at].sort((a, b) => a - b)
      for (const { line } of ordered) {
        while (pending[0] !== undefined && pending[0] <= Number(line.at)) {
          step(table, state, { op: 'tick', at: pending.shift()! }, out)
        }
        step(table, state, line, out)
      }
      step(table, state, { op: 'tick', at: HORIZON }, out)
      expect(standing(out)).toEqual([...replay(table, lines, { until: HORIZON })].sort(byText))
    }),
    { numRuns: runs(40_000) },
  )
})

test('a line that comes again changes nothing; its id with other content is refused', () => {
  fc.assert(
    fc.property(policy, log, fc.nat(), (definition, lines, pick) => {
      const table = compileOrThrow(definition)
      const state = createState(table)
      const out: Effect[] = []
      for (const line of lines) step(table, state, line, out)
      const told = out.length
      const again = lines[pick % lines.length]!
      step(table, state, again, out)
      expect(out.length).toBe(told)
      step(table, state, { ...again, event: 'something else' }, out)
      expect(out.slice(told)).toMatchObject([{ error: { code: 'id-reused', path: 'id' } }])
    }),
    { numRuns: runs(30_000) },
  )
})

test('evaluate stands where replay ends, and explain sums to it', () => {
  const instants = fc.integer({ min: 0, max: 9 * 144 }).map((n) => START + n * STEP)
  fc.assert(
    fc.property(policy, log, instants, (definition, lines, now) => {
      const table = compileOrThrow(definition)
      const own = lines.filter(({ subject }) => subject === 'x')
      const verdicts = evaluate(table, own, now)
      const told = [...replay(table, own, { until: now })]
      verdicts.forEach((verdict, i) => {
        const last = told.filter(({ clock }) => clock === verdict.clock).pop()
        if (last === undefined) {
          expect(verdict.state).toBe('idle')
          return
        }
        expect(verdict.target).toBe(last.target)
        if (['met', 'missed', 'cancelled'].includes(last.moment)) {
          expect(verdict).toMatchObject({
            state: last.moment,
            elapsedMs: last.elapsedMs,
            due: last.due,
            endedAt: last.at,
          })
        }
        const explained = explain(table, own, table.clocks[i]!.id, now)
        expect(explained.verdict).toEqual(verdict)
        expect(explained.ledger.total).toBe(verdict.elapsedMs)
        let cursor = verdict.startedAt!
        for (const { at } of explained.ledger.entries) {
          if (at![0] === at![1]) continue
          expect(at![0], 'no gap and no overlap').toBe(cursor)
          cursor = at![1]
        }
        expect(cursor).toBe(verdict.endedAt ?? Math.max(now, verdict.startedAt!))
        // the next moment foretold is the next that falls
        if (verdict.next === null || verdict.next.at > HORIZON) return
        const next = [
          ...replay(
            table,
            own.filter(({ at }) => Number(at) <= now),
            { until: verdict.next.at },
          ),
        ]
          .filter(({ clock, at }) => clock === verdict.clock && at > now)
          .shift()
        expect(next).toMatchObject(verdict.next)
      })
    }),
    { numRuns: runs(60_000) },
  )
})

test('time used never shrinks while a clock runs under one target, and time left never grows', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 9 * 144 }), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(policy, log, steps, (definition, lines, places) => {
      const table = compileOrThrow(definition)
      const own = lines.filter(({ subject }) => subject === 'x').slice(0, 1)
      const series = [...places].sort((a, b) => a - b).map((n) => evaluate(table, own, START + n * STEP))
      series.slice(1).forEach((verdicts, i) => {
        verdicts.forEach((verdict, clock) => {
          const before = series[i]![clock]!
          if (before.state === 'idle') return
          expect(verdict.elapsedMs).toBeGreaterThanOrEqual(before.elapsedMs)
          expect(verdict.remainingMs).toBeLessThanOrEqual(before.remainingMs!)
          expect(verdict.due).toBe(before.due)
        })
      })
    }),
    { numRuns: runs(30_000) },
  )
})

test('a log takes anything and throws nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.anything()), { maxLength: 20 }), (lines) => {
      const table = compileOrThrow({ clocks: [{ id: 'a', start: { on: 'b' }, targets: [{ within: 1 }] }] })
      const [held, state, out] = [createLog(), createState(table), [] as Effect[]]
      for (const line of lines) {
        append(held, line)
        step(table, state, line as EventLine, out)
      }
      expect(size(held)).toBeLessThanOrEqual(lines.length)
    }),
    { numRuns: runs(100_000) },
  )
})
