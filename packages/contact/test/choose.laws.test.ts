// Laws of choices: every way answers as the general way does, which places candidates into the state and asks again; the
// greatest value is the greatest of all sets; asking changes nothing.
import {
  type Command,
  choose,
  chooseInto,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  handle,
  messageOf,
  type Offer,
  type Slate,
  type State,
  slateOf,
  snapshot,
  step,
} from '@clientele/contact'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseGenerally, chooseInColumns } from '../src/choose/arbitrate.js'
import { beam } from '../src/choose/beam.js'
import { takeByValue } from '../src/choose/bits.js'
import { columnsTrial } from '../src/choose/columns.js'
import type { Asked } from '../src/choose/model.js'
import { placedTrial } from '../src/choose/placed.js'
import { bitsOf, takeStock } from '../src/choose/rooms.js'
import { spotOf } from '../src/choose/spot.js'
import { exactly, type Field } from '../src/choose/trial.js'
import { type Case, caseOf, SHORT, WIDE } from './arbitraries.js'

const cases: fc.Arbitrary<Case> = fc.oneof(caseOf(WIDE), caseOf(SHORT))
type Telling = Extract<Command, { readonly op: 'record' | 'check' | 'attempt' | 'reserve' }>
const isTelling = (command: Command): command is Telling =>
  ['record', 'check', 'attempt', 'reserve'].includes(command.op)
const instantOf = (at: string | number): number => (typeof at === 'string' ? Date.parse(at) : at)

const numbers = fc.array(
  fc.tuple(fc.integer({ min: -1, max: 2 }), fc.constantFrom(-1, 0, 0.5, 1, 1, 2, 2.5, 7)),
  {
    minLength: 40,
    maxLength: 40,
  },
)
const objective = fc.constantFrom('priority' as const, 'value' as const)

/** A state in the middle of a case, and what comes later in it as offers for one recipient. */
interface Given {
  readonly definition: Definition
  readonly state: State
  readonly recipient: number
  readonly offers: readonly Offer[]
}

const given = (most: number): fc.Arbitrary<Given> =>
  fc
    .tuple(cases, fc.nat(20), numbers, fc.constantFrom(0, Number.POSITIVE_INFINITY))
    .map(([{ definition, commands }, split, drawn, lateness]) => {
      const table = compileOrThrow(definition)
      const state = createState(table, { lateness })
      const out: Effect[] = []
      for (const command of commands.slice(0, split)) step(table, state, command, out)
      const told = commands.slice(split).filter(isTelling)
      const recipient = handle(state, told[0]?.recipient ?? 'r1')
      // a long list is the same one more than once, by an hour later
      const offers = Array.from({ length: most }, (_, i): readonly Offer[] => {
        const each = told[i % Math.max(1, told.length)]
        const [priority, value] = drawn[i % drawn.length]!
        const late = Math.floor(i / Math.max(1, told.length)) * 3_600_000
        if (each === undefined || (late > 0 && most <= 16)) return []
        return [
          { at: instantOf(each.at) + late, priority, value, message: messageOf(table, each.facts ?? {}) },
        ]
      }).flat()
      return { definition, state, recipient, offers }
    })

const askedOf = ({ state, recipient }: Given, slate: Slate): Asked => {
  const spot = spotOf(slate, state.areas[state.areaOf.data[recipient]!]!)
  return { slate, spot, recipient, id: undefined }
}
const rowOf = ({ entries, length }: Slate, rows: readonly number[]): Uint8Array => {
  const row = new Uint8Array(length)
  for (const each of rows) row[entries[each]!.place] = 1
  return row
}
const slateFor = ({ state, offers }: Given, of: Slate['objective']): Slate =>
  slateOf(state.table, offers, { objective: of })

/** Whether each of a set passes with the others placed. */
const isFeasible = (state: State, asked: Asked, rows: readonly number[]): boolean => {
  const trial = placedTrial(state, asked)
  for (const row of rows) trial.put(row)
  const all = rows.every((row) => {
    trial.take(row)
    const fits = trial.fits(row)
    trial.put(row)
    return fits
  })
  for (const row of rows) trial.take(row)
  trial.leave()
  return all
}

const timeout = runs({ test: 60_000, ci: 600_000, soak: 3_600_000 })

describe('a choice', () => {
  test('is that of the general way', { timeout }, () => {
    let additive = 0
    let [chosen, of] = [0, 0]
    fc.assert(
      fc.property(given(12), objective, (one, after) => {
        const slate = slateFor(one, after)
        const row = choose(one.state, one.recipient, slate)
        expect(row).toEqual(rowOf(slate, chooseGenerally(one.state, askedOf(one, slate))))
        if (slate.additive) additive++
        chosen += row.reduce((sum, each) => sum + each, 0)
        of += row.length
      }),
      { numRuns: runs({ test: 3_000, ci: 30_000, soak: 300_000 }) },
    )
    // most go the quick way, and not all pass
    expect(additive).toBeGreaterThan(1_000)
    expect(chosen / of).toBeGreaterThan(0.1)
    expect(chosen / of).toBeLessThan(0.9)
  })

  test('is the same in columns, among few and many', { timeout }, () => {
    fc.assert(
      fc.property(fc.oneof(given(14), given(40)), objective, (one, after) => {
        const slate = slateFor(one, after)
        if (!slate.additive || (after === 'value' && slate.length > 16)) return
        const asked = askedOf(one, slate)
        takeStock(one.state, asked)
        const rows = chooseInColumns(asked)
        expect(rowOf(slate, rows)).toEqual(choose(one.state, one.recipient, slate))
        expect(rowOf(slate, rows)).toEqual(rowOf(slate, chooseGenerally(one.state, asked)))
      }),
      { numRuns: runs({ test: 600, ci: 6_000, soak: 60_000 }) },
    )
  })

  test('by value has the greatest sum of all sets, and of equal ones what comes first in rank', {
    timeout,
  }, () => {
    fc.assert(
      fc.property(given(7), (one) => {
        const slate = slateFor(one, 'value')
        const { entries, ranked } = slate
        const asked = askedOf(one, slate)
        const worth = [...entries.keys()].filter((row) => entries[row]!.value > 0)
        const rankOf = (rows: readonly number[]): number =>
          rows.reduce((sum, row) => sum + 2 ** (20 - ranked.indexOf(row)), 0)
        const sumOf = (rows: readonly number[]): number =>
          rows.reduce((sum, row) => sum + entries[row]!.value, 0)
        let best: readonly number[] = []
        for (let set = 1; set < 1 << worth.length; set++) {
          const rows = worth.filter((_, i) => (set >> i) & 1)
          const more = sumOf(rows) - sumOf(best) || rankOf(rows) - rankOf(best)
          if (more > 0 && isFeasible(one.state, asked, rows)) best = rows
        }
        expect(choose(one.state, one.recipient, slate)).toEqual(rowOf(slate, best))
      }),
      { numRuns: runs({ test: 400, ci: 4_000, soak: 40_000 }) },
    )
  })

  test('is feasible among many', { timeout }, () => {
    fc.assert(
      fc.property(given(40), (one) => {
        const slate = slateFor(one, 'value')
        const row = choose(one.state, one.recipient, slate)
        const rows = [...slate.entries.keys()].filter((each) => row[slate.entries[each]!.place] === 1)
        for (const each of rows) expect(slate.entries[each]!.value).toBeGreaterThan(0)
        expect(isFeasible(one.state, askedOf(one, slate), rows)).toBe(true)
      }),
      { numRuns: runs({ test: 150, ci: 1_500, soak: 15_000 }) },
    )
  })

  test('changes nothing, and in bulk is that of each', () => {
    fc.assert(
      fc.property(given(20), objective, (one, after) => {
        const { state, recipient } = one
        const other = handle(state, 'r2')
        const slate = slateFor(one, after)
        const before = snapshot(state)
        const rows = [recipient, other, recipient].flatMap((each) => [...choose(state, each, slate)])
        expect([
          ...chooseInto(state, [recipient, other, recipient], slate, new Uint8Array(rows.length)),
        ]).toEqual(rows)
        expect(snapshot(state)).toEqual(before)
      }),
      { numRuns: runs({ test: 300, ci: 3_000, soak: 30_000 }) },
    )
  })
})

describe('among 18 to 22, the ways for many', () => {
  const roll = (limit: number, days: number) => ({
    id: `${limit} in ${days}`,
    label: `${limit} in ${days} days`,
    limit,
    window: { rolling: `P${days}D` },
    weights: [2, 3].map((weight) => ({ label: 'Heavy', when: { fact: 'weight', eq: weight }, weight })),
  })
  const policies = [
    [roll(1, 1), roll(3, 7), roll(8, 30)],
    [roll(2, 7)],
    [roll(5, 14)],
    [roll(8, 30)],
    [roll(2, 1), roll(10, 30)],
    [roll(2, 3), roll(6, 14)],
  ].map((caps) => compileOrThrow({ caps }))
  const DAY = 86_400_000
  const crowded = fc
    .tuple(
      fc.constantFrom(...policies),
      fc.array(
        fc.tuple(
          fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
          fc.integer({ min: 1, max: 100 }),
          fc.integer({ min: 1, max: 3 }),
        ),
        {
          minLength: 18,
          maxLength: 22,
          size: 'max',
        },
      ),
      fc.integer({ min: 2, max: 42 }),
      fc.constantFrom('various', 'alike'),
      fc.constantFrom('weighted', 'single'),
    )
    .map(([table, drawn, span, values, weights]): Asked => {
      const offers = drawn.map(([when, value, weight]) => ({
        at: Math.floor(1.7e12 + when * span * DAY),
        value: values === 'alike' ? 10 + (value % 3) : value,
        message: messageOf(table, { weight: weights === 'single' ? 1 : weight }),
      }))
      const state = createState(table)
      const recipient = handle(state, 'anna')
      const slate = slateOf(table, offers, { objective: 'value' })
      const asked = { slate, spot: spotOf(slate, state.areas[0]!), recipient, id: undefined }
      takeStock(state, asked)
      return asked
    })

  test('lie within 1 % of the greatest value on average', { timeout }, () => {
    const gaps: number[] = []
    fc.assert(
      fc.property(crowded, (asked) => {
        const { slate, spot } = asked
        const { entries } = slate
        const sumOf = (rows: readonly number[]): number =>
          rows.reduce((sum, row) => sum + entries[row]!.value, 0)
        const bits = takeByValue(slate, spot, bitsOf(spot), Number.POSITIVE_INFINITY)
        const greatest = sumOf([...entries.keys()].filter((row) => (bits >>> row) & 1))
        const found = sumOf(chooseInColumns(asked))
        expect(found).toBeLessThanOrEqual(greatest)
        if (greatest > 0) gaps.push(1 - found / greatest)
      }),
      { numRuns: runs({ test: 300, ci: 3_000, soak: 30_000 }) },
    )
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    console.info(`${gaps.length} choices, mean gap ${mean}, worst ${Math.max(...gaps)}`)
    expect(mean).toBeLessThan(0.01)
  })

  test('find the greatest where sets stay few', { timeout }, () => {
    fc.assert(
      fc.property(crowded, (asked) => {
        const { slate, spot } = asked
        const rows = [...slate.entries.keys()].filter((row) => spot.alive[row] === 1).slice(0, 11)
        const field: Field = {
          rows,
          worth: slate.entries.map(({ value }) => value),
          rank: slate.entries.map((_, row) => 2 ** row),
        }
        expect(beam(asked, field, 2_000_000)).toEqual(exactly(columnsTrial(asked), field))
      }),
      { numRuns: runs({ test: 300, ci: 3_000, soak: 30_000 }) },
    )
  })
})
