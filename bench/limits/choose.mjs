// Arbitration for 100,000 recipients with histories: 20 candidates of the next 14 days under caps a day, a week and 30 days,
// and quiet hours in eight zones. Beside it what one writes by hand for this one policy: a loop over sorted touches. Their
// answers are compared before anything is timed.

import { randomFrom } from '../lib/random.mjs'

const DAY = 86_400
const FROM = Date.UTC(2026, 2, 1) / 1_000
const HISTORY = 30
const AHEAD = 14
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
const CAPS = [
  { limit: 1, days: 1 },
  { limit: 3, days: 7 },
  { limit: 8, days: 30 },
]
const POLICY = {
  caps: CAPS.map(({ limit, days }) => ({
    id: `${days}d`,
    label: `${limit} in ${days} days`,
    limit,
    window: { rolling: `P${days}D` },
  })),
  quiet: [{ id: 'night', label: 'Night', periods: [{ between: '21:00-09:00' }] }],
}

/** Whether 9:00 to 21:00 in a zone, whose offsets are given as `{ to, offset }` in seconds. */
const isOpen = (spells, at) => {
  const second = (at + spells.find(({ to }) => at < to).offset) % DAY
  return second >= 9 * 3_600 && second < 21 * 3_600
}

/** Whether the touch at `k` of a sorted list lies within all caps. */
const passes = (touches, k) =>
  CAPS.every(({ limit, days }) => {
    const before = touches[k - limit]
    return before === undefined || before <= touches[k] - days * DAY
  })

/** By hand: `known` ascending; `offers` by rank as `{ at, place }`, all at different moments. */
const chooseByLoop = (known, offers, spells, out, first) => {
  const touches = [...known]
  const ours = new Set()
  for (const { at, place } of offers) {
    if (!isOpen(spells, at)) continue
    let k = touches.length
    while (k > 0 && touches[k - 1] > at) k--
    touches.splice(k, 0, at)
    let fits = passes(touches, k)
    for (let later = k + 1; fits && later < touches.length; later++)
      if (ours.has(touches[later])) fits = passes(touches, later)
    if (fits) {
      ours.add(at)
      out[first + place] = 1
    } else touches.splice(k, 1)
  }
}

/** The contestants of a race: `Contact` is the package, `zoneOf` is core's. */
export const choosers = (Contact, zoneOf, { recipients = 100_000, candidates = 20, seed = 7 } = {}) => {
  const random = randomFrom(seed)
  const table = Contact.compileOrThrow(POLICY)
  const state = Contact.createState(table, { recipients })
  const message = Contact.messageOf(table, { channel: 'email' })
  const who = Uint32Array.from({ length: recipients }, (_, i) =>
    Contact.handle(state, { id: `cust-${i}`, zone: ZONES[i % ZONES.length] }),
  )
  const known = Array.from({ length: recipients }, () => [])
  for (let day = 0; day < HISTORY; day++) {
    for (let i = 0; i < recipients; i++) {
      if (random() > 0.35) continue
      const at = FROM + day * DAY + Math.floor(random() * DAY)
      if (Contact.attempt(state, who[i], message, at * 1_000) === at * 1_000) known[i].push(at)
    }
  }
  const offers = Array.from({ length: candidates }, () => ({
    at: (FROM + HISTORY * DAY + Math.floor(random() * AHEAD * DAY)) * 1_000,
    priority: Math.floor(random() * 4),
    value: 1 + Math.floor(random() * 100),
    message,
  }))
  const byRank = offers
    .map(({ at, priority, value }, place) => ({ at: at / 1_000, priority, value, place }))
    .sort((a, b) => b.priority - a.priority || b.value - a.value || a.at - b.at)
  const spells = ZONES.map((name) => {
    const { starts, offsets } = zoneOf(name)
    return Array.from(offsets, (offset, i) => ({
      to: (starts[i + 1] ?? Number.POSITIVE_INFINITY) / 1_000,
      offset: offset / 1_000,
    })).filter(({ to }) => to > FROM)
  })
  const [ours, theirs] = [new Uint8Array(recipients * candidates), new Uint8Array(recipients * candidates)]
  const byPriority = Contact.slateOf(table, offers)
  const byValue = Contact.slateOf(table, offers, { objective: 'value' })
  const byHand = () => {
    theirs.fill(0)
    for (let i = 0; i < recipients; i++)
      chooseByLoop(known[i], byRank, spells[i % ZONES.length], theirs, i * candidates)
  }
  Contact.chooseInto(state, who, byPriority, ours)
  byHand()
  const wrong = ours.findIndex((each, i) => each !== theirs[i])
  if (wrong >= 0)
    throw new Error(`candidate ${wrong % candidates} of recipient ${Math.floor(wrong / candidates)}`)
  const contestant = (name, play) => ({ name, operations: recipients, play })
  return [
    contestant('clientele, by priority', () => Contact.chooseInto(state, who, byPriority, ours)),
    contestant('clientele, by value', () => Contact.chooseInto(state, who, byValue, ours)),
    contestant('by hand, by priority', byHand),
  ]
}
