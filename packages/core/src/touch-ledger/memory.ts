// The touch ledger in memory: for tests, examples, and hosts that keep nothing. It survives its process and nothing more.

import { SECOND } from '../time.js'
import type {
  CountDemand,
  Freeing,
  PeriodUnits,
  RecentDemand,
  TouchAnswer,
  TouchDemand,
  TouchFinding,
  TouchLedger,
  TouchName,
  TouchOperation,
} from '../touch-ledger.js'
import { Counter, Ring, type Slot } from './slot.js'
import { checkTouchOperations } from './valid.js'

type Of<Kind extends TouchOperation['kind']> = Extract<TouchOperation, { readonly kind: Kind }>
type Asking = Of<'take' | 'reserve' | 'record'>

interface Placement {
  readonly slot: Slot
  /** Of a counter; 0 in a ring. */
  readonly period: number
  readonly takes: number
}

/** A touch that is remembered or holds places. */
interface Touch {
  readonly kind: Asking['kind']
  readonly content: string
  readonly answer: TouchAnswer
  readonly placements: readonly Placement[]
  /** Seconds. */
  readonly until: number
  /** Seconds. */
  at: number
  state: 'refused' | 'open' | 'settled' | 'released' | 'lapsed'
}

/** All of one key. Most have only one or two of the maps, and an empty one costs more than a ring. */
interface Book {
  rings?: Map<string, Ring>
  counters?: Map<string, Counter>
  touches?: Map<string, Touch>
  /** Open reservations by `until`, then `at`. */
  readonly open: Touch[]
  /** Second before which ended and settled touches are forgotten. */
  forgotten: number
  /** How many touches there may be before the forgotten are swept out. */
  room: number
}

const FIRST_ROOM = 16

const emptyBook = (): Book => ({
  open: [],
  forgotten: Number.NEGATIVE_INFINITY,
  room: FIRST_ROOM,
})

const secondOf = (instant: number): number => Math.floor(instant / SECOND)

const slotOf = (book: Book, { kind, slot }: TouchDemand): Slot => {
  if (kind === 'recent') {
    book.rings ??= new Map()
    const ring = book.rings.get(slot) ?? new Ring()
    book.rings.set(slot, ring)
    return ring
  }
  book.counters ??= new Map()
  const counter = book.counters.get(slot) ?? new Counter()
  book.counters.set(slot, counter)
  return counter
}

/** What a reservation holds of a slot, in a period where it is a counter. */
const heldBy = ({ placements }: Touch, slot: Slot, period: number): number => {
  let held = 0
  for (const each of placements) if (each.slot === slot && each.period === period) held += each.takes
  return held
}

/** The ledger of one key as an operation at `second` sees it. */
interface View {
  readonly book: Book
  /** Rows of `open` that have lapsed by then without anybody having told them. */
  readonly lapsed: number
}

const viewAt = (book: Book, second: number): View => {
  let lapsed = 0
  while (lapsed < book.open.length && book.open[lapsed]!.until <= second) lapsed++
  return { book, lapsed }
}

/** Which open reservations count: seconds, both included. */
interface Span {
  readonly from: number
  readonly to: number
}

const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

const heldWithin = ({ book, lapsed }: View, slot: Slot, period: number, { from, to }: Span): number => {
  let held = 0
  for (let i = lapsed; i < book.open.length; i++) {
    const touch = book.open[i]!
    if (touch.at >= from && touch.at <= to) held += heldBy(touch, slot, period)
  }
  return held
}

/** The first `most` places of open reservations that count, in the order in which they lapse. */
const lapses = (
  { book, lapsed }: View,
  slot: Slot,
  period: number,
  { from, to }: Span,
  most: number,
): Freeing[] => {
  const frees: Freeing[] = []
  let rest = most
  for (let i = lapsed; i < book.open.length && rest > 0; ) {
    const { at, until } = book.open[i]!
    let places = 0
    // those of the same instants are told as one
    for (; book.open[i]?.until === until && book.open[i]?.at === at; i++)
      places += heldBy(book.open[i]!, slot, period)
    places = at >= from && at <= to ? Math.min(places, rest) : 0
    if (places > 0) frees.push({ at: at * SECOND, until: until * SECOND, places })
    rest -= places
  }
  return frees
}

/** The `over` oldest places in rows `[from, to)`. */
const oldest = (ring: Ring, from: number, to: number, over: number): Freeing[] => {
  const frees: Freeing[] = []
  const end = Math.min(to, from + over)
  for (let row = from; row < end; ) {
    const second = ring.second(row)
    const next = Math.min(end, ring.rowAt(second + 1))
    frees.push({ at: second * SECOND, places: next - row })
    row = next
  }
  return frees
}

const overOf = ({ asks, limit }: TouchDemand, used: number): number =>
  asks === 0 ? 0 : Math.max(0, used + asks - limit)

const findRecent = (view: View, demand: RecentDemand): TouchFinding => {
  const ring = view.book.rings?.get(demand.slot)
  if (ring === undefined) return { used: 0, over: overOf(demand, 0), frees: [] }
  const through = secondOf(demand.through)
  const from = ring.rowAt(secondOf(demand.since))
  const to = Math.max(from, ring.rowAt(through + 1))
  const span = { from: secondOf(demand.heldSince), to: through }
  const used = to - from + (ring.held === 0 ? 0 : heldWithin(view, ring, 0, span))
  const over = overOf(demand, used)
  if (over === 0) return { used, over, frees: [] }
  const held = lapses(view, ring, 0, span, Number.POSITIVE_INFINITY)
  return { used, over, frees: [...oldest(ring, from, to, over), ...held] }
}

const unitsOf = (view: View, slot: string, period: number): number => {
  const counter = view.book.counters?.get(slot)
  if (counter === undefined) return 0
  const settled = counter.settled(period)
  return counter.held === 0 ? settled : settled + heldWithin(view, counter, period, ALWAYS)
}

const findCount = (view: View, demand: CountDemand): TouchFinding => {
  const { slot, period } = demand
  const used = unitsOf(view, slot, period)
  const over = overOf(demand, used)
  const counter = view.book.counters?.get(slot)
  if (over === 0 || counter === undefined) return { used, over, frees: [] }
  return { used, over, frees: lapses(view, counter, period, ALWAYS, over) }
}

/** What was said of earlier periods that is no longer so. */
const staleIn = (view: View, demands: readonly TouchDemand[]): TouchAnswer | undefined => {
  let stale = false
  const earlier: (PeriodUnits & { readonly slot: string })[] = []
  for (const demand of demands) {
    if (demand.kind === 'recent') continue
    for (const { period, units } of demand.earlier) {
      const now = unitsOf(view, demand.slot, period)
      stale ||= now !== units
      earlier.push({ slot: demand.slot, period, units: now })
    }
  }
  return stale ? { status: 'stale', earlier } : undefined
}

const ask = (view: View, kind: TouchOperation['kind'], demands: readonly TouchDemand[]): TouchAnswer => {
  const stale = kind === 'record' ? undefined : staleIn(view, demands)
  if (stale !== undefined) return stale
  const found = demands.map((demand) =>
    demand.kind === 'recent' ? findRecent(view, demand) : findCount(view, demand),
  )
  const admitted = kind === 'record' || found.every(({ over }) => over === 0)
  return { status: admitted ? 'admitted' : 'refused', demands: found }
}

/** Keeps open reservations in the order in which they lapse. */
const openUp = ({ open }: Book, touch: Touch): void => {
  let row = open.length
  while (row > 0) {
    const before = open[row - 1]!
    if (before.until < touch.until || (before.until === touch.until && before.at <= touch.at)) break
    row--
  }
  open.splice(row, 0, touch)
}

const unhold = ({ placements }: Touch): void => {
  for (const { slot, takes } of placements) slot.held -= takes
}

/** Ends reservations whose time is out. */
const lapse = ({ open }: Book, second: number): void => {
  let due = 0
  for (; due < open.length && open[due]!.until <= second; due++) {
    open[due]!.state = 'lapsed'
    unhold(open[due]!)
  }
  if (due > 0) open.splice(0, due)
}

const known = ({ touches, forgotten }: Book, id: string): Touch | undefined => {
  const touch = touches?.get(id)
  return touch !== undefined && (touch.state === 'open' || touch.at >= forgotten) ? touch : undefined
}

const remember = (book: Book, { id, keep }: TouchName, touch: Touch): void => {
  book.forgotten = Math.max(book.forgotten, secondOf(keep))
  book.touches ??= new Map()
  book.touches.set(id, touch)
  if (book.touches.size <= book.room) return
  for (const old of book.touches.keys()) if (known(book, old) === undefined) book.touches.delete(old)
  book.room = Math.max(FIRST_ROOM, book.touches.size * 2)
}

/** What the caller gets is its own. */
const copyOf = (answer: TouchAnswer): TouchAnswer =>
  answer.status === 'admitted' || answer.status === 'refused'
    ? {
        status: answer.status,
        demands: answer.demands.map(({ used, over, frees }) => ({
          used,
          over,
          frees: frees.map((each) => ({ ...each })),
        })),
      }
    : answer

const repeated = (touch: Touch, kind: Asking['kind'], content: string): TouchAnswer => {
  if (touch.kind !== kind || touch.content !== content) return { status: 'id-reused' }
  if (touch.state === 'released' || touch.state === 'lapsed') return { status: 'gone' }
  return copyOf(touch.answer)
}

const take = (book: Book, operation: Asking): TouchAnswer => {
  const { kind, touch: name, demands } = operation
  const before = name && known(book, name.id)
  if (name !== undefined && before !== undefined) return repeated(before, kind, name.content)
  const answer = ask({ book, lapsed: 0 }, kind, demands)
  const admitted = answer.status === 'admitted'
  if (!admitted && (name === undefined || answer.status === 'stale')) return answer
  const at = secondOf(operation.at)
  const placements: Placement[] = []
  if (admitted) {
    for (const demand of demands) {
      const slot = slotOf(book, demand)
      const period = demand.kind === 'recent' ? 0 : demand.period
      if (kind === 'reserve') slot.held += demand.takes
      else slot.settle(at, period, demand.takes)
      slot.forget(demand.kind === 'recent' ? secondOf(demand.keep) : demand.keep)
      if (demand.takes > 0) placements.push({ slot, period, takes: demand.takes })
    }
  }
  if (name === undefined) return answer
  const until = kind === 'reserve' ? secondOf(operation.until) : 0
  const state = !admitted ? 'refused' : kind === 'reserve' ? 'open' : 'settled'
  const touch: Touch = { kind, content: name.content, answer, placements, until, at, state }
  if (state === 'open') openUp(book, touch)
  remember(book, name, touch)
  return copyOf(answer)
}

const settle = (book: Book, { id, at }: Of<'commit'>): TouchAnswer => {
  const touch = known(book, id)
  if (touch?.state === 'open') {
    book.open.splice(book.open.indexOf(touch), 1)
    unhold(touch)
    touch.state = 'settled'
    touch.at = Math.max(touch.at, secondOf(at))
    for (const { slot, period, takes } of touch.placements) slot.settle(touch.at, period, takes)
  }
  return touch?.state === 'settled' ? { status: 'committed', at: touch.at * SECOND } : { status: 'gone' }
}

const release = (book: Book, { id }: Of<'release'>): TouchAnswer => {
  const touch = known(book, id)
  if (touch?.state === 'open') {
    book.open.splice(book.open.indexOf(touch), 1)
    unhold(touch)
    touch.state = 'released'
  } else if (touch?.state === 'settled') {
    for (const { slot, period, takes } of touch.placements) slot.unsettle(touch.at, period, takes)
    touch.state = 'released'
  }
  return { status: touch?.state === 'released' ? 'released' : 'gone' }
}

/**
 * A touch ledger in memory, exact. Loss window: the process.
 *
 * @example
 * import { memoryTouchLedger } from '@clientele/core/memory'
 * const ledger = memoryTouchLedger()
 * const [at, since] = [86_400_000, 82_801_000]
 * const hour = { since, through: at, heldSince: since, keep: since }
 * const cap = { kind: 'recent', slot: 'mail', asks: 1, takes: 1, limit: 1, ...hour } as const
 * const mail = { kind: 'take', key: 'ann', at, demands: [cap] } as const
 * const [first, second] = await ledger.apply([mail, mail])
 * first // => { status: 'admitted', demands: [{ used: 0, over: 0, frees: [] }] }
 * second // => { status: 'refused', demands: [{ used: 1, over: 1, frees: [{ at: 86_400_000, places: 1 }] }] }
 *
 * @category ports
 */
export const memoryTouchLedger = (): TouchLedger => {
  const books = new Map<string, Book>()
  const step = (operation: TouchOperation): TouchAnswer => {
    const { kind, key } = operation
    if (kind === 'erase') {
      books.delete(key)
      return { status: 'erased' }
    }
    const found = books.get(key)
    const book = found ?? emptyBook()
    const second = secondOf(operation.at)
    if (kind === 'check') return ask(viewAt(book, second), kind, operation.demands)
    lapse(book, second)
    if (kind === 'commit') return settle(book, operation)
    if (kind === 'release') return release(book, operation)
    const answer = take(book, operation)
    // a refusal that nobody will ask for again leaves nothing behind
    if (found === undefined && (book.touches !== undefined || answer.status === 'admitted'))
      books.set(key, book)
    return answer
  }
  return {
    apply: async (operations) => {
      checkTouchOperations(operations)
      return operations.map(step)
    },
  }
}
