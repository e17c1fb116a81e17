// The schema says of form what compile says: what ajv accepts is never refused for its shape, and what compiles is valid.

import { readFileSync } from 'node:fs'
import { compile, type Definition, message, OPERATORS, schema } from '@clientele/core/condition'
import { jsonDocument, runs } from '@clientele/testkit'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedCondition, condition, WORDS } from './condition.arbitraries.js'

const valid = new Ajv2020({ allErrors: false, strictTypes: false }).compile(schema)

/** Issues that a schema cannot find. */
const BEYOND = new Set([
  'too-deep',
  'too-large',
  'forbidden-name',
  'bad-value',
  'unknown-fact',
  'wrong-operator',
  'wrong-constant',
])

/** ajv takes an own key that any object inherits for one it has seen (`unevaluated[key]`); we refuse it. */
const blindSpot = (definition: unknown): boolean => {
  let found = false
  JSON.stringify(definition, (key, value) => {
    found ||= key in Object.prototype
    return value
  })
  return found
}

const agree = (definition: unknown): void => {
  if (blindSpot(definition)) return
  const compiled = compile(definition)
  if (valid(definition)) {
    const shape = compiled._tag === 'Left' ? compiled.left.filter(({ code }) => !BEYOND.has(code)) : []
    expect(shape.map((issue) => `${issue.path}: ${message(issue)}`)).toEqual([])
  } else {
    expect(compiled._tag).toBe('Left')
  }
}

test('every random condition is valid and compiles', () => {
  fc.assert(
    fc.property(condition(), (part) => {
      expect(valid(part)).toBe(true)
      expect(compile(part)._tag).toBe('Right')
    }),
    { numRuns: runs(100_000) },
  )
})

test('schema and compile agree on conditions with one thing changed', () => {
  fc.assert(fc.property(changedCondition(), agree), { numRuns: runs(300_000) })
})

test('schema and compile agree on documents made of the words of conditions', () => {
  fc.assert(fc.property(jsonDocument(WORDS), agree), { numRuns: runs(300_000) })
})

test('some of the changed conditions are still valid, many are not', () => {
  const found = fc.sample(changedCondition(), 1_000).filter((definition) => valid(definition)).length
  expect(found).toBeGreaterThan(100)
  expect(found).toBeLessThan(900)
})

test('schema and compile agree on these', () => {
  const definitions: readonly unknown[] = [
    { all: [], any: [] },
    { all: [], fact: 'a', eq: 1 },
    { version: 1, facts: { a: 'number', b: { list: { object: { c: 'date' } } } }, fact: 'a', eq: 1 },
    { all: [{ facts: {}, fact: 'a', eq: 1 }] },
    { fact: 'a', label: 'x' },
    { fact: 'a', within: 5 },
    { fact: 'a', within: 5.5 },
    { fact: 'a', between: [1, 2, 3] },
    { facts: { a: { enum: ['x'], list: 'string' } }, all: [] },
    { facts: 'priority', eq: 1 },
  ]
  for (const definition of definitions) agree(definition)
})

test('every operator and every key of the types stands in the schema', () => {
  expect(Object.keys(schema.$defs.leaf.properties)).toEqual(['fact', ...OPERATORS, 'label', 'meta'])
  const definition: Definition = { $schema: schema.$id, version: 1, facts: {}, all: [] }
  expect(Object.keys(schema.properties)).toEqual(Object.keys(definition).slice(0, 3))
})

test('the published file is the schema', () => {
  const file = readFileSync(new URL('../condition.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(file)).toEqual(schema)
})
