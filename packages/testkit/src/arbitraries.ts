// What laws are tried with: shared fast-check arbitraries for hostile JSON, time, and facts.

import { DAY, FIRST_INSTANT, formatDate, formatDuration, formatInstant, LAST_INSTANT } from '@clientele/core'
import fc from 'fast-check'

/** Keys that careless code trips over. */
const HOSTILE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'length',
  'then',
  'toJSON',
  '',
  '0',
  '-1',
  'a.b',
  'a[0]',
  '[',
  '\u0000',
  '\ud800',
] as const

const HOSTILE_NUMBERS = [0, -0, 1, -1, 0.1, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324]

/** A key that careless code trips over. @category ports */
export const hostileKey = (): fc.Arbitrary<string> => fc.constantFrom(...HOSTILE_KEYS)

/** Sets an own key, `__proto__` included, as JSON.parse does. */
const withOwn = (entries: readonly (readonly [string, unknown])[]): object => {
  const record = {}
  for (const [key, value] of entries) {
    Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true })
  }
  return record
}

/**
 * Any JSON document, with keys and values that careless code trips over: `__proto__` as an own key, lone surrogates, very
 * large numbers, empty names, deep nesting. `words` are keys and texts to make documents of, so that some come close to a
 * valid definition.
 *
 * @example
 * import { jsonDocument } from '@clientele/testkit'
 * import fc from 'fast-check'
 * fc.sample(jsonDocument(['fact', 'eq']), { seed: 1, numRuns: 3 }).length // => 3
 *
 * @category ports
 */
export const jsonDocument = (words: readonly string[] = []): fc.Arbitrary<unknown> => {
  const word: fc.Arbitrary<string> = words.length === 0 ? fc.string() : fc.constantFrom(...words)
  const key = fc.oneof(
    { weight: 6, arbitrary: word },
    { weight: 1, arbitrary: hostileKey() },
    { weight: 1, arbitrary: fc.string() },
  )
  return fc.letrec<{ document: unknown }>((tie) => ({
    document: fc.oneof(
      { maxDepth: 6, depthSize: 'medium', withCrossShrink: true },
      { weight: 4, arbitrary: fc.oneof(word, fc.string(), fc.string({ unit: 'binary' }), hostileKey()) },
      { weight: 2, arbitrary: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })) },
      { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_NUMBERS) },
      { weight: 1, arbitrary: fc.constantFrom(true, false, null) },
      { weight: 3, arbitrary: fc.array(tie('document'), { maxLength: 5 }) },
      { weight: 6, arbitrary: fc.array(fc.tuple(key, tie('document')), { maxLength: 6 }).map(withOwn) },
    ),
  })).document
}

/** An instant of the known range, whole milliseconds, often a round one. @category ports */
export const instant = (): fc.Arbitrary<number> => {
  const last = LAST_INSTANT - 1
  return fc.oneof(
    fc.integer({ min: FIRST_INSTANT, max: last }),
    fc.integer({ min: 0, max: Math.floor(last / DAY) }).map((day) => day * DAY),
    fc.integer({ min: 0, max: Math.floor(last / 60_000) }).map((minute) => minute * 60_000),
  )
}

/** An instant in its ISO 8601 form. @category ports */
export const instantText = (): fc.Arbitrary<string> => instant().map(formatInstant)

/** A civil date of the known range in its ISO 8601 form. @category ports */
export const dateText = (): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: Math.floor(LAST_INSTANT / DAY) - 1 }).map(formatDate)

/** A duration in milliseconds, both signs, up to a year, often a round one. @category ports */
export const duration = (): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: -366 * DAY, max: 366 * DAY }),
    fc.integer({ min: -366 * 24, max: 366 * 24 }).map((hours) => hours * 3_600_000),
    fc.constant(0),
  )

/** A duration in its ISO 8601 form. @category ports */
export const durationText = (): fc.Arbitrary<string> => duration().map(formatDuration)

/** Zones that between them have most of what zones do. */
const ZONES = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Moscow',
  'Europe/Dublin',
  'Europe/Istanbul',
  'America/New_York',
  'America/Los_Angeles',
  'America/Chicago',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Caracas',
  'America/Havana',
  'America/Asuncion',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Asia/Gaza',
  'Asia/Amman',
  'Asia/Tokyo',
  'Asia/Shanghai',
  'Asia/Pyongyang',
  'Asia/Kamchatka',
  'Asia/Manila',
  'Australia/Lord_Howe',
  'Australia/Eucla',
  'Australia/Adelaide',
  'Australia/Sydney',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'Pacific/Norfolk',
  'Antarctica/Troll',
  'Antarctica/Casey',
  'Atlantic/Azores',
] as const

/**
 * Forty zones that between them have most of what zones do: summer time in both halves of the year, half an hour of it,
 * negative, given up and taken up, quarters of an hour, and days skipped or repeated at the date line.
 *
 * @example
 * import { zones } from '@clientele/testkit'
 * zones().length // => 40
 *
 * @category ports
 */
export const zones = (): readonly string[] => ZONES

/** One of {@link zones}. @category ports */
export const zoneName = (): fc.Arbitrary<string> => fc.constantFrom(...ZONES)

/** A value a fact may have, `null` and nested ones included. @category ports */
export const factValue = (): fc.Arbitrary<unknown> =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'ab', '', '\uff5e', '😀', 'urgent') },
      { weight: 4, arbitrary: fc.constantFrom(-1, 0, 1, 2, 2.5, 3) },
      { weight: 2, arbitrary: fc.constantFrom(true, false, null) },
      { weight: 2, arbitrary: fc.oneof(instantText(), dateText(), instant()) },
      { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
      {
        weight: 2,
        arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
      },
    ),
  })).value

/**
 * Facts: an object with most of the names, each with any value a fact may have, now and then with hostile ones.
 *
 * @example
 * import { facts } from '@clientele/testkit'
 * import fc from 'fast-check'
 * fc.sample(facts(['priority']), { seed: 1, numRuns: 3 }).length // => 3
 *
 * @category ports
 */
export const facts = (names: readonly string[]): fc.Arbitrary<{ readonly [name: string]: unknown }> => {
  const named = names.map((name) =>
    fc.option(
      factValue().map((value) => [name, value] as const),
      { freq: 6, nil: undefined },
    ),
  )
  const hostile = fc.option(fc.tuple(hostileKey(), factValue()), { freq: 1, nil: undefined })
  return fc
    .tuple(...named, hostile)
    .map(
      (entries) =>
        withOwn(entries.filter((entry) => entry !== undefined)) as { readonly [name: string]: unknown },
    )
}
