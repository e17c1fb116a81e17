// A bar on standard error for people who wait; nothing at all when standard error is no terminal.

import { SingleBar } from 'cli-progress'
import type { Io } from './io.js'

/** Told how far a run has come; `stop` clears the bar. */
export interface Progress {
  advance(amount: number): void
  /** Goes on with another part of the run, of unknown length. */
  next(label: string): void
  stop(): void
}

const SILENT: Progress = { advance: () => undefined, next: () => undefined, stop: () => undefined }

const barOf = (io: Io, label: string, total: number | undefined): SingleBar => {
  const known = total !== undefined && total > 0
  const bar = new SingleBar({
    format: known ? `${label} {bar} {percentage} %  {eta_formatted} left` : `${label} {value}`,
    stream: io.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 10,
    barsize: 30,
    noTTYOutput: false,
  })
  bar.start(known ? total : 0, 0)
  return bar
}

/** A bar over `total` units (bytes, steps, …), or a bare counter when the total is not known. */
export const progress = (io: Io, label: string, total: number | undefined): Progress => {
  if (io.stderr.isTTY !== true) return SILENT
  let bar = barOf(io, label, total)
  return {
    advance: (amount) => bar.increment(amount),
    next: (following) => {
      bar.stop()
      bar = barOf(io, following, undefined)
    },
    stop: () => bar.stop(),
  }
}
