// Each adapter by the examples of the documentation it follows, as of November 2026, and what it cannot say.
import { formatInstant, renderIssues, shapeMessage } from '@clientele/core'
import { describe, expect, test } from 'vitest'
import {
  type Adapted,
  type AdapterResult,
  fromBraze,
  fromFirefox,
  fromJourneyOptimizer,
  fromOneSignal,
  fromRateLimiterFlexible,
} from '../src/adapters.js'
import { type Command, compileOrThrow, createState, type Effect, type Facts, step } from '../src/index.js'

const adapted = (result: AdapterResult): Adapted => {
  if (result._tag === 'Left') throw new TypeError(renderIssues(result.left, shapeMessage))
  return result.right
}
const refusal = (result: AdapterResult): string =>
  result._tag === 'Left' ? renderIssues(result.left, shapeMessage) : ''

const NEW_YORK = { id: 'P', zone: 'America/New_York' }

/** Attempts in order, each recorded when it passes: what each is answered. */
const attempts = (
  result: AdapterResult,
  lines: readonly (readonly [at: string, facts?: Facts])[],
  recipient: string | { readonly id: string; readonly zone?: string } = NEW_YORK,
): readonly string[] =>
  answers(
    result,
    lines.map(([at, facts]) => ({ op: 'attempt', recipient, at, ...(facts === undefined ? {} : { facts }) })),
  )

const worded = (effect: Effect): string => {
  if (!('verdict' in effect)) return JSON.stringify(effect)
  if (effect.verdict === 'allow') return 'allow'
  const next = effect.nextAllowedAt === null ? 'never' : formatInstant(effect.nextAllowedAt)
  return `${effect.verdict} ${effect.rules.join(' ')} until ${next}`
}

const answers = (result: AdapterResult, commands: readonly Command[]): readonly string[] => {
  const table = compileOrThrow(adapted(result).definition)
  const state = createState(table)
  const out: Effect[] = []
  for (const command of commands) step(table, state, command, out)
  return out.map(worded)
}

const verdicts = (result: AdapterResult, lines: readonly (readonly [at: string, facts?: Facts])[]) =>
  attempts(result, lines).map((answer) => answer.split(' ')[0])

describe('Braze, "Rate limiting and frequency capping"', () => {
  const push = (campaign: string, more: Facts = {}): Facts => ({ channel: 'push', campaign, ...more })
  const aDay = fromBraze({
    rules: [{ channel: 'any', limit: 1, every: 1, unit: 'days' }],
    timeZone: 'Europe/Paris',
  })

  test('Delivery rules: one a day; at 11 pm, and an hour later again', () => {
    expect(
      verdicts(aDay, [
        ['2026-06-01T23:00:00-04:00', push('a')],
        ['2026-06-01T23:59:59-04:00', push('b')],
        ['2026-06-02T00:00:00-04:00', push('b')],
      ]),
    ).toEqual(['allow', 'deny', 'allow'])
  })

  test('Use case 2: two pushes a week, ABC triggered on Monday, Wednesday and Thursday', () => {
    const twice = fromBraze({ rules: [{ channel: 'push', limit: 2, every: 1, unit: 'weeks' }] })
    expect(
      attempts(twice, [
        ['2026-06-01T09:00:00-04:00', push('ABC')],
        ['2026-06-03T09:00:00-04:00', push('ABC')],
        ['2026-06-04T09:00:00-04:00', push('ABC')],
      ]),
    ).toEqual(['allow', 'allow', 'deny rule-1 until 2026-06-08T04:00:00Z'])
  })

  test('Use case 1: in-app messages and Content Cards do not count, and are not capped', () => {
    expect(
      verdicts(aDay, [
        ['2026-06-01T09:00:00-04:00', { channel: 'in-app', campaign: 'a' }],
        ['2026-06-01T09:00:00-04:00', { channel: 'content-card', campaign: 'b' }],
        ['2026-06-01T10:00:00-04:00', push('c')],
        ['2026-06-01T11:00:00-04:00', { channel: 'in-app', campaign: 'd' }],
      ]),
    ).toEqual(['allow', 'allow', 'allow', 'allow'])
  })

  test('Delivery rules: a campaign with push and email, each capped at one a day', () => {
    const each = fromBraze({
      rules: ['push', 'email'].map((channel) => ({ channel, limit: 1, every: 1, unit: 'days' })),
    })
    expect(
      verdicts(each, [
        ['2026-06-01T09:00:00-04:00', push('both')],
        ['2026-06-01T09:00:00-04:00', { channel: 'email', campaign: 'both' }],
        ['2026-06-01T10:00:00-04:00', push('next')],
        ['2026-06-01T10:00:00-04:00', { channel: 'email', campaign: 'next' }],
      ]),
    ).toEqual(['allow', 'allow', 'deny', 'deny'])
  })

  test('Conflicting rules: one push a week rules over three promotional ones', () => {
    const conflict = fromBraze({
      rules: [
        { channel: 'push', limit: 1, every: 1, unit: 'weeks' },
        { channel: 'push', limit: 3, every: 1, unit: 'weeks', tag: 'promotional' },
      ],
    })
    expect(
      attempts(conflict, [
        ['2026-06-01T09:00:00-04:00', push('a', { tags: ['promotional'] })],
        ['2026-06-02T09:00:00-04:00', push('b', { tags: ['promotional'] })],
      ]),
    ).toEqual(['allow', 'deny rule-1 until 2026-06-08T04:00:00Z'])
  })

  const promotional = fromBraze({
    rules: [{ channel: 'push', limit: 1, every: 1, unit: 'weeks', tag: 'promotional' }],
  })
  const tag = (tags: readonly string[]): Command => ({ op: 'tag', campaign: 'A', tags })
  const send = (campaign: string, at: string): Command => ({
    op: 'attempt',
    recipient: NEW_YORK,
    at,
    facts: push(campaign, { tags: ['promotional'] }),
  })
  const monday = send('A', '2026-06-01T09:00:00-04:00')
  const wednesday = send('B', '2026-06-03T09:00:00-04:00')

  test('Tag count: the tag is removed from campaign A before B is sent; B is received', () => {
    expect(answers(promotional, [tag(['promotional']), monday, tag([]), wednesday])).toEqual([
      '{"ok":true}',
      'allow',
      '{"ok":true}',
      'allow',
    ])
  })

  test('Tag count: the tag is removed and added back on Tuesday; B is not received', () => {
    const commands = [tag(['promotional']), monday, tag([]), tag(['promotional']), wednesday]
    expect(answers(promotional, commands).at(-1)).toBe('deny rule-1 until 2026-06-08T04:00:00Z')
  })

  test('Frequency capping by tag: nested tags count with the main one', () => {
    const nested = fromBraze({
      rules: [{ channel: 'push', limit: 1, every: 1, unit: 'weeks', tag: 'A', nestedTags: ['A/B', 'A/C'] }],
    })
    expect(
      verdicts(nested, [
        ['2026-06-01T09:00:00-04:00', push('a', { tags: ['A/B'] })],
        ['2026-06-02T09:00:00-04:00', push('b', { tags: ['A'] })],
        ['2026-06-02T10:00:00-04:00', push('c', { tags: ['D'] })],
      ]),
    ).toEqual(['allow', 'deny', 'allow'])
  })

  test('Delivery rules: overriding messages pass and do not count, unless they are to', () => {
    const overriding = (more: Facts): Facts => push('order', { override_frequency_capping: true, ...more })
    const day = (time: string): string => `2026-06-01T${time}:00-04:00`
    const after = (more: Facts) =>
      verdicts(aDay, [
        [day('09:00'), overriding(more)],
        [day('10:00'), push('a')],
        [day('11:00'), overriding(more)],
      ])
    expect(after({})).toEqual(['allow', 'allow', 'allow'])
    expect(after({ count_toward_cap: true })).toEqual(['allow', 'deny', 'allow'])
  })

  test('minutes are elapsed', () => {
    const minutes = fromBraze({ rules: [{ channel: 'push', limit: 1, every: 90, unit: 'minutes' }] })
    expect(
      verdicts(minutes, [
        ['2026-06-01T23:00:00-04:00', push('a')],
        ['2026-06-02T00:29:59-04:00', push('b')],
        ['2026-06-02T00:30:00-04:00', push('b')],
      ]),
    ).toEqual(['allow', 'deny', 'allow'])
  })

  test('"Quiet hours": from 10 pm to 6 am; a message of 5:30 goes out at 6', () => {
    const quiet = fromBraze({ rules: [], quietHours: { start: '22:00', end: '06:00' } })
    expect(attempts(quiet, [['2026-06-02T05:30:00-04:00', push('a')]])).toEqual([
      'defer quiet-hours until 2026-06-02T10:00:00Z',
    ])
  })

  test('a user without a zone is judged in that of the company', () => {
    expect(
      attempts(
        aDay,
        [
          ['2026-06-01T23:30:00+02:00', push('a')],
          ['2026-06-02T00:00:00+02:00', push('b')],
        ],
        'nowhere',
      ),
    ).toEqual(['allow', 'allow'])
  })

  test('what is not carried over', () => {
    expect(adapted(promotional).notes).toEqual([
      'timeZone: is not told; a user without a zone is judged in UTC',
      'a capped message is dropped by Braze; here the verdict says so, and when it would pass',
      'rules: the documented failures of tag rules above 100 messages per channel are not imitated',
    ])
    expect(refusal(fromBraze({ rules: [{ channel: 'psuh', limit: 0, every: 31, unit: 'days' }] }))).toBe(
      'rules[0].channel: expected one of any, push, email, sms, webhook, whatsapp, line, given "psuh"; did you mean "push"?\n' +
        'rules[0].limit: expected a whole number from 1 to 1000000, given 0\n' +
        'rules[0].every: expected a whole number from 1 to 30, given 31',
    )
    expect(refusal(fromBraze({ rules: Array(11).fill({}) }))).toContain('more than 10 elements')
    expect(refusal(fromBraze({ timeZone: 'Europe/Pari' }))).toContain('did you mean "Europe/Paris"?')
  })
})

describe('Adobe Journey Optimizer, "Frequency capping by channel" and "Set quiet hours"', () => {
  const mail = (more: Facts = {}): Facts => ({ channel: 'email', category: 'marketing', ...more })
  const rule = (duration: string, capping = 1, more: object = {}) =>
    fromJourneyOptimizer({ rules: [{ capping, duration, channels: ['email', 'sms'], ...more }] })

  test('several channels share one total: 3 mails and 2 texts of 5, then neither', () => {
    const day = '2026-06-01T12:00:00Z'
    expect(
      verdicts(rule('daily', 5), [
        ...Array.from({ length: 3 }, () => [day, mail()] as const),
        ...Array.from({ length: 2 }, () => [day, mail({ channel: 'sms' })] as const),
        [day, mail()],
        [day, mail({ channel: 'sms' })],
        [day, mail({ channel: 'push' })],
      ]),
    ).toEqual(['allow', 'allow', 'allow', 'allow', 'allow', 'deny', 'deny', 'allow'])
  })

  test.each([
    ['hourly', '2026-06-01T12:00:00Z', '2026-06-01T13:00:00Z'],
    ['daily', '2026-06-01T00:00:00Z', '2026-06-02T00:00:00Z'],
    ['weekly', '2026-05-31T00:00:00Z', '2026-06-07T00:00:00Z'],
    ['monthly', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'],
  ])('a counter is valid to the last second in UTC and resets: %s', (duration, first, reset) => {
    const last = formatInstant(Date.parse(reset) - 1_000)
    expect(
      attempts(rule(duration), [
        [first, mail()],
        [last, mail()],
        [reset, mail()],
      ]),
    ).toEqual(['allow', `deny rule-1 until ${reset}`, 'allow'])
  })

  test('only marketing is capped', () => {
    const day = '2026-06-01T12:00:00Z'
    expect(
      verdicts(rule('daily'), [
        [day, mail()],
        [day, mail({ category: 'transactional' })],
        [day, mail()],
      ]),
    ).toEqual(['allow', 'allow', 'deny'])
  })

  const night = (period: object, more: object = {}) =>
    fromJourneyOptimizer({
      rules: [{ type: 'quietHours', channels: ['email'], periods: [period], ...more }],
    })

  test('a weekly period over midnight belongs to the day it starts: Monday 9 PM–9 AM', () => {
    const monday = night({ days: ['mon'], from: '21:00', to: '09:00' })
    expect(
      attempts(monday, [
        ['2026-06-01T08:59:59-04:00', mail()],
        ['2026-06-01T21:00:00-04:00', mail()],
        ['2026-06-02T08:59:59-04:00', mail()],
      ]),
    ).toEqual(['allow', 'defer rule-1 until 2026-06-02T13:00:00Z', 'defer rule-1 until 2026-06-02T13:00:00Z'])
  })

  test('a profile without a zone has no quiet hours, but caps all the same', () => {
    const period = { days: ['mon'], allDay: true }
    expect(attempts(night(period), [['2026-06-01T12:00:00Z', mail()]], 'nowhere')).toEqual(['allow'])
    expect(
      attempts(night(period, { timeZone: 'Europe/Paris' }), [['2026-06-01T12:00:00Z', mail()]], 'nowhere'),
    ).toEqual(['defer rule-1 until 2026-06-01T22:00:00Z'])
    expect(
      verdicts(rule('daily'), [
        ['2026-06-01T12:00:00Z', mail()],
        ['2026-06-01T13:00:00Z', mail()],
      ]),
    ).toEqual(['allow', 'deny'])
  })

  test('custom dates have periods of their own', () => {
    const christmas = night({ dates: ['2026-12-25'], from: '18:00', to: '10:00' })
    expect(
      attempts(christmas, [
        ['2026-12-24T19:00:00-05:00', mail()],
        ['2026-12-25T18:00:00-05:00', mail()],
        ['2026-12-26T10:00:00-05:00', mail()],
      ]),
    ).toEqual(['allow', 'defer rule-1-dates-1 until 2026-12-26T15:00:00Z', 'allow'])
  })

  test('what is not carried over', () => {
    const noted = (result: AdapterResult): readonly string[] => adapted(result).notes.slice(0, -1)
    expect(noted(rule('daily', 1, { every: 2 }))[0]).toMatch(/^rules\[0\]\.every: .* never later$/)
    expect(noted(rule('daily', 1, { status: 'draft' }))).toEqual(['rules[0]: is draft and left out'])
    expect(noted(rule('daily', 1, { rank: 3 }))).toEqual(['rules[0].rank: is not read'])
    expect(refusal(fromJourneyOptimizer({ domain: 'journey', rules: [] }))).toContain(
      'expected one of channel',
    )
    expect(refusal(rule('weekly', 1, { every: 5 }))).toContain('a whole number from 1 to 4')
    expect(refusal(night({ days: [], from: '21:00', to: '21:00' }))).toContain(
      'another time than that of "from"',
    )
    expect(refusal(fromJourneyOptimizer({}))).toBe('(definition): the key "rules" is missing')
  })
})

describe('OneSignal, "Push frequency capping"', () => {
  const push = (more: Facts = {}): Facts => ({ channel: 'push', ...more })
  const three = fromOneSignal({ limit: 3, every: 24, unit: 'hour' })

  test('three notifications per 24 hours, as its table has it', () => {
    const table: readonly (readonly [at: string, delivered: string])[] = [
      ['2026-06-01T09:00:00Z', 'allow'],
      ['2026-06-01T13:00:00Z', 'allow'],
      ['2026-06-01T17:00:00Z', 'allow'],
      ['2026-06-02T08:00:00Z', 'deny'],
      ['2026-06-02T09:01:00Z', 'allow'],
      ['2026-06-02T10:00:00Z', 'deny'],
      ['2026-06-02T11:00:00Z', 'deny'],
      ['2026-06-02T14:00:00Z', 'allow'],
    ]
    expect(
      verdicts(
        three,
        table.map(([at]) => [at, push()] as const),
      ),
    ).toEqual(table.map(([, delivered]) => delivered))
  })

  test('a day is the past 24 hours, to the second; a week 168', () => {
    const once = (unit: string, at: string) =>
      verdicts(fromOneSignal({ limit: 1, unit }), [
        ['2026-06-01T18:45:00Z', push()],
        [at, push()],
      ])[1]
    expect(once('day', '2026-06-02T18:44:59Z')).toBe('deny')
    expect(once('day', '2026-06-02T18:45:00Z')).toBe('allow')
    expect(once('week', '2026-06-08T18:44:59Z')).toBe('deny')
    expect(once('week', '2026-06-08T18:45:00Z')).toBe('allow')
  })

  test('enable_frequency_cap false overrides; other channels are not capped', () => {
    const at = '2026-06-01T09:00:00Z'
    expect(
      verdicts(fromOneSignal({ limit: 1, unit: 'day' }), [
        [at, push()],
        [at, push({ enable_frequency_cap: false })],
        [at, { channel: 'email' }],
        [at, push()],
      ]),
    ).toEqual(['allow', 'allow', 'allow', 'deny'])
  })

  test('no window longer than a week', () => {
    expect(refusal(fromOneSignal({ limit: 1, every: 169, unit: 'hour' }))).toContain('from 1 to 168')
    expect(refusal(fromOneSignal({ limit: 1, unit: 'moth' }))).toContain(
      'expected one of minute, hour, day, week',
    )
  })
})

describe('Firefox, "Frequency and Frequency Caps"', () => {
  const DAY = 86_400_000
  const on = (...days: readonly number[]) => days.map((day) => [formatInstant(day * DAY)] as const)

  test('a lifetime cap of 1', () => {
    expect(attempts(fromFirefox({ frequency: { lifetime: 1 } }), on(0, 400))).toEqual([
      'allow',
      'deny frequency-lifetime until never',
    ])
  })

  test('three in total, at most once a week', () => {
    const weekly = fromFirefox({ frequency: { custom: [{ cap: 1, period: DAY * 7 }], lifetime: 3 } })
    expect(verdicts(weekly, on(0, 6, 7, 14, 30))).toEqual(['allow', 'deny', 'allow', 'allow', 'deny'])
  })

  test('ten in total, three a week, one a day; "daily" is a day', () => {
    const both = (day: unknown) =>
      fromFirefox({
        frequency: {
          custom: [
            { cap: 1, period: day },
            { cap: 3, period: DAY * 7 },
          ],
          lifetime: 10,
        },
      })
    const expected = ['allow', 'deny', 'allow', 'allow', 'deny', 'allow']
    expect(verdicts(both(DAY), on(0, 0.5, 1, 2, 3, 7))).toEqual(expected)
    expect(both('daily')).toEqual(both(DAY))
  })

  test('of several messages, each for itself; of a group, all together', () => {
    const shown = fromFirefox({
      messages: [{ id: 'a', template: 'toast', frequency: { lifetime: 1 } }, { id: 'b' }],
      groups: [{ id: 'cfr', frequency: { custom: [{ cap: 2, period: DAY }] } }],
    })
    const show = (campaign: string, ...groups: readonly string[]) =>
      [formatInstant(0), { campaign, groups }] as const
    expect(
      attempts(shown, [show('a'), show('a'), show('b', 'cfr'), show('b', 'cfr'), show('c', 'cfr')]),
    ).toEqual([
      'allow',
      'deny a-lifetime until never',
      'allow',
      'allow',
      'deny group-cfr-1 until 1970-01-02T00:00:00Z',
    ])
  })

  test('what is wrong, and what is rounded', () => {
    expect(adapted(fromFirefox({ frequency: { custom: [{ cap: 1, period: 1_500 }] } })).notes).toContain(
      'frequency.custom[0].period: is rounded up to whole seconds',
    )
    expect(refusal(fromFirefox({ messages: [{ id: 'a', frequency: 7 }, { frequency: {} }] }))).toBe(
      'messages[0].frequency: expected an object, given 7\nmessages[1]: the key "id" is missing',
    )
    const twice = [1, 2].map(() => ({ id: 'a', frequency: { lifetime: 1 } }))
    expect(refusal(fromFirefox({ messages: twice }))).toContain('the id "a-lifetime" is taken already')
  })
})

describe('rate-limiter-flexible, options', () => {
  const START = Date.UTC(2026, 5, 1)
  const at = (seconds: number) => [formatInstant(START + seconds * 1_000)] as const

  test('points in a duration; never more in any stretch of it', () => {
    const two = fromRateLimiterFlexible({ points: 2, duration: 10 })
    // the library lets 9, 10 and 11 through as well: its window of 0…10 is over at 10
    expect(verdicts(two, [at(0), at(9), at(9), at(10), at(11), at(19)])).toEqual([
      'allow',
      'allow',
      'deny',
      'allow',
      'deny',
      'allow',
    ])
    expect(adapted(two).notes[0]).toMatch(
      /^duration: a fixed window from the first hit becomes a rolling one/,
    )
  })

  test('a duration of 0 never expires; 0 points allow nothing; 30 days are 30 days', () => {
    expect(verdicts(fromRateLimiterFlexible({ points: 1, duration: 0 }), [at(0), at(1e9)])).toEqual([
      'allow',
      'deny',
    ])
    expect(verdicts(fromRateLimiterFlexible({ points: 0, duration: 60 }), [at(0)])).toEqual(['deny'])
    const month = fromRateLimiterFlexible({ points: 2, duration: 30 * 86_400 })
    expect(verdicts(month, [0, 1, 2, 3, 2_591_999, 2_592_000].map(at))).toEqual([
      'allow',
      'allow',
      'deny',
      'deny',
      'deny',
      'allow',
    ])
  })

  test('a union is all of them, and a refused attempt charges none', () => {
    const union = fromRateLimiterFlexible([
      { points: 1, duration: 60, keyPrefix: 'minute' },
      { points: 2, duration: 600, keyPrefix: 'ten' },
    ])
    expect(attempts(union, [at(0), at(1), at(2), at(60), at(120)])).toEqual([
      'allow',
      'deny minute until 2026-06-01T00:01:00Z',
      'deny minute until 2026-06-01T00:01:00Z',
      'allow',
      'deny ten until 2026-06-01T00:10:00Z',
    ])
  })

  test('what is not carried over, and what is wrong', () => {
    const { notes } = adapted(
      fromRateLimiterFlexible({
        points: 1,
        duration: 0,
        blockDuration: 60,
        execEvenly: true,
        storeClient: {},
      }),
    )
    expect(notes).toEqual([
      'storeClient: is not read',
      'blockDuration: is not carried over: refused attempts leave no trace here',
      'execEvenly: is not carried over: nothing here delays an attempt',
      'the key is the recipient; consuming several points at once becomes a weight of the cap, which you add',
    ])
    expect(refusal(fromRateLimiterFlexible({ points: -1 }))).toBe(
      'points: expected a whole number from 0 to 1000000, given -1\n(definition): the key "duration" is missing',
    )
    expect(refusal(fromRateLimiterFlexible([{ points: 1, duration: 1 }, 'x']))).toBe(
      '[1]: expected an object, given "x"',
    )
  })
})
