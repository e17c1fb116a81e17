// Holidays of 200 countries from the library `date-holidays`, which the host installs and hands in: this entry imports nothing
// of it at run time. Its data is CC BY 3.0, so the attribution goes with the definition.

import { formatDate, parseDate } from '@clientele/core'
import type { Holiday, Hours } from './model.js'

/** One holiday as `date-holidays` lists it; `date` is local, `YYYY-MM-DD HH:MM:SS`. */
export interface ListedHoliday {
  readonly date: string
  readonly start: Date
  readonly end: Date
  readonly name: string
  readonly type: string
  readonly substitute?: boolean | undefined
}

/** What is asked of an instance of `date-holidays`. @category ports */
export interface HolidaySource {
  getHolidays(year: number): readonly ListedHoliday[]
}

/** The constructor of `date-holidays`. @category ports */
export type HolidaySourceClass = new (country: string, state: string, region: string) => HolidaySource

/** Kinds of holidays in `date-holidays`. @category definitions */
export type HolidayType = 'public' | 'bank' | 'school' | 'optional' | 'observance'

/**
 * Which holidays are taken.
 *
 * @category definitions
 */
export interface HolidayChoice {
  readonly years: readonly number[]
  /** Default: `public` alone. */
  readonly types?: readonly HolidayType[]
  /**
   * When a holiday falls on a weekend and is given back on another day: the day given back (`observed`), the day itself
   * (`actual`), or `both` (default). 4 July 2026 is a Saturday: observed is Friday 3 July.
   */
  readonly on?: 'observed' | 'actual' | 'both'
}

/** Names what the data owes to its authors. */
const ATTRIBUTION = {
  source: 'date-holidays',
  license: 'CC BY 3.0',
  url: 'https://github.com/commenthol/date-holidays',
} as const

/**
 * An instance for a country, state and region, by the constructor that the host imports.
 *
 * @example
 * import DateHolidays from 'date-holidays'
 * import { holidaySource } from '@clientele/calendar/date-holidays'
 * holidaySource(DateHolidays, { country: 'DE', state: 'BE' }).getHolidays(2026).length > 5 // => true
 *
 * @category ports
 */
export const holidaySource = (
  library: HolidaySourceClass,
  place: { readonly country: string; readonly state?: string; readonly region?: string },
): HolidaySource => new library(place.country, place.state ?? '', place.region ?? '')

/** The civil dates that a listed holiday touches: `end` is exclusive, and most last one day. */
const datesOf = ({ date, start, end }: ListedHoliday): string[] => {
  const first = parseDate(date.slice(0, 10))
  if (first === undefined) return []
  // some begin at sunset of the evening before and reach into a second date: whole days are counted, rounded
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
  return Array.from({ length: Math.min(days, 366) }, (_, i) => formatDate(first + i))
}

const isSubstitute = (holiday: ListedHoliday): boolean => holiday.substitute === true

/**
 * The holidays of some years, ascending, one a date; of two on one date the first name stays. Which day counts when one
 * falls on a weekend is the caller's choice, as are the types.
 *
 * @example
 * import DateHolidays from 'date-holidays'
 * import { holidaysFrom, holidaySource } from '@clientele/calendar/date-holidays'
 * const us = holidaySource(DateHolidays, { country: 'US' })
 * const listed = holidaysFrom(us, { years: [2026], on: 'observed' })
 * listed.filter((day) => day.date.startsWith('2026-07')).map((day) => day.date) // => ['2026-07-03']
 *
 * @category definitions
 */
export const holidaysFrom = (
  source: HolidaySource,
  { years, types = ['public'], on = 'both' }: HolidayChoice,
): readonly { readonly date: string; readonly name: string }[] => {
  const found = new Map<string, string>()
  for (const year of [...new Set(years)].sort((a, b) => a - b)) {
    const listed = source.getHolidays(year).filter(({ type }) => types.some((each) => each === type))
    const given = listed.filter(isSubstitute)
    const isGivenBack = (holiday: ListedHoliday): boolean =>
      given.some(({ name, start }) => name.startsWith(holiday.name) && near(start, holiday.start))
    for (const holiday of listed) {
      if (on === 'actual' && isSubstitute(holiday)) continue
      if (on === 'observed' && !isSubstitute(holiday) && isGivenBack(holiday)) continue
      for (const date of datesOf(holiday)) if (!found.has(date)) found.set(date, holiday.name)
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, name]) => ({ date, name }))
}

/** A day given back lies within a week of the day itself. */
const near = (a: Date, b: Date): boolean => Math.abs(a.getTime() - b.getTime()) <= 7 * 86_400_000

/**
 * Hours with the holidays of a place put in; the attribution that the data's license asks for stands in `meta`.
 *
 * @example
 * import DateHolidays from 'date-holidays'
 * import { holidaySource, hoursWithHolidays } from '@clientele/calendar/date-holidays'
 * const week = { mon: ['09:00-17:00'] }
 * const source = holidaySource(DateHolidays, { country: 'FR' })
 * const hours = hoursWithHolidays({ timeZone: 'Europe/Paris', week }, source, { years: [2026] })
 * hours.holidays?.length // => 11
 *
 * @category definitions
 */
export const hoursWithHolidays = (hours: Hours, source: HolidaySource, choice: HolidayChoice): Hours => {
  const added: readonly Holiday[] = holidaysFrom(source, choice)
  return {
    ...hours,
    holidays: [...(hours.holidays ?? []), ...added],
    meta: { own: hours.meta ?? null, holidays: ATTRIBUTION },
  }
}
