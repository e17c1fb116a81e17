// Runs the command line in this process, on streams in memory and a folder of its own.

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { type Io, main } from '../src/cli/index.js'

/** What a run left behind. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Standard output, a line each. */
  readonly lines: readonly string[]
  /** Standard output, a JSON each. */
  readonly answers: readonly Record<string, unknown>[]
  /** Standard error, a JSON each. */
  readonly issues: readonly Record<string, unknown>[]
}

/** Anything that can be said of a run. */
export interface Setup {
  readonly input?: string | Uint8Array | readonly unknown[]
  readonly files?: { readonly [name: string]: unknown }
  readonly cwd?: string
  readonly terminal?: 'yes'
  readonly signal?: AbortSignal
  readonly stdout?: Writable
}

/** A folder for one test. */
export const folder = (files: { readonly [name: string]: unknown } = {}): string => {
  const path = mkdtempSync(join(tmpdir(), 'clientele-'))
  for (const [name, content] of Object.entries(files)) {
    const text =
      typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content)
    writeFileSync(join(path, name), text)
  }
  return path
}

const collect = (): { readonly stream: Writable; readonly text: () => string } => {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write: (chunk: Buffer | string, _, done) => {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') }
}

const inputOf = (input: Setup['input']): Readable => {
  if (input === undefined) return Readable.from([])
  if (typeof input === 'string' || input instanceof Uint8Array) return Readable.from([Buffer.from(input)])
  return Readable.from([
    Buffer.from(input.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')),
  ])
}

const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** One run of the command line. */
export const run = async (argv: string | readonly string[], setup: Setup = {}): Promise<Ran> => {
  const [out, err] = [collect(), collect()]
  const args = typeof argv === 'string' ? argv.split(' ').filter((word) => word !== '') : argv
  const io: Io = {
    stdin: inputOf(setup.input),
    stdout: setup.stdout ?? out.stream,
    stderr: Object.assign(err.stream, setup.terminal === undefined ? {} : { isTTY: true, columns: 80 }),
    cwd: setup.cwd ?? folder(setup.files),
    signal: setup.signal ?? new AbortController().signal,
  }
  const code = await main(args, io)
  const [stdout, stderr] = [out.text(), err.text()]
  const lines = stdout.split('\n').slice(0, -1)
  return {
    code,
    stdout,
    stderr,
    lines,
    get answers() {
      return jsonLines(stdout)
    },
    get issues() {
      return jsonLines(stderr)
    },
  }
}

/** A calendar of plain weekdays. */
export const DESK = {
  timeZone: 'Europe/Moscow',
  week: {
    mon: ['09:00-18:00'],
    tue: ['09:00-18:00'],
    wed: ['09:00-18:00'],
    thu: ['09:00-18:00'],
    fri: ['09:00-18:00'],
  },
}

/** A calendar that never opens. */
export const NEVER_OPEN = { timeZone: 'UTC', week: {} }
