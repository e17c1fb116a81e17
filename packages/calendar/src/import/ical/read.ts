// iCalendar to a calendar: events that close or open, and the availability of RFC 7953.

import { DAY } from '@clientele/core'
import type { Definition } from '../../model.js'
import { type ImportOptions, type ImportResult, LONGEST_SOURCE, Report, refused } from '../report.js'
import { closingOf } from './closing.js'
import { openingOf } from './opening.js'
import { inZone, momentIn, type Source, sourceOf, type ZoneNames, zoneNames } from './source.js'
import { type Component, parseText, propertyIn, textIn } from './text.js'

const MOST_EVENTS = 10_000
const MOST_AVAILABILITIES = 100
/** Parts of a calendar that say nothing of hours. */
const SILENT = ['VTIMEZONE', 'VEVENT', 'VAVAILABILITY']

/** The events that take place, with those left out that an event of their own replaces (RECURRENCE-ID). */
const eventsOf = (
  calendars: readonly Component[],
  primary: string,
  names: ZoneNames,
  report: Report,
): Source[] => {
  const events = calendars.flatMap((calendar) => calendar.components.filter(({ name }) => name === 'VEVENT'))
  const live = events.filter((event) => {
    const cancelled = propertyIn(event, 'STATUS')?.value.toUpperCase() === 'CANCELLED'
    if (cancelled)
      report.note('dropped', `line ${event.line}`, textIn(event, 'SUMMARY') ?? '', 'it is cancelled')
    return !cancelled
  })
  const replaced = new Map<string, number[]>()
  for (const event of events) {
    const moment = momentIn(event, 'RECURRENCE-ID', names, report)
    const uid = textIn(event, 'UID')
    if (moment === undefined || uid === undefined) continue
    replaced.set(uid, [...(replaced.get(uid) ?? []), inZone(moment.local, moment.zone ?? primary, 'UTC')])
  }
  return live.flatMap((event) => {
    const source = sourceOf(event, primary, names, report)
    const gone = replaced.get(textIn(event, 'UID') ?? '')
    if (source === undefined) return []
    if (gone === undefined || propertyIn(event, 'RECURRENCE-ID') !== undefined) return [source]
    const without = gone.map((at) => (source.allDay ? at : inZone(at, 'UTC', source.zone)))
    return [{ ...source, without: new Set([...source.without, ...without]) }]
  })
}

type Span = readonly [from: number, until: number]

/** What is left of spans of dates when others are taken out. */
const minus = (spans: readonly Span[], taken: readonly Span[]): Span[] =>
  taken.reduce<Span[]>(
    (rest, [from, until]) =>
      rest.flatMap(([a, b]): Span[] => {
        if (until < a || from > b) return [[a, b]]
        const parts: Span[] = [
          [a, from - 1],
          [until + 1, b],
        ]
        return parts.filter(([first, last]) => first <= last)
      }),
    [...spans],
  )

/** RFC 7953: of availabilities that speak of the same date, the one with the highest priority (1, then 2 … 9, then 0) holds. */
const availableOf = (
  calendars: readonly Component[],
  primary: string,
  names: ZoneNames,
  report: Report,
): Source[] => {
  const rank = (component: Component): number => {
    const given = Number(propertyIn(component, 'PRIORITY')?.value ?? 0)
    return Number.isInteger(given) && given >= 1 && given <= 9 ? given : 10
  }
  const all = calendars.flatMap((calendar) =>
    calendar.components.filter(({ name }) => name === 'VAVAILABILITY'),
  )
  if (all.length > MOST_AVAILABILITIES) {
    report.refuse('too-large', '', 'VAVAILABILITY', `there are more than ${MOST_AVAILABILITIES}`)
    return []
  }
  const taken: Span[] = []
  return [...all]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((component) => {
      const path = `line ${component.line}`
      const busy = propertyIn(component, 'BUSYTYPE')?.value.toUpperCase() ?? 'BUSY-UNAVAILABLE'
      if (busy !== 'BUSY-UNAVAILABLE')
        report.note('dropped', path, busy, 'all that is not available is closed here, of whatever kind')
      const [begin, end] = ['DTSTART', 'DTEND'].map((name) => momentIn(component, name, names, report))
      if ([begin, end].some((moment) => moment !== undefined && moment.local % DAY !== 0)) {
        report.note('assumed', path, 'DTSTART', 'its limits are taken by date, as if they were at midnight')
      }
      const from = begin === undefined ? Number.NEGATIVE_INFINITY : Math.floor(begin.local / DAY)
      const until = end === undefined ? Number.POSITIVE_INFINITY : Math.ceil(end.local / DAY) - 1
      const spans = minus([[from, until]], taken)
      taken.push([from, until])
      const parts = component.components.filter(({ name }) => name === 'AVAILABLE')
      return parts.flatMap((part) => {
        const source = sourceOf(part, primary, names, report)
        return source === undefined ? [] : [{ ...source, spans }]
      })
    })
}

/** The hours of sources; one calendar a zone. */
const hoursOf = (sources: readonly Source[], primary: string, report: Report): Definition => {
  const zones = [...new Set(sources.map(({ zone }) => zone))]
  if (zones.length === 0) return { timeZone: primary, week: {} }
  const parts = zones.map((zone) =>
    openingOf(
      sources.filter((source) => source.zone === zone),
      zone,
      report,
    ),
  )
  return parts.length === 1 ? parts[0]! : { union: parts }
}

/**
 * Reads iCalendar (RFC 5545). With `as: 'holidays'` (the default) events close: whole days become holidays, recurring ones
 * where their rule can be kept, hours become breaks; the week is that of VAVAILABILITY (RFC 7953, by priority), else 24/7,
 * to be intersected with hours of your own. With `as: 'hours'` events open: those that recur every week become weeks, valid
 * from their start to their UNTIL, all others `dates`. RRULE, RDATE, EXDATE and RECURRENCE-ID are followed; recurrences that
 * have to be written out end in 2100. Zones come from TZID, X-WR-TIMEZONE or the option; events that open in several zones
 * become a union.
 *
 * @example
 * import { fromICalendar } from '@clientele/calendar/import'
 * const event = ['BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20261225', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas', 'END:VEVENT']
 * const read = fromICalendar(['BEGIN:VCALENDAR', ...event, 'END:VCALENDAR'].join('\r\n'), { timeZone: 'Europe/Paris' })
 * if (read._tag === 'Right') 'holidays' in read.right.definition && read.right.definition.holidays
 * // => [{ rrule: 'FREQ=YEARLY', from: '2026-12-25', name: 'Christmas' }]
 *
 * @category compile
 */
export const fromICalendar = (text: string, options: ImportOptions = {}): ImportResult => {
  if (text.length > LONGEST_SOURCE)
    return refused('too-large', '', text, `it is longer than ${LONGEST_SOURCE} characters`)
  const report = new Report()
  const calendars = parseText(text, report).components.filter(({ name }) => name === 'VCALENDAR')
  const parts = calendars.flatMap(({ components }) => components)
  if (calendars.length === 0 && report.issues.length === 0) {
    return refused('nothing-found', '', text, 'there is no VCALENDAR in it')
  }
  if (parts.length > MOST_EVENTS)
    return refused('too-large', '', '', `it has more than ${MOST_EVENTS} components`)
  for (const part of parts) {
    if (!SILENT.includes(part.name))
      report.note('dropped', `line ${part.line}`, part.name, 'it says nothing of hours')
  }
  const names = zoneNames(calendars, options, report)
  const primary = primaryZone(calendars, options, names, report)
  const events = eventsOf(calendars, primary, names, report)
  const available = availableOf(calendars, primary, names, report)
  if (options.as === 'hours') return report.result(hoursOf([...events, ...available], primary, report))
  const closing = { timeZone: primary, week: '24/7' as const, ...closingOf(events, primary, report) }
  if (parts.some(({ name }) => name === 'VAVAILABILITY')) {
    const hours = hoursOf(available, primary, report)
    return report.result(events.length === 0 ? hours : { intersect: [hours, closing] })
  }
  report.note('assumed', '', '', 'it holds no opening hours; the week is 24/7 less what its events close')
  return report.result(closing)
}

/** The zone of times that name none: the option, X-WR-TIMEZONE, or the first TZID. */
const primaryZone = (
  calendars: readonly Component[],
  options: ImportOptions,
  names: ZoneNames,
  report: Report,
): string => {
  if (options.timeZone !== undefined) return report.zone(undefined, '', options)
  const stated = calendars.flatMap((calendar) => propertyIn(calendar, 'X-WR-TIMEZONE') ?? [])[0]
  if (stated !== undefined) return names(stated.value.trim(), stated.line)
  const parts = calendars
    .flatMap(({ components }) => components)
    .flatMap((part) => [part, ...part.components])
  const starts = parts.flatMap((part) =>
    part.name === 'VTIMEZONE' ? [] : (propertyIn(part, 'DTSTART') ?? []),
  )
  const zoned = starts.find(({ params }) => params.has('TZID'))
  if (zoned !== undefined) return names(zoned.params.get('TZID')!, zoned.line)
  return report.zone(undefined, '', options)
}
