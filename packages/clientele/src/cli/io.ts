// What a command sees of the outside world, so that every verb can be run by a test without starting a process.
// The one other place that names `process` is `processIo` below.

import { resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** Exit codes of every verb. */
export const OK = 0
/** Some input lines were bad, a test case differed, or a comparison failed. */
export const SOME_FAILED = 1
/** The definition did not compile, a file could not be used, or the command line was wrong. */
export const REFUSED = 2
/** Ended by Ctrl-C, as shells report it. */
export const INTERRUPTED = 130

/** A stream that people may be looking at. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** The streams and the folder a command works with. */
export interface Io {
  readonly stdin: Readable & Terminal
  readonly stdout: Writable & Terminal
  readonly stderr: Writable & Terminal
  /** Relative paths start here. */
  readonly cwd: string
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

/** A path as the user wrote it, made absolute. */
export const pathOf = (io: Io, path: string): string => resolve(io.cwd, path)

/** One line on standard error. */
export const complain = (io: Io, text: string): void => {
  io.stderr.write(`${text}\n`)
}

/**
 * The streams of this process. Ctrl-C asks the running command to end cleanly; a second one ends at once.
 */
export const processIo = (): Io => {
  const controller = new AbortController()
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    controller.abort()
  })
  // a reader that went away (`| head`) is not an error of ours
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    cwd: process.cwd(),
    signal: controller.signal,
  }
}
