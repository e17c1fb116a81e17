// The schema says of form what compile says: what ajv accepts is never refused for its shape.
import { readFileSync } from 'node:fs'
import { schema as calendarSchema } from '@clientele/calendar/schema'
import { compile, type Definition, message, schema } from '@clientele/contact'
import { schema as conditionSchema } from '@clientele/core/condition'
import { jsonDocument, runs } from '@clientele/testkit'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { presets } from '../src/presets.js'
import { caseOf, WIDE } from './arbitraries.js'

const ajv = new Ajv2020({ allErrors: false, strictTypes: false })
ajv.addSchema(conditionSchema)
ajv.addSchema(calendarSchema)
const valid = ajv.compile(schema)

const WORDS = [
  'id,label,meta,facts,version,missingZone,deny,skip,holidays,calendars,caps,quiet,coolDowns,consent,control,exempt',
  'when,counts,limit,window,per,tags,sent,current,weights,weight,presumption,periods,days,notOn,between,all-day,holiday,open',
  'zone,recipient,calendar,outside,after,blocks,requires,opt-in,no-opt-out,maxAge,share,salt,since,until,from,uncounted',
  'rolling,civilDays,weekStart,lifetime,hour,day,mon,PT1H,PT0S,PT1.5S,PT2.0S,P1D,+P1D,-P1D,P,22:00-08:00,24:00-01:00,25:00-26:00',
  'fact,eq,a,b.c,a..b,a[0],__proto__.a,2026-02-29,2028-02-29,2026-05-01,2026-04-31,date,name,Europe/Moscow,Mars/Olympus',
].flatMap((line) => line.split(','))

/** Issues of form, which a schema can find. */
const SHAPE = new Set([
  'wrong-type',
  'unknown-key',
  'missing-key',
  'bad-value',
  'too-large',
  'never-quiet',
  'nothing-exempt',
  'nothing-to-end',
  'unsupported-version',
])
/** Of calendars and conditions, whose own tests say the same. */
const ELSEWHERE = /^calendars|^facts|\.(when|counts|after|blocks|since|until)/

const plain = caseOf(WIDE).map(({ definition }) => definition)
/** A policy of everything, and random ones. */
const policy: fc.Arbitrary<Definition> = fc.oneof(
  plain,
  fc.constantFrom(...Object.values(presets).map(({ definition }) => definition)),
)

/** A policy with one thing in it replaced by something else. */
const changed = fc
  .tuple(
    policy,
    fc.nat(),
    fc.oneof(jsonDocument(WORDS), fc.constantFrom(...WORDS, 0, -1, 1.5, 1_000, 1_500, true, null)),
    fc.constantFrom(...WORDS),
  )
  .map(([definition, place, value, key]) => {
    const copy = JSON.parse(JSON.stringify(definition)) as Record<string, unknown>
    const spots: (() => void)[] = []
    const walk = (at: unknown): void => {
      if (typeof at !== 'object' || at === null) return
      const record = at as Record<string, unknown>
      const put = (name: string) => () =>
        void Object.defineProperty(record, name, {
          value,
          enumerable: true,
          writable: true,
          configurable: true,
        })
      for (const name of Object.keys(record)) {
        spots.push(put(name))
        walk(record[name])
      }
      if (!Array.isArray(at)) spots.push(put(key))
    }
    walk(copy)
    spots[place % spots.length]!()
    return copy as unknown
  })

let accepted = 0
const agree = (definition: unknown): void => {
  // ajv takes an own key of this name for one it has seen
  if (JSON.stringify(definition)?.includes('"__proto__":')) return
  const compiled = compile(definition)
  if (!valid(definition)) return
  accepted++
  const issues = compiled._tag === 'Left' ? compiled.left : []
  const shape = issues.filter(({ code, path }) => SHAPE.has(code) && !ELSEWHERE.test(path))
  expect(shape.map((issue) => `${issue.path}: ${message(issue)}`)).toEqual([])
}

test('policies and presets are valid and compile', () => {
  fc.assert(
    fc.property(policy, (definition) => {
      expect(valid(JSON.parse(JSON.stringify(definition))), JSON.stringify(valid.errors)).toBe(true)
      expect(compile(definition)._tag).toBe('Right')
    }),
    { numRuns: runs(20_000) },
  )
})
test('a changed policy that is valid is of the right form', () => {
  fc.assert(fc.property(changed, agree), { numRuns: runs(200_000) })
  expect(accepted).toBeGreaterThan(100)
})
test('so is any document; none throws', () => {
  fc.assert(fc.property(jsonDocument(WORDS), agree), { numRuns: runs(1_000_000) })
})

const cap = { id: 'a', label: 'A', limit: 1, window: { rolling: 'PT1H' } }
const INVALID: readonly (readonly [string, unknown])[] = [
  ['a limit below nothing', { caps: [{ ...cap, limit: -1 }] }],
  ['a limit that is not whole', { caps: [{ ...cap, limit: 1.5 }] }],
  ['a window of nothing', { caps: [{ ...cap, window: { rolling: 'PT0S' } }] }],
  ['two windows', { caps: [{ ...cap, window: { rolling: 'PT1H', lifetime: true } }] }],
  ['no window', { caps: [{ id: 'a', limit: 1 }] }],
  ['a misspelt key', { caps: [{ ...cap, lable: 'A' }] }],
  ['a day that does not exist', { holidays: ['2026-02-29'] }],
  ['an hour that does not exist', { quiet: [{ id: 'q', periods: [{ between: '22:00-25:00' }] }] }],
  ['quiet hours without hours', { quiet: [{ id: 'q' }] }],
  ['an exemption from nothing', { exempt: [{ from: [] }] }],
  ['an end without a beginning', { exempt: [{ from: ['caps'], window: { lifetime: true } }] }],
]
test.each(INVALID)('%s is refused by both', (_, definition) => {
  expect(valid(definition)).toBe(false)
  expect(compile(definition)._tag).toBe('Left')
})

test('the published file is the schema', () => {
  const file = readFileSync(new URL('../schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(file)).toEqual(schema)
})
