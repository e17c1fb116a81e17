// The working days of Russia as a calendar of which only the dates matter: open is a working day, closed is a weekend or a
// non-working holiday.

import type { Hours } from '@clientele/calendar'
import { RUSSIAN_HOLIDAYS, RUSSIAN_YEARS, russianHours } from '@clientele/calendar/russia'

const YEARS = RUSSIAN_YEARS.map(({ year }) => year)

/** The last year whose transfers are decreed and known. */
export const LAST_YEAR_KNOWN: number = Math.max(...YEARS)

/** How many years the fixed holidays are written out beyond it. */
const YEARS_AHEAD = 10

const WORKED = ['09:00-18:00']

const known = russianHours({
  week: { mon: WORKED, tue: WORKED, wed: WORKED, thu: WORKED, fri: WORKED },
  years: YEARS,
})

const ahead = Array.from({ length: YEARS_AHEAD }, (_, i) => LAST_YEAR_KNOWN + 1 + i).flatMap((year) =>
  RUSSIAN_HOLIDAYS.map(({ date, name }) => ({ date: `${year}-${date}`, name })),
)

/** Working Saturdays and moved days off by decree; in later years the fixed holidays alone. */
export const WORKING_DAYS: Hours = { ...known, holidays: [...(known.holidays ?? []), ...ahead] }
