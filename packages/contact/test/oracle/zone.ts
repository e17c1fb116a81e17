// Wall clocks from a second source, temporal-polyfill, tabled once a zone. Good from 2004 to 2048; beyond is an error.

import { Temporal } from 'temporal-polyfill'

export const SECOND = 1_000
export const DAY = 86_400_000
export const FIRST = Date.UTC(2004, 0, 1)
export const LAST = Date.UTC(2048, 0, 1)

interface Wall {
  /** Where each offset begins. */
  readonly starts: readonly number[]
  readonly offsets: readonly number[]
}

const walls = new Map<string, Wall>()

const wallOf = (zone: string): Wall => {
  const known = walls.get(zone)
  if (known !== undefined) return known
  const starts = [FIRST]
  const offsets: number[] = []
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(FIRST).toZonedDateTimeISO(zone)
  offsets.push(at.offsetNanoseconds / 1e6)
  while (true) {
    at = at.getTimeZoneTransition('next')
    if (at === null || at.epochMilliseconds >= LAST) break
    starts.push(at.epochMilliseconds)
    offsets.push(at.offsetNanoseconds / 1e6)
  }
  const wall = { starts, offsets }
  walls.set(zone, wall)
  return wall
}

/** The instants at which a zone's clocks are changed. */
export const transitionsOf = (zone: string): readonly number[] => wallOf(zone).starts.slice(1)

const segmentAt = ({ starts }: Wall, at: number): number => {
  if (!(at >= FIRST && at < LAST)) throw new RangeError(`the oracle does not know ${at}`)
  let [low, high] = [0, starts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= at) low = middle
    else high = middle
  }
  return low
}

/** What the wall clock shows. */
export const localAt = (zone: string, at: number): number => {
  const wall = wallOf(zone)
  return at + wall.offsets[segmentAt(wall, at)]!
}

/** The next change of the clocks after an instant. */
export const nextTransition = (zone: string, at: number): number => {
  const wall = wallOf(zone)
  return wall.starts[segmentAt(wall, at) + 1] ?? Number.POSITIVE_INFINITY
}

/** The first instant at which the wall clock shows a local time; where clocks jump over it, the jump. */
export const firstInstant = (zone: string, local: number): number => {
  const { starts, offsets } = wallOf(zone)
  for (let i = segmentAt(wallOf(zone), local - 2 * DAY); i < starts.length; i++) {
    const at = local - offsets[i]!
    if (at < starts[i]!) return starts[i]!
    if (at < (starts[i + 1] ?? Number.POSITIVE_INFINITY)) return at
  }
  throw new RangeError('not reached')
}

/** The instant of a local time: one that clocks jump over moves on by as much as they jump; of two, the first. */
export const movedInstant = (zone: string, local: number): number => {
  const wall = wallOf(zone)
  const { starts, offsets } = wall
  for (let i = segmentAt(wall, local - 2 * DAY); i < starts.length; i++) {
    const at = local - offsets[i]!
    if (at < starts[i]!) return local - offsets[i - 1]!
    if (at < (starts[i + 1] ?? Number.POSITIVE_INFINITY)) return at
  }
  throw new RangeError('not reached')
}
