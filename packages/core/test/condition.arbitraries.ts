// Random conditions of every kind, over few facts and few constants, so that they often hold and often meet types that do
// not fit.

import { type Condition, OPERATORS } from '@clientele/core/condition'
import { dateText, durationText, facts, instant, instantText, jsonDocument } from '@clientele/testkit'
import fc from 'fast-check'

const NAMES = ['a', 'b', 'c', 'list', 'when'] as const
const PATHS = [
  ...NAMES,
  'a.b',
  'a.b.c',
  'list[0]',
  'list[1].a',
  'c[0][1]',
  'none',
  'b.length',
  'list.length',
] as const
const ELEMENTS = ['v', 'w', 'v.a', 'v.b', 'v.b[0]', 'w.a', 'w.c'] as const

/** Facts under the names that the conditions ask. */
export const conditionFacts = (): fc.Arbitrary<{ readonly [name: string]: unknown }> => facts(NAMES)

/** Now, or none. */
export const now = (): fc.Arbitrary<number> =>
  fc.oneof({ weight: 4, arbitrary: instant() }, fc.constant(Number.NaN))

const path = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 3, arbitrary: fc.constantFrom(...PATHS) },
  { weight: 3, arbitrary: fc.constantFrom(...ELEMENTS) },
)

const scalar = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'ab', '', '\uff5e', '😀', 'urgent') },
  { weight: 4, arbitrary: fc.constantFrom(-1, 0, 1, 2, 2.5, 3) },
  { weight: 2, arbitrary: fc.boolean() },
)
const ref = path.map((fact) => ({ fact }))
const operand = fc.oneof({ weight: 3, arbitrary: scalar }, ref)
const text = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'b', '', 'u') }, ref)
const list = fc.oneof({ weight: 3, arbitrary: fc.array(scalar, { maxLength: 12 }) }, ref)
const moment = fc.oneof({ weight: 2, arbitrary: instantText() }, { weight: 2, arbitrary: dateText() }, ref)
const span = fc.oneof({ weight: 3, arbitrary: durationText() }, fc.integer({ min: -1e10, max: 1e10 }), ref)

const SIDES = {
  eq: operand,
  ne: operand,
  lt: operand,
  lte: operand,
  gt: operand,
  gte: operand,
  in: list,
  notIn: list,
  contains: operand,
  startsWith: text,
  endsWith: text,
  exists: fc.boolean(),
  between: fc.tuple(operand, operand),
  before: moment,
  after: moment,
  within: span,
} as const

/** One operator with its right side. */
const asked = fc
  .constantFrom(...(Object.keys(SIDES) as (keyof typeof SIDES)[]))
  .chain((name) => (SIDES[name] as fc.Arbitrary<unknown>).map((side) => [name, side] as const))

const leaf = fc
  .tuple(path, fc.oneof({ weight: 4, arbitrary: fc.tuple(asked) }, fc.tuple(asked, asked)))
  .map(([fact, operators]) => ({ fact, ...Object.fromEntries(operators) }) as Condition)

/** A condition of any kind. */
export const condition = (): fc.Arbitrary<Condition> =>
  fc.letrec<{ part: Condition }>((tie) => {
    const parts = fc.array(tie('part'), { maxLength: 6 })
    const quantified = fc.record({ as: fc.constantFrom('v', 'w'), where: tie('part') })
    return {
      part: fc.oneof(
        { maxDepth: 5, depthSize: 'small', withCrossShrink: true },
        { weight: 6, arbitrary: leaf },
        { weight: 2, arbitrary: parts.map((all): Condition => ({ all })) },
        { weight: 2, arbitrary: parts.map((any): Condition => ({ any })) },
        { weight: 2, arbitrary: tie('part').map((not): Condition => ({ not })) },
        {
          weight: 2,
          arbitrary: fc
            .tuple(fc.constantFrom('some', 'every', 'none'), path, quantified)
            .map(([kind, of, rest]) => ({ [kind]: of, ...rest }) as unknown as Condition),
        },
      ),
    }
  }).part

const KEYS = 'all any not fact some every none as where label meta facts version $schema'.split(' ')
const TEXTS =
  'a b a.b a[0] v v.a string number enum list object date 2026-01-01 2026-01-01T00:00:00Z P1D'.split(' ')

/** Words that make documents look like conditions. */
export const WORDS: readonly string[] = [...KEYS, ...OPERATORS, ...TEXTS]

/** A valid condition with one thing in it replaced or put in, so that it is almost one. */
export const changedCondition = (): fc.Arbitrary<unknown> =>
  fc
    .tuple(condition(), fc.nat(), fc.oneof(jsonDocument(WORDS), condition()), fc.constantFrom(...WORDS))
    .map(([part, place, value, key]) => {
      const places: { readonly record: { [key: string]: unknown }; readonly name: string }[] = []
      const walk = (at: unknown): void => {
        if (typeof at !== 'object' || at === null) return
        const record = at as { [key: string]: unknown }
        for (const name of Object.keys(record)) {
          places.push({ record, name })
          walk(record[name])
        }
        if (!Array.isArray(at)) places.push({ record, name: key })
      }
      const copy = structuredClone(part)
      walk(copy)
      const chosen = places[place % places.length]
      if (chosen !== undefined) chosen.record[chosen.name] = value
      return copy
    })
