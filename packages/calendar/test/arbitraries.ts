// Random calendars around a moment: weeks, overnight shifts, holidays, dates, breaks, changes of week, and the algebra.

import fc from 'fast-check'
import type { PlainCalendar, PlainHours } from './oracle.js'

/** Zones with daylight saving, half and quarter hours, changes of rule, and jumps over the date line. */
export const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Dublin',
  'Europe/Istanbul',
  'Europe/Samara',
  'Europe/Volgograd',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Asia/Kabul',
  'Asia/Yangon',
  'Asia/Pyongyang',
  'Asia/Tokyo',
  'Asia/Gaza',
  'Asia/Amman',
  'Asia/Beirut',
  'Asia/Dhaka',
  'Asia/Anadyr',
  'Asia/Kamchatka',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Africa/El_Aaiun',
  'Africa/Juba',
  'Africa/Windhoek',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'America/Caracas',
  'America/Asuncion',
  'America/Santiago',
  'America/Scoresbysund',
  'America/Argentina/San_Luis',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Australia/Eucla',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Kwajalein',
  'Pacific/Chatham',
  'Pacific/Fakaofo',
  'Pacific/Tongatapu',
  'Pacific/Norfolk',
  'Antarctica/Troll',
  'Antarctica/Casey',
  'Atlantic/Azores',
] as const

/** Words of the form of a calendar and values near them, for `jsonDocument`. */
export const WORDS = [
  'timeZone',
  'week',
  'holidays',
  'dates',
  'breaks',
  'effective',
  'from',
  'date',
  'rrule',
  'name',
  'union',
  'intersect',
  'subtract',
  'shift',
  'version',
  'meta',
  'mon',
  'tue',
  'sun',
  'UTC',
  'Europe/Moscow',
  '24/7',
  '09:00-18:00',
  '22:00-06:00',
  '00:00-24:00',
  '2026-01-01',
  '2026-13-01',
  'FREQ=DAILY',
  'FREQ=YEARLY;BYMONTH=12',
  'PT1H',
] as const

const DAY = 86_400_000

const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Mostly on quarter hours, sometimes on any minute; a third run over midnight; never of equal ends. */
const interval: fc.Arbitrary<string> = fc
  .tuple(fc.nat(95), fc.integer({ min: 1, max: 95 }), fc.constantFrom(0, 0, 0, 7), fc.boolean())
  .map(([start, length, minute, toMidnight]) => {
    const from = start * 15 + minute
    const to = toMidnight ? 1440 : (from + length * 15) % 1440
    return `${time(from)}-${time(to)}`
  })
  .filter((text) => text.slice(0, 5) !== text.slice(6))

const intervals = fc.array(interval, { maxLength: 3 })

const week = fc.oneof(
  { weight: 1, arbitrary: fc.constant('24/7' as const) },
  {
    weight: 9,
    arbitrary: fc.record(
      {
        mon: intervals,
        tue: intervals,
        wed: intervals,
        thu: intervals,
        fri: intervals,
        sat: intervals,
        sun: intervals,
      },
      { requiredKeys: [] },
    ),
  },
)

const dateNear = (center: number): fc.Arbitrary<string> =>
  fc.integer({ min: -25, max: 25 }).map((days) => new Date(center + days * DAY).toISOString().slice(0, 10))

const byDate = (center: number) => fc.dictionary(dateNear(center), intervals, { maxKeys: 4 })

const hours = (center: number, zones: readonly string[]): fc.Arbitrary<PlainHours> =>
  fc.record({
    timeZone: fc.constantFrom(...zones),
    week,
    holidays: fc.uniqueArray(dateNear(center), { maxLength: 5 }),
    dates: byDate(center),
    breaks: byDate(center),
    effective: fc.uniqueArray(fc.record({ from: dateNear(center), week }), {
      maxLength: 2,
      selector: ({ from }) => from,
    }),
  })

/** A calendar whose dates lie within some weeks of `center` (epoch milliseconds). */
export const calendarAround = (center: number, zones: readonly string[]): fc.Arbitrary<PlainCalendar> => {
  const leaf = hours(center, zones)
  const shifts = fc.integer({ min: -100, max: 100 }).map((quarters) => quarters * 900_000)
  return fc.oneof(
    { weight: 6, arbitrary: leaf },
    {
      weight: 1,
      arbitrary: fc.array(leaf, { minLength: 1, maxLength: 3 }).map((parts) => ({ union: parts })),
    },
    {
      weight: 1,
      arbitrary: fc.array(leaf, { minLength: 1, maxLength: 3 }).map((parts) => ({ intersect: parts })),
    },
    { weight: 1, arbitrary: fc.tuple(leaf, leaf).map((parts) => ({ subtract: parts })) },
    { weight: 1, arbitrary: fc.tuple(leaf, shifts).map((parts) => ({ shift: parts })) },
  )
}

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
