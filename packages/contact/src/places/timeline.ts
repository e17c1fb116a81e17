// Touches and events in order of time; of equal instants, in the order in which they were told.

import { LAST_INSTANT, SECOND, type Second } from '@clientele/core'
import type { Message } from '../message.js'

/** One touch or event of which more than its instant must be known. */
export interface Line {
  readonly at: Second
  /** Its place among all that was told. */
  readonly seq: number
  /** When it lapses unless it is committed: +∞ for what happened, {@link CANDIDATE} for what is only weighed. */
  readonly until: Second
  readonly weight: number
  readonly message: Message
  /** The handle of whose it is. */
  readonly recipient: number
}

/** The end of a candidate among others: it counts at its own moment, in no row, and is taken back. */
export const CANDIDATE: Second = LAST_INSTANT / SECOND

/** Whether it is a reservation: it may be committed at any moment until it lapses, so it lies in every window. */
export const isHeld = ({ until }: Line): boolean => until < CANDIDATE

const isAfter = (a: Line, b: Line): boolean => a.at > b.at || (a.at === b.at && a.seq > b.seq)

/** Puts a line in its place. */
export const putLine = (lines: Map<string | number, Line[]>, key: string | number, line: Line): void => {
  const list = lines.get(key)
  if (list === undefined) {
    lines.set(key, [line])
    return
  }
  let at = list.length
  while (at > 0 && isAfter(list[at - 1]!, line)) at--
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
