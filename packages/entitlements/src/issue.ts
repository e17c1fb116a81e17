// What can be wrong with service packages beyond their shape, and the one place where that becomes a sentence.

import { type Issue as CalendarIssue, message as calendarMessage } from '@clientele/calendar'
import { type Issue as ConditionIssue, message as conditionMessage } from '@clientele/core/condition'

/**
 * One thing wrong with a definition. Those of its calendars and its vocabulary come with their paths inside it.
 *
 * @category definitions
 */
export type Issue =
  | CalendarIssue
  | ConditionIssue
  | {
      readonly code: 'unknown-calendar' | 'unknown-package' | 'unknown-channel'
      readonly path: string
      readonly given: string
      readonly nearest: string | undefined
    }
  | { readonly code: 'circular-extends'; readonly path: string; readonly through: readonly string[] }
  | { readonly code: 'same-version'; readonly path: string; readonly given: string; readonly first: string }
  | { readonly code: 'nothing-billed'; readonly path: string }
  | { readonly code: 'no-next-period'; readonly path: string }

const suggestion = (name: string | undefined): string =>
  name === undefined ? '' : `; did you mean "${name}"?`

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
 * import { message } from '@clientele/entitlements'
 * message({ code: 'unknown-calendar', path: 'packages.standard.channels.phone.hours', given: 'dsk', nearest: 'desk' })
 * // => 'the definition has no calendar "dsk"; did you mean "desk"?'
 *
 * @category definitions
 */
export const message = (issue: Issue): string => {
  switch (issue.code) {
    case 'unknown-calendar':
      return `the definition has no calendar "${issue.given}"${suggestion(issue.nearest)}`
    case 'unknown-package':
      return `the definition has no package "${issue.given}"${suggestion(issue.nearest)}`
    case 'unknown-channel':
      return `the extended package has no channel "${issue.given}"${suggestion(issue.nearest)}`
    case 'circular-extends':
      return `extends itself, by way of ${issue.through.join(', ')}`
    case 'same-version':
      return `"${issue.given}" is the same version of the same package as "${issue.first}"`
    case 'nothing-billed':
      return '"overageLimit" limits what is billed, and nothing is; write "overage": "bill"'
    case 'no-next-period':
      return 'a quota for the whole contract has no next period to carry units into'
    default:
      return isOfCalendar(issue) ? calendarMessage(issue) : conditionMessage(issue)
  }
}
