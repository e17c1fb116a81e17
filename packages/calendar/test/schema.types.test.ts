// The hand-written types and the schema say the same: the same keys, the same required ones, and examples that both take or
// both refuse. What they say of values beyond that is held in `schema.test.ts`.

import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { Definition, EffectiveWeek, Hours, Intersect, Shift, Subtract, Union } from '../src/index.js'
import { schema } from '../src/schema.js'

const valid = new Ajv2020({ strictTypes: false, strictTuples: false }).compile(schema)

/** Whether a key must be there; the type lets nothing be left out and nothing be added. */
type Keys<Form> = { readonly [Key in keyof Form]-?: object extends Pick<Form, Key> ? 'optional' : 'required' }

const described = {
  $schema: 'optional',
  version: 'optional',
  label: 'optional',
  meta: 'optional',
  facts: 'optional',
} as const

const hours: Keys<Hours> = {
  ...described,
  timeZone: 'required',
  week: 'required',
  holidays: 'optional',
  dates: 'optional',
  breaks: 'optional',
  effective: 'optional',
}
const effectiveWeek: Keys<EffectiveWeek> = { from: 'required', week: 'required' }
const union: Keys<Union> = { ...described, union: 'required' }
const intersect: Keys<Intersect> = { ...described, intersect: 'required' }
const subtract: Keys<Subtract> = { ...described, subtract: 'required' }
const shift: Keys<Shift> = { ...described, shift: 'required' }

test.each(Object.entries({ hours, effectiveWeek, union, intersect, subtract, shift }))(
  'keys of %s',
  (name, keys) => {
    const form = schema.$defs[name] as { properties: object; required: readonly string[] }
    expect(Object.keys(form.properties).sort()).toEqual(Object.keys(keys).sort())
    const required = Object.entries(keys).flatMap(([key, need]) => (need === 'required' ? [key] : []))
    expect([...form.required].sort()).toEqual(required.sort())
  },
)

describe('both take', () => {
  const desk = { timeZone: 'UTC', week: { mon: ['09:00-18:00'] } }
  test.each<Definition>([
    desk,
    { timeZone: 'UTC', week: '24/7', version: 1, label: 'x', meta: [], facts: {}, $schema: 'y' },
    {
      ...desk,
      holidays: [
        '2026-01-01',
        { date: '2026-05-01', name: 'May' },
        { rrule: 'FREQ=YEARLY', from: '2026-01-01' },
      ],
    },
    {
      ...desk,
      dates: { '2026-12-26': ['10:00-14:00'], '2026-12-31': [] },
      breaks: { '2026-03-02': ['12:00 – 13:00:30.5'] },
    },
    { ...desk, effective: [{ from: '2026-07-01', week: '24/7' }] },
    { union: [desk, { intersect: [desk] }] },
    { subtract: [desk, { shift: [desk, 'PT1H'] }] },
    { shift: [desk, -3_600_000], label: 'earlier' },
  ])('%j', (definition) => {
    expect(valid(definition), JSON.stringify(valid.errors)).toBe(true)
  })
})

const desk: Definition = { timeZone: 'UTC', week: {} }
const refused: readonly unknown[] = [
  // @ts-expect-error no such weekday
  { timeZone: 'UTC', week: { monday: ['09:00-18:00'] } } satisfies Definition,
  // @ts-expect-error intervals stand in a list
  { timeZone: 'UTC', week: { mon: '09:00-18:00' } } satisfies Definition,
  // @ts-expect-error the week is missing
  { timeZone: 'UTC' } satisfies Definition,
  // @ts-expect-error dates are texts
  { timeZone: 'UTC', week: {}, holidays: [20260101] } satisfies Definition,
  // @ts-expect-error one is not enough
  { subtract: [desk] } satisfies Definition,
  // @ts-expect-error by a duration
  { shift: [desk, desk] } satisfies Definition,
  // @ts-expect-error a version is a number
  { timeZone: 'UTC', week: {}, version: '1' } satisfies Definition,
]

test.each(refused)('both refuse %j', (definition) => {
  expect(valid(definition)).toBe(false)
})
