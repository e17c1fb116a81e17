// The port that contact caps and quotas share: who was touched when, and how much of a period is used up, asked and taken
// in one step by any number of workers. What a window or a period is, the caller knows; the ledger compares numbers.

import type { Instant } from './time.js'

/**
 * A cap on the places of a slot within a stretch of time. The demand is refused when `asks` is not 0 and `used + asks`
 * exceeds `limit`, where `used` is the settled places from `since` through `through` and those of open reservations from
 * `heldSince` through `through`, all ends included.
 *
 * @category ports
 */
export interface RecentDemand {
  readonly kind: 'recent'
  /** The name of the ring, unique among the rings of its key. Demands that name the same one add up what they take. */
  readonly slot: string
  /** Places it must find free; 0 when the cap does not speak of this touch. */
  readonly asks: number
  /** Places the touch takes, at most 65,535; 0 when it does not count here. */
  readonly takes: number
  /** Places there are; 0 means never. */
  readonly limit: number
  /** The first second of the window. */
  readonly since: Instant
  /**
   * The last second of the window. `at` to see the ledger as of `at`; later, so that a worker whose clock or message is
   * late still sees what was taken after its `at`: the end of a calendar window, or +∞, and no window ever holds more than
   * its cap.
   */
  readonly through: Instant
  /**
   * From when open reservations count. `since` counts them where they stand; −∞, because one that was made before the window
   * may still be sent within it: only so can a commit never put a window above its cap.
   */
  readonly heldSince: Instant
  /** Settled places of the slot before it are no longer needed. */
  readonly keep: Instant
}

/** What a counter stands at. @category ports */
export interface PeriodUnits {
  /** The period. */
  readonly period: number
  /** Units used in it, those of open reservations included. */
  readonly units: number
}

/**
 * A quota of units per period: one number a period, however great. The demand is refused when `asks` is not 0 and
 * `used + asks` exceeds `limit`, where `used` is the units of the period, those of open reservations included.
 *
 * @category ports
 */
export interface CountDemand {
  readonly kind: 'count'
  /** The name of the counter, unique among the counters of its key. Demands that name the same one add up what they take. */
  readonly slot: string
  /** The period: a whole number that ascends with time, such as its first day. */
  readonly period: number
  /** Units it must find free; 0 when nothing is asked. */
  readonly asks: number
  /** Units the touch takes; 0 when it takes none. */
  readonly takes: number
  /** Units there are in this period, what was carried over included. */
  readonly limit: number
  /**
   * What `limit` was worked out from: the units of earlier periods of this slot. Where one has changed since, the answer is
   * `stale` and nothing is done. Empty when nothing is carried over.
   */
  readonly earlier: readonly PeriodUnits[]
  /** Periods of the slot before it are no longer needed. */
  readonly keep: number
}

/** One thing a touch asks for, takes, or both. @category ports */
export type TouchDemand = RecentDemand | CountDemand

/** The name a touch is repeated, committed and released by. @category ports */
export interface TouchName {
  /** Unique among the touches of its key. */
  readonly id: string
  /** Stands for all that was said of the touch, e.g. a hash: another one under the same id is refused. */
  readonly content: string
  /** Touches of the key before it are no longer needed: their ids and answers, not their places. */
  readonly keep: Instant
}

/** Whose ledger, and when. Instants are floored to the second and lie between 1970 and 2106. @category ports */
export interface TouchAddressed {
  /** The recipient, household or account: the atomic unit. */
  readonly key: string
  /** The present, and where the places of the touch are put. */
  readonly at: Instant
}

/** What is asked and taken, all of it or nothing. @category ports */
export interface TouchAsking extends TouchAddressed {
  readonly demands: readonly TouchDemand[]
}

/**
 * One step on the ledger of one key.
 *
 * @category ports
 */
export type TouchOperation =
  /** Answers as `take` would, and changes nothing. Demands that ask and take nothing read: `used` tells what there is. */
  | (TouchAsking & { readonly kind: 'check' })
  /** An attempt or a consumption: settled at once. Without a name it can be neither repeated nor released. */
  | (TouchAsking & { readonly kind: 'take'; readonly touch?: TouchName })
  /** Counts at once, until it is committed or released, or lapses at `until`, a second after `at` or later. */
  | (TouchAsking & { readonly kind: 'reserve'; readonly touch: TouchName; readonly until: Instant })
  /** History: is placed at its time without asking, over a cap too. Never refused. */
  | (TouchAsking & { readonly kind: 'record'; readonly touch?: TouchName })
  /** Settles a reservation at `at`, or at its own instant where that is later; what is settled already stays. */
  | (TouchAddressed & { readonly kind: 'commit'; readonly id: string })
  /** Gives back the places of a reservation or of a settled touch. */
  | (TouchAddressed & { readonly kind: 'release'; readonly id: string })
  /** Leaves nothing of the key. */
  | { readonly kind: 'erase'; readonly key: string }

/** Places or units that go of themselves. @category ports */
export interface Freeing {
  /** Where they stand. Settled, they go when `since` has passed it. */
  readonly at: Instant
  /** Of an open reservation: when it lapses. It goes before only if `heldSince` passes it. */
  readonly until?: Instant
  /** How many. */
  readonly places: number
}

/** What one demand found. @category ports */
export interface TouchFinding {
  /** Places or units taken, without this touch. */
  readonly used: number
  /** How many of them must go before the demand passes; 0 when it does. */
  readonly over: number
  /**
   * Of a refused demand, that which frees it: it passes once `over` of these have gone, and never (in this period) when they
   * are fewer. First the `over` oldest settled places in the window, oldest first; then open reservations, the first to lapse
   * first: those of a ring that count, of a counter the first `over` units.
   */
  readonly frees: readonly Freeing[]
}

/**
 * What became of one operation.
 *
 * @category ports
 */
export type TouchAnswer =
  /** Every demand passed (or was recorded), and was taken unless it was a check. */
  | { readonly status: 'admitted'; readonly demands: readonly TouchFinding[] }
  /** At least one demand did not pass, and none was taken. */
  | { readonly status: 'refused'; readonly demands: readonly TouchFinding[] }
  /** An `earlier` period no longer has the units it was said to have; those it has, in the order they were named. */
  | { readonly status: 'stale'; readonly earlier: readonly (PeriodUnits & { readonly slot: string })[] }
  /** Another touch bears this id. Nothing was done. */
  | { readonly status: 'id-reused' }
  /** It stands at `at`. */
  | { readonly status: 'committed'; readonly at: Instant }
  | { readonly status: 'released' }
  | { readonly status: 'erased' }
  /** No such touch stands: it was never admitted, has lapsed, was released, or is forgotten. Nothing was done. */
  | { readonly status: 'gone' }

/**
 * Touches of many keys, shared by any number of workers: rings of recent places for caps, counters per period for quotas.
 *
 * - *Atomic unit*: one operation: all its demands are taken, or none, and no other operation on its key comes between
 *   asking and taking. A batch is not a unit.
 * - *Order*: operations take effect one after another; those of a batch on one key in their order. Between keys there is
 *   none. Time is what `at` says. An operation whose `at` lies before that of an earlier one sees all that was done before
 *   it, places as far as `through`, and puts its own by time. A reservation lapses with the first operation on its key,
 *   other than a check, at `until` or later: from then on it is gone for late operations too.
 * - *Loss window*: none once `apply` has resolved, within what the adapter says it survives.
 * - *A repeat* of a named touch gets the answer it got, `admitted` or `refused`, as long as what it took stands, and `gone`
 *   after that. Commits and releases may be repeated. A slot forgets what lies before the greatest `keep` that an admitted
 *   take, reservation or record gave it; a key forgets settled, refused and ended touches before the greatest `keep` of its
 *   named touches. What is forgotten neither counts nor is known any more, and what comes later than that is forgotten at
 *   once; an open reservation is never forgotten.
 *
 * A number that is out of range rejects the whole call with a `RangeError`, and nothing of it is done.
 *
 * @category ports
 */
export interface TouchLedger {
  /** Applies operations, and answers each in its place. */
  apply(operations: readonly TouchOperation[]): Promise<readonly TouchAnswer[]>
}
