// A campaign sender: each message waits for the first moment it may go, the better ones go first, and a place is held
// while the gateway works. What the gateway refuses gives its place back.

import { formatInstant, HOUR, type Instant } from '@clientele/core'
import { Contact } from 'clientele'
import { policy } from './policy.js'

/** Something to send. The greater priority goes first. */
export interface Campaign {
  readonly id: string
  readonly priority: number
  readonly facts: Contact.Facts
}

/** What could go to one customer. */
export interface Plan {
  readonly customer: Contact.Recipient
  readonly campaigns: readonly Campaign[]
}

/** Takes a message or does not. */
export type Gateway = (customer: string, campaign: string, attempt: number) => 'taken' | 'refused'

interface Job {
  readonly at: Instant
  readonly attempt: number
  readonly customer: Contact.Recipient
  readonly campaign: Campaign
}

const MOST_ATTEMPTS = 3
/** Longer than the gateway may take to answer; when we crash meanwhile, the place is free again afterwards. */
const HELD = 'PT10M'

const told = (at: Instant, customer: Contact.Recipient, campaign: string, what: string): string =>
  `${formatInstant(at)} ${customer.id} ${campaign}: ${what}`

/** A sender with a memory of whom it wrote to. */
export class Sender {
  readonly #table = Contact.compileOrThrow(policy)
  readonly #state = Contact.createState(this.#table)
  readonly #gateway: Gateway
  readonly #jobs: Job[] = []

  constructor(gateway: Gateway) {
    this.#gateway = gateway
  }

  /** Says what happened, and asks what is allowed. */
  tell(command: Contact.Command): Contact.Effect {
    const out: Contact.Effect[] = []
    Contact.step(this.#table, this.#state, command, out)
    return out[0]!
  }

  /** Puts those campaigns of a plan on the list that fit together, each at the first moment it may go. */
  plan({ customer, campaigns }: Plan, now: Instant): readonly string[] {
    const lines: string[] = []
    const candidates = campaigns.flatMap(({ id, priority, facts }) => {
      const asked = this.tell({ op: 'check', recipient: customer, at: now, facts })
      if (!('verdict' in asked)) return []
      const { nextAllowedAt: at, rules } = asked
      if (at === null) lines.push(told(now, customer, id, `not as things stand (${rules.join(', ')})`))
      else if (at > now)
        lines.push(told(now, customer, id, `waits for ${formatInstant(at)} (${rules.join(', ')})`))
      return at === null ? [] : [{ id, at, priority, facts }]
    })
    const choice = this.tell({ op: 'choose', recipient: customer, at: now, candidates })
    if (!('chosen' in choice)) return lines
    for (const id of choice.suppressed) lines.push(told(now, customer, id, 'gives way to the others'))
    for (const { id, at } of candidates) {
      const campaign = campaigns.find((each) => each.id === id)!
      if (choice.chosen.includes(id)) this.#jobs.push({ at, attempt: 1, customer, campaign })
    }
    return lines
  }

  /** Sends what is due up to a moment. */
  send(until: Instant): readonly string[] {
    const lines: string[] = []
    for (;;) {
      this.#jobs.sort((a, b) => a.at - b.at)
      if (this.#jobs[0] === undefined || this.#jobs[0].at > until) return lines
      lines.push(this.#sendOne(this.#jobs.shift()!))
    }
  }

  #sendOne(job: Job): string {
    const { at, attempt, customer, campaign } = job
    // an attempt of its own is a touch of its own: a repeat of the same id would get the old answer
    const touchId = `${campaign.id}/${customer.id}/${attempt}`
    const about = { recipient: customer, at, touchId }
    const held = this.tell({ op: 'reserve', ...about, facts: campaign.facts, ttl: HELD })
    const say = (what: string): string => told(at, customer, campaign.id, what)
    if (!('verdict' in held)) return say('not understood')
    if (held.verdict !== 'allow') {
      if (held.verdict === 'defer' && held.nextAllowedAt !== null)
        this.#jobs.push({ ...job, at: held.nextAllowedAt, attempt: attempt + 1 })
      return say(`${held.verdict} (${held.rules.join(', ')})`)
    }
    if (this.#gateway(customer.id, campaign.id, attempt) === 'taken') {
      this.tell({ op: 'commit', ...about })
      return say('sent')
    }
    this.tell({ op: 'release', ...about })
    if (attempt === MOST_ATTEMPTS) return say('given up')
    this.#jobs.push({ ...job, at: at + HOUR, attempt: attempt + 1 })
    return say('the gateway refused, again in an hour')
  }
}

const CAMPAIGNS: readonly Campaign[] = [
  { id: 'sale', priority: 2, facts: { channel: 'sms', category: 'marketing' } },
  { id: 'news', priority: 1, facts: { channel: 'email', category: 'marketing' } },
  { id: 'survey', priority: 0, facts: { channel: 'email', category: 'marketing' } },
  { id: 'parcel', priority: 3, facts: { channel: 'sms', category: 'order' } },
]

/** Four customers, on a Monday at noon in Moscow. */
export const example = (): readonly string[] => {
  const now = Date.UTC(2026, 2, 2, 9)
  const sender = new Sender((customer, campaign, attempt) =>
    customer === 'anna' && campaign === 'sale' && attempt === 1 ? 'refused' : 'taken',
  )
  const [anna, boris, clara, dmitri] = [
    { id: 'anna', zone: 'Europe/Moscow' },
    { id: 'boris', zone: 'Asia/Vladivostok' },
    { id: 'clara', zone: 'Europe/Berlin' },
    { id: 'dmitri', zone: 'Asia/Kamchatka' },
  ]
  for (const recipient of [anna, boris, dmitri])
    sender.tell({ op: 'consent', recipient, at: now, basis: 'opt-in', evidence: 'form of 1 March' })
  const planned = [anna, boris, clara, dmitri].flatMap((customer) =>
    sender.plan({ customer, campaigns: CAMPAIGNS.slice(0, customer === anna ? 4 : 1) }, now),
  )
  const afternoon = sender.send(now + 6 * HOUR)
  sender.tell({ op: 'record', recipient: dmitri, at: now + 7 * HOUR, facts: { event: 'complaint' } })
  return [...planned, ...afternoon, ...sender.send(now + 48 * HOUR)]
}
