// What a touch is to the policy: its facts, asked once. Hosts prepare a campaign's message and use it for a million
// recipients; the engine prepares those of its commands and remembers them.

import { type Table as ConditionTable, evaluate } from '@clientele/core/condition'
import { NOTE, PLAN, type Quick } from './evaluate/kernel.js'
import type { Facts } from './model.js'
import { quietWeekOf } from './quiet/week.js'
import {
  CAPS,
  CONSENT,
  COOL_DOWNS,
  type ConsentTable,
  type ControlTable,
  type ExemptTable,
  type KeyPart,
  type LimitTable,
  LONGEST_ROW,
  QUIET,
  type QuietTable,
  type QuietWeek,
  type Table,
} from './table.js'

/** A limit that speaks of the message. */
export interface Ask {
  readonly limit: LimitTable
  /** How many of the most recent places are looked past; less than 0 when it is refused always. */
  readonly past: number
  /** The key beside the recipient; `undefined` when a part of it is missing. */
  readonly key: string | undefined
}

/** The asks as the hot path reads them, those of one stream together. */
const planOf = (asks: readonly Ask[]): Int32Array => {
  const streams = [...new Set(asks.map(({ limit }) => limit.stream))]
  return Int32Array.from(
    streams.flatMap((stream) => {
      const rolling: number[] = []
      const others: number[] = []
      for (const { limit, past } of asks) {
        const { window, limitIndex } = limit
        if (limit.stream !== stream) continue
        if (window.kind === 'rolling') rolling.push(past, window.seconds - 1)
        else others.push(PLAN.KINDS[window.kind], past, NOTE.LIMITS + 2 * limitIndex)
      }
      return [stream, rolling.length / PLAN.ROLLING, others.length / PLAN.OTHER, ...rolling, ...others]
    }),
  )
}

const MOST_QUICK = 3

/** A plan of one stream of the recipient with few asks, and none but rolling windows and the calendar's. */
const quickOf = (table: Table, asks: readonly Ask[], takes: readonly Take[]): Quick | undefined => {
  const stream = asks[0]?.limit.stream ?? -1
  if (stream < 0 || !table.streams[stream]!.own || asks.some(({ limit }) => limit.stream !== stream))
    return undefined
  const rolling = asks.filter(({ limit }) => limit.window.kind === 'rolling')
  const calendar = asks.filter(({ limit }) => limit.window.kind === 'calendar')
  if (rolling.length + calendar.length < asks.length) return undefined
  if (rolling.length > MOST_QUICK || calendar.length > MOST_QUICK) return undefined
  const past = (ask: Ask | undefined): number => ask?.past ?? 0
  const seconds = (ask: Ask | undefined): number =>
    ask?.limit.window.kind === 'rolling' ? ask.limit.window.seconds - 1 : 0
  const notes = (ask: Ask | undefined): number => NOTE.LIMITS + 2 * (ask?.limit.limitIndex ?? 0)
  const [take, ...more] = takes
  return {
    stream,
    takes: take?.stream === stream && more.length === 0 ? take.weight : 0,
    rolling: rolling.length,
    past1: past(rolling[0]),
    seconds1: seconds(rolling[0]),
    past2: past(rolling[1]),
    seconds2: seconds(rolling[1]),
    past3: past(rolling[2]),
    seconds3: seconds(rolling[2]),
    calendar: calendar.length,
    back1: past(calendar[0]),
    notes1: notes(calendar[0]),
    back2: past(calendar[1]),
    notes2: notes(calendar[1]),
    back3: past(calendar[2]),
    notes3: notes(calendar[2]),
  }
}

/** A stream in which the message counts once it is sent. */
export interface Take {
  readonly stream: number
  readonly weight: number
  readonly key: string
}

/** An exemption that a touch begins or ends, or may be under. */
export interface Mark {
  readonly exempt: ExemptTable
  readonly key: string
}

/**
 * Facts that a policy was asked about: which rules speak of them, what they weigh, where they count.
 *
 * @category evaluate
 */
export interface Message {
  /** The policy that was asked. @internal */
  readonly table: Table
  /** As they were given. */
  readonly facts: Facts
  /** Whether it is an event that happened rather than a touch. */
  readonly event: boolean
  /** @internal */
  readonly asks: readonly Ask[]
  /** The same for the hot path. @internal */
  readonly plan: Int32Array
  /** The same, where it is short. @internal */
  readonly quick: Quick | undefined
  /** @internal */
  readonly quiet: readonly QuietTable[]
  /** The same as one week, where it is nothing but a week in the recipient's zone. @internal */
  readonly week: QuietWeek | undefined
  /** @internal */
  readonly consent: readonly ConsentTable[]
  /** @internal */
  readonly control: readonly { readonly rule: ControlTable; readonly key: string | undefined }[]
  /** Exemptions it may be under, if they have begun. @internal */
  readonly grants: readonly Mark[]
  /** Those it begins. @internal */
  readonly begins: readonly Mark[]
  /** Those it ends. @internal */
  readonly ends: readonly Mark[]
  /** @internal */
  readonly takes: readonly Take[]
  /** Whether it can be attempted on one row, with nothing else to ask or to keep. @internal */
  readonly inRow: boolean
  /** Whether all that can refuse it is instants in rows and one quiet week. @internal */
  readonly plain: boolean
  /** Whether it counts only where it is asked: then what it pushes out of a row can matter no more. @internal */
  readonly contained: boolean
}

const holds = (condition: ConditionTable | undefined, facts: Facts): boolean =>
  condition === undefined || evaluate(condition, facts) === true

const readPath = (facts: Facts, path: readonly string[]): unknown => {
  let value: unknown = facts
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Facts)[name]
  }
  return value
}

/** The key without the recipient, `undefined` when a part is missing. Types are told apart. */
const keyOf = (per: readonly KeyPart[], facts: Facts): string | undefined => {
  let key = ''
  for (const part of per) {
    if (part === 'recipient') continue
    const value = readPath(facts, part)
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined
    key += JSON.stringify(value)
  }
  return key
}

/** Places that a touch takes. */
export const weightOf = (weights: Table['streams'][number]['weights'], facts: Facts): number => {
  for (const { when, weight } of weights) if (holds(when, facts)) return weight
  return 1
}

const marksOf = (table: Table, facts: Facts, role: 'when' | 'since' | 'until'): readonly Mark[] =>
  table.exempt.flatMap((exempt) => {
    const condition = exempt[role]
    if (exempt.grant < 0 || (condition === undefined && role !== 'when') || !holds(condition, facts))
      return []
    const key = keyOf(exempt.per, facts)
    return key === undefined ? [] : [{ exempt, key }]
  })

/** The kinds that stand aside for these facts whatever happened before. */
const exemptedKinds = (table: Table, facts: Facts): number => {
  let kinds = facts['ignoreCaps'] === true ? CAPS | COOL_DOWNS : 0
  for (const { grant, when, from } of table.exempt) if (grant < 0 && holds(when, facts)) kinds |= from
  return kinds
}

const isUncounted = (table: Table, facts: Facts): boolean =>
  facts['uncounted'] === true ||
  table.exempt.some(({ grant, uncounted, when }) => grant < 0 && uncounted && holds(when, facts))

const takesOf = (table: Table, facts: Facts, event: boolean): readonly Take[] => {
  const uncounted = event || isUncounted(table, facts)
  return table.streams.flatMap(({ all, counts, currentTags, per, weights }, stream) => {
    if (uncounted && !all) return []
    // by which tags it counts is not known yet
    if (!currentTags && !holds(counts, facts)) return []
    const key = keyOf(per, facts)
    return key === undefined ? [] : [{ stream, weight: all ? 1 : weightOf(weights, facts), key }]
  })
}

/**
 * Asks a policy about facts once, for many recipients and moments. Cost: some microseconds, in proportion to the rules.
 *
 * @example
 * import { compileOrThrow, messageOf } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * messageOf(policy, { channel: 'email' }).event // => false
 *
 * @category evaluate
 */
export const messageOf = (table: Table, facts: Facts): Message => {
  const event = facts['event'] !== undefined && facts['event'] !== null
  const exempted = exemptedKinds(table, facts)
  const asks = table.limits
    .filter((limit) => (limit.kind & exempted) === 0 && holds(limit.when, facts))
    .map((limit): Ask => {
      const { weights, per } = table.streams[limit.stream]!
      return { limit, past: limit.limit - weightOf(weights, facts), key: keyOf(per, facts) }
    })
  const speaking = <R extends { readonly when: ConditionTable | undefined }>(
    rules: readonly R[],
  ): readonly R[] => rules.filter(({ when }) => holds(when, facts))
  const quiet = (exempted & QUIET) === 0 ? speaking(table.quiet) : []
  const consent = (exempted & CONSENT) === 0 ? speaking(table.consent) : []
  const control = speaking(table.control).map((rule) => ({ rule, key: keyOf(rule.per, facts) }))
  const grants = marksOf(table, facts, 'when')
  const week = quietWeekOf(table, quiet)
  const rowsOnly = asks.every(({ limit, past }) => {
    const { whole, places } = table.streams[limit.stream]!
    const short = limit.window.kind !== 'rolling' || limit.window.seconds < PLAN.LONGEST_ROLLING
    return past >= 0 && !whole && places <= LONGEST_ROW && short
  })
  const takes = takesOf(table, facts, event)
  const asked = new Set(asks.map(({ limit }) => limit))
  const begins = marksOf(table, facts, 'since')
  const ends = marksOf(table, facts, 'until')
  const quick = quickOf(table, asks, takes)
  const plain =
    rowsOnly &&
    grants.length + consent.length + control.length === 0 &&
    (quiet.length === 0 || week !== undefined)
  const contained =
    begins.length + ends.length === 0 &&
    takes.every(({ stream }) => table.streams[stream]!.limits.every((limit) => asked.has(limit)))
  return {
    table,
    facts,
    event,
    asks,
    plan: planOf(asks),
    quick,
    quiet,
    week,
    consent,
    control,
    grants,
    begins,
    ends,
    takes,
    inRow: plain && contained && quick !== undefined && quick.takes > 0,
    plain,
    contained,
  }
}
