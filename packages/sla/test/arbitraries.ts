// Random policies and logs on whole steps of ten minutes, within two weeks of March 2026, in UTC.
import type { Clock, Definition, EventLine, Facts, Target } from '@clientele/sla'
import fc from 'fast-check'
import { STEP } from './oracle.js'

export const START = Date.UTC(2026, 2, 2)
export const HORIZON = START + 9 * 144 * STEP

const pad = (n: number): string => String(n).padStart(2, '0')
const time = (step: number): string => `${pad(Math.floor(step / 6))}:${pad((step % 6) * 10)}`
const interval = fc
  .tuple(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 1, max: 60 }))
  .map(([from, length]) => `${time(from)}-${time(Math.min(144, from + length))}`)
const day = fc.array(interval, { maxLength: 2 })
const calendar = fc
  .record({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day })
  .chain((week) =>
    fc
      .array(fc.constantFrom('2026-03-03', '2026-03-05', '2026-03-08'), { maxLength: 2 })
      .map((holidays) => ({ timeZone: 'UTC', week, holidays: [...new Set(holidays)] })),
  )

const optional = <K extends string, A>(key: K, value: fc.Arbitrary<A>): fc.Arbitrary<{ [k in K]?: A }> =>
  fc
    .option(value, { nil: undefined })
    .map((given) => (given === undefined ? {} : { [key]: given }) as { [k in K]?: A })
const merge = <A extends object>(...parts: fc.Arbitrary<object>[]): fc.Arbitrary<A> =>
  fc.tuple(...parts).map((given) => Object.assign({}, ...given) as A)

const hours = (steps: number): string => `PT${steps * 10}M`
const calendarName = fc.constantFrom('a', 'b')
const when = fc.constantFrom(
  { fact: 'priority', eq: 'urgent' },
  { fact: 'priority', eq: 'low' },
  { fact: 'vip', eq: true },
)
const target = (last: boolean): fc.Arbitrary<Target> =>
  fc
    .integer({ min: 1, max: 60 })
    .chain((twice) =>
      merge<Target>(
        fc.constant({ within: hours(twice * 2) }),
        last ? fc.constant({}) : when.map((condition) => ({ when: condition })),
        optional('calendar', calendarName),
        optional('notBefore', fc.integer({ min: 0, max: twice }).map(hours)),
      ),
    )
const targets = fc
  .tuple(fc.array(target(false), { maxLength: 2 }), fc.option(target(true), { nil: undefined, freq: 5 }))
  .map(([some, last]) => (last === undefined ? some : [...some, last]))
  .filter((list) => list.length > 0)

const byAgent = { fact: 'event.by', eq: 'agent' }
const trigger = (name: string) =>
  fc.constantFrom(
    { on: name },
    { on: [name, 'both'] },
    { on: name, when: byAgent },
    { on: name, when: { fact: 'vip', eq: true } },
  )
const pause = fc.constantFrom(
  { pause: { while: { fact: 'state', eq: 'pending' } } },
  { pause: { on: 'hold' }, resume: { on: 'release' } },
  {
    pause: { on: ['hold', 'both'], while: { fact: 'state', eq: 'pending' } },
    resume: { on: ['release', 'hold'], when: byAgent },
  },
)
const start = fc.constantFrom(
  { on: 'created' },
  { on: ['created', 'replied'] },
  { when: { fact: 'state', eq: 'open' } },
  { on: 'created', since: { fact: 'openedAt' } },
)

const clock = (id: string): fc.Arbitrary<Clock> =>
  merge<Clock>(
    fc.record({ id: fc.constant(id), start, targets }),
    optional('calendar', calendarName),
    optional('stop', trigger('replied')),
    optional('cancel', trigger('merged')),
    optional('reset', trigger('restart')),
    optional('reopen', trigger('reopened')),
    fc.option(pause, { nil: {} }),
    optional('cycle', fc.constantFrom('once', 'each')),
    optional('warn', fc.uniqueArray(fc.constantFrom('50%', '100%', '-PT30M', '-PT2H'), { maxLength: 3 })),
    optional('after', fc.uniqueArray(fc.constantFrom('PT10M', 'PT3H', 3_600_000), { maxLength: 2 })),
    optional('onRetarget', fc.constantFrom('keep-elapsed', 'restart', 'retroactive')),
  )

/** A policy of one to three clocks over two calendars. */
export const policy: fc.Arbitrary<Definition> = fc.record({
  calendars: fc.record({ a: calendar, b: calendar }),
  clocks: fc
    .tuple(clock('one'), clock('two'), clock('three'))
    .chain((all) => fc.subarray(all, { minLength: 1 })),
})

const instant = fc.integer({ min: 0, max: 5 * 144 }).map((step) => START + step * STEP)
const event = fc.constantFrom(
  ...['created', 'created', 'replied', 'merged', 'restart', 'reopened', 'hold', 'release', 'both', undefined],
)
const facts = merge<Facts>(
  optional('priority', fc.constantFrom('urgent', 'low', 'normal', null)),
  optional('state', fc.constantFrom('open', 'pending', null)),
  optional('vip', fc.boolean()),
  optional('openedAt', instant),
)

const line = fc
  .record({
    subject: fc.constantFrom('x', 'x', 'y'),
    at: instant,
    event,
    facts: fc.option(facts, { nil: undefined }),
    data: fc.option(fc.constantFrom({ by: 'agent' }, { by: 'customer' }), { nil: undefined }),
  })
  .map(
    ({ subject, at, event: name, facts: known, data }): EventLine => ({
      subject,
      at,
      ...(name === undefined
        ? { facts: known ?? {} }
        : { event: name, ...(known === undefined ? {} : { facts: known }) }),
      ...(data === undefined ? {} : { data }),
    }),
  )

/** Up to fourteen lines of two subjects, each with an id of its own. */
export const log: fc.Arbitrary<readonly EventLine[]> = fc
  .array(line, { minLength: 1, maxLength: 14 })
  .map((lines) =>
    [{ ...lines[0]!, event: 'created' }, ...lines.slice(1)].map((each, i) => ({ id: `e${i}`, ...each })),
  )
