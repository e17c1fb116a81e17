// Seeded randomness: the same seed gives the same desk, byte for byte, on every machine.

/** A stream of random numbers. */
export interface Random {
  /** 0 ≤ x < 1. */
  unit(): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** An index, by weight. */
  pick(weights: readonly number[]): number
  /** A skewed positive number around a median; `spread` 0.5 is mild, 1 is wild. */
  around(median: number, spread: number): number
}

/** A stream from a 32-bit seed: sfc32 of PractRand (Doty-Humphrey, public domain), warmed up. */
export const random = (seed: number): Random => {
  let a = 0x9e3779b9 | 0
  let b = 0x243f6a88 | 0
  let c = seed | 0
  let counter = 1
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 15; i++) next()
  const unit = (): number => next() / 4_294_967_296
  // the sum of twelve is as normal as a demo needs, and the same on every machine, unlike Math.log and Math.cos
  const normal = (): number => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += unit()
    return sum
  }
  return {
    unit,
    chance: (probability) => unit() < probability,
    pick: (weights) => {
      let left = unit() * weights.reduce((sum, weight) => sum + weight, 0)
      const found = weights.findIndex((weight) => {
        left -= weight
        return left < 0
      })
      return found === -1 ? weights.length - 1 : found
    },
    around: (median, spread) => {
      // exp by squaring of (1 + x / 1024): only + and ×, so no host's libm decides
      const x = 1 + (normal() * spread) / 1024
      let power = x
      for (let i = 0; i < 10; i++) power *= power
      return median * power
    },
  }
}
