// Names to dense numbers and back, as `Interner` of core, but names can be forgotten: nothing of one is left, and its
// number is given again.

/** Names by number. */
export interface Roster {
  readonly numbers: Map<string, number>
  /** `undefined` where a name was forgotten. */
  readonly names: (string | undefined)[]
  readonly free: number[]
}

/** Nobody. */
export const createRoster = (): Roster => ({ numbers: new Map(), names: [], free: [] })

/** The number of a name, given on first sight. */
export const enroll = ({ numbers, names, free }: Roster, name: string): number => {
  const known = numbers.get(name)
  if (known !== undefined) return known
  const number = free.pop() ?? names.length
  names[number] = name
  numbers.set(name, number)
  return number
}

/** Forgets a name. */
export const strike = ({ numbers, names, free }: Roster, number: number): void => {
  const name = names[number]
  if (name === undefined) return
  numbers.delete(name)
  names[number] = undefined
  free.push(number)
}
