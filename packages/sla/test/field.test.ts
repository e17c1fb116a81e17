// The places where rivals failed, each as a law of its own. Links name the threads in which their users met them.
import * as Calendar from '@clientele/calendar'
import {
  type Clock,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  type EventLine,
  evaluate,
  type Moment,
  migrate,
  replay,
  step,
} from '@clientele/sla'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const HOUR = 3_600_000
const at = (text: string): number => Date.parse(`2026-03-${text}:00Z`)
const desk = {
  timeZone: 'UTC',
  week: {
    mon: ['09:00-18:00'],
    tue: ['09:00-18:00'],
    wed: ['09:00-18:00'],
    thu: ['09:00-18:00'],
    fri: ['09:00-18:00'],
  },
}
const one = (clock: Omit<Partial<Clock>, 'id'> & { targets: Clock['targets'] }): Definition => ({
  calendars: { desk },
  clocks: [{ id: 'a', calendar: 'desk', start: { on: 'created' }, stop: { on: 'replied' }, ...clock }],
})
const pausing = { pause: { while: { fact: 'state', eq: 'pending' } } }
const tell = (definition: Definition, lines: readonly EventLine[], until = at('20T00:00')): string[] =>
  [...replay(compileOrThrow(definition), lines, { until })].map(
    ({ clock, moment, at: when }: Moment) =>
      `${new Date(when).toISOString().slice(8, 16)} ${clock} ${moment}`,
  )
const line = (when: string, event?: string, facts?: EventLine['facts']): EventLine => ({
  subject: 'T',
  at: at(when),
  ...(event === undefined ? {} : { event }),
  ...(facts === undefined ? {} : { facts }),
})

describe('pauses', () => {
  // glpi-project/glpi#10594, #14937: pause measured round the clock, deadline in business time
  test('a pause outside working hours costs nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 899 }),
        fc.integer({ min: 0, max: 899 }),
        fc.integer({ min: 1, max: 40 }),
        (x, y, hours) => {
          // from Monday 18:00 to Tuesday 09:00 there are 900 minutes
          const [from, to] = [Math.min(x, y), Math.max(x, y)].map(
            (minute) => at('02T18:00') + minute * 60_000,
          )
          // a deadline at closing, and a pause from that very instant on: events come before timers, so it stands still
          fc.pre(hours !== 8 || from! > at('02T18:00'))
          const table = compileOrThrow(one({ ...pausing, targets: [{ within: `PT${hours}H` }] }))
          const plain = [line('02T10:00', 'created')]
          const paused = [
            ...plain,
            { subject: 'T', at: from!, facts: { state: 'pending' } },
            { subject: 'T', at: to!, facts: { state: 'open' } },
          ]
          const due = (lines: readonly EventLine[]) => evaluate(table, lines, at('03T09:00'))[0]!.due
          const breach = (lines: readonly EventLine[]) =>
            [...replay(table, lines, { until: at('20T00:00') })].find(({ moment }) => moment === 'breached')
              ?.at
          expect(due(paused)).toBe(due(plain))
          expect(breach(paused)).toBe(breach(plain))
        },
      ),
      { numRuns: runs(20_000) },
    )
  })

  test('a weekend pause moves a deadline in days by nothing', () => {
    const lines = [
      line('06T10:00', 'created'),
      line('06T17:00', undefined, { state: 'pending' }),
      line('09T10:00', undefined, { state: 'open' }),
    ]
    // 7 h used on Friday, 1 h of Friday and 1 h of Monday paused, 2 h of nine left on Monday from 10:00
    expect(tell(one({ ...pausing, targets: [{ within: 'PT9H' }] }), lines)).toContain('09T12:00 a breached')
  })

  // glpi-project/glpi#6902, #15605, #1912: the pause is forgotten when the priority changes
  test.each([
    ['keep-elapsed', '03T11:00'],
    ['retroactive', '03T11:00'],
    ['restart', '03T12:00'],
  ] as const)('a priority change during a pause keeps the pause: %s', (onRetarget, breached) => {
    const targets = [{ when: { fact: 'priority', eq: 'high' }, within: 'PT2H' }, { within: 'PT8H' }]
    const lines = [
      line('02T10:00', 'created', { priority: 'low' }),
      line('02T11:00', undefined, { state: 'pending' }),
      line('02T15:00', undefined, { priority: 'high' }),
      line('03T10:00', undefined, { state: 'open' }),
    ]
    expect(tell(one({ ...pausing, targets, onRetarget }), lines)).toEqual([
      '02T10:00 a started',
      '02T11:00 a paused',
      '02T15:00 a retargeted',
      '03T10:00 a resumed',
      `${breached} a breached`,
    ])
  })

  test('a start that makes the pause hold is started, then paused', () => {
    const lines = [line('02T10:00', 'created', { state: 'pending' })]
    expect(tell(one({ ...pausing, targets: [{ within: 'PT1H' }] }), lines)).toEqual([
      '02T10:00 a started',
      '02T10:00 a paused',
    ])
  })
})

describe('deadlines', () => {
  // glpi-project/glpi#22678, #15357: an hour before the deadline came out as midnight, or as the deadline itself
  test('a reminder before the deadline lands in open time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 14 * 24 * 60 }),
        fc.integer({ min: 2, max: 50 }),
        (minute, hours) => {
          const start = at('02T00:00') + minute * 60_000
          const table = compileOrThrow(one({ targets: [{ within: `PT${hours}H` }], warn: ['-PT1H'] }))
          const told = [
            ...replay(table, [{ subject: 'T', at: start, event: 'created' }], {
              until: at('31T00:00') + 400 * 24 * HOUR,
            }),
          ]
          const [warned, breached] = ['warned', 'breached'].map(
            (name) => told.find(({ moment }) => moment === name)!.at,
          )
          const calendar = Calendar.compileOrThrow(desk)
          expect(Calendar.elapsed(calendar, warned!, breached!)).toBe(HOUR)
          // open, or the very closing up to which it was open
          expect(Calendar.isOpen(calendar, warned! - 1)).toBe(true)
        },
      ),
      { numRuns: runs(20_000) },
    )
  })

  test('a stop at the deadline is met, a millisecond later missed; an event comes before the timers of its instant', () => {
    const definition = one({ targets: [{ within: 'PT1H' }], warn: ['50%'] })
    expect(tell(definition, [line('02T10:00', 'created'), line('02T11:00', 'replied')])).toEqual([
      '02T10:00 a started',
      '02T10:30 a warned',
      '02T11:00 a met',
    ])
    expect(tell(definition, [line('02T10:00', 'created'), line('02T10:30', 'replied')])).toEqual([
      '02T10:00 a started',
      '02T10:30 a met',
    ])
    const late = [line('02T10:00', 'created'), { subject: 'T', at: at('02T11:00') + 1, event: 'replied' }]
    expect(tell(definition, late).slice(2)).toEqual(['02T11:00 a breached', '02T11:00 a missed'])
  })

  // zammad/zammad#5177: the update clock overruled the first response
  test('an update target shorter than the first response leaves the first response alone', () => {
    const definition: Definition = {
      clocks: [
        { id: 'first', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT4H' }] },
        {
          id: 'update',
          start: { on: 'created' },
          reset: { on: ['updated', 'replied'] },
          stop: { on: 'closed' },
          targets: [{ within: 'PT1H' }],
        },
      ],
    }
    const lines = [
      line('02T10:00', 'created'),
      line('02T10:30', 'updated'),
      line('02T13:00', 'replied'),
      line('02T13:30', 'closed'),
    ]
    expect(tell(definition, lines)).toEqual([
      '02T10:00 first started',
      '02T10:00 update started',
      '02T10:30 update reset',
      '02T11:30 update breached',
      '02T13:00 first met',
      '02T13:00 update reset',
      '02T13:30 update met',
    ])
  })

  // zammad/zammad#3140: counted against the agent who had answered
  test('an answered question counts no longer, the next one counts anew', () => {
    const definition = one({ start: { on: 'asked' }, cycle: 'each', targets: [{ within: 'PT2H' }] })
    const lines = [
      line('02T10:00', 'asked'),
      line('02T11:00', 'asked'),
      line('02T11:30', 'replied'),
      line('03T10:00', 'asked'),
    ]
    expect(tell(definition, lines)).toEqual([
      '02T10:00 a started',
      '02T11:30 a met',
      '03T10:00 a started',
      '03T12:00 a breached',
    ])
  })
})

describe('ended subjects', () => {
  // zammad/zammad#188, #534: closed and merged tickets went on escalating
  test('a closed or merged subject has no timers', () => {
    const definition = one({
      cancel: { on: 'merged' },
      targets: [{ within: 'PT2H' }],
      warn: ['75%'],
      after: ['PT1H'],
    })
    const table = compileOrThrow(definition)
    for (const event of ['replied', 'merged']) {
      const lines = [line('02T10:00', 'created'), line('02T11:00', event)]
      expect(evaluate(table, lines, at('02T11:00'))[0]!.next).toBeNull()
      expect(tell(definition, lines).length).toBe(2)
    }
  })

  test('a reopened one continues with the time it had used; the time between does not count', () => {
    const definition = one({ reopen: { on: 'reopened' }, targets: [{ within: 'PT4H' }] })
    const lines = [line('02T10:00', 'created'), line('02T11:00', 'replied'), line('04T10:00', 'reopened')]
    expect(tell(definition, lines)).toEqual([
      '02T10:00 a started',
      '02T11:00 a met',
      '04T10:00 a resumed',
      '04T13:00 a breached',
    ])
  })

  test('a clock whose targets no longer hold is cancelled', () => {
    const definition = one({ targets: [{ when: { fact: 'contract', eq: true }, within: 'PT4H' }] })
    const lines = [
      line('02T10:00', 'created', { contract: true }),
      line('02T11:00', undefined, { contract: null }),
    ]
    expect(tell(definition, lines)).toEqual(['02T10:00 a started', '02T11:00 a cancelled'])
  })
})

describe('retargets', () => {
  const targets = [{ when: { fact: 'priority', eq: 'high' }, within: 'PT1H' }, { within: 'PT8H' }]
  test('a change that leaves the deadline behind reports the breach at the change', () => {
    const lines = [
      line('02T10:00', 'created'),
      line('02T13:00', undefined, { priority: 'high' }),
      line('02T13:00', 'replied'),
    ]
    const told = [...replay(compileOrThrow(one({ targets, warn: ['50%'] })), lines)]
    expect(told.map(({ moment, at: when, due, remainingMs }) => [moment, when, due, remainingMs])).toEqual([
      ['started', at('02T10:00'), at('02T18:00'), 8 * HOUR],
      ['retargeted', at('02T13:00'), at('02T11:00'), -2 * HOUR],
      ['breached', at('02T13:00'), at('02T11:00'), -2 * HOUR],
      ['missed', at('02T13:00'), at('02T11:00'), -2 * HOUR],
    ])
  })

  test('a breach that was reported stays reported; the stop is judged by the deadline of its time', () => {
    const lines = [
      line('02T10:00', 'created', { priority: 'high' }),
      line('02T12:00', undefined, { priority: 'low' }),
      line('02T13:00', 'replied'),
    ]
    expect(tell(one({ targets }), lines)).toEqual([
      '02T10:00 a started',
      '02T11:00 a breached',
      '02T12:00 a retargeted',
      '02T13:00 a met',
    ])
  })

  test('a warning is given once a cycle for each mark, again after a reset', () => {
    const lines = [
      line('02T10:00', 'created'),
      line('02T14:30', undefined, { priority: 'high' }),
      line('02T14:40', undefined, { priority: 'low' }),
      line('02T15:00', 'anew'),
    ]
    const definition = one({
      targets: [{ ...targets[0]!, within: 'PT6H' }, targets[1]!],
      warn: ['50%'],
      reset: { on: 'anew' },
    })
    expect(tell(definition, lines).filter((moment) => moment.endsWith('warned'))).toEqual([
      '02T14:00 a warned',
      '03T10:00 a warned',
    ])
  })
})

describe('edges', () => {
  const targets = [{ when: { fact: 'priority', eq: 'high' }, within: 'PT1H' }, { within: 'PT8H' }]
  test('a deadline behind is the earliest instant at which the target was used up, also at the edge of a pause', () => {
    const lines = [
      line('02T10:00', 'created'),
      line('02T11:00', undefined, { state: 'pending' }),
      line('02T12:00', undefined, { state: 'open' }),
      line('02T13:00', undefined, { priority: 'high' }),
    ]
    const [retargeted] = [...replay(compileOrThrow(one({ ...pausing, targets })), lines)].filter(
      ({ moment }) => moment === 'retargeted',
    )
    expect(retargeted!.due).toBe(at('02T11:00'))
  })

  test('a retroactive start leaves out a pause that began at its very instant', () => {
    const definition = one({
      start: { on: 'accepted', since: { fact: 'openedAt' } },
      pause: { on: 'hold' },
      resume: { on: 'release' },
      targets: [{ within: 'PT4H' }],
    })
    const lines = [
      line('02T10:00', 'hold', { openedAt: '2026-03-02T10:00:00Z' }),
      line('02T11:00', 'release'),
      line('02T12:00', 'accepted'),
    ]
    const [verdict] = evaluate(compileOrThrow(definition), lines, at('02T13:00'))
    expect(verdict).toMatchObject({ startedAt: at('02T10:00'), elapsedMs: 2 * HOUR, due: at('02T15:00') })
  })

  test('a stop at the deadline that comes after a tick of that instant takes the breach back', () => {
    const table = compileOrThrow(one({ targets: [{ within: 'PT1H' }] }))
    const state = createState(table)
    const out: Effect[] = []
    step(table, state, line('02T10:00', 'created'), out)
    step(table, state, { op: 'tick', at: at('02T11:00') }, out)
    step(table, state, line('02T11:00', 'replied'), out)
    expect(out.map((effect) => 'moment' in effect && [effect.moment, 'retracted' in effect])).toEqual([
      ['started', false],
      ['breached', false],
      ['breached', true],
      ['met', false],
    ])
  })

  test('an edit does not give a warning again', () => {
    const warned = (within: string) => compileOrThrow(one({ targets: [{ within }], warn: ['50%'] }))
    const [before, after] = [warned('PT2H'), warned('PT6H')]
    const state = createState(before)
    const out: Effect[] = []
    step(before, state, line('02T10:00', 'created'), out)
    step(before, state, { op: 'tick', at: at('02T11:30') }, out)
    const { table } = migrate(state, before, after, { mode: 'prospective' })
    step(table, state, { op: 'tick', at: at('02T17:00') }, out)
    expect(out.map((effect) => 'moment' in effect && effect.moment)).toEqual([
      'started',
      'warned',
      'breached',
    ])
  })
})
