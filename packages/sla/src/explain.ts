// Why a clock shows what it shows: the stretches it counted and those it did not, each with its reason. The amounts sum
// to the time used.

import { explainElapsed } from '@clientele/calendar'
import { type Explained, type Instant, type LedgerEntry, ledgerOf } from '@clientele/core'
import { foldOne } from './evaluate.js'
import { type Log, logOf, NOWHERE } from './log/log.js'
import { elapsedOpen } from './machine/hours.js'
import { HELD, IDLE, type Machine, MOMENTS, PAUSED, RUNNING } from './machine/registers.js'
import { oldestFirst } from './machine/trail.js'
import type { EventLine, MomentName, Verdict } from './model.js'
import type { ClockTable, Hours, Table } from './table.js'
import { verdictOf } from './verdict.js'

/** A transition that the fold told of. */
interface Told {
  readonly moment: MomentName
  readonly at: Instant
  /** Of a pause: an event began it. */
  readonly held: boolean
  readonly target: number
}

interface Stretch {
  readonly from: Instant
  readonly to: Instant
  readonly hours: number
}

/** The stretches a clock counted up to `now`, oldest first. */
const stretchesOf = ({ r, trail, table }: Machine, clock: number, now: Instant): readonly Stretch[] => {
  const closed = oldestFirst(trail, r.counted[clock]!).map((entry) => ({
    from: trail.from[entry]!,
    to: trail.to[entry]!,
    hours: trail.value[entry]!,
  }))
  if (r.phase[clock] !== RUNNING) return closed
  return [...closed, { from: r.since[clock]!, to: now, hours: table.targets.hours[r.target[clock]!]! }]
}

const countedEntries = (hours: Hours | undefined, { from, to }: Stretch): readonly LedgerEntry[] => {
  if (hours?.calendar === undefined) {
    const label = hours === undefined ? 'round the clock' : `open time of "${hours.name}"`
    return [{ code: 'open', label, amount: elapsedOpen(hours, from, to), at: [from, to] }]
  }
  const prefix = `calendars.${hours.name}`
  return explainElapsed(hours.calendar, from, to).ledger.entries.map((entry) => ({
    ...entry,
    ref: entry.ref === undefined || entry.ref === '' ? prefix : `${prefix}.${entry.ref}`,
    facts: { calendar: hours.name },
  }))
}

/** The event of the last line at an instant, for words about a pause. */
const eventAt = (log: Log, at: Instant): string | undefined => {
  let event: string | undefined
  for (let row = log.first.data[0]!; row !== NOWHERE && log.at.data[row]! <= at; row = log.next.data[row]!) {
    if (log.at.data[row] === at) event = log.contents.patches[log.patch.data[row]!]!.event ?? event
  }
  return event
}

/** A stretch that did not count, by the transition that began it. */
const uncounted = (
  clock: ClockTable,
  log: Log,
  told: Told | undefined,
  from: Instant,
  to: Instant,
): LedgerEntry => {
  const entry = (code: string, label: string, ref: string): LedgerEntry => ({
    code,
    label,
    amount: 0,
    at: [from, to],
    ref: `${clock.path}.${ref}`,
  })
  if (told === undefined) return entry('paused', 'paused before the start was reported', 'pause')
  if (told.moment === 'met' || told.moment === 'missed')
    return entry('stopped', 'stopped, until it was reopened', 'reopen')
  const event = eventAt(log, told.at)
  const facts = event === undefined ? {} : { facts: { event } }
  if (told.held) return { ...entry('paused', `paused by "${event ?? 'an event'}"`, 'pause.on'), ...facts }
  const { label } = clock.pauseWhile?.root ?? {}
  return {
    ...entry('paused', label === undefined ? 'paused by a condition' : `paused: ${label}`, 'pause.while'),
    ...facts,
  }
}

/** What stands between two stretches, cut where the reason changes. */
const gap = (
  clock: ClockTable,
  log: Log,
  story: readonly Told[],
  from: Instant,
  to: Instant,
): LedgerEntry[] => {
  const reasons = story.filter(
    ({ moment, at }) => at < to && (moment === 'paused' || moment === 'met' || moment === 'missed'),
  )
  const inside = reasons.filter(({ at }) => at >= from)
  const cuts = inside.filter(({ at }, i) => at > from && inside[i + 1]?.at !== at)
  const edges = [from, ...cuts.map(({ at }) => at), to]
  return edges.slice(0, -1).map((start, i) => {
    const reason = reasons.filter(({ at }) => at <= start).pop()
    return uncounted(clock, log, reason, start, edges[i + 1]!)
  })
}

const notes = (table: Table, clock: ClockTable, story: readonly Told[]): LedgerEntry[] =>
  story
    .filter(({ moment }) => moment === 'retargeted')
    .map(({ at, target }) => ({
      code: 'retargeted',
      label: `target "${table.targets.name[target]!}" from here on, ${clock.onRetarget}`,
      amount: 0,
      at: [at, at] as const,
      ref: table.targets.path[target]!,
      facts: { target: table.targets.name[target]!, onRetarget: clock.onRetarget },
    }))

const segments = (
  machine: Machine,
  place: number,
  log: Log,
  heard: readonly Told[],
  now: Instant,
): LedgerEntry[] => {
  const { table, r } = machine
  const clock = table.clocks[place]!
  const begins = heard.map(({ moment }) => moment === 'started' || moment === 'reset')
  const story = heard.slice(begins.lastIndexOf(true))
  const restarts = clock.onRetarget === 'restart' ? story.filter(({ moment }) => moment === 'retargeted') : []
  const startedAt = r.startedAt[place]!
  const countsFrom = restarts[restarts.length - 1]?.at ?? startedAt
  const entries: LedgerEntry[] = []
  if (countsFrom > startedAt) {
    const at = [startedAt, countsFrom] as const
    entries.push({
      code: 'restarted',
      label: 'before the restart',
      amount: 0,
      at,
      ref: `${clock.path}.onRetarget`,
    })
  }
  let cursor = countsFrom
  for (const stretch of stretchesOf(machine, place, now)) {
    if (stretch.from > cursor) entries.push(...gap(clock, log, story, cursor, stretch.from))
    if (stretch.to > stretch.from) entries.push(...countedEntries(table.hours[stretch.hours], stretch))
    cursor = stretch.to
  }
  const open = r.phase[place] === RUNNING || r.phase[place] === PAUSED
  const end = open ? now : r.endedAt[place]!
  if (end > cursor) entries.push(...gap(clock, log, story, cursor, end))
  return [...entries, ...notes(table, clock, story)].sort((a, b) => a.at![0] - b.at![0])
}

/**
 * How one clock stands at `now` with the ledger of its present or last cycle: `open` stretches count, `closed`,
 * `holiday`, `date`, `break`, `paused`, `stopped` and `restarted` ones do not; together they cover the time from the
 * start to now, or to the end of the cycle, without a gap, and sum to `elapsedMs`. A change of target stands between
 * them as an entry of nothing. A `RangeError` when the policy has no such clock. Cost: proportional to the segments.
 *
 * @example
 * import { compileOrThrow, explain } from '@clientele/sla'
 * const policy = compileOrThrow({
 *   clocks: [{
 *     id: 'reply', start: { on: 'created' }, stop: { on: 'replied' }, targets: [{ within: 'PT1H' }],
 *     pause: { while: { fact: 'state', eq: 'pending' } },
 *   }],
 * })
 * const events = [
 *   { subject: 'INC1', at: 0, event: 'created' },
 *   { subject: 'INC1', at: 600000, facts: { state: 'pending' } },
 *   { subject: 'INC1', at: 900000, facts: { state: 'open' } },
 * ]
 * const { verdict, ledger } = explain(policy, events, 'reply', 1000000)
 * verdict.elapsedMs // => 700000
 * ledger.entries.map(({ code, amount }) => [code, amount]) // => [['open', 600000], ['paused', 0], ['open', 100000]]
 *
 * @category explain
 */
export const explain = (
  table: Table,
  events: Iterable<EventLine>,
  clockId: string,
  now: Instant,
): Explained<Verdict> => {
  const clock = table.clocks.findIndex(({ id }) => id === clockId)
  if (clock < 0) {
    const known = table.clocks.map(({ id }) => id).join(', ')
    throw new RangeError(`the policy has no clock "${clockId}", expected one of ${known}`)
  }
  const log = logOf(events)
  const heard: Told[] = []
  const machine = foldOne(table, log, now, ({ r }) => (row, _, moment, at) => {
    if (row !== clock) return
    heard.push({ moment: MOMENTS[moment]!, at, held: (r.flags[row]! & HELD) !== 0, target: r.target[row]! })
  })
  const verdict = verdictOf(machine, clock, clock, now)
  if (machine.r.phase[clock] === IDLE) {
    const label = 'not started'
    return { verdict, ledger: ledgerOf('ms', 'sum', [{ code: 'not-started', label, amount: 0 }]) }
  }
  return { verdict, ledger: ledgerOf('ms', 'sum', segments(machine, clock, log, heard, now)) }
}
