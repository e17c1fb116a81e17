// The JSON form of service packages, of the commands that move the counters, and of the answers. What each field means
// when others hold too is in ARCHITECTURE.md beside this folder; what may be wrong with a definition is in `issue.ts`.

import type { Definition as CalendarDefinition } from '@clientele/calendar'
import type { Instant, Weekday } from '@clientele/core'
import type { Vocabulary } from '@clientele/core/condition'

/** The newest version of the form. @category definitions */
export const VERSION = 1

/** How long a quota lasts: a civil period, or the whole term of the contract. @category definitions */
export type Per = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'contract'

/** Where periods are counted from: the calendar, or the contract's first day. @category definitions */
export type Anchor = 'calendar' | 'contract'

/**
 * What becomes of units that were not used. They are spent before the period's own, the oldest first.
 *
 * @category definitions
 */
export interface CarryOver {
  /** At most so many units come over into a period; without it all that were left. */
  readonly max?: number
  /** For how many further periods a unit may still be used; without it they never lapse. */
  readonly expires?: number
}

/**
 * What a package lets a customer ask for in one channel. An empty one is covered at any time and without limit; a channel
 * that a package does not have is not covered.
 *
 * @category definitions
 */
export interface Channel {
  readonly label?: string
  /** Any JSON, kept and ignored. */
  readonly meta?: unknown
  /** The name of a calendar of the definition, or `24/7`, which is also meant when it is left out. */
  readonly hours?: string
  /** Units in each period; 0 means none ever. Needs `per`. */
  readonly quota?: number
  readonly per?: Per
  /** `calendar` unless the package says otherwise: the 31st of a contract clamps to the end of shorter months. */
  readonly anchor?: Anchor
  readonly carryOver?: CarryOver
  /** What happens to a request beyond the quota: `deny` (the default), or `bill`. */
  readonly overage?: 'deny' | 'bill'
  /** With `bill`: at most so many units a period are billed, the rest is refused. */
  readonly overageLimit?: number
  /** The name of the SLA target or policy that applies; told in the answer. */
  readonly sla?: string
}

/**
 * A service package. Its name may end in `@` and a whole number, its version (1 without): `standard@2`. A contract is
 * pinned to the version that was the newest when it was made, or to the one it names.
 *
 * @category definitions
 */
export interface Package {
  readonly label?: string
  /** Any JSON, kept and ignored. */
  readonly meta?: unknown
  /** The package whose channels, `sla` and `anchor` this one has too, unless it has its own. */
  readonly extends?: string
  /** Channels of the extended package that this one does not have. */
  readonly without?: readonly string[]
  /** For channels that name none. */
  readonly sla?: string
  /** For channels that say nothing of it. */
  readonly anchor?: Anchor
  readonly channels?: { readonly [channel: string]: Channel }
}

/** The JSON form of service packages. @category definitions */
export interface Definition {
  readonly $schema?: string
  /** Of the form; absent means 1. */
  readonly version?: number
  readonly id?: string
  readonly label?: string
  /** Any JSON, kept and ignored. */
  readonly meta?: unknown
  /** Declares the facts of requests, so that a misspelt one is an error of the line. */
  readonly facts?: Vocabulary
  /** Whose dates contracts mean that name no zone of their own; UTC when absent. */
  readonly timeZone?: string
  /** The day on which weeks begin; Monday when absent. */
  readonly weekStart?: Weekday
  readonly packages: { readonly [name: string]: Package }
  readonly calendars?: { readonly [name: string]: CalendarDefinition }
}

/** Whom a line is about: a plain id or a reference. @category state */
export type Customer =
  | string
  | {
      readonly type?: string
      readonly id: string
      readonly zone?: string
      /** Whose contracts the customer inherits and whose quota they share; kept until another is told. */
      readonly account?: Customer
    }

/**
 * What a new contract does with the counters of the one it takes the place of. `reset` (the default): begins at nothing
 * used. `keep`: what was used and carried in the running period counts on. `prorate`: as `keep`, and the quota of the
 * running period is what each of its days gives under the package of that day, rounded down. `add`: it takes no place, but
 * stands beside the others and is asked when they refuse.
 *
 * @category state
 */
export type Change = 'reset' | 'keep' | 'prorate' | 'add'

interface Line {
  /** The same id with the same content changes nothing and gets the same answer; with other content, `id-reused`. */
  readonly id?: string
  /** ISO 8601 with an offset, or epoch milliseconds. */
  readonly at: Instant | string
}

/**
 * A contract: by holder, package and first day. The same again changes its last day, zone, version, anchor or change.
 *
 * @category state
 */
export interface ContractLine extends Partial<Line> {
  readonly op: 'contract'
  /** Who holds it; `account` says the same of an account. */
  readonly customer?: Customer
  readonly account?: Customer
  /** `standard`, or `standard@2`. */
  readonly package: string
  /** Instead of `@2` in the name. */
  readonly version?: number
  /** The first day in force, `2026-01-01`. */
  readonly from: string
  /** The last day in force; without it there is none. */
  readonly to?: string
  /** Whose dates these are; those of the definition's zone when absent. */
  readonly zone?: string
  /** The day that anniversaries count from; `from` when absent. */
  readonly anchor?: string
  readonly change?: Change
}

/** A request for units of a channel. @category state */
export interface Request extends Line {
  readonly customer: Customer
  /** Whose contracts the customer inherits; kept until another is told. */
  readonly account?: Customer
  /**
   * Ask the contracts of this package alone, whatever others stand. A customer without any such contract is taken to have
   * it, without a first and last day: the host that names a package vouches for it.
   */
  readonly package?: string
  readonly channel: string
  /** 1 when absent. */
  readonly units?: number
  /** Checked against `facts` of the definition. */
  readonly facts?: { readonly [name: string]: unknown }
}

/** Takes units if it may. @category state */
export interface ConsumeLine extends Request {
  readonly op: 'consume'
}

/** Answers as `consume` would and takes nothing. @category state */
export interface StatusLine extends Request {
  readonly op: 'status'
}

/** Takes units until they are committed, released, or the time is out. @category state */
export interface ReserveLine extends Request {
  readonly op: 'reserve'
  /** ISO 8601 duration or milliseconds; without it the reservation never lapses. */
  readonly ttl?: string | number
}

/**
 * Makes a reservation final, or gives back what an id took, reserved or consumed. Without `id` it means the customer's
 * oldest open reservation in the channel with as many units.
 *
 * @category state
 */
export interface CloseLine extends Line {
  readonly op: 'commit' | 'release'
  readonly customer: Customer
  readonly channel?: string
  readonly units?: number
}

/** Tells whose contracts a customer inherits; `null` ends it. @category state */
export interface AccountLine extends Partial<Line> {
  readonly op: 'account'
  readonly customer: Customer
  readonly account: Customer | null
}

/** Forgets a customer or an account: contracts, counters, ids, name. @category state */
export interface EraseLine extends Partial<Line> {
  readonly op: 'erase'
  /** `account` says the same of an account. */
  readonly customer?: Customer
  readonly account?: Customer
}

/**
 * Forgets the ids of lines from before `at`, and reservations that lapsed before it, so that a state does not grow without
 * end. Counters stay. A line that comes again with a forgotten id is a new line.
 *
 * @category state
 */
export interface ForgetLine extends Line {
  readonly op: 'forget'
}

/** What `step` takes: the lines of `clientele entitlements run` and the entries of a journal. @category state */
export type Command =
  | ContractLine
  | ConsumeLine
  | StatusLine
  | ReserveLine
  | CloseLine
  | AccountLine
  | EraseLine
  | ForgetLine

/** May they: yes, yes but it is billed, no. @category evaluate */
export type Outcome = 'allow' | 'bill' | 'deny'

/** Why not, or of `bill` why not free of charge. @category evaluate */
export type Reason = 'not-covered' | 'not-started' | 'expired' | 'hours' | 'quota'

/** The answer to a request. @category evaluate */
export interface Verdict {
  readonly verdict: Outcome
  /** Units left in the period after this line, under the contract that answers; `null` where there is no quota. */
  readonly remaining: number | null
  readonly reason: Reason | null
  /** When refused: the first instant at which the same request would pass if nothing else happened; else `null`. */
  readonly nextAllowedAt: Instant | null
  /** Units beyond the quota, of this line. */
  readonly billed: number
  /** The package that answers, with its version, `standard@1`; `null` when none covers the channel. */
  readonly package: string | null
  /** The SLA target or policy that applies; `null` where the package names none. */
  readonly sla: string | null
}

/** Why a line was refused; nothing changed. @category state */
export interface InputError {
  readonly code: string
  readonly message: string
  /** Where in the line; the empty string is the whole of it. */
  readonly path: string
}

/** A line that was refused. @category state */
export interface Refusal {
  readonly error: InputError
}

/** What `step` answers with: a verdict, or of lines that ask nothing that they were heard. @category state */
export type Effect = Verdict | { readonly ok: true } | Refusal
