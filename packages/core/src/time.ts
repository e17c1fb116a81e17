// Time at the edges: ISO 8601 text to numbers and back, and the arithmetic of civil days.
// Inside the engines an instant and a duration are plain numbers of milliseconds. Zones live in `zone.ts`.

/** Epoch milliseconds, UTC. @category definitions */
export type Instant = number
/** A length of elapsed time in milliseconds. @category definitions */
export type Millis = number
/** Days since 1970-01-01 of the proleptic Gregorian calendar. @category definitions */
export type CivilDay = number
/** Milliseconds since 1970-01-01T00:00 on a wall clock, whatever its zone. @category definitions */
export type LocalMillis = number

/** A second in milliseconds. @category definitions */
export const SECOND = 1_000
/** A minute in milliseconds. @category definitions */
export const MINUTE = 60_000
/** An hour in milliseconds. @category definitions */
export const HOUR = 3_600_000
/** A day of 24 hours in milliseconds. @category definitions */
export const DAY = 86_400_000
/** The first instant the engines know: 1970-01-01T00:00:00Z. @category definitions */
export const FIRST_INSTANT: Instant = 0
/** The end of the known range, exclusive: 2101-01-01T00:00:00Z. @category definitions */
export const LAST_INSTANT: Instant = 4_133_980_800_000

/** Weekday names of the JSON forms; Monday is 0, as in ISO 8601. @category definitions */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** A weekday in the JSON forms. @category definitions */
export type Weekday = (typeof WEEKDAYS)[number]

/**
 * The civil day of a date, by the algorithm of Howard Hinnant, "chrono-compatible low-level date algorithms"
 * (2013). Months and days outside their range give the day that many months or days on.
 *
 * @example
 * import { civilDay } from '@clientele/core'
 * civilDay(1970, 1, 1) // => 0
 * civilDay(2026, 12, 25) // => 20812
 *
 * @category definitions
 */
export const civilDay = (year: number, month: number, day: number): CivilDay => {
  // a year begins in March, so that the leap day ends it
  const turns = Math.floor((month - 3) / 12)
  const y = year + turns
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const monthOfYear = month - 3 - turns * 12
  const dayOfYear = Math.floor((153 * monthOfYear + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** A date taken apart. @category definitions */
export interface CivilDate {
  /** Four digits. */
  readonly year: number
  /** 1…12 */
  readonly month: number
  /** 1…31 */
  readonly day: number
}

/**
 * The date of a civil day; the inverse of {@link civilDay}.
 *
 * @example
 * import { civilDate } from '@clientele/core'
 * civilDate(20812) // => { year: 2026, month: 12, day: 25 }
 *
 * @category definitions
 */
export const civilDate = (civil: CivilDay): CivilDate => {
  const shifted = civil + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/**
 * The weekday of a civil day, Monday 0 … Sunday 6.
 *
 * @example
 * import { weekdayOf } from '@clientele/core'
 * weekdayOf(0) // => 3
 *
 * @category definitions
 */
export const weekdayOf = (civil: CivilDay): number => (((civil + 3) % 7) + 7) % 7

/**
 * How many days a month has.
 *
 * @example
 * import { daysInMonth } from '@clientele/core'
 * daysInMonth(2028, 2) // => 29
 *
 * @category definitions
 */
export const daysInMonth = (year: number, month: number): number =>
  civilDay(year, month + 1, 1) - civilDay(year, month, 1)

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Reads `YYYY-MM-DD`; `undefined` when it is no date.
 *
 * @example
 * import { parseDate } from '@clientele/core'
 * parseDate('2026-12-25') // => 20812
 * parseDate('2026-02-30') // => undefined
 *
 * @category definitions
 */
export const parseDate = (text: string): CivilDay | undefined => {
  const match = DATE.exec(text)
  if (match === null) return undefined
  const civil = civilDay(Number(match[1]), Number(match[2]), Number(match[3]))
  // of 30 February the arithmetic makes 2 March
  return formatDate(civil) === text ? civil : undefined
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/**
 * Prints a civil day as `YYYY-MM-DD`.
 *
 * @example
 * import { formatDate } from '@clientele/core'
 * formatDate(20812) // => '2026-12-25'
 *
 * @category definitions
 */
export const formatDate = (civil: CivilDay): string => {
  const { year, month, day } = civilDate(civil)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/

/**
 * Reads a time of day, `HH:MM` or `HH:MM:SS`, as milliseconds after midnight; `24:00` is the end of the day.
 * `undefined` when it is none.
 *
 * @example
 * import { parseTime } from '@clientele/core'
 * parseTime('09:30') // => 34200000
 * parseTime('25:00') // => undefined
 *
 * @category definitions
 */
export const parseTime = (text: string): Millis | undefined => {
  const match = TIME.exec(text)
  if (match === null) return undefined
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  const fraction = Math.floor(Number(`0.${match[4] ?? 0}`) * 1_000)
  if (minutes > 59 || seconds > 59) return undefined
  const millis = hours * HOUR + minutes * MINUTE + seconds * SECOND + fraction
  return millis <= DAY ? millis : undefined
}

/**
 * Prints milliseconds after midnight as `HH:MM`, with seconds and milliseconds only where there are any.
 *
 * @example
 * import { formatTime } from '@clientele/core'
 * formatTime(34200000) // => '09:30'
 *
 * @category definitions
 */
export const formatTime = (millis: Millis): string => {
  const rest = millis % MINUTE
  const clock = `${pad(Math.floor(millis / HOUR), 2)}:${pad(Math.floor(millis / MINUTE) % 60, 2)}`
  if (rest === 0) return clock
  const seconds = `${clock}:${pad(Math.floor(rest / SECOND), 2)}`
  return rest % SECOND === 0 ? seconds : `${seconds}.${pad(rest % SECOND, 3)}`
}

/**
 * Reads a local time without an offset, `YYYY-MM-DDTHH:MM[:SS[.sss]]`; `undefined` when it is none.
 *
 * @example
 * import { parseLocal } from '@clientele/core'
 * parseLocal('1970-01-02T00:00') // => 86400000
 *
 * @category definitions
 */
export const parseLocal = (text: string): LocalMillis | undefined => {
  if (text[10] !== 'T' && text[10] !== 't') return undefined
  const day = parseDate(text.slice(0, 10))
  const time = parseTime(text.slice(11))
  return day === undefined || time === undefined || time === DAY ? undefined : day * DAY + time
}

const OFFSET = /(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/

/**
 * Reads an ISO 8601 instant with `Z` or an offset (RFC 3339); `undefined` when it is none. Digits below a
 * millisecond are dropped.
 *
 * @example
 * import { parseInstant } from '@clientele/core'
 * parseInstant('1970-01-01T03:00:00+03:00') // => 0
 * parseInstant('1970-01-01T00:00:00') // => undefined
 *
 * @category definitions
 */
export const parseInstant = (text: string): Instant | undefined => {
  if (text.length > 40) return undefined
  const match = OFFSET.exec(text)
  if (match === null) return undefined
  const local = parseLocal(text.slice(0, match.index))
  const offset = match[1] === undefined ? 0 : parseTime(`${match[2]}:${match[3]}`)
  if (local === undefined || offset === undefined || offset === DAY) return undefined
  return match[1] === '+' ? local - offset : local + offset
}

/**
 * Prints wall-clock milliseconds as `YYYY-MM-DDTHH:MM:SS`, with milliseconds only where there are any.
 *
 * @example
 * import { formatLocal } from '@clientele/core'
 * formatLocal(86400000) // => '1970-01-02T00:00:00'
 *
 * @category definitions
 */
export const formatLocal = (local: LocalMillis): string => {
  const day = Math.floor(local / DAY)
  const rest = local - day * DAY
  const clock = formatTime(rest)
  return `${formatDate(day)}T${clock.length === 5 ? `${clock}:00` : clock}`
}

/**
 * Prints an instant in UTC with `Z`, with milliseconds only where there are any.
 *
 * @example
 * import { formatInstant } from '@clientele/core'
 * formatInstant(0) // => '1970-01-01T00:00:00Z'
 *
 * @category definitions
 */
export const formatInstant = (instant: Instant): string => `${formatLocal(instant)}Z`

const DURATION = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,9}))?S)?)?$/
/** A thousand years: longer is refused, so sums of durations stay exact integers. */
const LONGEST_DURATION = 1_000 * 366 * DAY

/**
 * Reads an ISO 8601 duration of weeks, days and smaller (`PT8H`, `P3D`, `-PT15M`, `PT0.1S`) as milliseconds, a day
 * being 24 hours of whatever is counted. Months and years are refused, as is anything over a thousand years:
 * `undefined`.
 *
 * @example
 * import { parseDuration } from '@clientele/core'
 * parseDuration('PT8H') // => 28800000
 * parseDuration('P1M') // => undefined
 *
 * @category definitions
 */
export const parseDuration = (text: string): Millis | undefined => {
  if (text.length > 64) return undefined
  const match = DURATION.exec(text)
  if (match === null || /[PT]$/.test(text)) return undefined
  const part = (index: number): number => Number(match[index] ?? 0)
  const fraction = Math.round(Number(`0.${match[7] ?? 0}`) * 1_000)
  const millis =
    (part(2) * 7 + part(3)) * DAY + part(4) * HOUR + part(5) * MINUTE + part(6) * SECOND + fraction
  if (millis > LONGEST_DURATION) return undefined
  return match[1] === '-' && millis !== 0 ? -millis : millis
}

/**
 * Prints milliseconds as an ISO 8601 duration in days, hours, minutes and seconds.
 *
 * @example
 * import { formatDuration } from '@clientele/core'
 * formatDuration(30 * 3600000) // => 'P1DT6H'
 * formatDuration(0) // => 'PT0S'
 *
 * @category definitions
 */
export const formatDuration = (millis: Millis): string => {
  const size = Math.abs(millis)
  const days = Math.floor(size / DAY)
  const hours = Math.floor((size % DAY) / HOUR)
  const minutes = Math.floor((size % HOUR) / MINUTE)
  const seconds = (size % MINUTE) / SECOND
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`
  const text = `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`
  return `${millis < 0 ? '-' : ''}${text === 'P' ? 'PT0S' : text}`
}
