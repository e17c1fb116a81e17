// `clientele contact preset` and `adapt`: laws and other programs' settings as files that the other verbs take.

import { adapters } from '@clientele/contact/adapters'
import { presets } from '@clientele/contact/presets'
import { expect, test } from 'vitest'
import { folder, run } from './run.js'

const IDS = Object.keys(presets)

test('without a name all are listed, with source and dates', async () => {
  const { answers, code } = await run('contact preset')
  expect(code).toBe(0)
  expect(answers.map(({ id }) => id)).toEqual(IDS)
  const date = expect.stringMatching(/^\d{4}-\d\d-\d\d$/)
  for (const one of answers)
    expect(one).toMatchObject({ source: expect.stringMatching(/\w/), effectiveFrom: date, reviewedAt: date })
})

test('one is printed whole', async () => {
  const { stdout, code } = await run('contact preset ru.230fz.collection')
  const whole = JSON.parse(stdout) as object
  expect(code).toBe(0)
  expect(whole).toMatchObject({
    id: 'ru.230fz.collection',
    effectiveFrom: '2017-01-01',
    effectiveTo: null,
    reviewedAt: presets['ru.230fz.collection'].reviewedAt,
    rules: { 'ru-talk-day': { source: expect.stringContaining('230-FZ') } },
    definition: presets['ru.230fz.collection'].definition,
  })
})

test.each(IDS)('%s: its definition and cases pass `contact test`', async (id) => {
  const cwd = folder()
  await run(`contact preset ${id} --only definition --out policy.json`, { cwd })
  await run(`contact preset ${id} --only cases --out cases.ndjson`, { cwd })
  const { answers, code } = await run('contact test policy.json cases.ndjson', { cwd })
  expect(answers).toEqual([{ passed: presets[id as keyof typeof presets].cases.length, failed: 0 }])
  expect(code).toBe(0)
})

test('--choose makes the choices a law leaves', async () => {
  const { stdout } = await run('contact preset ru.230fz.collection --choose talk=attempt')
  expect(JSON.parse(stdout)).toMatchObject({ options: { talk: { chosen: 'attempt' } } })
})

test.each([
  ['ru.230fz.colection', 'ru.230fz.collection'],
  ['ru.230fz.collection --choose talk=atempt', 'attempt'],
  ['ru.230fz.collection --choose tolk=attempt', 'talk'],
  ['ru.230fz.collection --choose talk', 'option=value'],
])('contact preset %s is refused and names %s', async (command, hint) => {
  const { code, stdout, issues } = await run(`contact preset ${command}`)
  expect([code, stdout]).toEqual([2, ''])
  expect(issues[0]?.['message']).toContain(hint)
})

test.each(Object.keys(adapters))('adapt --from %s refuses what is no such file', async (from) => {
  const files = { 'settings.json': 7 }
  const { code, stdout, issues } = await run(`contact adapt --from ${from} settings.json`, { files })
  expect([code, stdout]).toEqual([2, ''])
  expect(issues[0]?.['message']).toMatch(/\w/)
})

test('what is not carried over is told on standard error', async () => {
  const files = {
    'settings.json': { rules: [{ channel: 'any', limit: 1, every: 1, unit: 'days', colour: 'red' }] },
  }
  const { code, stdout, issues } = await run('contact adapt --from braze settings.json --format ndjson', {
    files,
  })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ caps: [{ limit: 1 }] })
  expect(issues.map(({ message }) => message).join('\n')).toContain('colour')
})
