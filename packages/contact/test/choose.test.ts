// Choices whose answers are known by hand, and what is refused.
import {
  choose,
  chooseInto,
  compileOrThrow,
  createState,
  type Effect,
  handle,
  messageOf,
  slateOf,
  step,
} from '@clientele/contact'
import { expect, test } from 'vitest'

const HOUR = 3_600_000
const cap = (limit: number, rolling: string) => ({ id: rolling, label: rolling, limit, window: { rolling } })
const policy = compileOrThrow({ caps: [cap(1, 'PT24H'), cap(3, 'P7D')] })
const message = messageOf(policy, { channel: 'email' })
const fresh = () => {
  const state = createState(policy)
  return { state, anna: handle(state, 'anna') }
}

test('of one second the earlier in the list comes first, and so is not in the way of itself', () => {
  const heavy = compileOrThrow({
    caps: [
      {
        ...cap(1, 'PT24H'),
        when: { fact: 'kind', eq: 'capped' },
        counts: { fact: 'kind', eq: 'free' },
      },
    ],
  })
  const [capped, free] = [messageOf(heavy, { kind: 'capped' }), messageOf(heavy, { kind: 'free' })]
  const state = createState(heavy)
  const anna = handle(state, 'anna')
  const both = [
    { at: 0, message: capped },
    { at: 999, message: free },
  ]
  expect(choose(state, anna, slateOf(heavy, both))).toEqual(new Uint8Array([1, 1]))
  expect(choose(state, anna, slateOf(heavy, [...both].reverse()))).not.toEqual(new Uint8Array([1, 1]))
})

test('by value a great sum goes before a great priority, and a priority decides between equals', () => {
  const { state, anna } = fresh()
  const at = (hours: number, value: number, priority = 0) => ({ at: hours * HOUR, value, priority, message })
  const chosen = (...offers: readonly ReturnType<typeof at>[]) => [
    ...choose(state, anna, slateOf(policy, offers, { objective: 'value' })),
  ]
  expect(chosen(at(0, 2), at(20, 3, 9), at(40, 2))).toEqual([1, 0, 1])
  expect(chosen(at(0, 2), at(20, 2, 9))).toEqual([0, 1])
  expect(chosen(at(0, 0, 9), at(100, -1, 9), at(200, 1))).toEqual([0, 0, 1])
})

test('a command says which of two it is after', () => {
  const { state } = fresh()
  const out: Effect[] = []
  const candidates = [
    { id: 'a', at: 0, value: 2 },
    { id: 'b', at: 20 * HOUR, value: 3 },
    { id: 'c', at: 40 * HOUR, value: 2 },
  ]
  step(policy, state, { op: 'choose', at: 0, recipient: 'nobody yet', candidates }, out)
  step(policy, state, { op: 'choose', at: 0, recipient: 'anna', candidates, objective: 'value' }, out)
  expect(out).toEqual([
    { chosen: ['b'], suppressed: ['a', 'c'] },
    { chosen: ['a', 'c'], suppressed: ['b'] },
  ])
})

test('what belongs elsewhere, is no number or has no room is refused', () => {
  const { state, anna } = fresh()
  const other = compileOrThrow({})
  expect(() => slateOf(other, [{ at: 0, message }])).toThrow(RangeError)
  expect(() => slateOf(policy, [{ at: Number.NaN, message }])).toThrow(RangeError)
  expect(() => slateOf(policy, [{ at: 0, value: Number.POSITIVE_INFINITY, message }])).toThrow(RangeError)
  expect(() => choose(state, anna, slateOf(other, []))).toThrow(RangeError)
  const slate = slateOf(policy, [{ at: 0, message }])
  expect(() => chooseInto(state, [anna, anna], slate, new Uint8Array(1))).toThrow(RangeError)
})
