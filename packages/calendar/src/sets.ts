// Sets of instants as flat lists [from, to, from, to, …], ascending and disjoint, and the algebra over two of them.

/** A set of instants: pairs of from and to, half-open, ascending, never touching. */
export type Pairs = readonly number[]

/** Brings pairs in order and makes those that touch or overlap one. Pairs not ending after their start are dropped. */
export const normalize = (pairs: Pairs): number[] => {
  const order: number[] = []
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i + 1]! > pairs[i]!) order.push(i)
  order.sort((a, b) => pairs[a]! - pairs[b]!)
  const out: number[] = []
  for (const i of order) {
    const [from, to] = [pairs[i]!, pairs[i + 1]!]
    const last = out.length - 1
    if (last < 0 || from > out[last]!) out.push(from, to)
    else if (to > out[last]!) out[last] = to
  }
  return out
}

/** In the first set and not in the second. Past the end of a list nothing compares, which ends the loops. */
export const subtract = (a: Pairs, b: Pairs): number[] => {
  const out: number[] = []
  let j = 0
  for (let i = 0; i < a.length; i += 2) {
    let from = a[i]!
    const to = a[i + 1]!
    while (b[j + 1]! <= from) j += 2
    for (let k = j; b[k]! < to; k += 2) {
      if (b[k]! > from) out.push(from, b[k]!)
      from = Math.max(from, b[k + 1]!)
    }
    if (to > from) out.push(from, to)
  }
  return out
}

/** In both sets. */
export const intersect = (a: Pairs, b: Pairs): number[] => subtract(a, subtract(a, b))

/** The part of a set within [from, to). */
export const clip = (pairs: Pairs, from: number, to: number): number[] => intersect(pairs, [from, to])
