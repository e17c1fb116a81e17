// Adobe Journey Optimizer: a rule set of the domain "channel", frequency caps and quiet hours.

import { memberPath, type UnknownRecord } from '@clientele/core'
import type { Window } from '../model.js'
import { addQuiet, CHANNELS, marketing, type Parts, UTC } from './journey-optimizer-quiet.js'
import { type AdapterResult, MOST_RULES, MOST_TOUCHES, Source } from './report.js'

/** The greatest `every` of each duration, and the calendar period it counts. */
const DURATIONS = {
  hourly: { most: 23, unit: 'hour' },
  daily: { most: 30, unit: 'day' },
  weekly: { most: 4, unit: 'week' },
  monthly: { most: 3, unit: 'month' },
} as const
type Duration = keyof typeof DURATIONS
/** Days that no month exceeds. */
const LONGEST_MONTH = 31

/** A window that holds at least the current stretch of several periods, wherever that began. */
const slidingOf = (every: number, duration: Duration): Window => {
  switch (duration) {
    case 'hourly':
      return { rolling: `PT${every}H` }
    case 'daily':
      return { civilDays: every, zone: UTC }
    case 'weekly':
      return { civilDays: every * 7, zone: UTC }
    case 'monthly':
      return { civilDays: every * LONGEST_MONTH, zone: UTC }
  }
}

const windowOf = (every: number, duration: Duration): Window =>
  every > 1
    ? slidingOf(every, duration)
    : {
        calendar: DURATIONS[duration].unit,
        zone: UTC,
        ...(duration === 'weekly' ? { weekStart: 'sun' } : {}),
      }

const addCap = (source: Source, rule: UnknownRecord, path: string, id: string, parts: Parts): void => {
  const count = source.countAt(rule, 'capping', path, 1, MOST_TOUCHES)
  const durations = Object.keys(DURATIONS) as Duration[]
  const duration = source.neededWord(rule, 'duration', path, durations)
  const every =
    source.member(rule, 'every') === undefined
      ? 1
      : source.countAt(rule, 'every', path, 1, DURATIONS[duration ?? 'daily'].most)
  const channels = source.wordsAt(rule, 'channels', path, CHANNELS)
  if (count === undefined || duration === undefined || every === undefined || channels.length === 0) return
  if (every > 1) {
    source.note(
      memberPath(path, 'every'),
      `Journey Optimizer counts in fixed stretches of ${every} ${DURATIONS[duration].unit}s whose beginning is not told; here any such stretch up to now counts, which refuses sooner, never later`,
    )
  }
  parts.caps.push({
    id,
    label: source.textAt(rule, 'name', path) ?? id,
    when: marketing(channels),
    limit: count,
    window: windowOf(every, duration),
  })
}

const addRule = (source: Source, value: unknown, index: number, parts: Parts): void => {
  const path = memberPath('rules', index)
  const rule = source.settings(value, path, [
    'id',
    'name',
    'type',
    'status',
    'category',
    'capping',
    'duration',
    'every',
    'channels',
    'timeZone',
    'handling',
    'periods',
  ])
  if (rule === undefined) return
  const status = source.wordAt(rule, 'status', path, ['active', 'draft', 'inactive'])
  if (status !== 'active') {
    source.note(path, `is ${status ?? 'of no known status'} and left out`)
    return
  }
  source.wordAt(rule, 'category', path, ['marketing'])
  const id = source.claim(source.textAt(rule, 'id', path) ?? `rule-${index + 1}`, path)
  const type = source.wordAt(rule, 'type', path, ['frequency', 'quietHours'])
  if (type === 'frequency') addCap(source, rule, path, id, parts)
  if (type === 'quietHours') addQuiet(source, rule, path, id, parts)
}

/**
 * Reads a rule set of Adobe Journey Optimizer: `{ "name"?, "domain"?: "channel", "rules": [{ "type"?: "frequency|quietHours",
 * "status"?, "category"?: "marketing", "capping": 3, "duration": "hourly|daily|weekly|monthly", "every"?: 1, "channels":
 * ["email", "sms"] }, { "type": "quietHours", "timeZone"?: "recipient", "handling"?: "queue|discard", "periods": [{ "days" |
 * "dates", "from", "to" | "allDay" }] }] }`. Counters are the calendar's, in UTC, weeks from Sunday; several channels share one
 * total; only marketing counts; who has no zone has no quiet hours of their own.
 *
 * @example
 * import { fromJourneyOptimizer } from '@clientele/contact/adapters'
 * const read = fromJourneyOptimizer({ rules: [{ capping: 3, duration: 'weekly', channels: ['email', 'sms'] }] })
 * if (read._tag === 'Right') read.right.definition.caps?.[0]?.window
 * // => { calendar: 'week', zone: 'UTC', weekStart: 'sun' }
 *
 * @category compile
 */
export const fromJourneyOptimizer = (value: unknown): AdapterResult => {
  const source = new Source()
  const given = source.settings(value, '', ['id', 'name', 'domain', 'rules']) ?? {}
  source.wordAt(given, 'domain', '', ['channel'])
  const parts: Parts = { caps: [], quiet: [], calendars: {} }
  const rules = source.needed(given, 'rules', '', (list, at) => source.list(list, at, MOST_RULES)) ?? []
  for (const [i, rule] of rules.entries()) addRule(source, rule, i, parts)
  source.note(
    '',
    'Journey Optimizer counts a message once it is delivered and may let through several sent close together; here each counts when it is sent',
  )
  return source.result({
    id: source.textAt(given, 'id', '') ?? 'journey-optimizer',
    label: source.textAt(given, 'name', '') ?? 'Journey Optimizer rule set',
    missingZone: 'skip',
    caps: parts.caps,
    ...(parts.quiet.length === 0 ? {} : { quiet: parts.quiet }),
    ...(Object.keys(parts.calendars).length === 0 ? {} : { calendars: parts.calendars }),
  })
}
