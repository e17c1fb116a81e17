// `clientele sla replay`: moments in order of time, ledgers that add up, and lines that are refused.

import { expect, test } from 'vitest'
import { DESK, run } from './run.js'

const POLICY = {
  calendars: { desk: DESK },
  clocks: [
    {
      id: 'first-response',
      calendar: 'desk',
      start: { on: 'created' },
      stop: { on: 'replied' },
      pause: { while: { fact: 'state', eq: 'pending' } },
      targets: [{ when: { fact: 'priority', eq: 'urgent' }, within: 'PT30M' }, { within: 'PT4H' }],
      warn: ['50%'],
      after: ['PT1H'],
    },
  ],
}

const line = (subject: string, at: string, event: string, facts = {}) => ({ subject, at, event, facts })

const LOG = [
  line('B', '2026-03-06T14:00:00Z', 'created', { priority: 'normal' }),
  line('A', '2026-03-06T13:00:00Z', 'created', { priority: 'urgent' }),
  line('A', '2026-03-06T13:45:00Z', 'replied'),
  line('B', '2026-03-09T08:00:00Z', 'replied'),
]

const replay = (input: readonly unknown[], options = '') =>
  run(`sla replay policy.json ${options}`, { input, files: { 'policy.json': POLICY } })

test('moments of all clocks come in order of time, with due, used and remaining open time', async () => {
  const { answers, code } = await replay(LOG)
  expect(code).toBe(0)
  expect(answers.map(({ subject, at, moment }) => `${at} ${subject} ${moment}`)).toEqual([
    '2026-03-06T13:00:00Z A started',
    '2026-03-06T13:15:00Z A warned',
    '2026-03-06T13:30:00Z A breached',
    '2026-03-06T13:45:00Z A missed',
    '2026-03-06T14:00:00Z B started',
    '2026-03-09T07:00:00Z B warned',
    '2026-03-09T08:00:00Z B met',
  ])
  expect(answers[4]).toEqual({
    subject: 'B',
    clock: 'first-response',
    at: '2026-03-06T14:00:00Z',
    moment: 'started',
    due: '2026-03-09T09:00:00Z',
    elapsedMs: 0,
    remainingMs: 14_400_000,
    target: 'targets[1]',
  })
  expect(answers[3]).toMatchObject({ elapsedMs: 2_700_000, remainingMs: -900_000 })
})

test('--until lets time pass beyond the last event', async () => {
  const { answers } = await replay([LOG[1]], '--until 2026-03-06T14:30:00Z')
  expect(answers.map(({ moment }) => moment)).toEqual(['started', 'warned', 'breached', 'overdue'])
  expect(answers[3]).toMatchObject({ step: 'PT1H', at: '2026-03-06T14:30:00Z' })
})

test('while paused due is null and the remaining time stands still', async () => {
  const { answers } = await replay([
    line('A', '2026-03-06T13:00:00Z', 'created', { state: 'pending' }),
    line('A', '2026-03-06T14:00:00Z', 'updated', { state: 'open' }),
  ])
  expect(answers.map(({ moment, due, remainingMs }) => [moment, due, remainingMs])).toContainEqual([
    'resumed',
    '2026-03-09T09:00:00Z',
    14_400_000,
  ])
  expect(answers.find(({ moment }) => moment === 'paused')).toMatchObject({ due: null })
})

test('--explain gives every moment a ledger that sums to the time used', async () => {
  const { answers } = await replay(LOG, '--explain')
  expect(answers).toHaveLength(7)
  for (const { ledger, elapsedMs } of answers as {
    ledger: { total: number; entries: { amount: number }[] }
    elapsedMs: number
  }[]) {
    expect(ledger.total).toBe(elapsedMs)
    expect(ledger.entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(elapsedMs)
  }
})

test.each<[bad: unknown, error: { code: string; path: string }]>([
  ['{', { code: 'bad-json', path: '' }],
  [
    { at: '2026-03-06T13:00:00Z', event: 'created' },
    { code: 'missing-key', path: 'subject' },
  ],
  [
    { subject: 'A', event: 'created' },
    { code: 'missing-key', path: 'at' },
  ],
  [
    { subject: 'A', at: 'noon', event: 'created' },
    { code: 'bad-value', path: 'at' },
  ],
  [
    { subject: 'A', at: '1901-01-01T00:00:00Z', event: 'created' },
    { code: 'out-of-range', path: 'at' },
  ],
  [
    { subject: 'A', at: '2026-03-06T13:00:00Z', event: 7 },
    { code: 'wrong-type', path: 'event' },
  ],
  [
    { subject: 'A', at: '2026-03-06T13:00:00Z' },
    { code: 'missing-key', path: 'event' },
  ],
])('the line %j is refused with %j, and the rest goes on', async (bad, error) => {
  const { answers, code } = await replay([...LOG.slice(0, 2), bad, ...LOG.slice(2)])
  expect(code).toBe(1)
  expect(answers[0]).toMatchObject({ error })
  expect(answers).toHaveLength(8)
})

test('a repeat changes nothing, the same id with other content is refused', async () => {
  const first = { id: 'e1', ...LOG[1] }
  const { answers, code } = await replay([first, first, { ...first, event: 'replied' }])
  expect(code).toBe(1)
  expect(answers.map(({ moment, error }) => moment ?? (error as { code: string }).code)).toEqual([
    'id-reused',
    'started',
  ])
})

test.each(['soon', '2026-03-06T13:00:00', '3000-01-01T00:00:00Z'])('--until %s is refused', async (until) => {
  const { code, issues } = await replay([], `--until ${until}`)
  expect(code).toBe(2)
  expect(issues[0]).toMatchObject({ code: 'bad-value', path: '--until' })
})

test('a policy that does not compile prints all its issues and exits 2', async () => {
  const files = {
    'policy.json': {
      clocks: [{ id: 'x', start: { on: 'a' }, calendar: 'dsk', targets: [{ within: 'P1M' }] }],
    },
  }
  const { code, issues, stdout } = await run('sla replay policy.json', { input: [], files })
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(issues.map(({ code }) => code).sort()).toEqual(['bad-value', 'unknown-calendar'])
})

test('--what-if prints only the clocks that would end otherwise, with a ledger when asked', async () => {
  const [clock] = POLICY.clocks
  const other = { ...POLICY, clocks: [{ ...clock, targets: [{ within: 'PT2H' }] }] }
  const files = { 'policy.json': POLICY, 'other.json': other }
  const { answers, code } = await run('sla replay policy.json --what-if other.json --explain', {
    input: LOG,
    files,
  })
  expect(code).toBe(0)
  expect(answers).toMatchObject([
    { subject: 'B', from: { state: 'met' }, to: { state: 'missed' } },
    {
      subject: 'A',
      clock: 'first-response',
      from: { state: 'missed', due: '2026-03-06T13:30:00Z' },
      to: { state: 'met', at: '2026-03-06T13:45:00Z', elapsedMs: 2_700_000 },
      ledger: { total: 2_700_000 },
    },
  ])
})

test.each([
  ['nowhere.json', 'missing-file'],
  ['bad.json', 'missing-key'],
])('--what-if %s is refused with %s', async (file, code) => {
  const files = { 'policy.json': POLICY, 'bad.json': {} }
  const ran = await run(`sla replay policy.json --what-if ${file}`, { input: [], files })
  expect([ran.code, ran.issues[0]?.['code']]).toEqual([2, code])
})
