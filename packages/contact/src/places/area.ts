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
import { NOTE, PLAN } from '../evaluate/kernel.js'
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
  /** What the wall clock says of the windows at some second, and around it: see {@link turnTo}. */
  readonly notes: Float64Array
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
  const notes = new Float64Array(NOTE.LIMITS + 2 * table.limits.length)
  // nobody's place will do where no rule asks for one
  const homely = window !== undefined || ![...table.limits, ...table.quiet].some(({ local }) => local)
  const all = window === undefined ? fixed : [window, ...fixed]
  const fits = homely && names.zones === undefined && all.every(isSteady)
  notes[NOTE.FIT] = fits ? 1 : 0
  // of no second yet
  notes[NOTE.FROM] = 1
  return { key, ...names, window, quiet, notes }
}

/** The segment of a zone's offsets that holds a second. */
const segmentOf = ({ starts }: Zone, at: Second): number => {
  let segment = starts.length - 1
  while (segment > 0 && starts[segment]! > at * SECOND) segment--
  return segment
}

/** Narrows the notes to the hour or day of one wall clock. */
const narrow = (notes: Float64Array, zone: Zone, at: Second, step: number): void => {
  const segment = segmentOf(zone, at)
  const offset = zone.offsets[segment]! / SECOND
  const began = Math.floor((at + offset) / step) * step - offset
  const next = (zone.starts[segment + 1] ?? Number.POSITIVE_INFINITY) / SECOND
  notes[NOTE.FROM] = Math.max(notes[NOTE.FROM]!, began, Math.ceil(zone.starts[segment]! / SECOND))
  notes[NOTE.TO] = Math.min(notes[NOTE.TO]!, began + step, next)
}

/** Notes what holds at a second and around it. Cost: some microseconds a limit, once a place and day. */
export const turnTo = ({ limits }: Table, { window, notes }: Area, at: Second): void => {
  notes[NOTE.FROM] = PLAN.LONGEST_ROLLING
  notes[NOTE.TO] = Number.POSITIVE_INFINITY
  const hourly = limits.some((limit) => limit.window.kind === 'calendar' && limit.window.unit === 'hour')
  const step = (hourly ? HOUR : DAY) / SECOND
  if (window !== undefined) {
    narrow(notes, window, at, step)
    const segment = segmentOf(window, at)
    notes[NOTE.OFFSET] = window.offsets[segment]! / SECOND
    notes[NOTE.OFFSET_TO] = (window.starts[segment + 1] ?? Number.POSITIVE_INFINITY) / SECOND
  }
  for (const { limitIndex, zone, local, window: each } of limits) {
    const own = local ? window : zone
    if (!needsZone(each) || own === undefined) continue
    if (!local) narrow(notes, own, at, step)
    const first = NOTE.LIMITS + 2 * limitIndex
    notes[first + NOTE.SINCE] = windowSince(each, own, at)
    notes[first + NOTE.FREES] = each.kind === 'calendar' ? windowFrees(each, own, at, at) : 0
  }
}
