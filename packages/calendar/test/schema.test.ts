// The schema says of form what compile says: what ajv accepts is never refused for its shape, and what compiles is valid.

import { readFileSync } from 'node:fs'
import { jsonDocument, runs } from '@clientele/testkit'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../src/index.js'
import { schema } from '../src/schema.js'
import { calendarAround, WORDS, ZONES } from './arbitraries.js'

const valid = new Ajv2020({ allErrors: false, strictTypes: false, strictTuples: false }).compile(schema)

/** Issues of form, which a schema can find. */
const OF_FORM = new Set(['wrong-type', 'unknown-key', 'missing-key', 'bad-interval', 'unsupported-version'])

const agree = (definition: unknown): void => {
  const compiled = compile(definition)
  const issues = compiled._tag === 'Left' ? compiled.left : []
  if (valid(definition)) expect(issues.filter(({ code }) => OF_FORM.has(code))).toEqual([])
  else expect(issues, JSON.stringify(valid.errors)).not.toEqual([])
}

test('random calendars are valid and compile', () => {
  const calendars = calendarAround(Date.UTC(2026, 2, 2), ZONES)
  fc.assert(
    fc.property(calendars, (definition) => {
      expect(valid(definition), JSON.stringify(valid.errors)).toBe(true)
      expect(compile(definition)._tag).toBe('Right')
    }),
    { numRuns: runs(20_000) },
  )
})

test('any document is refused by both or by neither', () => {
  fc.assert(fc.property(jsonDocument(WORDS), agree), { numRuns: runs(500_000) })
})

test('a calendar with one member changed is refused by both or by neither', () => {
  const base = {
    timeZone: 'UTC',
    week: { mon: ['09:00-18:00'] },
    holidays: [
      '2026-01-01',
      { date: '2026-05-01', name: 'Labour Day' },
      { rrule: 'FREQ=YEARLY', from: '2026-01-01' },
    ],
    dates: { '2026-12-26': ['10:00-14:00'] },
    breaks: { '2026-03-02': ['12:00-13:00'] },
    effective: [{ from: '2026-07-01', week: '24/7' }],
  }
  const key = fc.constantFrom(...Object.keys(base), ...WORDS)
  fc.assert(
    fc.property(key, jsonDocument(WORDS), (name, value) => agree({ ...base, [name]: value })),
    { numRuns: runs(200_000) },
  )
})

test('the published file is the schema', () => {
  const file = readFileSync(new URL('../schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(file)).toEqual(schema)
})
