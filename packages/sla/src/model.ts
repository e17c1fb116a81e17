// The JSON form of an SLA policy, the lines it is fed with, and the words of its answers. What each field means when
// others hold too is in ARCHITECTURE.md beside this folder.

import type { Definition as CalendarDefinition } from '@clientele/calendar'
import type { Instant, Millis } from '@clientele/core'
import type { Condition, Vocabulary } from '@clientele/core/condition'

/**
 * Which events a trigger means: those named, or (with `when` alone) any line of the subject at which `when` holds.
 * `when` sees the subject's facts after the line, and its `data` as `event.…`.
 *
 * @category definitions
 */
export interface Trigger {
  /** The name of the event, or several. */
  readonly on?: string | readonly string[]
  readonly when?: Condition
}

/** A start; `since` makes it retroactive. @category definitions */
export interface Start extends Trigger {
  /**
   * Count from the instant held by this fact (ISO 8601 or epoch milliseconds), if it lies before the start. Pauses known
   * in between are left out, as if the start had come then.
   */
  readonly since?: { readonly fact: string }
}

/** When a running clock stands still: while a condition holds, or from an event to the `resume` event. @category definitions */
export interface Pause extends Trigger {
  /** Asked at every line of the subject; unknown does not pause. */
  readonly while?: Condition
}

/** How long the clock may run, and for whom. @category definitions */
export interface Target {
  /** Names the target in moments; `targets[i]` without it. */
  readonly id?: string
  readonly label?: string
  /** The first target whose `when` holds applies; without `when` it always does. */
  readonly when?: Condition
  /** Open time less pauses, ISO 8601 or milliseconds. */
  readonly within: string | number
  /** A stop before this much open time is met, but `early`. */
  readonly notBefore?: string | number
  /** The name of a calendar, instead of the clock's. */
  readonly calendar?: string
}

/**
 * What becomes of the time used when a change of facts picks another target: it counts against the new one, nothing is
 * used, or it is as if the new target had held from the start.
 *
 * @category definitions
 */
export type OnRetarget = 'keep-elapsed' | 'restart' | 'retroactive'

/** One clock of a policy. @category definitions */
export interface Clock {
  readonly id: string
  readonly label?: string
  /** The name of a calendar of the policy; none means round the clock. */
  readonly calendar?: string
  readonly start: Start
  readonly stop?: Trigger
  readonly cancel?: Trigger
  /** Begins the running cycle anew. */
  readonly reset?: Trigger
  /** Continues a stopped clock with the time it had used. */
  readonly reopen?: Trigger
  readonly pause?: Pause
  /** Ends a pause that an event began. */
  readonly resume?: Trigger
  /** `once` (the default) never runs again, `each` starts anew after a stop or cancel. */
  readonly cycle?: 'once' | 'each'
  readonly targets: readonly Target[]
  /** Marks before the deadline: a share of the target used, `"50%"`, or open time left, `"-PT15M"`. */
  readonly warn?: readonly string[]
  /** Open time after the deadline, a step each. */
  readonly after?: readonly (string | number)[]
  /** `keep-elapsed` by default. */
  readonly onRetarget?: OnRetarget
}

/** The JSON form of a policy. @category definitions */
export interface Definition {
  readonly $schema?: string
  /** Of the form; absent means 1. */
  readonly version?: number
  readonly id?: string
  readonly label?: string
  /** Any JSON, kept and ignored. */
  readonly meta?: unknown
  /** Declares the facts, so that a misspelt one is an issue. */
  readonly facts?: Vocabulary
  readonly calendars?: { readonly [name: string]: CalendarDefinition }
  readonly clocks: readonly Clock[]
}

/** The newest version of the form. @category definitions */
export const VERSION = 1

/** Whom a line is about. @category state */
export type Subject = string | { readonly type?: string; readonly id: string; readonly zone?: string }

/** What is known of a subject. `null` counts as missing. @category state */
export type Facts = { readonly [name: string]: unknown }

/**
 * What happened to a subject: an event, a change of facts, or both.
 *
 * @category state
 */
export interface EventLine {
  /** The same id with the same content changes nothing; with other content it is refused as `id-reused`. */
  readonly id?: string
  readonly subject: Subject
  /** ISO 8601 with an offset, or epoch milliseconds. */
  readonly at: Instant | string
  readonly event?: string
  /** Merged by name into what is known of the subject, and kept until changed. */
  readonly facts?: Facts
  /** Of this event alone, read as `event.…`. */
  readonly data?: Facts
}

/** Time passed: timers up to `at`, that instant included, have fallen. @category state */
export interface Tick {
  readonly op: 'tick'
  readonly at: Instant | string
}

/** What `step` takes: the lines of `clientele sla replay` and the entries of a journal. @category state */
export type Command = EventLine | Tick

/** What can happen to a clock. @category evaluate */
export type MomentName =
  | 'started'
  | 'paused'
  | 'resumed'
  | 'warned'
  | 'breached'
  | 'overdue'
  | 'met'
  | 'missed'
  | 'cancelled'
  | 'reset'
  | 'retargeted'

/** One thing that happened to a clock. @category evaluate */
export interface Moment {
  readonly subject: Subject
  readonly clock: string
  readonly at: Instant
  readonly moment: MomentName
  /** `null` while paused, and when the calendar never opens long enough. */
  readonly due: Instant | null
  /** Open time less pauses. */
  readonly elapsedMs: Millis
  /** Negative after `due`. */
  readonly remainingMs: Millis
  /** The id of the target that applied, or its place, `targets[i]`. */
  readonly target: string
  /** Of `met`: it came before `notBefore`. */
  readonly early?: true
  /** Of `warned`: the mark as written. */
  readonly mark?: string
  /** Of `overdue`: the step of `after` as written. */
  readonly step?: string | number
}

/** A moment that a late event undid: it was reported, and is as if it had never been. @category state */
export interface Retraction extends Moment {
  readonly retracted: true
}

/** Why an input line was refused. @category state */
export interface InputError {
  readonly code: string
  readonly message: string
  /** Where in the line; the empty string is the whole of it. */
  readonly path: string
}

/** A line that was refused; nothing changed. @category state */
export interface Refusal {
  readonly error: InputError
}

/** What `step` answers with. @category state */
export type Effect = Moment | Retraction | Refusal

/** `idle`: not started. `breached`: still open, past its deadline. @category evaluate */
export type ClockState = 'idle' | 'running' | 'paused' | 'met' | 'missed' | 'breached' | 'cancelled'

/** How a clock stands at an instant. @category evaluate */
export interface Verdict {
  readonly clock: string
  readonly state: ClockState
  /** Whether an open clock stands still; a breached one may too. */
  readonly paused: boolean
  /** Of the current or last cycle: from when it counts. */
  readonly startedAt: Instant | null
  readonly endedAt: Instant | null
  readonly target: string | null
  readonly due: Instant | null
  readonly elapsedMs: Millis
  readonly remainingMs: Millis | null
  /** When the breach was reported. */
  readonly breachedAt: Instant | null
  readonly early: boolean
  /** What comes next if nothing else happens. */
  readonly next: { readonly moment: 'warned' | 'breached' | 'overdue'; readonly at: Instant } | null
}
