// The naive calendar: one byte a minute. Shares no code with the engine; zone data come from temporal-polyfill, times and
// dates are read here anew. It knows a window of a few weeks and is as obvious as can be.

import { Temporal } from 'temporal-polyfill'

const MINUTE = 60_000

/** A window of minutes with what the wall clock of one zone shows in each. */
export interface Wall {
  readonly zone: string
  /** Epoch minutes, first and past the last. */
  readonly from: number
  readonly to: number
  /** Local minute by UTC minute of the window. */
  readonly local: Int32Array
  /** First UTC minute that shows a local minute, −1 where none does; counted from `localFrom`. */
  readonly firstOf: Int32Array
  readonly localFrom: number
}

const offsetMinutes = (zone: string, minute: number): number =>
  Temporal.Instant.fromEpochMilliseconds(minute * MINUTE).toZonedDateTimeISO(zone).offsetNanoseconds / 6e10

const walls = new Map<string, Wall>()

/** What the wall clock shows, minute by minute; the offset is asked at every quarter of an hour. */
export const wallOf = (zone: string, from: number, days: number): Wall => {
  const key = `${zone} ${from} ${days}`
  const known = walls.get(key)
  if (known !== undefined) return known
  const size = days * 1440
  const local = new Int32Array(size)
  for (let i = 0; i < size; i += 15) {
    const offset = offsetMinutes(zone, from + i)
    for (let j = i; j < i + 15; j++) local[j] = from + j + offset
  }
  const localFrom = local.reduce((least, minute) => Math.min(least, minute))
  const localTo = local.reduce((most, minute) => Math.max(most, minute))
  const firstOf = new Int32Array(localTo - localFrom + 1).fill(-1)
  for (let i = size - 1; i >= 0; i--) firstOf[local[i]! - localFrom] = i
  const wall = { zone, from, to: from + size, local, firstOf, localFrom }
  walls.set(key, wall)
  return wall
}

/** Index in the window of the first minute that shows a local minute; a skipped one moves forward by what was skipped. */
const indexOf = (wall: Wall, localMinute: number): number => {
  const at = localMinute - wall.localFrom
  if (at < 0) return 0
  if (at >= wall.firstOf.length) return wall.local.length
  if (wall.firstOf[at]! >= 0) return wall.firstOf[at]!
  let [before, after] = [at, at]
  while (wall.firstOf[before]! < 0) before--
  while (after < wall.firstOf.length && wall.firstOf[after]! < 0) after++
  return indexOf(wall, localMinute + (after - before - 1))
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

const rangeOf = (interval: string): readonly [number, number] => {
  const [start, end] = interval.split('-').map(minutesOf) as [number, number]
  return [start, end < start ? end + 1440 : end]
}

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

type WeekForm = '24/7' | { readonly [day: string]: readonly string[] | undefined }

/** The calendar form, as far as the oracle reads it. */
export interface PlainHours {
  readonly timeZone: string
  readonly week: WeekForm
  readonly holidays: readonly string[]
  readonly dates: { readonly [date: string]: readonly string[] }
  readonly breaks: { readonly [date: string]: readonly string[] }
  readonly effective: readonly { readonly from: string; readonly week: WeekForm }[]
}

export type PlainCalendar =
  | PlainHours
  | { readonly union: readonly PlainCalendar[] }
  | { readonly intersect: readonly PlainCalendar[] }
  | { readonly subtract: readonly [PlainCalendar, PlainCalendar] }
  | { readonly shift: readonly [PlainCalendar, number] }

const intervalsOn = (hours: PlainHours, date: string, isoWeekday: number): readonly string[] => {
  const own = hours.dates[date]
  if (own !== undefined) return own
  if (hours.holidays.includes(date)) return []
  let week = hours.week
  for (const entry of [...hours.effective].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (entry.from <= date) week = entry.week
  }
  return week === '24/7' ? ['00:00-24:00'] : (week[dayNames[isoWeekday - 1]!] ?? [])
}

const isHoliday = (hours: PlainHours, date: string): boolean =>
  hours.holidays.includes(date) && hours.dates[date] === undefined

/** Dates whose local midnight lies around the window, with their local minute of midnight. */
const datesOf = (
  wall: Wall,
): readonly { date: string; next: string; weekday: number; midnight: number }[] => {
  const days: { date: string; next: string; weekday: number; midnight: number }[] = []
  const first = Math.floor(wall.localFrom / 1440) - 2
  const last = Math.ceil((wall.localFrom + wall.firstOf.length) / 1440) + 2
  const epoch = Temporal.PlainDate.from('1970-01-01')
  for (let day = first; day <= last; day++) {
    const date = epoch.add({ days: day })
    const next = date.add({ days: 1 })
    days.push({ date: date.toString(), next: next.toString(), weekday: date.dayOfWeek, midnight: day * 1440 })
  }
  return days
}

const openHours = (hours: PlainHours, from: number, days: number): Uint8Array => {
  const wall = wallOf(hours.timeZone, from, days)
  const open = new Uint8Array(wall.local.length)
  const dates = datesOf(wall)
  for (const { date, next, weekday, midnight } of dates) {
    for (const interval of intervalsOn(hours, date, weekday)) {
      const [start, end] = rangeOf(interval)
      const cut = isHoliday(hours, next) ? Math.min(end, 1440) : end
      open.fill(
        1,
        indexOf(wall, midnight + start),
        Math.max(indexOf(wall, midnight + start), indexOf(wall, midnight + cut)),
      )
    }
  }
  for (const { date, midnight } of dates) {
    for (const interval of hours.breaks[date] ?? []) {
      const [start, end] = rangeOf(interval)
      const at = indexOf(wall, midnight + start)
      open.fill(0, at, Math.max(at, indexOf(wall, midnight + end)))
    }
  }
  return open
}

/** One byte a minute of the window: 1 where the calendar is open. */
export const openMinutes = (calendar: PlainCalendar, from: number, days: number): Uint8Array => {
  if ('timeZone' in calendar) return openHours(calendar, from, days)
  if ('shift' in calendar) {
    const by = calendar.shift[1] / MINUTE
    const wide = Math.ceil(Math.abs(by) / 1440)
    const open = openMinutes(calendar.shift[0], from - wide * 1440, days + 2 * wide)
    return open.slice(wide * 1440 - by, wide * 1440 - by + days * 1440)
  }
  if ('subtract' in calendar) {
    const [a, b] = calendar.subtract.map((part) => openMinutes(part, from, days)) as [Uint8Array, Uint8Array]
    return a.map((open, i) => (open === 1 && b[i] === 0 ? 1 : 0))
  }
  const all = 'intersect' in calendar
  const parts = (all ? calendar.intersect : calendar.union).map((part) => openMinutes(part, from, days))
  return parts[0]!.map((_, i) =>
    (all ? parts.every((part) => part[i] === 1) : parts.some((part) => part[i] === 1)) ? 1 : 0,
  )
}

/** Beyond the window: the oracle does not know. */
export const UNKNOWN = 'beyond the window'

/** Questions answered by walking the minutes of a window. */
export class Oracle {
  readonly open: Uint8Array
  readonly #from: number

  constructor(calendar: PlainCalendar, fromMinute: number, days: number) {
    this.open = openMinutes(calendar, fromMinute, days)
    this.#from = fromMinute * MINUTE
  }

  isOpen(at: number): boolean {
    return this.open[Math.floor((at - this.#from) / MINUTE)] === 1
  }

  elapsed(from: number, to: number): number {
    if (from > to) return 0 - this.elapsed(to, from)
    let total = 0
    for (let at = from; at < to; ) {
      const next = Math.min(to, (Math.floor(at / MINUTE) + 1) * MINUTE)
      if (this.isOpen(at)) total += next - at
      at = next
    }
    return total
  }

  /** The earliest x with `by` open milliseconds after `at`. */
  addForward(at: number, by: number): number | typeof UNKNOWN {
    let left = by
    const end = this.#from + this.open.length * MINUTE
    for (let now = at; now < end; ) {
      const next = (Math.floor(now / MINUTE) + 1) * MINUTE
      if (this.isOpen(now)) {
        if (next - now >= left) return now + left
        left -= next - now
      }
      now = next
    }
    return UNKNOWN
  }

  /** The latest x with `by` open milliseconds from it to `at`. */
  addBackward(at: number, by: number): number | typeof UNKNOWN {
    let left = by
    let now = at
    while (now > this.#from) {
      const previous = (Math.ceil(now / MINUTE) - 1) * MINUTE
      if (this.isOpen(previous)) {
        // exactly used up at an opening: the latest such x is that opening
        if (now - previous > left || (now - previous === left && left > 0)) return now - left
        left -= now - previous
      } else if (left === 0) return UNKNOWN
      now = previous
      if (left === 0) return now
    }
    return UNKNOWN
  }

  nextOpen(at: number): number | typeof UNKNOWN {
    for (let i = Math.floor((at - this.#from) / MINUTE); i < this.open.length; i++) {
      if (this.open[i] === 1) return Math.max(at, this.#from + i * MINUTE)
    }
    return UNKNOWN
  }

  nextClose(at: number): number | typeof UNKNOWN {
    for (let i = Math.floor((at - this.#from) / MINUTE); i + 1 < this.open.length; i++) {
      if (this.open[i] === 1 && this.open[i + 1] === 0) return this.#from + (i + 1) * MINUTE
    }
    return UNKNOWN
  }

  prevOpen(at: number): number | typeof UNKNOWN {
    for (let i = Math.ceil((at - this.#from) / MINUTE) - 1; i >= 0; i--) {
      if (this.open[i] === 1) return Math.min(at, this.#from + (i + 1) * MINUTE)
    }
    return UNKNOWN
  }

  periods(from: number, to: number): [number, number][] {
    const found: [number, number][] = []
    for (let at = from; at < to; ) {
      const next = Math.min(to, (Math.floor(at / MINUTE) + 1) * MINUTE)
      const last = found[found.length - 1]
      if (this.isOpen(at)) {
        if (last !== undefined && last[1] === at) last[1] = next
        else found.push([at, next])
      }
      at = next
    }
    return found
  }
}
