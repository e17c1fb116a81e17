// What was decided, case by case: the table of ARCHITECTURE.md as a reader would try it.
import {
  type Command,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  handle,
  migrate,
  step,
  usage,
} from '@clientele/entitlements'
import { describe, expect, test } from 'vitest'

const told = (effect: Effect): string => {
  if ('error' in effect) return effect.error.code
  if (!('verdict' in effect)) return 'ok'
  const { verdict, remaining, reason, nextAllowedAt, billed } = effect
  const next = nextAllowedAt === null ? '' : new Date(nextAllowedAt).toISOString().slice(0, 16)
  return [verdict, remaining ?? '–', reason ?? '', billed > 0 ? `billed ${billed}` : '', next]
    .filter((part) => part !== '')
    .join(' ')
}
const play = (definition: Definition, ...commands: readonly object[]): readonly string[] => {
  const table = compileOrThrow(definition)
  const [state, out] = [createState(table), [] as Effect[]]
  for (const command of commands) step(table, state, command as Command, out)
  return out.map(told)
}
const contract = (name: string, from: string, more: object = {}): object => ({
  op: 'contract',
  customer: 'a',
  package: name,
  from,
  ...more,
})
const ask = (op: string, channel: string, at: string, more: object = {}): object => ({
  op,
  customer: 'a',
  channel,
  at: at.length === 10 ? `${at}T12:00:00Z` : at,
  ...more,
})
const visits = (quota: number, more: object = {}): Definition['packages'][string] => ({
  channels: { visit: { quota, per: 'month', ...more } },
})

describe('contracts', () => {
  const two: Definition = {
    packages: { small: visits(1), large: { channels: { ...visits(5).channels, chat: {} } } },
  }

  test('the latest first day takes the place of the others, and gives it back when it ends', () => {
    expect(
      play(
        two,
        contract('small', '2026-01-01'),
        contract('large', '2026-02-10', { to: '2026-02-20' }),
        ask('status', 'visit', '2026-02-09'),
        ask('status', 'visit', '2026-02-10'),
        ask('status', 'visit', '2026-02-21'),
        ask('status', 'chat', '2026-02-21'),
        ask('status', 'chat', '2026-02-01'),
      ),
    ).toEqual([
      'ok',
      'ok',
      'allow 1',
      'allow 5',
      'allow 1',
      'deny – not-covered',
      'deny – not-covered 2026-02-10T00:00',
    ])
  })

  test('of equal first days the one given last; given again, it is the last again', () => {
    const [small, large] = [contract('small', '2026-01-01'), contract('large', '2026-01-01')]
    expect(play(two, small, large, ask('status', 'visit', '2026-02-01')).at(-1)).toBe('allow 5')
    expect(play(two, small, large, small, ask('status', 'visit', '2026-02-01')).at(-1)).toBe('allow 1')
  })

  test('one that is given again keeps its counters and changes its end', () => {
    expect(
      play(
        two,
        contract('small', '2026-01-01'),
        ask('consume', 'visit', '2026-02-01'),
        contract('small', '2026-01-01', { to: '2026-02-15' }),
        ask('status', 'visit', '2026-02-15'),
        ask('status', 'visit', '2026-02-16'),
      ).slice(3),
    ).toEqual(['deny 0 quota', 'deny – expired'])
  })

  test('those beside others are asked when these refuse; nothing is taken in parts', () => {
    expect(
      play(
        two,
        contract('small', '2026-01-01'),
        contract('large', '2026-02-01', { change: 'add', to: '2026-02-28' }),
        ask('consume', 'visit', '2026-02-01'),
        ask('consume', 'visit', '2026-02-01', { units: 5 }),
        ask('consume', 'visit', '2026-02-01'),
        ask('status', 'chat', '2026-02-01'),
      ).slice(2),
    ).toEqual(['allow 0', 'allow 0', 'deny 0 quota 2026-03-01T00:00', 'allow –'])
  })

  test('between two contracts it has expired, and starts with the next', () => {
    expect(
      play(
        two,
        contract('small', '2026-01-01', { to: '2026-01-31' }),
        contract('small', '2026-03-01'),
        ask('status', 'visit', '2026-02-10'),
      ).at(-1),
    ).toBe('deny – expired 2026-03-01T00:00')
  })

  test('a request may name the package it means, with its version or without', () => {
    const versions: Definition = { packages: { p: visits(1), 'p@2': visits(2), q: visits(9) } }
    expect(
      play(
        versions,
        contract('p', '2026-01-01', { version: 1 }),
        contract('q', '2026-02-01'),
        ask('status', 'visit', '2026-02-10'),
        ask('status', 'visit', '2026-02-10', { package: 'p' }),
        ask('status', 'visit', '2026-02-10', { package: 'p@1' }),
        ask('status', 'visit', '2026-02-10', { package: 'p@2' }),
      ).slice(2),
    ).toEqual(['allow 9', 'allow 1', 'allow 1', 'allow 2'])
  })
})

describe('periods', () => {
  test('anniversaries of the 31st clamp to the end of the month', () => {
    const form: Definition = { packages: { p: visits(1, { anchor: 'contract' }) } }
    expect(
      play(
        form,
        contract('p', '2026-01-31'),
        ask('consume', 'visit', '2026-02-27'),
        ask('consume', 'visit', '2026-02-27'),
        ask('consume', 'visit', '2026-02-28'),
        ask('consume', 'visit', '2026-02-28'),
      ).slice(1),
    ).toEqual(['allow 0', 'deny 0 quota 2026-02-28T00:00', 'allow 0', 'deny 0 quota 2026-03-31T00:00'])
  })

  test('an anchor of its own joins a contract to the periods of an earlier one', () => {
    const form: Definition = {
      packages: { p: visits(4, { anchor: 'contract' }), q: visits(9, { anchor: 'contract' }) },
    }
    const used = [contract('p', '2026-01-10'), ask('consume', 'visit', '2026-02-12', { units: 3 })]
    const then = (more: object): string | undefined =>
      play(
        form,
        ...used,
        contract('q', '2026-02-20', { change: 'keep', ...more }),
        ask('status', 'visit', '2026-02-25'),
      ).at(-1)
    expect(then({})).toBe('allow 9')
    expect(then({ anchor: '2026-01-10' })).toBe('allow 6')
  })

  test('a quota of the whole contract is there once', () => {
    const form: Definition = { packages: { p: { channels: { audit: { quota: 1, per: 'contract' } } } } }
    expect(
      play(
        form,
        contract('p', '2026-01-01', { to: '2026-12-31' }),
        ask('consume', 'audit', '2026-03-01'),
        ask('consume', 'audit', '2026-11-01'),
      ).slice(1),
    ).toEqual(['allow 0', 'deny 0 quota'])
  })

  test('weeks begin on the day that the definition says', () => {
    const form = (weekStart: 'mon' | 'sun'): Definition => ({
      weekStart,
      packages: { p: { channels: { call: { quota: 1, per: 'week' } } } },
    })
    const week = [
      contract('p', '2026-01-01'),
      ask('consume', 'call', '2026-03-07'),
      ask('consume', 'call', '2026-03-07'),
    ]
    expect(play(form('mon'), ...week).at(-1)).toBe('deny 0 quota 2026-03-09T00:00')
    expect(play(form('sun'), ...week).at(-1)).toBe('deny 0 quota 2026-03-08T00:00')
  })
})

describe('units that come over', () => {
  const form = (carryOver: object): Definition => ({ packages: { p: visits(2, { carryOver }) } })
  const left = (carryOver: object, date: string, ...lines: readonly object[]): string | undefined =>
    play(form(carryOver), contract('p', '2026-01-01'), ...lines, ask('status', 'visit', date)).at(-1)

  test('up to a maximum, for so many periods, the oldest first', () => {
    expect(left({}, '2026-04-01')).toBe('allow 8')
    expect(left({ max: 3 }, '2026-04-01')).toBe('allow 5')
    expect(left({ expires: 1 }, '2026-04-01')).toBe('allow 4')
    // three of February are two of January and one of its own
    expect(left({ expires: 1 }, '2026-03-01', ask('consume', 'visit', '2026-02-10', { units: 3 }))).toBe(
      'allow 3',
    )
  })

  test('a line that comes late cannot have what was used since', () => {
    const lines = [ask('consume', 'visit', '2026-02-10', { units: 4 }), ask('consume', 'visit', '2026-01-10')]
    expect(play(form({}), contract('p', '2026-01-01'), ...lines).slice(1)).toEqual([
      'allow 0',
      'deny 0 quota 2026-03-01T00:00',
    ])
  })
})

test('what is beyond the quota is billed up to its limit, and takes nothing from the next period', () => {
  const form: Definition = { packages: { p: visits(2, { overage: 'bill', overageLimit: 3, carryOver: {} }) } }
  expect(
    play(
      form,
      contract('p', '2026-01-01'),
      ask('consume', 'visit', '2026-01-10', { units: 4 }),
      ask('consume', 'visit', '2026-01-10', { units: 2 }),
      ask('consume', 'visit', '2026-01-10'),
      ask('status', 'visit', '2026-02-10'),
    ).slice(1),
  ).toEqual(['bill 0 quota billed 2', 'deny 0 quota 2026-02-01T00:00', 'bill 0 quota billed 1', 'allow 2'])
})

test('the SLA target is that of the channel, else of the package, else of the package it extends', () => {
  const table = compileOrThrow({
    packages: {
      base: { sla: 'slow', channels: { mail: {}, chat: { sla: 'quick' } } },
      plus: { extends: 'base', sla: 'faster', channels: { phone: {} } },
      bare: { extends: 'base', without: ['chat'] },
    },
  })
  const state = createState(table)
  const out: Effect[] = []
  for (const [name, channel] of [
    ['base', 'mail'],
    ['plus', 'mail'],
    ['plus', 'chat'],
    ['bare', 'mail'],
    ['bare', 'chat'],
  ])
    step(table, state, ask('status', channel!, '2026-01-01', { package: name }) as Command, out)
  expect(out.map((effect) => ('verdict' in effect ? effect.sla : ''))).toEqual([
    'slow',
    'faster',
    'quick',
    'slow',
    null,
  ])
})

describe('reservations', () => {
  const form: Definition = { packages: { p: visits(2) } }
  const reserve = ask('reserve', 'visit', '2026-01-31T23:50:00Z', { id: 'r', ttl: 'PT1H' })
  const close = (op: string, at: string): object => ({ op, customer: 'a', id: 'r', at })

  test('stay in the period they were made in', () => {
    expect(
      play(
        form,
        contract('p', '2026-01-01'),
        reserve,
        close('commit', '2026-02-01T00:10:00Z'),
        ask('status', 'visit', '2026-02-01'),
        ask('status', 'visit', '2026-01-31'),
      ).slice(1),
    ).toEqual(['allow 1', 'allow 1', 'allow 2', 'allow 1'])
  })

  test('committed too late, they are a request like any other', () => {
    expect(
      play(
        form,
        contract('p', '2026-01-01'),
        reserve,
        close('commit', '2026-02-01T01:00:00Z'),
        ask('status', 'visit', '2026-01-31'),
      ).slice(1),
    ).toEqual(['allow 1', 'allow 1', 'allow 2'])
  })

  test('released after a commit they come back, and cannot be committed again', () => {
    expect(
      play(
        form,
        contract('p', '2026-01-01'),
        reserve,
        close('commit', '2026-01-31T23:55:00Z'),
        close('release', '2026-02-03T00:00:00Z'),
        close('release', '2026-02-04T00:00:00Z'),
        close('commit', '2026-02-05T00:00:00Z'),
      ).slice(1),
    ).toEqual(['allow 1', 'allow 1', 'allow 2', 'allow 2', 'already-released'])
  })

  test('a line that contradicts what was reserved is refused', () => {
    expect(
      play(form, contract('p', '2026-01-01'), reserve, {
        ...close('commit', '2026-01-31T23:55:00Z'),
        customer: 'b',
      }).at(-1),
    ).toBe('id-reused')
  })
})

describe('accounts', () => {
  const form: Definition = { packages: { p: visits(3) } }
  const firm = { op: 'contract', account: 'firm', package: 'p', from: '2026-01-01' }
  const visit = (customer: string, more: object = {}): object =>
    ask('consume', 'visit', '2026-01-10', { customer, ...more })

  test('an own contract is asked before that of the account', () => {
    expect(
      play(
        form,
        firm,
        contract('p', '2026-01-01'),
        { op: 'account', customer: 'a', account: 'firm' },
        visit('a', { units: 3 }),
        visit('a'),
        visit('b', { account: 'firm' }),
      ).slice(3),
    ).toEqual(['allow 0', 'allow 2', 'allow 1'])
  })

  test('who leaves an account may ask no more of it', () => {
    expect(
      play(
        form,
        firm,
        visit('a', { account: 'firm' }),
        { op: 'account', customer: 'a', account: null },
        visit('a'),
      ).slice(1),
    ).toEqual(['allow 2', 'ok', 'deny – not-covered'])
  })

  test('what an erased member took stays taken, what they had reserved comes back', () => {
    const table = compileOrThrow(form)
    const state = createState(table)
    const lines = [
      firm,
      visit('a', { account: 'firm', id: '1' }),
      { ...visit('a', { id: '2' }), op: 'reserve' },
      { op: 'erase', customer: 'a' },
    ]
    for (const line of lines) step(table, state, line as Command, [])
    expect(usage(table, state, handle(state, 'firm'), Date.UTC(2026, 0, 20))).toMatchObject([
      { used: 1, reserved: 0, left: 2 },
    ])
    expect(handle(state, 'a')).toBe(-1)
  })
})

test('a package that was only named is counted and told until somebody makes a contract of it', () => {
  const table = compileOrThrow({ packages: { p: visits(3) } })
  const state = createState(table)
  const at = Date.UTC(2026, 0, 20)
  const told = (): unknown =>
    usage(table, state, handle(state, 'a'), at).map(({ used, left }) => [used, left])
  step(table, state, ask('consume', 'visit', '2026-01-10', { package: 'p' }) as Command, [])
  expect(told()).toEqual([[1, 2]])
  step(table, state, contract('p', '2026-01-01') as Command, [])
  expect(told()).toEqual([[0, 3]])
})

test('a reservation outlives the quota that it was made of, and ends with the package', () => {
  const before = compileOrThrow({ packages: { p: visits(3) } })
  const reserved = (): ReturnType<typeof createState> => {
    const state = createState(before)
    step(before, state, contract('p', '2026-01-01') as Command, [])
    step(before, state, ask('reserve', 'visit', '2026-01-10', { id: 'r' }) as Command, [])
    return state
  }
  const committed = (form: Definition): string | undefined => {
    const [after, state, out] = [compileOrThrow(form), reserved(), [] as Effect[]]
    migrate(state, before, after)
    step(after, state, { op: 'commit', customer: 'a', id: 'r', at: '2026-01-10T13:00:00Z' }, out)
    return out.map(told)[0]
  }
  expect(committed({ packages: { p: visits(9) } })).toBe('allow 8')
  expect(committed({ packages: { p: { channels: { visit: {} } } } })).toBe('allow –')
  expect(committed({ packages: { q: visits(9) } })).toBe('already-released')
})
