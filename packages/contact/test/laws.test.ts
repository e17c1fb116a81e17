// Laws of the engine: its doors agree with each other, asking changes nothing, and what happened counts by its instant.
import {
  attempt,
  attemptInto,
  type Command,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  evaluate,
  explain,
  explainCommand,
  handle,
  messageOf,
  type State,
  snapshot,
  step,
  type Table,
  whenMay,
  whenMayInto,
} from '@clientele/contact'
import { foldAmounts } from '@clientele/core'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Case, caseOf, SHORT, WIDE } from './arbitraries.js'

const cases: fc.Arbitrary<Case> = fc.oneof(caseOf(WIDE), caseOf(SHORT))
const fed = (table: Table, state: State, commands: readonly Command[]): Effect[] => {
  const out: Effect[] = []
  for (const command of commands) step(table, state, command, out)
  return out
}
const instantOf = (at: string | number): number => (typeof at === 'string' ? Date.parse(at) : at)
type Telling = Extract<Command, { readonly op: 'record' | 'check' | 'attempt' | 'reserve' }>
const isTelling = (command: Command): command is Telling =>
  ['record', 'check', 'attempt', 'reserve'].includes(command.op)
const isRecord = (command: Command): command is Telling => command.op === 'record'
const idOf = ({ recipient }: Telling): string => (typeof recipient === 'string' ? recipient : recipient.id)

/** A state in the middle of a case, and what is asked of it then. */
const midway = (given: Case, split: number, lateness: number) => {
  const table = compileOrThrow(given.definition)
  const state = createState(table, { lateness })
  fed(table, state, given.commands.slice(0, split))
  const asked = given.commands.slice(split).filter(isTelling)
  const questions = asked.map((command) => ({
    recipient: handle(state, command.recipient),
    message: messageOf(table, command.facts ?? {}),
    at: instantOf(command.at),
    command,
  }))
  return { table, state, questions }
}
const lateness = fc.constantFrom(0, 3_600_000, Number.POSITIVE_INFINITY)
const someway = fc.tuple(cases, fc.nat(30), lateness).map((drawn) => midway(...drawn))

describe('one attempt', () => {
  test('the ledger folds to its total, and leaves room for one where the verdict allows', () => {
    fc.assert(
      fc.property(someway, ({ state, questions }) => {
        for (const { recipient, message, at } of questions) {
          const { verdict, ledger } = explain(state, recipient, message, at)
          expect(verdict).toEqual(evaluate(state, recipient, message, at))
          expect(ledger.total).toBe(
            foldAmounts(
              'min',
              ledger.entries.map(({ amount }) => amount),
            ),
          )
          expect((ledger.total ?? 0) >= 1).toBe(verdict.verdict === 'allow')
          const refusing = ledger.entries.filter(({ amount }) => (amount ?? 0) < 1)
          expect(new Set(refusing.map(({ facts }) => facts?.['rule']))).toEqual(new Set(verdict.rules))
        }
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('verdict, explanation, moment and command say the same', () => {
    fc.assert(
      fc.property(someway, ({ table, state, questions }) => {
        for (const { recipient, message, at, command } of questions) {
          const verdict = evaluate(state, recipient, message, at)
          const next = whenMay(state, recipient, message, at)
          const { ledger } = explain(state, recipient, message, at)
          // a verdict that misses a zone names no moment, also where an exemption is known to begin
          const missing = ledger.entries.some(({ facts }) => facts?.['missing'] === 'zone')
          if (!missing) expect(verdict.nextAllowedAt).toBe(Number.isNaN(next) ? null : next)
          if (verdict.verdict === 'allow') expect(next).toBe(Math.floor(at / 1_000) * 1_000)
          const check = { op: 'check' as const, recipient: idOf(command), at, facts: command.facts ?? {} }
          expect(fed(table, state, [check])).toEqual([verdict])
          expect(explainCommand(table, state, check)).toEqual(explain(state, recipient, message, at))
        }
      }),
      { numRuns: runs(10_000) },
    )
  })

  test('asking changes nothing', () => {
    fc.assert(
      fc.property(someway, ({ state, questions }) => {
        const bytes = snapshot(state)
        for (const { recipient, message, at } of questions) {
          whenMay(state, recipient, message, at)
          evaluate(state, recipient, message, at)
          explain(state, recipient, message, at)
        }
        expect(snapshot(state)).toEqual(bytes)
      }),
      { numRuns: runs(5_000) },
    )
  })
})

describe('many attempts', () => {
  test('are asked as each is', () => {
    fc.assert(
      fc.property(someway, ({ state, questions }) => {
        const [first] = questions
        if (first === undefined) return
        const who = Uint32Array.from(questions, ({ recipient }) => recipient)
        const ats = Float64Array.from(questions, ({ at }) => at)
        const out = whenMayInto(state, who, first.message, ats, new Float64Array(who.length))
        questions.forEach(({ recipient, at }, i) => {
          expect(out[i]).toBe(whenMay(state, recipient, first.message, at))
        })
      }),
      { numRuns: runs(5_000) },
    )
  })

  test('are made as one after another', () => {
    fc.assert(
      fc.property(cases, fc.nat(30), lateness, (given, split, late) => {
        const [one, other] = [midway(given, split, late), midway(given, split, late)]
        const [first] = one.questions
        if (first === undefined) return
        const who = one.questions.map(({ recipient }) => recipient)
        const ats = one.questions.map(({ at }) => at)
        const out = attemptInto(one.state, who, first.message, ats, new Float64Array(who.length))
        const message = messageOf(other.table, first.message.facts)
        const each = who.map((recipient, i) => attempt(other.state, recipient, message, ats[i]!))
        expect([...out]).toEqual(each)
        expect(snapshot(one.state)).toEqual(snapshot(other.state))
      }),
      { numRuns: runs(5_000) },
    )
  })

  test('are refused where the answers do not fit', () => {
    const table = compileOrThrow({})
    const state = createState(table)
    const message = messageOf(table, {})
    for (const door of [whenMayInto, attemptInto])
      expect(() => door(state, [0, 0], message, [0, 0], new Float64Array(1))).toThrow(RangeError)
  })
})

test('a greater limit refuses no attempt that the smaller allowed', () => {
  fc.assert(
    fc.property(cases, fc.nat(3), fc.nat(30), ({ definition, commands }, more, split) => {
      const [cap] = definition.caps ?? []
      if (cap === undefined) return
      // weights may leave no room in the smaller
      const alone: Definition = { ...definition, caps: [cap], coolDowns: [] }
      const greater: Definition = { ...alone, caps: [{ ...cap, limit: cap.limit + more }] }
      const [small, great] = [alone, greater].map((each) => {
        const table = compileOrThrow(each)
        const state = createState(table)
        fed(table, state, commands.slice(0, split).filter(isRecord))
        return fed(
          table,
          state,
          commands
            .slice(split)
            .filter(isTelling)
            .map((each) => ({ ...each, op: 'check' as const })),
        )
      })
      small!.forEach((effect, i) => {
        if ('verdict' in effect && effect.verdict === 'allow')
          expect(great![i]).toMatchObject({ verdict: 'allow' })
      })
    }),
    { numRuns: runs(10_000) },
  )
})

describe('a command', () => {
  test('that is an error changes nothing, and neither does a check', () => {
    const broken = fc.constantFrom<object>(
      { op: 'check' },
      { at: 'soon' },
      { facts: [] },
      { recipient: { id: 'r1', zone: 'Mars/Olympus' } },
      { op: 'reserve', ttl: 'PT0S', touchId: 'x' },
      { op: 'commit', touchId: 'nothing' },
      { op: 'release', touchId: 'nothing' },
      { op: 'consent', basis: 'maybe' },
      { op: 'consent', basis: 'opt-in', until: 'soon' },
      { op: 'consent', basis: 'opt-in', evidence: 1 },
      { op: 'choose', candidates: [{ id: 'a' }] },
      { op: 'prefer', channels: 'sms' },
      { op: 'tag', campaign: 'c1' },
      { op: 'x' },
    )
    fc.assert(
      fc.property(
        cases,
        fc.nat(30),
        fc.array(broken, { minLength: 1, maxLength: 8 }),
        ({ definition, commands }, split, changes) => {
          const table = compileOrThrow(definition)
          const state = createState(table)
          fed(table, state, commands.slice(0, split))
          commands.slice(split).forEach((command, i) => {
            const change = changes[i % changes.length]!
            const wrong = { ...command, ...change } as Command
            // sweeping out what has lapsed is no change of an answer, but of bytes
            state.sweepAt = Number.MAX_SAFE_INTEGER
            const before = snapshot(state)
            const [effect] = fed(table, state, [wrong])
            if ('error' in effect! || wrong.op === 'check') expect(snapshot(state)).toEqual(before)
          })
        },
      ),
      { numRuns: runs(1_500) },
    )
  })

  test('that comes again changes nothing and gets the same answer', () => {
    fc.assert(
      fc.property(cases, ({ definition, commands }) => {
        const table = compileOrThrow(definition)
        const state = createState(table, { lateness: Number.POSITIVE_INFINITY })
        for (const command of commands) {
          const first = fed(table, state, [command])
          if (!isTelling(command) || command.touchId === undefined || command.op === 'check') continue
          const bytes = snapshot(state)
          expect(fed(table, state, [command])).toEqual(first)
          expect(snapshot(state)).toEqual(bytes)
        }
      }),
      { numRuns: runs(1_000) },
    )
  })
})

describe('what happened', () => {
  /** Records of a case, one an instant, and then its questions. */
  const told = ({
    commands,
  }: Case): { readonly records: readonly Telling[]; readonly checks: readonly Telling[] } => {
    const seen = new Set<number>()
    const records = commands.filter(isRecord).flatMap((each) => {
      const at = Math.floor(instantOf(each.at) / 1_000)
      if (seen.has(at) || each.touchId !== undefined) return []
      seen.add(at)
      return [{ ...each, recipient: { id: idOf(each), zone: 'Europe/Moscow' } }]
    })
    const checks = commands.filter(isTelling).map((each) => {
      const { touchId: _, ...rest } = each
      return { ...rest, op: 'check' as const, recipient: { id: idOf(each), zone: 'Europe/Moscow' } }
    })
    return { records, checks }
  }

  test('counts by its instant, in whatever order it is told', () => {
    fc.assert(
      fc.property(
        cases.chain((given) => {
          const { records } = told(given)
          const shuffled = fc.shuffledSubarray([...records], { minLength: records.length })
          return fc.tuple(fc.constant(given), shuffled)
        }),
        ([given, order]) => {
          const { records, checks } = told(given)
          const table = compileOrThrow(given.definition)
          const [one, other] = [0, 1].map(() => createState(table, { lateness: Number.POSITIVE_INFINITY }))
          fed(table, one!, records)
          fed(table, other!, order)
          expect(fed(table, other!, checks)).toEqual(fed(table, one!, checks))
        },
      ),
      { numRuns: runs(10_000) },
    )
  })

  test('needs no lateness where time goes forward', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { records, checks } = told(given)
        const table = compileOrThrow(given.definition)
        const forward = [...records, ...checks].sort((a, b) => instantOf(a.at) - instantOf(b.at))
        const [short, long] = [0, Number.POSITIVE_INFINITY].map((late) =>
          createState(table, { lateness: late }),
        )
        expect(fed(table, short!, forward)).toEqual(fed(table, long!, forward))
      }),
      { numRuns: runs(20_000) },
    )
  })
})
