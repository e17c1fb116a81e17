// Where recipients are: the zones of one place, and what the wall clock there says of the windows today. What is noted
// here follows from the table and the instant alone.

import {
  DAY,
  HOUR,
  needsZone,
  SECOND,
  type Second,
  windowFrees,
  windowSince,
  type Zone,
} from '@clientele/core'
import type { Table } from '../table.js'

/** A place: none, a zone, or several that it may be. */
export interface Area {
  /** By which places are the same. */
  readonly key: string
  /** As told; for snapshots. */
  readonly zone: string | undefined
  readonly zones: readonly string[] | undefined
  /** For windows; `undefined` when no zone is known and none stands in. */
  readonly window: Zone | undefined
  /** For quiet hours: quiet in any of them is quiet. */
  readonly quiet: readonly Zone[]
  /** Whether windows never grow back there when clocks do. */
  readonly steady: boolean
  /** From when until when the notes below hold. */
  from: Second
  to: Second
  /** How far the wall clock is ahead, in seconds, between these. */
  offset: number
  offsetFrom: Second
  offsetTo: Second
  /** By limit: a stored instant after this one counts. */
  readonly since: Float64Array
  /** By limit: when the window of the calendar ends; 0 for windows that depend on the touch. */
  readonly frees: Float64Array
}

/** Whether clocks never go back to an hour before the one they show: then no window ever grows back. */
const isSteady = ({ starts, offsets, localEnds }: Zone): boolean => {
  for (let i = 1; i < starts.length; i++) {
    const [last, first] = [localEnds[i - 1]! - 1, starts[i]! + offsets[i]!]
    if (Math.floor(last / HOUR) > Math.floor(first / HOUR)) return false
  }
  return true
}

export const areaOf = (
  table: Table,
  key: string,
  names: Pick<Area, 'zone' | 'zones'>,
  window: Zone | undefined,
  quiet: readonly Zone[],
): Area => {
  const fixed = table.limits.map(({ zone }) => zone).filter((zone) => zone !== undefined)
  return {
    key,
    ...names,
    window,
    quiet,
    steady: [...fixed, ...(window === undefined ? [] : [window])].every(isSteady),
    from: 1,
    to: 0,
    offset: 0,
    offsetFrom: 0,
    offsetTo: 0,
    since: new Float64Array(table.limits.length),
    frees: new Float64Array(table.limits.length),
  }
}

/** The segment of a zone's offsets that holds a second. */
const segmentOf = ({ starts }: Zone, at: Second): number => {
  let segment = starts.length - 1
  while (segment > 0 && starts[segment]! > at * SECOND) segment--
  return segment
}

/** Narrows the notes of a place to the hour or day of one wall clock. */
const narrow = (area: Area, zone: Zone, at: Second, step: number): void => {
  const segment = segmentOf(zone, at)
  const offset = zone.offsets[segment]! / SECOND
  const began = Math.floor((at + offset) / step) * step - offset
  area.from = Math.max(area.from, began, Math.ceil(zone.starts[segment]! / SECOND))
  area.to = Math.min(area.to, began + step, (zone.starts[segment + 1] ?? Number.POSITIVE_INFINITY) / SECOND)
}

/** Notes what holds at a second and around it. Cost: some microseconds a limit, once a place and day. */
export const turnTo = (table: Table, area: Area, at: Second): void => {
  const { window } = area
  area.from = 0
  area.to = Number.POSITIVE_INFINITY
  const hourly = table.limits.some(
    (limit) => limit.window.kind === 'calendar' && limit.window.unit === 'hour',
  )
  const step = (hourly ? HOUR : DAY) / SECOND
  if (window !== undefined) {
    narrow(area, window, at, step)
    const segment = segmentOf(window, at)
    area.offset = window.offsets[segment]! / SECOND
    area.offsetFrom = Math.max(0, window.starts[segment]! / SECOND)
    area.offsetTo = (window.starts[segment + 1] ?? Number.POSITIVE_INFINITY) / SECOND
  }
  for (const { limitIndex, zone, local, window: each } of table.limits) {
    const own = local ? window : zone
    if (!needsZone(each) || own === undefined) continue
    if (!local) narrow(area, own, at, step)
    area.since[limitIndex] = windowSince(each, own, at)
    area.frees[limitIndex] = each.kind === 'calendar' ? windowFrees(each, own, at, at) : 0
  }
}
