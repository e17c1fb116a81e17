// What is refused, with which code, where, and with which suggestion; and what an input line is told.
import {
  append,
  bind,
  compile,
  compileOrThrow,
  createLog,
  createState,
  type Effect,
  type EventLine,
  evaluate,
  type Issue,
  message,
  replay,
  step,
} from '@clientele/sla'
import { describe, expect, test } from 'vitest'

const clock = { id: 'a', start: { on: 'created' }, targets: [{ within: 'PT1H' }] }
const desk = { timeZone: 'UTC', week: { mon: ['09:00-18:00'] } }
const told = (definition: unknown): string[] => {
  const compiled = compile(definition)
  const issues: readonly Issue[] = compiled._tag === 'Left' ? compiled.left : []
  for (const issue of issues) expect(message(issue).length).toBeGreaterThan(5)
  return issues.map((issue) => {
    const near = 'nearest' in issue && issue.nearest !== undefined ? ` ${issue.nearest}` : ''
    return `${issue.code} ${issue.path}${near}`
  })
}
const withClock = (change: object): unknown => ({ clocks: [{ ...clock, ...change }] })

const REFUSED: readonly (readonly [string, unknown, ...string[]])[] = [
  ['no object', 7, 'wrong-type '],
  ['no clocks', {}, 'missing-key '],
  ['an empty list', { clocks: [] }, 'bad-value clocks'],
  ['a misspelt key', { clcks: [], clocks: [clock] }, 'unknown-key  clocks'],
  ['a clock of nothing', { clocks: [{}] }, ...['id', 'start', 'targets'].map(() => 'missing-key clocks[0]')],
  ['the same id twice', { clocks: [clock, clock] }, 'duplicate-id clocks[1]'],
  [
    'an unknown calendar',
    { calendars: { desk }, ...(withClock({ calendar: 'dsk' }) as object) },
    'unknown-calendar clocks[0].calendar desk',
  ],
  [
    'a calendar inside',
    { calendars: { desk: { ...desk, week: { mon: ['9-18'] } } }, clocks: [clock] },
    'bad-interval calendars.desk.week.mon[0]',
  ],
  [
    'a zone inside',
    { calendars: { desk: { ...desk, timeZone: 'Europe/Mosow' } }, clocks: [clock] },
    'unknown-zone calendars.desk.timeZone Europe/Moscow',
  ],
  ['a bad duration', withClock({ targets: [{ within: '1h' }] }), 'bad-value clocks[0].targets[0].within'],
  ['months', withClock({ targets: [{ within: 'P1M' }] }), 'bad-value clocks[0].targets[0].within'],
  [
    'nothing to do it in',
    withClock({ targets: [{ within: 0 }] }),
    'not-positive clocks[0].targets[0].within',
  ],
  [
    'a negative term',
    withClock({ targets: [{ within: '-PT1H' }] }),
    'not-positive clocks[0].targets[0].within',
  ],
  [
    'the least above the most',
    withClock({ targets: [{ within: 'PT1H', notBefore: 'PT2H' }] }),
    'not-before-after-within clocks[0].targets[0].notBefore',
  ],
  [
    'marks',
    withClock({ warn: ['50', '120%', 'PT15M', 7] }),
    'bad-mark clocks[0].warn[0]',
    'bad-mark clocks[0].warn[1]',
    'bad-mark clocks[0].warn[2]',
    'wrong-type clocks[0].warn[3]',
  ],
  [
    'too many marks',
    withClock({ after: Array.from({ length: 16 }, () => 'PT1H') }),
    'too-large clocks[0].after',
  ],
  ['a trigger that names nothing', withClock({ stop: {} }), 'no-trigger clocks[0].stop'],
  ['a pause that names nothing', withClock({ pause: {} }), 'no-trigger clocks[0].pause'],
  ['a pause without end', withClock({ pause: { on: 'hold' } }), 'never-resumes clocks[0].pause'],
  [
    'a resume of nothing',
    withClock({ pause: { while: { fact: 'a', eq: 1 } }, resume: { on: 'go' } }),
    'nothing-to-resume clocks[0].resume',
  ],
  ['a word', withClock({ cycle: 'ecah' }), 'bad-value clocks[0].cycle each'],
  [
    'a condition inside',
    withClock({ pause: { while: { fact: 'a', eqq: 1 } } }),
    'unknown-key clocks[0].pause.while eq',
  ],
  [
    'a fact outside the vocabulary',
    {
      facts: { priority: 'string' },
      ...(withClock({ targets: [{ when: { fact: 'priorty', eq: 'x' }, within: 1 }] }) as object),
    },
    'unknown-fact clocks[0].targets[0].when.fact priority',
  ],
  ['a newer form', { version: 2, clocks: [clock] }, 'unsupported-version version'],
]

test.each(REFUSED)('%s is refused', (_, definition, ...expected) => {
  const issues = told(definition)
  for (const each of expected) expect(issues).toContain(each)
  expect(issues.length).toBeGreaterThanOrEqual(expected.length)
})

test('what any definition may carry is taken', () => {
  const meta = { anything: [1, { deep: null }] }
  expect(
    told({
      $schema: 'x',
      version: 1,
      id: 'p',
      label: 'P',
      meta,
      facts: { priority: 'string' },
      clocks: [clock],
    }),
  ).toEqual([])
  expect(
    told(withClock({ start: { on: ['created', 'asked'], when: { fact: 'event.by', eq: 'customer' } } })),
  ).toEqual([])
})

test('compileOrThrow prints every issue with its path', () => {
  expect(() => compileOrThrow(withClock({ calendar: 'desk', warn: ['x'] }) as never)).toThrow(
    /clocks\[0\]\.calendar: .*\n.*warn/,
  )
})

describe('input lines', () => {
  const REFUSED_LINES: readonly (readonly [string, unknown, string, string])[] = [
    ['a text', 'x', 'wrong-type', ''],
    ['no instant', { subject: 'a', event: 'b' }, 'missing-key', 'at'],
    ['a local time', { subject: 'a', event: 'b', at: '2026-03-02T09:00:00' }, 'wrong-type', 'at'],
    ['an instant long gone', { subject: 'a', event: 'b', at: '1920-03-02T09:00:00Z' }, 'wrong-type', 'at'],
    ['no subject', { at: 0, event: 'b' }, 'missing-key', 'subject'],
    ['a subject without id', { at: 0, event: 'b', subject: { type: 't' } }, 'wrong-type', 'subject'],
    ['nothing that happened', { at: 0, subject: 'a' }, 'missing-key', 'event'],
    ['facts in a list', { at: 0, subject: 'a', facts: [] }, 'wrong-type', 'facts'],
    ['another command', { at: 0, op: 'tik' }, 'unknown-op', 'op'],
  ]
  const policy = compileOrThrow({ facts: { priority: { enum: ['urgent', 'normal'] } }, clocks: [clock] })

  test.each(REFUSED_LINES)('%s', (_, line, code, path) => {
    const out: Effect[] = []
    step(policy, createState(policy), line as EventLine, out)
    expect(out).toMatchObject([{ error: { code, path } }])
  })
  test('a fact that contradicts the vocabulary, with the nearest value', () => {
    const error = append(
      createLog(),
      { at: 0, subject: 'a', facts: { priority: 'urgnt' } },
      policy.vocabulary,
    )
    expect(error).toMatchObject({ code: 'wrong-constant', path: 'facts.priority' })
    expect(error?.message).toContain('did you mean "urgent"?')
  })
  test('facts that reach for a prototype stay facts', () => {
    const line = JSON.parse(
      '{"at":0,"subject":"a","event":"created","facts":{"__proto__":{"priority":"urgent"},"constructor":1}}',
    )
    expect(evaluate(policy, [line], 1)[0]?.state).toBe('running')
    expect(({} as { priority?: string }).priority).toBeUndefined()
  })
  test('subjects of different types are different; a plain id is itself', () => {
    const log = [
      { subject: 'a', at: 0, event: 'created' },
      { subject: { type: 'ticket', id: 'a' }, at: 1, event: 'created' },
      { subject: { id: 'a' }, at: 2, event: 'created' },
    ]
    expect([...replay(policy, log)].map(({ subject }) => subject)).toEqual(['a', { type: 'ticket', id: 'a' }])
  })
})

test("the host's own hours take the place of a calendar", () => {
  const table = compileOrThrow({ calendars: { desk }, clocks: [{ ...clock, calendar: 'desk' }] })
  const twice = {
    add: (at: number, by: number) => at + 2 * by,
    elapsed: (from: number, to: number) => (to - from) / 2,
    isOpen: () => true,
    nextOpen: (at: number) => at,
  }
  expect(
    evaluate(bind(table, { desk: twice }), [{ subject: 'a', at: 0, event: 'created' }], 10)[0],
  ).toMatchObject({ due: 7_200_000, elapsedMs: 5 })
  expect(() => bind(table, { dsk: twice })).toThrow(RangeError)
})
