// The hot path: a message of rows and one quiet week, decided for a recipient by handle. It knows the common case alone and
// answers less than 0 when a decision is not of it; `judge.ts` then answers. One pass is enough: windows of a fitting place
// never grow back, so a cap that is free stays free until something is sent. The file imports nothing at run time: only
// then are its constants written out where they stand, and each would cost a look-up otherwise (decision 8).

import type { Second, WindowTable, Zone } from '@clientele/core'
import type { QuietWeek } from '../table.js'

/** What this path reads of a stream. */
interface Rows {
  readonly row: number
  readonly own: boolean
  readonly shared: boolean
  readonly stride: number
  readonly rows: { readonly data: Uint32Array }
  readonly lines: ReadonlyMap<number, unknown>
  readonly slots: ReadonlyMap<number, ReadonlyMap<string, number>>
}

/** What it reads of a state. */
interface State {
  readonly areaOf: { readonly data: Uint16Array }
  readonly areas: readonly { readonly window: Zone | undefined }[]
  readonly notes: readonly Float64Array[]
  readonly streams: readonly Rows[]
  readonly held: number
}

/** What it reads of a message. */
interface Message {
  readonly plan: Int32Array
  readonly quick: Quick | undefined
  readonly week: QuietWeek | undefined
  readonly asks: readonly { readonly limit: Asked; readonly past: number; readonly key: string | undefined }[]
  readonly quiet: readonly { readonly index: number }[]
}

/** What it reads of a limit. */
interface Asked {
  readonly index: number
  readonly limitIndex: number
  readonly stream: number
  readonly window: WindowTable
}

/** Not of the common case. */
const ELSEWHERE = -1
/** The notes of the place are of another hour or day: `turnTo` brings them up to date. */
const STALE = -2

// Places in the notes of an area: 1 when this path may use them at all, and the seconds [from, to) for which they hold.
const FIT = 0
const FROM = 1
const TO = 2
// How far the wall clock is ahead then, in seconds, and until when that lasts.
const OFFSET = 3
const OFFSET_TO = 4
// Then two for each limit: a stored instant after the first counts; the second is when a calendar's window ends.
const LIMITS = 5
const SINCE = 0
const FREES = 1

// A plan is runs of asks of one stream: the stream, how many of them are rolling, how many there are otherwise; then for
// each rolling one the places looked past and the window's seconds less one; then for each other the kind of the
// window, the places looked past, and where the limit's notes lie.
const RUN = 3
const ROLLING = 2
const OTHER = 3
const KIND = 0
const PAST = 1
const NOTES = 2
const CALENDAR = 1
const CIVIL_DAYS = 2
const LIFETIME = 3

/** Rolling windows in a plan are shorter, in seconds, and moments later: so an empty place, 0, is long free. */
const LONGEST = 0x2000_0000

/** The layout of notes and plans for those who write them; the constants of this file stay its own, and so are written out. */
export const NOTE: {
  readonly [name in 'FIT' | 'FROM' | 'TO' | 'OFFSET' | 'OFFSET_TO' | 'LIMITS' | 'SINCE' | 'FREES']: number
} = { FIT, FROM, TO, OFFSET, OFFSET_TO, LIMITS, SINCE, FREES }
export const PLAN: {
  readonly ROLLING: number
  readonly OTHER: number
  readonly KINDS: { readonly [kind in Exclude<WindowTable['kind'], 'rolling'>]: number }
  readonly LONGEST_ROLLING: Second
} = {
  ROLLING,
  OTHER,
  KINDS: { calendar: CALENDAR, civilDays: CIVIL_DAYS, lifetime: LIFETIME },
  LONGEST_ROLLING: LONGEST,
}

const WEEK = 10_080
/** Monday begins the week of minutes; 1970 began on a Thursday. */
const THURSDAY = 4_320

/**
 * The later of two seconds, without a branch: which it is nobody can foresee, and a branch foretold wrongly makes the
 * processor wait for a row that it had already begun to fetch for the next recipient.
 */
const later = (a: Second, b: Second): Second => (a + b + Math.abs(a - b)) * 0.5

/** Whether a holiday may change the week between two minutes of the wall clock. */
const isSpecial = (special: Uint8Array, from: number, to: number): boolean => {
  for (let day = Math.floor(from / 1_440); day * 1_440 <= to; day++) if (special[day] === 1) return true
  return false
}

/** The first second at or after `at` that is not quiet, by a wall clock so far ahead; {@link ELSEWHERE} at `until`. */
const waitOut = ({ wait, special }: QuietWeek, offset: number, until: Second, at: Second): Second => {
  const minute = ((at + offset) / 60) | 0
  const minutes = wait[(minute + THURSDAY) % WEEK]!
  if (special !== undefined && isSpecial(special, minute, minute + minutes)) return ELSEWHERE
  // of a minute that is not quiet the start lies behind
  const open = later(at, (minute + minutes) * 60 - offset)
  return open < until ? open : ELSEWHERE
}

/** The same when clocks change before then. */
const waitOutLater = (week: QuietWeek, { starts, offsets }: Zone, at: Second): Second => {
  let [low, segment] = [1, starts.length]
  while (low < segment) {
    const middle = (low + segment) >>> 1
    if (starts[middle]! <= at * 1_000) low = middle + 1
    else segment = middle
  }
  const until = segment < starts.length ? starts[segment]! / 1_000 : Number.POSITIVE_INFINITY
  return waitOut(week, offsets[segment - 1]! / 1_000, until, at)
}

/** The slot of a key that is more than the recipient; −1 when nothing can have counted there. */
const slotOf = (stream: Rows, { asks }: Message, recipient: number): number => {
  const key = asks.find(({ limit }) => limit.stream === stream.row)?.key
  return key === undefined ? -1 : (stream.slots.get(stream.shared ? -1 : recipient)?.get(key) ?? -1)
}

/**
 * A plan of one stream with few asks, as fields rather than numbers in a list: half the time of a loop over a plan. Of
 * rolling windows the places looked past and the seconds less one, of calendar's the places and where the notes lie.
 */
export interface Quick {
  /** The stream; its key is the recipient. */
  readonly stream: number
  /** Places that the message takes there and nowhere else; 0 when it counts otherwise. */
  readonly takes: number
  readonly rolling: number
  readonly past1: number
  readonly seconds1: number
  readonly past2: number
  readonly seconds2: number
  readonly past3: number
  readonly seconds3: number
  readonly calendar: number
  readonly back1: number
  readonly notes1: number
  readonly back2: number
  readonly notes2: number
  readonly back3: number
  readonly notes3: number
}

/** When the calendar's periods that are full have ended. */
const afterPeriods = (
  quick: Quick,
  notes: Float64Array,
  data: Uint32Array,
  first: number,
  at: Second,
): Second => {
  let next = at
  let own = quick.notes1
  if (data[first + quick.back1]! > notes[own]! && notes[own + FREES]! > next) next = notes[own + FREES]!
  if (quick.calendar === 1) return next
  own = quick.notes2
  if (data[first + quick.back2]! > notes[own]! && notes[own + FREES]! > next) next = notes[own + FREES]!
  if (quick.calendar === 2) return next
  own = quick.notes3
  if (data[first + quick.back3]! > notes[own]! && notes[own + FREES]! > next) next = notes[own + FREES]!
  return next
}

/** {@link firstInRows} of a quick plan. */
export const firstInRow = (
  state: State,
  recipient: number,
  quick: Quick,
  week: QuietWeek | undefined,
  at: Second,
): Second => {
  const notes = state.notes[state.areaOf.data[recipient]!]!
  if (at < notes[FROM]! || at >= notes[TO]!) return notes[FIT] === 1 && at >= LONGEST ? STALE : ELSEWHERE
  const stream = state.streams[quick.stream]!
  const { data } = stream.rows
  const first = recipient * stream.stride
  // a touch known for later, or a reservation
  if (data[first]! > at + 1 || (state.held > 0 && stream.lines.has(recipient))) return ELSEWHERE
  let next = at
  if (quick.rolling > 0) {
    next = later(next, data[first + quick.past1]! + quick.seconds1)
    if (quick.rolling > 1) next = later(next, data[first + quick.past2]! + quick.seconds2)
    if (quick.rolling > 2) next = later(next, data[first + quick.past3]! + quick.seconds3)
  }
  if (quick.calendar > 0) next = afterPeriods(quick, notes, data, first, next)
  if (week === undefined) return next
  if (next >= notes[OFFSET_TO]!)
    return waitOutLater(week, state.areas[state.areaOf.data[recipient]!]!.window!, next)
  return waitOut(week, notes[OFFSET]!, notes[OFFSET_TO]!, next)
}

/** The asks of a run that are not rolling, from what the notes say of the place. */
const askOthers = (
  plan: Int32Array,
  notes: Float64Array,
  data: Uint32Array,
  first: number,
  from: number,
  to: number,
  at: Second,
): Second => {
  let next = at
  for (let ask = from; ask < to; ask += OTHER) {
    const own = plan[ask + NOTES]!
    if (data[first + plan[ask + PAST]!]! <= notes[own + SINCE]!) continue
    const kind = plan[ask + KIND]
    if (kind === LIFETIME) return Number.NaN
    // when civil days end depends on the touch
    if (kind === CIVIL_DAYS) return ELSEWHERE
    if (notes[own + FREES]! > next) next = notes[own + FREES]!
  }
  return next
}

/** {@link firstInRows} of a plan of any length. */
const firstInPlan = (state: State, recipient: number, message: Message, at: Second): Second => {
  const area = state.areaOf.data[recipient]!
  const notes = state.notes[area]!
  if (at < notes[FROM]! || at >= notes[TO]!) return notes[FIT] === 1 && at >= LONGEST ? STALE : ELSEWHERE
  const { plan, week } = message
  let next = at
  for (let ask = 0; ask < plan.length; ) {
    const stream = state.streams[plan[ask]!]!
    const rolling = ask + RUN
    const others = rolling + ROLLING * plan[ask + 1]!
    const end = others + OTHER * plan[ask + 2]!
    const slot = stream.own === true ? recipient : slotOf(stream, message, recipient)
    ask = end
    if (slot < 0) continue
    const { data } = stream.rows
    const first = slot * stream.stride
    // a touch known for later, or a reservation
    if (data[first]! > at + 1 || (state.held > 0 && stream.lines.has(slot))) return ELSEWHERE
    for (let i = rolling; i < others; i += ROLLING) next = later(next, data[first + plan[i]!]! + plan[i + 1]!)
    if (others === end) continue
    const other = askOthers(plan, notes, data, first, others, end, at)
    if (!(other >= at)) return other
    next = later(next, other)
  }
  if (week === undefined) return next
  if (next >= notes[OFFSET_TO]!) return waitOutLater(week, state.areas[area]!.window!, next)
  return waitOut(week, notes[OFFSET]!, notes[OFFSET_TO]!, next)
}

/**
 * The first second at which the message may be sent: `at` when now, NaN when never, less than 0 when this path cannot tell:
 * {@link STALE}, or {@link ELSEWHERE}.
 */
export const firstInRows = (state: State, recipient: number, message: Message, at: Second): Second =>
  message.quick === undefined
    ? firstInPlan(state, recipient, message, at)
    : firstInRow(state, recipient, message.quick, message.week, at)

/** {@link firstInRow}, and when the answer is now the message takes its places: a row's oldest fall out, and matter no more. */
export const attemptInRow = (
  state: State,
  recipient: number,
  quick: Quick,
  week: QuietWeek | undefined,
  at: Second,
): Second => {
  const next = firstInRow(state, recipient, quick, week, at)
  if (next !== at) return next
  const stream = state.streams[quick.stream]!
  const { data } = stream.rows
  const { stride } = stream
  const first = recipient * stride
  for (let taken = 0; taken < quick.takes; taken++) {
    for (let place = first + stride - 1; place > first; place--) data[place] = data[place - 1]!
    data[first] = at + 1
  }
  return next
}

/**
 * Counts the rules of a message that refuse at a second, by their place in answers: `false` when this path cannot tell. The
 * notes are up to date: {@link firstInRows} was asked just before.
 */
export const countRefusals = (
  state: State,
  recipient: number,
  message: Message,
  at: Second,
  counts: Uint32Array,
): boolean => {
  const area = state.areaOf.data[recipient]!
  const notes = state.notes[area]!
  const { week, asks, quiet } = message
  if (at < notes[FROM]! || at >= notes[TO]! || (week !== undefined && quiet.length > 1)) return false
  const open = week === undefined ? at : waitOut(week, notes[OFFSET]!, Number.POSITIVE_INFINITY, at)
  // a holiday may change the week
  if (open < 0) return false
  for (const { limit, past, key } of asks) {
    const stream = state.streams[limit.stream]!
    const slot = stream.own ? recipient : key === undefined ? -1 : slotOf(stream, message, recipient)
    if (slot < 0) continue
    const place = stream.rows.data[slot * stream.stride + past]!
    const { window } = limit
    const since =
      window.kind === 'rolling' ? at - window.seconds + 1 : notes[LIMITS + 2 * limit.limitIndex + SINCE]!
    if (place > since && place > 0) counts[limit.index]!++
  }
  if (open !== at) counts[quiet[0]!.index]!++
  return true
}
