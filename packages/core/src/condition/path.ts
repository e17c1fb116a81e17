// Paths of facts, `a.b[0].c`, and the closures that follow them over own keys. A prototype is never read: names are asked
// of plain objects, numbers of lists, and of both only what they own.

import type { Access, Frame, Holder, Segment } from './table.js'

/** Names that reach a prototype in careless code. Refused wherever a fact is named. */
export const FORBIDDEN_NAMES = ['__proto__', 'constructor', 'prototype'] as const

const LONGEST_PATH = 500
const MOST_SEGMENTS = 64
const PIECE = /^([^[\]]+)((?:\[\d{1,9}\])*)$/

/** The segments of a path, `undefined` when it is none. */
export const parsePath = (text: string): readonly [string, ...Segment[]] | undefined => {
  if (text.length > LONGEST_PATH) return undefined
  const segments: Segment[] = []
  for (const piece of text.split('.')) {
    const match = PIECE.exec(piece)
    if (match === null) return undefined
    segments.push(match[1]!)
    const indexes = match[2]!
    if (indexes !== '') segments.push(...indexes.slice(1, -1).split('][').map(Number))
  }
  return segments.length > MOST_SEGMENTS ? undefined : (segments as [string, ...Segment[]])
}

/** The value as a holder of the key: a list for an index, an object for a name. */
const holderOf = (value: unknown, key: Segment): Holder | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  return Array.isArray(value) === (typeof key === 'number') ? (value as unknown as Holder) : undefined
}

const follow = (start: Holder | undefined, segments: readonly Segment[]): Holder | undefined => {
  let holder = start
  for (let i = 0; i + 1 < segments.length; i++) {
    if (holder === undefined || !Object.hasOwn(holder, segments[i]!)) return undefined
    holder = holderOf(holder[segments[i]!], segments[i + 1]!)
  }
  return holder
}

/** The access to a fact of the facts themselves. */
export const accessOf = (segments: readonly [Segment, ...Segment[]]): Access => {
  const key = segments[segments.length - 1]!
  if (segments.length === 1) return { walk: undefined, key }
  const first = segments[0]
  if (segments.length > 2) return { walk: (facts) => follow(facts, segments), key }
  return { walk: (facts) => (Object.hasOwn(facts, first) ? holderOf(facts[first], key) : undefined), key }
}

/** The access to the element in a slot of the frame, or to a fact within it. */
export const elementAccessOf = (slot: number, segments: readonly Segment[]): Access => {
  if (segments.length === 0) return { walk: (_, frame) => frame.elements as unknown as Holder, key: slot }
  const [first, key] = [segments[0]!, segments[segments.length - 1]!]
  return { walk: (_, frame) => follow(holderOf(frame.elements[slot], first), segments), key }
}

/** Reads a fact: `undefined` when it is missing. The slower form of what the tests of `test.ts` have inlined. */
export const readerOf =
  ({ walk, key }: Access) =>
  (facts: Holder, frame: Frame): unknown => {
    const holder = walk === undefined ? facts : walk(facts, frame)
    if (holder === undefined || !Object.hasOwn(holder, key)) return undefined
    return holder[key] ?? undefined
  }
