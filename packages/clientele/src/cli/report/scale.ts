// From values to places on a chart, and the marks of an axis at numbers people would choose.

import { DAY, HOUR, MINUTE, SECOND } from '@clientele/core'

/** A mark of an axis. */
export interface Tick {
  readonly value: number
  readonly label: string
}

/** Maps a range of values to a range of places. */
export const linear =
  (from: number, to: number, start: number, end: number) =>
  (value: number): number =>
    to === from ? start : start + ((value - from) / (to - from)) * (end - start)

/** Maps a range of positive values by their ratio; values below `from` lie at the start. */
export const logarithmic = (from: number, to: number, start: number, end: number) => {
  const place = linear(Math.log(from), Math.log(to), start, end)
  return (value: number): number => place(Math.log(Math.min(Math.max(value, from), to)))
}

/** Whole marks from 0 on, about `count` of them, the last not below `most`. */
export const countTicks = (most: number, count: number): readonly Tick[] => {
  const rough = Math.max(1, most) / count
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((factor) => factor * size).find((candidate) => candidate >= rough) ?? rough,
  )
  const steps = Math.max(1, Math.ceil(most / step))
  return Array.from({ length: steps + 1 }, (_, i) => ({ value: i * step, label: thousands(i * step) }))
}

const TIMES: readonly Tick[] = [
  { value: SECOND, label: '1 s' },
  { value: 10 * SECOND, label: '10 s' },
  { value: MINUTE, label: '1 min' },
  { value: 5 * MINUTE, label: '5 min' },
  { value: 15 * MINUTE, label: '15 min' },
  { value: HOUR, label: '1 h' },
  { value: 4 * HOUR, label: '4 h' },
  { value: 12 * HOUR, label: '12 h' },
  { value: 2 * DAY, label: '48 h' },
  { value: 7 * DAY, label: '168 h' },
  { value: 28 * DAY, label: '672 h' },
  { value: 91 * DAY, label: '2,184 h' },
  { value: 364 * DAY, label: '8,736 h' },
]

/** The marks of time between two durations, and one beyond each end. */
export const timeTicks = (least: number, most: number): readonly Tick[] => {
  const first = TIMES.filter((tick) => tick.value <= least).length - 1
  const last = TIMES.findIndex((tick) => tick.value >= most)
  return TIMES.slice(Math.max(0, first), last === -1 ? TIMES.length : Math.max(last + 1, first + 2))
}

/** `12345` as `12,345`. */
export const thousands = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')

/** A share as `94.2 %`. */
export const percent = (share: number): string =>
  Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`

/** A duration in words: its two largest parts. Days are 24 hours. */
export const inWords = (millis: number): string => {
  const size = Math.round(Math.abs(millis) / SECOND)
  const sign = millis < 0 && size > 0 ? '−' : ''
  const parts = [
    [Math.floor(size / 86_400), 'd'],
    [Math.floor(size / 3_600) % 24, 'h'],
    [Math.floor(size / 60) % 60, 'min'],
    [size % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first === -1) return '0 s'
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0)
  return sign + shown.map(([count, unit]) => `${count} ${unit}`).join(' ')
}

/** A duration of open time in hours: on a business clock a day would mislead. */
export const inHours = (millis: number): string => {
  if (Math.abs(millis) < 100 * HOUR && Math.abs(millis) >= DAY) {
    const minutes = Math.round(Math.abs(millis) / MINUTE)
    const rest = minutes % 60 === 0 ? '' : ` ${minutes % 60} min`
    return `${millis < 0 ? '−' : ''}${Math.floor(minutes / 60)} h${rest}`
  }
  return Math.abs(millis) < DAY ? inWords(millis) : `${thousands(millis / HOUR)} h`
}

/** A duration as one number, for a headline. */
export const inShort = (millis: number): string => {
  const units = [
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [SECOND, 's'],
  ] as const
  const [unit, name] = units.find(([size]) => Math.abs(millis) >= size) ?? units[2]
  const value = millis / unit
  return Number.isNaN(value)
    ? '–'
    : `${Math.abs(value) < 10 ? Number(value.toFixed(1)) : thousands(value)} ${name}`
}
