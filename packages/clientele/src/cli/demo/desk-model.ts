// The imagined desk: who writes to it, through which channels, when, and what the work costs. All of it is invented,
// in the proportions of an ordinary support department; `desk.ts` brings it to life.

import type { Weekday } from '@clientele/core'

export const CHANNELS = ['phone', 'email', 'chat', 'forum', 'office'] as const
export type Channel = (typeof CHANNELS)[number]

export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const
export type Priority = (typeof PRIORITIES)[number]

/** A team and its customers. */
export interface Region {
  readonly id: string
  readonly zone: string
  readonly share: number
  readonly hours: { readonly [day in Weekday]?: readonly string[] }
  readonly holidays: readonly { readonly date: string; readonly name: string }[]
}

const weekdays = (interval: string): Region['hours'] => ({
  mon: [interval],
  tue: [interval],
  wed: [interval],
  thu: [interval],
  fri: [interval],
})

const RUSSIAN = [
  { date: '2026-02-23', name: 'Defender of the Fatherland Day' },
  { date: '2026-03-09', name: "Women's Day, moved from Sunday" },
]

export const REGIONS: readonly Region[] = [
  {
    id: 'moscow',
    zone: 'Europe/Moscow',
    share: 0.46,
    hours: { ...weekdays('08:00-20:00'), sat: ['10:00-16:00'] },
    holidays: RUSSIAN,
  },
  { id: 'berlin', zone: 'Europe/Berlin', share: 0.22, hours: weekdays('09:00-18:00'), holidays: [] },
  {
    id: 'yekaterinburg',
    zone: 'Asia/Yekaterinburg',
    share: 0.2,
    hours: weekdays('09:00-18:00'),
    holidays: RUSSIAN,
  },
  {
    id: 'novosibirsk',
    zone: 'Asia/Novosibirsk',
    share: 0.12,
    hours: weekdays('09:00-18:00'),
    holidays: RUSSIAN,
  },
]

/** How a channel behaves. */
export interface ChannelModel {
  readonly share: number
  /** Live channels are answered by whoever is on duty anywhere; customers come only while somebody is. */
  readonly live: boolean
  /** Shares of the priorities, in their order. */
  readonly priorities: readonly number[]
  /** Minutes of work before the first answer and in all of the first contact, medians. */
  readonly answerMinutes: number
  readonly contactMinutes: number
  /** How often the first contact settles it. */
  readonly settled: number
}

export const CHANNEL_MODELS: { readonly [channel in Channel]: ChannelModel } = {
  phone: {
    share: 0.3,
    live: true,
    priorities: [0.1, 0.25, 0.55, 0.1],
    answerMinutes: 0,
    contactMinutes: 7,
    settled: 0.58,
  },
  email: {
    share: 0.32,
    live: false,
    priorities: [0.05, 0.17, 0.58, 0.2],
    answerMinutes: 9,
    contactMinutes: 13,
    settled: 0.34,
  },
  chat: {
    share: 0.22,
    live: true,
    priorities: [0.06, 0.2, 0.6, 0.14],
    answerMinutes: 1,
    contactMinutes: 11,
    settled: 0.52,
  },
  forum: {
    share: 0.09,
    live: false,
    priorities: [0.01, 0.06, 0.53, 0.4],
    answerMinutes: 12,
    contactMinutes: 16,
    settled: 0.45,
  },
  office: {
    share: 0.07,
    live: false,
    priorities: [0.06, 0.24, 0.6, 0.1],
    answerMinutes: 1,
    contactMinutes: 18,
    settled: 0.66,
  },
}

/** Arrivals by local hour, 0…23: two humps with lunch between them. */
export const BY_HOUR: readonly number[] = [
  1, 0.6, 0.4, 0.4, 0.5, 1, 2, 4, 8, 13, 15, 14, 11, 11, 13, 13, 12, 10, 8, 7, 6, 5, 3, 2,
]
/** Arrivals by weekday, Monday first. */
export const BY_WEEKDAY: readonly number[] = [1.35, 1.15, 1.05, 1, 0.95, 0.4, 0.3]
/** The same on a public holiday. */
export const ON_HOLIDAYS = 0.3

/** Categories with their shares; the outage has a day of its own. */
export const CATEGORIES: readonly (readonly [name: string, share: number])[] = [
  ['billing', 0.26],
  ['access', 0.2],
  ['delivery', 0.18],
  ['defect', 0.14],
  ['how-to', 0.14],
  ['contract', 0.08],
]

/** How tickets go on after the first contact. */
export const COURSE = {
  asksCustomer: 0.42,
  customerMinutes: 560,
  customerNeverAnswers: 0.05,
  /** Then the ticket is closed after this. */
  givenUpMinutes: 7_200,
  asksVendor: 0.09,
  vendorMinutes: 2_100,
  workMinutes: 27,
  handedOver: 0.12,
  reopened: 0.05,
  reopenMinutes: 900,
  raised: 0.05,
  duplicate: 0.02,
  /** Minutes a caller waits before giving up, median. */
  patience: 14,
} as const

/** The log starts on a Monday; six weeks on lie two holidays and the night on which Berlin changes its clocks. */
export const FIRST_DAY = '2026-02-16'
export const WEEKS = 6
/** The outage: a Tuesday of the fourth week. */
export const OUTAGE = { day: 22, fromHour: 10, toHour: 14, share: 0.04 } as const
/** Minutes of work one ticket costs in all, used to size the teams so that they are busy but not drowned. */
export const MINUTES_A_TICKET = 42
export const BUSY = 0.89
