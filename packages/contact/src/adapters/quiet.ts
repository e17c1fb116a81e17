// Quiet hours of other programs: a start and an end by the wall clock.

import { DAY, formatTime, MINUTE, memberPath, parseTime, type UnknownRecord } from '@clientele/core'
import type { Source } from './report.js'

const timeAt = (source: Source, record: UnknownRecord, key: string, path: string): number | undefined => {
  const value = source.required(record, key, path)
  if (value === undefined) return undefined
  const time = typeof value === 'string' ? parseTime(value) : undefined
  if (time !== undefined && time % MINUTE === 0) return time % DAY
  return source.badValue(value, memberPath(path, key), 'a time in whole minutes, such as "22:00"')
}

/** `"22:00-06:00"` from two members; equal times are refused. */
export const betweenAt = (
  source: Source,
  record: UnknownRecord,
  path: string,
  from: string,
  to: string,
): string | undefined => {
  const [start, end] = [timeAt(source, record, from, path), timeAt(source, record, to, path)]
  if (start === undefined || end === undefined) return undefined
  if (start === end)
    return source.badValue(record[to], memberPath(path, to), `another time than that of "${from}"`)
  return `${formatTime(start)}-${formatTime(end === 0 ? DAY : end)}`
}
