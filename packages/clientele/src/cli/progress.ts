// A bar on standard error for people who wait; nothing at all when standard error is no terminal.

import { SingleBar } from 'cli-progress'
import type { Io } from './io.js'

/** Told how far a run has come; `stop` clears the bar. */
export interface Progress {
  advance(amount: number): void
  stop(): void
}

const SILENT: Progress = { advance: () => undefined, stop: () => undefined }

/** A bar over `total` units (bytes, tickets, …), or a bare counter when the total is not known. */
export const progress = (io: Io, label: string, total: number | undefined): Progress => {
  if (io.stderr.isTTY !== true) return SILENT
  const known = total !== undefined && total > 0
  const format = known ? `${label} {bar} {percentage} %  {eta_formatted} left` : `${label} {value}`
  const bar = new SingleBar({
    format,
    stream: io.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 10,
    barsize: 30,
    noTTYOutput: false,
  })
  bar.start(known ? total : 0, 0)
  return { advance: (amount) => bar.increment(amount), stop: () => bar.stop() }
}
