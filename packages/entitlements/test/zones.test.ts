// Dates are those of the contract's zone: terms and periods begin when its wall clock first shows them, in forty zones and
// on the days when clocks change.
import { type Command, compileOrThrow, createState, type Effect, step } from '@clientele/entitlements'
import { runs, zoneName, zones } from '@clientele/testkit'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'

/** The first instant at which the wall clock shows a date or a later one, by asking Temporal around it. */
const startOf = (zone: string, date: Temporal.PlainDate): number => {
  const at = date.toZonedDateTime(zone).epochMilliseconds
  const shown = (instant: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate()
  expect(Temporal.PlainDate.compare(shown(at), date)).toBeGreaterThanOrEqual(0)
  expect(Temporal.PlainDate.compare(shown(at - 1), date)).toBeLessThan(0)
  return at
}

const table = compileOrThrow({
  packages: {
    p: {
      channels: Object.fromEntries(
        (['day', 'week', 'month', 'quarter', 'year'] as const).flatMap((per) => [
          [per, { quota: 1, per }],
          [`${per}-anchored`, { quota: 1, per, anchor: 'contract' as const }],
        ]),
      ),
    },
  },
})
const told = (...commands: readonly Command[]): readonly string[] => {
  const [state, out] = [createState(table), [] as Effect[]]
  for (const command of commands) step(table, state, command, out)
  return out.map((effect) => {
    if (!('verdict' in effect)) return 'ok'
    const { verdict, reason, nextAllowedAt } = effect
    return `${verdict} ${reason ?? ''} ${nextAllowedAt ?? ''}`.trim()
  })
}
const date = fc
  .integer({ min: 0, max: 365 * 40 })
  .map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }))

test('a term begins with its first day and ends with its last', () => {
  expect(zones().length).toBeGreaterThanOrEqual(20)
  fc.assert(
    fc.property(zoneName(), date, fc.integer({ min: 0, max: 400 }), (zone, from, days) => {
      const to = from.add({ days })
      const contract: Command = {
        op: 'contract',
        customer: 'c',
        package: 'p',
        from: `${from}`,
        to: `${to}`,
        zone,
      }
      const [start, end] = [startOf(zone, from), startOf(zone, to.add({ days: 1 }))]
      // a date that a zone has skipped has no time in it
      if (start === end) return
      const ask = (at: number): Command => ({ op: 'status', customer: 'c', channel: 'day', at })
      expect(told(contract, ask(start - 1), ask(start), ask(end - 1), ask(end))).toEqual([
        'ok',
        `deny not-started ${start}`,
        'allow',
        'allow',
        'deny expired',
      ])
    }),
    { numRuns: runs(20_000) },
  )
})

const UNITS = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
}
const firstOf = (per: keyof typeof UNITS, day: Temporal.PlainDate): Temporal.PlainDate => {
  if (per === 'day') return day
  if (per === 'week') return day.subtract({ days: day.dayOfWeek - 1 })
  if (per === 'month') return day.with({ day: 1 })
  if (per === 'quarter') return day.with({ day: 1, month: day.month - ((day.month - 1) % 3) })
  return day.with({ day: 1, month: 1 })
}

test('a quota is there again when the next period begins, by the calendar and by the contract', () => {
  const per = fc.constantFrom('day', 'week', 'month', 'quarter', 'year')
  fc.assert(
    fc.property(
      zoneName(),
      per,
      fc.constantFrom('', '-anchored'),
      date,
      fc.integer({ min: 0, max: 900 }),
      fc.nat({ max: 86_399_999 }),
      (zone, unit, anchored, from, days, ms) => {
        const at = startOf(zone, from.add({ days })) + ms
        const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
        let next = firstOf(unit, today).add(UNITS[unit])
        if (anchored !== '') {
          let turns = 0
          const { days: length = 0, months = 0 } = UNITS[unit] as { days?: number; months?: number }
          const begin = (i: number): Temporal.PlainDate => from.add({ days: i * length, months: i * months })
          while (Temporal.PlainDate.compare(begin(turns), today) <= 0) turns++
          next = begin(turns)
        }
        // the wall clock shows a date twice where it is put back over midnight; the second time it has ended already
        if (startOf(zone, today.add({ days: 1 })) <= at) return
        const line: Command = { op: 'consume', customer: 'c', channel: `${unit}${anchored}`, at }
        const again = startOf(zone, next)
        expect(
          told(
            { op: 'contract', customer: 'c', package: 'p', from: `${from}`, zone },
            line,
            line,
            { ...line, at: again - 1 },
            { ...line, at: again },
          ).slice(1),
        ).toEqual(['allow', `deny quota ${again}`, `deny quota ${again}`, 'allow'])
      },
    ),
    { numRuns: runs(40_000) },
  )
})
