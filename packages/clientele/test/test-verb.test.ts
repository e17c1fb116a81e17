// `clientele <package> test` and `clientele bench`: a definition kept honest by cases and by the clock.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Sla from '@clientele/sla'
import { expect, test } from 'vitest'
import { DESK, folder, run } from './run.js'

const OPEN = { op: 'isOpen', at: '2026-03-06T09:00:00Z' }
const ADD = { op: 'add', at: '2026-03-06T14:00:00Z', by: 'PT8H' }

const cases = (...lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')

const check = (text: string) =>
  run('calendar test calendar.json cases.ndjson', { files: { 'calendar.json': DESK, 'cases.ndjson': text } })

test('cases that hold are counted', async () => {
  const { answers, code } = await check(
    cases(
      { ...OPEN, expect: { open: true } },
      { given: [OPEN, ADD], expect: { at: '2026-03-09T13:00:00Z' } },
      { given: [OPEN, ADD], expect: [{ open: true }, { at: '2026-03-09T13:00:00Z' }] },
      { op: 'isOpen', at: 'x', expect: { error: { path: 'at' } } },
    ),
  )
  expect([code, answers]).toEqual([0, [{ passed: 4, failed: 0 }]])
})

test('a difference is printed with its line, its label, the answer and the ledger', async () => {
  const { answers, code } = await check(
    cases({ ...OPEN, expect: { open: true } }, { ...ADD, label: 'over the weekend', expect: { at: 'x' } }),
  )
  expect(code).toBe(1)
  expect(answers).toMatchObject([
    {
      line: 2,
      label: 'over the weekend',
      differences: [{ path: 'at', expected: 'x', given: '2026-03-09T13:00:00Z' }],
      answer: { at: '2026-03-09T13:00:00Z' },
      ledger: { total: 28_800_000 },
    },
    { passed: 1, failed: 1 },
  ])
})

test.each([
  ['{', 'bad-json'],
  ['{"op":"isOpen"}', 'missing-key'],
  ['{"given":7,"expect":{}}', 'wrong-type'],
])('the case %s cannot be read and fails', async (text, code) => {
  const ran = await check(text)
  expect(ran.code).toBe(1)
  expect(ran.answers).toMatchObject([
    { line: 1, error: { code } },
    { passed: 0, failed: 1 },
  ])
})

test('no cases at all is no success', async () => {
  expect((await check('')).code).toBe(1)
})

const POLICY = {
  clocks: [{ id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT1H' }] }],
}
const CREATED = { subject: 'A', at: '2026-03-06T09:00:00Z', event: 'created' }
const REPLIED = { subject: 'A', at: '2026-03-06T09:30:00Z', event: 'replied' }

test.each<[what: string, given: object, code: number]>([
  [
    'an object fits some moment',
    { given: [CREATED, REPLIED], expect: { moment: 'met', elapsedMs: 1_800_000 } },
    0,
  ],
  [
    'a list is the whole of what was said',
    { given: [CREATED, REPLIED], expect: [{ moment: 'started' }, { moment: 'met' }] },
    0,
  ],
  ['a list that lacks a moment differs', { given: [CREATED, REPLIED], expect: [{ moment: 'started' }] }, 1],
  ['a moment that never came differs', { given: [CREATED], expect: { moment: 'breached' } }, 1],
  [
    'until lets time pass',
    { given: [CREATED], until: '2026-03-06T10:00:00Z', expect: { moment: 'breached' } },
    0,
  ],
])('sla test: %s', async (_, given, code) => {
  const files = { 'policy.json': POLICY, 'cases.ndjson': cases(given) }
  expect((await run('sla test policy.json cases.ndjson', { files })).code).toBe(code)
})

test('bench measures, saves, and notices that answers changed', async () => {
  const slower = { ...DESK, week: { ...DESK.week, fri: ['09:00-11:00'] } }
  const cwd = folder({ 'calendar.json': DESK, 'other.json': slower, 'lines.ndjson': cases(OPEN, ADD) })
  const first = await run('bench calendar calendar.json --in lines.ndjson --out saved.json', { cwd })
  expect(first.code).toBe(0)
  expect(first.answers[0]).toMatchObject({
    lines: 2,
    answers: 2,
    rate: expect.any(Number),
    p50: expect.any(Number),
    p99: expect.any(Number),
    bytes: expect.any(Number),
    hash: expect.stringMatching(/^[0-9a-f]{16}$/),
  })
  expect(JSON.parse(readFileSync(join(cwd, 'saved.json'), 'utf8'))).toEqual(first.answers[0])
  const same = await run('bench calendar calendar.json --in lines.ndjson --against saved.json', { cwd })
  expect([same.code, same.answers[0]?.['against']]).toMatchObject([0, { sameAnswers: true }])
  const other = await run('bench calendar other.json --in lines.ndjson --against saved.json', { cwd })
  expect([other.code, other.answers[0]?.['against']]).toMatchObject([1, { sameAnswers: false }])
})

test('bench of a replay times whole passes', async () => {
  const cwd = folder({ 'policy.json': POLICY, 'log.ndjson': cases(CREATED, REPLIED) })
  const { code, answers } = await run('bench sla policy.json --in log.ndjson', { cwd })
  const bytes = Sla.toBytes(Sla.compileOrThrow(POLICY)).length
  expect([code, answers[0]]).toMatchObject([0, { lines: 2, answers: 2, bytes }])
})

test('bench of conditions, which have no bytes, says nothing of them', async () => {
  const cwd = folder({ 'lines.ndjson': cases({ condition: { fact: 'a', eq: 1 }, facts: { a: 1 } }) })
  const { code, answers } = await run('bench condition --in lines.ndjson', { cwd })
  expect(code).toBe(0)
  expect(answers[0]).not.toHaveProperty('bytes')
  expect(answers[0]?.['units']).not.toHaveProperty('bytes')
})

test('bench counts the lines that it cannot read', async () => {
  const cwd = folder({ 'calendar.json': DESK, 'lines.ndjson': `${cases(OPEN)}hello\n\n[]\n` })
  const { code, answers } = await run('bench calendar calendar.json --in lines.ndjson', { cwd })
  expect([code, answers[0]]).toMatchObject([1, { lines: 1, unreadable: 2 }])
})

test('bench of clocks wants a policy', async () => {
  const { code, stderr } = await run('bench sla --in log.ndjson', { files: { 'log.ndjson': cases(CREATED) } })
  expect([code, stderr]).toEqual([2, expect.stringContaining("missing required argument 'policy.json'")])
})

test.each([
  ['bench calendar calendar.json --in nothing.ndjson', 'empty-file'],
  ['bench calendar calendar.json --in nowhere.ndjson', 'missing-file'],
  ['bench calendar calendar.json --in lines.ndjson --against nowhere.json', 'missing-file'],
  ['bench calendar calendar.json --in lines.ndjson --against calendar.json', 'bad-value'],
  ['bench calendar lines.ndjson --in lines.ndjson', 'missing-key'],
])('%s is refused', async (command, code) => {
  const cwd = folder({ 'calendar.json': DESK, 'nothing.ndjson': '', 'lines.ndjson': cases(OPEN) })
  const ran = await run(command, { cwd })
  expect(ran.code).toBe(2)
  expect(ran.issues.map((issue) => issue['code'])).toContain(code)
  expect(existsSync(join(cwd, 'saved.json'))).toBe(false)
})
