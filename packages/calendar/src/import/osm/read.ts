// OSM `opening_hours` to a calendar: the rules are folded in order, first for a week, then for every date they name.

import {
  type CivilDay,
  civilDate,
  civilDay,
  DAY,
  formatDate,
  parseDate,
  WEEKDAYS,
  weekdayOf,
} from '@clientele/core'
import type { Holiday, Interval } from '../../model.js'
import { spanOf } from '../dates.js'
import { type ImportOptions, type ImportResult, Report, refused } from '../report.js'
import { intervalOf, type Pattern, weekOf } from '../weeks.js'
import { type DateRange, type OsmRule, parseOsm, rangeIn } from './parse.js'

const LONGEST = 5_000
const MOST_RULES = 64
const FIRST_YEAR = 1970
const LAST_YEAR = 2100
const FIRST_DAY = civilDay(FIRST_YEAR, 1, 1)
const LAST_DAY = civilDay(LAST_YEAR, 12, 31)

/** A rule with the dates it names marked, one byte a day since 1970. */
interface Marked {
  readonly rule: OsmRule
  /** Absent: every date. */
  readonly marks: Uint8Array | undefined
}

const mark = (rule: OsmRule, years: readonly [number, number], holidays: ReadonlySet<CivilDay>): Marked => {
  if (rule.dates.length === 0 && !(rule.publicHolidays && rule.weekdays.length === 0))
    return { rule, marks: undefined }
  const marks = new Uint8Array(LAST_DAY - FIRST_DAY + 1)
  for (const range of rule.dates) {
    const [first, last] = range.from.year === undefined ? years : [range.from.year, range.from.year]
    for (let year = Math.max(first - 1, FIRST_YEAR); year <= Math.min(last, LAST_YEAR); year++) {
      const span = rangeIn(range, year)
      if (span !== undefined) marks.fill(1, span[0] - FIRST_DAY, span[1] - FIRST_DAY + 1)
    }
  }
  if (rule.dates.length === 0) for (const day of holidays) marks[day - FIRST_DAY] = 1
  return { rule, marks }
}

/** A date as the rules see it. */
interface Day {
  readonly day: CivilDay
  readonly weekday: number
  readonly isHoliday: boolean
}

/** What a rule opens on a day, and the place of the rule. */
interface Opened {
  readonly span: OsmRule['spans'][number]
  readonly index: number
}

const applies = ({ rule, marks }: Marked, { day, weekday, isHoliday }: Day): boolean => {
  if (marks !== undefined && marks[day - FIRST_DAY] !== 1) return false
  const anyDay = rule.weekdays.length === 0 && !rule.publicHolidays
  return anyDay || rule.weekdays.includes(weekday) || (rule.publicHolidays && isHoliday)
}

const adds = ({ rule }: Marked): boolean => rule.adds && rule.spans.length > 0

/** What the rules say of a day, one after the other: the last that applies and does not add decides. */
const fold = (rules: readonly Marked[], day: Day): readonly Opened[] => {
  let opened: readonly Opened[] = []
  rules.forEach((marked, index) => {
    if (!applies(marked, day)) return
    const own = marked.rule.spans.map((span) => ({ span, index }))
    opened = adds(marked) ? [...opened, ...own] : own
  })
  return opened
}

/** Whether what a rule opens ends at midnight: a later rule replaces the next date. */
const isCut = (rules: readonly Marked[], index: number, next: Day): boolean =>
  rules.some((marked, i) => i > index && !adds(marked) && applies(marked, next))

const textsOf = (opened: readonly Opened[], cut: (index: number) => boolean): Interval[] => {
  const found = opened.map(({ span: [start, end], index }) =>
    intervalOf(start, end > DAY && cut(index) ? DAY : end),
  )
  return [...new Set(found)].sort()
}

/** A yearly range as rules of dates, one a month; 2024 has all days that a year may have. */
const rulesOfRange = (range: DateRange): Holiday[] => {
  const [first, last] = rangeIn(range, 2024) ?? [0, -1]
  const months = new Map<number, number[]>()
  for (let day = first; day <= last; day++) {
    const { month, day: ofMonth } = civilDate(day)
    months.set(month, [...(months.get(month) ?? []), ofMonth])
  }
  return [...months].map(([month, days]) => ({
    rrule: `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${days.join()}`,
  }))
}

/** Whether a rule closes dates of every year and nothing without dates comes after it: then it is a recurring holiday. */
const closesYearly = (rules: readonly OsmRule[], index: number): boolean => {
  const { dates, weekdays, publicHolidays, spans } = rules[index]!
  const yearly =
    dates.length > 0 && dates.every(({ from, to }) => from.year === undefined && to.year === undefined)
  const isPlain = spans.length === 0 && weekdays.length === 0 && !publicHolidays
  return yearly && isPlain && rules.slice(index).every((after) => after.dates.length > 0)
}

/**
 * Reads opening hours of OpenStreetMap, of this subset: rules separated by `;` (replaces the days it names) or `,` (adds to
 * them); weekdays and their ranges and lists (`Mo-Fr,Su`), `PH`; times (`09:00-13:00,14:00-18:00`, over midnight
 * `22:00-06:00` or `22:00-26:00`), `24/7`, `off`, `closed`, `open`; months and dates, with ranges, lists and years
 * (`Jun-Aug`, `Dec 24-26,31`, `2026 Dec 28-2027 Jan 5`); comments are dropped with a note. Anything else is an issue that
 * names the token and its position. Closed dates of every year become recurring holidays; yearly dates with hours are
 * written out in `years`. `PH` needs `publicHolidays`. The text names no zone: give `timeZone`.
 *
 * @example
 * import { fromOsm } from '@clientele/calendar/import'
 * const read = fromOsm('Mo-Fr 09:00-18:00; Sa 10:00-14:00; Dec 25 off', { timeZone: 'Europe/Paris' })
 * if (read._tag === 'Right') 'holidays' in read.right.definition && read.right.definition.holidays
 * // => [{ rrule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25' }]
 *
 * @category compile
 */
export const fromOsm = (text: string, options: ImportOptions = {}): ImportResult => {
  if (text.length > LONGEST) return refused('too-large', '', text, `it is longer than ${LONGEST} characters`)
  const report = new Report()
  const rules = parseOsm(text, report)
  if (rules.length > MOST_RULES) return refused('too-large', '', text, `it has more than ${MOST_RULES} rules`)
  if (rules.length === 0 && report.issues.length === 0)
    return refused('nothing-found', '', text, 'there is no rule in it')
  const timeZone = report.zone(undefined, '', options)
  const [first, last] = spanOf(options, report)
  const holidays = publicHolidays(rules, options, report)
  const years = [civilDate(first).year, civilDate(last).year] as const
  const marked = rules.map((rule) => mark(rule, years, holidays))
  const always = marked.filter(({ marks }) => marks === undefined)
  const plain = (weekday: number): Day => ({ day: FIRST_DAY, weekday, isHoliday: false })
  const base = WEEKDAYS.map((_, weekday) =>
    textsOf(fold(always, plain(weekday)), (index) => isCut(always, index, plain((weekday + 1) % 7))),
  )

  const recurring = rules.flatMap((rule, i) =>
    closesYearly(rules, i) ? rule.dates.flatMap(rulesOfRange) : [],
  )
  const shut = marked.filter((_, i) => closesYearly(rules, i))
  const closed: Holiday[] = []
  const dates: Record<string, Interval[]> = {}
  const named = marked.flatMap(({ marks }) => marks ?? [])
  const candidates = daysNamed(named, holidays)
  const isNamed = new Set(candidates)
  const at = (day: CivilDay): Day => ({ day, weekday: weekdayOf(day), isHoliday: holidays.has(day) })
  const isShut = (day: CivilDay): boolean => shut.some(({ marks }) => marks?.[day - FIRST_DAY] === 1)
  const folded = new Map<CivilDay, readonly Opened[]>()
  const openedOn = (day: CivilDay): readonly Opened[] => {
    const before = folded.get(day)
    if (before !== undefined) return before
    const opened = fold(marked, at(day))
    folded.set(day, opened)
    return opened
  }
  const keepsTail = (day: CivilDay): boolean =>
    openedOn(day - 1).some(({ span, index }) => span[1] > DAY && !isCut(marked, index, at(day)))
  // a closed date is a holiday, which cuts the evening before, unless something runs into it
  const isClosed = (day: CivilDay): boolean => {
    if (!isNamed.has(day) || keepsTail(day) || openedOn(day).length > 0) return false
    return isShut(day) || base[weekdayOf(day)]!.length > 0
  }
  for (const day of candidates) {
    if (isClosed(day)) {
      if (!isShut(day)) closed.push(formatDate(day))
      continue
    }
    const cut = (index: number): boolean => !isClosed(day + 1) && isCut(marked, index, at(day + 1))
    const intervals = textsOf(openedOn(day), cut)
    if (isShut(day) || intervals.join() !== base[weekdayOf(day)]!.join()) dates[formatDate(day)] = intervals
  }
  const writtenOut = rules.some(
    (rule, i) => !closesYearly(rules, i) && rule.dates.some(({ from }) => from.year === undefined),
  )
  if (writtenOut) {
    report.note(
      'written-out',
      '',
      text,
      `dates of every year are written out from ${years[0]} to ${years[1]}`,
    )
  }
  const patterns = base.flatMap((intervals, weekday) =>
    intervals.map((interval) => everyWeek(weekday, interval)),
  )
  const all = [...recurring, ...closed]
  return report.result({
    timeZone,
    week: weekOf(patterns),
    ...(all.length === 0 ? {} : { holidays: all }),
    ...(Object.keys(dates).length === 0 ? {} : { dates }),
  })
}

const everyWeek = (weekday: number, interval: Interval): Pattern => ({
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
  weekday,
  interval,
})

/** All days that a rule or a public holiday names, and those before them, ascending. */
const daysNamed = (marks: readonly Uint8Array[], holidays: ReadonlySet<CivilDay>): CivilDay[] => {
  const all = new Uint8Array(LAST_DAY - FIRST_DAY + 1)
  for (const each of marks) for (let i = 0; i < each.length; i++) all[i]! |= each[i]!
  for (const day of holidays) all[day - FIRST_DAY] = 1
  // the evening before may be cut at midnight
  for (let i = 0; i + 1 < all.length; i++) if (all[i + 1] === 1) all[i] = 1
  const days: CivilDay[] = []
  for (let i = 0; i < all.length; i++) if (all[i] === 1) days.push(FIRST_DAY + i)
  return days
}

const publicHolidays = (rules: readonly OsmRule[], options: ImportOptions, report: Report): Set<CivilDay> => {
  const named = rules.find((rule) => rule.publicHolidays)
  if (named === undefined) return new Set()
  if (options.publicHolidays === undefined) {
    report.note(
      'dropped',
      `character ${named.position + 1}`,
      'PH',
      'which dates PH are is not known; give publicHolidays',
    )
  }
  const days = (options.publicHolidays ?? []).slice(0, 10_000).flatMap((date) => {
    const day = parseDate(date)
    if (day !== undefined && day >= FIRST_DAY && day <= LAST_DAY) return [day]
    report.refuse('bad-value', 'publicHolidays', date, 'it is no date from 1970 to 2100')
    return []
  })
  return new Set(days)
}
