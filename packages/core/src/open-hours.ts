// What an engine needs to know of opening hours, so that a host may bring its own instead of a compiled calendar.

import type { Instant, Millis } from './time.js'

/**
 * Opening hours as a function of time. A compiled calendar satisfies it (`Calendar.openHours(table)`); a host with
 * hours of its own implements it and binds it beside a table. All methods are synchronous, total and pure.
 *
 * @category ports
 */
export interface OpenHours {
  /** Earliest instant with `by` open milliseconds after `at` (latest before it, when negative); NaN when there is none. */
  add(at: Instant, by: Millis): Instant
  /** Open milliseconds between two instants, negative when reversed. */
  elapsed(from: Instant, to: Instant): Millis
  /** Whether `at` lies in an open interval; the opening instant does, the closing one does not. */
  isOpen(at: Instant): boolean
  /** Earliest open instant at or after `at`; NaN when there is none. */
  nextOpen(at: Instant): Instant
}
