// Reads the text of a recurrence rule. The grammar is closed: what a rule of dates cannot mean is refused with a reason,
// never passed over, so that a rule read here can be walked without another look at its form.

import { DAY, type Either, left, nearest, parseDate, parseTime, right } from '@clientele/core'
import type { Frequency, NthWeekday, Rule, RuleIssue, Skip } from './rule.js'
import { WEEKDAY_CODES } from './rule.js'

const LONGEST = 1_000
const LARGEST = 2_147_483_647
type Bounds = readonly [from: number, to: number]
const FREQUENCIES: readonly [Frequency, ...Frequency[]] = ['daily', 'weekly', 'monthly', 'yearly']
const SKIPS: readonly [Skip, ...Skip[]] = ['omit', 'backward', 'forward']
const WITHIN_A_DAY = ['HOURLY', 'MINUTELY', 'SECONDLY', 'BYHOUR', 'BYMINUTE', 'BYSECOND']
const PARTS = [
  ...[
    'FREQ',
    'INTERVAL',
    'COUNT',
    'UNTIL',
    'WKST',
    'BYMONTH',
    'BYWEEKNO',
    'BYYEARDAY',
    'BYMONTHDAY',
    'BYDAY',
  ],
  ...['BYSETPOS', 'RSCALE', 'SKIP'],
] as const

/** Takes a reason to refuse the rule; the reader goes on with a value that is never used. */
type Refuse = (reason: string) => void

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
const orNearest = (given: string, names: readonly string[]): string => {
  const near = nearest(given, names)
  return near === undefined ? `; it is one of ${names.join(', ')}` : `; did you mean "${near}"?`
}
const noTimeOfDay = (what: string): string =>
  `${what} speaks of hours, and a rule of dates has no time of day`

const word = <W extends string>(
  part: string,
  given: string,
  words: readonly [W, ...W[]],
  refuse: Refuse,
): W => {
  const found = words.find((each) => each.toUpperCase() === given)
  const names = words.map((each) => each.toUpperCase())
  if (found === undefined) refuse(`${part} is "${short(given)}"${orNearest(given, names)}`)
  return found ?? words[0]
}

const positive = (part: string, given: string, refuse: Refuse): number => {
  const value = /^\d{1,10}$/.test(given) ? Number(given) : 0
  if (value < 1 || value > LARGEST)
    refuse(`${part} is "${short(given)}", not a whole number from 1 to ${LARGEST}`)
  return value
}

/** A list of whole numbers 1…largest, and of −largest…−1 where they may count from the end. */
const numbers = (part: string, given: string | undefined, [from, to]: Bounds, refuse: Refuse): number[] => {
  if (given === undefined) return []
  const values = given.split(',').map((item) => {
    const value = /^[+-]?\d{1,3}$/.test(item) ? Number(item) : 0
    if (value !== 0 && value >= from && value <= to) return value
    const range = from < 0 ? `1 to ${to} or −${to} to −1` : `1 to ${to}`
    refuse(`${part} holds "${short(item)}", not a whole number from ${range}`)
    return 1
  })
  return [...new Set(values)].sort((a, b) => a - b)
}

const weekday = (part: string, given: string, refuse: Refuse): number => {
  const found = (WEEKDAY_CODES as readonly string[]).indexOf(given)
  if (found < 0) refuse(`${part} holds "${short(given)}", not a weekday${orNearest(given, WEEKDAY_CODES)}`)
  return Math.max(found, 0)
}

const weekdays = (given: string | undefined, refuse: Refuse): NthWeekday[] => {
  if (given === undefined) return []
  const days = given.split(',').map((item) => {
    const match = /^([+-]?\d{1,2})?([A-Z]+)$/.exec(item)
    const nth = Number(match?.[1] ?? 0)
    if (match === null) refuse(`BYDAY holds "${short(item)}", not a weekday such as MO, 2TU or -1FR`)
    else if (match[1] !== undefined && (nth === 0 || Math.abs(nth) > 53)) {
      refuse(`BYDAY holds "${short(item)}", and turns run from 1 to 53 or −53 to −1`)
    }
    return { weekday: weekday('BYDAY', match?.[2] ?? 'MO', refuse), nth }
  })
  const unique = new Map(days.map((day) => [day.nth * 7 + day.weekday, day]))
  return [...unique].sort(([a], [b]) => a - b).map(([, day]) => day)
}

const until = (given: string | undefined, refuse: Refuse): Pick<Rule, 'until' | 'untilTime'> => {
  if (given === undefined) return { until: undefined, untilTime: undefined }
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(given)
  const day = match === null ? undefined : parseDate(`${match[1]}-${match[2]}-${match[3]}`)
  // a second 60 is a leap second, which stands for the one before it here
  const clock =
    match?.[4] === undefined ? '00:00' : `${match[4]}:${match[5]}:${match[6] === '60' ? '59' : match[6]}`
  const time = parseTime(clock)
  if (day === undefined || time === undefined || time === DAY) {
    refuse(`UNTIL is "${short(given)}", not a date such as 20261231 or 20261231T235959Z`)
  }
  return {
    until: day,
    untilTime: match?.[4] === undefined ? undefined : { time: time ?? 0, utc: match[7] === 'Z' },
  }
}

const split = (text: string, refuse: Refuse): Map<string, string> => {
  const parts = new Map<string, string>()
  for (const piece of text.replace(/;$/, '').split(';')) {
    const equals = piece.indexOf('=')
    const name = piece.slice(0, Math.max(equals, 0))
    if (equals < 1) refuse(`"${short(piece)}" is not of the form NAME=VALUE`)
    else if (WITHIN_A_DAY.includes(name)) refuse(noTimeOfDay(name))
    else if (!PARTS.some((part) => part === name))
      refuse(`there is no part "${short(name)}"${orNearest(name, PARTS)}`)
    else if (parts.has(name)) refuse(`${name} is given twice`)
    parts.set(name, piece.slice(equals + 1))
  }
  return parts
}

/** What RFC 5545 forbids to stand together (section 3.3.10), said in words. */
const checkTogether = (rule: Rule, refuse: Refuse): void => {
  const { frequency, weekdays: days, positions } = rule
  const lists = [rule.months, rule.weekNumbers, rule.yearDays, rule.monthDays, days]
  if (rule.count !== undefined && rule.until !== undefined) refuse('COUNT and UNTIL exclude each other')
  if (rule.weekNumbers.length > 0 && frequency !== 'yearly') refuse('BYWEEKNO needs FREQ=YEARLY')
  if (rule.yearDays.length > 0 && frequency !== 'yearly') refuse('BYYEARDAY needs FREQ=YEARLY')
  if (rule.monthDays.length > 0 && frequency === 'weekly') refuse('BYMONTHDAY does not go with FREQ=WEEKLY')
  if (positions.length > 0 && lists.every((list) => list.length === 0)) {
    refuse('BYSETPOS needs another BY part to choose from')
  }
  if (days.every((day) => day.nth === 0)) return
  if (frequency === 'daily' || frequency === 'weekly')
    refuse('BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY')
  if (rule.weekNumbers.length > 0) refuse('BYDAY with a number does not go with BYWEEKNO')
}

const read = (text: string, refuse: Refuse): Rule => {
  const parts = split(
    text
      .trim()
      .toUpperCase()
      .replace(/^RRULE:/, ''),
    refuse,
  )
  const given = (part: (typeof PARTS)[number]): string | undefined => parts.get(part)
  const [frequency = '', scale, count, skip] = [given('FREQ'), given('RSCALE'), given('COUNT'), given('SKIP')]
  if (frequency === '') refuse('FREQ is missing')
  if (WITHIN_A_DAY.includes(frequency)) refuse(noTimeOfDay(`FREQ=${frequency}`))
  if (scale !== undefined && scale !== 'GREGORIAN')
    refuse(`RSCALE is "${short(scale)}"; only GREGORIAN is known here`)
  if (skip !== undefined && scale === undefined) refuse('SKIP needs RSCALE=GREGORIAN beside it (RFC 7529)')
  const rule: Rule = {
    frequency: word('FREQ', frequency, FREQUENCIES, refuse),
    interval: positive('INTERVAL', given('INTERVAL') ?? '1', refuse),
    count: count === undefined ? undefined : positive('COUNT', count, refuse),
    ...until(given('UNTIL'), refuse),
    weekStart: weekday('WKST', given('WKST') ?? 'MO', refuse),
    months: numbers('BYMONTH', given('BYMONTH'), [1, 12], refuse),
    weekNumbers: numbers('BYWEEKNO', given('BYWEEKNO'), [-53, 53], refuse),
    yearDays: numbers('BYYEARDAY', given('BYYEARDAY'), [-366, 366], refuse),
    monthDays: numbers('BYMONTHDAY', given('BYMONTHDAY'), [-31, 31], refuse),
    weekdays: weekdays(given('BYDAY'), refuse),
    positions: numbers('BYSETPOS', given('BYSETPOS'), [-366, 366], refuse),
    skip: skip === undefined ? 'omit' : word('SKIP', skip, SKIPS, refuse),
  }
  checkTogether(rule, refuse)
  return Object.freeze(rule)
}

/**
 * Reads a recurrence rule of RFC 5545, section 3.3.10, with or without `RRULE:` before it, and RSCALE=GREGORIAN with SKIP
 * of RFC 7529. Letter case does not matter. Refused with a reason: anything about the time of day (FREQ=HOURLY, BYHOUR and
 * their like), parts that RFC 5545 forbids together, misspelt parts (with the nearest name), and texts of more than 1,000
 * characters. An UNTIL with a time counts by its date, as written. Cost: linear in the text.
 *
 * @example
 * import { parseRule } from '@clientele/calendar/recur'
 * const rule = parseRule('FREQ=MONTHLY;BYDAY=-1FR')
 * if (rule._tag === 'Right') rule.right.weekdays // => [{ weekday: 4, nth: -1 }]
 * const wrong = parseRule('FREQ=MONTHLY;BYDAYS=FR')
 * if (wrong._tag === 'Left') wrong.left.reason // => 'there is no part "BYDAYS"; did you mean "BYDAY"?'
 *
 * @category compile
 */
export const parseRule = (text: string): Either<RuleIssue, Rule> => {
  const reasons: string[] = []
  const rule = text.length > LONGEST ? undefined : read(text, (reason) => reasons.push(reason))
  // later reasons may only follow from the first
  const reason = rule === undefined ? `it is longer than ${LONGEST} characters` : reasons[0]
  if (rule !== undefined && reason === undefined) return right(rule)
  return left({ code: 'bad-rrule', path: '', given: text.slice(0, 120), reason: reason ?? '' })
}
