// The desk that calendars are raced on: Monday–Friday 09–13 and 14–18, ten holidays, random whole seconds of 2026.

import { randomFrom } from './random.mjs'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const ZONE = 'Europe/Moscow'
export const INTERVALS = [
  ['09:00', '13:00'],
  ['14:00', '18:00'],
]
export const HOLIDAYS = [
  ...['2026-01-01', '2026-01-02', '2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08'],
  ...['2026-02-23', '2026-03-09', '2026-05-01', '2026-06-12'],
]

const day = INTERVALS.map((pair) => pair.join('-'))

/** The desk in Clientele's form. */
export const DESK = {
  timeZone: ZONE,
  week: { mon: day, tue: day, wed: day, thu: day, fri: day },
  holidays: HOLIDAYS,
}

/** Random whole seconds from the start of 2026 to 20 November, so that 30 days more are still in the year. */
export const instants = (count, seed = 42) => {
  const random = randomFrom(seed)
  const from = Date.UTC(2026, 0, 1)
  const seconds = (Date.UTC(2026, 10, 20) - from) / 1000
  return Float64Array.from({ length: count }, () => from + Math.floor(random() * seconds) * 1000)
}
