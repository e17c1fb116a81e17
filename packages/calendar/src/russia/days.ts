// The four kinds of days of a year: holiday, day off moved to a working day, working Saturday, day shortened by an hour.

import { type CivilDay, civilDay, formatDate, parseDate, weekdayOf } from '@clientele/core'
import { RUSSIAN_HOLIDAYS, RUSSIAN_YEARS, type RussianYear } from './years.js'

/** What is special about a date. @category definitions */
export type RussianDayKind = 'holiday' | 'moved-day-off' | 'working-saturday' | 'shortened'

/**
 * A special date. A working Saturday that is also shortened has two entries.
 *
 * @category definitions
 */
export interface RussianDay {
  readonly date: string
  readonly kind: RussianDayKind
  readonly name: string
  /** Of a working Saturday: the working day that it stands for and takes its hours from. */
  readonly standsFor?: string
}

const dayOf = (date: string): CivilDay => parseDate(date) ?? 0

const daysOf = ({ year, transfers, shortened }: RussianYear): RussianDay[] => {
  const holidays = RUSSIAN_HOLIDAYS.map(({ date, name }) => ({
    date: `${year}-${date}`,
    kind: 'holiday' as const,
    name,
  }))
  const isHoliday = (date: string): boolean => holidays.some((holiday) => holiday.date === date)
  const moved = transfers.map(({ from, to }) => ({
    date: to,
    kind: 'moved-day-off' as const,
    name: `Day off moved from ${from}`,
  }))
  const worked = transfers
    .filter(({ from }) => weekdayOf(dayOf(from)) === 5 && !isHoliday(from))
    .map(({ from, to }) => ({
      date: from,
      kind: 'working-saturday' as const,
      name: `Worked for ${to}`,
      standsFor: to,
    }))
  const short = shortened.map((date) => ({ date, kind: 'shortened' as const, name: 'Shortened by an hour' }))
  return [...holidays, ...moved, ...worked, ...short].sort((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
  )
}

/** The data of a year, or a `RangeError` that names the years known. */
export const yearOf = (year: number): RussianYear => {
  const found = RUSSIAN_YEARS.find((each) => each.year === year)
  if (found !== undefined) return found
  const known = RUSSIAN_YEARS.map((each) => each.year).join(', ')
  throw new RangeError(`the Russian production calendar of ${year} is not known here; known are ${known}`)
}

/**
 * The special dates of a year for the five-day week, ascending.
 *
 * @throws RangeError for a year that is not known; transfers are decreed, so none is computed.
 *
 * @example
 * import { russianDays } from '@clientele/calendar/russia'
 * russianDays(2024).filter((day) => day.kind === 'working-saturday').map((day) => day.date)
 * // => ['2024-04-27', '2024-11-02', '2024-12-28']
 *
 * @category definitions
 */
export const russianDays = (year: number): readonly RussianDay[] => daysOf(yearOf(year))

/** How much is worked in a month at a five-day week of 40 hours. @category definitions */
export interface RussianNorm {
  readonly days: number
  readonly hours: number
}

/**
 * The norm of a month: working days, and hours at eight a day less the shortened ones (order No. 588n of the Ministry of
 * Health of 13 August 2009).
 *
 * @throws RangeError for a year that is not known.
 *
 * @example
 * import { russianNorm } from '@clientele/calendar/russia'
 * russianNorm(2026, 1) // => { days: 15, hours: 120 }
 *
 * @category evaluate
 */
export const russianNorm = (year: number, month: number): RussianNorm => {
  const special = russianDays(year)
  const has = (date: string, ...kinds: RussianDayKind[]): boolean =>
    special.some((day) => day.date === date && kinds.includes(day.kind))
  const first = civilDay(year, month, 1)
  const next = civilDay(year, month + 1, 1)
  let [days, hours] = [0, 0]
  for (let day = first; day < next; day++) {
    const date = formatDate(day)
    const works =
      has(date, 'working-saturday') || (weekdayOf(day) < 5 && !has(date, 'holiday', 'moved-day-off'))
    if (!works) continue
    days += 1
    hours += has(date, 'shortened') ? 7 : 8
  }
  return { days, hours }
}
