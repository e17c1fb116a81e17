// A ServiceNow export through the demo: what is read, what is assumed, what is refused.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { confusionOf, fit, rangeOf } from '../src/cli/demo/agreement.js'
import { folder, type Ran, run } from './run.js'

const COLUMNS = [
  'number',
  'incident_state',
  'reassignment_count',
  'reopen_count',
  'sys_mod_count',
  'made_sla',
  'opened_at',
  'sys_updated_at',
  'priority',
  'assignment_group',
  'resolved_at',
]

type Row = readonly [
  number: string,
  state: string,
  updated: string,
  madeSla: string,
  priority?: string,
  reopens?: number,
]

const OPENED = '29-02-2016 08:00'

const csv = (rows: readonly Row[], { delimiter = ',', end = '\n', quote = '' } = {}): string =>
  [
    COLUMNS,
    ...rows.map(([number, state, updated, madeSla, priority = '3 - Moderate', reopens = 0], i) => [
      number,
      state,
      0,
      reopens,
      i,
      madeSla,
      OPENED,
      updated,
      priority,
      'Group 1',
      '?',
    ]),
  ]
    .map((cells) => cells.map((cell) => `${quote}${cell}${quote}`).join(delimiter) + end)
    .join('')

// kept in both; broken in both; broken by the flag alone, because it waited
const LOG: readonly Row[] = [
  ['INC1', 'New', '29-02-2016 08:05', 'TRUE'],
  ['INC1', 'Resolved', '29-02-2016 20:00', 'TRUE'],
  ['INC1', 'Closed', '05-03-2016 20:00', 'TRUE'],
  ['INC2', 'Active', '29-02-2016 09:00', 'TRUE'],
  ['INC2', 'Resolved', '10-03-2016 09:00', 'FALSE'],
  ['INC3', 'Awaiting User Info', '29-02-2016 10:00', 'TRUE'],
  ['INC3', 'Active', '08-03-2016 10:00', 'TRUE'],
  ['INC3', 'Resolved', '08-03-2016 12:00', 'FALSE'],
]

const replay = async (text: string | Uint8Array, options = ''): Promise<Ran & { readonly cwd: string }> => {
  const cwd = folder({ 'log.csv': text })
  const ran = await run(`demo --incidents log.csv --out out ${options}`, { cwd })
  return Object.assign(ran, { cwd })
}

describe('a log', () => {
  test('is replayed, paused while awaiting, and compared with made_sla one by one', async () => {
    const { cwd, code, stdout, stderr } = await replay(csv(LOG))
    expect([code, stderr]).toEqual([0, ''])
    const compared = readFileSync(join(cwd, 'out/comparison.ndjson'), 'utf8').trim().split('\n')
    expect(compared.map((line) => JSON.parse(line) as object)).toMatchObject([
      { incident: 'INC1', kept: true, madeSla: true, elapsedMs: 12 * 3_600_000 },
      { incident: 'INC2', kept: false, madeSla: false },
      { incident: 'INC3', kept: true, madeSla: false, elapsedMs: 4 * 3_600_000 },
    ])
    expect(stdout).toContain('3 incidents')
    expect(stdout).toContain('the log names no zone')
    expect(stdout).toContain('no first response')
  })

  test('the report names its assumptions, and no first response', async () => {
    const { cwd } = await replay(csv(LOG))
    const report = readFileSync(join(cwd, 'out/report.html'), 'utf8')
    expect(report).toContain('Targets are assumed')
    expect(report).toContain('no replies')
    expect(report).not.toContain('Time to first response')
    expect(report).not.toMatch(/NaN|undefined|Infinity|https?:/)
  })

  test.each([
    ['line breaks of Windows', csv(LOG, { end: '\r\n' })],
    ['semicolons', csv(LOG, { delimiter: ';' })],
    ['tabs', csv(LOG, { delimiter: '\t' })],
    ['quotes', csv(LOG, { quote: '"' })],
    ['a byte order mark', `\uFEFF${csv(LOG)}`],
    ['blank lines', csv(LOG).replaceAll('\n', '\n\n')],
    ['columns in capitals', csv(LOG).replace('number', 'NUMBER')],
  ])('with %s gives the same answer', async (_, text) => {
    const read = async (content: string): Promise<string> =>
      readFileSync(join((await replay(content)).cwd, 'out/comparison.ndjson'), 'utf8')
    expect(await read(text)).toBe(await read(csv(LOG)))
  })

  test('a reopened incident goes on with the time it had used', async () => {
    const { cwd } = await replay(
      csv([
        ['INC1', 'Resolved', '29-02-2016 10:00', 'TRUE'],
        ['INC1', 'Active', '29-02-2016 12:00', 'TRUE', '3 - Moderate', 1],
        ['INC1', 'Resolved', '29-02-2016 13:00', 'TRUE', '3 - Moderate', 1],
      ]),
    )
    const [only] = readFileSync(join(cwd, 'out/comparison.ndjson'), 'utf8').trim().split('\n')
    expect(JSON.parse(only!)).toMatchObject({ elapsedMs: 3 * 3_600_000 })
  })

  test('--zone reads the wall clock of a zone', async () => {
    const { cwd } = await replay(csv(LOG), '--zone Europe/Moscow')
    const [first] = readFileSync(join(cwd, 'out/events.ndjson'), 'utf8').split('\n')
    expect(JSON.parse(first!)).toMatchObject({
      subject: 'INC1',
      at: '2016-02-29T05:00:00Z',
      event: 'created',
    })
  })

  test('without made_sla flags is replayed all the same', async () => {
    const { code, stdout } = await replay(csv(LOG).replaceAll('TRUE', '?').replaceAll('FALSE', '?'))
    expect(code).toBe(0)
    expect(stdout).not.toContain('NaN')
  })

  test('hostile fields cannot write markup', async () => {
    const { cwd } = await replay(
      csv(LOG).replaceAll('Group 1', '<script>alert(1)</script>').replaceAll('INC2', '<img src=x>'),
    )
    expect(readFileSync(join(cwd, 'out/report.html'), 'utf8')).not.toMatch(/<script|<img/)
  })
})

describe('a file that is no such log is refused, naming the place', () => {
  const good = csv(LOG)
  test.each<[what: string, text: string | Uint8Array, issue: object]>([
    ['empty', '', { code: 'empty-file' }],
    ['only a head', csv([]), { code: 'empty-file' }],
    ['of other columns', 'a,b\n1,2\n', { code: 'bad-csv', line: 1 }],
    [
      'with a misspelt column',
      good.replace('incident_state', 'incident_sate'),
      { code: 'bad-csv', line: 1, message: expect.stringContaining('is it "incident_sate"?') },
    ],
    ['with a short row', good.replace('INC2,Active,0', 'INC2,Active'), { code: 'bad-csv', line: 5 }],
    [
      'with a date of another form',
      good.replace('29-02-2016 20:00', '2016-02-29 20:00'),
      { code: 'bad-csv', line: 3, column: 8 },
    ],
    [
      'with a day that never was',
      good.replace('29-02-2016 20:00', '30-02-2016 20:00'),
      { code: 'bad-csv', line: 3, column: 8 },
    ],
    [
      'with a quote that never ends',
      good.replace('INC2,Active', 'INC2,"Active'),
      { code: 'bad-csv', line: 5 },
    ],
    [
      'with a count that is none',
      good.replace('INC2,Active,0', 'INC2,Active,few'),
      { code: 'bad-csv', line: 5, column: 3 },
    ],
    ['binary', new Uint8Array([0, 1, 2, 3, 255, 254]), { code: 'bad-csv' }],
  ])('%s', async (_, text, issue) => {
    const { code, issues, stdout } = await replay(text)
    expect([code, stdout]).toEqual([2, ''])
    expect(issues[0]).toMatchObject(issue)
  })

  test('missing', async () => {
    const { code, issues } = await run('demo --incidents nowhere.csv')
    expect([code, issues[0]?.['code']]).toEqual([2, 'missing-file'])
  })
})

describe('agreement', () => {
  test('the four cells sum to all, and kappa is 1 where all agree', () => {
    const pairs = [true, true, false].map((kept) => ({ kept, flag: kept }))
    expect(confusionOf(pairs)).toMatchObject({ keptKept: 2, brokenBroken: 1, all: 3, agreement: 1, kappa: 1 })
  })

  test('the fitted range is where the most judgements agree', () => {
    const cases = [1, 2, 3, 4, 5].map((ms) => ({ priority: 'p', ms, flag: ms <= 3 }))
    expect(fit(cases)).toEqual({
      agreement: 1,
      fits: [{ priority: 'p', all: 5, agree: 5, above: 3, upTo: 4 }],
    })
  })

  test('a group that was never kept fits any target under its shortest time', () => {
    const { fits } = fit([{ priority: 'p', ms: 7_200_000, flag: false }])
    expect(rangeOf(fits[0]!)).toBe('none kept, whatever the target')
  })
})
