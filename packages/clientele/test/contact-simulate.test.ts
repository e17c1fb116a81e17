// `clientele contact simulate`: the counts are those of `contact run` over the same touches.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, run } from './run.js'

const POLICY = {
  caps: [{ id: 'day', label: 'One in 24 hours', limit: 1, window: { rolling: 'PT24H' } }],
  quiet: [{ id: 'night', label: 'Night', zone: 'UTC', periods: [{ between: '22:00-08:00' }] }],
}

const touch = (recipient: string, at: string, facts: object = {}) => ({ op: 'record', recipient, at, facts })
const HISTORY = [
  touch('anna', '2026-03-02T12:00:00Z', { channel: 'email', segment: 'new', campaign: 'a' }),
  touch('anna', '2026-03-02T09:00:00Z', { channel: 'sms', segment: 'new', campaign: 'b' }),
  touch('boris', '2026-03-02T23:00:00Z', { channel: 'sms', segment: 'old', campaign: 'a' }),
  touch('boris', '2026-03-03T09:00:00Z', { channel: 'sms', segment: 'old', campaign: 'a' }),
  touch('anna', '2026-03-02T13:00:00Z', { event: 'complaint' }),
]

const simulate = (input: readonly unknown[], options = '') =>
  run(`contact simulate policy.json ${options}`, { input, files: { 'policy.json': POLICY } })

test('what is refused does not count afterwards, and the last line tells all', async () => {
  const { answers, code } = await simulate(HISTORY)
  expect(code).toBe(0)
  expect(answers).toEqual([
    {
      touches: 4,
      refused: 2,
      events: 1,
      rules: { day: 1, night: 1 },
      channels: { email: { touches: 1, refused: 1 }, sms: { touches: 3, refused: 1 } },
      segments: { new: { touches: 2, refused: 1 }, old: { touches: 2, refused: 1 } },
    },
  ])
})

test('--segment names the fact that tells segments apart', async () => {
  const { answers } = await simulate(HISTORY, '--segment campaign')
  expect(answers[0]?.['segments']).toEqual({ a: { touches: 3, refused: 2 }, b: { touches: 1, refused: 0 } })
})

test('bad lines are told in their order, and the rest is counted', async () => {
  const { answers, code } = await simulate(
    [{ op: 'reserve' }, '{', ...HISTORY, touch('anna', '2026-03-09T09:00:00Z'), touch('anna', 'noon')],
    '--as-of 2026-03-08T00:00:00Z',
  )
  expect(code).toBe(1)
  expect(answers.slice(0, 4)).toMatchObject([
    { error: { code: 'unknown-op' } },
    { error: { code: 'bad-json' } },
    { error: { code: 'from-the-future' } },
    { error: { code: 'bad-value', path: 'at' } },
  ])
  expect(answers[4]).toMatchObject({ touches: 4, refused: 2 })
})

test('--format table has a row for each rule, channel and segment', async () => {
  const { lines } = await simulate(HISTORY, '--format table')
  expect(lines.map((line) => line.split(/ +/))).toEqual([
    ['by', 'name', 'touches', 'refused'],
    ['all', '–', '4', '2'],
    ['rule', 'day', '–', '1'],
    ['rule', 'night', '–', '1'],
    ['channel', 'email', '1', '1'],
    ['channel', 'sms', '3', '1'],
    ['segment', 'new', '2', '1'],
    ['segment', 'old', '2', '1'],
  ])
})

test('an empty history has nothing to refuse', async () => {
  expect((await simulate([])).answers).toMatchObject([
    { touches: 0, refused: 0, rules: { day: 0, night: 0 } },
  ])
})

test('the desk of the demo: as many refusals as `contact run` gives', async () => {
  const cwd = folder()
  await run('demo --tickets 400 --seed 3 --out desk', { cwd })
  const files = 'desk/contact-policy.json --in desk/contact-lines.ndjson'
  const ran = await run(`contact run ${files}`, { cwd })
  const { answers } = await run(`contact simulate ${files}`, { cwd })
  const verdicts = ran.answers.filter((answer) => answer['verdict'] !== undefined)
  const refused = verdicts.filter(({ verdict }) => verdict !== 'allow')
  expect(refused.length).toBeGreaterThan(0)
  expect(answers[0]).toMatchObject({ touches: verdicts.length, refused: refused.length })
  const byRule = (id: string) => refused.filter(({ rules }) => (rules as string[]).includes(id)).length
  const rules = Object.keys(answers[0]?.['rules'] as object)
  expect(answers[0]?.['rules']).toEqual(Object.fromEntries(rules.map((id) => [id, byRule(id)])))
  expect(readFileSync(join(cwd, 'desk/contact-policy.json'), 'utf8')).toContain(rules[0])
})

test('a policy that does not compile, and an instant that is none, are refused', async () => {
  const bad = await run('contact simulate policy.json', { input: [], files: { 'policy.json': { caps: 7 } } })
  expect([bad.code, bad.stdout]).toEqual([2, ''])
  expect((await simulate([], '--as-of soon')).code).toBe(2)
})
