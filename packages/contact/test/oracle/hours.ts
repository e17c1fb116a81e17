// Business hours as far as policies of the tests write them: a week of intervals by day, and holidays. Which dates have
// hours, and whether it is open, read off the wall clock.

import type { Definition as CalendarDefinition } from '@clientele/calendar'
import { minuteOf, WEEKDAYS, weekdayOf } from './window.js'
import { DAY, firstInstant, localAt, movedInstant } from './zone.js'

/** The calendars of the tests. */
interface Plain {
  readonly timeZone: string
  readonly week: { readonly [day: string]: readonly string[] }
  readonly holidays: readonly string[]
}

export interface Hours {
  readonly zone: string
  readonly hasHours: (day: number) => boolean
  readonly isOpen: (at: number) => boolean
  /** Times of the day at which it may open or close. */
  readonly marks: readonly number[]
}

export const hoursOf = (definition: CalendarDefinition): Hours => {
  const { timeZone, week, holidays } = definition as Plain
  const intervals = WEEKDAYS.map((name) =>
    (week[name] ?? []).map((text) => text.split('-').map(minuteOf) as [number, number]),
  )
  const on = (day: number): readonly [number, number][] =>
    holidays.includes(new Date(day * DAY).toISOString().slice(0, 10)) ? [] : intervals[weekdayOf(day)]!
  return {
    zone: timeZone,
    // a date that its zone skipped has none
    hasHours: (day) =>
      on(day).length > 0 && firstInstant(timeZone, day * DAY) < firstInstant(timeZone, (day + 1) * DAY),
    isOpen: (at) => {
      const today = Math.floor(localAt(timeZone, at) / DAY)
      // hours of a date that its zone skipped move on by a day
      return [today - 1, today].some((day) => {
        const instant = (time: number): number => movedInstant(timeZone, day * DAY + time)
        return on(day).some(([from, to]) => instant(from) <= at && at < instant(to))
      })
    },
    marks: intervals.flat(2).sort((a, b) => a - b),
  }
}
