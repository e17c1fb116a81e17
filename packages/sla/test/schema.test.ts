// The schema says of form what compile says: what ajv accepts is never refused for its shape, and what compiles is valid.

import { readFileSync } from 'node:fs'
import { schema as calendarSchema } from '@clientele/calendar/schema'
import { schema as conditionSchema } from '@clientele/core/condition'
import { type Clock, compile, type Definition, message, schema, type Target } from '@clientele/sla'
import { jsonDocument, runs } from '@clientele/testkit'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { policy } from './arbitraries.js'

const ajv = new Ajv2020({ allErrors: false, strictTypes: false })
ajv.addSchema(conditionSchema)
ajv.addSchema(calendarSchema)
const valid = ajv.compile(schema)

const WORDS = [
  'id,label,calendar,calendars,clocks,start,stop,cancel,reset,reopen,pause,resume,while,on,when,since,fact,cycle,once,each',
  'targets,within,notBefore,warn,after,onRetarget,keep-elapsed,PT1H,P1D,50%,-PT15M,-PT0S,0.5%,7%,100%,100.0%,101%,0%,00.0%,P,PT,eq,created,a,b,facts,meta',
  'version,string,one,two',
].flatMap((line) => line.split(','))

/** Issues of form, which a schema can find. */
const SHAPE = new Set([
  'wrong-type',
  'unknown-key',
  'missing-key',
  'bad-value',
  'bad-mark',
  'no-trigger',
  'unsupported-version',
])

/** A policy with one thing in it replaced by something else. */
const changed = fc
  .tuple(
    policy,
    fc.nat(),
    fc.oneof(jsonDocument(WORDS), fc.constantFrom(...WORDS, 0, -1, 1.5)),
    fc.constantFrom(...WORDS),
  )
  .map(([definition, place, value, key]) => {
    const copy = JSON.parse(JSON.stringify(definition)) as Record<string, unknown>
    const spots: (() => void)[] = []
    const walk = (at: unknown): void => {
      if (typeof at !== 'object' || at === null) return
      const record = at as Record<string, unknown>
      for (const name of Object.keys(record)) {
        spots.push(
          () =>
            void Object.defineProperty(record, name, {
              value,
              enumerable: true,
              writable: true,
              configurable: true,
            }),
        )
        walk(record[name])
      }
      if (!Array.isArray(at)) {
        spots.push(() => {
          record[key] = value
        })
      }
    }
    walk({ clocks: copy['clocks'], extra: copy })
    spots[place % spots.length]!()
    return copy as unknown
  })

const agree = (definition: unknown): void => {
  // ajv takes an own key of this name for one it has seen
  if (JSON.stringify(definition)?.includes('"__proto__":')) return
  const compiled = compile(definition)
  if (valid(definition)) {
    const issues = compiled._tag === 'Left' ? compiled.left : []
    const shape = issues.filter(
      ({ code, path }) => SHAPE.has(code) && !path.startsWith('calendars') && !/fact|when|while/.test(path),
    )
    expect(shape.map((issue) => `${issue.path}: ${message(issue)}`)).toEqual([])
  } else {
    expect(compiled._tag, JSON.stringify(valid.errors)).toBe('Left')
  }
}

test('policies are valid and compile', () => {
  fc.assert(
    fc.property(policy, (definition) => {
      expect(valid(JSON.parse(JSON.stringify(definition))), JSON.stringify(valid.errors)).toBe(true)
      expect(compile(definition)._tag).toBe('Right')
    }),
    { numRuns: runs(20_000) },
  )
})
test('a changed policy is refused by both or by neither', () => {
  fc.assert(fc.property(changed, agree), { numRuns: runs(100_000) })
})
test('so is any document; none throws, none takes long', () => {
  fc.assert(fc.property(jsonDocument(WORDS), agree), { numRuns: runs(1_000_000) })
})

test('the keys of the schema are those of the types', () => {
  type Root = (typeof schema)['properties']
  type ClockKeys = Root['clocks']['items']['properties']
  expectTypeOf<keyof Root>().toEqualTypeOf<keyof Definition>()
  expectTypeOf<keyof ClockKeys>().toEqualTypeOf<keyof Clock>()
  expectTypeOf<keyof ClockKeys['targets']['items']['properties']>().toEqualTypeOf<keyof Target>()
  expectTypeOf<keyof ClockKeys['start']['properties']>().toEqualTypeOf<keyof Clock['start']>()
})

test('the published file is the schema', () => {
  const file = readFileSync(new URL('../schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(file)).toEqual(schema)
})
