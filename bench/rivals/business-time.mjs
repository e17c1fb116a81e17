// Business time in npm, each set to Monday–Friday 09–13 and 14–18 with the same holidays. All but the luxon loop know only the
// host's zone. Each rival: `{ name, add?(at), elapsed?(at) }`, 8 open hours and the open milliseconds of 30 days.

import { createRequire } from 'node:module'
import dayjs from 'dayjs'
import businessTime from 'dayjs-business-time'
import { DateTime } from 'luxon'
import OpeningHours from 'opening_hours'
import { DAY, HOUR, INTERVALS } from '../lib/desk.mjs'

const require = createRequire(import.meta.url)
const moment = require('moment-business-time')
const WorkingTime = require('working-time-calculator')

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const BUDGET = 8 * HOUR
const SPAN = 30 * DAY

const viaMoment = (holidays) => {
  const day = INTERVALS.flat().map((time) => `${time}:00`)
  const workinghours = { 0: null, 1: day, 2: day, 3: day, 4: day, 5: day, 6: null }
  moment.updateLocale('en', { workinghours, holidays })
  return {
    name: 'moment-business-time 2.0.0',
    add: (at) => +moment(at).addWorkingTime(8, 'hours'),
    elapsed: (at) => moment(at + SPAN).workingDiff(moment(at), 'minutes', true) * 60_000,
  }
}

const viaDayjs = (holidays) => {
  dayjs.extend(businessTime.default ?? businessTime)
  const day = INTERVALS.map(([start, end]) => ({ start: `${start}:00`, end: `${end}:00` }))
  const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day }
  dayjs.setBusinessTime({ sunday: null, ...week, saturday: null })
  dayjs.setHolidays(holidays)
  return {
    name: 'dayjs-business-time 1.0.4',
    add: (at) => +dayjs(at).addBusinessHours(8),
    elapsed: (at) => dayjs(at).businessMinutesDiff(dayjs(at + SPAN)) * 60_000,
  }
}

const viaWorkingTime = (holidays, zone) => {
  const calculator = new WorkingTime()
  for (const [start, end] of INTERVALS) calculator.addWorkingHours(WorkingTime.WEEKDAYS, start, end, zone)
  for (const day of holidays) {
    const from = new Date(`${day}T00:00:00`)
    calculator.excludeBetween(from.toISOString(), new Date(+from + DAY).toISOString())
  }
  return {
    name: 'working-time-calculator 0.0.2',
    elapsed: (at) =>
      calculator.calcMinutesBetween(new Date(at).toISOString(), new Date(at + SPAN).toISOString()) * 60_000,
  }
}

const viaOpeningHours = (holidays) => {
  const off = holidays.map((day) => `${day.slice(0, 4)} ${MONTHS[day.slice(5, 7) - 1]} ${day.slice(8)} off`)
  const hours = new OpeningHours(
    `Mo-Fr ${INTERVALS.map((pair) => pair.join('-')).join(',')}; ${off.join('; ')}`,
  )
  const add = (at) => {
    const walk = hours.getIterator(new Date(at))
    let [left, now] = [BUDGET, at]
    for (;;) {
      const open = walk.getState()
      walk.advance()
      const next = +walk.getDate()
      if (open && next - now >= left) return now + left
      if (open) left -= next - now
      now = next
    }
  }
  return {
    name: 'opening_hours 3.15.0',
    add,
    elapsed: (at) => hours.getOpenDuration(new Date(at), new Date(at + SPAN))[0],
  }
}

const viaLuxon = (holidays, zone) => {
  const closed = new Set(holidays)
  const times = INTERVALS.map((pair) => pair.map((time) => time.split(':').map(Number)))
  const periods = (day) =>
    day.weekday > 5 || closed.has(day.toISODate())
      ? []
      : times.map((pair) => pair.map(([hour, minute]) => +day.set({ hour, minute })))
  const add = (at) => {
    let left = BUDGET
    for (let day = DateTime.fromMillis(at, { zone }).startOf('day'); ; day = day.plus({ days: 1 })) {
      for (const [from, to] of periods(day)) {
        const start = Math.max(from, at)
        if (to <= at) continue
        if (to - start >= left) return start + left
        left -= to - start
      }
    }
  }
  const elapsed = (at) => {
    let open = 0
    for (
      let day = DateTime.fromMillis(at, { zone }).startOf('day');
      +day < at + SPAN;
      day = day.plus({ days: 1 })
    ) {
      for (const [from, to] of periods(day)) open += Math.max(0, Math.min(to, at + SPAN) - Math.max(from, at))
    }
    return open
  }
  return { name: 'luxon 3.7.2, a loop over days', add, elapsed }
}

export const businessTimeRivals = (holidays, zone) =>
  [viaOpeningHours, viaMoment, viaDayjs, viaWorkingTime, viaLuxon].map((make) => make(holidays, zone))
