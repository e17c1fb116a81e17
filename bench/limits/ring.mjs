// What JavaScript can reach for exact frequency caps: the last eight instants of each recipient in a typed ring, one a day and
// three a week rolling, eight a calendar month, send hours 9 to 21 in the recipient's zone, and the exact next instant. Once
// with the policy written out by hand, so that the compiler sees constants, once with its numbers as data. No conditions, no
// keys, no releases, no touches out of order, no holidays.

const DAY = 86_400
const PLACES = 8

/** `zones`: `{ from, to, offset }[]` a zone, its offsets in seconds; `zoneOf`: row of `zones` by recipient. */
export const ringOf = (zones, zoneOf) => {
  const ring = new Int32Array(zoneOf.length * PLACES)
  const head = new Uint8Array(zoneOf.length)
  const [dayFrom, dayTo, monthFrom, monthTo] = Array.from({ length: 4 }, () => new Float64Array(zones.length))
  const offsetAt = (zone, at) => {
    const spells = zones[zone]
    let i = 0
    while (at >= spells[i].to) i++
    return spells[i].offset
  }
  const instantOf = (zone, local) => local - offsetAt(zone, local - offsetAt(zone, local))
  const turn = (zone, at) => {
    const local = at + offsetAt(zone, at)
    const midnight = local - (local % DAY)
    const date = new Date(midnight * 1_000)
    const month = (ahead) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead, 1) / 1_000
    dayFrom[zone] = instantOf(zone, midnight)
    dayTo[zone] = instantOf(zone, midnight + DAY)
    monthFrom[zone] = instantOf(zone, month(0))
    monthTo[zone] = instantOf(zone, month(1))
  }
  /** The first second at which the recipient may be written to. */
  const next = (i, at) => {
    const base = i * PLACES
    const h = head[i]
    const zone = zoneOf[i]
    if (at < dayFrom[zone] || at >= dayTo[zone]) turn(zone, at)
    let free = at
    let touch = ring[base + ((h - 1) & 7)]
    if (touch !== 0 && at - touch < DAY) free = touch + DAY
    touch = ring[base + ((h - 3) & 7)]
    if (touch !== 0 && at - touch < 7 * DAY && touch + 7 * DAY > free) free = touch + 7 * DAY
    touch = ring[base + (h & 7)]
    if (touch !== 0 && touch >= monthFrom[zone] && monthTo[zone] > free) free = monthTo[zone]
    const offset = offsetAt(zone, free)
    const local = free + offset
    const second = local % DAY
    if (second >= 9 * 3_600 && second < 21 * 3_600) return free
    return instantOf(zone, local - second + (second < 9 * 3_600 ? 0 : DAY) + 9 * 3_600)
  }
  /** The same with the numbers of the policy as data, as an engine must have them. */
  const nextBy = (i, at, { rolling, calendar, week }) => {
    const base = i * PLACES
    const h = head[i]
    const zone = zoneOf[i]
    if (at < dayFrom[zone] || at >= dayTo[zone]) turn(zone, at)
    let free = at
    for (let k = 0; k < rolling.length; k += 2) {
      const touch = ring[base + ((h - rolling[k]) & 7)]
      if (touch !== 0 && at - touch < rolling[k + 1] && touch + rolling[k + 1] > free)
        free = touch + rolling[k + 1]
    }
    for (let k = 0; k < calendar.length; k++) {
      const touch = ring[base + ((h - calendar[k]) & 7)]
      if (touch !== 0 && touch >= monthFrom[zone] && monthTo[zone] > free) free = monthTo[zone]
    }
    const local = free + offsetAt(zone, free)
    const minute = (local / 60) | 0
    const wait = week[(minute + 4_320) % 10_080]
    return wait === 0 ? free : instantOf(zone, (minute + wait) * 60)
  }
  const take = (i, at) => {
    const h = head[i]
    ring[i * PLACES + h] = at
    head[i] = (h + 1) & 7
  }
  const attempt = (i, at) => {
    const free = next(i, at)
    if (free === at) take(i, at)
    return free
  }
  const attemptBy = (i, at, policy) => {
    const free = nextBy(i, at, policy)
    if (free === at) take(i, at)
    return free
  }
  return { attempt, attemptBy, bytes: ring.byteLength + head.byteLength + zoneOf.byteLength }
}

/** The policy as data: places and seconds of rolling caps, places of the month's, minutes to wait in a week of 9 to 21. */
export const policyAsData = () => ({
  rolling: Int32Array.from([1, DAY, 3, 7 * DAY]),
  calendar: Int32Array.from([8]),
  week: Uint16Array.from({ length: 10_080 }, (_, minute) => {
    const of = minute % 1_440
    if (of < 540) return 540 - of
    return of >= 1_260 ? 1_980 - of : 0
  }),
})
