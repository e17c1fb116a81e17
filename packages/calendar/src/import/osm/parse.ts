// Reads the documented subset of the OSM `opening_hours` grammar into rules. What is outside it is an issue that names the
// token and its position.

import { type CivilDay, civilDay, daysInMonth, HOUR, MINUTE, type Millis } from '@clientele/core'
import type { Report } from '../report.js'

/** A date of every year, or of one. */
export interface MonthDay {
  readonly year: number | undefined
  readonly month: number
  readonly day: number
}

/** From one date to another, both included; the end lies in the next year when it is before the start. */
export interface DateRange {
  readonly from: MonthDay
  readonly to: MonthDay
}

/** One rule: where it applies, and what it says there. */
export interface OsmRule {
  /** Starts after a comma: adds to the hours before it and replaces none. */
  readonly adds: boolean
  /** Empty: every date. */
  readonly dates: readonly DateRange[]
  /** Empty: every weekday, unless `publicHolidays`. */
  readonly weekdays: readonly number[]
  readonly publicHolidays: boolean
  /** Milliseconds after midnight, an end past midnight exceeds a day; empty is closed. */
  readonly spans: readonly (readonly [start: Millis, end: Millis])[]
  readonly position: number
  readonly text: string
}

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const TOKEN = /\s+|\d{1,2}:\d{2}|\d+|[A-Za-z]+|"[^"]*"|./gsu

interface Token {
  readonly text: string
  readonly at: number
}

/** A text as tokens, without its spaces. */
const tokensOf = (text: string): Token[] =>
  [...text.matchAll(TOKEN)]
    .map((match) => ({ text: match[0], at: match.index }))
    .filter((token) => token.text.trim() !== '')

/** Walks the tokens. The first thing that does not fit is reported, and then nothing more is read. */
class Cursor {
  readonly #tokens: readonly Token[]
  readonly #length: number
  readonly #report: Report
  #index = 0
  failed = false

  constructor(text: string, report: Report) {
    this.#tokens = tokensOf(text)
    this.#length = text.length
    this.#report = report
  }

  peek(ahead = 0): string {
    return this.#tokens[this.#index + ahead]?.text ?? ''
  }

  get at(): number {
    return this.#tokens[this.#index]?.at ?? this.#length
  }

  next(): string {
    const text = this.peek()
    this.#index += 1
    return text
  }

  /** Takes the token when it is the one. */
  take(text: string): boolean {
    if (this.peek() !== text) return false
    this.#index += 1
    return true
  }

  refuse(reason: string): undefined {
    if (this.failed) return undefined
    this.failed = true
    const given = this.peek() === '' ? 'the end' : this.peek()
    return this.#report.refuse('unsupported', `character ${this.at + 1}`, given, reason)
  }
}

const isNumber = (text: string): boolean => /^\d{1,4}$/.test(text)
const isYear = (text: string): boolean => /^\d{4}$/.test(text)
const dayIndex = (text: string): number => DAYS.indexOf(text)
const monthIndex = (text: string): number => MONTHS.indexOf(text)

/** `2026 Dec 24`, `Dec 24`, or `Dec` alone, of which `edge` says the first or last day. */
const readDate = (cursor: Cursor, given: Partial<MonthDay>, edge: 'first' | 'last'): MonthDay | undefined => {
  const year = isYear(cursor.peek()) ? Number(cursor.next()) : given.year
  const named = monthIndex(cursor.peek())
  if (named >= 0) cursor.next()
  const month = named >= 0 ? named + 1 : given.month
  if (month === undefined) return cursor.refuse('a month such as Dec was expected here')
  const length = daysInMonth(year ?? 2024, month)
  // `Dec 24`, but not the hour of `Dec 10:00` nor the year of `Dec 2026`
  if (!isNumber(cursor.peek()) || isYear(cursor.peek())) {
    if (named < 0) return cursor.refuse('a day of the month was expected here')
    return { year, month, day: edge === 'first' ? 1 : length }
  }
  const day = Number(cursor.peek())
  if (day < 1 || day > length) return cursor.refuse('the month has no such day')
  cursor.next()
  return { year, month, day }
}

/** `Dec 24-26,31`, `2026 Dec 28-2027 Jan 5`, `Jun-Aug`. */
const readDates = (cursor: Cursor): DateRange[] => {
  const ranges: DateRange[] = []
  let before: Partial<MonthDay> = {}
  do {
    const from = readDate(cursor, before, 'first')
    if (from === undefined) return ranges
    const wholeMonth = cursor.peek(-1) === MONTHS[from.month - 1]
    const lastOfMonth = wholeMonth ? daysInMonth(from.year ?? 2024, from.month) : from.day
    const to = cursor.take('-') ? readDate(cursor, from, 'last') : { ...from, day: lastOfMonth }
    if (to === undefined) return ranges
    ranges.push({ from, to })
    before = to
  } while (startsDate(cursor) && cursor.take(','))
  return ranges
}

/** Whether a date follows the comma here, rather than a new rule. */
const startsDate = (cursor: Cursor): boolean => {
  if (cursor.peek() !== ',') return false
  const [next, after] = [cursor.peek(1), cursor.peek(2)]
  return (
    (isNumber(next) && !isYear(next)) || monthIndex(next) >= 0 || (isYear(next) && monthIndex(after) >= 0)
  )
}

/** `Mo-Fr,Su,PH`. */
const readWeekdays = (cursor: Cursor): { weekdays: number[]; publicHolidays: boolean } => {
  const weekdays: number[] = []
  let publicHolidays = false
  do {
    if (cursor.take('PH')) {
      publicHolidays = true
      continue
    }
    const from = dayIndex(cursor.peek())
    if (from < 0) {
      cursor.refuse('a weekday such as Mo, or PH, was expected here')
      break
    }
    cursor.next()
    const to = cursor.take('-') ? dayIndex(cursor.peek()) : from
    if (to < 0) {
      cursor.refuse('a weekday such as Fr was expected here')
      break
    }
    if (to !== from) cursor.next()
    for (let step = 0; step <= (to - from + 7) % 7; step++) weekdays.push((from + step) % 7)
  } while (
    cursor.peek() === ',' &&
    (dayIndex(cursor.peek(1)) >= 0 || cursor.peek(1) === 'PH') &&
    cursor.take(',')
  )
  return { weekdays, publicHolidays }
}

const readTime = (cursor: Cursor): Millis | undefined => {
  const match = /^(\d{1,2}):(\d{2})$/.exec(cursor.peek())
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])]
  if (match === null || hours > 48 || minutes > 59)
    return cursor.refuse('a time such as 09:00 was expected here')
  cursor.next()
  return hours * HOUR + minutes * MINUTE
}

/** `09:00-13:00,14:00-18:00`. */
const readSpans = (cursor: Cursor): (readonly [Millis, Millis])[] => {
  const spans: (readonly [Millis, Millis])[] = []
  do {
    const start = readTime(cursor)
    if (start === undefined) break
    if (!cursor.take('-')) {
      cursor.refuse('a closing time was expected here: an end left open is outside the subset')
      break
    }
    const end = readTime(cursor)
    if (end === undefined) break
    const after = end > start ? end : end + 24 * HOUR
    if (
      start >= 24 * HOUR ||
      end === start ||
      (start > 0 && after - start >= 24 * HOUR) ||
      after > 48 * HOUR
    ) {
      cursor.refuse('the interval before this is empty, a day or longer, or begins after midnight')
      break
    }
    spans.push([start, after])
  } while (cursor.peek() === ',' && /^\d{1,2}:/.test(cursor.peek(1)) && cursor.take(','))
  return spans
}

const readRule = (cursor: Cursor, adds: boolean, report: Report): OsmRule => {
  const position = cursor.at
  const begin = cursor.peek()
  const rule = {
    adds,
    dates: [] as DateRange[],
    weekdays: [] as number[],
    publicHolidays: false,
    position,
    text: begin,
  }
  if (begin === '24' && cursor.peek(1) === '/' && cursor.peek(2) === '7') {
    for (let i = 0; i < 3; i++) cursor.next()
    return {
      ...rule,
      text: '24/7',
      spans: ends(cursor) || !isClosed(cursor.peek()) ? [[0, 24 * HOUR]] : readEnd(cursor, report),
    }
  }
  const isDate = monthIndex(begin) >= 0 || (isYear(begin) && monthIndex(cursor.peek(1)) >= 0)
  const dates = isDate ? readDates(cursor) : []
  cursor.take(':')
  const hasDays = dayIndex(cursor.peek()) >= 0 || cursor.peek() === 'PH'
  const days = hasDays && !cursor.failed ? readWeekdays(cursor) : { weekdays: [], publicHolidays: false }
  cursor.take(':')
  const timed = /^\d{1,2}:/.test(cursor.peek())
  const spans = cursor.failed ? [] : timed ? readSpans(cursor) : readEnd(cursor, report)
  if (timed && cursor.peek() === 'open') cursor.next()
  if (timed && isClosed(cursor.peek()))
    cursor.refuse('hours that are closed for part of a day are outside the subset')
  return { ...rule, dates, ...days, spans }
}

const isClosed = (text: string): boolean => text === 'off' || text === 'closed'
const ends = (cursor: Cursor): boolean => ['', ';', ','].includes(cursor.peek())

/** What stands in place of hours: `off`, `closed`, or nothing after days, which is open all day. */
const readEnd = (cursor: Cursor, report: Report): (readonly [Millis, Millis])[] => {
  if (isClosed(cursor.peek())) {
    cursor.next()
    return []
  }
  if (cursor.take('open') || ends(cursor)) return [[0, 24 * HOUR]]
  if (cursor.peek().startsWith('"')) {
    report.note(
      'assumed',
      `character ${cursor.at + 1}`,
      cursor.peek(),
      'a comment without hours; open all day is taken',
    )
    return [[0, 24 * HOUR]]
  }
  cursor.refuse('hours, off or closed were expected here')
  return []
}

/** The rules of a text, in order; what is wrong with it goes to the report. */
export const parseOsm = (text: string, report: Report): OsmRule[] => {
  const cursor = new Cursor(text, report)
  const rules: OsmRule[] = []
  let adds = false
  while (cursor.peek() !== '' && !cursor.failed) {
    rules.push(readRule(cursor, adds, report))
    if (cursor.peek().startsWith('"'))
      report.note('dropped', `character ${cursor.at + 1}`, cursor.next(), 'a comment')
    if (cursor.peek() === '|') cursor.refuse('fallback rules are outside the subset')
    else if (!ends(cursor)) cursor.refuse('this is outside the subset')
    adds = cursor.next() === ','
  }
  return rules
}

/** The first and last day of a range that begins in a year; `undefined` when it has none there. */
export const rangeIn = ({ from, to }: DateRange, year: number): readonly [CivilDay, CivilDay] | undefined => {
  if (from.year !== undefined && from.year !== year) return undefined
  const isOneDay = from.month === to.month && from.day === to.day
  if (isOneDay && from.day > daysInMonth(year, from.month)) return undefined
  const at = ({ month, day }: MonthDay, of: number): CivilDay =>
    civilDay(of, month, Math.min(day, daysInMonth(of, month)))
  const first = at(from, year)
  const last = at(to, from.year === undefined ? year : (to.year ?? year))
  return [first, last < first ? at(to, year + 1) : last]
}
