// The one function that changes state: a command in, its answer out. Synchronous, deterministic, total.

import { SECOND, type Second } from '@clientele/core'
import { asAttempt, handleOf, messageFor } from './asking.js'
import type { State, Touch } from './book.js'
import { readChoice } from './choose/read.js'
import { answerChoice } from './choose.js'
import { eraseRecipient } from './erase.js'
import { verdictOf } from './evaluate.js'
import type { Message } from './message.js'
import type { Command, Effect } from './model.js'
import { placeLine, unplaceLine } from './place.js'
import { CANDIDATE } from './places/timeline.js'
import {
  canonical,
  consentOf,
  durationOf,
  factsOf,
  isRecord,
  isRefused,
  type Line,
  type Op,
  opOf,
  own,
  refuse,
  secondOf,
  textOf,
  textsOf,
  whomOf,
} from './read.js'
import { route } from './route.js'
import type { Table } from './table.js'

const OK: Effect = Object.freeze({ ok: true })
const FOREVER = Number.POSITIVE_INFINITY

/** What was answered to the same touch id before; `undefined` for a new one. */
const answered = (state: State, id: string | undefined, content: string): Effect | undefined => {
  const known = id === undefined ? undefined : state.touches.get(id)
  if (known === undefined) return undefined
  if (known.content === content) return known.answer
  return refuse('id-reused', 'touchId', `the touch "${id}" was told before with other content`)
}

const idOf = (line: Line): string | undefined =>
  own(line, 'touchId') === undefined ? undefined : textOf(line, 'touchId')

interface Placed {
  readonly recipient: number
  readonly message: Message
  readonly at: Second
  readonly until: Second
}

/** Lets a touch count and remembers it by its id. */
const count = (
  state: State,
  placed: Placed,
  id: string | undefined,
  content: string,
  answer: Effect,
): void => {
  const seq = ++state.seq
  placeLine(state, { ...placed, seq, weight: 1 })
  const held = placed.until !== FOREVER
  if (held) state.held++
  if (id !== undefined)
    state.touches.set(id, { ...placed, content, answer, seq, status: held ? 'held' : 'counted' })
}

const lineOf = ({ at, seq, until, message, recipient }: Touch) => ({
  at,
  seq,
  until,
  weight: 1,
  message,
  recipient,
})

/** Takes lapsed reservations out, once there are twice as many as after the last time. */
const sweep = (state: State, at: Second): void => {
  if (state.held < state.sweepAt) return
  for (const touch of state.touches.values()) {
    if (touch.status === 'held' && touch.until <= at - state.lateness) drop(state, touch)
  }
  state.sweepAt = Math.max(64, state.held * 2)
}

const drop = (state: State, touch: Touch): void => {
  unplaceLine(state, lineOf(touch))
  if (touch.status === 'held') state.held--
  touch.status = 'gone'
}

const tell = (
  state: State,
  line: Line,
  at: Second,
  op: 'record' | 'check' | 'attempt' | 'reserve',
): Effect => {
  const whom = whomOf(line)
  const facts = factsOf(line, state.table)
  const id = op === 'reserve' ? textOf(line, 'touchId') : idOf(line)
  const ttl = op === 'reserve' ? durationOf(line, 'ttl') : FOREVER
  const message = messageFor(state, facts)
  if (op === 'check') return verdictOf(asAttempt(state, whom, message, 'look'), at)
  const content =
    id === undefined ? '' : canonical([op, whom.id, whom.zone ?? null, whom.zones ?? null, at, facts, ttl])
  const before = answered(state, id, content)
  if (before !== undefined) return before
  const asked = asAttempt(state, whom, message, 'keep')
  const answer = op === 'record' ? OK : verdictOf(asked, at)
  const { recipient } = asked
  if (!('verdict' in answer) || answer.verdict === 'allow') {
    count(
      state,
      { recipient, message, at, until: Math.min(at + ttl, op === 'reserve' ? CANDIDATE - 1 : FOREVER) },
      id,
      content,
      answer,
    )
    return answer
  }
  if (id !== undefined) {
    const nothing = { recipient, message, at, until: at, seq: state.seq, status: 'gone' as const }
    state.touches.set(id, { ...nothing, content, answer })
  }
  return answer
}

const touchOf = (state: State, line: Line): Touch => {
  const id = textOf(line, 'touchId')
  const whom = whomOf(line)
  const touch = state.touches.get(id)
  if (touch === undefined || state.ids.find(whom.id) !== touch.recipient)
    return refuse('unknown-touch', 'touchId', `no touch "${id}" of this recipient is known`)
  return touch
}

const commit = (state: State, line: Line, at: Second): Effect => {
  const touch = touchOf(state, line)
  const allowed: Effect = { ok: true, verdict: 'allow', rules: [], nextAllowedAt: touch.at * SECOND }
  // a repeat changes nothing
  if (touch.status === 'counted') return allowed
  if (touch.status === 'gone' || touch.until <= at)
    return refuse('reservation-gone', 'touchId', 'the reservation has lapsed or was released; reserve again')
  const { message, recipient } = touch
  const held = lineOf(touch)
  // consent may have been withdrawn since, and night may have fallen; it stands not in its own way
  unplaceLine(state, held)
  const asked = asAttempt(state, whomOf(line), { ...message, asks: [], control: [], plain: false }, 'keep')
  const verdict = verdictOf(asked, at)
  if (verdict.verdict !== 'allow') {
    placeLine(state, held)
    return { ok: false, ...verdict }
  }
  state.held--
  Object.assign(touch, { at, until: FOREVER, seq: ++state.seq, status: 'counted' })
  placeLine(state, { ...lineOf(touch), message, recipient })
  return { ...allowed, nextAllowedAt: at * SECOND }
}

const release = (state: State, line: Line): Effect => {
  const touch = touchOf(state, line)
  if (touch.status !== 'gone') drop(state, touch)
  handleOf(state, whomOf(line))
  return OK
}

const consent = (state: State, line: Line, at: Second): Effect => {
  const whom = whomOf(line)
  const told = consentOf(line)
  const recipient = handleOf(state, whom)
  const records = state.consents.get(recipient) ?? []
  let place = records.length
  while (place > 0 && records[place - 1]!.at > at) place--
  records.splice(place, 0, { at, seq: ++state.seq, ...told })
  state.consents.set(recipient, records)
  return OK
}

const tellAt = (state: State, command: Line, at: Second, op: Exclude<Op, 'tag' | 'erase'>): Effect => {
  switch (op) {
    case 'commit':
      return commit(state, command, at)
    case 'release':
      return release(state, command)
    case 'consent':
      return consent(state, command, at)
    case 'choose':
      return answerChoice(state, readChoice(state, command))
    case 'route':
      return route(state, command, at)
    case 'prefer': {
      const [whom, channels] = [whomOf(command), textsOf(command, 'channels')]
      state.preferences.set(handleOf(state, whom), channels)
      return OK
    }
    default:
      return tell(state, command, at, op)
  }
}

const answer = (state: State, command: unknown): Effect => {
  if (!isRecord(command)) return refuse('wrong-type', '', 'expected an object')
  const op = opOf(command)
  if (op === 'tag') {
    const [campaign, tags] = [textOf(command, 'campaign'), textsOf(command, 'tags')]
    state.tags.set(campaign, tags)
    return OK
  }
  if (op === 'erase') {
    eraseRecipient(state, state.ids.find(whomOf(command).id))
    return OK
  }
  const at = secondOf(command)
  const told = tellAt(state, command, at, op)
  sweep(state, at)
  return told
}

/**
 * Takes one command and appends its one answer to `out`. A command that is refused as such comes as an `error` and changes
 * nothing; a denial is an answer. Nothing is thrown, whatever the command.
 *
 * Synchronous and deterministic: the same commands give the same answers on every machine. Records come in any order and
 * take their place by `at`. Cost: some microseconds.
 *
 * @example
 * import { compileOrThrow, createState, type Effect, step } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const state = createState(policy)
 * const out: Effect[] = []
 * step(policy, state, { op: 'attempt', recipient: 'anna', at: 0 }, out)
 * step(policy, state, { op: 'attempt', recipient: 'anna', at: 1_000 }, out)
 * out[1] // => { verdict: 'deny', rules: ['day'], nextAllowedAt: 86400000 }
 *
 * @category state
 */
export const step = (table: Table, state: State, command: Command, out: Effect[]): void => {
  if (state.table !== table) throw new RangeError('the state belongs to another table; migrate it first')
  try {
    out.push(answer(state, command))
  } catch (reason) {
    if (!isRefused(reason)) throw reason
    out.push({ error: reason.error })
  }
}
