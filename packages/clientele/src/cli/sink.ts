// Where answers go: a file that appears when whole, or standard output at the pace of its reader.

import { once } from 'node:events'
import { type Either, right } from '@clientele/core'
import { type Draft, type FileIssue, openDraft, STANDARD } from './file.js'
import type { Io } from './io.js'

/** The reader went away (`| head`): nothing more need be computed, and nothing is wrong. */
export class ReaderGone extends Error {
  readonly code = 'reader-gone'
}

const standardOutput = (io: Io): Draft => {
  let gone = io.stdout.destroyed || io.stdout.writableEnded
  const leave = (): void => {
    gone = true
  }
  io.stdout.on('error', leave)
  io.stdout.on('close', leave)
  const detach = async (): Promise<void> => {
    io.stdout.off('close', leave)
  }
  return {
    write: async (text) => {
      if (gone) throw new ReaderGone()
      if (io.stdout.write(text)) return
      // wait for the reader, or for the news that there is none
      const stop = new AbortController()
      const options = { signal: stop.signal }
      const quiet = (): undefined => undefined
      await Promise.race([
        once(io.stdout, 'drain', options).catch(quiet),
        once(io.stdout, 'close', options).catch(quiet),
        once(io.stdout, 'error', options).catch(quiet),
      ])
      stop.abort()
    },
    close: detach,
    abandon: detach,
  }
}

/** Opens `--out`, or standard output when there is none. */
export const openSink = async (io: Io, file: string | undefined): Promise<Either<FileIssue, Draft>> =>
  file === undefined || file === STANDARD ? right(standardOutput(io)) : openDraft(io, file)
