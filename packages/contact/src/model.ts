// The JSON form of a contact policy, of the commands that move its state, and of the answers. What may be wrong with a
// policy is in `issue.ts`.

import type { Definition as CalendarDefinition } from '@clientele/calendar'
import type { Instant, Weekday } from '@clientele/core'
import type { Condition, Vocabulary } from '@clientele/core/condition'

/** The newest version of this form. */
export const VERSION = 1

/** In whose wall clock a rule thinks: the recipient's, or that of an IANA zone. @category definitions */
export type ZoneChoice = 'recipient' | (string & {})

/**
 * The stretch of time in which touches count.
 *
 * @category definitions
 */
export type Window =
  /** `(t − W, t]`: an ISO 8601 duration or milliseconds, in whole seconds. */
  | { readonly rolling: string | number }
  /** The last so many local dates, today included. */
  | { readonly civilDays: number; readonly zone?: ZoneChoice }
  /** The current one of these; weeks begin on `weekStart`, Monday unless told. */
  | {
      readonly calendar: 'hour' | 'day' | 'week' | 'month' | 'year'
      readonly weekStart?: Weekday
      readonly zone?: ZoneChoice
    }
  /** Every touch ever. */
  | { readonly lifetime: true }

/** What every rule carries. @category definitions */
export interface Rule {
  /** Its name in answers; unique in the policy. */
  readonly id: string
  /** Words for a person. */
  readonly label: string
  /** Which attempts it speaks of; all when absent. */
  readonly when?: Condition
  /** Anything, such as a law's citation; kept and ignored. */
  readonly meta?: unknown
}

/** How many places of a cap a touch takes. @category definitions */
export interface Weight {
  /** Words for a person. */
  readonly label?: string
  /** Which touches weigh so; all when absent. The first that holds decides. */
  readonly when?: Condition
  /** Places, a whole number from 1 to 1,000. */
  readonly weight: number
}

/** At most so many touches in a window. @category definitions */
export interface Cap extends Rule {
  /** Which past touches count; those of `when` if absent. */
  readonly counts?: Condition
  /** At most so many places; 0 means never. */
  readonly limit: number
  /** The window in which they count. */
  readonly window: Window
  /** The keys that must be equal, `recipient` or any fact; `["recipient"]` when absent. A missing key equals nothing. */
  readonly per?: readonly string[]
  /** By which tags a past touch counts: those it was sent with (`sent`), or those its campaign bears now (`current`). */
  readonly tags?: 'sent' | 'current'
  /** Places by kind of touch; one when absent or when none holds. */
  readonly weights?: readonly Weight[]
  /** Whether exceeding it is presumed to break a law, rather than refused by the sender's own will. */
  readonly presumption?: boolean
}

/** A kind of day: a weekday, a date of `holidays`, a date with or without opening hours in the rule's `calendar`. @category definitions */
export type DayKind = Weekday | 'holiday' | 'open' | 'closed'

/** When it is quiet. @category definitions */
export interface QuietPeriod {
  /** On which days it starts; every day when absent. */
  readonly days?: readonly DayKind[]
  /** Days on which it does not start all the same. */
  readonly notOn?: readonly DayKind[]
  /** `"22:00-08:00"`, end exclusive, over midnight when it does not end after its start; or the whole local date. */
  readonly between: string
}

/** Hours in which nothing is sent. @category definitions */
export interface Quiet extends Rule {
  /** Whose wall clock; the recipient's when absent. */
  readonly zone?: ZoneChoice
  /** When it is quiet. */
  readonly periods?: readonly QuietPeriod[]
  /** The calendar that says which dates are `open` and `closed`. */
  readonly calendar?: string
  /** A calendar outside whose opening hours it is quiet. */
  readonly outside?: string
}

/** A pause after a touch or an event. @category definitions */
export interface CoolDown extends Omit<Rule, 'when'> {
  /** The touches and events that start it. */
  readonly after: Condition
  /** The attempts it refuses; all when absent. */
  readonly blocks?: Condition
  /** How long, counted from the touch that started it. */
  readonly window: Window
  /** The keys that must be equal; `["recipient"]` when absent. */
  readonly per?: readonly string[]
  /** Whether breaking it is presumed to break a law. */
  readonly presumption?: boolean
}

/** What a person agreed to. @category definitions */
export type Basis = 'opt-in' | 'soft-opt-in' | 'opt-out'

/** A consent that must be there. @category definitions */
export interface ConsentRule extends Rule {
  /** At least this: a soft opt-in (own similar products, ePrivacy art. 13(2)), or only that no opt-out stands. */
  readonly requires: 'opt-in' | 'soft-opt-in' | 'no-opt-out'
  /** How old it may be; any age when absent. */
  readonly maxAge?: string | number
}

/** What an exemption passes over. @category definitions */
export type ExemptFrom = 'caps' | 'coolDowns' | 'quiet' | 'consent'

/** Attempts that some rules do not speak of. @category definitions */
export interface Exemption {
  /** Its name in explanations. */
  readonly id?: string
  /** Words for a person. */
  readonly label?: string
  /** Which attempts; all when absent. */
  readonly when?: Condition
  /** The touches and events from which it holds; always when absent. */
  readonly since?: Condition
  /** How long it holds from then on; for ever when absent. */
  readonly window?: Window
  /** The later touches and events that end it. */
  readonly until?: Condition
  /** The keys that must be equal between them; `["recipient"]` when absent. */
  readonly per?: readonly string[]
  /** The rules it passes over. */
  readonly from: readonly ExemptFrom[]
  /** Whether such touches count in no cap. */
  readonly uncounted?: boolean
  /** Anything; kept and ignored. */
  readonly meta?: unknown
}

/** A share of keys that is never written to, by a stable hash, to measure what writing does. @category definitions */
export interface ControlGroup extends Rule {
  /** 0…1 of all keys. */
  readonly share: number
  /** Two groups with different salts are independent; the id when absent. */
  readonly salt?: string
  /** What is hashed; `["recipient"]` when absent. */
  readonly per?: readonly string[]
}

/** A holiday: a date, or a date with a name. @category definitions */
export type Holiday = string | { readonly date: string; readonly name?: string }

/**
 * A contact policy as it is written, stored and sent.
 *
 * @category definitions
 */
export interface Definition {
  /** Where editors find the schema. */
  readonly $schema?: string
  /** The version of the form; absent means 1. */
  readonly version?: number
  /** The name of the policy. */
  readonly id?: string
  /** Words for a person. */
  readonly label?: string
  /** Anything; kept and ignored. */
  readonly meta?: unknown
  /** The facts that may be asked, and their types. */
  readonly facts?: Vocabulary
  /** What happens to a recipient without a zone; `deny` when absent. */
  readonly missingZone?: 'deny' | 'skip' | (string & {})
  /** The dates that are `holiday` in quiet periods. */
  readonly holidays?: readonly Holiday[]
  /** Calendars that quiet hours name; the host may bind its own hours in their place. */
  readonly calendars?: { readonly [name: string]: CalendarDefinition }
  /** Frequency caps. All must pass. */
  readonly caps?: readonly Cap[]
  /** Quiet hours. */
  readonly quiet?: readonly Quiet[]
  /** Pauses after a touch or an event. */
  readonly coolDowns?: readonly CoolDown[]
  /** Consents that must be there. */
  readonly consent?: readonly ConsentRule[]
  /** Groups that are never written to. */
  readonly control?: readonly ControlGroup[]
  /** Attempts that some rules do not speak of. */
  readonly exempt?: readonly Exemption[]
}

/** What is told of a touch, an attempt or an event. @category state */
export type Facts = { readonly [name: string]: unknown }

/** Whom it is about. The zone persists until another is told. @category state */
export interface Recipient {
  /** The id. */
  readonly id: string
  /** Where they are. */
  readonly zone?: string
  /** Where they may be, when that is not known: quiet in any is quiet, windows use the first. */
  readonly zones?: readonly string[]
}

/** What every command carries. @category state */
export interface Addressed {
  /** A reference, or a plain id. */
  readonly recipient: string | Recipient
  /** ISO 8601 with an offset, or epoch milliseconds; floored to the second. */
  readonly at: string | Instant
}

/** A question: what `check` asks, and what `attempt` and `reserve` ask first. @category state */
export interface Asking extends Addressed {
  /** What is to be sent. */
  readonly facts?: Facts
  /** Makes a repeat harmless: the same id with the same content changes nothing and gets the same answer. */
  readonly touchId?: string
}

/** One of several things that could be sent. @category state */
export interface Candidate {
  /** Its name. */
  readonly id: string
  /** When it would be sent. */
  readonly at: string | Instant
  /** The greater goes first; 0 when absent. */
  readonly priority?: number
  /** What sending it is worth; 0 when absent. */
  readonly value?: number
  /** What would be sent. */
  readonly facts?: Facts
}

/** What may be said to the engine: the lines of `clientele contact run`, the entries of a journal. @category state */
export type Command =
  | (Asking & { readonly op: 'record' | 'check' | 'attempt' })
  | (Asking & { readonly op: 'reserve'; readonly touchId: string; readonly ttl: string | number })
  | (Addressed & { readonly op: 'commit' | 'release'; readonly touchId: string })
  | (Addressed & {
      readonly op: 'consent'
      /** For which channel and category; for all when absent. */
      readonly facts?: { readonly channel?: string; readonly category?: string }
      readonly basis: Basis
      /** Until when it holds, exclusive; for ever when absent. */
      readonly until?: string | Instant
      /** The proof: an id, a link, a text. Kept and told in explanations. */
      readonly evidence?: string
    })
  | (Addressed & {
      readonly op: 'choose'
      readonly candidates: readonly Candidate[]
      /** `priority` unless told; `value` looks for the greatest sum of values instead. */
      readonly objective?: 'priority' | 'value'
    })
  | {
      readonly op: 'tag'
      readonly at?: string | Instant
      readonly campaign: string
      readonly tags: readonly string[]
    }
  /** The channels a person would rather be written to by, first choice first. */
  | (Addressed & { readonly op: 'prefer'; readonly channels: readonly string[] })
  /** Which of these channels to take: the first by preference that is allowed, else the one allowed soonest. */
  | (Asking & { readonly op: 'route'; readonly channels: readonly string[] })
  | { readonly op: 'erase'; readonly recipient: string | Recipient; readonly at?: string | Instant }

/** May we write: `allow`; `defer` when only quiet hours refuse; `deny` when anything else does. @category evaluate */
export type Outcome = 'allow' | 'deny' | 'defer'

/** The answer to one attempt. @category evaluate */
export interface Verdict {
  /** May we write. */
  readonly verdict: Outcome
  /** The rules that refuse: caps, quiet hours, cool-downs, consent, control groups, each in definition order. */
  readonly rules: readonly string[]
  /**
   * The first whole second, as epoch milliseconds, at which the same attempt would pass all rules if nothing else
   * happened; null when that never comes.
   */
  readonly nextAllowedAt: Instant | null
  /** Those of `rules` whose breach is presumed to break a law; absent when there are none. */
  readonly presumed?: readonly string[]
}

/** What was wrong with a command; nothing was changed by it. @category state */
export interface InputError {
  readonly error: { readonly code: string; readonly message: string; readonly path: string }
}

/** What a command was answered. @category state */
export type Effect =
  | Verdict
  /** A command that only changes state. */
  | { readonly ok: true }
  /** A commit: consent and quiet hours were asked again. */
  | (Verdict & { readonly ok: boolean })
  /** A route: the channel to take, and what holds for it. */
  | (Verdict & { readonly channel: string })
  /** Which candidates to send, in their own order. */
  | { readonly chosen: readonly string[]; readonly suppressed: readonly string[] }
  | InputError
