// What shared mode answers is what `step` answers, for policies that the ledger holds and streams that go forward in time.

import { orThrow } from '@clientele/core'
import { manualClock, memoryTouchLedger } from '@clientele/core/memory'
import { runs } from '@clientele/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Consent,
  type ConsentSource,
  compileOrThrow,
  createState,
  messageOf,
  open,
  type Service,
  type SharedAsking,
  sharedMessage,
  step,
  type Table,
} from '../src/index.js'
import type { Command, Definition, Effect, Recipient } from '../src/model.js'
import { type Case, caseOf, SHORT, WIDE } from './arbitraries.js'
import { instantOf } from './oracle/window.js'

/** The policy without what the ledger cannot hold. */
const shareable = (definition: Definition): Definition => ({
  ...definition,
  ...(definition.caps === undefined
    ? {}
    : { caps: definition.caps.map((cap) => ({ ...cap, tags: 'sent' })) }),
  ...(definition.exempt === undefined
    ? {}
    : {
        exempt: definition.exempt.map(({ uncounted, ...rest }) =>
          rest.since === undefined && uncounted ? { ...rest, uncounted } : rest,
        ),
      }),
})

const OPS = ['check', 'attempt', 'reserve', 'commit', 'release', 'record'] as const
type Op = (typeof OPS)[number]
type Told = SharedAsking & { readonly op: Op; readonly at: string | number }

type Line = Told | Extract<Command, { op: 'consent' }>

/** The commands that both modes have, forward in time, each with the place that was told last and with an id. */
const forward = (commands: readonly Command[]): readonly Line[] => {
  const places = new Map<string, Recipient>()
  const factsOf = new Map<string, Told['facts']>()
  const contents = new Map<string, string>()
  let now = 0
  return commands.flatMap((command, i): Line[] => {
    const op = OPS.find((each) => each === command.op)
    if ((op === undefined && command.op !== 'consent') || instantOf(command.at ?? 0) < now) return []
    const told = command as Told
    now = instantOf(told.at)
    const whom = typeof told.recipient === 'string' ? { id: told.recipient } : told.recipient
    const known = whom.zone === undefined && whom.zones === undefined ? places.get(whom.id) : undefined
    const recipient = known ?? whom
    places.set(whom.id, recipient)
    if (command.op === 'consent') return [{ ...command, recipient }]
    const touchId = told.touchId ?? `unnamed-${i}`
    if (op === 'commit' || op === 'release')
      return [{ ...told, recipient, facts: factsOf.get(touchId) ?? {} }]
    // an id that was told of another touch is known only in the keys that were asked of it: a mistake of the caller
    const content = JSON.stringify([op, told.at, told.facts, told.ttl, recipient])
    if ((contents.get(touchId) ?? content) !== content) return []
    contents.set(touchId, content)
    factsOf.set(touchId, told.facts ?? {})
    return [{ ...told, recipient, ...(op === 'check' ? {} : { touchId }) }]
  })
}

const idOf = (recipient: string | Recipient): string =>
  typeof recipient === 'string' ? recipient : recipient.id

const codeOf = (effect: Effect | undefined): string | undefined =>
  effect !== undefined && 'error' in effect ? effect.error.code : undefined

/** Whether shared mode may answer otherwise: it does not know what is over, and asks the night again at a repeated commit. */
const mayDiffer = (op: Op, expected: Effect, effect: Effect | undefined, repeated: boolean): boolean => {
  if (op === 'release') return codeOf(expected) === 'unknown-touch'
  if (op === 'commit') {
    const refused = effect !== undefined && 'ok' in effect && !effect.ok
    return (codeOf(expected) !== undefined || repeated) && (refused || codeOf(effect) === 'reservation-gone')
  }
  return repeated && ['reservation-gone', 'refused-before'].includes(codeOf(effect) ?? '')
}

interface Met {
  readonly counts: Map<string, number>
}

/** Whether a touch begins an exemption in the second in which another ended it, or the other way round. */
const ties = (table: Table) => {
  const last = new Map<string, readonly [at: number, role: string]>()
  return ({ recipient, facts, at }: Told): boolean => {
    const { begins, ends } = messageOf(table, facts ?? {})
    const marks = [
      ...begins.map((mark) => ({ ...mark, role: 'begins' })),
      ...ends
        .filter(({ exempt }) => !begins.some((mark) => mark.exempt === exempt))
        .map((mark) => ({ ...mark, role: 'ends' })),
    ].map(({ exempt, key, role }) => {
      const own = exempt.per.includes('recipient') ? idOf(recipient) : ''
      return { place: JSON.stringify([exempt.grant, key, own]), role }
    })
    const second = Math.floor(instantOf(at) / 1_000)
    const tied = marks.some(({ place, role }) => {
      const [before, was] = last.get(place) ?? [-1, role]
      return before === second && was !== role
    })
    if (!tied) for (const { place, role } of marks) last.set(place, [second, role])
    return tied
  }
}

const agree = async ({ definition, commands }: Case, { counts }: Met): Promise<void> => {
  const table = compileOrThrow(shareable(definition))
  const state = createState(table, { lateness: Number.POSITIVE_INFINITY })
  const consents = new Map<string, Consent[]>()
  const source: ConsentSource = { read: async (ids) => ids.map((id) => consents.get(id) ?? []) }
  const clock = manualClock(0)
  const ports = { ledger: memoryTouchLedger(), clock, consents: source }
  const options = { tolerance: 0, remember: Number.POSITIVE_INFINITY }
  const service: Service = orThrow(open(table, ports, options), 'The policy', sharedMessage)
  const seen = new Set<string>()
  const tied = ties(table)
  for (const [i, command] of forward(commands).entries()) {
    if (command.op !== 'consent' && command.op !== 'check' && tied(command)) continue
    const out: Effect[] = []
    step(table, state, command as Command, out)
    const expected = out[0]!
    clock.set(Math.max(clock.now(), instantOf(command.at)))
    if (command.op === 'consent') {
      const { at, until, basis, facts } = command
      const ends = until === undefined ? {} : { until: instantOf(until) }
      const list = consents.get(idOf(command.recipient)) ?? []
      consents.set(idOf(command.recipient), [...list, { at: instantOf(at), basis, ...facts, ...ends }])
      continue
    }
    const { op, ...asking } = command
    const [effect] = await service[op]([asking])
    const name = `${op} ${command.touchId}`
    // a commit of what counts already is a repeat of it
    const counted = ['commit', 'attempt', 'record'].some((each) => seen.has(`${each} ${command.touchId}`))
    const repeated = op === 'commit' ? counted : command.touchId !== undefined && seen.has(command.touchId)
    seen.add(name)
    if (op !== 'commit' && op !== 'release' && command.touchId !== undefined) seen.add(command.touchId)
    const kind = 'verdict' in expected ? expected.verdict : (codeOf(expected) ?? 'ok')
    counts.set(`${op} ${kind}`, (counts.get(`${op} ${kind}`) ?? 0) + 1)
    if (mayDiffer(op, expected, effect, repeated)) continue
    const compared = (each: Effect | undefined): unknown => codeOf(each) ?? each
    const told = codeOf(expected) === 'unknown-touch' ? 'reservation-gone' : compared(expected)
    expect({ i, command, effect: compared(effect) }).toEqual({ i, command, effect: told })
  }
}

test('shared mode answers as step does', {
  timeout: runs({ test: 120_000, ci: 600_000, soak: 3_600_000 }),
}, async () => {
  const met: Met = { counts: new Map() }
  for (const scale of [WIDE, SHORT])
    await fc.assert(
      fc.asyncProperty(caseOf(scale), (given) => agree(given, met)),
      { numRuns: Math.ceil(runs(20_000) / 2) },
    )
  console.info([...met.counts].map(([name, count]) => `${count} ${name}`).join(', '))
  for (const name of ['attempt allow', 'attempt deny', 'reserve deny', 'commit allow', 'release ok'])
    expect(met.counts.get(name) ?? 0, name).toBeGreaterThan(10)
})
