// The kernel of every verb that reads lines: bytes in, answers out, at the pace of the slower side, whatever the size.

import type { UnknownRecord } from '@clientele/core'
import { type Draft, openSource } from './file.js'
import { type Answer, type Format, formatter } from './format.js'
import { complain, INTERRUPTED, type Io, OK, REFUSED, SOME_FAILED } from './io.js'
import { type Line, splitter } from './lines.js'
import { locate } from './locate.js'
import { type Progress, progress } from './progress.js'
import { openSink, ReaderGone } from './sink.js'
import { lineError, type Session } from './verb.js'

/** Where a run reads and writes. */
export interface Channels {
  readonly in: string | undefined
  readonly out: string | undefined
  readonly format: Format
}

/** Answers are handed to the output in pieces of about this many characters. */
const PIECE = 64 * 1024

/** The object of one line, or what is wrong with it. */
export const parseLine = (line: Line): { readonly value: UnknownRecord } | ReturnType<typeof lineError> => {
  if (line.problem === 'not-utf8') return lineError('not-utf8', `line ${line.number} is no text in UTF-8`)
  if (line.problem === 'line-too-long')
    return lineError('line-too-long', `line ${line.number} is longer than 16 MB`)
  let value: unknown
  try {
    value = JSON.parse(line.text)
  } catch {
    const place = locate(line.text)
    const where = `line ${line.number}, column ${place?.column ?? 1}`
    return lineError('bad-json', `${where}: expected ${place?.expected ?? 'JSON'}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { value: value as UnknownRecord }
  return lineError('wrong-type', `line ${line.number}: expected an object`)
}

/** The answers to one line. A fault of ours in one line is told in its place and does not end the run. */
export const answerLine = (session: Session, line: Line): readonly Answer[] => {
  const parsed = parseLine(line)
  if ('error' in parsed) return [parsed]
  try {
    return session.answer(parsed.value)
  } catch (error) {
    return [lineError('internal', error instanceof Error ? error.message : String(error))]
  }
}

/** After so many answers Ctrl-C is heard and the bar moves. */
const TURN = 4_096

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Runs a session over `--in` and gives the exit code: 0, or 1 when any line was bad. */
export const runLines = async (session: Session, channels: Channels, io: Io): Promise<number> => {
  const source = await openSource(io, channels.in)
  if (source._tag === 'Left') {
    complain(io, JSON.stringify(source.left))
    return REFUSED
  }
  const sink = await openSink(io, channels.out)
  if (sink._tag === 'Left') {
    if (channels.in !== undefined) source.right.stream.destroy()
    complain(io, JSON.stringify(sink.left))
    return REFUSED
  }
  const { stream, bytes } = source.right
  if (stream === io.stdin && io.stdin.isTTY === true)
    complain(io, 'reading lines from the keyboard; Ctrl-D ends')
  const bar = progress(io, 'reading', bytes)
  const stop = (): void => {
    stream.destroy()
  }
  io.signal.addEventListener('abort', stop)
  try {
    const bad = await pump(session, stream, sink.right, channels.format, bar, io.signal)
    await sink.right.close()
    return bad === 0 ? OK : SOME_FAILED
  } catch (error) {
    await sink.right.abandon()
    if (io.signal.aborted) return INTERRUPTED
    if (error instanceof ReaderGone) return OK
    const message = error instanceof Error ? error.message : String(error)
    complain(io, JSON.stringify({ code: 'broken-off', path: '', message: `the run broke off: ${message}` }))
    return REFUSED
  } finally {
    bar.stop()
    io.signal.removeEventListener('abort', stop)
    stream.destroy()
  }
}

const pump = async (
  session: Session,
  stream: AsyncIterable<Uint8Array | string>,
  sink: Draft,
  format: Format,
  bar: Progress,
  signal: AbortSignal,
): Promise<number> => {
  const split = splitter()
  const text = formatter(format)
  let bad = 0
  let pending = ''
  const add = (answer: Answer): void => {
    if (answer['error'] !== undefined) bad += 1
    pending += text.add(answer)
  }
  const flush = async (): Promise<void> => {
    signal.throwIfAborted()
    if (pending === '') return
    const piece = pending
    pending = ''
    await sink.write(piece)
  }
  const takeAll = async (lines: readonly Line[]): Promise<void> => {
    for (const line of lines) {
      for (const answer of answerLine(session, line)) add(answer)
      if (pending.length > PIECE) await flush()
    }
  }
  for await (const chunk of stream) {
    const piece = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    await takeAll(split.push(piece))
    await flush()
    bar.advance(piece.length)
  }
  signal.throwIfAborted()
  await takeAll(split.end())
  let said = 0
  for (const answer of session.end()) {
    add(answer)
    if (pending.length > PIECE) await flush()
    if (++said % TURN !== 0) continue
    if (said === TURN) bar.next('answering')
    bar.advance(TURN)
    await turn()
  }
  pending += text.end()
  await flush()
  return bad
}
