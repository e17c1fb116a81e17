// The desk's wishes through the contact policy, in order of time: what waits is asked again when it may go, what is
// denied is dropped.

import * as Contact from '@clientele/contact'
import { formatInstant, type Instant, type Ledger } from '@clientele/core'
import { type Told, type Wish, wishesOf } from './contact-desk.js'
import { MESSAGE_POLICY } from './contact-policy.js'
import type { Log } from './desk.js'

/** What became of a message. `waiting` is not due before the log ends. */
export type Fate = 'at once' | 'later' | 'denied' | 'waiting'

/** A message at its end. */
export interface Sent {
  readonly wish: Wish
  readonly fate: Fate
  /** When it was sent, denied, or may go. */
  readonly at: Instant
  /** The rules that put it off, from first to last. */
  readonly deferredBy: readonly string[]
  /** The rules that denied it. */
  readonly deniedBy: readonly string[]
  /** Why it was put off first or denied; none for one that went at once. */
  readonly ledger: Ledger | undefined
}

/** Everything that was told and asked, and what came of it. */
export interface Messages {
  readonly sent: readonly Sent[]
  /** The lines of `clientele contact run`, in order. */
  readonly lines: readonly Contact.Command[]
  readonly policy: Contact.Definition
}

interface Job {
  readonly at: Instant
  readonly wish: Wish
  readonly attempt: number
  readonly deferredBy: readonly string[]
  readonly ledger: Ledger | undefined
}

const commandOf = ({ at, wish, attempt }: Job): Contact.Command => ({
  op: 'attempt',
  recipient: { id: wish.customer.id, zone: wish.customer.zone },
  at: formatInstant(at),
  facts: { channel: wish.channel, category: wish.kind },
  touchId: `${wish.id}-${attempt}`,
})

/** Jobs by time; equal ones in the order in which they came. */
class Agenda {
  readonly #jobs: Job[]
  #next = 0

  constructor(wishes: readonly Wish[]) {
    this.#jobs = wishes
      .map((wish): Job => ({ at: wish.at, wish, attempt: 1, deferredBy: [], ledger: undefined }))
      .sort((a, b) => a.at - b.at)
  }

  take(): Job | undefined {
    return this.#jobs[this.#next++]
  }

  /** Puts a job where it belongs among those to come. */
  put(job: Job): void {
    let [low, high] = [this.#next, this.#jobs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#jobs[middle]!.at <= job.at) low = middle + 1
      else high = middle
    }
    this.#jobs.splice(low, 0, job)
  }
}

/** Runs the messages of a log. Cost: some 0.1 s for 4,000 tickets. */
export const sendMessages = (log: Log, seed: number): Messages => {
  const { wishes, told } = wishesOf(log, seed)
  const table = Contact.compileOrThrow(MESSAGE_POLICY)
  const state = Contact.createState(table)
  const lines: Contact.Command[] = []
  const tell = (command: Contact.Command): Contact.Effect => {
    const out: Contact.Effect[] = []
    lines.push(command)
    Contact.step(table, state, command, out)
    return out[0]!
  }
  const agenda = new Agenda(wishes)
  const known = [...told].sort((a: Told, b: Told) => a.at - b.at)
  let next = 0
  const sent: Sent[] = []
  for (let job = agenda.take(); job !== undefined; job = agenda.take()) {
    const { at, wish, attempt, deferredBy, ledger } = job
    if (at >= log.until) {
      sent.push({ wish, fate: 'waiting', at, deferredBy, deniedBy: [], ledger })
      continue
    }
    for (; next < known.length && known[next]!.at <= at; next++) tell(known[next]!.command)
    const command = commandOf(job)
    const answer = tell(command)
    if (!('verdict' in answer)) throw new TypeError(`the policy did not judge ${JSON.stringify(command)}`)
    const { verdict, rules, nextAllowedAt } = answer
    if (verdict === 'allow') {
      sent.push({ wish, fate: attempt === 1 ? 'at once' : 'later', at, deferredBy, deniedBy: [], ledger })
      continue
    }
    // what is refused changes nothing, so it may be explained afterwards
    const asked = Contact.explainCommand(table, state, command)
    const why = 'ledger' in asked ? asked.ledger : undefined
    if (verdict === 'defer' && nextAllowedAt !== null) {
      const put = { at: nextAllowedAt, attempt: attempt + 1, deferredBy: [...deferredBy, ...rules] }
      agenda.put({ wish, ...put, ledger: ledger ?? why })
    } else {
      sent.push({ wish, fate: 'denied', at, deferredBy, deniedBy: rules, ledger: why })
    }
  }
  return { sent, lines, policy: MESSAGE_POLICY }
}
