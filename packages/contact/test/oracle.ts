// The naive reading of a contact policy: a plain list of everything that ever happened, looked through at each decision.
// Shares nothing with the sources but the types. How an attempt is judged is in `oracle/judge.ts`; here is what commands
// do to the list.

import type { Candidate, Command, Definition, Effect, Facts, Recipient, Verdict } from '../src/model.js'
import { type Consent, type Happening, type Judged, judge, type Subject, type World } from './oracle/judge.js'
import { instantOf, millis } from './oracle/window.js'

const NEVER = Number.POSITIVE_INFINITY

type Placing = Extract<Command, { readonly op: 'record' | 'check' | 'attempt' | 'reserve' }>
type Settling = Extract<Command, { readonly op: 'commit' | 'release' }>
type Choosing = Extract<Command, { readonly op: 'choose' }>

/** A line that what is decided says nothing of: the engine is not asked either. */
export const UNDECIDED = 'undecided'

const error = (code: string): Effect => ({ error: { code, message: code, path: '' } })
const OK: Effect = { ok: true }

const idOf = (recipient: string | Recipient): string =>
  typeof recipient === 'string' ? recipient : recipient.id

/** The zones a line tells; undefined when it tells none. */
const zonesOf = (recipient: string | Recipient): readonly string[] | undefined => {
  if (typeof recipient === 'string') return undefined
  const { zone, zones } = recipient
  if (zone === undefined && zones === undefined) return undefined
  return [...new Set([...(zone === undefined ? [] : [zone]), ...(zones ?? [])])]
}

/** By code point. */
const byPoints = (a: string, b: string): number => {
  const [left, right] = [Array.from(a), Array.from(b)]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const sign = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!
    if (sign !== 0) return sign
  }
  return left.length - right.length
}

/** What stands under a touchId. */
interface Placed {
  readonly kind: 'reservation' | 'touch'
  readonly happening: Happening
}

export class Oracle {
  #happened: Happening[] = []
  readonly #consents: Consent[] = []
  readonly #tags = new Map<string, readonly string[]>()
  readonly #zones = new Map<string, readonly string[]>()
  readonly #answered = new Map<string, { readonly print: string; readonly answer: Effect }>()
  readonly #placed = new Map<string, Placed>()
  readonly #settled = new Set<string>()
  readonly #definition: Definition
  #order = 0

  constructor(definition: Definition) {
    this.#definition = definition
  }

  step(command: Command): Effect | typeof UNDECIDED {
    this.#order++
    switch (command.op) {
      case 'check':
        return this.judged(command).verdict(instantOf(command.at))
      case 'record':
      case 'attempt':
      case 'reserve':
        return this.#once(command)
      case 'commit':
        return this.#commit(command)
      case 'release':
        return this.#release(command)
      case 'choose':
        return this.#choose(command)
      case 'consent': {
        const { at, basis, facts, until } = command
        this.#tell(command.recipient)
        this.#consents.push({
          recipient: idOf(command.recipient),
          at: instantOf(at),
          order: this.#order,
          until: until === undefined ? NEVER : instantOf(until),
          basis,
          channel: facts?.channel ?? undefined,
          category: facts?.category ?? undefined,
        })
        return OK
      }
      case 'tag':
        this.#tags.set(command.campaign, command.tags)
        return OK
      default:
        return UNDECIDED
    }
  }

  /** The attempt of a line, as it would be judged now. */
  judged(command: Placing): Judged {
    return judge(this.#world(), this.#subject(command.recipient, command.facts ?? {}))
  }

  #world(happened: readonly Happening[] = this.#happened): World {
    return {
      definition: this.#definition,
      happened,
      consents: this.#consents,
      tags: this.#tags,
      zones: this.#zones,
    }
  }

  #subject(recipient: string | Recipient, facts: Facts): Subject {
    const id = idOf(recipient)
    return { recipient: id, zones: zonesOf(recipient) ?? this.#zones.get(id) ?? [], facts }
  }

  /** A zone persists until another is told. */
  #tell(recipient: string | Recipient): void {
    const zones = zonesOf(recipient)
    if (zones !== undefined) this.#zones.set(idOf(recipient), zones)
  }

  #place(subject: Subject, at: number, until = NEVER): Happening {
    const { recipient, facts } = subject
    const happening = { recipient, facts, at, until, order: this.#order }
    this.#happened.push(happening)
    return happening
  }

  /** A repeat changes nothing and is answered as the first time. */
  #once(command: Placing): Effect {
    const { touchId } = command
    if (touchId === undefined) return this.#ask(command)
    const print = JSON.stringify(command)
    const before = this.#answered.get(touchId)
    if (before !== undefined) return before.print === print ? before.answer : error('id-reused')
    const answer = this.#ask(command)
    this.#answered.set(touchId, { print, answer })
    return answer
  }

  #ask(command: Placing): Effect {
    const at = instantOf(command.at)
    const subject = this.#subject(command.recipient, command.facts ?? {})
    const verdict = command.op === 'record' ? undefined : judge(this.#world(), subject).verdict(at)
    this.#tell(command.recipient)
    if (verdict === undefined || verdict.verdict === 'allow') {
      const until = command.op === 'reserve' ? at + millis(command.ttl) : NEVER
      const kind = command.op === 'reserve' ? 'reservation' : 'touch'
      const happening = this.#place(subject, at, until)
      if (command.touchId !== undefined) this.#placed.set(command.touchId, { kind, happening })
    }
    return verdict ?? OK
  }

  #remove(happening: Happening): void {
    this.#happened = this.#happened.filter((one) => one !== happening)
  }

  #commit({ touchId, at: told, recipient }: Settling): Effect | typeof UNDECIDED {
    const placed = this.#placed.get(touchId)
    if (this.#settled.has(touchId)) return UNDECIDED
    if (placed === undefined) return error('unknown')
    if (placed.kind !== 'reservation' || placed.happening.recipient !== idOf(recipient)) return UNDECIDED
    const { happening } = placed
    const at = instantOf(told)
    if (at < happening.at) return UNDECIDED
    if (at >= happening.until) return error('lapsed')
    const subject = this.#subject(recipient, happening.facts)
    this.#tell(recipient)
    const others = this.#happened.filter((one) => one !== happening)
    const answer: Verdict = judge(this.#world(others), subject, ['quiet', 'consent']).verdict(at)
    if (answer.verdict !== 'allow') return { ok: false, ...answer }
    this.#remove(happening)
    this.#placed.set(touchId, { kind: 'touch', happening: this.#place(subject, at) })
    this.#settled.add(touchId)
    return { ok: true, ...answer }
  }

  #release({ touchId, at, recipient }: Settling): Effect | typeof UNDECIDED {
    const placed = this.#placed.get(touchId)
    // released before, or refused: the id is known, and nothing stands under it
    if (placed === undefined && (this.#settled.has(touchId) || this.#answered.has(touchId))) return UNDECIDED
    if (placed === undefined) return error('unknown')
    const { happening } = placed
    if (happening.recipient !== idOf(recipient)) return UNDECIDED
    // whether a lapsed reservation is still there to be released
    if (instantOf(at) >= happening.until) return UNDECIDED
    this.#tell(recipient)
    this.#remove(happening)
    this.#placed.delete(touchId)
    this.#settled.add(touchId)
    return OK
  }

  /** Who goes first is taken first, if it passes and all those taken before still do. */
  #choose({ candidates, recipient, objective }: Choosing): Effect | typeof UNDECIDED {
    if (objective === 'value') return UNDECIDED
    const places = candidates.map(({ at, facts }, i) => ({
      ...this.#subject(recipient, facts ?? {}),
      at: instantOf(at),
      until: NEVER,
      order: this.#order + i / candidates.length,
    }))
    const ranked = candidates.map((_, i) => i).sort((a, b) => byRank(candidates[a]!, candidates[b]!))
    const passes = (i: number, taken: readonly number[]): boolean => {
      const [own, others] = [places[i]!, taken.filter((j) => j !== i).map((j) => places[j]!)]
      const before = others.filter(({ at, order }) => at < own.at || (at === own.at && order < own.order))
      return judge(this.#world([...this.#happened, ...before]), own).refusing(own.at).length === 0
    }
    let taken: number[] = []
    for (const i of ranked) {
      const more = [...taken, i]
      if (more.every((j) => passes(j, more))) taken = more
    }
    const ids = (of: (i: number) => boolean): string[] =>
      candidates.filter((_, i) => of(i)).map(({ id }) => id)
    return { chosen: ids((i) => taken.includes(i)), suppressed: ids((i) => !taken.includes(i)) }
  }
}

const byRank = (a: Candidate, b: Candidate): number =>
  (b.priority ?? 0) - (a.priority ?? 0) ||
  (b.value ?? 0) - (a.value ?? 0) ||
  instantOf(a.at) - instantOf(b.at) ||
  byPoints(a.id, b.id)
