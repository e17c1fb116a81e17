// Reads what a worker asks: hostile JSON to numbers, a message and a place, or why not.

import { LAST_INSTANT, SECOND, type Second } from '@clientele/core'
import { messageFor } from '../asking.js'
import type { State } from '../book.js'
import type { Message } from '../message.js'
import type { Area } from '../places/area.js'
import {
  canonical,
  durationOf,
  factsOf,
  isRecord,
  own,
  refuse,
  secondOf,
  textOf,
  type Whom,
  whomOf,
} from '../read.js'
import { areaFor } from '../state.js'
import { nameOf } from './home.js'

/** What a service remembers between questions: nothing of anybody, only what follows from the policy. */
export interface Desk {
  /** Messages and places that were met; holds no touches. */
  readonly arena: State
  /** Names of streams in the ledger. */
  readonly names: readonly string[]
  /** Names of exemptions that begin with a touch, by their place among them. */
  readonly grantNames: readonly string[]
  readonly tolerance: Second
  readonly remember: Second
}

export type SharedOp = 'check' | 'attempt' | 'reserve' | 'commit' | 'release' | 'record'

/** A question that was understood. */
export interface Asked {
  readonly op: SharedOp
  readonly whom: Whom
  readonly message: Message
  readonly area: Area
  readonly at: Second
  /** When its places lapse unless they are kept. */
  readonly until: Second
  readonly id: string | undefined
  /** Stands for all that was said of the touch, and tells nothing of it. */
  readonly content: string
}

const NAMED: readonly SharedOp[] = ['reserve', 'commit', 'release']
/** How long an attempt on several keys holds its places before it keeps them, in seconds. */
const HOLD: Second = 60
/** Ledgers keep seconds to 2106. */
const LAST_END = LAST_INSTANT / SECOND + 86_400

/** Understands a question, or throws why not; `now` is the present. */
export const readAsked = (desk: Desk, op: SharedOp, line: unknown, now: Second): Asked => {
  if (!isRecord(line)) return refuse('wrong-type', '', 'expected an object')
  const { arena } = desk
  const whom = whomOf(line)
  const told = own(line, 'at') === undefined ? undefined : secondOf(line)
  const at = told ?? now
  // what lies ahead of its time would make the ledger forget what is still needed
  if (op !== 'check' && at > now + desk.tolerance)
    return refuse('from-the-future', 'at', `lies ${at - now} seconds ahead of the clock`)
  const facts = factsOf(line, arena.table)
  const named = NAMED.includes(op) || own(line, 'touchId') !== undefined
  const ttl = op === 'reserve' ? durationOf(line, 'ttl') : undefined
  const { id, zone, zones } = whom
  return {
    op,
    whom,
    message: messageFor(arena, facts),
    area: arena.areas[areaFor(arena, zone, zones)]!,
    at,
    until: Math.min(ttl === undefined ? Math.max(at, now) + HOLD : at + ttl, LAST_END),
    id: named && op !== 'check' ? textOf(line, 'touchId') : undefined,
    content: nameOf(canonical([op, id, zone ?? null, zones ?? null, told ?? null, facts, ttl ?? null])),
  }
}
