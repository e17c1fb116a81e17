// What JavaScript can reach for business time: sorted openings with prefix sums and a four-hour bucket index both ways, over
// one year and nothing else. No zones, no growth, no backward, no range checks: the limit the engine is measured against.

const BUCKET = 4 * 3_600_000

/** `periods`: sorted, disjoint [start, end) in epoch milliseconds. */
export const bucketIndex = (periods) => {
  const count = periods.length
  const start = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY)
  const length = new Float64Array(count + 1)
  const before = new Float64Array(count + 2)
  periods.forEach(([from, to], i) => {
    start[i] = from
    length[i] = to - from
    before[i + 1] = before[i] + to - from
  })
  const total = before[count]
  before[count + 1] = total
  const first = periods[0][0]
  const last = periods[count - 1][1]

  const fill = (buckets, passed) => {
    let i = 0
    return Int32Array.from({ length: buckets }, (_, b) => {
      while (i < count - 1 && passed(i, b * BUCKET)) i++
      return i
    })
  }
  const byTime = fill(Math.ceil((last - first) / BUCKET) + 2, (i, at) => start[i] + length[i] <= first + at)
  const byOpen = fill(Math.ceil(total / BUCKET) + 2, (i, open) => before[i + 1] <= open)
  const perBucket = 1 / BUCKET

  const openBefore = (at) => {
    if (at <= first) return 0
    if (at >= last) return total
    let i = byTime[((at - first) * perBucket) | 0]
    while (start[i] + length[i] <= at) i++
    const since = at - start[i]
    return before[i] + (since > 0 ? since : 0)
  }
  const instantWith = (open) => {
    if (open > total) return Number.NaN
    let i = byOpen[(open * perBucket) | 0]
    if (before[i] >= open) i--
    else while (before[i + 1] < open) i++
    return start[i] + (open - before[i])
  }
  return {
    add: (at, by) => instantWith(openBefore(at) + by),
    elapsed: (from, to) => openBefore(to) - openBefore(from),
    addMany: (ats, bys, out) => {
      for (let i = 0; i < ats.length; i++) out[i] = instantWith(openBefore(ats[i]) + bys[i])
    },
    elapsedMany: (froms, tos, out) => {
      for (let i = 0; i < froms.length; i++) out[i] = openBefore(tos[i]) - openBefore(froms[i])
    },
    bytes: start.byteLength + length.byteLength + before.byteLength + byTime.byteLength + byOpen.byteLength,
  }
}
