// The reader collects every issue with its path and suggestion, reads own keys only, and never throws.

import {
  describeValue,
  memberPath,
  nearest,
  orThrow,
  Reader,
  renderIssues,
  shapeMessage,
} from '@clientele/core'
import { jsonDocument, runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test('whatever is read, nothing is thrown and every issue has words', () => {
  fc.assert(
    fc.property(jsonDocument(['a', 'b', 'PT8H', '2026-01-01', 'UTC']), (value) => {
      const reader = new Reader()
      const record = reader.object(value, 'o', ['a', 'b'])
      if (record !== undefined) {
        reader.required(record, 'a', 'o')
        reader.version(record, 'o', 1)
        expect(reader.member(record, 'toString') === undefined || Object.hasOwn(record, 'toString')).toBe(
          true,
        )
      }
      reader.entries(value, 'e', 3)
      reader.list(value, 'l', 3)
      reader.text(value, 't')
      reader.word(value, 'w', ['a', 'b'])
      reader.integer(value, 'i', 1, 5)
      reader.duration(value, 'd')
      reader.instant(value, 'n')
      reader.date(value, 'c')
      reader.zone(typeof value === 'string' && value !== 'UTC' ? `${value}!` : value, 'z')
      for (const issue of reader.issues) expect(shapeMessage(issue)).toMatch(/\S/)
    }),
    { numRuns: runs(50_000) },
  )
})

test('a path reads back to the keys it was made of', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ maxLength: 20 }), fc.nat(50)), { minLength: 1 }), (keys) => {
      const path = keys.reduce<string>((at, key) => memberPath(at, key), '')
      const tokens = [...path.matchAll(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]|[A-Za-z_$][\w$]*/g)].map(([token]) =>
        token.startsWith('[') ? JSON.parse(token)[0] : token,
      )
      expect(tokens).toEqual(keys)
    }),
    { numRuns: runs(20_000) },
  )
})

test('the nearest name is one of the names, found again after one slip', () => {
  const names = ['week', 'holidays', 'dates', 'breaks', 'effective', 'timeZone']
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(7), fc.constantFrom('', 'x'), (name, place, put) => {
      const slip = name.slice(0, place) + put + name.slice(place + 1)
      expect(nearest(slip, names)).toBe(name)
    }),
    { numRuns: runs(5_000) },
  )
  expect(nearest('x'.repeat(65), names)).toBeUndefined()
  expect(nearest('zzz', names)).toBeUndefined()
  expect(nearest('WEEK', names)).toBe('week')
})

test('a hundred thousand names are searched for a bounded time', () => {
  let asked = 0
  function* names(): Generator<string> {
    for (let i = 0; i < 1e5; i++) {
      asked++
      yield `some-long-name-of-a-thing-${i}`
    }
  }
  expect(nearest('sone-long-nane-of-a-thing-99999', names())).toBeDefined()
  expect(asked).toBeLessThan(1_000)
})

test('issues stop at a thousand, suggestions before', () => {
  const reader = new Reader()
  reader.object(Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`kye${i}`, i])), '', [
    'key1',
    'key2',
  ])
  expect(reader.issues.length).toBe(1_000)
  expect(reader.full).toBe(true)
  expect(
    reader.issues.filter((issue) => 'nearest' in issue && issue.nearest !== undefined).length,
  ).toBeLessThan(50)
})

test('prototypes are not read', () => {
  const reader = new Reader()
  const record = JSON.parse('{"__proto__":{"zone":"UTC"}}')
  expect(reader.member(record, 'zone')).toBeUndefined()
  expect(reader.member(Object.create({ zone: 'UTC' }), 'zone')).toBeUndefined()
  expect(reader.object(record, '', ['zone'])).toBe(record)
  expect(reader.issues.map(({ path, code }) => `${code} ${path}`)).toEqual(['unknown-key '])
})

test('values are described shortly', () => {
  expect(describeValue('x'.repeat(1e6)).length).toBeLessThan(70)
  expect([null, [], {}, undefined, 5, 'a', true, 5n, () => 1].map(describeValue)).toEqual([
    'null',
    'a list',
    'an object',
    'nothing',
    '5',
    '"a"',
    'true',
    'a bigint',
    'a function',
  ])
})

test('orThrow prints every issue', () => {
  const issues = [
    { code: 'missing-key', path: '', key: 'week' },
    { code: 'too-deep', path: 'a.b', limit: 64 },
  ] as const
  expect(renderIssues(issues, shapeMessage)).toBe(
    '(definition): the key "week" is missing\na.b: nested deeper than 64 levels',
  )
  expect(() => orThrow({ _tag: 'Left', left: issues }, 'the calendar', shapeMessage)).toThrowError(
    /^the calendar does not compile, 2 issues:\n\(definition\)/,
  )
  expect(orThrow({ _tag: 'Right', right: 5 }, 'it', shapeMessage)).toBe(5)
})
