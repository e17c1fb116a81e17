// One VEVENT or AVAILABLE as a stretch of local time that may recur, and the zones that TZIDs mean.

import {
  type CivilDay,
  DAY,
  type LocalMillis,
  type Millis,
  parseDate,
  parseDuration,
  parseTime,
  toInstant,
  toLocal,
  zoneOf,
} from '@clientele/core'
import { occurrencesBetween, parseRule, type Rule } from '../../recur/index.js'
import type { ImportOptions, Report } from '../report.js'
import { type Component, type Property, propertyIn, textIn } from './text.js'

/** A stretch of local time that may recur. */
export interface Source {
  readonly line: number
  readonly name: string | undefined
  readonly zone: string
  readonly allDay: boolean
  readonly start: LocalMillis
  readonly length: Millis
  readonly rule: Rule | undefined
  /** Whether the start takes place even where the rule leaves it out: of an event it does, of AVAILABLE it does not. */
  readonly countsStart: boolean
  /** Further starts (RDATE). */
  readonly extra: readonly LocalMillis[]
  /** Starts that do not take place (EXDATE, and those that another event replaces). */
  readonly without: ReadonlySet<LocalMillis>
  /** The spans of dates in which it counts, both ends included. */
  readonly spans: readonly (readonly [CivilDay, CivilDay])[]
}

export const ALWAYS: readonly (readonly [CivilDay, CivilDay])[] = [
  [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
]
/** Recurrences are written out to 2100-12-31. */
export const LAST_DAY: CivilDay = 47_846

/** Names that Microsoft products write for TZID, of the zones met most often. */
const WINDOWS_ZONES = new Map([
  ['GMT Standard Time', 'Europe/London'],
  ['W. Europe Standard Time', 'Europe/Berlin'],
  ['Romance Standard Time', 'Europe/Paris'],
  ['Central Europe Standard Time', 'Europe/Budapest'],
  ['Central European Standard Time', 'Europe/Warsaw'],
  ['FLE Standard Time', 'Europe/Helsinki'],
  ['Russian Standard Time', 'Europe/Moscow'],
  ['Eastern Standard Time', 'America/New_York'],
  ['Central Standard Time', 'America/Chicago'],
  ['Mountain Standard Time', 'America/Denver'],
  ['Pacific Standard Time', 'America/Los_Angeles'],
  ['India Standard Time', 'Asia/Kolkata'],
  ['China Standard Time', 'Asia/Shanghai'],
  ['Tokyo Standard Time', 'Asia/Tokyo'],
  ['AUS Eastern Standard Time', 'Australia/Sydney'],
])

/** What a TZID means: itself, the last parts of a path, X-LIC-LOCATION of its VTIMEZONE, or a Windows name. */
export const zoneNames = (calendars: readonly Component[], options: ImportOptions, report: Report) => {
  const located = new Map(
    calendars.flatMap((calendar) =>
      calendar.components
        .filter((component) => component.name === 'VTIMEZONE')
        .map((zone) => [textIn(zone, 'TZID') ?? '', textIn(zone, 'X-LIC-LOCATION') ?? ''] as const),
    ),
  )
  const seen = new Map<string, string>()
  return (tzid: string, line: number): string => {
    const before = seen.get(tzid)
    if (before !== undefined) return before
    const parts = tzid.split('/')
    const guesses = [
      tzid,
      parts.slice(-2).join('/'),
      parts.slice(-3).join('/'),
      located.get(tzid),
      WINDOWS_ZONES.get(tzid),
    ]
    const known = guesses.find((name) => name !== undefined && zoneOf(name) !== undefined)
    const zone = known ?? report.zone(tzid, `line ${line}`, options)
    if (seen.size < 1_000) seen.set(tzid, zone)
    return zone
  }
}

export type ZoneNames = ReturnType<typeof zoneNames>

/** A DATE or DATE-TIME. */
interface Moment {
  readonly local: LocalMillis
  readonly zone: string | undefined
  readonly allDay: boolean
}

const momentOf = (text: string, property: Property, names: ZoneNames, report: Report): Moment | undefined => {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text.trim().toUpperCase())
  const day = match === null ? undefined : parseDate(`${match[1]}-${match[2]}-${match[3]}`)
  const second = match?.[6] === '60' ? '59' : match?.[6]
  const time = match?.[4] === undefined ? 0 : parseTime(`${match[4]}:${match[5]}:${second}`)
  if (match === null || day === undefined || time === undefined) {
    return report.refuse(
      'bad-value',
      `line ${property.line}`,
      text,
      'it is no date such as 20261225 or 20261225T090000',
    )
  }
  const tzid = property.params.get('TZID')
  const zone = match[7] === 'Z' ? 'UTC' : tzid === undefined ? undefined : names(tzid, property.line)
  return { local: day * DAY + time, zone, allDay: match[4] === undefined }
}

/** The first moment of a property. */
export const momentIn = (
  component: Component,
  name: string,
  names: ZoneNames,
  report: Report,
): Moment | undefined => {
  const property = propertyIn(component, name)
  return property === undefined ? undefined : momentOf(property.value, property, names, report)
}

/** The wall clock of one zone read in another. */
export const inZone = (local: LocalMillis, from: string, to: string): LocalMillis => {
  const [source, target] = [zoneOf(from), zoneOf(to)]
  return from === to || source === undefined || target === undefined
    ? local
    : toLocal(target, toInstant(source, local))
}

/** UNTIL counts by its instant here: the last day whose occurrence is not after it. */
const byInstant = (rule: Rule, start: LocalMillis, zone: string): Rule => {
  if (rule.until === undefined || rule.untilTime === undefined) return rule
  const written = rule.until * DAY + rule.untilTime.time
  const local = rule.untilTime.utc ? inZone(written, 'UTC', zone) : written
  const day = Math.floor(local / DAY)
  const timeOfDay = start - Math.floor(start / DAY) * DAY
  return { ...rule, until: day * DAY + timeOfDay <= local ? day : day - 1, untilTime: undefined }
}

const ruleOf = (component: Component, start: LocalMillis, zone: string, report: Report): Rule | undefined => {
  const properties = component.properties.filter(({ name }) => name === 'RRULE')
  const [property, second] = properties
  if (property === undefined) return undefined
  if (second !== undefined)
    report.note('dropped', `line ${second.line}`, second.value, 'a second RRULE of one event')
  const rule = parseRule(property.value)
  if (rule._tag === 'Right') return byInstant(rule.right, start, zone)
  return report.note(
    'dropped',
    `line ${property.line}`,
    property.value,
    `${rule.left.reason}; only its first date is read`,
  )
}

/** The moments of all properties of a name, as wall clock of the event's zone. */
const listIn = (
  component: Component,
  name: string,
  zone: string,
  names: ZoneNames,
  report: Report,
): LocalMillis[] =>
  component.properties
    .filter((property) => property.name === name)
    .flatMap((property) =>
      property.value.split(',').flatMap((text) => {
        const [begin = '', end] = text.split('/')
        if (end !== undefined)
          report.note(
            'assumed',
            `line ${property.line}`,
            text,
            'a PERIOD counts with the length of the event',
          )
        const moment = momentOf(begin, property, names, report)
        return moment === undefined ? [] : [inZone(moment.local, moment.zone ?? zone, zone)]
      }),
    )

/** Reads a VEVENT or AVAILABLE; `undefined` after reporting why there is none. */
export const sourceOf = (
  component: Component,
  primary: string,
  names: ZoneNames,
  report: Report,
): Source | undefined => {
  const path = `line ${component.line}`
  const begin = momentIn(component, 'DTSTART', names, report)
  if (begin === undefined) {
    return propertyIn(component, 'DTSTART') === undefined
      ? report.refuse('bad-syntax', path, component.name, 'it has no DTSTART')
      : undefined
  }
  const { local: start, allDay } = begin
  const zone = begin.zone ?? primary
  const end = momentIn(component, 'DTEND', names, report)
  const duration = propertyIn(component, 'DURATION')
  const stated = duration === undefined ? undefined : parseDuration(duration.value.trim().toUpperCase())
  if (duration !== undefined && stated === undefined) {
    report.refuse('bad-value', `line ${duration.line}`, duration.value, 'it is no duration such as PT8H')
  }
  const length =
    end === undefined ? (stated ?? (allDay ? DAY : 0)) : inZone(end.local, end.zone ?? zone, zone) - start
  const name = textIn(component, 'SUMMARY')
  if (length <= 0 || length > 366 * DAY) {
    return report.note('dropped', path, name ?? '', 'it lasts no time, or more than a year')
  }
  return {
    line: component.line,
    name: name === '' ? undefined : name?.slice(0, 200),
    zone,
    allDay: allDay && length % DAY === 0,
    start,
    length,
    rule: ruleOf(component, start, zone, report),
    countsStart: component.name === 'VEVENT',
    extra: listIn(component, 'RDATE', zone, names, report),
    without: new Set(listIn(component, 'EXDATE', zone, names, report)),
    spans: ALWAYS,
  }
}

/** Whether a start takes place: a date-only EXDATE stands for any time of its date. */
export const takesPlace = ({ without, spans }: Source, at: LocalMillis): boolean => {
  const day = Math.floor(at / DAY)
  return (
    !without.has(at) && !without.has(day * DAY) && spans.some(([from, until]) => from <= day && day <= until)
  )
}

/** All starts up to 2100, ascending; at most `most`, and whether there are more. */
export const startsOf = (source: Source, most: number): { starts: LocalMillis[]; more: boolean } => {
  const { start, rule, extra } = source
  if (most <= 0) return { starts: [], more: true }
  const first = Math.floor(start / DAY)
  const timeOfDay = start - first * DAY
  const ruled = rule === undefined ? [] : occurrencesBetween(rule, first, first, LAST_DAY)
  const all = [start, ...ruled.map((day) => day * DAY + timeOfDay), ...extra].filter((at) =>
    takesPlace(source, at),
  )
  const starts = [...new Set(all)].sort((a, b) => a - b)
  return { starts: starts.slice(0, most), more: starts.length > most }
}
