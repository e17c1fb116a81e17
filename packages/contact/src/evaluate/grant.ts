// Exemptions that hold from a touch or an event on.

import { type Second, windowSince, type Zone } from '@clientele/core'
import type { State } from '../book.js'
import type { Mark } from '../message.js'
import type { Line } from '../places/timeline.js'

const NONE: readonly Line[] = []

/** The key of a recipient's marks: a text that no other recipient's key is a part of. */
export const markKey = (recipient: number, { exempt, key }: Mark): string =>
  exempt.per.includes('recipient') ? `${recipient} ${key}` : key

const marksOf = (state: State, recipient: number, mark: Mark): readonly Line[] =>
  state.marks[mark.exempt.grant]!.get(markKey(recipient, mark)) ?? NONE

const begins = (line: Line, { exempt }: Mark): boolean =>
  line.message.begins.some((each) => each.exempt === exempt)

/**
 * Whether an exemption holds for a recipient at a second, by what was told before `seq`: something began it inside its
 * window, and nothing has ended it since. `home` is the zone of the recipient's windows.
 */
export const isUnder = (
  state: State,
  mark: Mark,
  recipient: number,
  home: Zone | undefined,
  at: Second,
  seq: number,
): boolean => {
  const { zone, local, window } = mark.exempt.zoned
  const own = local ? home : zone
  if (local && own === undefined) return false
  const lines = marksOf(state, recipient, mark)
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!
    if (line.at > at || line.until <= at || (line.at === at && line.seq >= seq)) continue
    // the last word decides: earlier beginnings lie further back in the window, or were ended
    return begins(line, mark) && line.at >= windowSince(window, own, at)
  }
  return false
}

/** The first second after `at` at which something known begins or ends an exemption; +∞ when nothing does. */
export const nextTurn = (state: State, mark: Mark, recipient: number, at: Second): Second => {
  let next = Number.POSITIVE_INFINITY
  for (const line of marksOf(state, recipient, mark)) {
    if (line.at > at) next = Math.min(next, line.at)
    else if (line.until > at) next = Math.min(next, line.until)
  }
  return next
}
