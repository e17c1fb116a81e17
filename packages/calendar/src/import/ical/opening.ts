// Events and availability that open: weekly ones as weeks with their validity, all others as dates.

import { type CivilDay, DAY, formatDate, type LocalMillis, weekdayOf } from '@clientele/core'
import type { Hours, Interval } from '../../model.js'
import type { Rule } from '../../recur/index.js'
import { MOST_DATES, type Report } from '../report.js'
import { type Pattern, weeksOf } from '../weeks.js'
import { piecesOf } from './closing.js'
import { type Source, startsOf, takesPlace } from './source.js'

/** More sources than these, or longer ones, are read as dates: the work grows with their number times their edges. */
const MOST_WEEKLY = 200
const LONGEST_WEEKLY = 7 * DAY

/** The weekdays of a rule that is the same every week; `undefined` for any other. */
const everyWeek = (rule: Rule, first: CivilDay): readonly number[] | undefined => {
  const { frequency, interval, count, months, weekdays, monthDays, positions } = rule
  const plain =
    interval === 1 && count === undefined && months.length + monthDays.length + positions.length === 0
  if (!plain || (frequency !== 'weekly' && frequency !== 'daily')) return undefined
  if (weekdays.length > 0) return weekdays.map((day) => day.weekday)
  return frequency === 'daily' ? [0, 1, 2, 3, 4, 5, 6] : [weekdayOf(first)]
}

/** A weekly source, ready to be asked about dates. */
interface Weekly {
  readonly source: Source
  readonly first: CivilDay
  readonly until: CivilDay
  readonly weekdays: readonly number[]
  /** The pieces of one occurrence, counted in days from its start. */
  readonly pieces: readonly { readonly day: number; readonly interval: Interval }[]
}

const weeklyOf = (source: Source): Weekly | undefined => {
  const { rule, start } = source
  const first = Math.floor(start / DAY)
  const weekdays = rule === undefined || source.length > LONGEST_WEEKLY ? undefined : everyWeek(rule, first)
  if (weekdays === undefined) return undefined
  const pieces = piecesOfOne(source).map(({ day, interval }) => ({ day: day - first, interval }))
  return { source, first, until: rule?.until ?? Number.POSITIVE_INFINITY, weekdays, pieces }
}

/** The pieces of an occurrence; one of less than a day stays whole and belongs to the day it starts. */
const piecesOfOne = ({ start, length }: Source): { day: CivilDay; interval: Interval }[] => {
  const pieces = piecesOf(start, length)
  const [head, tail] = pieces
  if (length >= DAY || head === undefined || tail === undefined) return pieces
  return [{ day: head.day, interval: `${head.interval.split('-')[0]}-${tail.interval.split('-')[1]}` }]
}

const patternsOf = ({ source, first, until, weekdays, pieces }: Weekly): Pattern[] =>
  source.spans.flatMap(([from, to]) =>
    pieces.flatMap(({ day, interval }) =>
      weekdays.map((weekday) => ({
        from: Math.max(first, from) + day,
        until: Math.min(until, to) + day,
        weekday: (weekday + day) % 7,
        interval,
      })),
    ),
  )

/** What the weekly sources open on a date, those that do not take place left out. */
const weeklyOn = (weekly: readonly Weekly[], date: CivilDay): Interval[] =>
  weekly.flatMap(({ source, first, until, weekdays, pieces }) =>
    pieces.flatMap(({ day, interval }) => {
      const start = date - day
      const falls = start >= first && start <= until && weekdays.includes(weekdayOf(start))
      const timeOfDay = source.start - first * DAY
      return falls && takesPlace(source, start * DAY + timeOfDay) ? [interval] : []
    }),
  )

/** The starts of a source that its weeks do not say: all, or the added ones and a first that the rule leaves out. */
const singleStarts = (
  source: Source,
  ofWeeks: Weekly | undefined,
  most: number,
  report: Report,
): readonly LocalMillis[] => {
  const [path, title] = [`line ${source.line}`, source.name ?? '']
  if (ofWeeks !== undefined) {
    const leftOut = source.countsStart && !ofWeeks.weekdays.includes(weekdayOf(ofWeeks.first))
    return [...(leftOut ? [source.start] : []), ...source.extra]
      .filter((at) => takesPlace(source, at))
      .slice(0, most)
  }
  const { starts, more } = startsOf(source, most)
  if (more) report.note('dropped', path, title, `dates beyond the first ${starts.length}`)
  if (source.rule !== undefined) report.note('written-out', path, title, 'its dates are written out to 2100')
  return starts
}

/** Hours of the sources of one zone. */
export const openingOf = (sources: readonly Source[], timeZone: string, report: Report): Hours => {
  const weekly = sources.flatMap((source) => weeklyOf(source) ?? []).slice(0, MOST_WEEKLY)
  const bySource = new Map(weekly.map((each) => [each.source, each]))
  const single = new Map<CivilDay, Interval[]>()
  let left = MOST_DATES
  for (const source of sources) {
    const starts = singleStarts(source, bySource.get(source), Math.max(left, 0), report)
    left -= Math.max(1, starts.length) * Math.ceil(source.length / DAY)
    const pieces = piecesOfOne(source)
    for (const start of starts) {
      // at the same time of day the pieces are the same, some days on
      const moved = (start - source.start) / DAY
      const own = Number.isInteger(moved) ? pieces : piecesOfOne({ ...source, start })
      for (const { day, interval } of own) {
        const date = day + (own === pieces ? moved : 0)
        single.set(date, [...(single.get(date) ?? []), interval])
      }
    }
  }
  const shifted = weekly.flatMap(({ source, pieces }) =>
    [...source.without].flatMap((at) => pieces.map(({ day }) => Math.floor(at / DAY) + day)),
  )
  const touched = [...new Set([...single.keys(), ...shifted])].sort((a, b) => a - b)
  const dates = touched.map((day) => {
    const intervals = [...weeklyOn(weekly, day), ...(single.get(day) ?? [])]
    return [formatDate(day), [...new Set(intervals)].sort()] as const
  })
  const { week, effective } = weeksOf(weekly.flatMap(patternsOf), (valid) => valid)
  return {
    timeZone,
    week,
    ...(dates.length === 0 ? {} : { dates: Object.fromEntries(dates) }),
    ...(effective.length === 0 ? {} : { effective }),
  }
}
