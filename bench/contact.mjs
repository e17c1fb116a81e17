// Contact caps: a million recipients, caps a day, a week and a month, quiet hours in eight zones, the exact next instant.
// Answers are checked against the limit, attempt by attempt, before anything is timed.

import * as Contact from '@clientele/contact'
import { zoneOf } from '@clientele/core'
import { race } from './lib/measure.mjs'
import { randomFrom } from './lib/random.mjs'
import { printGroup } from './lib/report.mjs'
import { ringOf } from './limits/ring.mjs'

const RECIPIENTS = Number(process.env.CONTACT_RECIPIENTS ?? 1_000_000)
const ATTEMPTS = 2_000_000
const DAY = 86_400
const FROM = Date.UTC(2026, 2, 1) / 1_000
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
const POLICY = {
  caps: [
    { id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } },
    { id: 'week', label: 'Three a week', limit: 3, window: { rolling: 'P7D' } },
    { id: 'month', label: 'Eight a month', limit: 8, window: { calendar: 'month' } },
  ],
  quiet: [{ id: 'night', label: 'Night', periods: [{ between: '21:00-09:00' }] }],
}

const spellsOf = (name) => {
  const { starts, offsets } = zoneOf(name)
  return Array.from(offsets, (offset, i) => ({ to: (starts[i + 1] ?? Infinity) / 1_000, offset: offset / 1_000 })).filter(
    ({ to }) => to > FROM,
  )
}

/** Everybody at random, days of traffic going by. */
const trace = (seed, days) => {
  const random = randomFrom(seed)
  const who = Uint32Array.from({ length: ATTEMPTS }, () => Math.floor(random() * RECIPIENTS))
  const after = Float64Array.from({ length: ATTEMPTS }, (_, i) => Math.floor((i * days * DAY) / ATTEMPTS))
  return { who, after, days }
}

export const run = async () => {
  const table = Contact.compileOrThrow(POLICY)
  const state = Contact.createState(table, { recipients: RECIPIENTS })
  const zones = Uint8Array.from({ length: RECIPIENTS }, (_, i) => i % ZONES.length)
  for (let i = 0; i < RECIPIENTS; i++) Contact.handle(state, { id: `cust-${i}`, zone: ZONES[zones[i]] })
  const message = Contact.messageOf(table, { channel: 'email' })
  const limit = ringOf(ZONES.map(spellsOf), zones)

  const { who, after, days } = trace(7, 8)
  let base = FROM
  let counts = { allowed: 0, wrong: 0 }
  for (let turn = 0; turn < 4; turn++, base += days * DAY) {
    for (let i = 0; i < ATTEMPTS; i++) {
      const at = base + after[i]
      const ours = Contact.attempt(state, who[i], message, at * 1_000)
      const theirs = limit.attempt(who[i], at) * 1_000
      if (ours !== theirs) { if (counts.wrong++ < 5) console.log(who[i], ZONES[zones[who[i]]], new Date(at*1000).toISOString(), new Date(ours).toISOString(), new Date(theirs).toISOString()) }
      if (ours === at * 1_000) counts.allowed++
    }
  }
  if (counts.wrong > 0) throw new Error(`${counts.wrong} answers differ from the limit's`)
  console.log(counts)
  const clock = { ours: base, theirs: base }
  const ourPlay = () => {
    for (let i = 0; i < ATTEMPTS; i++) Contact.attempt(state, who[i], message, (clock.ours + after[i]) * 1_000)
    clock.ours += days * DAY
  }
  const theirPlay = () => {
    for (let i = 0; i < ATTEMPTS; i++) limit.attempt(who[i], clock.theirs + after[i])
    clock.theirs += days * DAY
  }
  const random = race(
    [
      { name: 'clientele', operations: ATTEMPTS, play: ourPlay },
      { name: 'limit: typed ring', operations: ATTEMPTS, play: theirPlay },
    ],
    { turns: 5 },
  )
  const inOrder = Uint32Array.from({ length: RECIPIENTS }, (_, i) => i)
  const ats = new Float64Array(RECIPIENTS)
  const out = new Float64Array(RECIPIENTS)
  const bulk = race([
    {
      name: 'clientele, in bulk',
      operations: RECIPIENTS,
      play: () => {
        clock.ours += 1
        ats.fill(clock.ours * 1_000)
        Contact.attemptInto(state, inOrder, message, ats, out)
      },
    },
    {
      name: 'limit: typed ring',
      operations: RECIPIENTS,
      play: () => {
        clock.theirs += 1
        ats.fill(clock.theirs * 1_000)
        for (let i = 0; i < RECIPIENTS; i++) out[i] = limit.attempt(i, clock.theirs)
      },
    },
  ])
  printGroup({ title: 'by handle', results: random })
  printGroup({ title: 'bulk', results: bulk })
}
await run()
