// Touches and events in order of time; of equal instants, in the order in which they were told.

import type { Second } from '@clientele/core'
import type { Message } from '../message.js'

/** One touch or event of which more than its instant must be known. */
export interface Line {
  readonly at: Second
  /** Its place among all that was told. */
  readonly seq: number
  /** When it lapses unless it is committed: +∞ for what happened. */
  readonly until: Second
  readonly weight: number
  readonly message: Message
  /** The handle of whose it is. */
  readonly recipient: number
}

/** Puts a line in its place: after those of the same instant. */
export const putLine = (lines: Map<string | number, Line[]>, key: string | number, line: Line): void => {
  const list = lines.get(key)
  if (list === undefined) {
    lines.set(key, [line])
    return
  }
  let at = list.length
  while (at > 0 && list[at - 1]!.at > line.at) at--
  list.splice(at, 0, line)
}

/** Takes the line out that was told at `seq`. */
export const takeLine = (lines: Map<string | number, Line[]>, key: string | number, seq: number): void => {
  const list = lines.get(key)
  const index = list?.findIndex((line) => line.seq === seq) ?? -1
  if (list === undefined || index < 0) return
  if (list.length === 1) lines.delete(key)
  else list.splice(index, 1)
}
