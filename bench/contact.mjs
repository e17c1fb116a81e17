// Contact caps: a million recipients, caps a day, a week and a month, quiet hours in eight zones, the exact next instant.
// Answers are checked against the limit, attempt by attempt, before anything is timed.

import * as Contact from '@clientele/contact'
import { zoneOf } from '@clientele/core'
import { bennySuite } from './lib/benny.mjs'
import { allocated, latencies, race } from './lib/measure.mjs'
import { randomFrom } from './lib/random.mjs'
import { printGroup } from './lib/report.mjs'
import { choosers } from './limits/choose.mjs'
import { policyAsData, ringOf } from './limits/ring.mjs'
import { flexibleUnion, naiveMap } from './rivals/frequency-caps.mjs'

const RECIPIENTS = Number(process.env.CONTACT_RECIPIENTS ?? 1_000_000)
const ATTEMPTS = 2 * RECIPIENTS
const DAY = 86_400
const FROM = Date.UTC(2026, 2, 1) / 1_000
const SPAN = 8 * DAY
const ZONES = [
  'Europe/Moscow',
  'America/New_York',
  'Asia/Tokyo',
  'Europe/Berlin',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
]
const cap = (id, limit, window) => ({ id, label: `at most ${limit}`, limit, window })
const POLICY = {
  caps: [
    cap('day', 1, { rolling: 'PT24H' }),
    cap('week', 3, { rolling: 'P7D' }),
    cap('month', 8, { calendar: 'month' }),
  ],
  quiet: [{ id: 'night', label: 'Night', periods: [{ between: '21:00-09:00' }] }],
}
const ROLLING = {
  caps: [
    cap('day', 1, { rolling: 'PT24H' }),
    cap('week', 3, { rolling: 'P7D' }),
    cap('month', 8, { rolling: 'P30D' }),
  ],
}

const spellsOf = (name) => {
  const { starts, offsets } = zoneOf(name)
  const all = Array.from(offsets, (offset, i) => ({
    to: (starts[i + 1] ?? Infinity) / 1_000,
    offset: offset / 1_000,
  }))
  return all.filter(({ to }) => to > FROM)
}

const random = randomFrom(7)
const who = Uint32Array.from({ length: ATTEMPTS }, () => Math.floor(random() * RECIPIENTS))
const after = Float64Array.from({ length: ATTEMPTS }, (_, i) => Math.floor((i * SPAN) / ATTEMPTS))
const idOf = (row) => `cust-${((row * 7_919) % 100_000_007).toString(36)}-${row}`
/** Ids as they come from a request: strings never seen before. */
const freshIds = (count) => Array.from({ length: count }, (_, i) => Buffer.from(idOf(who[i])).latin1Slice())

/** A million recipients in eight zones: ours, and the limit. */
const contestants = () => {
  const table = Contact.compileOrThrow(POLICY)
  const state = Contact.createState(table, { recipients: RECIPIENTS })
  const zones = Uint8Array.from({ length: RECIPIENTS }, (_, i) => i % ZONES.length)
  for (let i = 0; i < RECIPIENTS; i++) Contact.handle(state, { id: idOf(i), zone: ZONES[zones[i]] })
  const message = Contact.messageOf(table, { channel: 'email' })
  const spells = ZONES.map(spellsOf)
  return { state, message, limit: ringOf(spells, zones), data: ringOf(spells, zones) }
}

/** Plays the trace on both and compares every answer; answers the share that was allowed, and the next second. */
const agree = ({ state, message, limit, data }) => {
  const policy = policyAsData()
  let base = FROM
  let [allowed, asked] = [0, 0]
  for (let turn = 0; turn < 4; turn++, base += SPAN) {
    for (let i = 0; i < ATTEMPTS; i++, asked++) {
      const at = base + after[i]
      const ours = Contact.attempt(state, who[i], message, at * 1_000)
      const theirs = [limit.attempt(who[i], at), data.attemptBy(who[i], at, policy)]
      if (theirs.some((second) => second * 1_000 !== ours))
        throw new Error(`attempt ${i} at ${at}: ${ours} is not the limit's`)
      if (ours === at * 1_000) allowed++
    }
  }
  return { base, share: allowed / asked }
}

const byHandle = ({ state, message, limit, data }, from) => {
  const clock = { ours: from, theirs: from, data: from }
  const policy = policyAsData()
  const one = race([
    {
      name: 'clientele',
      operations: ATTEMPTS,
      play: () => {
        for (let i = 0; i < ATTEMPTS; i++)
          Contact.attempt(state, who[i], message, (clock.ours + after[i]) * 1_000)
        clock.ours += SPAN
      },
    },
    {
      name: 'limit: typed ring, the policy as data',
      operations: ATTEMPTS,
      play: () => {
        for (let i = 0; i < ATTEMPTS; i++) data.attemptBy(who[i], clock.data + after[i], policy)
        clock.data += SPAN
      },
    },
    {
      name: 'limit: typed ring, the policy as constants',
      operations: ATTEMPTS,
      play: () => {
        for (let i = 0; i < ATTEMPTS; i++) limit.attempt(who[i], clock.theirs + after[i])
        clock.theirs += SPAN
      },
    },
  ])
  const inOrder = Uint32Array.from({ length: RECIPIENTS }, (_, i) => i)
  const [ats, out] = [new Float64Array(RECIPIENTS), new Float64Array(RECIPIENTS)]
  const many = race([
    {
      name: 'clientele',
      operations: RECIPIENTS,
      play: () => {
        ats.fill(++clock.ours * 1_000)
        Contact.attemptInto(state, inOrder, message, ats, out)
      },
    },
    {
      name: 'limit: typed ring, the policy as data',
      operations: RECIPIENTS,
      play: () => {
        clock.data++
        for (let i = 0; i < RECIPIENTS; i++) out[i] = data.attemptBy(i, clock.data, policy)
      },
    },
    {
      name: 'limit: typed ring, the policy as constants',
      operations: RECIPIENTS,
      play: () => {
        clock.theirs++
        for (let i = 0; i < RECIPIENTS; i++) out[i] = limit.attempt(i, clock.theirs)
      },
    },
  ])
  return { one, many, end: clock.ours + SPAN }
}

/** By string id, against the Map that everybody writes first: fresh strings each time, both exact. */
const byId = () => {
  const table = Contact.compileOrThrow(ROLLING)
  const message = Contact.messageOf(table, {})
  const state = Contact.createState(table, { recipients: RECIPIENTS })
  const naive = naiveMap()
  const attempts = ATTEMPTS / 4
  let at = FROM
  const ours = (ids) => {
    let allowed = 0
    for (let i = 0; i < ids.length; i++) {
      const now = (at + ((i / 8) | 0)) * 1_000
      if (Contact.attempt(state, Contact.handle(state, ids[i]), message, now) === now) allowed++
    }
    return allowed
  }
  const theirs = (ids) => {
    let allowed = 0
    for (let i = 0; i < ids.length; i++) if (naive(ids[i], at + ((i / 8) | 0))) allowed++
    return allowed
  }
  // everybody is known before the clock runs
  for (let i = 0; i < RECIPIENTS; i++) {
    Contact.attempt(state, Contact.handle(state, idOf(i)), message, FROM * 1_000)
    naive(idOf(i), FROM)
  }
  const clocks = { ours: 0, theirs: 0 }
  for (let turn = 0; turn < 5; turn++) {
    at += 2 * DAY
    const times = [ours, theirs].map((play) => {
      const ids = freshIds(attempts)
      const before = process.cpuUsage()
      const allowed = play(ids)
      const { user, system } = process.cpuUsage(before)
      return { allowed, seconds: (user + system) / 1e6 }
    })
    if (times[0].allowed !== times[1].allowed) throw new Error('the naive Map allows otherwise')
    clocks.ours += times[0].seconds
    clocks.theirs += times[1].seconds
  }
  const rate = (seconds) => (5 * attempts) / seconds
  const result = (name, seconds) => ({
    name,
    rate: rate(seconds),
    low: rate(seconds),
    high: rate(seconds),
    ratio: clocks.ours / seconds,
  })
  return [result('clientele', clocks.ours), result('naive Map of arrays, exact', clocks.theirs)]
}

/** A tenth of the recipients: its million takes 1.4 GB. */
const flexible = async () => {
  const consume = flexibleUnion()
  const ids = Array.from({ length: RECIPIENTS / 10 }, (_, i) => idOf(i))
  for (const id of ids) await consume(id)
  const asked = 200_000
  const before = process.cpuUsage()
  for (let i = 0; i < asked; i++) await consume(ids[who[i] % ids.length])
  const { user, system } = process.cpuUsage(before)
  return asked / ((user + system) / 1e6)
}

const TOUCHES = 10 * RECIPIENTS

/** Ten touches a recipient over ninety days, replayed under the policy. */
const simulation = () => {
  const history = Contact.createHistory()
  const facts = [{ channel: 'email' }, { channel: 'sms' }, { channel: 'push' }]
  for (let i = 0; i < TOUCHES; i++) {
    const row = who[i % ATTEMPTS] ^ ((i / ATTEMPTS) & 1)
    const at = (FROM + Math.floor((i * 90 * DAY) / TOUCHES)) * 1_000
    Contact.addToHistory(history, {
      recipient: { id: idOf(row), zone: ZONES[row % ZONES.length] },
      at,
      facts: facts[i % 3],
    })
  }
  const table = Contact.compileOrThrow(POLICY)
  const before = process.cpuUsage()
  const { refused, touches } = Contact.simulate(table, history)
  const { user, system } = process.cpuUsage(before)
  return { seconds: (user + system) / 1e6, refused, touches }
}

export const run = async () => {
  const both = contestants()
  const { base, share } = agree(both)
  const { state, message, limit } = both
  const figures = {
    'share of attempts allowed': share,
    'bytes of cap state a recipient': Contact.sizeOf(state).caps / RECIPIENTS,
    'bytes of the index of ids a recipient': Contact.sizeOf(state).ids / RECIPIENTS,
    'bytes of the limit a recipient': limit.bytes / RECIPIENTS,
  }
  const { one, many, end } = byHandle(both, base)
  const ids = byId()
  const explainAll = () => {
    for (let i = 0; i < 200_000; i++) Contact.explain(state, who[i], message, (end + after[i]) * 1_000)
  }
  const [explained] = race([{ name: 'explain', operations: 200_000, play: explainAll }])
  const union = await flexible()
  const attemptOne = (i) => Contact.attempt(state, who[i], message, (end + after[i]) * 1_000)
  const ticks = latencies(attemptOne)
  const whenAll = () => {
    for (let i = 0; i < ATTEMPTS; i++) Contact.whenMay(state, who[i], message, (end + SPAN) * 1_000)
  }
  Object.assign(figures, {
    'bytes allocated by a call of whenMay': allocated(whenAll, ATTEMPTS),
    'microseconds of an explained answer': 1e6 / explained.rate,
    'rate-limiter-flexible 11.4.0, union of three, decisions a CPU second': union,
    'times rate-limiter-flexible': one[0].rate / union,
    'one attempt with the clock around it, ns': `p50 ${ticks.p50}, p99 ${ticks.p99}, p99.9 ${ticks.p999}`,
  })
  const replayed = simulation()
  Object.assign(figures, {
    [`CPU seconds to simulate ${replayed.touches} touches`]: replayed.seconds,
    'share of them refused': replayed.refused / replayed.touches,
  })
  const groups = [
    { title: 'attempts by handle, at random', results: one },
    { title: 'attempts by handle, in bulk and in order', results: many },
    { title: 'attempts by string id, fresh strings, three rolling caps', results: ids },
    { title: 'recipients with 20 candidates each, to choose from', results: race(choosers(Contact, zoneOf)) },
  ]
  for (const group of groups) printGroup(group)
  await bennySuite(groups[0].title, [{ name: 'clientele', operations: ATTEMPTS, play: whenAll }])
  for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${value}`)
  return { suite: 'contact', groups, figures }
}
