// The main job, end to end: an imagined desk gives the same bytes every time, and its numbers agree with its files.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { imagineDesk } from '../src/cli/demo/desk.js'
import { folder, type Ran, run } from './run.js'

const FILES = [
  'breaches.ndjson',
  'contact-lines.ndjson',
  'contact-policy.json',
  'events.ndjson',
  'messages.ndjson',
  'moments.ndjson',
  'policy.json',
  'report.html',
]

const readAll = (path: string): { readonly [name: string]: string } =>
  Object.fromEntries(FILES.map((name) => [name, readFileSync(join(path, name), 'utf8')]))

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('clientele demo', () => {
  const cwd = folder()
  let ran: Ran
  let files: { readonly [name: string]: string }
  beforeAll(async () => {
    ran = await run('demo --tickets 300 --seed 7 --out desk', { cwd })
    files = readAll(join(cwd, 'desk'))
  })

  test('writes a report and what it was made of', () => {
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    expect(readdirSync(join(cwd, 'desk')).sort()).toEqual(FILES)
  })

  test('tells a manager the main things', () => {
    for (const part of [
      '300 tickets',
      'Promises kept by priority',
      'Promises kept by channel',
      'p95',
      'Broken promises',
      'Longest overruns',
    ]) {
      expect(ran.stdout).toContain(part)
    }
  })

  test('the same seed gives the same bytes, another seed does not', async () => {
    await run('demo --tickets 300 --seed 7 --out again', { cwd })
    expect(readAll(join(cwd, 'again'))).toEqual(files)
    await run('demo --tickets 300 --seed 8 --out other', { cwd })
    expect(readAll(join(cwd, 'other'))['events.ndjson']).not.toBe(files['events.ndjson'])
  })

  test('its own policy and events give its moments through `sla replay`', async () => {
    const until = '2026-03-29T21:00:00Z'
    const replayed = await run(`sla replay desk/policy.json --in desk/events.ndjson --until ${until}`, {
      cwd,
    })
    expect(replayed.code).toBe(0)
    expect(replayed.stdout).toBe(files['moments.ndjson'])
  })

  test('every breach has a ledger and parts that sum to the time used', () => {
    const breaches = linesOf(files['breaches.ndjson']!) as {
      elapsedMs: number
      overMs: number
      ledger: { total: number }
      reason: { parts: { ms: number }[] }
    }[]
    expect(breaches.length).toBeGreaterThan(0)
    for (const { elapsedMs, overMs, ledger, reason } of breaches) {
      expect(overMs).toBeGreaterThan(0)
      expect(ledger.total).toBe(elapsedMs)
      expect(reason.parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(elapsedMs)
    }
  })

  test('the report opens without a network and holds no script', () => {
    const report = files['report.html']!
    expect(report).not.toMatch(/https?:|\/\/[a-z]|url\(|@import|<script|<link|<img|<iframe|\son[a-z]+=/i)
    expect(report).toContain("default-src 'none'")
  })

  test('every chart has a title, a description and its numbers in a table', () => {
    const report = files['report.html']!
    const count = (pattern: RegExp): number => report.match(pattern)?.length ?? 0
    expect(count(/<svg /g)).toBeGreaterThan(8)
    expect(count(/<svg role="img"/g)).toBe(count(/<svg /g))
    expect(count(/<desc /g)).toBe(count(/<svg /g))
    expect(count(/<table /g)).toBeGreaterThan(8)
    const ids = [...report.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(report).not.toMatch(/NaN|undefined|Infinity|\[object/)
  })
})

test('a desk of any size has plausible tickets', () => {
  const { events } = imagineDesk({ seed: 3, tickets: 500 })
  const created = events.filter(({ event }) => event === 'created')
  expect(created).toHaveLength(500)
  const channels = new Set(created.map(({ facts }) => facts?.['channel']))
  expect([...channels].sort()).toEqual(['chat', 'email', 'forum', 'office', 'phone'])
  const instants = events.map(({ at }) => String(at))
  expect([...instants].sort()).toEqual(instants)
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
})

test('one ticket is enough', async () => {
  const cwd = folder()
  const { code } = await run('demo --tickets 1 --out one', { cwd })
  expect(code).toBe(0)
  expect(readFileSync(join(cwd, 'one/report.html'), 'utf8')).not.toMatch(/NaN|undefined|Infinity/)
})

test('--policy replaces the promises', async () => {
  const policy = {
    clocks: [
      {
        id: 'quick',
        label: 'Quick',
        start: { on: 'created' },
        stop: { on: 'replied' },
        targets: [{ within: 'PT1M' }],
      },
    ],
  }
  const { code, stdout } = await run('demo --tickets 50 --policy mine.json --out mine', {
    files: { 'mine.json': policy },
  })
  expect(code).toBe(0)
  expect(stdout).toContain('Quick')
})

test('hostile names in a policy cannot write markup', async () => {
  const label = '</style><script>alert(1)</script><img src=x onerror=alert(1)>'
  const policy = {
    clocks: [
      { id: 'a"b', label, start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT1M' }] },
    ],
  }
  const cwd = folder({ 'mine.json': policy })
  await run('demo --tickets 50 --policy mine.json --out mine', { cwd })
  const report = readFileSync(join(cwd, 'mine/report.html'), 'utf8')
  expect(report).not.toMatch(/<script|<img/)
  expect(report).toContain('&lt;script&gt;')
})

test.skipIf(process.platform === 'win32')('a folder where none can be made is refused at once', async () => {
  const { code, issues } = await run('demo --tickets 10 --out /proc/nope', { cwd: folder({}) })
  expect([code, issues]).toMatchObject([2, [{ code: 'unwritable-file', file: '/proc/nope' }]])
})

test.each([
  ['--seed x', 'bad-value'],
  ['--tickets 0', 'bad-value'],
  ['--zone Europe/Moskow', 'unknown-zone'],
  ['--policy nowhere.json', 'missing-file'],
  ['--policy bad.json', 'missing-key'],
  ['--out taken', 'unwritable-file'],
])('%s is refused with %s and writes nothing', async (options, code) => {
  const cwd = folder({ 'bad.json': {}, taken: 'a file' })
  const ran = await run(`demo --tickets 10 ${options}`, { cwd })
  expect([ran.code, ran.stdout]).toEqual([2, ''])
  expect(ran.issues.map((issue) => issue['code'])).toContain(code)
  expect(existsSync(join(cwd, 'out'))).toBe(false)
})
