// What can be wrong with a policy beyond its shape, and the one place where that becomes a sentence.

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
  | { readonly code: 'bad-mark'; readonly path: string; readonly given: string }
  | { readonly code: 'not-positive'; readonly path: string; readonly given: string }
  | {
      readonly code: 'not-before-after-within'
      readonly path: string
      readonly given: string
      readonly within: string
    }
  | { readonly code: 'no-trigger'; readonly path: string }
  | { readonly code: 'never-resumes'; readonly path: string }
  | { readonly code: 'nothing-to-resume'; readonly path: string }

const suggestion = (name: string | undefined): string =>
  name === undefined ? '' : `; did you mean "${name}"?`

const isOfCalendar = (issue: Issue): issue is CalendarIssue =>
  ['bad-interval', 'empty-interval', 'bad-rrule', 'no-occurrence', 'unordered-effective'].includes(
    issue.code,
  ) || ['date-out-of-range', 'zone-data-differs'].includes(issue.code)

/**
 * The sentence of an issue, without its path.
 *
 * @example
 * import { message } from '@clientele/sla'
 * message({ code: 'unknown-calendar', path: 'clocks[0].calendar', given: 'dsk', nearest: 'desk' })
 * // => 'the policy has no calendar "dsk"; did you mean "desk"?'
 *
 * @category definitions
 */
export const message = (issue: Issue): string => {
  switch (issue.code) {
    case 'unknown-calendar':
      return `the policy has no calendar "${issue.given}"${suggestion(issue.nearest)}`
    case 'bad-mark':
      return `${issue.given} is no mark; write a share of the target, "50%", or open time left, "-PT15M"`
    case 'not-positive':
      return `expected more than nothing, given ${issue.given}`
    case 'not-before-after-within':
      return `"notBefore" ${issue.given} is longer than "within" ${issue.within}`
    case 'no-trigger':
      return 'names no event; write "on", "when", or both'
    case 'never-resumes':
      return 'a pause by an event needs "resume", else it never ends'
    case 'nothing-to-resume':
      return '"resume" ends pauses that "pause.on" began, and there is none; "pause.while" ends by itself'
    default:
      return isOfCalendar(issue) ? calendarMessage(issue) : conditionMessage(issue)
  }
}
