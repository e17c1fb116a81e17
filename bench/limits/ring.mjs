// What JavaScript can reach for exact frequency caps: the last eight instants of each recipient in a typed ring, one a day and
// three a week rolling, eight a calendar month, send hours 9 to 21 in the recipient's zone, and the exact next instant. One
// policy written out by hand: no conditions, no keys, no releases, no touches out of order, no holidays.

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
  const attempt = (i, at) => {
    const free = next(i, at)
    if (free !== at) return free
    const h = head[i]
    ring[i * PLACES + h] = at
    head[i] = (h + 1) & 7
    return free
  }
  return { attempt, bytes: ring.byteLength + head.byteLength + zoneOf.byteLength }
}
