// When the tickets of the imagined desk come in, and what they are.

import * as Calendar from '@clientele/calendar'
import {
  DAY,
  formatDate,
  HOUR,
  type Instant,
  parseInstant,
  toLocal,
  weekdayOf,
  zoneOf,
} from '@clientele/core'
import {
  BY_HOUR,
  BY_WEEKDAY,
  CATEGORIES,
  CHANNEL_MODELS,
  CHANNELS,
  type Channel,
  FIRST_DAY,
  ON_HOLIDAYS,
  OUTAGE,
  PRIORITIES,
  type Priority,
  REGIONS,
  type Region,
  WEEKS,
} from './desk-model.js'
import { DESK_POLICY } from './desk-policy.js'
import type { Random } from './random.js'

/** One ticket as it comes in. */
export interface Arrival {
  readonly at: Instant
  readonly channel: Channel
  readonly priority: Priority
  /** An index into `REGIONS`. */
  readonly region: number
  readonly category: string
}

/** Start and end of the log: midnights of the largest team. */
export const FROM: Instant = parseInstant(`${FIRST_DAY}T00:00:00+03:00`) ?? 0
export const UNTIL: Instant = FROM + WEEKS * 7 * DAY
const HOURS = WEEKS * 7 * 24

/** The hours of each region, in their order, and those of all together. */
export const deskHours = (): {
  readonly regions: readonly Calendar.Table[]
  readonly around: Calendar.Table
} => {
  const calendars: { readonly [id: string]: Calendar.Definition } = DESK_POLICY.calendars
  const compiled = (id: string): Calendar.Table => Calendar.compileOrThrow(calendars[id]!)
  return { regions: REGIONS.map(({ id }) => compiled(id)), around: compiled('around') }
}

/** How likely each hour of the log is, for one region and channel. */
const hourWeights = ({ zone, holidays }: Region, open: Calendar.Table | undefined): readonly number[] => {
  const table = zoneOf(zone)
  const off = new Set(holidays.map(({ date }) => date))
  return Array.from({ length: HOURS }, (_, hour) => {
    const at = FROM + hour * HOUR
    if (open !== undefined && !Calendar.isOpen(open, at)) return 0
    const local = table === undefined ? at : toLocal(table, at)
    const day = Math.floor(local / DAY)
    const eager = off.has(formatDate(day)) ? ON_HOLIDAYS : BY_WEEKDAY[weekdayOf(day)]!
    return BY_HOUR[Math.floor((local - day * DAY) / HOUR)]! * eager
  })
}

const running = (weights: readonly number[]): Float64Array => {
  const sums = new Float64Array(weights.length)
  let sum = 0
  weights.forEach((weight, i) => {
    sum += weight
    sums[i] = sum
  })
  return sums
}

/** The first place whose running sum passes a share of the total. */
const placeOf = (sums: Float64Array, unit: number): number => {
  const wanted = unit * sums[sums.length - 1]!
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle]! > wanted) high = middle
    else low = middle + 1
  }
  return low
}

/** `count` arrivals in order of time. */
export const arrivals = (random: Random, count: number): readonly Arrival[] => {
  const { regions, around } = deskHours()
  const hours = REGIONS.map((model, region) =>
    CHANNELS.map((channel) => {
      const open = CHANNEL_MODELS[channel].live ? around : channel === 'office' ? regions[region] : undefined
      return running(hourWeights(model, open))
    }),
  )
  const outages = Math.round(count * OUTAGE.share)
  const made = Array.from({ length: count }, (_, i): Arrival => {
    const region = random.pick(REGIONS.map(({ share }) => share))
    const outage = i < outages
    const channels = CHANNELS.map((name) => (outage && name === 'office' ? 0 : CHANNEL_MODELS[name].share))
    const place = random.pick(channels)
    const channel = CHANNELS[place]!
    const priority =
      PRIORITIES[random.pick(outage ? [0.35, 0.45, 0.2, 0] : CHANNEL_MODELS[channel].priorities)]!
    const category = outage ? 'outage' : CATEGORIES[random.pick(CATEGORIES.map(([, share]) => share))]![0]
    const within = Math.floor(random.unit() * 3_600) * 1_000
    const hour = outage
      ? OUTAGE.day * 24 + OUTAGE.fromHour + Math.floor(random.unit() * (OUTAGE.toHour - OUTAGE.fromHour))
      : placeOf(hours[region]![place]!, random.unit())
    return { at: FROM + hour * HOUR + within, channel, priority, region, category }
  })
  return made.sort((a, b) => a.at - b.at)
}
