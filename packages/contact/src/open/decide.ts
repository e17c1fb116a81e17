// The conversations: check, attempt and reserve, commit, release, record. Places are taken first and looked at afterwards, key
// by key in one order for all workers; what was taken is given back when a later key refuses.

import { SECOND, type TouchDemand, type TouchOperation } from '@clientele/core'
import type { ConsentRecord } from '../book.js'
import type { Effect } from '../model.js'
import { refuse } from '../read.js'
import type { Asked, Desk } from './asked.js'
import { emptyHome, type Home, homesOf, nameOf, ownKey, type Relief } from './home.js'
import { reliefAt } from './marks.js'
import {
  checkOf,
  demandsAt,
  look,
  lookAtMarks,
  type Matter,
  matterOf,
  needsLook,
  note,
  refusals,
  verdictFrom,
} from './matter.js'
import { findingsOf, type Talk } from './talk.js'

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
      : [...homes, emptyHome(own, whom.id)].sort((a, b) => (a.key < b.key ? -1 : 1))
  return named.filter(
    ({ takes, marks, own: mine }) => takes.length + marks.length > 0 || (mine && id !== undefined),
  )
}

const settling = (
  kind: 'commit' | 'release',
  asked: Asked,
  homes: readonly Home[],
): readonly TouchOperation[] =>
  homes.map((home) => ({ kind, key: home.key, id: idIn(asked, home), at: asked.at * SECOND }))

/** What is the same for every key of an attempt or a reserve. */
interface Taking {
  readonly matter: Matter
  readonly relief: Relief
  /** Whether something else than the ledger refuses. */
  readonly blocked: boolean
  readonly kind: 'take' | 'reserve'
  /** Where the touch is written down. */
  readonly writes: readonly Home[]
  /** Where it is only asked. */
  readonly reads: readonly Home[]
}

const isAsked = ({ asks, grants }: Home): boolean => asks.length + grants.length > 0

/** Answers a refusal; one that cannot be told again was given before, or stood on an exemption that has ended. */
function* refused({ matter, relief }: Taking): Talk<Effect> {
  const { homes, asked } = matter
  if (relief.standings.length > 0) {
    yield* lookAtMarks(matter)
    if (needsLook(matter, asked.at)) yield* look(matter, homes, asked.at)
  }
  const verdict = yield* verdictFrom(matter)
  return verdict.verdict === 'allow'
    ? refuse(
        'refused-before',
        'touchId',
        'the touch was refused before, or an exemption ended meanwhile; ask again, under another id',
      )
    : verdict
}

/** What of a home may have changed while later keys were asked: what the touch itself does not count for. */
const onlyAsked = (home: Home): Home => ({
  ...home,
  asks: home.asks.filter(({ limit }) => !home.takes.some(({ stream }) => stream === limit.stream)),
  takes: [],
  marks: [],
})

/** Its own end is there by now. */
const withOwnEnds = (relief: Relief, homes: readonly Home[]): Relief => ({
  ...relief,
  standings: relief.standings.map((standing) => {
    const { exempt } = standing.mark
    const own = homes.some(({ marks }) =>
      marks.some(({ mark, role }) => mark.exempt === exempt && role === 'until'),
    )
    return own ? { ...standing, ends: standing.ends + 1 } : standing
  }),
})

const operationOf = ({ matter, relief, blocked, kind, writes }: Taking, home: Home): TouchOperation => {
  const { asked, desk } = matter
  const { key } = home
  const at = asked.at * SECOND
  const demands = demandsAt(matter, home, asked.at, relief)
  if (asked.id === undefined) return { kind: 'take', key, at, demands }
  const touch = touchIn(desk, asked, home)
  const all = [...demands, barrier(blocked && home === writes[0] ? 1 : 0)]
  if (kind === 'take') return { kind, key, at, demands: all, touch }
  return { kind, key, at, demands: all, touch, until: asked.until * SECOND }
}

/** Takes a place in every key, one after another; what refused otherwise. */
function* takeAll(taking: Taking): Talk<Effect | undefined> {
  const { matter, relief, writes, reads } = taking
  const { asked } = matter
  for (const [i, home] of writes.entries()) {
    const [answer] = yield [operationOf(taking, home)]
    if (answer?.status === 'gone') return gone()
    const taken = settling('release', asked, writes.slice(0, i))
    if (answer?.status === 'id-reused') {
      if (taken.length > 0) yield taken
      return reused(asked)
    }
    note(matter, home, asked.at, findingsOf(answer), relief)
    if (answer?.status === 'admitted') continue
    const rest = [...writes.slice(i + 1), ...reads].filter(({ asks }) => asks.length > 0)
    if (taken.length + rest.length > 0) {
      const answers = yield [...taken, ...rest.map((each) => checkOf(matter, each, asked.at))]
      rest.forEach((each, j) => {
        note(matter, each, asked.at, findingsOf(answers[taken.length + j]))
      })
    }
    return yield* refused(taking)
  }
  return undefined
}

/** Asks once all is taken, so that of two touches that ask where the other counts one sees the other. */
function* askAgain(taking: Taking): Talk<Effect | undefined> {
  const { matter, writes, reads } = taking
  const { asked, desk } = matter
  const again = [...reads, ...writes.slice(0, -1).map(onlyAsked)].filter(isAsked)
  if (again.length === 0) return undefined
  const relief = withOwnEnds(taking.relief, writes)
  // remembered, so that a repeat does not ask anew
  const answers = yield again.map((home) => ({
    kind: 'take' as const,
    key: home.key,
    at: asked.at * SECOND,
    demands: demandsAt(matter, home, asked.at, relief),
    touch: touchIn(desk, asked, home, 'again'),
  }))
  again.forEach((home, i) => {
    note(matter, home, asked.at, findingsOf(answers[i]), relief)
  })
  if (answers.every(({ status }) => status === 'admitted')) return undefined
  yield settling('release', asked, writes)
  return answers.some(({ status }) => status === 'id-reused') ? reused(asked) : yield* refused(taking)
}

/** Attempts and reserves: allowed when every key admits. */
function* take(matter: Matter): Talk<Effect> {
  const { asked, homes, attempt } = matter
  const writes = writtenIn(homes, asked)
  const reads = homes.filter((home) => isAsked(home) && !writes.some(({ key }) => key === home.key))
  const named = asked.id !== undefined
  const several = writes.length + reads.length > 1
  if (several && !named)
    refuse(
      'missing-key',
      'touchId',
      'an attempt that is asked or counted under several keys needs a "touchId"',
    )
  yield* lookAtMarks(matter)
  const blocked = refusals(matter, asked.at).length > 0
  if (writes.length === 0 || (blocked && !named)) {
    yield* look(matter, homes, asked.at)
    return yield* verdictFrom(matter)
  }
  const taking: Taking = {
    matter,
    relief: reliefAt(attempt, asked.at),
    blocked,
    kind: asked.op === 'reserve' || several ? 'reserve' : 'take',
    writes,
    reads,
  }
  const taken = yield* takeAll(taking)
  const answer = taken === undefined ? yield* askAgain(taking) : taken
  if (answer !== undefined) return answer
  if (asked.op === 'attempt' && several) yield* keep(asked, writes)
  return { verdict: 'allow', rules: [], nextAllowedAt: asked.at * SECOND }
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
  yield* lookAtMarks(matter, 'left out')
  const verdict = yield* verdictFrom({
    ...matter,
    homes: [],
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
    demands: demandsAt(matter, { ...home, asks: [], grants: [] }, asked.at),
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
export function* decide(desk: Desk, asked: Asked, consents: readonly ConsentRecord[]): Talk<Effect> {
  if (asked.op === 'release') return yield* release(desk, asked)
  const matter = matterOf(desk, asked, consents)
  if (asked.op === 'commit') return yield* commit(matter)
  if (asked.op === 'record') return yield* record(matter)
  if (asked.op !== 'check') return yield* take(matter)
  yield* lookAtMarks(matter)
  yield* look(matter, matter.homes, asked.at)
  return yield* verdictFrom(matter)
}

/** Forgets a recipient. */
export function* forget(id: string): Talk<Effect> {
  yield [{ kind: 'erase', key: ownKey(id) }]
  return OK
}
