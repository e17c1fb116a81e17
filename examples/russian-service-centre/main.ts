// A Russian service centre: repairs promised in working hours, over the May holidays, by the production calendar.
// Days off are moved by decree each year, so they are data, not a rule; `@clientele/calendar/russia` ships the years.

import * as Calendar from '@clientele/calendar'
import { formatHours } from '@clientele/calendar/format'
import { russianHours } from '@clientele/calendar/russia'
import { formatInstant, HOUR, type Instant, parseInstant, renderLedger } from '@clientele/core'

/** The counter's hours: lunch, a short Friday, and Saturdays, which the production calendar does not know. */
export const hours = russianHours({
  timeZone: 'Asia/Yekaterinburg',
  week: {
    mon: ['09:00-13:00', '14:00-18:00'],
    tue: ['09:00-13:00', '14:00-18:00'],
    wed: ['09:00-13:00', '14:00-18:00'],
    thu: ['09:00-13:00', '14:00-18:00'],
    fri: ['09:00-13:00', '14:00-17:00'],
    sat: ['10:00-14:00'],
  },
  years: [2025, 2026],
})

const centre = Calendar.compileOrThrow(hours)

/** When a repair that needs so many working hours is ready, and the hours it is made of. */
export const readyAt = (
  received: Instant,
  workingHours: number,
): { readonly at: string; readonly why: string } => {
  const { verdict, ledger } = Calendar.explainAdd(centre, received, workingHours * HOUR)
  return { at: formatInstant(verdict), why: renderLedger(ledger) }
}

/** Until when a customer must be answered: a number of business days, as the contract counts them. */
export const answerBy = (received: Instant, businessDays: number): string =>
  formatInstant(Calendar.addBusinessDays(centre, received, businessDays))

/** What hangs on the door. */
export const sign = (date: string): string =>
  formatHours(hours, date, 'ru', { closed: 'выходной' }).join('\n')

/** A machine brought in on the eve of the May holidays, at four in the afternoon. */
export const example = () => {
  const received = parseInstant('2026-04-30T16:00:00+05:00') ?? Number.NaN
  return { repair: readyAt(received, 8), answer: answerBy(received, 3), sign: sign('2026-04-30') }
}
