// Units that come over from period to period. Without an expiry they are one number; with one they are lots by age, and
// the oldest are spent first, so that as few as can be lapse.

/** What has come over into a period. */
export interface Carry {
  /** The most that comes over; +∞ for all, negative for nothing. */
  max: number
  /** How many periods a unit lasts; 0 for ever. */
  expires: number
  /** Without expiry: all of it. */
  total: number
  /** With expiry: by age, the youngest first. */
  readonly lots: number[]
}

export const createCarry = (): Carry => ({ max: 0, expires: 0, total: 0, lots: [] })

/** Begins with units that came over, as if all were left from the period before. */
export const openCarry = (carry: Carry, max: number, expires: number, units: number): void => {
  carry.max = max
  carry.expires = expires
  carry.total = Math.min(Math.max(0, max), units)
  carry.lots.length = 0
  for (let age = 0; age < expires; age++) carry.lots.push(age === 0 ? carry.total : 0)
}

/** Ends a period that gave `grant` units and in which `used` were taken. */
export const endPeriod = (carry: Carry, grant: number, used: number): void => {
  const { max, expires, lots } = carry
  if (expires === 0) {
    carry.total = Math.min(Math.max(0, max), Math.max(0, carry.total + grant - used))
    return
  }
  let rest = used
  for (let age = expires - 1; age >= 0; age--) {
    const taken = Math.min(rest, lots[age]!)
    lots[age]! -= taken
    rest -= taken
  }
  // a period older; the oldest lapse
  for (let age = expires - 1; age > 0; age--) lots[age] = lots[age - 1]!
  lots[0] = Math.max(0, grant - rest)
  keepYoungest(carry, Math.max(0, max))
}

/** Too many: the youngest stay. */
const keepYoungest = (carry: Carry, most: number): void => {
  const { lots, expires } = carry
  let room = most
  carry.total = 0
  for (let age = 0; age < expires; age++) {
    lots[age] = Math.min(lots[age]!, room)
    room -= lots[age]!
    carry.total += lots[age]!
  }
}

/** Ends periods in which nothing was taken. */
export const endEmptyPeriods = (carry: Carry, grant: number, count: number): void => {
  if (carry.expires === 0) {
    if (count > 0) endPeriod(carry, grant * count, 0)
    return
  }
  const { lots, expires, max } = carry
  // shifted by so many periods, with all of each new one; too many at any time are too many at the end
  for (let age = expires - 1; age >= 0; age--) lots[age] = age < count ? grant : lots[age - count]!
  keepYoungest(carry, Math.max(0, max))
}
