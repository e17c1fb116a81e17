// Exemptions that hold from a touch on: what the ledger tells of their beginnings and ends, as the lines of a state, so that
// `evaluate/grant.ts` reads them. The ledger knows no order within a second: an end has the last word.

import { SECOND, type TouchFinding } from '@clientele/core'
import type { State } from '../book.js'
import { isUnder, markKey } from '../evaluate/grant.js'
import type { Attempt } from '../evaluate/judge.js'
import type { Mark, Message } from '../message.js'
import type { Line } from '../places/timeline.js'
import type { Marking, Relief, Standing } from './home.js'

const FOREVER = Number.POSITIVE_INFINITY
const ME = 0

const linesOf = (message: Message, marking: Marking, finding: TouchFinding | undefined): readonly Line[] => {
  const begins = marking.role === 'since'
  return (finding?.frees ?? []).map(({ at, until }) => ({
    at: at / SECOND,
    seq: begins ? 0 : 1,
    until: until === undefined ? FOREVER : until / SECOND,
    weight: 1,
    message: { ...message, begins: begins ? [marking.mark] : [] },
    recipient: ME,
  }))
}

/**
 * A reservation stands not in its own way when it is kept. Which of several open ones is its own the ledger does not tell: it
 * is the one without which the exemption holds the least.
 */
const withoutOwn = (lines: readonly Line[], role: Marking['role']): readonly Line[] => {
  const held = lines.filter(({ until }) => until !== FOREVER).sort((a, b) => a.at - b.at)
  const own = role === 'since' ? held.at(-1) : held[0]
  return lines.filter((line) => line !== own)
}

/** Puts into a state what was found of an exemption: its beginnings, its ends. */
export const putMarks = (
  state: State,
  message: Message,
  mark: Mark,
  findings: readonly [TouchFinding | undefined, TouchFinding | undefined],
  own: Marking['role'] | undefined,
): void => {
  const roles = ['since', 'until'] as const
  const lines = roles.flatMap((role, i) => {
    const found = linesOf(message, { mark, role }, findings[i])
    return role === own ? withoutOwn(found, role) : found
  })
  const sorted = lines.sort((a, b) => a.at - b.at || a.seq - b.seq)
  state.marks[mark.exempt.grant]!.set(markKey(ME, mark), sorted)
}

/** What the exemptions in force pass over, and what they stand on. */
export const reliefAt = ({ state, message, area }: Attempt, at: number): Relief => {
  let kinds = 0
  const standings: Standing[] = []
  for (const mark of message.grants) {
    if (!isUnder(state, mark, ME, area.window, at, FOREVER)) continue
    kinds |= mark.exempt.from
    const lines = state.marks[mark.exempt.grant]!.get(markKey(ME, mark)) ?? []
    const inSight = lines.filter((line) => line.at <= at && line.until > at)
    const since = inSight.at(-1)?.at ?? at
    const ends = lines.filter((line) => line.at >= since && line.message.begins.length === 0)
    standings.push({ mark, since, ends: ends.length })
  }
  return { kinds, standings }
}
