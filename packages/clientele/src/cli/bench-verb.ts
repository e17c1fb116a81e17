// `clientele bench`: how fast is the user's own definition on the user's own lines, and are the answers still the same.

import { hashHex, isLeft, type UnknownRecord } from '@clientele/core'
import { openSource, readJson, writeWhole } from './file.js'
import type { Answer } from './format.js'
import { complain, type Io, OK, REFUSED, SOME_FAILED } from './io.js'
import { splitter } from './lines.js'
import { parseLine } from './run-lines.js'
import type { LineVerb, Opened } from './verb.js'

/** Timed passes go on for about this long. */
const TIMED_NS = 1_000_000_000n

/** What an input held: the objects of its lines, and how many lines are none. */
interface Input {
  readonly lines: readonly UnknownRecord[]
  readonly unreadable: number
}

const readAll = async (stream: AsyncIterable<Uint8Array | string>): Promise<Input> => {
  const split = splitter()
  const lines: UnknownRecord[] = []
  let unreadable = 0
  const take = (read: ReturnType<typeof split.push>): void => {
    for (const line of read) {
      const parsed = parseLine(line)
      if ('value' in parsed) lines.push(parsed.value)
      else unreadable++
    }
  }
  for await (const chunk of stream) take(split.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk))
  take(split.end())
  return { lines, unreadable }
}

const pass = (opened: Opened, lines: readonly UnknownRecord[]): readonly Answer[] => {
  const session = opened.start({ explain: false, values: {} })
  return [...lines.flatMap((line) => [...session.answer(line)]), ...session.end()]
}

/** Nanoseconds of each line of one pass. */
const timedLines = (opened: Opened, lines: readonly UnknownRecord[]): number[] => {
  const session = opened.start({ explain: false, values: {} })
  return lines.map((line) => {
    const from = process.hrtime.bigint()
    session.answer(line)
    return Number(process.hrtime.bigint() - from)
  })
}

/** Nanoseconds a line, on average, of one whole pass. */
const timedPass = (opened: Opened, lines: readonly UnknownRecord[]): number => {
  const from = process.hrtime.bigint()
  pass(opened, lines)
  return Number(process.hrtime.bigint() - from) / Math.max(1, lines.length)
}

const quantile = (sorted: Float64Array, p: number): number =>
  sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0

const round = (value: number): number => Number(value.toPrecision(4))

/** The figures of one bench run. */
const measure = (verb: LineVerb, opened: Opened, { lines, unreadable }: Input): Answer => {
  const answers = pass(opened, lines).map((answer) => JSON.stringify(answer))
  const whole: number[] = []
  const single: number[] = []
  const start = process.hrtime.bigint()
  do {
    whole.push(timedPass(opened, lines))
    if (verb.speaks === 'by-line' && single.length < 2_000_000)
      for (const ns of timedLines(opened, lines)) single.push(ns)
  } while (process.hrtime.bigint() - start < TIMED_NS)
  const sorted = Float64Array.from(verb.speaks === 'by-line' ? single : whole).sort()
  const best = whole.reduce((least, ns) => Math.min(least, ns))
  return {
    lines: lines.length,
    ...(unreadable === 0 ? {} : { unreadable }),
    answers: answers.length,
    rate: Math.round(1e9 / best),
    p50: round(quantile(sorted, 0.5) / 1_000),
    p99: round(quantile(sorted, 0.99) / 1_000),
    ...(opened.bytes === undefined ? {} : { bytes: opened.bytes }),
    hash: hashHex(new TextEncoder().encode(answers.join('\n'))),
    units: {
      rate: 'lines a second, best pass, parsing left out',
      p50: verb.speaks === 'by-line' ? 'microseconds a line' : 'microseconds a line, mean of a whole pass',
      p99: verb.speaks === 'by-line' ? 'microseconds a line' : 'microseconds a line, mean of a whole pass',
      ...(opened.bytes === undefined ? {} : { bytes: 'the compiled table' }),
      hash: 'of all answers, in order',
    },
    node: process.version,
  }
}

/** Whether a file holds what an earlier bench saved. */
const areFigures = (saved: unknown): saved is UnknownRecord =>
  typeof saved === 'object' &&
  saved !== null &&
  typeof (saved as UnknownRecord)['hash'] === 'string' &&
  ['rate', 'p50', 'p99'].every((key) => typeof (saved as UnknownRecord)[key] === 'number')

const against = (figures: Answer, saved: UnknownRecord): Answer => {
  const ratio = (key: string): number => round(Number(figures[key]) / Number(saved[key]))
  return {
    sameAnswers: saved['hash'] === figures['hash'],
    rate: ratio('rate'),
    p50: ratio('p50'),
    p99: ratio('p99'),
  }
}

/** Runs the bench; prints its figures as one line of JSON and saves them to `--out`. */
export const runBench = async (
  verb: LineVerb,
  files: {
    readonly definition: unknown
    readonly in: string | undefined
    readonly out: string | undefined
    readonly against: string | undefined
  },
  io: Io,
): Promise<number> => {
  const refuse = (issue: unknown): number => {
    complain(io, JSON.stringify(issue))
    return REFUSED
  }
  const opened = await verb.open(files.definition, {}, io)
  if (isLeft(opened)) {
    opened.left.forEach(refuse)
    return REFUSED
  }
  const saved = files.against === undefined ? undefined : await readJson(io, files.against)
  if (saved !== undefined && isLeft(saved)) return refuse(saved.left)
  const before = saved?.right
  if (before !== undefined && !areFigures(before)) {
    const message = `${files.against} holds no figures that bench has saved`
    return refuse({ code: 'bad-value', path: '--against', file: files.against, message })
  }
  const source = await openSource(io, files.in)
  if (isLeft(source)) return refuse(source.left)
  const input = await readAll(source.right.stream as AsyncIterable<Uint8Array | string>)
  if (input.lines.length === 0) {
    const message = 'no input line could be read, so there is nothing to time'
    return refuse({ code: 'empty-file', path: '', file: files.in ?? 'standard input', message })
  }
  const figures = measure(verb, opened.right, input)
  const comparison = before === undefined ? undefined : against(figures, before)
  const report = comparison === undefined ? figures : { ...figures, against: comparison }
  io.stdout.write(`${JSON.stringify(report)}\n`)
  if (files.out !== undefined) {
    const written = await writeWhole(io, files.out, `${JSON.stringify(report, undefined, 2)}\n`)
    if (isLeft(written)) return refuse(written.left)
  }
  const same = comparison === undefined || comparison['sameAnswers'] === true
  return same && input.unreadable === 0 ? OK : SOME_FAILED
}
