// What shared mode needs of its host, and what may be asked of it.

import type { Clock, Instant, TouchLedger } from '@clientele/core'
import type { Basis, Effect, Facts, Recipient } from '../model.js'

/** One word about consent, as the host keeps it. @category ports */
export interface Consent {
  /** When it was given, epoch milliseconds. */
  readonly at: Instant
  /** What it says. */
  readonly basis: Basis
  /** For which channel; for all when absent. */
  readonly channel?: string
  /** For which category; for all when absent. */
  readonly category?: string
  /** Until when it holds, exclusive; for ever when absent. */
  readonly until?: Instant
}

/**
 * Where the consents of recipients are kept: the ledger keeps touches only.
 *
 * - *Atomic unit*: the consents of one recipient: all that were written by some moment, and none that were not.
 * - *Order*: any; they are put in order of `at`, of equal instants the later in the list has the last word.
 * - *Loss window*: that of the host's store. A word that is not there yet when a place is reserved is heard at the commit.
 * - *A repeat* gives the same consents, and those written since.
 *
 * @category ports
 */
export interface ConsentSource {
  /** The consents of these recipients, in this order; an empty list where nothing was said. */
  read(recipientIds: readonly string[]): Promise<readonly (readonly Consent[])[]>
}

/**
 * For policies without consent rules; `open` refuses it for others.
 *
 * @example
 * import { noConsents } from '@clientele/contact'
 * await noConsents.read(['anna']) // => [[]]
 *
 * @category ports
 */
export const noConsents: ConsentSource = Object.freeze({
  read: async (ids: readonly string[]) => ids.map(() => []),
})

/** What `open` stands on. @category ports */
export interface Ports {
  /** Where touches are counted. */
  readonly ledger: TouchLedger
  /** The present. */
  readonly clock: Clock
  /** Who agreed to what. */
  readonly consents: ConsentSource
}

/** How far things may lie apart. @category ports */
export interface OpenOptions {
  /**
   * How far clocks and messages of workers may be behind each other, in milliseconds: five minutes unless told. What is
   * told of a later moment than this from now is refused; a decision that is later than this may miss what it ought to see.
   */
  readonly tolerance?: number
  /**
   * How long the ids of touches are known, in milliseconds: thirty days unless told. A repeat, commit or release that comes
   * later finds nothing.
   */
  readonly remember?: number
}

/** A question, or what happened: the commands of `step` without `op`. @category ports */
export interface SharedAsking {
  /** Whom it is about. Nothing is remembered of where they are: tell it every time. */
  readonly recipient: string | Recipient
  /** ISO 8601 with an offset, or epoch milliseconds, floored to the second; now when absent. */
  readonly at?: string | Instant
  /** What is to be sent; the same at `commit` and `release` as at `reserve`. */
  readonly facts?: Facts
  /** Makes a repeat harmless. Required by `reserve`, `commit`, `release`, and by an `attempt` on several keys. */
  readonly touchId?: string
  /** How long a reservation holds; required by `reserve`. */
  readonly ttl?: string | number
}

/**
 * A policy that any number of workers ask at once, each answer in the place of its question. A batch is not a unit: each
 * question is. Refusals and mistakes are answers; a method rejects only when the ledger or the consents do.
 *
 * @category ports
 */
export interface Service {
  /** May it be sent? Changes nothing, and may be asked of any moment. */
  check(askings: readonly SharedAsking[]): Promise<readonly Effect[]>
  /** Asks, and when allowed it counts. */
  attempt(askings: readonly SharedAsking[]): Promise<readonly Effect[]>
  /** Asks, and when allowed holds a place until `at + ttl`. */
  reserve(askings: readonly SharedAsking[]): Promise<readonly Effect[]>
  /** Keeps a place, once consent and quiet hours were asked again. */
  commit(askings: readonly SharedAsking[]): Promise<readonly Effect[]>
  /** Gives a place back, held or kept; also one that is not there. */
  release(askings: readonly SharedAsking[]): Promise<readonly Effect[]>
  /** A touch or an event that happened: counts without being asked. */
  record(askings: readonly SharedAsking[]): Promise<readonly Effect[]>
  /** Leaves nothing of recipients; in keys shared with others nameless instants stay. */
  erase(askings: readonly Pick<SharedAsking, 'recipient'>[]): Promise<readonly Effect[]>
}
