// One attempt against all rules, from the plain list of everything that ever happened. Each rule answers two questions:
// does it refuse at t, and when may it next think otherwise.

import type {
  Cap,
  ConsentRule,
  ControlGroup,
  CoolDown,
  Definition,
  ExemptFrom,
  Exemption,
  Facts,
  Outcome,
  Quiet,
  Verdict,
  Weight,
  Window,
} from '../../src/model.js'
import { holds } from './holds.js'
import { quietClock } from './quiet.js'
import { millis, windowMoves, windowStart, zoneOfWindow } from './window.js'
import { DAY, LAST, nextTransition, SECOND } from './zone.js'

const NEVER = Number.POSITIVE_INFINITY

/** How far it is looked for an instant that passes. */
export const HORIZON = 3 * 365 * DAY
/** In place of an instant: it lies beyond the horizon, or there is none. */
export const BEYOND = Number.MAX_SAFE_INTEGER

/** Whom it is about, and what was told. */
export interface Told {
  readonly recipient: string
  readonly facts: Facts
}

/** The attempt that is judged. */
export interface Subject extends Told {
  /** The zones told on its own line, or before it. */
  readonly zones: readonly string[]
}

/** A touch, an event, a reservation. */
export interface Happening extends Told {
  readonly at: number
  /** Input order. */
  readonly order: number
  /** When a reservation lapses, exclusive. */
  readonly until: number
}

export interface Consent {
  readonly recipient: string
  readonly at: number
  readonly order: number
  readonly until: number
  readonly basis: string
  readonly channel: string | undefined
  readonly category: string | undefined
}

/** Everything that is known. */
export interface World {
  readonly definition: Definition
  readonly happened: readonly Happening[]
  readonly consents: readonly Consent[]
  /** The tags that campaigns bear now. */
  readonly tags: ReadonlyMap<string, Facts[string]>
  /** Where recipients are, as far as that is known now. */
  readonly zones: ReadonlyMap<string, readonly string[]>
}

interface Case {
  readonly id: string
  readonly kind: Kind
  readonly presumption: boolean
  /** Needs a zone that is not known: refuses for ever. */
  readonly lacksZone: boolean
  readonly refusesAt: (at: number) => boolean
  readonly changesAfter: (at: number) => number
}

type Kind = ExemptFrom | 'control'

const missing = (value: unknown): boolean => value === undefined || value === null

const keysOf = (per: readonly string[] | undefined, { recipient, facts }: Told): readonly unknown[] =>
  (per ?? ['recipient']).map((name) => (name === 'recipient' ? recipient : facts[name]))

/** A missing key equals nothing. */
const sameKeys = (per: readonly string[] | undefined, a: Told, b: Told): boolean => {
  const other = keysOf(per, b)
  return keysOf(per, a).every((key, i) => !missing(key) && key === other[i])
}

const isSeen = (one: Happening, at: number): boolean => one.at <= at && at < one.until
const isAfter = (a: Happening, b: Happening): boolean => a.at > b.at || (a.at === b.at && a.order > b.order)
const weightOf = (weights: readonly Weight[] | undefined, facts: Facts): number =>
  weights?.find(({ when }) => holds(when, facts))?.weight ?? 1

const soonest = (at: number, instants: readonly number[]): number =>
  instants.reduce((least, instant) => (instant > at && instant < least ? instant : least), NEVER)
/** When what happened comes into sight or lapses. */
const sightings = (happened: readonly Happening[]): number[] => happened.flatMap((one) => [one.at, one.until])

const tagged = new WeakMap<Happening, Facts>()
/** The facts of a touch as if sent with the tags that its campaign bears now. */
const retagged = (world: World, one: Happening): Facts => {
  const tags = world.tags.get(one.facts['campaign'] as string)
  if (tags === undefined) return one.facts
  const known = tagged.get(one)
  if (known?.['tags'] === tags) return known
  const facts = { ...one.facts, tags }
  tagged.set(one, facts)
  return facts
}

/** The zones a rule that asks for the recipient's reads: undefined when there are none. */
const zonesFor = (world: World, subject: Subject): readonly string[] | undefined => {
  const { missingZone } = world.definition
  if (subject.zones.length > 0) return subject.zones
  return missingZone === undefined || missingZone === 'deny' || missingZone === 'skip'
    ? undefined
    : [missingZone]
}

/** The zone a window is read in: undefined where it needs none, null where it needs one that is not known. */
const zoneFor = (world: World, window: Window, subject: Subject): string | undefined | null => {
  const choice = zoneOfWindow(window)
  return choice === 'recipient' ? (zonesFor(world, subject)?.[0] ?? null) : choice
}

interface Held {
  readonly holdsAt: (at: number) => boolean
  readonly changesAfter: (at: number) => number
}

/** Whether an exemption holds for a subject that sees what is in `happened`; undefined when it never does. */
const exemption = (
  world: World,
  exempt: Exemption,
  subject: Subject,
  happened: readonly Happening[],
): Held | undefined => {
  const { when, since, until, window, per } = exempt
  if (!holds(when, subject.facts)) return undefined
  if (since === undefined) return { holdsAt: () => true, changesAfter: () => NEVER }
  const zone = window === undefined ? undefined : zoneFor(world, window, subject)
  if (zone === null) return undefined
  const near = happened.filter((one) => sameKeys(per, one, subject))
  const begins = near.filter(({ facts }) => holds(since, facts))
  const ends = until === undefined ? [] : near.filter(({ facts }) => holds(until, facts))
  if (begins.length === 0) return undefined
  return {
    holdsAt: (at) => {
      const start = window === undefined ? Number.NEGATIVE_INFINITY : windowStart(window, zone, at)
      return begins.some(
        (x) => isSeen(x, at) && x.at >= start && !ends.some((y) => isSeen(y, at) && isAfter(y, x)),
      )
    },
    // asked while it does not hold: no window lets in what it has left, but where clocks are set back over its start
    changesAfter: (at) =>
      Math.min(
        soonest(at, sightings([...begins, ...ends])),
        zone === undefined ? NEVER : nextTransition(zone, at),
      ),
  }
}

/** Whether a touch is in no cap at all, by everything that is known, the zone where its recipient is now included. */
const isUncounted = (world: World, touch: Happening, attempt: Subject): boolean => {
  if (!missing(touch.facts['event']) || touch.facts['uncounted'] === true) return true
  return (world.definition.exempt ?? []).some((exempt) => {
    if (exempt.uncounted !== true || !holds(exempt.when, touch.facts)) return false
    if (exempt.since === undefined) return true
    const before = world.happened.filter((one) => one !== touch && isAfter(touch, one))
    const zones =
      touch.recipient === attempt.recipient ? attempt.zones : (world.zones.get(touch.recipient) ?? [])
    return exemption(world, exempt, { ...touch, zones }, before)?.holdsAt(touch.at) ?? false
  })
}

/** Used places plus the attempt's weight are over the limit. */
const windowCase = (
  window: Window,
  zone: string | undefined,
  touches: readonly { readonly touch: Happening; readonly weight: number }[],
  limit: number,
  weight: number,
): Pick<Case, 'refusesAt' | 'changesAfter'> => {
  const counted = touches.map(({ touch }) => touch)
  return {
    refusesAt: (at) => {
      const start = windowStart(window, zone, at)
      let used = 0
      // a reservation may be committed at any moment until it lapses, so it lies in every window until then
      const lies = ({ at: taken, until }: Happening): boolean => until !== NEVER || taken >= start
      for (const { touch, weight: own } of touches) if (isSeen(touch, at) && lies(touch)) used += own
      return used + weight > limit
    },
    changesAfter: (at) =>
      weight > limit
        ? NEVER
        : Math.min(soonest(at, sightings(counted)), windowMoves(window, zone, counted, at)),
  }
}

const capCase = (world: World, cap: Cap, attempt: Subject): Case | undefined => {
  if (!holds(cap.when, attempt.facts)) return undefined
  const zone = zoneFor(world, cap.window, attempt)
  const own = { id: cap.id, kind: 'caps', presumption: cap.presumption === true } as const
  if (zone === null) return lacking(world, own)
  const touches = world.happened
    .filter((one) => sameKeys(cap.per, one, attempt))
    .map((touch) => ({ touch, facts: cap.tags === 'current' ? retagged(world, touch) : touch.facts }))
    .filter(({ touch, facts }) => holds(cap.counts ?? cap.when, facts) && !isUncounted(world, touch, attempt))
    .map(({ touch, facts }) => ({ touch, weight: weightOf(cap.weights, facts) }))
  const weight = weightOf(cap.weights, attempt.facts)
  return { ...own, lacksZone: false, ...windowCase(cap.window, zone, touches, cap.limit, weight) }
}

const coolDownCase = (world: World, rule: CoolDown, attempt: Subject): Case | undefined => {
  if (!holds(rule.blocks, attempt.facts)) return undefined
  const zone = zoneFor(world, rule.window, attempt)
  const own = { id: rule.id, kind: 'coolDowns', presumption: rule.presumption === true } as const
  if (zone === null) return lacking(world, own)
  const starts = world.happened
    .filter((one) => sameKeys(rule.per, one, attempt) && holds(rule.after, one.facts))
    .map((touch) => ({ touch, weight: 1 }))
  return { ...own, lacksZone: false, ...windowCase(rule.window, zone, starts, 1, 1) }
}

const quietCase = (world: World, rule: Quiet, attempt: Subject): Case | undefined => {
  if (!holds(rule.when, attempt.facts)) return undefined
  const choice = rule.zone ?? 'recipient'
  // only periods are read off somebody's wall clock; hours have a zone of their own
  const none = (rule.periods ?? []).length === 0
  const zones = none ? [] : choice === 'recipient' ? zonesFor(world, attempt) : [choice]
  const own = { id: rule.id, kind: 'quiet', presumption: false } as const
  if (zones === undefined) return lacking(world, own)
  const clock = quietClock(rule, world.definition)
  return {
    ...own,
    lacksZone: false,
    refusesAt: (at) => clock.isQuiet(zones, at),
    changesAfter: (at) => clock.opensAfter(zones, at),
  }
}

const consentCase = (world: World, rule: ConsentRule, attempt: Subject): Case | undefined => {
  const { facts, recipient } = attempt
  if (!holds(rule.when, facts)) return undefined
  const maxAge = rule.maxAge === undefined ? NEVER : millis(rule.maxAge)
  const consents = world.consents.filter(
    (one) =>
      one.recipient === recipient &&
      (one.channel === undefined || one.channel === facts['channel']) &&
      (one.category === undefined || one.category === facts['category']),
  )
  const allows = (basis: string | undefined): boolean => {
    if (rule.requires === 'opt-in') return basis === 'opt-in'
    if (rule.requires === 'soft-opt-in') return basis === 'opt-in' || basis === 'soft-opt-in'
    return basis !== 'opt-out'
  }
  return {
    id: rule.id,
    kind: 'consent',
    presumption: false,
    lacksZone: false,
    refusesAt: (at) => {
      const valid = consents.filter((one) => one.at <= at && at < one.until && at - one.at <= maxAge)
      valid.sort((a, b) => a.at - b.at || a.order - b.order)
      return !allows(valid.at(-1)?.basis)
    },
    changesAfter: (at) =>
      soonest(
        at,
        consents.flatMap((one) => [one.at, one.until, one.at + maxAge + SECOND]),
      ),
  }
}

/** Only the shares 0 and 1 are known without the engine's hash; a missing key is in no group. */
const controlCase = (rule: ControlGroup, attempt: Subject): Case | undefined => {
  if (!holds(rule.when, attempt.facts) || keysOf(rule.per, attempt).some(missing)) return undefined
  const own = { id: rule.id, kind: 'control', presumption: false, lacksZone: false } as const
  return { ...own, refusesAt: () => rule.share === 1, changesAfter: () => NEVER }
}

const lacking = (world: World, own: Pick<Case, 'id' | 'kind' | 'presumption'>): Case | undefined =>
  world.definition.missingZone === 'skip'
    ? undefined
    : { ...own, lacksZone: true, refusesAt: () => true, changesAfter: () => NEVER }

export interface Judged {
  /** The rules that refuse at an instant. */
  readonly refusing: (at: number) => readonly Pick<Case, 'id' | 'kind' | 'presumption' | 'lacksZone'>[]
  readonly verdict: (at: number) => Verdict
}

const ALL: readonly Kind[] = ['caps', 'quiet', 'coolDowns', 'consent', 'control']

/** An attempt against the rules of some kinds. */
export const judge = (world: World, attempt: Subject, kinds: readonly Kind[] = ALL): Judged => {
  const { caps, quiet, coolDowns, consent, control, exempt } = world.definition
  const ignoreCaps = attempt.facts['ignoreCaps'] === true
  const asked = (kind: Kind): boolean =>
    kinds.includes(kind) && !(ignoreCaps && (kind === 'caps' || kind === 'coolDowns'))
  const cases = [
    ...(asked('caps') ? (caps ?? []).map((rule) => capCase(world, rule, attempt)) : []),
    ...(asked('quiet') ? (quiet ?? []).map((rule) => quietCase(world, rule, attempt)) : []),
    ...(asked('coolDowns') ? (coolDowns ?? []).map((rule) => coolDownCase(world, rule, attempt)) : []),
    ...(asked('consent') ? (consent ?? []).map((rule) => consentCase(world, rule, attempt)) : []),
    ...(asked('control') ? (control ?? []).map((rule) => controlCase(rule, attempt)) : []),
  ].filter((one) => one !== undefined)
  const exemptions = (exempt ?? [])
    .map(({ from }, i) => ({ from, held: exemption(world, exempt![i]!, attempt, world.happened) }))
    .flatMap(({ from, held }) => (held === undefined ? [] : [{ from: from as readonly Kind[], held }]))

  const refusing = (at: number): Case[] => {
    const passed = exemptions.filter(({ held }) => held.holdsAt(at)).flatMap(({ from }) => from)
    return cases.filter((one) => !passed.includes(one.kind) && one.refusesAt(at))
  }
  /** No rule passes before it may change its mind, or an exemption may. */
  const changesAfter = (one: Case, at: number): number =>
    exemptions.reduce(
      (least, { from, held }) => (from.includes(one.kind) ? Math.min(least, held.changesAfter(at)) : least),
      one.changesAfter(at),
    )
  const nextAllowedAt = (from: number): number | null => {
    for (let at = from; at < Math.min(LAST, from + HORIZON); ) {
      const refused = refusing(at)
      if (refused.length === 0) return at
      if (refused.some(({ lacksZone }) => lacksZone)) return null
      at = Math.max(...refused.map((one) => changesAfter(one, at)))
      if (at === NEVER) return null
    }
    return BEYOND
  }
  const verdict = (at: number): Verdict => {
    const refused = refusing(at)
    const onlyQuiet = refused.every(({ kind, lacksZone }) => kind === 'quiet' && !lacksZone)
    const outcome: Outcome = refused.length === 0 ? 'allow' : onlyQuiet ? 'defer' : 'deny'
    const presumed = refused.filter(({ presumption }) => presumption).map(({ id }) => id)
    return {
      verdict: outcome,
      rules: refused.map(({ id }) => id),
      nextAllowedAt: nextAllowedAt(at),
      ...(presumed.length === 0 ? {} : { presumed }),
    }
  }
  return { refusing, verdict }
}
