// Recurrence of civil dates (RFC 5545, RFC 7529), once for all engines. No time of day and no zone: hosts that need them
// add a local time to each date. The text of rules is read and printed here too, without a library.

export { formatRule } from './format.js'
export { neverOccurs, nextOccurrence, occurrencesBetween } from './occurrences.js'
export { parseRule } from './parse.js'
export type { Frequency, NthWeekday, Rule, RuleIssue, Skip, UntilTime } from './rule.js'
export { NONE } from './rule.js'
