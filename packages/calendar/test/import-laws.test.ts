// Laws of importers and exporters: what is written is read back to the same openings; damaged sources are read or refused at
// once; OSM texts mean what opening_hours.js says, events recur as ical.js says.

import type { Definition, Hours } from '@clientele/calendar'
import * as Calendar from '@clientele/calendar'
import {
  type ExportResult,
  fromBiz,
  fromICalendar,
  fromOsm,
  fromSchemaOrg,
  fromZendesk,
  type ImportResult,
  importers,
  toBiz,
  toICalendar,
  toOsm,
  toSchemaOrg,
  toZendesk,
} from '@clientele/calendar/import'
import { parseInstant } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { damaged, hours } from './import.arbitraries.js'
import * as sample from './import.samples.js'

const FROM = parseInstant('2025-12-20T00:00:00Z')!
const TO = parseInstant('2027-01-20T00:00:00Z')!

const right = <A>(result: { _tag: 'Left'; left: readonly unknown[] } | { _tag: 'Right'; right: A }): A => {
  if (result._tag === 'Left') throw new TypeError(JSON.stringify(result.left))
  return result.right
}

const openings = (definition: Definition): readonly (readonly [number, number])[] =>
  Calendar.periods(Calendar.compileOrThrow(definition), FROM, TO).map(([from, to]) => [from, to])

describe('written and read back', () => {
  const comesBack = <V>(given: Hours, written: ExportResult<V>, read: (value: V) => ImportResult): void => {
    const { value, notes } = right(written)
    expect(notes).toEqual([])
    expect(openings(right(read(value)).definition)).toEqual(openings(given))
  }
  const law = (overnight: 'overnight' | 'same-day', check: (given: Hours) => void, count = 100): void =>
    fc.assert(fc.property(hours(overnight), check), { numRuns: runs(count * 100) })

  test('iCalendar', () => {
    law('overnight', (given) => comesBack(given, toICalendar(given), (text) => fromICalendar(text)))
  })
  test('schema.org', () => {
    law('overnight', (given) =>
      comesBack(given, toSchemaOrg(given), (specs) => fromSchemaOrg(specs, { timeZone: given.timeZone })),
    )
  })
  test('OSM', () => {
    law('overnight', (given) =>
      comesBack(given, toOsm(given), (text) => fromOsm(text, { timeZone: given.timeZone })),
    )
  })
  test('biz', () => {
    law('same-day', (given) => comesBack(given, toBiz(given), (value) => fromBiz(value)))
  })
  test('Zendesk', () => {
    law('same-day', ({ dates: _, ...given }) =>
      comesBack(given, toZendesk(given), (value) => fromZendesk(value)),
    )
  })
  test('equal hours write equal texts', () => {
    const check = (given: Hours): void => {
      expect(toICalendar(structuredClone(given))).toEqual(toICalendar(given))
    }
    law('overnight', check, 20)
  })
})

describe('damaged sources', () => {
  const sources = {
    ical: [sample.ICAL_HOLIDAYS, sample.ICAL_HOURS, sample.ICAL_AVAILABILITY],
    'schema.org': [sample.SCHEMA_ORG],
    osm: sample.OSM,
    biz: [sample.BIZ],
    zendesk: [sample.ZENDESK],
    salesforce: [sample.SALESFORCE],
  } as const
  const names = Object.keys(sources) as (keyof typeof sources)[]
  // the first use of a zone reads its table, which is no part of reading a source
  for (const name of names)
    for (const text of sources[name]) importers[name](text, { timeZone: 'Europe/Paris' })

  test.each(names)('%s: read or refused at once, and what is read compiles', (name) => {
    const as = fc.constantFrom('holidays' as const, 'hours' as const)
    fc.assert(
      fc.property(damaged(sources[name]), as, (text, choice) => {
        const begin = performance.now()
        const read = importers[name](text, { timeZone: 'Europe/Paris', as: choice })
        const millis = performance.now() - begin
        expect(millis, text).toBeLessThan(500)
        if (read._tag === 'Left') expect(read.left[0].reason).not.toBe('')
        else {
          const compiled = Calendar.compile(read.right.definition)
          if (compiled._tag === 'Left') throw new TypeError(`${text}\n${JSON.stringify(compiled.left)}`)
        }
      }),
      { numRuns: runs(name === 'ical' || name === 'osm' ? 100_000 : 50_000) },
    )
  })

  test('any value of JSON is read or refused', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...names), (text, name) => {
        expect(['Left', 'Right']).toContain(importers[name](text, { timeZone: 'UTC' })._tag)
      }),
      { numRuns: runs(100_000) },
    )
  })
})

test('keys of the machinery of objects are refused', () => {
  const names = ['__proto__', 'constructor', 'toString']
  for (const name of names) {
    expect(importers.biz(`{"hours":{"${name}":{"09:00":"17:00"}},"time_zone":"UTC"}`)._tag).toBe('Left')
    expect(importers.biz(`{"shifts":{"${name}":{"09:00":"17:00"}},"time_zone":"UTC"}`)._tag).toBe('Left')
  }
})
