// Adobe Journey Optimizer: quiet hours of a rule set, and what its rules share.

import type { Definition as CalendarDefinition } from '@clientele/calendar'
import { formatDate, memberPath, type UnknownRecord, WEEKDAYS } from '@clientele/core'
import { all, type Condition, fact } from '@clientele/core/condition'
import type { Cap, Quiet, QuietPeriod } from '../model.js'
import { betweenAt } from './quiet.js'
import type { Source } from './report.js'

/** The channels of a rule. */
export const CHANNELS = ['email', 'sms', 'push', 'directMail', 'whatsapp'] as const
/** The zone of its counters. */
export const UTC = 'UTC'
const MOST_PERIODS = 5
const MOST_DATES = 366
const FIRST_DATE = '1970-01-01'
const LAST_DATE = '2100-12-31'

const datesAt = (source: Source, record: UnknownRecord, path: string): string[] => {
  const at = memberPath(path, 'dates')
  return source.list(source.member(record, 'dates'), at, MOST_DATES).flatMap((date, i) => {
    const day = source.date(date, memberPath(at, i))
    if (day === undefined) return []
    const text = formatDate(day)
    if (text >= FIRST_DATE && text <= LAST_DATE) return [text]
    source.badValue(date, memberPath(at, i), `a date from ${FIRST_DATE} to ${LAST_DATE}`)
    return []
  })
}

/** What a rule set becomes, rule by rule. */
export interface Parts {
  readonly caps: Cap[]
  readonly quiet: Quiet[]
  readonly calendars: Record<string, CalendarDefinition>
}

/** Marketing on the channels; nothing else is capped. */
export const marketing = (channels: readonly string[]): Condition =>
  all(
    fact('category').eq('marketing'),
    channels.length === 1 ? fact('channel').eq(channels[0]!) : fact('channel').in(channels),
  )

/** Adds a rule of quiet hours. */
export const addQuiet = (
  source: Source,
  rule: UnknownRecord,
  path: string,
  id: string,
  parts: Parts,
): void => {
  const channels =
    source.member(rule, 'channels') === undefined
      ? CHANNELS
      : source.wordsAt(rule, 'channels', path, CHANNELS)
  const given = source.member(rule, 'timeZone') ?? 'recipient'
  const zone =
    given === 'recipient' || source.zone(given, memberPath(path, 'timeZone')) !== undefined
      ? String(given)
      : UTC
  const handling = source.wordAt(rule, 'handling', path, ['queue', 'discard'])
  source.note(
    memberPath(path, 'handling'),
    handling === 'discard'
      ? 'Journey Optimizer discards what falls into quiet hours; here it is deferred, and the host drops it'
      : 'Journey Optimizer drops what was queued for more than 7 days; here nextAllowedAt only says when',
  )
  const label = source.textAt(rule, 'name', path) ?? id
  const common = { label, when: marketing(channels), zone }
  const weekly: QuietPeriod[] = []
  const list = source.needed(rule, 'periods', path, (value, at) => source.list(value, at, MOST_PERIODS)) ?? []
  list.forEach((value, i) => {
    const at = memberPath(memberPath(path, 'periods'), i)
    const period = source.settings(value, at, ['days', 'dates', 'from', 'to', 'allDay'])
    if (period === undefined) return
    const between =
      source.member(period, 'allDay') === true ? 'all-day' : betweenAt(source, period, at, 'from', 'to')
    if (between === undefined) return
    if (source.member(period, 'dates') === undefined) {
      weekly.push({ days: source.wordsAt(period, 'days', at, WEEKDAYS), between })
      return
    }
    const dates = datesAt(source, period, at)
    // the dates of this period alone: a calendar that is open on them
    const calendar = source.claim(`${id}-dates-${i + 1}`, at)
    const open = Object.fromEntries(dates.map((date) => [date, ['00:00-24:00']]))
    parts.calendars[calendar] = { timeZone: UTC, week: {}, dates: open }
    parts.quiet.push({ ...common, id: calendar, calendar, periods: [{ days: ['open'], between }] })
  })
  if (weekly.length > 0) parts.quiet.push({ ...common, id, periods: weekly })
}
