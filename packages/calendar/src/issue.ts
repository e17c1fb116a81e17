// What can be wrong with a calendar beyond its shape, and the one place where that becomes a sentence.

import { type ShapeIssue, shapeMessage } from '@clientele/core'

/**
 * One thing wrong with a calendar.
 *
 * @category definitions
 */
export type Issue =
  | ShapeIssue
  | { readonly code: 'bad-interval'; readonly path: string; readonly given: string }
  | { readonly code: 'empty-interval'; readonly path: string; readonly given: string }
  | { readonly code: 'bad-rrule'; readonly path: string; readonly given: string; readonly reason: string }
  | { readonly code: 'no-occurrence'; readonly path: string; readonly given: string }
  | { readonly code: 'date-out-of-range'; readonly path: string; readonly given: string }

/**
 * The sentence of an issue, without its path.
 *
 * @example
 * import { message } from '@clientele/calendar'
 * message({ code: 'empty-interval', path: 'week.mon[0]', given: '09:00-09:00' })
 * // => '"09:00-09:00" starts and ends at the same time; a whole day is "00:00-24:00"'
 *
 * @category definitions
 */
export const message = (issue: Issue): string => {
  switch (issue.code) {
    case 'bad-interval':
      return `${issue.given} is no interval; write "09:00-18:00", or "22:00-06:00" to run over midnight`
    case 'empty-interval':
      return `"${issue.given}" starts and ends at the same time; a whole day is "00:00-24:00"`
    case 'bad-rrule':
      return `"${issue.given}" is no recurrence of dates: ${issue.reason}`
    case 'no-occurrence':
      return `"${issue.given}" never occurs between 1970 and 2100`
    case 'date-out-of-range':
      return `"${issue.given}" lies outside 1970-01-01 to 2100-12-31`
    default:
      return shapeMessage(issue)
  }
}
