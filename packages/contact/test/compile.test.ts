// What is refused, with which code, where, with which suggestion and in which words; and what a command is told.
import {
  type Command,
  compile,
  compileOrThrow,
  createState,
  type Effect,
  type Issue,
  message,
  step,
} from '@clientele/contact'
import { describe, expect, test } from 'vitest'

const cap = { id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }
const night = { id: 'night', label: 'Night', periods: [{ between: '22:00-08:00' }] }
const pause = { id: 'pause', label: 'Pause', after: { fact: 'talk', eq: true }, window: { civilDays: 7 } }
const desk = { timeZone: 'UTC', week: { mon: ['09:00-18:00'] } }

const issuesOf = (definition: unknown): readonly Issue[] => {
  const compiled = compile(definition)
  return compiled._tag === 'Left' ? compiled.left : []
}
/** Code, path and nearest name, and the sentence. */
const told = (definition: unknown): string[] =>
  issuesOf(definition).map((issue) => {
    const near = 'nearest' in issue && issue.nearest !== undefined ? ` ~${issue.nearest}` : ''
    return `${issue.code} ${issue.path}${near}: ${message(issue)}`
  })
const withCap = (change: object): unknown => ({ caps: [{ ...cap, ...change }] })
const withNight = (change: object): unknown => ({ quiet: [{ ...night, ...change }] })
const nested = (depth: number): unknown => {
  let condition: unknown = { fact: 'channel', eq: 'sms' }
  for (let i = 0; i < depth; i++) condition = { not: condition }
  return condition
}

const REFUSED: readonly (readonly [string, unknown, ...RegExp[]])[] = [
  ['no object', 7, /^wrong-type : .*expected an object.*given 7/],
  ['a list', [], /^wrong-type : .*a list/],
  ['a misspelt key', { cap: [cap] }, /^unknown-key {2}~caps: .*"cap".*did you mean "caps"/],
  ['a misspelt key of a cap', withCap({ windw: {} }), /^unknown-key caps\[0\] ~window/],
  [
    'a misspelt key of a window',
    withCap({ window: { rollin: 'PT1H' } }),
    /^unknown-key caps\[0\]\.window ~rolling/,
  ],
  [
    'a misspelt key of a period',
    withNight({ periods: [{ betwen: '22:00-08:00' }] }),
    /^unknown-key quiet\[0\]\.periods\[0\] ~between/,
    /^missing-key quiet\[0\]\.periods\[0\]: .*"between"/,
  ],
  ['a cap of nothing', { caps: [{}] }, /missing-key caps\[0\]: .*"id"/, /"limit"/, /"window"/],
  ['the same id twice', { caps: [cap, cap] }, /^duplicate-id caps\[1\]: .*"day".*caps\[0\]/],
  [
    'the same id in two sections',
    { caps: [cap], coolDowns: [{ ...pause, id: 'day' }] },
    /^duplicate-id coolDowns\[0\]/,
  ],
  [
    'a limit below nothing',
    withCap({ limit: -1 }),
    /^bad-value caps\[0\]\.limit: .*whole number from 0.*given -1/,
  ],
  ['a limit that is not whole', withCap({ limit: 1.5 }), /^bad-value caps\[0\]\.limit/],
  ['a limit in words', withCap({ limit: 'one' }), /^wrong-type caps\[0\]\.limit: .*given "one"/],
  [
    'a window of nothing',
    withCap({ window: { rolling: 'PT0S' } }),
    /^bad-value caps\[0\]\.window\.rolling: .*more than nothing/,
  ],
  [
    'a window of milliseconds',
    withCap({ window: { rolling: 1_500 } }),
    /^bad-value caps\[0\]\.window\.rolling: .*whole seconds/,
  ],
  ['a window of months', withCap({ window: { rolling: 'P1M' } }), /^bad-value caps\[0\]\.window\.rolling/],
  ['no days', withCap({ window: { civilDays: 0 } }), /^bad-value caps\[0\]\.window\.civilDays: .*from 1/],
  [
    'a misspelt unit',
    withCap({ window: { calendar: 'weak' } }),
    /^bad-value caps\[0\]\.window\.calendar ~week: .*did you mean "week"/,
  ],
  [
    'a misspelt weekday',
    withCap({ window: { calendar: 'week', weekStart: 'mo' } }),
    /^bad-value caps\[0\]\.window\.weekStart ~mon/,
  ],
  [
    'two windows',
    withCap({ window: { rolling: 'PT1H', lifetime: true } }),
    /^bad-value caps\[0\]\.window: .*rolling and lifetime/,
  ],
  ['no window', withCap({ window: {} }), /^bad-value caps\[0\]\.window: .*given none/],
  [
    'an unknown zone',
    withCap({ window: { civilDays: 1, zone: 'Europe/Mosow' } }),
    /^unknown-zone caps\[0\]\.window\.zone ~Europe\/Moscow: .*did you mean "Europe\/Moscow"/,
  ],
  ['an unknown zone in place of a missing one', { missingZone: 'Mars/Olympus' }, /^unknown-zone missingZone/],
  ['a zone that is none', withNight({ zone: 3 }), /^wrong-type quiet\[0\]\.zone/],
  ['keys in no list', withCap({ per: 'recipient' }), /^wrong-type caps\[0\]\.per/],
  ['a key that is no path', withCap({ per: ['a..b'] }), /^bad-value caps\[0\]\.per\[0\]: .*path of a fact/],
  [
    'a key that reaches for a prototype',
    withCap({ per: ['constructor.name'] }),
    /^bad-value caps\[0\]\.per\[0\]/,
  ],
  ['too many keys', withCap({ per: Array(9).fill('a') }), /^too-large caps\[0\]\.per/],
  ['a misspelt kind of tags', withCap({ tags: 'curent' }), /^bad-value caps\[0\]\.tags ~current/],
  [
    'a weight of nothing',
    withCap({ weights: [{ label: 'x', weight: 0 }] }),
    /^bad-value caps\[0\]\.weights\[0\]\.weight/,
  ],
  [
    'an hour that does not exist',
    withNight({ periods: [{ between: '22:00-25:00' }] }),
    /^bad-value quiet\[0\]\.periods\[0\]\.between: .*"22:00-08:00".*given "22:00-25:00"/,
  ],
  [
    'an hour that begins where days end',
    withNight({ periods: [{ between: '24:00-25:00' }] }),
    /^bad-value quiet\[0\]\.periods\[0\]\.between/,
  ],
  [
    'hours without minutes',
    withNight({ periods: [{ between: '22-8' }] }),
    /^bad-value quiet\[0\]\.periods\[0\]\.between/,
  ],
  [
    'a misspelt day',
    withNight({ periods: [{ days: ['monday'], between: 'all-day' }] }),
    /^bad-value quiet\[0\]\.periods\[0\]\.days\[0\]/,
  ],
  [
    'open days of no calendar',
    withNight({ periods: [{ days: ['open'], between: 'all-day' }] }),
    /^no-calendar quiet\[0\]\.periods\[0\]\.days\[0\]: .*"open" days are those of a calendar/,
  ],
  [
    'quiet hours without hours',
    { quiet: [{ id: 'q', label: 'Q' }] },
    /^never-quiet quiet\[0\]: names no hours/,
  ],
  [
    'an unknown calendar',
    { calendars: { desk }, quiet: [{ id: 'q', label: 'Q', outside: 'dsk' }] },
    /^unknown-calendar quiet\[0\]\.outside ~desk: .*did you mean "desk"/,
  ],
  [
    'a calendar inside',
    { calendars: { desk: { ...desk, week: { mon: ['9-18'] } } } },
    /^bad-interval calendars\.desk\.week\.mon\[0\]/,
  ],
  [
    'a zone inside a calendar',
    { calendars: { desk: { ...desk, timeZone: 'UCT+1' } } },
    /^unknown-zone calendars\.desk\.timeZone/,
  ],
  ['a date that does not exist', { holidays: ['2026-02-30'] }, /^bad-value holidays\[0\]/],
  ['a holiday without a date', { holidays: [{ name: 'May Day' }] }, /^missing-key holidays\[0\]/],
  [
    'a pause after nothing',
    { coolDowns: [{ id: 'p', label: 'P', window: { civilDays: 7 } }] },
    /^missing-key coolDowns\[0\]: .*"after"/,
  ],
  [
    '"when" where it is "blocks"',
    { coolDowns: [{ ...pause, when: { fact: 'a', eq: 1 } }] },
    /^unknown-key coolDowns\[0\] ~blocks/,
  ],
  [
    'a misspelt basis',
    { consent: [{ id: 'c', label: 'C', requires: 'optin' }] },
    /^bad-value consent\[0\]\.requires ~opt-in/,
  ],
  [
    'an age of nothing',
    { consent: [{ id: 'c', label: 'C', requires: 'opt-in', maxAge: 0 }] },
    /^bad-value consent\[0\]\.maxAge: .*a second or more/,
  ],
  [
    'a share of more than all',
    { control: [{ id: 'g', label: 'G', share: 1.1 }] },
    /^bad-value control\[0\]\.share: .*from 0 to 1/,
  ],
  [
    'an exemption from nothing',
    { exempt: [{ from: [] }] },
    /^nothing-exempt exempt\[0\]: exempts from nothing/,
  ],
  ['a misspelt kind', { exempt: [{ from: ['cap'] }] }, /^bad-value exempt\[0\]\.from\[0\] ~caps/],
  [
    'an end without a beginning',
    { exempt: [{ from: ['caps'], until: { fact: 'a', eq: 1 } }] },
    /^nothing-to-end exempt\[0\]\.until: "until" speaks of what "since" began/,
  ],
  [
    'a condition that asks for now',
    withCap({ when: { fact: 'signedUp', within: '-P30D' } }),
    /^timed-condition caps\[0\]\.when: "within" asks for the moment/,
  ],
  ['a condition of no operator', withCap({ when: { fact: 'a' } }), / caps\[0\]\.when/],
  ['conditions too deep', withCap({ counts: nested(200) }), /^too-(deep|large) caps\[0\]\.counts/],
  [
    'a fact that was not declared',
    { facts: { channel: 'string' }, ...(withCap({ when: { fact: 'chanel', eq: 'sms' } }) as object) },
    /^unknown-fact caps\[0\]\.when\.fact ~channel/,
  ],
  [
    'too many rules',
    { caps: Array.from({ length: 1_001 }, (_, i) => ({ ...cap, id: `c${i}` })) },
    /^too-large caps: /,
  ],
  ['a newer form', { version: 2 }, /^unsupported-version version: .*2.*1/],
]

const refused = REFUSED.map(([name, definition, ...expected]) => [name, { definition, expected }] as const)
test.each(refused)('%s is refused', (_, { definition, expected }) => {
  const issues = told(definition)
  for (const each of expected) expect(issues).toContainEqual(expect.stringMatching(each))
  expect(issues.length).toBeGreaterThanOrEqual(expected.length)
})

test('issues are collected, each once', () => {
  const issues = told({
    caps: [
      { ...cap, limit: -1 },
      { ...cap, id: 'b', window: {} },
    ],
    quiet: [{}],
    extra: 1,
  })
  expect(issues.length).toBe(new Set(issues).size)
  expect(issues.length).toBeGreaterThanOrEqual(5)
})

test('what any definition may carry is taken', () => {
  const meta = { anything: [1, { deep: null }] }
  expect(
    told({
      $schema: 'x',
      version: 1,
      id: 'p',
      label: 'P',
      meta,
      facts: { channel: 'string' },
      caps: [{ ...cap, meta }],
    }),
  ).toEqual([])
  expect(
    told({ facts: { channel: 'string' }, ...(withCap({ when: { fact: 'event', eq: 'x' } }) as object) }),
  ).toEqual([])
})

test('compileOrThrow prints every issue with its path', () => {
  expect(() => compileOrThrow(withCap({ limit: -1, per: ['a..b'] }) as never)).toThrow(
    /caps\[0\]\.limit: .*\n.*caps\[0\]\.per\[0\]/,
  )
})

describe('commands', () => {
  const policy = compileOrThrow({
    facts: { channel: { enum: ['sms', 'call'] } },
    caps: [{ ...cap, window: { civilDays: 1 } }],
  })
  const REFUSED_LINES: readonly (readonly [string, unknown, string, string])[] = [
    ['a text', 'x', 'wrong-type', ''],
    ['nothing to do', { recipient: 'anna', at: 0 }, 'missing-key', 'op'],
    ['a misspelt command', { op: 'chek', recipient: 'anna', at: 0 }, 'unknown-op', 'op'],
    ['no instant', { op: 'check', recipient: 'anna' }, 'missing-key', 'at'],
    ['a local time', { op: 'check', recipient: 'anna', at: '2026-03-02T09:00:00' }, 'bad-value', 'at'],
    [
      'an instant long gone',
      { op: 'check', recipient: 'anna', at: '1920-03-02T09:00:00Z' },
      'out-of-range',
      'at',
    ],
    ['nobody', { op: 'check', at: 0 }, 'missing-key', 'recipient'],
    ['nobody by name', { op: 'check', at: 0, recipient: '' }, 'wrong-type', 'recipient'],
    [
      'a recipient without id',
      { op: 'check', at: 0, recipient: { zone: 'UTC' } },
      'missing-key',
      'recipient.id',
    ],
    [
      'an unknown zone',
      { op: 'check', at: 0, recipient: { id: 'a', zone: 'Europe/Mosow' } },
      'unknown-zone',
      'recipient.zone',
    ],
    ['facts in a list', { op: 'check', at: 0, recipient: 'a', facts: [] }, 'wrong-type', 'facts'],
    [
      'a fact that cannot be',
      { op: 'check', at: 0, recipient: 'a', facts: { channel: 'sns' } },
      'wrong-constant',
      'facts.channel',
    ],
    [
      'a reservation without id',
      { op: 'reserve', at: 0, recipient: 'a', ttl: 'PT1H' },
      'missing-key',
      'touchId',
    ],
    [
      'a reservation without end',
      { op: 'reserve', at: 0, recipient: 'a', touchId: 't' },
      'missing-key',
      'ttl',
    ],
    [
      'a commit of nothing',
      { op: 'commit', at: 0, recipient: 'a', touchId: 't' },
      'unknown-touch',
      'touchId',
    ],
    ['a consent of no basis', { op: 'consent', at: 0, recipient: 'a', basis: 'yes' }, 'bad-value', 'basis'],
    [
      'candidates in no list',
      { op: 'choose', at: 0, recipient: 'a', candidates: {} },
      'wrong-type',
      'candidates',
    ],
    ['tags of nothing', { op: 'tag', tags: [] }, 'missing-key', 'campaign'],
  ]
  test.each(REFUSED_LINES)('%s', (_, line, code, path) => {
    const out: Effect[] = []
    step(policy, createState(policy), line as Command, out)
    expect(out).toMatchObject([{ error: { code, path } }])
  })

  test('a misspelt word names the nearest', () => {
    const out: Effect[] = []
    for (const line of [
      { op: 'chek', recipient: 'anna', at: 0 },
      { op: 'check', recipient: { id: 'a', zone: 'Europe/Mosow' }, at: 0 },
      { op: 'check', recipient: 'a', at: 0, facts: { channel: 'sns' } },
    ])
      step(policy, createState(policy), line as Command, out)
    const sentences = out.map((effect) => ('error' in effect ? effect.error.message : ''))
    expect(sentences[0]).toContain('did you mean "check"?')
    expect(sentences[1]).toContain('did you mean "Europe/Moscow"?')
    expect(sentences[2]).toContain('did you mean "sms"?')
  })

  test('another table than the state has is a programmer error', () => {
    const check: Command = { op: 'check', recipient: 'anna', at: 0 }
    expect(() => step(compileOrThrow({}), createState(policy), check, [])).toThrow(RangeError)
  })
})
