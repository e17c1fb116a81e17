// The engine answers what the naive count answers: verdict, reason, what remains, and when next.
import {
  type Command,
  compileOrThrow,
  createState,
  type Definition,
  type Effect,
  step,
  type Verdict,
} from '@clientele/entitlements'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Asked,
  carrying,
  contracts,
  dateOf,
  definition,
  dense,
  type Given,
  HORIZON,
  once,
  requests,
  START,
  START_DAY,
} from './arbitraries.js'
import { type Answer, type Contract, DAY, HOUR, Oracle, type Taken } from './oracle.js'

const FAR = 100_000

const tell = (oracle: Oracle, each: Given, order: number): Command => {
  const contract: Contract = {
    holder: each.holder,
    package: each.package,
    from: START_DAY + each.from,
    to: each.to === undefined ? FAR : START_DAY + each.to,
    zone: each.zone ?? 'UTC',
    anchor: START_DAY + (each.anchor ?? each.from),
    change: each.change ?? 'reset',
    order,
  }
  oracle.contracts.push(contract)
  return {
    op: 'contract',
    customer: each.holder,
    package: each.package,
    from: dateOf(each.from),
    ...(each.to === undefined ? {} : { to: dateOf(each.to) }),
    ...(each.zone === undefined ? {} : { zone: each.zone }),
    ...(each.anchor === undefined ? {} : { anchor: dateOf(each.anchor) }),
    ...(each.change === undefined ? {} : { change: each.change }),
  }
}

/** Whether a contract of the package was ever made; else naming it is enough, which the oracle does not know. */
const isMade = (oracle: Oracle, name: string): boolean =>
  oracle.contracts.some((each) => each.package === name)

/** What the oracle answers to a line, and takes. */
const play = (oracle: Oracle, line: Asked, only: string | undefined, id: string, open: readonly Taken[]) => {
  const entry = open[line.pick % Math.max(1, open.length)]
  if (line.op === 'commit' || line.op === 'release') {
    if (entry === undefined) return undefined
    const command = { op: line.op, id: entry.id, customer: 'a', at: line.at } as Command
    return {
      command,
      expected: line.op === 'commit' ? commit(oracle, entry, line.at) : release(oracle, entry, line.at),
    }
  }
  const expected = oracle.answer('a', only, line.channel, line.at, line.units)
  const command = {
    op: line.op,
    customer: 'a',
    channel: line.channel,
    at: line.at,
    units: line.units,
    ...(only === undefined ? {} : { package: only }),
    ...(line.op === 'reserve' ? { id } : {}),
    ...(line.op === 'reserve' && line.ttl !== undefined ? { ttl: line.ttl } : {}),
  } as Command
  if (line.op === 'status') {
    const left =
      expected.verdict === 'allow' && expected.remaining !== null
        ? expected.remaining + line.units
        : expected.remaining
    const { contract } = expected
    const remaining =
      expected.verdict === 'bill'
        ? oracle.left(contract!, line.channel, oracle.dayOf(contract!, line.at), line.at).left
        : left
    return { command, expected: { ...expected, remaining } }
  }
  oracle.take(expected, {
    id: line.op === 'reserve' ? id : undefined,
    customer: 'a',
    channel: line.channel,
    asked: line.units,
    at: line.at,
    lapsesAt: line.op === 'reserve' ? line.at + (line.ttl ?? Number.POSITIVE_INFINITY) : 0,
    status: line.op === 'reserve' ? 'open' : 'taken',
  })
  return { command, expected }
}

const standing = (oracle: Oracle, entry: Taken, at: number): Answer => ({
  verdict: entry.billed > 0 ? 'bill' : 'allow',
  reason: entry.billed > 0 ? 'quota' : null,
  remaining:
    entry.contract === undefined ? null : oracle.left(entry.contract, entry.channel, entry.day, at).left,
})

const commit = (oracle: Oracle, entry: Taken, at: number): Answer => {
  const room =
    entry.contract === undefined
      ? { left: entry.units, billable: 0 }
      : oracle.left(entry.contract, entry.channel, entry.day, at, entry)
  if (at < entry.lapsesAt && entry.units <= room.left && entry.billed <= room.billable) {
    entry.status = 'taken'
    return standing(oracle, entry, at)
  }
  oracle.taken.splice(oracle.taken.indexOf(entry), 1)
  const answer = oracle.answer('a', undefined, entry.channel, at, entry.asked)
  oracle.take(answer, { ...entry, id: undefined, at, lapsesAt: 0, status: 'taken' })
  return answer
}

const release = (oracle: Oracle, entry: Taken, at: number): Answer => {
  entry.status = 'released'
  return standing(oracle, entry, at)
}

interface Case {
  readonly form: Definition
  readonly made: readonly Given[]
  readonly lines: readonly Asked[]
}

/** Plays a case on both; `look` sees each answer. */
const both = (
  { form, made, lines }: Case,
  look: (told: Verdict, oracle: Oracle, line: Asked, only: string | undefined) => void,
): void => {
  const table = compileOrThrow(form)
  const [state, oracle] = [createState(table), new Oracle(form)]
  const out: Effect[] = []
  for (const [i, each] of made.entries()) step(table, state, tell(oracle, each, i), out)
  step(table, state, { op: 'account', customer: 'a', account: 'firm' }, out)
  oracle.accounts.set('a', 'firm')
  expect(out.every((effect) => 'ok' in effect)).toBe(true)
  lines.forEach((line, i) => {
    const only = line.package !== undefined && isMade(oracle, line.package) ? line.package : undefined
    // a line that names a package stays apart from those that do not, so that a late commit asks alike
    const reserved = only !== undefined && line.op === 'reserve' ? undefined : only
    const open = oracle.taken.filter(({ id, status }) => id !== undefined && status === 'open')
    const played = play(oracle, line, reserved, `r${i}`, open)
    if (played === undefined) return
    out.length = 0
    step(table, state, played.command, out)
    const effect = out[0]!
    if (!('verdict' in effect)) throw new Error(JSON.stringify(effect))
    const { verdict, reason, remaining } = played.expected
    expect(
      { verdict: effect.verdict, reason: effect.reason, remaining: effect.remaining },
      `line ${i}`,
    ).toEqual({ verdict, reason, remaining })
    look(effect, oracle, line, reserved)
  })
}

const cases = fc.record({ form: definition, made: contracts, lines: requests })

test('every answer is that of the naive count, in any order of lines', () => {
  fc.assert(
    fc.property(cases, (each) => both(each, () => undefined)),
    { numRuns: runs(100_000) },
  )
})

test('units that come over are spent, capped and lost as if each were in hand', () => {
  const close = fc.record({ form: carrying, made: fc.constant(once), lines: dense })
  fc.assert(
    fc.property(close, (each) => both(each, () => undefined)),
    { numRuns: runs(100_000) },
  )
})

const CANDIDATES = Array.from(
  { length: (HORIZON - START) / DAY + 6 },
  (_, i) => START + (i - 6) * DAY,
).flatMap((day) =>
  // midnights of the three zones, and when the desk opens
  [0, 7, 9, 19].map((hour) => day + hour * HOUR),
)

test('nextAllowedAt is the first of all instants at which the request would pass', () => {
  fc.assert(
    fc.property(cases, (each) =>
      both(each, (told, oracle, line, only) => {
        if (told.verdict !== 'deny' || line.op === 'commit') return
        const lapses = oracle.taken.filter(({ status }) => status === 'open').map(({ lapsesAt }) => lapsesAt)
        const instants = [...CANDIDATES, ...lapses]
          .filter((at) => at > line.at && at <= HORIZON)
          .sort((a, b) => a - b)
        const next = oracle.next('a', only, line.channel, line.units, instants)
        const found = told.nextAllowedAt
        expect(found === null || found > HORIZON ? null : found).toBe(next)
      }),
    ),
    { numRuns: runs(10_000) },
  )
})
