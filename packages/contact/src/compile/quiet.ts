// Reads quiet hours.

import { memberPath, parseTime, WEEKDAYS, type Weekday } from '@clientele/core'
import type { DayKind } from '../model.js'
import { CLOSED, HOLIDAY, OPEN, QUIET, type QuietStretch, type QuietTable } from '../table.js'
import { readRule, type Unplaced } from './rules.js'
import { readZone, type Work } from './work.js'

const KIND_BITS = { holiday: HOLIDAY, open: OPEN, closed: CLOSED } as const
const DAY_KINDS: readonly DayKind[] = [...WEEKDAYS, 'holiday', 'open', 'closed']
const MOST_PERIODS = 200
const MINUTES = 1_440
const MINUTE = 60_000

const isWeekday = (kind: DayKind): kind is Weekday => (WEEKDAYS as readonly string[]).includes(kind)

const readDays = (work: Work, value: unknown, path: string, hasCalendar: boolean) => {
  const { reader } = work
  const days = { weekdays: 0, kinds: 0 }
  if (value === undefined) return days
  reader.list(value, path, DAY_KINDS.length).forEach((each, i) => {
    const at = memberPath(path, i)
    const kind = reader.word(each, at, DAY_KINDS)
    if (kind === undefined) return
    if (isWeekday(kind)) {
      days.weekdays |= 1 << WEEKDAYS.indexOf(kind)
      return
    }
    if (kind !== 'holiday' && !hasCalendar) reader.report({ code: 'no-calendar', path: at, given: kind })
    days.kinds |= KIND_BITS[kind]
  })
  return days
}

const BETWEEN = '"22:00-08:00" in whole minutes, or "all-day"'

const readBetween = ({ reader }: Work, value: unknown, path: string) => {
  if (value === 'all-day') return { from: 0, to: MINUTES }
  if (typeof value !== 'string') return reader.wrongType(value, path, BETWEEN)
  const [from, to, ...more] = value.split('-').map(parseTime)
  const fits = (time: number | undefined): time is number => time !== undefined && time % MINUTE === 0
  if (!fits(from) || !fits(to) || more.length > 0 || from / MINUTE === MINUTES)
    return reader.badValue(value, path, BETWEEN)
  const [start, end] = [from / MINUTE, to / MINUTE]
  // an end not after its start lies in the next day
  return { from: start, to: end > start ? end : end + MINUTES }
}

const readPeriod = (
  work: Work,
  value: unknown,
  path: string,
  hasCalendar: boolean,
): QuietStretch | undefined => {
  const { reader } = work
  const record = reader.object(value, path, ['days', 'notOn', 'between', 'label', 'meta'])
  if (record === undefined) return undefined
  const days = reader.member(record, 'days')
  const on = readDays(work, days, memberPath(path, 'days'), hasCalendar)
  const not = readDays(work, reader.member(record, 'notOn'), memberPath(path, 'notOn'), hasCalendar)
  const given = reader.required(record, 'between', path)
  const between = given === undefined ? undefined : readBetween(work, given, memberPath(path, 'between'))
  if (between === undefined) return undefined
  return { ...on, notWeekdays: not.weekdays, notKinds: not.kinds, everyDay: days === undefined, ...between }
}

const readCalendar = ({ reader, calendars }: Work, value: unknown, path: string): number => {
  if (value === undefined) return -1
  const name = reader.text(value, path)
  if (name === undefined) return -1
  const row = calendars.indexOf(name)
  if (row < 0)
    reader.report({
      code: 'unknown-calendar',
      path,
      given: name.slice(0, 80),
      nearest: reader.suggest(name, calendars),
    })
  return row
}

/** Reads one rule of quiet hours. */
export const readQuiet = (work: Work, value: unknown, path: string): Unplaced<QuietTable> | undefined => {
  const read = readRule(work, value, path, QUIET, ['zone', 'periods', 'calendar', 'outside'])
  if (read === undefined) return undefined
  const { reader } = work
  const own = (key: string): unknown => reader.member(read.record, key)
  const days = readCalendar(work, own('calendar'), memberPath(path, 'calendar'))
  const outside = readCalendar(work, own('outside'), memberPath(path, 'outside'))
  const periods = own('periods')
  if (periods === undefined && own('outside') === undefined) reader.report({ code: 'never-quiet', path })
  const at = memberPath(path, 'periods')
  const list = periods === undefined ? [] : reader.list(periods, at, MOST_PERIODS)
  const stretches = list
    .map((each, i) => readPeriod(work, each, memberPath(at, i), own('calendar') !== undefined))
    .filter((stretch) => stretch !== undefined)
  const zone = readZone(work, own('zone'), memberPath(path, 'zone'))
  const local = zone === undefined && list.length > 0
  return { ...read.rule, when: read.when, zone, local, stretches, days, outside }
}
