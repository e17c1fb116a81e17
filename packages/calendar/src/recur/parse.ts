// Reads the text of a recurrence rule. The grammar is closed: what a rule of dates cannot mean is refused with a reason,
// never passed over, so that a rule read here can be walked without another look at its form.

import { DAY, type Either, left, nearest, parseDate, parseTime, right } from '@clientele/core'
import { type Rule, type RuleIssue, WEEKDAY_CODES } from './rule.js'

const LONGEST = 1_000
const LARGEST = 2_147_483_647
const PARTS = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'WKST',
  'RSCALE',
  'SKIP',
  'BYMONTH',
  'BYWEEKNO',
  'BYYEARDAY',
  'BYMONTHDAY',
  'BYDAY',
  'BYSETPOS',
]
/** What speaks of hours: a frequency or a part. */
const OF_HOURS = /^(FREQ=|BY)(HOUR|MINUTE|SECOND)(LY)?/

/** Takes a reason to refuse the rule; the reader goes on with a value that is never used. */
type Refuse = (reason: string) => void

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

const orNearest = (given: string, names: readonly string[]): string => {
  const near = nearest(given, names)
  return near === undefined ? `; it is one of ${names.join(', ')}` : `; did you mean "${near}"?`
}

const split = (text: string, refuse: Refuse): Map<string, string> => {
  const parts = new Map<string, string>()
  for (const piece of text.replace(/;$/, '').split(';')) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(piece) ?? []
    const [timed] = OF_HOURS.exec(piece) ?? []
    if (name === '') refuse(`"${short(piece)}" is not of the form NAME=VALUE`)
    else if (timed !== undefined) refuse(`${timed} speaks of hours, and a rule of dates has no time of day`)
    else if (!PARTS.includes(name)) refuse(`there is no part "${short(name)}"${orNearest(name, PARTS)}`)
    else if (parts.has(name)) refuse(`${name} is given twice`)
    parts.set(name, value)
  }
  return parts
}

const read = (parts: ReadonlyMap<string, string>, refuse: Refuse): Rule => {
  const wrong = (part: string, given: string, why: string): void =>
    refuse(`${part} ${/^BY|^WKST/.test(part) ? 'holds' : 'is'} "${short(given)}"${why}`)
  const word = <W extends string>(
    part: string,
    words: readonly W[],
    given: string,
    what = '',
  ): Lowercase<W> => {
    if (!words.some((each) => each === given)) wrong(part, given, what + orNearest(given, words))
    return given.toLowerCase() as Lowercase<W>
  }
  const weekday = (part: string, given: string): number => {
    word(part, WEEKDAY_CODES, given, ', not a weekday')
    return (WEEKDAY_CODES as readonly string[]).indexOf(given)
  }
  /** A whole number from 1 to `most`; or else from `least`, when that is negative, to −1. */
  const whole = (part: string, given: string, most: number, least = 1): number => {
    const value = /^[+-]?\d{1,10}$/.test(given) ? Number(given) : 0
    const range = least < 0 ? `1 to ${most} or −${most} to −1` : `1 to ${most}`
    if (value === 0 || value < least || value > most) wrong(part, given, `, not a whole number from ${range}`)
    return value
  }
  /** What stands in a list as numbers, ascending and without repeats. */
  const list = (part: string, read: (item: string) => number): number[] =>
    [...new Set(parts.get(part)?.split(',').map(read))].sort((a, b) => a - b)
  const wholes = (part: string, most: number, least = -most): number[] =>
    list(part, (item) => whole(part, item, most, least))
  /** A weekday of BYDAY with its turn as one number, (turn + 100) × 7 + weekday, so that they sort. */
  const turn = (item: string): number => {
    const [, nth = '', code] = /^([+-]?\d{1,2})?([A-Z]+)$/.exec(item) ?? []
    if (code === undefined) wrong('BYDAY', item, ', not a weekday such as MO, 2TU or -1FR')
    const number = Number(nth)
    if (nth !== '' && (number === 0 || Math.abs(number) > 53)) {
      wrong('BYDAY', item, ', and turns run from 1 to 53 or −53 to −1')
    }
    return (number + 100) * 7 + weekday('BYDAY', code ?? '')
  }
  const until = (given = ''): Pick<Rule, 'until' | 'untilTime'> => {
    const [, date = '', clock = '', zone] = /^(\d{8})(?:T(\d{6})(Z?))?$/.exec(given) ?? []
    const day = parseDate(date.replace(/(..)(..)$/, '-$1-$2'))
    // a second 60 is a leap second, which stands for the one before it here
    const time = parseTime(clock.replace(/60$/, '59').replace(/(..)(..)(..)/, '$1:$2:$3') || '00:00')
    if (parts.has('UNTIL') && (day === undefined || time === undefined || time === DAY)) {
      wrong('UNTIL', given, ', not a date such as 20261231 or 20261231T235959Z')
    }
    return { until: day, untilTime: clock === '' ? undefined : { time: time ?? 0, utc: zone === 'Z' } }
  }

  const [frequency = '', scale, count] = [parts.get('FREQ'), parts.get('RSCALE'), parts.get('COUNT')]
  if (frequency === '') refuse('FREQ is missing')
  if (scale !== undefined && scale !== 'GREGORIAN') wrong('RSCALE', scale, '; only GREGORIAN is known here')
  if (scale === undefined && parts.has('SKIP')) refuse('SKIP needs RSCALE=GREGORIAN beside it (RFC 7529)')
  const rule: Rule = {
    frequency: word('FREQ', ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'], frequency),
    interval: whole('INTERVAL', parts.get('INTERVAL') ?? '1', LARGEST),
    count: count === undefined ? undefined : whole('COUNT', count, LARGEST),
    ...until(parts.get('UNTIL')),
    weekStart: weekday('WKST', parts.get('WKST') ?? 'MO'),
    months: wholes('BYMONTH', 12, 1),
    weekNumbers: wholes('BYWEEKNO', 53),
    yearDays: wholes('BYYEARDAY', 366),
    monthDays: wholes('BYMONTHDAY', 31),
    weekdays: list('BYDAY', turn).map((code) => ({ weekday: code % 7, nth: Math.floor(code / 7) - 100 })),
    positions: wholes('BYSETPOS', 366),
    skip: word('SKIP', ['OMIT', 'BACKWARD', 'FORWARD'], parts.get('SKIP') ?? 'OMIT'),
  }
  // what may not stand together: RFC 5545, section 3.3.10
  const [yearly, weekly] = [frequency === 'YEARLY', frequency === 'WEEKLY']
  const numbered = rule.weekdays.some(({ nth }) => nth !== 0)
  if (count !== undefined && parts.has('UNTIL')) refuse('COUNT and UNTIL exclude each other')
  if (parts.has('BYWEEKNO') && !yearly) refuse('BYWEEKNO needs FREQ=YEARLY')
  if (parts.has('BYYEARDAY') && !yearly) refuse('BYYEARDAY needs FREQ=YEARLY')
  if (parts.has('BYMONTHDAY') && weekly) refuse('BYMONTHDAY does not go with FREQ=WEEKLY')
  if (parts.has('BYSETPOS') && ![...parts.keys()].some((part) => /^BY(?!S)/.test(part))) {
    refuse('BYSETPOS needs another BY part to choose from')
  }
  if (numbered && (weekly || frequency === 'DAILY'))
    refuse('BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY')
  if (numbered && parts.has('BYWEEKNO')) refuse('BYDAY with a number does not go with BYWEEKNO')
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
  let reason: string | undefined
  const refuse: Refuse = (why) => {
    // later reasons may only follow from the first
    reason ??= why
  }
  if (text.length > LONGEST) refuse(`it is longer than ${LONGEST} characters`)
  const given = text
    .slice(0, LONGEST)
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
  const rule = read(split(given, refuse), refuse)
  return reason === undefined
    ? right(rule)
    : left({ code: 'bad-rrule', path: '', given: text.slice(0, 120), reason })
}
