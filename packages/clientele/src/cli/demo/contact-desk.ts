// What the imagined desk would like to write after its tickets, and to whom: a notice when a ticket is settled, a survey
// two hours later. Customers are drawn from a stream of their own, so the log of tickets stays as it was.

import type * as Contact from '@clientele/contact'
import { formatInstant, HOUR, type Instant, parseInstant } from '@clientele/core'
import type { Log } from './desk.js'
import { REGIONS, type Region } from './desk-model.js'
import { idOf } from './outcomes.js'
import { type Random, random } from './random.js'

export const KINDS = ['notice', 'survey'] as const
export type Kind = (typeof KINDS)[number]

/** Somebody who writes to the desk. */
export interface Customer {
  readonly id: string
  readonly zone: string
  readonly consent: Contact.Basis | undefined
}

/** A message the desk would like to send. */
export interface Wish {
  readonly at: Instant
  readonly id: string
  readonly ticket: string
  readonly kind: Kind
  readonly channel: string
  readonly customer: Customer
}

/** What the engine is told besides: consents, and complaints. */
export interface Told {
  readonly at: Instant
  readonly command: Contact.Command
}

/** So many tickets come from one customer, on average. */
const TICKETS_EACH = 2.5
/** Shares of those who agreed to surveys, who are customers and never objected, and who objected; the rest said nothing. */
const CONSENTS: readonly (readonly [basis: Contact.Basis | undefined, share: number])[] = [
  ['opt-in', 0.3],
  ['soft-opt-in', 0.55],
  ['opt-out', 0.09],
  [undefined, 0.06],
]
const SURVEY_AFTER = 2 * HOUR

/** Where the customers of a team live: not all under its sun. */
const LIVES: { readonly [region: string]: readonly (readonly [zone: string, share: number])[] } = {
  moscow: [
    ['Europe/Moscow', 0.8],
    ['Europe/Samara', 0.14],
    ['Europe/Kaliningrad', 0.06],
  ],
  berlin: [
    ['Europe/Berlin', 0.85],
    ['Europe/Lisbon', 0.15],
  ],
  yekaterinburg: [
    ['Asia/Yekaterinburg', 0.75],
    ['Asia/Omsk', 0.25],
  ],
  novosibirsk: [
    ['Asia/Novosibirsk', 0.5],
    ['Asia/Irkutsk', 0.2],
    ['Asia/Vladivostok', 0.3],
  ],
}

const drawn = <A>(chance: Random, choices: readonly (readonly [value: A, share: number])[]): A =>
  choices[chance.pick(choices.map(([, share]) => share))]![0]

/** By which channel one writes back to a ticket of each channel. */
const WRITES_BACK: { readonly [channel: string]: string } = {
  phone: 'sms',
  office: 'sms',
  chat: 'push',
  email: 'email',
  forum: 'email',
}

const instantOf = (at: Instant | string): Instant => (typeof at === 'number' ? at : (parseInstant(at) ?? 0))

/** The customers of one team's region. */
const customersOf = (chance: Random, { id, zone }: Region, count: number): readonly Customer[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${id}-${String(i + 1).padStart(4, '0')}`,
    zone: drawn(chance, LIVES[id] ?? [[zone, 1]]),
    consent: drawn(chance, CONSENTS),
  }))

/** Who writes each ticket: a few write often. */
const writers = (chance: Random, log: Log): ReadonlyMap<string, Customer> => {
  const created = log.events.filter(({ event }) => event === 'created')
  const pools = new Map(
    REGIONS.map((region) => {
      const own = created.filter(({ facts }) => facts?.['region'] === region.id).length
      return [region.id, customersOf(chance, region, Math.max(1, Math.ceil(own / TICKETS_EACH)))] as const
    }),
  )
  return new Map(
    created.map(({ subject, facts }) => {
      const pool = pools.get(String(facts?.['region']))!
      // the square leans towards the first of the pool
      return [idOf(subject), pool[Math.floor(chance.unit() ** 2 * pool.length)]!] as const
    }),
  )
}

/** Everything the desk would like to send, and all else the engine must know. */
export const wishesOf = (
  log: Log,
  seed: number,
): { readonly wishes: readonly Wish[]; readonly told: readonly Told[] } => {
  const customers = writers(random(seed ^ 0x636f6e74), log)
  const channels = new Map<string, string>()
  const wishes: Wish[] = []
  const told: Told[] = [...new Set(customers.values())].flatMap(({ id, zone, consent }) => {
    if (consent === undefined) return []
    const at = instantOf(log.events[0]?.at ?? 0)
    const recipient = { id, zone }
    const facts = { category: 'survey' }
    return [
      { at, command: { op: 'consent', recipient, at: formatInstant(at), facts, basis: consent } as const },
    ]
  })
  for (const { id = '', subject, at, event, facts } of log.events) {
    const ticket = idOf(subject)
    const customer = customers.get(ticket)
    if (customer === undefined) continue
    if (event === 'created') channels.set(ticket, WRITES_BACK[String(facts?.['channel'])] ?? 'email')
    if (event === 'resolved') {
      const when = instantOf(at)
      const about = { ticket, channel: channels.get(ticket) ?? 'email', customer }
      wishes.push({ ...about, id: `${id}-notice`, at: when, kind: 'notice' })
      wishes.push({ ...about, id: `${id}-survey`, at: when + SURVEY_AFTER, kind: 'survey' })
    }
    if (event === 'reopened') {
      const when = instantOf(at)
      const recipient = { id: customer.id, zone: customer.zone }
      told.push({
        at: when,
        command: { op: 'record', recipient, at: formatInstant(when), facts: { event: 'complaint' } },
      })
    }
  }
  return { wishes, told }
}
