// What is refused, with which code, where, and with which suggestion; and what a vocabulary finds.

import { Reader, renderIssues } from '@clientele/core'
import {
  checkFacts,
  compile,
  compileOrThrow,
  compileVocabulary,
  compileWith,
  evaluate,
  factPaths,
  type Issue,
  message,
  type VocabularyTable,
} from '@clientele/core/condition'
import { describe, expect, test } from 'vitest'

const issuesOf = (definition: unknown, options = {}): readonly Issue[] => {
  const compiled = compile(definition, options)
  return compiled._tag === 'Left' ? compiled.left : []
}
/** `code path` of each issue, with the suggestion if there is one. */
const told = (issues: readonly Issue[]): string[] =>
  issues.map((issue) => {
    const near = 'nearest' in issue ? issue.nearest : undefined
    return `${issue.code} ${issue.path}${near === undefined ? '' : ` ${near}`}`
  })

const nest = (levels: number): unknown => {
  let part: unknown = { fact: 'a', eq: 1 }
  for (let i = 1; i < levels; i++) part = { not: part }
  return part
}

describe('refused', () => {
  const refused: readonly (readonly [unknown, ...string[]])[] = [
    [null, 'wrong-type '],
    [[], 'wrong-type '],
    ['priority', 'wrong-type '],
    [{}, 'no-condition '],
    [{ label: 'x' }, 'no-condition '],
    [{ al: [] }, 'unknown-key  all'],
    [{ eq: 1 }, 'missing-key '],
    [{ fact: 'a' }, 'no-operator '],
    [{ fact: 'a', equals: 1 }, 'unknown-key '],
    [{ fact: 'a', notin: [1] }, 'unknown-key  notIn'],
    [{ all: [], any: [] }, 'mixed-condition '],
    [{ all: {} }, 'wrong-type all'],
    [{ all: [1, { fact: 'a', eq: 1 }, {}] }, 'wrong-type all[0]', 'no-condition all[2]'],
    [{ not: [] }, 'wrong-type not'],
    [{ fact: 5, eq: 1 }, 'wrong-type fact'],
    [{ fact: '', eq: 1 }, 'bad-path fact'],
    [{ fact: 'a..b', eq: 1 }, 'bad-path fact'],
    [{ fact: 'a[x]', eq: 1 }, 'bad-path fact'],
    [{ fact: 'a[0', eq: 1 }, 'bad-path fact'],
    [{ fact: '[0]', eq: 1 }, 'bad-path fact'],
    [{ fact: 'a'.repeat(501), eq: 1 }, 'bad-path fact'],
    [{ fact: '__proto__', eq: 1 }, 'forbidden-name fact'],
    [{ fact: 'a.constructor.b', eq: 1 }, 'forbidden-name fact'],
    [{ fact: 'a[0].prototype', eq: 1 }, 'forbidden-name fact'],
    [{ fact: 'a', eq: { fact: 'constructor' } }, 'forbidden-name eq.fact'],
    [{ some: '__proto__', as: 'v', where: { fact: 'v', eq: 1 } }, 'forbidden-name some'],
    [{ some: 'l', as: '__proto__', where: { fact: 'v', eq: 1 } }, 'forbidden-name as'],
    [{ some: 'l', as: 'v.w', where: { fact: 'v', eq: 1 } }, 'bad-value as'],
    [{ some: 'l', where: { fact: 'v', eq: 1 } }, 'missing-key '],
    [{ some: 'l', as: 'v' }, 'missing-key '],
    [{ fact: 'a', eq: null }, 'wrong-type eq'],
    [{ fact: 'a', eq: [1] }, 'wrong-type eq'],
    [{ fact: 'a', eq: { fcat: 'b' } }, 'unknown-key eq fact', 'missing-key eq'],
    [{ fact: 'a', eq: Number.NaN }, 'wrong-type eq'],
    [{ fact: 'a', in: 'x' }, 'wrong-type in'],
    [{ fact: 'a', in: ['x', null] }, 'wrong-type in[1]'],
    [{ fact: 'a', in: [[]] }, 'wrong-type in[0]'],
    [{ fact: 'a', startsWith: 7 }, 'wrong-type startsWith'],
    [{ fact: 'a', exists: 'yes' }, 'wrong-type exists'],
    [{ fact: 'a', exists: { fact: 'b' } }, 'wrong-type exists'],
    [{ fact: 'a', between: [1] }, 'wrong-type between'],
    [{ fact: 'a', between: [1, null] }, 'wrong-type between[1]'],
    [{ fact: 'a', before: '2026-02-30' }, 'bad-value before'],
    [{ fact: 'a', before: '2026-02-03T00:00:00' }, 'bad-value before'],
    [{ fact: 'a', within: 'P1M' }, 'bad-value within'],
    [{ fact: 'a', within: 'soon' }, 'bad-value within'],
    [{ fact: 'a', eq: 1, label: 5 }, 'wrong-type label'],
    [{ version: 2, fact: 'a', eq: 1 }, 'unsupported-version version'],
    [{ all: [{ version: 1, fact: 'a', eq: 1 }] }, 'unknown-key all[0]'],
    [nest(65), `too-deep ${'not.'.repeat(63)}not`],
    [{ all: Array(10_000).fill({ fact: 'a', eq: 1 }) }, 'too-large all'],
    [
      { all: [...Array(9_998).fill({ fact: 'a', eq: 1 }), { not: { fact: 'a', eq: 1 } }] },
      'too-large all[9998].not',
    ],
    [{ fact: 'a', in: Array(10_001).fill(1) }, 'too-large in'],
    [
      { all: Array.from({ length: 11 }, () => ({ fact: 'a', in: Array(10_000).fill(1) })) },
      'too-large all[10].in',
    ],
  ]
  for (const [definition, ...expected] of refused) {
    test(JSON.stringify(definition).slice(0, 100), () => {
      const issues = issuesOf(definition)
      expect(told(issues)).toEqual(expected)
      for (const issue of issues) expect(message(issue)).toMatch(/^\S.{10}/)
    })
  }

  test('all issues at once, each with its path', () => {
    const definition = {
      all: [{ fact: 'a', equ: 1 }, { any: [{ fact: 'b', in: 3 }] }, { not: { fact: 'x..y', lt: {} } }],
    }
    expect(told(issuesOf(definition))).toEqual([
      'unknown-key all[0] eq',
      'wrong-type all[1].any[0].in',
      'bad-path all[2].not.fact',
      'missing-key all[2].not.lt',
    ])
  })

  test('compileOrThrow prints them', () => {
    expect(() => compileOrThrow({ fact: 'a', equ: 1 } as never)).toThrowError(
      /^the condition does not compile, one issue:\n\(definition\): unknown key "equ"; did you mean "eq"\?/,
    )
  })
})

describe('accepted', () => {
  const accepted: readonly unknown[] = [
    nest(64),
    { all: Array(9_999).fill({ fact: 'a', eq: 1 }) },
    { fact: 'a', in: Array(10_000).fill(1) },
    {
      $schema: 'x',
      version: 1,
      label: 'l',
      meta: { any: ['thing', null] },
      facts: { a: 'number' },
      fact: 'a',
      eq: 1,
    },
    { all: [{ label: 'l', meta: 1, fact: 'a', eq: 1 }] },
    JSON.parse('{"fact":"a","eq":1,"meta":{"__proto__":1}}'),
  ]
  for (const definition of accepted) {
    test(JSON.stringify(definition).slice(0, 100), () => expect(told(issuesOf(definition))).toEqual([]))
  }

  test('the facts it asks', () => {
    const table = compileOrThrow({
      all: [
        { fact: 'a.b', eq: { fact: 'c' } },
        { fact: 'a.b', exists: true },
        { some: 'l', as: 'v', where: { fact: 'v.x', eq: { fact: 'd' } } },
      ],
    })
    expect(factPaths(table)).toEqual(['a.b', 'c', 'l', 'd'])
  })
})

describe('inside another definition', () => {
  test('issues carry the outer path', () => {
    const reader = new Reader<Issue>()
    expect(compileWith(reader, { all: [{ fact: 'a', is: 1 }] }, 'clocks[0].pause.while')).toBeUndefined()
    expect(told(reader.issues)).toEqual(['unknown-key clocks[0].pause.while.all[0] in'])
    expect(renderIssues(reader.issues, message)).toContain('clocks[0].pause.while.all[0]: unknown key "is"')
  })

  test('the header belongs to the outer definition', () => {
    const reader = new Reader<Issue>()
    compileWith(reader, { version: 1, fact: 'a', eq: 1 }, 'when')
    expect(told(reader.issues)).toEqual(['unknown-key when'])
  })

  test('issues of others do not refuse it', () => {
    const reader = new Reader<Issue>()
    reader.wrongType(1, 'elsewhere', 'a text')
    const table = compileWith(reader, { fact: 'a', eq: 1 }, 'when')
    expect(table && evaluate(table, { a: 1 })).toBe(true)
  })

  test('a smaller budget', () => {
    const options = { budget: { nodes: 2 } }
    expect(
      told(
        issuesOf(
          {
            all: [
              { fact: 'a', eq: 1 },
              { fact: 'a', eq: 1 },
            ],
          },
          options,
        ),
      ),
    ).toEqual(['too-large all'])
  })
})

const vocabulary = {
  priority: { enum: ['urgent', 'normal'] },
  'customer.value': 'number',
  'customer.name': 'string',
  paid: 'boolean',
  due: 'date',
  tags: { list: { enum: ['vip', 'new'] } },
  notes: 'list',
  extra: 'object',
  level: { enum: [1, 2, 3] },
  vehicles: { list: { object: { make: 'string', year: 'number', 'owner.name': 'string' } } },
} as const

describe('under a vocabulary', () => {
  const found: readonly (readonly [unknown, ...string[]])[] = [
    [{ fact: 'priority', eq: 'urgent' }],
    [{ fact: 'priorty', eq: 'urgent' }, 'unknown-fact fact priority'],
    [{ fact: 'customer.vlaue', gt: 1 }, 'unknown-fact fact customer.value'],
    [{ fact: 'customer', exists: true }],
    [{ fact: 'customer.value.x', exists: true }, 'unknown-fact fact customer.value'],
    [{ fact: 'priority', eq: 'urgnt' }, 'wrong-constant eq urgent'],
    [{ fact: 'priority', in: ['normal', 'nromal'] }, 'wrong-constant in[1] normal'],
    [{ fact: 'priority', eq: 1 }, 'wrong-constant eq'],
    [{ fact: 'priority', startsWith: 'urg' }],
    [{ fact: 'level', gte: 2 }],
    [{ fact: 'level', contains: 'x' }, 'wrong-operator contains'],
    [{ fact: 'customer.value', gte: '3' }, 'wrong-constant gte'],
    [{ fact: 'customer.value', contains: '3' }, 'wrong-operator contains'],
    [{ fact: 'customer.value', between: [1, 'x'] }, 'wrong-constant between[1]'],
    [{ fact: 'customer.name', lt: 'x', contains: 'y' }],
    [{ fact: 'paid', eq: 'yes' }, 'wrong-constant eq'],
    [{ fact: 'paid', gt: true }, 'wrong-operator gt'],
    [{ fact: 'due', before: '2026-01-01' }],
    [{ fact: 'due', lt: '2026-01-01' }, 'wrong-operator lt'],
    [{ fact: 'customer.name', within: 'P1D' }, 'wrong-operator within'],
    [{ fact: 'tags', contains: 'vip' }],
    [{ fact: 'tags', contains: 'vpi' }, 'wrong-constant contains vip'],
    [{ fact: 'tags', eq: 'vip' }, 'wrong-operator eq'],
    [{ fact: 'tags[0]', eq: 'vip' }],
    [{ fact: 'notes', contains: 5 }],
    [{ fact: 'notes[0].anything', lt: 5 }],
    [{ fact: 'extra.anything', lt: 5 }],
    [{ fact: 'extra', eq: 5 }, 'wrong-operator eq'],
    [{ fact: 'customer.name', eq: { fact: 'priority' } }],
    [{ fact: 'customer.name', eq: { fact: 'customer.value' } }, 'wrong-constant eq.fact'],
    [{ fact: 'customer.name', in: { fact: 'tags' } }],
    [{ fact: 'customer.value', in: { fact: 'tags' } }, 'wrong-constant in.fact'],
    [{ fact: 'tags', contains: { fact: 'priority' } }],
    [{ some: 'vehicles', as: 'v', where: { fact: 'v.year', lt: 2010 } }],
    [{ some: 'vehicles', as: 'v', where: { fact: 'v.yaer', lt: 2010 } }, 'unknown-fact where.fact v.year'],
    [{ some: 'vehicles', as: 'v', where: { fact: 'v.owner.name', eq: 1 } }, 'wrong-constant where.eq'],
    [{ some: 'tags', as: 't', where: { fact: 't', eq: 'vip' } }],
    [{ some: 'notes', as: 'n', where: { fact: 'n.x', eq: 'vip' } }],
    [{ every: 'priority', as: 'p', where: { fact: 'p', eq: 1 } }, 'wrong-operator every'],
    [{ fact: 'event.channel', eq: 'sms' }, 'unknown-fact fact'],
  ]
  for (const [definition, ...expected] of found) {
    test(JSON.stringify(definition), () => {
      expect(told(issuesOf(definition, { vocabulary }))).toEqual(expected)
      expect(told(issuesOf({ ...(definition as object), facts: vocabulary }))).toEqual(expected)
      for (const issue of issuesOf(definition, { vocabulary })) expect(message(issue)).toMatch(/^\S.{10}/)
    })
  }

  test('names that the engine supplies need no declaration', () => {
    expect(issuesOf({ fact: 'event.channel', eq: 'sms' }, { vocabulary, undeclared: ['event'] })).toEqual([])
  })

  test('what is wrong with the vocabulary itself', () => {
    const facts = {
      a: 'text',
      b: { enum: [{}] },
      c: { lsit: 'string' },
      __proto__x: 'string',
      'a..b': 'string',
      d: 5,
    }
    expect(told(issuesOf({ facts, fact: 'd', eq: 1 })).slice(0, -1)).toEqual([
      'bad-value facts.a',
      'wrong-type facts.b.enum[0]',
      'unknown-key facts.c list',
      'bad-value facts.c',
      'bad-path facts["a..b"]',
      'wrong-type facts.d',
    ])
    expect(told(issuesOf({ facts: JSON.parse('{"__proto__":"string"}'), all: [] }))).toEqual([
      'forbidden-name facts.__proto__',
    ])
    expect(told(issuesOf({ facts: { a: 'number', 'a.b': 'string' }, all: [] }))).toEqual([
      'bad-value facts["a.b"]',
    ])
    expect(told(issuesOf({ all: [] }, { vocabulary: { a: 'text' } }))).toEqual(['bad-value vocabulary.a'])
  })
})

describe('input facts', () => {
  const compiled = compileVocabulary(vocabulary)
  if (compiled._tag === 'Left') throw new Error('the vocabulary does not compile')
  const table: VocabularyTable = compiled.right
  const inputs: readonly (readonly [unknown, ...string[]])[] = [
    [{ priority: 'urgent', customer: { value: 3 }, tags: ['vip'], level: 2, due: '2026-01-01', paid: false }],
    [{}],
    [{ priority: null, undeclared: 5, customer: { undeclared: 1 } }],
    [{ priority: 'urgnt' }, 'wrong-constant facts.priority urgent'],
    [{ customer: { value: '3' } }, 'wrong-constant facts.customer.value'],
    [{ customer: 5 }, 'wrong-constant facts.customer'],
    [{ tags: ['vip', 'x'] }, 'wrong-constant facts.tags[1]'],
    [{ tags: 'vip' }, 'wrong-constant facts.tags'],
    [{ due: 'soon' }, 'wrong-constant facts.due'],
    [{ due: 1e12, notes: [1, 'x', {}], extra: { x: 1 } }],
    [
      { vehicles: [{ year: 2000 }, { year: 'old', owner: { name: 5 } }] },
      'wrong-constant facts.vehicles[1].owner.name',
      'wrong-constant facts.vehicles[1].year',
    ],
    [[], 'wrong-constant facts'],
    ['text', 'wrong-constant facts'],
  ]
  for (const [facts, ...expected] of inputs) {
    test(JSON.stringify(facts), () => expect(told(checkFacts(table, facts)).sort()).toEqual(expected))
  }
})
