// The conversations: check, attempt and reserve, commit, release, record. Places are taken first and looked at afterwards, key
// by key in one order for all workers; what was taken is given back when a later key refuses.

import { SECOND, type Second, type TouchDemand, type TouchOperation } from '@clientele/core'
import type { Effect } from '../model.js'
import { refuse } from '../read.js'
import type { Asked, Desk } from './asked.js'
import { type Home, homesOf, nameOf, ownKey } from './home.js'
import { checkOf, demandsAt, look, type Matter, matterOf, note, refusals, verdictFrom } from './matter.js'
import type { Consent } from './model.js'
import { findingsOf, type Talk } from './talk.js'

/** How long an attempt on several keys holds its places before it keeps them, in seconds. */
const HOLD: Second = 60
const OK: Effect = Object.freeze({ ok: true })

const gone = (): never =>
  refuse(
    'reservation-gone',
    'touchId',
    'the touch has lapsed, was released, was refused by another key, or is forgotten; ask again under another id',
  )

const reused = ({ id }: Asked): never =>
  refuse('id-reused', 'touchId', `the touch "${id}" was told before with other content`)

/** Never found free: by it a named question is refused in the ledger too, and remembered. */
const barrier = (asks: number): TouchDemand => ({
  kind: 'recent',
  slot: 'barrier',
  asks,
  takes: 0,
  limit: 0,
  since: 0,
  through: 0,
  heldSince: Number.POSITIVE_INFINITY,
  keep: Number.NEGATIVE_INFINITY,
})

/** The name of a touch in a key; in those shared with others it tells nobody's name. */
const idIn = ({ id = '', whom }: Asked, { own }: Home, part: 'touch' | 'again' = 'touch'): string =>
  `${part}:${own ? id : nameOf(JSON.stringify([whom.id, id]))}`

const touchIn = ({ remember }: Desk, asked: Asked, home: Home, part: 'touch' | 'again' = 'touch') => ({
  id: idIn(asked, home, part),
  content: asked.content,
  keep: (asked.at - remember) * SECOND,
})

/** Where a touch is written down: where it counts, and with its name in the recipient's own key. */
const writtenIn = (homes: readonly Home[], { id, whom }: Asked): readonly Home[] => {
  const own = ownKey(whom.id)
  const named: readonly Home[] =
    id === undefined || homes.some(({ key }) => key === own)
      ? homes
      : [...homes, { key: own, own: true, asks: [], takes: [] }].sort((a, b) => (a.key < b.key ? -1 : 1))
  return named.filter((home) => home.takes.length > 0 || (home.own && id !== undefined))
}

const settling = (
  kind: 'commit' | 'release',
  asked: Asked,
  homes: readonly Home[],
): readonly TouchOperation[] =>
  homes.map((home) => ({ kind, key: home.key, id: idIn(asked, home), at: asked.at * SECOND }))

/** Answers a refusal; one that cannot be told again was given before. */
function* refused(matter: Matter): Talk<Effect> {
  const verdict = yield* verdictFrom(matter)
  return verdict.verdict === 'allow'
    ? refuse('refused-before', 'touchId', 'the touch was refused before; ask again under another id')
    : verdict
}

/** The asks of a home that the touch itself does not count for: others may have come while later keys were asked. */
const onlyAsked = (home: Home): Home => ({
  ...home,
  asks: home.asks.filter(({ limit }) => !home.takes.some(({ stream }) => stream === limit.stream)),
  takes: [],
})

/** Attempts and reserves: allowed when every key admits. */
function* take(matter: Matter): Talk<Effect> {
  const { asked, homes, desk } = matter
  const at = asked.at * SECOND
  const writes = writtenIn(homes, asked)
  const reads = homes.filter(({ key, asks }) => asks.length > 0 && !writes.some((home) => home.key === key))
  const blocked = refusals(matter, asked.at).length > 0
  const named = asked.id !== undefined
  const several = writes.length + reads.length > 1
  if (several && !named)
    refuse(
      'missing-key',
      'touchId',
      'an attempt that is asked or counted under several keys needs a "touchId"',
    )
  if (writes.length === 0 || (blocked && !named)) {
    yield* look(matter, homes, asked.at)
    return yield* verdictFrom(matter)
  }
  const kind = asked.op === 'reserve' || several ? 'reserve' : 'take'
  const until = (asked.op === 'reserve' ? asked.until : asked.at + HOLD) * SECOND
  const operation = (home: Home, first: boolean): TouchOperation => {
    const { key } = home
    const demands = demandsAt(matter, home, asked.at)
    if (!named) return { kind: 'take', key, at, demands }
    const touch = touchIn(desk, asked, home)
    const all = [...demands, barrier(first && blocked ? 1 : 0)]
    return kind === 'take'
      ? { kind, key, at, demands: all, touch }
      : { kind, key, at, demands: all, touch, until }
  }
  for (const [i, home] of writes.entries()) {
    const [answer] = yield [operation(home, i === 0)]
    if (answer?.status === 'gone') return gone()
    const taken = settling('release', asked, writes.slice(0, i))
    if (answer?.status === 'id-reused') {
      if (taken.length > 0) yield taken
      return reused(asked)
    }
    note(matter, home.asks, asked.at, findingsOf(answer))
    if (answer?.status === 'admitted') continue
    const rest = [...writes.slice(i + 1), ...reads].filter(({ asks }) => asks.length > 0)
    if (taken.length + rest.length > 0) {
      const answers = yield [...taken, ...rest.map((each) => checkOf(matter, each, asked.at))]
      rest.forEach(({ asks }, j) => {
        note(matter, asks, asked.at, findingsOf(answers[taken.length + j]))
      })
    }
    return yield* refused(matter)
  }
  const again = [...reads, ...writes.slice(0, -1).map(onlyAsked)].filter(({ asks }) => asks.length > 0)
  if (again.length > 0) {
    // remembered, so that a repeat does not ask anew
    const answers = yield again.map((home) => ({
      kind: 'take' as const,
      key: home.key,
      at,
      demands: demandsAt(matter, home, asked.at),
      touch: touchIn(desk, asked, home, 'again'),
    }))
    again.forEach(({ asks }, i) => {
      note(matter, asks, asked.at, findingsOf(answers[i]))
    })
    if (answers.some(({ status }) => status !== 'admitted')) {
      yield settling('release', asked, writes)
      return answers.some(({ status }) => status === 'id-reused') ? reused(asked) : yield* refused(matter)
    }
  }
  if (asked.op === 'attempt' && several) yield* keep(asked, writes)
  return { verdict: 'allow', rules: [], nextAllowedAt: at }
}

/** Keeps the places of a touch in all its keys, or gives all of them back; answers since when. */
function* keep(asked: Asked, writes: readonly Home[]): Talk<number> {
  const answers = yield settling('commit', asked, writes)
  const kept = writes.filter((_, i) => answers[i]?.status === 'committed')
  if (kept.length < writes.length) {
    if (kept.length > 0) yield settling('release', asked, kept)
    return gone()
  }
  return Math.max(...answers.map((answer) => (answer.status === 'committed' ? answer.at : 0)))
}

function* commit(matter: Matter): Talk<Effect> {
  const { asked, attempt } = matter
  // consent may have been withdrawn since, and night may have fallen; caps and control groups were asked
  const message = { ...attempt.message, control: [] }
  const verdict = yield* verdictFrom({
    ...matter,
    attempt: { ...attempt, message },
    never: [],
    found: new Map(),
  })
  if (verdict.verdict !== 'allow') return { ok: false, ...verdict }
  const since = yield* keep(asked, writtenIn(matter.homes, asked))
  return { ok: true, verdict: 'allow', rules: [], nextAllowedAt: since }
}

function* record(matter: Matter): Talk<Effect> {
  const { asked, desk, homes } = matter
  const writes = writtenIn(homes, asked)
  if (writes.length === 0) return OK
  const answers = yield writes.map((home) => ({
    kind: 'record' as const,
    key: home.key,
    at: asked.at * SECOND,
    demands: demandsAt(matter, { ...home, asks: [] }, asked.at),
    ...(asked.id === undefined ? {} : { touch: touchIn(desk, asked, home) }),
  }))
  return answers.some(({ status }) => status === 'id-reused') ? reused(asked) : OK
}

function* release(desk: Desk, asked: Asked): Talk<Effect> {
  const homes = homesOf(desk.arena.table, asked.message, asked.whom.id)
  yield settling('release', asked, writtenIn(homes, asked))
  return OK
}

/** The conversation of a question. */
export function* decide(desk: Desk, asked: Asked, consents: readonly Consent[]): Talk<Effect> {
  if (asked.op === 'release') return yield* release(desk, asked)
  const matter = matterOf(desk, asked, consents)
  if (asked.op === 'commit') return yield* commit(matter)
  if (asked.op === 'record') return yield* record(matter)
  if (asked.op !== 'check') return yield* take(matter)
  yield* look(matter, matter.homes, asked.at)
  return yield* verdictFrom(matter)
}

/** Forgets a recipient. */
export function* forget(id: string): Talk<Effect> {
  yield [{ kind: 'erase', key: ownKey(id) }]
  return OK
}
