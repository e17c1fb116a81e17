// The schema says of form what compile says: what ajv accepts is never refused for its shape, and what compiles is valid.

import { readFileSync } from 'node:fs'
import { schema as calendarSchema } from '@clientele/calendar/schema'
import { schema as conditionSchema } from '@clientele/core/condition'
import {
  type CarryOver,
  type Channel,
  compile,
  type Definition,
  message,
  type Package,
  schema,
} from '@clientele/entitlements'
import { jsonDocument, runs } from '@clientele/testkit'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { definition } from './arbitraries.js'

const ajv = new Ajv2020({ allErrors: false, strictTypes: false })
ajv.addSchema(conditionSchema)
ajv.addSchema(calendarSchema)
const valid = ajv.compile(schema)

const WORDS = [
  'id,label,meta,facts,version,timeZone,weekStart,packages,calendars,channels,extends,without,sla,anchor,hours,quota,per',
  'carryOver,max,expires,overage,overageLimit,deny,bill,day,week,month,quarter,year,contract,calendar,24/7,desk,x,y,p,q,r',
  'UTC,Europe/Moscow,mon,sun,p@2,$schema',
].flatMap((line) => line.split(','))

/** Issues of form, which a schema can find. */
const SHAPE = new Set(['wrong-type', 'unknown-key', 'missing-key', 'bad-value', 'unsupported-version'])
/** Of values that a schema does not know. */
const isBeyond = (path: string, text: string): boolean =>
  path.startsWith('calendars') || path.startsWith('facts') || /a version from 1 on/.test(text)

/** A definition with one thing in it replaced by something else. */
const changed = fc
  .tuple(
    definition,
    fc.nat(),
    fc.oneof(jsonDocument(WORDS), fc.constantFrom<unknown>(...WORDS, 0, -1, 1.5, 1, 2)),
    fc.constantFrom(...WORDS),
  )
  .map(([form, place, value, key]) => {
    const copy = JSON.parse(JSON.stringify(form)) as Record<string, unknown>
    const spots: (() => void)[] = []
    const walk = (at: unknown): void => {
      if (typeof at !== 'object' || at === null) return
      const record = at as Record<string, unknown>
      const set = (name: string) => (): void => {
        Object.defineProperty(record, name, {
          value,
          enumerable: true,
          writable: true,
          configurable: true,
        })
      }
      for (const name of Object.keys(record)) {
        spots.push(set(name))
        // calendars have laws of their own
        if (name !== 'calendars') walk(record[name])
      }
      if (!Array.isArray(at)) spots.push(set(key))
    }
    walk({ extra: copy })
    spots[place % spots.length]!()
    return copy as unknown
  })

const agree = (form: unknown): void => {
  // ajv takes an own key of this name for one it has seen
  if (JSON.stringify(form)?.includes('"__proto__":')) return
  const compiled = compile(form)
  if (valid(form)) {
    const issues = compiled._tag === 'Left' ? compiled.left : []
    const shape = issues.filter((issue) => SHAPE.has(issue.code) && !isBeyond(issue.path, message(issue)))
    expect(shape.map((issue) => `${issue.path}: ${message(issue)}`)).toEqual([])
  } else {
    expect(compiled._tag, JSON.stringify(valid.errors)).toBe('Left')
  }
}

test('definitions are valid and compile', () => {
  fc.assert(
    fc.property(definition, (form) => {
      const json = JSON.parse(JSON.stringify(form))
      expect(valid(json), JSON.stringify(valid.errors)).toBe(true)
      expect(compile(json)._tag).toBe('Right')
    }),
    { numRuns: runs(20_000) },
  )
})
test('a changed definition is refused by both or by neither', () => {
  fc.assert(fc.property(changed, agree), { numRuns: runs(100_000) })
})
test('so is any document; none throws, none takes long', () => {
  fc.assert(fc.property(jsonDocument(WORDS), agree), { numRuns: runs(1_000_000) })
})

test('the keys of the schema are those of the types', () => {
  type Root = (typeof schema)['properties']
  type PackageKeys = Root['packages']['additionalProperties']['properties']
  type ChannelKeys = PackageKeys['channels']['additionalProperties']['properties']
  expectTypeOf<keyof Root>().toEqualTypeOf<keyof Definition>()
  expectTypeOf<keyof PackageKeys>().toEqualTypeOf<keyof Package>()
  expectTypeOf<keyof ChannelKeys>().toEqualTypeOf<keyof Channel>()
  expectTypeOf<keyof ChannelKeys['carryOver']['properties']>().toEqualTypeOf<keyof CarryOver>()
})

test('the published file is the schema', () => {
  const file = readFileSync(new URL('../schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(file)).toEqual(schema)
})
