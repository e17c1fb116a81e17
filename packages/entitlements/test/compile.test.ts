// What is refused, with which code, where, and with which suggestion; and what an input line is told.
import {
  bind,
  type Command,
  compile,
  compileOrThrow,
  createState,
  type Effect,
  explain,
  type Issue,
  message,
  step,
} from '@clientele/entitlements'
import { describe, expect, test } from 'vitest'

const desk = { timeZone: 'UTC', week: { mon: ['09:00-18:00'] } }
const visit = { quota: 2, per: 'month' }
const told = (definition: unknown): string[] => {
  const compiled = compile(definition)
  const issues: readonly Issue[] = compiled._tag === 'Left' ? compiled.left : []
  for (const issue of issues) expect(message(issue).length).toBeGreaterThan(5)
  return issues.map((issue) => {
    const near = 'nearest' in issue && issue.nearest !== undefined ? ` ${issue.nearest}` : ''
    return `${issue.code} ${issue.path}${near}`
  })
}
const withChannel = (channel: unknown): unknown => ({
  packages: { standard: { channels: { visit: channel } } },
  calendars: { desk },
})
const at = 'packages.standard.channels.visit'

const REFUSED: readonly (readonly [string, unknown, ...string[]])[] = [
  ['no object', 7, 'wrong-type '],
  ['no packages', {}, 'missing-key '],
  ['an empty list of packages', { packages: {} }, 'bad-value packages'],
  ['a misspelt key', { packges: {}, packages: {} }, 'unknown-key  packages'],
  ['a package of nothing', { packages: { standard: {} } }, 'missing-key packages.standard'],
  [
    'a misspelt quota',
    withChannel({ qouta: 2, per: 'month' }),
    `unknown-key ${at} quota`,
    `missing-key ${at}`,
  ],
  ['a quota without period', withChannel({ quota: 2 }), `missing-key ${at}`],
  ['a period without quota', withChannel({ per: 'month' }), `missing-key ${at}`],
  ['a misspelt period', withChannel({ quota: 2, per: 'mont' }), `bad-value ${at}.per month`],
  ['a negative quota', withChannel({ quota: -1, per: 'month' }), `bad-value ${at}.quota`],
  ['half a unit', withChannel({ quota: 1.5, per: 'month' }), `bad-value ${at}.quota`],
  ['an unknown calendar', withChannel({ hours: 'dsk' }), `unknown-calendar ${at}.hours desk`],
  [
    'a limit of nothing billed',
    withChannel({ ...visit, overageLimit: 3 }),
    `nothing-billed ${at}.overageLimit`,
  ],
  [
    'units carried out of a contract',
    withChannel({ quota: 2, per: 'contract', carryOver: {} }),
    `no-next-period ${at}.carryOver`,
  ],
  [
    'a misspelt carry-over',
    withChannel({ ...visit, carryOver: { maxx: 2 } }),
    `unknown-key ${at}.carryOver max`,
  ],
  [
    'an unknown package extended',
    { packages: { standard: { channels: {} }, luxe: { extends: 'standrad' } } },
    'unknown-package packages.luxe.extends standard',
  ],
  [
    'a circle',
    { packages: { a: { extends: 'b' }, b: { extends: 'c' }, c: { extends: 'a' } } },
    'circular-extends packages.c.extends',
  ],
  [
    'a channel taken away that is not there',
    {
      packages: { a: { channels: { visit } }, b: { extends: 'a', without: ['vist'] } },
    },
    'unknown-channel packages.b.without[0] visit',
  ],
  ['without what', { packages: { a: { channels: {}, without: ['x'] } } }, 'missing-key packages.a'],
  [
    'a version twice',
    { packages: { a: { channels: {} }, 'a@1': { channels: {} } } },
    'same-version packages["a@1"]',
  ],
  ['version nought', { packages: { 'a@0': { channels: {} } } }, 'bad-value packages["a@0"]'],
  [
    'a zone',
    { timeZone: 'Europe/Mosow', packages: { a: { channels: {} } } },
    'unknown-zone timeZone Europe/Moscow',
  ],
  [
    'a calendar inside',
    { packages: { a: { channels: {} } }, calendars: { desk: { ...desk, week: { mon: ['9-18'] } } } },
    'bad-interval calendars.desk.week.mon[0]',
  ],
  ['a newer form', { version: 2, packages: { a: { channels: {} } } }, 'unsupported-version version'],
]

test.each(REFUSED)('%s is refused', (_, definition, ...expected) => {
  const issues = told(definition)
  for (const each of expected) expect(issues).toContain(each)
})

test('what any definition may carry is taken', () => {
  const meta = { anything: [1, { deep: null }] }
  const packages = { a: { label: 'A', meta, channels: { x: { label: 'X', meta } } } }
  expect(
    told({ $schema: 'x', version: 1, id: 'p', label: 'P', meta, facts: { vip: 'boolean' }, packages }),
  ).toEqual([])
})

test('compileOrThrow prints every issue with its path', () => {
  expect(() => compileOrThrow(withChannel({ hours: 'dsk', quota: 2 }) as never)).toThrow(
    /visit: the key "per" is missing\n.*dsk.*did you mean "desk"/,
  )
})

const table = compileOrThrow({
  facts: { priority: { enum: ['urgent', 'normal'] } },
  packages: { standard: { channels: { visit: { quota: 2, per: 'month' } } }, 'luxe@2': { channels: {} } },
  calendars: { desk },
})
const answer = (line: unknown): Effect => {
  const out: Effect[] = []
  step(table, createState(table), line as Command, out)
  expect(out).toHaveLength(1)
  return out[0]!
}

describe('input lines', () => {
  const when = '2026-03-02T09:00:00Z'
  const contract = { op: 'contract', customer: 'c', package: 'standard', from: '2026-01-01' }
  const consume = { op: 'consume', customer: 'c', channel: 'visit', at: when }
  const LINES: readonly (readonly [string, unknown, string, string, RegExp])[] = [
    ['a text', 'x', 'wrong-type', '', /expected an object/],
    ['no op', {}, 'missing-key', 'op', /"op" is missing/],
    ['a misspelt op', { ...consume, op: 'consum' }, 'unknown-op', 'op', /did you mean "consume"/],
    ['no customer', { ...consume, customer: undefined }, 'missing-key', 'customer', /is missing/],
    ['an empty customer', { ...consume, customer: '' }, 'bad-value', 'customer', /expected an id/],
    [
      'a customer without id',
      { ...consume, customer: { type: 'x' } },
      'missing-key',
      'customer.id',
      /is missing/,
    ],
    ['no channel', { ...consume, channel: null }, 'missing-key', 'channel', /is missing/],
    ['no instant', { ...consume, at: undefined }, 'missing-key', 'at', /is missing/],
    ['a local time', { ...consume, at: '2026-03-02T09:00:00' }, 'bad-value', 'at', /an instant such as/],
    [
      'an instant long gone',
      { ...consume, at: '1920-03-02T09:00:00Z' },
      'out-of-range',
      'at',
      /1970 to 2100/,
    ],
    ['no units', { ...consume, units: 0 }, 'bad-value', 'units', /whole number from 1/],
    ['half a unit', { ...consume, units: 0.5 }, 'bad-value', 'units', /whole number from 1/],
    ['units in words', { ...consume, units: 'two' }, 'wrong-type', 'units', /whole number from 1/],
    ['an unknown package', { ...consume, package: 'standrd' }, 'unknown-package', 'package', /"standard"/],
    ['a fact', { ...consume, facts: { priority: 'urgnt' } }, 'wrong-constant', 'facts.priority', /urgent/],
    ['no time at all', { ...consume, op: 'reserve', ttl: 'PT0S' }, 'bad-value', 'ttl', /more than nothing/],
    ['a contract of nothing', { ...contract, package: undefined }, 'missing-key', 'package', /is missing/],
    ['an unknown version', { ...contract, version: 3 }, 'unknown-package', 'package', /standard@1/],
    ['no first day', { ...contract, from: undefined }, 'missing-key', 'from', /is missing/],
    ['no such day', { ...contract, from: '2026-02-30' }, 'bad-value', 'from', /a date such as/],
    ['an end before the start', { ...contract, to: '2025-12-31' }, 'bad-value', 'to', /not before/],
    ['a zone', { ...contract, zone: 'Europe/Mosow' }, 'unknown-zone', 'zone', /Europe\/Moscow/],
    ['a change', { ...contract, change: 'porrate' }, 'bad-value', 'change', /prorate/],
    ['nothing to commit', { op: 'commit', customer: 'c', at: when }, 'missing-key', 'id', /is missing/],
    ['an unknown id', { op: 'commit', customer: 'c', at: when, id: 'x' }, 'unknown-reservation', 'id', /"x"/],
    [
      'no open reservation',
      { op: 'release', customer: 'c', at: when, channel: 'visit' },
      'unknown-reservation',
      '',
      /no open reservation/,
    ],
    ['an account of nothing', { op: 'account', customer: 'c' }, 'missing-key', 'account', /is missing/],
  ]
  test.each(LINES)('%s', (_, line, code, path, text) => {
    const effect = answer(line)
    expect(effect).toMatchObject({ error: { code, path } })
    if ('error' in effect) expect(effect.error.message).toMatch(text)
  })

  test('explain throws for what cannot be read, with the path', () => {
    const request = { customer: 'c', channel: 'visit', at: 'noon' }
    expect(() => explain(table, createState(table), request)).toThrow(/^at: expected an instant/)
  })
})

test('a channel that no package has is not covered', () => {
  const line = { op: 'status', customer: 'c', channel: '__proto__', at: 0 }
  expect(answer(line)).toMatchObject({ verdict: 'deny', reason: 'not-covered', nextAllowedAt: null })
})

test("the host's own hours take the place of a calendar", () => {
  const bound = compileOrThrow({
    packages: { a: { channels: { x: { hours: 'desk' } } } },
    calendars: { desk },
  })
  const even = {
    add: (from: number, by: number) => from + by,
    elapsed: (from: number, to: number) => to - from,
    isOpen: (instant: number) => instant % 2 === 0,
    nextOpen: (instant: number) => instant + (instant % 2),
  }
  const state = createState(bound)
  const out: Effect[] = []
  step(bound, state, { op: 'contract', customer: 'c', package: 'a', from: '1970-01-01' }, out)
  step(bind(bound, { desk: even }), state, { op: 'status', customer: 'c', channel: 'x', at: 7 }, out)
  expect(out[1]).toMatchObject({ reason: 'hours', nextAllowedAt: 8 })
  expect(() => bind(bound, { dsk: even })).toThrow(RangeError)
})

test('a state belongs to its definition', () => {
  const other = compileOrThrow({ packages: { a: { channels: {} } } })
  expect(() => step(other, createState(table), { op: 'erase', customer: 'c' }, [])).toThrow(RangeError)
})
