// Laws of the adapters: whatever they are given, they answer; what they answer compiles; where they approximate, they never
// allow what the other program refuses.
import { shapeMessage } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AdapterName,
  type AdapterResult,
  adapters,
  fromJourneyOptimizer,
  fromRateLimiterFlexible,
} from '../src/adapters.js'
import { compile, compileOrThrow, createState, type Effect, type Facts, step } from '../src/index.js'

const NAMES = Object.keys(adapters) as AdapterName[]

/** Settings that some adapter reads. */
const SAMPLES: { readonly [name in AdapterName]: unknown } = {
  braze: {
    rules: [
      { id: 'a', channel: 'push', limit: 1, every: 1, unit: 'days', tag: 't', nestedTags: ['t/u'] },
      { name: 'b', limit: 3, every: 2, unit: 'weeks' },
    ],
    quietHours: { start: '22:00', end: '06:00', channels: ['push'] },
    timeZone: 'Europe/Paris',
  },
  'journey-optimizer': {
    id: 'set',
    name: 'Set',
    domain: 'channel',
    rules: [
      { capping: 2, duration: 'weekly', every: 2, channels: ['email', 'sms'], status: 'active' },
      {
        type: 'quietHours',
        timeZone: 'recipient',
        handling: 'discard',
        periods: [
          { days: ['mon', 'tue'], from: '21:00', to: '09:00' },
          { dates: ['2026-12-25'], allDay: true },
        ],
      },
    ],
  },
  onesignal: { limit: 3, every: 24, unit: 'hour' },
  firefox: {
    frequency: { lifetime: 3, custom: [{ cap: 1, period: 1_500 }] },
    messages: [{ id: 'a', frequency: { lifetime: 1 } }],
    groups: [{ id: 'g', frequency: { custom: [{ cap: 2, period: 'daily' }] } }],
  },
  'rate-limiter-flexible': [
    { points: 5, duration: 60, keyPrefix: 'p' },
    { points: 9, duration: 0, blockDuration: 5 },
  ],
}

/** A sample in which some parts are something else. */
const damaged = (value: unknown): fc.Arbitrary<unknown> => {
  const whole =
    Array.isArray(value) && value.length > 0
      ? fc.tuple(...value.map(damaged)).map((list) => [...list])
      : typeof value === 'object' && value !== null && !Array.isArray(value)
        ? fc.record(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, damaged(part)])), {
            requiredKeys: [],
          })
        : fc.constant(value)
  const words = fc.constantFrom('__proto__', 'constructor', '', '24:00', '9999-12-31', 'x'.repeat(200))
  const other = fc.oneof(fc.jsonValue(), words, fc.integer(), fc.double())
  return fc.oneof({ weight: 12, arbitrary: whole as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: other })
}

const keepsWord = (result: AdapterResult): void => {
  if (result._tag === 'Right') {
    const compiled = compile(result.right.definition)
    expect(compiled).toMatchObject({ _tag: 'Right' })
    for (const note of result.right.notes) expect(note.length).toBeGreaterThan(10)
    return
  }
  for (const issue of result.left) {
    expect(typeof issue.path).toBe('string')
    expect(shapeMessage(issue)).not.toContain('undefined')
  }
}

describe.each(NAMES)('%s', (name) => {
  const read = adapters[name]

  test('reads its sample', () => {
    expect(read(SAMPLES[name])._tag).toBe('Right')
    keepsWord(read(SAMPLES[name]))
  })

  test('answers whatever it is given; what it answers compiles', () => {
    fc.assert(
      fc.property(fc.oneof(damaged(SAMPLES[name]), fc.anything()), (value) => keepsWord(read(value))),
      {
        numRuns: runs(20_000),
      },
    )
  })

  test('reads own keys only, and leaves its input alone', () => {
    const inherited = Object.create(SAMPLES[name] as object) as unknown
    if (!Array.isArray(SAMPLES[name])) expect(read(inherited)).toEqual(read({}))
    const before = JSON.stringify(SAMPLES[name])
    read(SAMPLES[name])
    expect(JSON.stringify(SAMPLES[name])).toBe(before)
  })

  test('answers the same to the same settings', () => {
    expect(read(SAMPLES[name])).toEqual(read(structuredClone(SAMPLES[name])))
  })
})

/** The seconds at which attempts passed. */
const admitted = (
  result: AdapterResult,
  seconds: readonly number[],
  facts: Facts = {},
): readonly number[] => {
  if (result._tag === 'Left') throw new TypeError('the settings do not read')
  const table = compileOrThrow(result.right.definition)
  const state = createState(table)
  return seconds.filter((second) => {
    const out: Effect[] = []
    step(table, state, { op: 'attempt', recipient: 'P', at: second * 1_000, facts }, out)
    const [effect] = out
    return effect !== undefined && 'verdict' in effect && effect.verdict === 'allow'
  })
}

const sorted = (most: number) =>
  fc
    .array(fc.integer({ min: 0, max: most }), { maxLength: 60, size: 'max' })
    .map((list) => list.sort((a, b) => a - b))

const LENGTHS = { hourly: 3_600, daily: 86_400, weekly: 604_800 } as const

/** A rule over several periods, how far its stretches are shifted, and attempts. */
interface Repeated {
  readonly duration: keyof typeof LENGTHS
  readonly every: number
  readonly capping: number
  readonly phase: number
  readonly at: readonly number[]
}

describe('where an adapter approximates, it is never laxer', () => {
  test('Journey Optimizer, every N: no fixed stretch of N periods holds more than the cap, wherever it begins', () => {
    const seconds = fc.constantFrom(...(Object.keys(LENGTHS) as (keyof typeof LENGTHS)[])).chain((duration) =>
      fc.record({
        duration: fc.constant(duration),
        every: fc.integer({ min: 2, max: 4 }),
        capping: fc.integer({ min: 1, max: 4 }),
        phase: fc.integer({ min: 0, max: 3 }),
        at: sorted(LENGTHS[duration] * 12),
      }),
    )
    const law = ({ duration, every, capping, phase, at }: Repeated): void => {
      const rule = { capping, duration, every, channels: ['email'] }
      const sent = admitted(fromJourneyOptimizer({ rules: [rule] }), at, {
        channel: 'email',
        category: 'marketing',
      })
      const length = LENGTHS[duration] * every
      const counts = new Map<number, number>()
      for (const second of sent) {
        const stretch = Math.floor((second + phase * LENGTHS[duration]) / length)
        counts.set(stretch, (counts.get(stretch) ?? 0) + 1)
      }
      for (const count of counts.values()) expect(count).toBeLessThanOrEqual(capping)
    }
    fc.assert(fc.property(seconds, law), { numRuns: runs(20_000) })
  })

  test('rate-limiter-flexible: what passes here passes its fixed window from the first hit', () => {
    const options = fc.record({
      points: fc.integer({ min: 0, max: 4 }),
      duration: fc.integer({ min: 1, max: 50 }),
      at: sorted(300),
    })
    const law = ({
      points,
      duration,
      at,
    }: {
      points: number
      duration: number
      at: readonly number[]
    }): void => {
      const passed = admitted(fromRateLimiterFlexible({ points, duration }), at)
      let from = Number.NEGATIVE_INFINITY
      let used = 0
      for (const second of passed) {
        if (second >= from + duration) {
          from = second
          used = 0
        }
        used++
        expect(used).toBeLessThanOrEqual(points)
      }
    }
    fc.assert(fc.property(options, law), { numRuns: runs(20_000) })
  })
})
