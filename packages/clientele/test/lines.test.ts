// The kernel under every verb: any bytes in, one line out for each line in, whatever their size and shape.

import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LONGEST_LINE, splitter } from '../src/cli/lines.js'
import { locate } from '../src/cli/locate.js'
import { DESK, folder, run } from './run.js'

const OPEN = '{"op":"isOpen","at":"2026-03-06T09:00:00Z"}'
const files = { 'calendar.json': DESK }
const ask = (input: string | Uint8Array | readonly unknown[], options = '') =>
  run(`calendar eval calendar.json ${options}`, { input, files })

const splitAll = (chunks: readonly Uint8Array[]): readonly string[] => {
  const split = splitter()
  return [...chunks.flatMap((chunk) => [...split.push(chunk)]), ...split.end()].map(({ text }) => text)
}

describe('lines', () => {
  test('are the same however the bytes are cut into chunks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(50)), (text, cuts) => {
        const bytes = Buffer.from(text)
        const chunks: Uint8Array[] = []
        let rest: Uint8Array = bytes
        for (const cut of cuts) {
          chunks.push(rest.subarray(0, cut))
          rest = rest.subarray(cut)
        }
        expect(splitAll([...chunks, rest])).toEqual(splitAll([bytes]))
      }),
    )
  })

  test.each([
    ['a file without a last line break', OPEN, 1],
    ['line breaks of Windows', `${OPEN}\r\n${OPEN}\r\n`, 2],
    ['blank lines', `\n${OPEN}\n\n   \n${OPEN}\n\n`, 2],
    ['a byte order mark', `\uFEFF${OPEN}\n`, 1],
    ['an empty input', '', 0],
  ])('%s', async (_, input, count) => {
    const { answers, code } = await ask(input)
    expect(answers).toEqual(Array.from({ length: count }, () => ({ open: true })))
    expect(code).toBe(0)
  })

  test('bytes that are no text are refused in their place', async () => {
    const input = Buffer.concat([
      Buffer.from(`${OPEN}\n`),
      Buffer.from([0xff, 0xfe, 0x00, 10]),
      Buffer.from(OPEN),
    ])
    const { answers, code } = await ask(input)
    expect(answers).toMatchObject([{ open: true }, { error: { code: 'not-utf8' } }, { open: true }])
    expect(code).toBe(1)
  })

  test('a line longer than the limit is refused without being held', async () => {
    const input = `${OPEN}\n"${'x'.repeat(LONGEST_LINE)}"\n${OPEN}\n`
    const { answers } = await ask(input)
    expect(answers).toMatchObject([{ open: true }, { error: { code: 'line-too-long' } }, { open: true }])
  })

  test('a deep line neither crashes nor ends the run', async () => {
    const deep = `{"op":"isOpen","at":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    const { answers } = await ask([deep, OPEN])
    expect(answers).toMatchObject([{ error: { path: 'at' } }, { open: true }])
  })

  test('keys of every object are no way in', async () => {
    const { answers } = await ask(['{"__proto__":{"op":"isOpen"},"constructor":1}', OPEN])
    expect(answers).toMatchObject([{ error: { code: 'missing-key', path: 'op' } }, { open: true }])
  })

  test('any JSON in the place of a line gets one answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.json({ maxDepth: 3 }), { maxLength: 20 }), async (lines) => {
        const { answers, code } = await ask(lines)
        expect(answers).toHaveLength(lines.length)
        expect(code).toBe(lines.length === 0 ? 0 : 1)
      }),
      { numRuns: 20 },
    )
  })
})

describe('where JSON ends', () => {
  test.each([
    ['{"a":}', 1, 6, 'a value'],
    ['{"a":1,}', 1, 8, 'a key in double quotes'],
    ['{\n "a": 1\n "b": 2}', 3, 2, '"," or "}"'],
    ['[1 2]', 1, 4, '"," or "]"'],
    ["{'a':1}", 1, 2, 'a key in double quotes or "}"'],
    ['"abc', 1, 1, 'a text that ends, without line breaks'],
    ['{} x', 1, 4, 'the end'],
    ['{"a"', 1, 5, '":"'],
    ['[01]', 1, 3, '"," or "]"'],
    ['', 1, 1, 'a value'],
  ])('%j: line %i, column %i, expected %s', (text, line, column, expected) => {
    expect(locate(text)).toEqual({ line, column, expected })
  })

  test('agrees with JSON.parse on what is JSON', () => {
    const mutated = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '{', ']', '1', '\\', '\n'))
      .map(
        ([text, at, put]) =>
          text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1),
      )
    fc.assert(
      fc.property(fc.oneof(fc.json(), mutated), (text) => {
        let valid = true
        try {
          JSON.parse(text)
        } catch {
          valid = false
        }
        expect(locate(text) === undefined).toBe(valid)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('formats', () => {
  const input = [OPEN, '{', OPEN]

  test('json is one list', async () => {
    const { stdout } = await ask(input, '--format json')
    expect(JSON.parse(stdout)).toMatchObject([{ open: true }, { error: {} }, { open: true }])
    expect(JSON.parse((await ask('', '--format json')).stdout)).toEqual([])
  })

  test('a table has a head and a row a line, however many', async () => {
    const { stdout } = await ask(
      Array.from({ length: 250 }, () => OPEN),
      '--format table',
    )
    const rows = stdout.trim().split('\n')
    expect(rows).toHaveLength(251)
    expect(rows[0]).toBe('open')
  })

  test('a table shows ledgers under their rows and no control characters', async () => {
    const query = '{"op":"add","at":"2026-03-06T14:00:00Z","by":"PT8H"}'
    const { stdout } = await ask([query], '--format table --explain')
    expect(stdout).toContain('2026-03-09T13:00:00Z')
    expect(stdout).toContain('total')
    const bad = await run('condition eval --format table', { input: [{ condition: { fact: '\u001b[2J' } }] })
    expect(bad.stdout).not.toContain('\u001b')
  })

  test('another word is refused', async () => {
    const { code, stderr } = await ask([], '--format yaml')
    expect(code).toBe(2)
    expect(stderr).toContain('ndjson, json, table')
  })
})

describe('files', () => {
  test('--in and --out may be the same file', async () => {
    const cwd = folder({ ...files, 'lines.ndjson': `${OPEN}\n${OPEN}\n` })
    const { code, stdout } = await run('calendar eval calendar.json --in lines.ndjson --out lines.ndjson', {
      cwd,
    })
    expect([code, stdout]).toEqual([0, ''])
    expect(readFileSync(join(cwd, 'lines.ndjson'), 'utf8')).toBe('{"open":true}\n{"open":true}\n')
    expect(readdirSync(cwd).sort()).toEqual(['calendar.json', 'lines.ndjson'])
  })

  test('a dash stands for standard input and output', async () => {
    const ran = await run('calendar eval calendar.json --in - --out -', { files, input: [OPEN] })
    expect([ran.code, ran.lines]).toEqual([0, ['{"open":true}']])
  })

  test('a link given to --out stays a link', async () => {
    const cwd = folder({ ...files, 'real.ndjson': 'old' })
    symlinkSync(join(cwd, 'real.ndjson'), join(cwd, 'link.ndjson'))
    await run('calendar eval calendar.json --out link.ndjson', { cwd, input: [OPEN] })
    expect(readFileSync(join(cwd, 'real.ndjson'), 'utf8')).toBe('{"open":true}\n')
  })

  test('a device given to --out is written to', async () => {
    const { code } = await run('calendar eval calendar.json --out /dev/null', { files, input: [OPEN] })
    expect(code).toBe(0)
  })

  test.each<[what: string, content: string | Uint8Array | undefined, code: string]>([
    ['missing', undefined, 'missing-file'],
    ['empty', '', 'empty-file'],
    ['blank', ' \n', 'empty-file'],
    ['binary', new Uint8Array([0, 1, 2, 255]), 'not-text'],
    ['broken', '{\n  "timeZone": oops\n}', 'bad-json'],
  ])('a definition that is %s is told on standard error, exit 2', async (_, content, code) => {
    const cwd = folder(content === undefined ? {} : { 'calendar.json': content })
    const ran = await run('calendar eval calendar.json', { cwd, input: [OPEN] })
    expect([ran.code, ran.stdout]).toEqual([2, ''])
    expect(ran.issues).toMatchObject([{ code, file: 'calendar.json', path: '', message: expect.any(String) }])
  })

  test('JSON that breaks is told with line and column', async () => {
    const broken = '{\n  "timeZone": oops\n}'
    const { issues } = await run('calendar eval calendar.json', {
      files: { 'calendar.json': broken },
      input: [],
    })
    expect(issues[0]).toMatchObject({ line: 2, column: 15 })
  })

  test.each([
    ['--in nowhere.ndjson', 'missing-file'],
    ['--in .', 'unreadable-file'],
    ['--out nowhere/out.ndjson', 'unwritable-file'],
    ['--out .', 'unwritable-file'],
  ])('%s is told on standard error, exit 2', async (options, code) => {
    const ran = await run(`calendar eval calendar.json ${options}`, { files, input: [OPEN] })
    expect(ran.code).toBe(2)
    expect(ran.issues).toMatchObject([{ code }])
  })
})

describe('endings', () => {
  test('Ctrl-C leaves no half-written file and the old one untouched', async () => {
    const lines = Array.from({ length: 200_000 }, () => OPEN).join('\n')
    const cwd = folder({ ...files, 'lines.ndjson': lines, 'out.ndjson': 'old' })
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 30)
    const command = 'calendar eval calendar.json --in lines.ndjson --out out.ndjson'
    const { code, stderr } = await run(command, { cwd, signal: controller.signal })
    expect([code, stderr]).toEqual([130, ''])
    expect(readFileSync(join(cwd, 'out.ndjson'), 'utf8')).toBe('old')
    expect(readdirSync(cwd).sort()).toEqual(['calendar.json', 'lines.ndjson', 'out.ndjson'])
  })

  test('a reader that goes away ends the run without complaint', async () => {
    const gone = new Writable({
      write: (_, __, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    })
    const lines = Array.from({ length: 50_000 }, () => OPEN)
    const { code, stderr } = await run('calendar eval calendar.json', { files, input: lines, stdout: gone })
    expect([code, stderr]).toEqual([0, ''])
  })

  test('so it does for other verbs', async () => {
    const gone = new Writable({ write: (_, __, done) => done(new Error('write EPIPE')) })
    gone.destroy()
    const command = 'calendar import --from osm --zone UTC'
    const { code, stderr } = await run(command, { input: 'Mo 09:00-18:00', stdout: gone })
    expect([code, stderr]).toEqual([0, ''])
  })

  test('a slow reader sets the pace', async () => {
    let most = 0
    const slow: Writable = new Writable({
      highWaterMark: 1_024,
      write: (_, __, done) => {
        most = Math.max(most, slow.writableLength)
        setImmediate(done)
      },
    })
    const cwd = folder(files)
    writeFileSync(join(cwd, 'lines.ndjson'), Array.from({ length: 100_000 }, () => OPEN).join('\n'))
    await run('calendar eval calendar.json --in lines.ndjson', { cwd, stdout: slow })
    // a few pieces wait, not the whole 1.4 MB
    expect(most).toBeLessThan(400_000)
  })

  test('a bar is drawn only where somebody can see it', async () => {
    const cwd = folder({ ...files, 'lines.ndjson': OPEN })
    const command = 'calendar eval calendar.json --in lines.ndjson'
    expect((await run(command, { cwd })).stderr).toBe('')
    expect((await run(command, { cwd, terminal: 'yes' })).stderr).toContain('reading')
  })
})

describe('hostile definitions', () => {
  const commands = [
    'calendar eval x.json',
    'sla replay x.json',
    'condition eval x.json',
    'calendar test x.json y.ndjson',
  ]

  test('any JSON as any definition is taken or refused, in JSON, without a stack', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...commands), fc.json({ maxDepth: 4 }), async (command, text) => {
        const ran = await run(command, { input: [], files: { 'x.json': text, 'y.ndjson': '{}' } })
        expect([0, 1, 2]).toContain(ran.code)
        expect(ran.stderr).not.toMatch(/\n\s+at |internal/)
        for (const line of ran.stderr.split('\n').filter((one) => one !== '')) {
          expect(JSON.parse(line)).toMatchObject({ code: expect.any(String), message: expect.any(String) })
        }
      }),
      { numRuns: 200 },
    )
  })

  test('any JSON as a line of a replay gets an error or nothing, never a fault of ours', async () => {
    const policy = { clocks: [{ id: 'c', start: { on: 'a' }, stop: { on: 'b' }, targets: [{ within: 1 }] }] }
    const value = fc.jsonValue({ maxDepth: 2 })
    const event = fc.record(
      {
        id: value,
        subject: value,
        at: value,
        event: fc.oneof(fc.constantFrom('a', 'b'), value),
        facts: value,
        data: value,
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 30 }), async (lines) => {
        const ran = await run('sla replay p.json --explain', { input: lines, files: { 'p.json': policy } })
        expect(ran.stdout).not.toContain('"internal"')
        expect(ran.stderr).toBe('')
      }),
      { numRuns: 50 },
    )
  })
})
