// Bytes: what goes in comes out, and any other bytes are refused.

import { decode, encode, hashHex, type Section, type Sections } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const section: fc.Arbitrary<Section> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.uint8Array(),
  fc.array(fc.integer(), { maxLength: 9 }).map((list) => Int32Array.from(list)),
  fc.array(fc.nat(), { maxLength: 9 }).map((list) => Uint32Array.from(list)),
  fc.array(fc.double(), { maxLength: 9 }).map((list) => Float64Array.from(list)),
)
const sections: fc.Arbitrary<Sections> = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  section,
  {
    maxKeys: 5,
    noNullPrototype: true,
  },
)

test('sections go to bytes and back', () => {
  fc.assert(
    fc.property(sections, fc.string(), fc.nat(), (given, format, version) => {
      const bytes = encode(format, version, given)
      expect(decode(bytes, format, version)).toEqual({ _tag: 'Right', right: given })
      expect(encode(format, version, given)).toEqual(bytes)
    }),
    { numRuns: runs(30_000) },
  )
})

test('bytes in the middle of a larger buffer are read as well', () => {
  fc.assert(
    fc.property(sections, fc.nat(9), (given, by) => {
      const bytes = encode('demo', 1, given)
      const larger = new Uint8Array(bytes.length + 20)
      larger.set(bytes, by)
      expect(decode(larger.subarray(by, by + bytes.length), 'demo', 1)).toEqual({
        _tag: 'Right',
        right: given,
      })
    }),
    { numRuns: runs(10_000) },
  )
})

test('what was read does not change with the buffer it was read from', () => {
  const bytes = encode('demo', 1, { list: new Uint32Array([1, 2]) })
  const read = decode(bytes, 'demo', 1)
  bytes.fill(0)
  expect(read).toEqual({ _tag: 'Right', right: { list: new Uint32Array([1, 2]) } })
})

const example = encode('demo', 3, {
  words: 'Ünï 😀',
  bytes: new Uint8Array([1, 2, 3]),
  counts: new Int32Array([-1, 5]),
  dues: new Float64Array([Number.NaN, 1.5]),
})

test('every change of a single bit is refused', () => {
  for (let i = 0; i < example.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = example.slice()
      changed[i]! ^= 1 << bit
      if (decode(changed, 'demo', 3)._tag !== 'Left') expect.fail(`bit ${bit} of byte ${i} changed nothing`)
    }
  }
})

test('bytes cut short or longer are refused', () => {
  for (let length = 0; length < example.length; length++) {
    if (decode(example.subarray(0, length), 'demo', 3)._tag !== 'Left')
      expect.fail(`${length} bytes are enough`)
  }
  const longer = new Uint8Array(example.length + 1)
  longer.set(example)
  expect(decode(longer, 'demo', 3)._tag).toBe('Left')
})

test('any bytes are refused, not thrown at', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(40), (bytes, head) => {
      const mixed = Uint8Array.from([...example.subarray(0, head), ...bytes])
      expect(decode(mixed, 'demo', 3)._tag).toBe('Left')
    }),
    { numRuns: runs(100_000) },
  )
})

test('another format and another version are named', () => {
  const issue = (format: string, version: number): unknown => decode(example, format, version)
  expect(issue('demo', 4)).toEqual({
    _tag: 'Left',
    left: {
      code: 'bad-bytes',
      path: '',
      given: 'demo bytes of version 3',
      expected: 'demo bytes of version 4',
    },
  })
  expect(issue('other', 3)).toMatchObject({ left: { expected: 'other bytes of version 3' } })
})

test('a hash names content', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      const same = a.length === b.length && a.every((byte, i) => byte === b[i])
      expect(hashHex(a) === hashHex(b)).toBe(same)
      expect(hashHex(a)).toMatch(/^[0-9a-f]{16}$/)
    }),
    { numRuns: runs(100_000) },
  )
})
