// A desk that never was: tickets wait, are answered, paused, handed over, settled and reopened, minute by minute, by
// teams that keep their own hours. Deterministic: only the seed decides.

import * as Calendar from '@clientele/calendar'
import { formatInstant, type Instant, MINUTE } from '@clientele/core'
import type { EventLine } from '@clientele/sla'
import { type Arrival, arrivals, deskHours, FROM, UNTIL } from './arrivals.js'
import {
  BUSY,
  CHANNEL_MODELS,
  COURSE,
  MINUTES_A_TICKET,
  PRIORITIES,
  type Priority,
  REGIONS,
} from './desk-model.js'
import { type Random, random } from './random.js'

/** A log with the instant up to which it is complete. */
export interface Log {
  readonly events: readonly EventLine[]
  readonly until: Instant
}

interface Ticket extends Arrival {
  readonly id: string
  level: Priority
  state: 'new' | 'open' | 'awaiting-user' | 'awaiting-vendor' | 'resolved' | 'withdrawn'
  /** Nothing happens to a ticket before this. */
  last: Instant
}

/** Something to do for a ticket. */
interface Task {
  readonly ticket: Ticket
  readonly first: boolean
  readonly since: number
  /** The minute at which a caller gives up. */
  readonly patience: number
}

interface Agent {
  readonly id: string
  readonly region: number
  freeAt: number
}

/** How much a minute of waiting weighs when the next task is chosen. */
const URGENCY: { readonly [priority in Priority]: number } = { urgent: 12, high: 4, normal: 1.4, low: 0.6 }

/** Somebody standing at the counter goes before almost any letter. */
const AT_THE_COUNTER = 25

const minuteOf = (at: Instant): number => Math.ceil((at - FROM) / MINUTE)

/** As many agents as keep a team busy, at least one. */
const staff = (tickets: number, hours: readonly Calendar.Table[]): Agent[] =>
  REGIONS.flatMap(({ id, share }, region) => {
    const open = Calendar.elapsed(hours[region]!, FROM, UNTIL) / MINUTE
    const count = Math.max(1, Math.ceil((tickets * share * MINUTES_A_TICKET) / (open * BUSY)))
    return Array.from({ length: count }, (_, i) => ({ id: `${id}-${i + 1}`, region, freeAt: 0 }))
  })

/** Takes the task whose waiting weighs most. */
const takeWorst = (tasks: Task[], minute: number): Task | undefined => {
  let best = -1
  let most = -1
  tasks.forEach(({ ticket, since, first }, i) => {
    const standing = first && ticket.channel === 'office' ? AT_THE_COUNTER : 1
    const weight = (minute - since + 1) * URGENCY[ticket.level] * standing
    if (weight > most) [best, most] = [i, weight]
  })
  return best === -1 ? undefined : tasks.splice(best, 1)[0]
}

class Desk {
  readonly #random: Random
  readonly #events: { at: Instant; line: EventLine }[] = []
  readonly #timers = new Map<number, (() => void)[]>()
  readonly #live: Task[] = []
  readonly #queues: Task[][] = REGIONS.map(() => [])

  constructor(random: Random) {
    this.#random = random
  }

  /** Says what happened, not before what happened last to the ticket. */
  say(ticket: Ticket, at: Instant, event: string, facts: { readonly [name: string]: unknown }): void {
    const when = Math.max(Math.round(at / 1_000) * 1_000, ticket.last + 1_000)
    ticket.last = when
    this.#events.push({ at: when, line: { subject: ticket.id, at: formatInstant(when), event, facts } })
  }

  at(minute: number, action: () => void): void {
    const known = this.#timers.get(minute)
    if (known === undefined) this.#timers.set(minute, [action])
    else known.push(action)
  }

  arrive(arrival: Arrival, id: string): void {
    const ticket: Ticket = { ...arrival, id, level: arrival.priority, state: 'new', last: arrival.at - 1_000 }
    const { channel, priority, category } = arrival
    const region = REGIONS[arrival.region]!.id
    this.say(ticket, arrival.at, 'created', { channel, priority, region, category, state: 'new' })
    const { live } = CHANNEL_MODELS[channel]
    const since = minuteOf(arrival.at)
    const patience =
      channel === 'phone' ? since + this.#random.around(COURSE.patience, 0.6) : Number.POSITIVE_INFINITY
    ;(live ? this.#live : this.#queues[arrival.region]!).push({ ticket, first: true, since, patience })
    if (!this.#random.chance(COURSE.raised)) return
    this.at(since + Math.ceil(this.#random.around(240, 0.8)), () => this.#raise(ticket))
  }

  #raise(ticket: Ticket): void {
    const higher = PRIORITIES[PRIORITIES.indexOf(ticket.level) - 1]
    if (higher === undefined || ticket.state === 'resolved' || ticket.state === 'withdrawn') return
    ticket.level = higher
    this.say(ticket, ticket.last + MINUTE, 'prioritised', { priority: higher })
  }

  #queue(ticket: Ticket, minute: number): void {
    this.#queues[ticket.region]!.push({
      ticket,
      first: false,
      since: minute,
      patience: Number.POSITIVE_INFINITY,
    })
  }

  /** What follows after work on a ticket, from the end of that work on. */
  #goOn(ticket: Ticket, end: Instant, settled: number): void {
    const { chance, around } = this.#random
    const minute = minuteOf(end) + 1
    if (chance(settled)) {
      this.#resolve(ticket, end)
    } else if (chance(COURSE.asksCustomer)) {
      this.#askCustomer(ticket, end, minute)
    } else if (chance(COURSE.asksVendor)) {
      ticket.state = 'awaiting-vendor'
      this.say(ticket, end, 'sent-to-vendor', { state: 'awaiting-vendor' })
      const back = minute + Math.ceil(around(COURSE.vendorMinutes, 0.7))
      this.at(back, () => this.#comeBack(ticket, back, 'vendor-answered'))
    } else {
      if (chance(COURSE.handedOver)) this.say(ticket, end, 'handed-over', { state: 'open' })
      this.#queue(ticket, minute)
    }
  }

  #askCustomer(ticket: Ticket, end: Instant, minute: number): void {
    ticket.state = 'awaiting-user'
    this.say(ticket, end, 'asked', { state: 'awaiting-user' })
    if (this.#random.chance(COURSE.customerNeverAnswers)) {
      const given = minute + COURSE.givenUpMinutes
      this.at(given, () => this.#resolve(ticket, FROM + given * MINUTE))
    } else {
      const back = minute + Math.ceil(this.#random.around(COURSE.customerMinutes, 1.1))
      this.at(back, () => this.#comeBack(ticket, back, 'customer-replied'))
    }
  }

  #comeBack(ticket: Ticket, minute: number, event: string): void {
    ticket.state = 'open'
    this.say(ticket, FROM + minute * MINUTE, event, { state: 'open' })
    this.#queue(ticket, minute)
  }

  #resolve(ticket: Ticket, at: Instant): void {
    ticket.state = 'resolved'
    this.say(ticket, at, 'resolved', { state: 'resolved' })
    if (!this.#random.chance(COURSE.reopened)) return
    const back = minuteOf(at) + Math.ceil(this.#random.around(COURSE.reopenMinutes, 0.9))
    this.at(back, () => this.#comeBack(ticket, back, 'reopened'))
  }

  #work(agent: Agent, { ticket, first }: Task, minute: number): void {
    const model = CHANNEL_MODELS[ticket.channel]
    const begin = FROM + minute * MINUTE + Math.floor(this.#random.unit() * 50) * 1_000
    if (first && ticket.channel !== 'phone' && this.#random.chance(COURSE.duplicate)) {
      agent.freeAt = minute + 3
      ticket.state = 'withdrawn'
      this.say(ticket, begin + 2 * MINUTE, 'withdrawn', { state: 'withdrawn', reason: 'duplicate' })
      return
    }
    const contact = Math.max(1, this.#random.around(first ? model.contactMinutes : COURSE.workMinutes, 0.6))
    const answer = Math.min(
      contact,
      this.#random.around(first ? model.answerMinutes : COURSE.workMinutes * 0.7, 0.4),
    )
    agent.freeAt = minute + Math.ceil(contact)
    ticket.state = 'open'
    this.say(ticket, begin, 'assigned', { state: 'open', team: REGIONS[agent.region]!.id })
    this.say(ticket, begin + answer * MINUTE, 'replied', {})
    this.#goOn(ticket, begin + contact * MINUTE, first ? model.settled : 0.6)
  }

  #hangUp(minute: number): void {
    for (let i = this.#live.length - 1; i >= 0; i--) {
      const { ticket, patience } = this.#live[i]!
      if (patience > minute) continue
      this.#live.splice(i, 1)
      ticket.state = 'withdrawn'
      this.say(ticket, FROM + minute * MINUTE, 'withdrawn', { state: 'withdrawn', reason: 'hung up' })
    }
  }

  /** One minute: what falls due, then whoever is free takes the next task. */
  minute(minute: number, onDuty: readonly Agent[]): void {
    for (const action of this.#timers.get(minute) ?? []) action()
    this.#timers.delete(minute)
    this.#hangUp(minute)
    for (const agent of onDuty) {
      if (agent.freeAt > minute) continue
      const task = this.#live.shift() ?? takeWorst(this.#queues[agent.region]!, minute)
      if (task !== undefined) this.#work(agent, task, minute)
    }
  }

  /** Everything that was said before an instant, in order of time. */
  log(until: Instant): readonly EventLine[] {
    const inOrder = this.#events.filter(({ at }) => at < until).sort((a, b) => a.at - b.at)
    return inOrder.map(({ line }, i) => ({ id: `e${i + 1}`, ...line }))
  }
}

/** The log of the imagined desk. Cost: some 0.2 s for 4,000 tickets. */
export const imagineDesk = (options: { readonly seed: number; readonly tickets: number }): Log => {
  const chance = random(options.seed)
  const desk = new Desk(chance)
  const { regions } = deskHours()
  const agents = staff(options.tickets, regions)
  const coming = arrivals(chance, options.tickets)
  let next = 0
  for (let minute = 0; FROM + minute * MINUTE < UNTIL; minute++) {
    const at = FROM + minute * MINUTE
    while (next < coming.length && coming[next]!.at < at + MINUTE) {
      desk.arrive(coming[next]!, `T-${String(next + 1).padStart(5, '0')}`)
      next += 1
    }
    const open = regions.map((hours) => Calendar.isOpen(hours, at))
    desk.minute(
      minute,
      agents.filter(({ region }) => open[region]),
    )
  }
  return { events: desk.log(UNTIL), until: UNTIL }
}
