// Rivals at frequency caps of one a day, three a week and eight in thirty days.

import { RateLimiterMemory, RateLimiterUnion } from 'rate-limiter-flexible'

const DAY = 86_400

/** Exact and as everybody writes it first: a Map of arrays of seconds. */
export const naiveMap = () => {
  const touches = new Map()
  return (id, at) => {
    let own = touches.get(id)
    if (own === undefined) {
      own = []
      touches.set(id, own)
    }
    while (own.length > 0 && own[0] <= at - 30 * DAY) own.shift()
    let [day, week] = [0, 0]
    for (const touch of own) {
      if (touch > at - DAY) day++
      if (touch > at - 7 * DAY) week++
    }
    if (day >= 1 || week >= 3 || own.length >= 8) return false
    own.push(at)
    return true
  }
}

/**
 * rate-limiter-flexible, a union of three. Its windows begin at the first hit and its clock is the machine's; its month has 24
 * days, because its timers overflow beyond.
 */
export const flexibleUnion = () => {
  const limiter = (keyPrefix, points, days) =>
    new RateLimiterMemory({ keyPrefix, points, duration: days * DAY })
  const union = new RateLimiterUnion(limiter('d', 1, 1), limiter('w', 3, 7), limiter('m', 8, 24))
  return async (id) => {
    try {
      await union.consume(id)
      return true
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal
      return false
    }
  }
}
