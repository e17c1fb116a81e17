// What can be wrong with a contact policy beyond its shape, and the one place where that becomes a sentence.

import { type Issue as CalendarIssue, message as calendarMessage } from '@clientele/calendar'
import { type Issue as ConditionIssue, message as conditionMessage } from '@clientele/core/condition'

/**
 * One thing wrong with a policy. Those of its calendars and conditions come with their paths inside the policy.
 *
 * @category definitions
 */
export type Issue =
  | CalendarIssue
  | ConditionIssue
  | {
      readonly code: 'unknown-calendar'
      readonly path: string
      readonly given: string
      readonly nearest: string | undefined
    }
  | { readonly code: 'no-calendar'; readonly path: string; readonly given: string }
  | { readonly code: 'never-quiet'; readonly path: string }
  | { readonly code: 'timed-condition'; readonly path: string }
  | { readonly code: 'nothing-exempt'; readonly path: string }
  | { readonly code: 'nothing-to-end'; readonly path: string; readonly key: string }

const OF_CALENDAR = [
  'bad-interval',
  'empty-interval',
  'bad-rrule',
  'no-occurrence',
  'unordered-effective',
  'date-out-of-range',
  'zone-data-differs',
]

const isOfCalendar = (issue: Issue): issue is CalendarIssue => OF_CALENDAR.includes(issue.code)

/**
 * The sentence of an issue, without its path.
 *
 * @example
 * import { message } from '@clientele/contact'
 * message({ code: 'never-quiet', path: 'quiet[0]' })
 * // => 'names no hours; write "periods", "outside", or both'
 *
 * @category definitions
 */
export const message = (issue: Issue): string => {
  switch (issue.code) {
    case 'unknown-calendar':
      return `the policy has no calendar "${issue.given}"${issue.nearest === undefined ? '' : `; did you mean "${issue.nearest}"?`}`
    case 'no-calendar':
      return `"${issue.given}" days are those of a calendar; name it with "calendar"`
    case 'never-quiet':
      return 'names no hours; write "periods", "outside", or both'
    case 'timed-condition':
      return '"within" asks for the moment of asking, which an answer about later moments cannot; compare with "before" or "after"'
    case 'nothing-exempt':
      return 'exempts from nothing; name "caps", "coolDowns", "quiet" or "consent" in "from", or write "uncounted": true'
    case 'nothing-to-end':
      return `"${issue.key}" speaks of what "since" began, and there is no "since"`
    default:
      return isOfCalendar(issue) ? calendarMessage(issue) : conditionMessage(issue)
  }
}
