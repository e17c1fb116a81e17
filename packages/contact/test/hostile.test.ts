// Whatever is given as a policy or as a command, nothing is thrown. That nothing takes long is held by `.ci/hostile.mjs`.
import {
  type Command,
  compile,
  compileOrThrow,
  createState,
  type Effect,
  message,
  restore,
  snapshot,
  step,
} from '@clientele/contact'
import { hostileKey, jsonDocument, runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseOf, WIDE } from './arbitraries.js'

const WORDS = [
  'op,record,check,attempt,reserve,commit,release,consent,choose,tag,prefer,erase,recipient,id,zone,zones,at,facts,touchId,ttl',
  'channel,category,campaign,tags,debt,event,basis,opt-in,until,evidence,candidates,priority,value,objective,channels,c0,r1',
  'caps,quiet,limit,window,rolling,per,when,fact,eq,2026-03-02T09:00:00Z,PT1H,Europe/Moscow,sms,promo,__proto__,toJSON,length',
].flatMap((line) => line.split(','))
const document = jsonDocument(WORDS)

/** A value with members replaced, or put under hostile names. */
const broken = <A>(whole: fc.Arbitrary<A>): fc.Arbitrary<unknown> =>
  fc
    .tuple(whole, fc.array(fc.tuple(fc.nat(), hostileKey(), document), { minLength: 1, maxLength: 4 }))
    .map(([value, edits]) => {
      const copy = JSON.parse(JSON.stringify(value)) as unknown
      for (const [place, key, part] of edits) {
        const spots: (() => void)[] = []
        const put = (at: object, name: string) => () =>
          void Object.defineProperty(at, name, {
            value: part,
            enumerable: true,
            writable: true,
            configurable: true,
          })
        const walk = (at: unknown): void => {
          if (typeof at !== 'object' || at === null) return
          for (const [name, member] of Object.entries(at)) {
            spots.push(put(at, name))
            walk(member)
          }
          if (!Array.isArray(at)) spots.push(put(at, key))
        }
        walk(copy)
        spots[place % spots.length]?.()
      }
      return copy
    })

test('any policy compiles or is refused in words', () => {
  const policy = caseOf(WIDE).map(({ definition }) => definition)
  fc.assert(
    fc.property(fc.oneof(document, broken(policy)), (definition) => {
      const compiled = compile(definition)
      if (compiled._tag === 'Right') return
      for (const issue of compiled.left) expect(message(issue).length).toBeGreaterThan(5)
    }),
    { numRuns: runs(100_000) },
  )
})

test('any command is answered once, and the state stays one', () => {
  fc.assert(
    fc.property(
      caseOf(WIDE)
        .filter(({ commands }) => commands.length > 0)
        .chain((given) =>
          fc.tuple(
            fc.constant(given.definition),
            fc.array(
              fc.oneof(
                document,
                fc.constantFrom(...given.commands),
                broken(fc.constantFrom(...given.commands)),
              ),
              {
                maxLength: 30,
              },
            ),
          ),
        ),
      ([definition, lines]) => {
        const table = compileOrThrow(definition)
        const state = createState(table)
        for (const line of lines) {
          const out: Effect[] = []
          step(table, state, line as Command, out)
          expect(out.length).toBe(1)
        }
        const bytes = snapshot(state)
        const restored = restore(bytes)
        if (restored._tag === 'Left') throw new Error(JSON.stringify(restored.left))
        expect(snapshot(restored.right.state)).toEqual(bytes)
      },
    ),
    { numRuns: runs(20_000) },
  )
})

test('bytes of anything are no state', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(restore(bytes)._tag).toBe('Left')
    }),
    { numRuns: runs(20_000) },
  )
})

test('facts that reach for a prototype stay facts', () => {
  const table = compileOrThrow({
    caps: [
      { id: 'vip', label: 'VIP', when: { fact: 'vip', eq: true }, limit: 0, window: { lifetime: true } },
    ],
  })
  const out: Effect[] = []
  const line = JSON.parse(
    '{"op":"check","recipient":"a","at":0,"facts":{"__proto__":{"vip":true},"constructor":1}}',
  )
  step(table, createState(table), line, out)
  expect(out).toMatchObject([{ verdict: 'allow' }])
  expect(({} as { vip?: boolean }).vip).toBeUndefined()
})

/** Nested deeper than any stack, shared so often that it has no end as text, circular, no JSON at all. */
const nested = (wrap: (part: unknown) => unknown, depth: number): unknown => {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = wrap(value)
  return value
}
const circular: { self?: unknown } = {}
circular.self = circular
const BOTTOMLESS: readonly (readonly [string, unknown])[] = [
  ['deep', nested((part) => [part], 200_000)],
  ['shared', nested((part) => ({ all: [part, part] }), 1_000)],
  ['circular', circular],
  ['no JSON', 1n],
]
test.each(BOTTOMLESS)('%s facts and conditions are refused', (_, value) => {
  const table = compileOrThrow({})
  const out: Effect[] = []
  for (const op of ['check', 'record', 'attempt'])
    step(
      table,
      createState(table),
      { op, recipient: 'a', at: 0, touchId: 't', facts: { value } } as Command,
      out,
    )
  for (const effect of out) expect(effect).toMatchObject({ error: { code: 'too-large', path: 'facts' } })
  const window = { rolling: 'PT1H' }
  for (const definition of [
    {
      caps: [
        {
          id: 'a',
          limit: 1,
          window,
          when: value,
          counts: value,
          per: value,
          weights: [{ weight: 1, when: value }],
        },
      ],
    },
    { coolDowns: [{ id: 'a', window, after: value, per: value }] },
    { calendars: { desk: value } },
    { exempt: [{ since: value, from: ['caps'] }] },
  ])
    expect(compile(definition)._tag).toBe('Left')
})
