// The Russian production calendar (производственный календарь) for the five-day week, as yearly data with its sources. A new
// year is added to `years.ts` when its decree is signed.

export type { RussianDay, RussianDayKind, RussianNorm } from './days.js'
export { russianDays, russianNorm } from './days.js'
export type { RussianHours } from './hours.js'
export { russianHours } from './hours.js'
export type { FixedHoliday, RussianYear, Transfer } from './years.js'
export { RUSSIAN_HOLIDAYS, RUSSIAN_YEARS } from './years.js'
