// From the JSON form to a table. Every issue is collected, also those of the calendars and conditions inside; nothing is
// thrown.

import { compileWith as compileCalendar, type Issue as CalendarIssue, openHours } from '@clientele/calendar'
import {
  COMMON_KEYS,
  type Either,
  left,
  memberPath,
  type NonEmptyArray,
  orThrow,
  Reader,
  right,
  type UnknownRecord,
  type Zone,
  zoneOf,
} from '@clientele/core'
import { vocabularyWith } from '@clientele/core/condition'
import { type Issue, message } from '../issue.js'
import { type Definition, VERSION } from '../model.js'
import {
  emptyIndex,
  type ExemptTable,
  type Hours,
  type MissingZone,
  type RuleTable,
  type Table,
} from '../table.js'
import { placeLimits } from './place.js'
import { readQuiet } from './quiet.js'
import { readCap, readConsent, readControl, readCoolDown, readExemption, type Unplaced } from './rules.js'
import type { PolicyReader, Work } from './work.js'

const SECTIONS = ['caps', 'quiet', 'coolDowns', 'consent', 'control', 'exempt'] as const
const POLICY_KEYS = [...COMMON_KEYS, 'id', 'missingZone', 'holidays', 'calendars', ...SECTIONS]
const MOST_RULES = 1_000
const MOST_HOLIDAYS = 10_000
const MOST_CALENDARS = 100

const NEVER_OPEN = {
  add: () => Number.NaN,
  elapsed: () => 0,
  isOpen: () => false,
  nextOpen: () => Number.NaN,
}

/** The zone of the calendar that is named first. */
const firstZone = (definition: unknown): Zone | undefined => {
  if (typeof definition !== 'object' || definition === null) return undefined
  const named = (definition as UnknownRecord)['timeZone']
  if (typeof named === 'string') return zoneOf(named)
  for (const [key, part] of Object.entries(definition)) {
    const zone = key === 'meta' ? undefined : firstZone(part)
    if (zone !== undefined) return zone
  }
  return undefined
}

const readCalendars = (reader: PolicyReader, record: UnknownRecord): readonly Hours[] => {
  const value = reader.member(record, 'calendars')
  if (value === undefined) return []
  return reader.entries(value, 'calendars', MOST_CALENDARS).map(([name, definition]) => {
    const own = new Reader<CalendarIssue>()
    const calendar = compileCalendar(own, definition, memberPath('calendars', name))
    for (const issue of own.issues) reader.report(issue)
    const hours = calendar === undefined ? NEVER_OPEN : openHours(calendar)
    // what was refused may be of any size
    return { name, calendar, hours, zone: calendar === undefined ? undefined : firstZone(definition) }
  })
}

const readHolidays = (reader: PolicyReader, value: unknown): ReadonlySet<number> => {
  const days = new Set<number>()
  if (value === undefined) return days
  reader.list(value, 'holidays', MOST_HOLIDAYS).forEach((each, i) => {
    const path = memberPath('holidays', i)
    const record = typeof each === 'string' ? undefined : reader.object(each, path, ['date', 'name'])
    const date = record === undefined ? each : reader.required(record, 'date', path)
    if (typeof each !== 'string' && record === undefined) return
    const day =
      date === undefined
        ? undefined
        : reader.date(date, record === undefined ? path : memberPath(path, 'date'))
    if (day !== undefined) days.add(day)
  })
  return days
}

const readMissingZone = (reader: PolicyReader, value: unknown): MissingZone => {
  if (value === undefined || value === 'deny' || value === 'skip') return value ?? 'deny'
  return reader.zone(value, 'missingZone') ?? 'deny'
}

/** Reads the rules of one section, and sees that no id is taken twice in the policy. */
const section = <R extends { readonly id: string }>(
  work: Work,
  record: UnknownRecord,
  name: (typeof SECTIONS)[number],
  seen: Map<string, string>,
  read: (work: Work, value: unknown, path: string) => R | undefined,
): readonly R[] => {
  const { reader } = work
  const value = reader.member(record, name)
  if (value === undefined) return []
  return reader.list(value, name, MOST_RULES).flatMap((each, i) => {
    const path = memberPath(name, i)
    const rule = read(work, each, path)
    if (rule === undefined) return []
    const first = seen.get(rule.id)
    if (first !== undefined) reader.report({ code: 'duplicate-id', path, id: rule.id, first })
    seen.set(rule.id, path)
    return [rule]
  })
}

const readPolicy = (reader: PolicyReader, record: UnknownRecord): Omit<Table, 'definition'> => {
  const hours = readCalendars(reader, record)
  const vocabulary = vocabularyWith(reader, record)
  const work: Work = { reader, vocabulary, calendars: hours.map(({ name }) => name) }
  const seen = new Map<string, string>()
  const caps = section(work, record, 'caps', seen, readCap)
  const quiet = section(work, record, 'quiet', seen, readQuiet)
  const coolDowns = section(work, record, 'coolDowns', seen, readCoolDown)
  const consent = section(work, record, 'consent', seen, readConsent)
  const control = section(work, record, 'control', seen, readControl)
  let grants = 0
  const exempt = section(work, record, 'exempt', seen, readExemption).map(
    (each): ExemptTable => ({ ...each, grant: each.since === undefined ? -1 : grants++ }),
  )
  let index = 0
  const place = <R extends RuleTable>(rule: Unplaced<R>): R => ({ ...rule, index: index++ }) as unknown as R
  const placedCaps = caps.map((rule) => place<(typeof caps)[number] & RuleTable>(rule))
  const placedQuiet = quiet.map((rule) => place<(typeof quiet)[number] & RuleTable>(rule))
  const placedCoolDowns = coolDowns.map((rule) => place<(typeof coolDowns)[number] & RuleTable>(rule))
  const placedConsent = consent.map((rule) => place<(typeof consent)[number] & RuleTable>(rule))
  const placedControl = control.map((rule) => place<(typeof control)[number] & RuleTable>(rule))
  // what an exemption with a beginning leaves uncounted is known only when asked
  const whole = exempt.some(({ grant, uncounted }) => grant >= 0 && uncounted)
  const { limits, streams } = placeLimits([...placedCaps, ...placedCoolDowns], whole)
  const holidays = readHolidays(reader, reader.member(record, 'holidays'))
  return {
    rules: [...placedCaps, ...placedQuiet, ...placedCoolDowns, ...placedConsent, ...placedControl],
    missingZone: readMissingZone(reader, reader.member(record, 'missingZone')),
    holidays,
    hours,
    limits,
    streams,
    quiet: placedQuiet,
    consent: placedConsent,
    control: placedControl,
    exempt,
    vocabulary,
    index: emptyIndex(holidays),
  }
}

/**
 * Compiles the JSON form of a policy with the calendars and conditions inside it. All issues are collected, each with
 * its path, what was given, what was expected and the nearest name. Cost: some 10 ms for a zone not yet known, otherwise
 * proportional to the definition.
 *
 * @example
 * import { compile } from '@clientele/contact'
 * const cap = { id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }
 * compile({ caps: [cap] })._tag // => 'Right'
 * compile({ caps: [{ ...cap, limit: -1 }] })._tag // => 'Left'
 *
 * @category compile
 */
export const compile = (definition: unknown): Either<NonEmptyArray<Issue>, Table> => {
  const reader: PolicyReader = new Reader<Issue>()
  const record = reader.object(definition, '', POLICY_KEYS)
  if (record === undefined) return left(reader.issues as unknown as NonEmptyArray<Issue>)
  reader.version(record, '', VERSION)
  for (const key of ['id', 'label'] as const) {
    if (reader.member(record, key) !== undefined) reader.text(reader.member(record, key), key)
  }
  const table = readPolicy(reader, record)
  const [first, ...rest] = reader.issues
  if (first !== undefined) return left([first, ...rest])
  return right(Object.freeze({ definition: definition as Definition, ...table }))
}

/**
 * Compiles a policy, or throws a `TypeError` that prints every issue. For scripts and tests.
 *
 * @example
 * import { compileOrThrow } from '@clientele/contact'
 * compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] }).rules.length // => 1
 *
 * @category compile
 */
export const compileOrThrow = (definition: Definition): Table =>
  orThrow(compile(definition), 'The policy', message)
