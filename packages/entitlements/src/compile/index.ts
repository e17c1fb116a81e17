// From the JSON form to a table. Every issue is collected, also those of the calendars inside; nothing is thrown.

import {
  compileWith as compileCalendar,
  type Issue as CalendarIssue,
  type Table as CalendarTable,
} from '@clientele/calendar'
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
  WEEKDAYS,
  zoneOf,
} from '@clientele/core'
import { vocabularyWith } from '@clientele/core/condition'
import { type Issue, message } from '../issue.js'
import { type Definition, VERSION } from '../model.js'
import { channelColumns, type Family, type Hours, NONE, type PackageTable, type Table } from '../table.js'
import { type EntitlementsReader, optional } from './channel.js'
import { inherit, type ReadPackage, readPackages } from './package.js'

const KEYS = [...COMMON_KEYS, 'id', 'timeZone', 'weekStart', 'packages', 'calendars']
const MOST_CALENDARS = 1_000
const MOST_NAMES = 1_000
const utc = 'UTC'

const readCalendars = (reader: EntitlementsReader, record: UnknownRecord): readonly Hours[] => {
  const value = reader.member(record, 'calendars')
  if (value === undefined) return []
  return reader.entries(value, 'calendars', MOST_CALENDARS).map(([name, definition]) => {
    const own = new Reader<CalendarIssue>()
    const calendar: CalendarTable | undefined = compileCalendar(
      own,
      definition,
      memberPath('calendars', name),
    )
    for (const issue of own.issues) reader.report(issue)
    return { name, calendar, host: undefined }
  })
}

const familiesOf = (packages: readonly ReadPackage[]): readonly Family[] => {
  const newest = new Map<string, number>()
  packages.forEach(({ family, version }, row) => {
    const known = newest.get(family)
    if (known === undefined || version > packages[known]!.version) newest.set(family, row)
  })
  return [...newest].map(([name, row]) => ({ name, newest: row }))
}

/**
 * Compiles the JSON form of service packages with the calendars inside it. All issues are collected, each with its path,
 * what was given, what was expected and the nearest name. Cost: some 20 ms for a zone not yet known, otherwise
 * proportional to the definition.
 *
 * @example
 * import { compile } from '@clientele/entitlements'
 * compile({ packages: { standard: { channels: { visit: { quota: 2, per: 'month' } } } } })._tag // => 'Right'
 * compile({ packages: { standard: { channels: { visit: { quota: 2, per: 'mont' } } } } })._tag // => 'Left'
 *
 * @category compile
 */
export const compile = (definition: unknown): Either<NonEmptyArray<Issue>, Table> => {
  const reader: EntitlementsReader = new Reader<Issue>()
  const record = reader.object(definition, '', KEYS)
  if (record === undefined) return left(reader.issues as unknown as NonEmptyArray<Issue>)
  reader.version(record, '', VERSION)
  for (const key of ['$schema', 'id', 'label'])
    optional(reader, record, '', key, (value, path) => reader.text(value, path))
  const zone =
    optional(reader, record, '', 'timeZone', (value, path) => reader.zone(value, path)) ?? zoneOf(utc)!
  const weekStart = optional(reader, record, '', 'weekStart', (value, path) =>
    reader.word(value, path, WEEKDAYS),
  )
  const vocabulary = vocabularyWith(reader, record)
  const hours = readCalendars(reader, record)
  const calendars = hours.map(({ name }) => name)
  const read = readPackages(reader, calendars, record)
  const rows = inherit(reader, read)
  const numbers = new Map<string, number>()
  for (const { channel } of rows.flat()) if (!numbers.has(channel)) numbers.set(channel, numbers.size)
  if (numbers.size > MOST_NAMES)
    reader.report({ code: 'too-large', path: 'packages', what: 'different channels', limit: MOST_NAMES })
  const [first, ...rest] = reader.issues
  if (first !== undefined) return left([first, ...rest])
  const families = familiesOf(read)
  const places = new Map(families.map(({ name }, place) => [name, place]))
  const packages = read.map(
    ({ family, version, label, path }, row): PackageTable => ({
      name: `${family}@${version}`,
      label: label ?? family,
      version,
      family: places.get(family)!,
      path,
      meters: rows[row]!.filter(({ quota }) => quota !== NONE).length,
    }),
  )
  const columns = channelColumns(rows, numbers)
  const rowOf = new Int32Array(packages.length * numbers.size).fill(NONE)
  columns.channel.forEach((channel, row) => {
    rowOf[columns.pack[row]! * numbers.size + channel] = row
  })
  return right(
    Object.freeze({
      definition: definition as Definition,
      packages,
      channels: [...numbers.keys()],
      channelNumbers: numbers,
      families,
      rowOf,
      rows: columns,
      hours,
      zone,
      weekStart: weekStart === undefined ? 0 : WEEKDAYS.indexOf(weekStart),
      vocabulary,
    }),
  )
}

/**
 * Compiles service packages, or throws a `TypeError` that prints every issue. For scripts and tests.
 *
 * @example
 * import { compileOrThrow } from '@clientele/entitlements'
 * compileOrThrow({ packages: { luxe: { channels: { phone: { hours: '24/7' } } } } }).channels // => ['phone']
 *
 * @category compile
 */
export const compileOrThrow = (definition: Definition): Table =>
  orThrow(compile(definition), 'The definition', message)
