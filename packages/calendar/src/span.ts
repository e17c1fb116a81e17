// Interval texts to spans of a day: milliseconds after local midnight, the end beyond 24 hours when it runs over midnight.

import { DAY, type Millis, parseTime } from '@clientele/core'

/** Milliseconds after the midnight of the day it starts; `end` may lie in the next day. */
export interface Span {
  readonly start: Millis
  readonly end: Millis
}

const INTERVAL = /^([0-9:.]{5,12})\s*[-–]\s*([0-9:.]{5,12})$/

/** Reads `"09:00-13:00"`: a span, `'empty'` when both ends are equal, `undefined` when it is no interval. */
export const parseSpan = (text: string): Span | 'empty' | undefined => {
  if (text.length > 40) return undefined
  const match = INTERVAL.exec(text)
  if (match === null) return undefined
  const [start, end] = [parseTime(match[1]!), parseTime(match[2]!)]
  if (start === undefined || end === undefined || start === DAY) return undefined
  if (start === end) return 'empty'
  return { start, end: end < start ? end + DAY : end }
}
