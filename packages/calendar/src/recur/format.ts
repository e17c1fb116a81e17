// Prints a recurrence rule in one canonical form: equal rules print equal texts, and `parseRule` reads them back.

import { civilDate, formatTime } from '@clientele/core'
import { type Rule, WEEKDAY_CODES } from './rule.js'

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

const formatUntil = ({ until, untilTime }: Rule): string | undefined => {
  if (until === undefined) return undefined
  const { year, month, day } = civilDate(until)
  const date = `${pad(year, 4)}${pad(month, 2)}${pad(day, 2)}`
  if (untilTime === undefined) return date
  return `${date}T${formatTime(untilTime.time).replaceAll(':', '').padEnd(6, '0')}${untilTime.utc ? 'Z' : ''}`
}

/**
 * The text of a rule, without `RRULE:`. Parts stand in a fixed order, lists ascend, and what is the default is left out.
 *
 * @example
 * import { formatRule, parseRule } from '@clientele/calendar/recur'
 * const rule = parseRule('RRULE:BYMONTHDAY=31,1;INTERVAL=1;WKST=MO;FREQ=MONTHLY')
 * if (rule._tag === 'Right') formatRule(rule.right) // => 'FREQ=MONTHLY;BYMONTHDAY=1,31'
 *
 * @category definitions
 */
export const formatRule = (rule: Rule): string => {
  const list = (values: readonly (number | string)[]): string | undefined =>
    values.length === 0 ? undefined : values.join()
  const days = rule.weekdays.map(({ weekday, nth }) => `${nth === 0 ? '' : nth}${WEEKDAY_CODES[weekday]}`)
  const parts: readonly (readonly [string, number | string | undefined])[] = [
    ['RSCALE', rule.skip === 'omit' ? undefined : 'GREGORIAN'],
    ['FREQ', rule.frequency.toUpperCase()],
    ['INTERVAL', rule.interval === 1 ? undefined : rule.interval],
    ['COUNT', rule.count],
    ['UNTIL', formatUntil(rule)],
    ['BYMONTH', list(rule.months)],
    ['BYWEEKNO', list(rule.weekNumbers)],
    ['BYYEARDAY', list(rule.yearDays)],
    ['BYMONTHDAY', list(rule.monthDays)],
    ['BYDAY', list(days)],
    ['BYSETPOS', list(rule.positions)],
    ['WKST', rule.weekStart === 0 ? undefined : WEEKDAY_CODES[rule.weekStart]],
    ['SKIP', rule.skip === 'omit' ? undefined : rule.skip.toUpperCase()],
  ]
  return parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])).join(';')
}
