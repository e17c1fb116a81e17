// Business time: the engine against the limit of JavaScript and against npm, answers checked before anything is timed.

import * as Calendar from '@clientele/calendar'
import { bennySuite } from './lib/benny.mjs'
import { DAY, DESK, HOLIDAYS, HOUR, instants, ZONE } from './lib/desk.mjs'
import { allocated, latencies, race } from './lib/measure.mjs'
import { printGroup } from './lib/report.mjs'
import { bucketIndex } from './limits/bucket-index.mjs'
import { businessTimeRivals } from './rivals/business-time.mjs'

const COUNT = 1 << 18
const YEAR = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)]
const BUDGET = 8 * HOUR
const SPAN = 30 * DAY

/** Length of a page of the engine's index. */
const PAGE = 2 ** 34

const agreement = (name, given, expected, slack) => {
  const share = given.filter((value, i) => Math.abs(value - expected[i]) <= slack).length / given.length
  return `${(share * 100).toFixed(1)} % of ${given.length} answers of ${name} agree`
}

/** Every answer of the limit must be ours too, or the race is off. */
const check = (desk, limit, ats, ends) => {
  for (let i = 0; i < ats.length; i++) {
    const same =
      limit.add(ats[i], BUDGET) === Calendar.add(desk, ats[i], BUDGET) &&
      limit.elapsed(ats[i], ends[i]) === Calendar.elapsed(desk, ats[i], ends[i])
    if (!same) throw new Error(`the limit and the engine disagree at ${new Date(ats[i]).toISOString()}`)
  }
}

/** The instants from which the answer lies on the same page; from one in 240 it does not. */
const onOnePage = (desk, ats) =>
  ats.filter((at) => Math.floor(at / PAGE) === Math.floor(Calendar.add(desk, at, BUDGET) / PAGE))

// Each loop is written out: one shared loop over a callback would measure the callback.

const loops = (desk, limit, ats, ends, budgets, near) => ({
  addOurs: () => {
    let sum = 0
    for (let i = 0; i < COUNT; i++) sum += Calendar.add(desk, ats[i], budgets[i])
    return sum
  },
  addNear: () => {
    let sum = 0
    for (let i = 0; i < near.length; i++) sum += Calendar.add(desk, near[i], budgets[i])
    return sum
  },
  addLimit: () => {
    let sum = 0
    for (let i = 0; i < COUNT; i++) sum += limit.add(ats[i], budgets[i])
    return sum
  },
  elapsedOurs: () => {
    let sum = 0
    for (let i = 0; i < COUNT; i++) sum += Calendar.elapsed(desk, ats[i], ends[i])
    return sum
  },
  elapsedLimit: () => {
    let sum = 0
    for (let i = 0; i < COUNT; i++) sum += limit.elapsed(ats[i], ends[i])
    return sum
  },
})

const all = (name, play) => ({ name, operations: COUNT, play })

/** A rival is too slow for all the questions: it gets a few of them. */
const slow = (name, ask, ats) => ({
  name,
  operations: 500,
  play: () => {
    let sink = 0
    for (let i = 0; i < 500; i++) sink += ask(ats[i])
    return sink
  },
})

const compiled = () => {
  const desk = Calendar.compileOrThrow(DESK)
  Calendar.warm(desk, ...YEAR)
  return desk
}

export const run = async () => {
  const desk = compiled()
  const ats = instants(COUNT)
  const ends = ats.map((at) => at + SPAN)
  const budgets = new Float64Array(COUNT).fill(BUDGET)
  const out = new Float64Array(COUNT)
  const limit = bucketIndex(Calendar.periods(desk, ...YEAR))
  check(desk, limit, ats, ends)
  const near = onOnePage(desk, ats)
  const { addOurs, addNear, addLimit, elapsedOurs, elapsedLimit } = loops(
    desk,
    limit,
    ats,
    ends,
    budgets,
    near,
  )

  // before anything else runs: V8 boxes the number a function returns unless it inlines the call, and a process full of
  // rivals changes its mind about that; the bulk forms return no numbers and have nothing to box. An answer on another
  // page comes from a call that is not inlined: two boxes, 32 bytes, one time in 240
  const figures = {
    'bytes allocated by a call of add, in a loop of its own': allocated(addOurs, COUNT),
    'bytes allocated by a call of add that stays on its page': allocated(addNear, near.length),
    'bytes allocated by a call of elapsed, in a loop of its own': allocated(elapsedOurs, COUNT),
    'bytes allocated an answer by addInto': allocated(() => Calendar.addInto(desk, ats, budgets, out), COUNT),
    'bytes allocated an answer by elapsedInto': allocated(
      () => Calendar.elapsedInto(desk, ats, ends, out),
      COUNT,
    ),
  }

  const rivals = businessTimeRivals(HOLIDAYS, ZONE)
  const sample = [...ats.slice(0, 400)]
  for (const { name, add, elapsed } of rivals) {
    const added = sample.map((at) => Calendar.add(desk, at, BUDGET))
    const open = sample.map((at) => Calendar.elapsed(desk, at, at + SPAN))
    if (add) figures[`add, ${name}`] = agreement(name, sample.map(add), added, 500)
    figures[`elapsed, ${name}`] = agreement(name, sample.map(elapsed), open, 500)
  }

  const groups = [
    {
      title: 'add 8 open hours, one at a time',
      contestants: [
        all('clientele', addOurs),
        all('limit: bucket index', addLimit),
        ...rivals.filter(({ add }) => add).map(({ name, add }) => slow(name, add, ats)),
      ],
    },
    {
      title: 'open time of 30 days, one at a time',
      contestants: [
        all('clientele', elapsedOurs),
        all('limit: bucket index', elapsedLimit),
        ...rivals.map(({ name, elapsed }) => slow(name, elapsed, ats)),
      ],
    },
    {
      title: 'add 8 open hours, in bulk',
      contestants: [
        all('clientele', () => Calendar.addInto(desk, ats, budgets, out)),
        all('limit: bucket index', () => limit.addMany(ats, budgets, out)),
      ],
    },
    {
      title: 'open time of 30 days, in bulk',
      contestants: [
        all('clientele', () => Calendar.elapsedInto(desk, ats, ends, out)),
        all('limit: bucket index', () => limit.elapsedMany(ats, ends, out)),
      ],
    },
    {
      title: 'compile and index a calendar year, zone known',
      contestants: [{ name: 'clientele', operations: 1, play: compiled }],
    },
  ].map(({ title, contestants }) => ({ title, contestants, results: race(contestants) }))

  for (const group of groups) {
    printGroup(group)
    if (group.contestants.length < 2) continue
    group.benny = await bennySuite(group.title, group.contestants)
  }

  const add = latencies((i) => Calendar.add(desk, ats[i % COUNT], BUDGET))
  Object.assign(figures, {
    'bytes of the index, calendar year 2026': Calendar.indexSize(desk),
    'bytes of the limit, the same year': limit.bytes,
    'milliseconds to compile and index the year': 1000 / groups.at(-1).results[0].rate,
    'one call of add with the clock around it, ns': `p50 ${add.p50}, p99 ${add.p99}, p99.9 ${add.p999}`,
  })
  for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${value}`)
  return {
    suite: 'calendar',
    groups: groups.map(({ title, results, benny }) => ({ title, results, ...(benny ? { benny } : {}) })),
    figures,
  }
}
