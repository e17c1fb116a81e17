// SLA clocks: whole logs into columns, live steps, the due index, an edited calendar. Answers are checked before anything is
// timed: bulk against single, a migrated state against one that had the new policy from the start.

import * as Calendar from '@clientele/calendar'
import * as Sla from '@clientele/sla'
import { bennySuite } from './lib/benny.mjs'
import { DESK } from './lib/desk.mjs'
import { allocated, latencies, median, race } from './lib/measure.mjs'
import { randomFrom } from './lib/random.mjs'
import { printGroup } from './lib/report.mjs'

const MINUTE = 60_000
const TICKETS = Number(process.env.SLA_TICKETS ?? 1_000_000)
const YEAR = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)]
const NOW = Date.UTC(2026, 9, 1)
const PRIORITIES = ['urgent', 'high', 'normal', 'low']

const targets = (urgent, high, other) => [
  { when: { fact: 'priority', eq: 'urgent' }, within: urgent },
  { when: { fact: 'priority', eq: 'high' }, within: high },
  { within: other },
]
const pause = { while: { fact: 'state', in: ['pending', 'awaiting-user'] } }
const created = { on: 'created' }

/** Four clocks, as a help desk has them. */
const POLICY = {
  calendars: { desk: DESK },
  clocks: [
    {
      id: 'first-response',
      calendar: 'desk',
      start: created,
      stop: { on: 'replied' },
      cancel: { on: 'merged' },
      pause,
      targets: targets('PT30M', 'PT2H', 'PT4H'),
      warn: ['50%', '-PT15M'],
      after: ['PT1H'],
    },
    {
      id: 'next-reply',
      calendar: 'desk',
      start: { on: 'asked' },
      stop: { on: 'replied' },
      cycle: 'each',
      pause,
      targets: targets('PT1H', 'PT4H', 'PT8H'),
      warn: ['75%'],
    },
    {
      id: 'resolution',
      calendar: 'desk',
      start: created,
      stop: { on: 'solved' },
      cancel: { on: 'merged' },
      reopen: { on: 'reopened' },
      pause,
      targets: targets('PT8H', 'P1D', 'P3D'),
      warn: ['50%', '75%'],
    },
    {
      id: 'update',
      calendar: 'desk',
      start: created,
      reset: { on: 'replied' },
      stop: { on: 'solved' },
      pause,
      targets: targets('PT4H', 'PT8H', 'P1D'),
    },
  ],
}

/** Six lines of a ticket. */
const linesOf = (subject, random) => {
  let at = Date.UTC(2026, 0, 12) + Math.floor(random() * 300 * 1440) * MINUTE
  const pick = (list) => list[Math.floor(random() * list.length)]
  const line = (rest) => {
    const made = { subject, at, ...rest }
    at += Math.floor(random() * 600 + 1) * MINUTE
    return made
  }
  return [
    line({ event: 'created', facts: { priority: pick(PRIORITIES), state: 'new', channel: 'email' } }),
    line({ event: 'replied', facts: { state: 'pending' } }),
    line({ event: 'asked', facts: { state: 'open' } }),
    line({
      facts: random() < 0.3 ? { priority: pick(PRIORITIES) } : { group: `L${Math.floor(random() * 5)}` },
    }),
    line({ event: 'replied' }),
    line({ event: random() < 0.7 ? 'solved' : 'asked' }),
  ]
}

const logOf = (tickets) => {
  const random = randomFrom(7)
  const log = Sla.createLog()
  for (let i = 0; i < tickets; i++) {
    for (const line of linesOf(`T${i}`, random)) {
      const error = Sla.append(log, line)
      if (error) throw new Error(error.message)
    }
  }
  return log
}

const checkBulk = (table, out) => {
  const random = randomFrom(7)
  for (let i = 0; i < 2_000; i++) {
    Sla.evaluate(table, linesOf(`T${i}`, random), NOW).forEach((verdict, clock) => {
      const row = i * table.clocks.length + clock
      const same =
        Sla.STATES[out.state[row]] === verdict.state &&
        out.elapsedMs[row] === verdict.elapsedMs &&
        Object.is(out.due[row], verdict.due ?? Number.NaN)
      if (!same) throw new Error(`bulk and single disagree on ${verdict.clock} of T${i}`)
    })
  }
}

/** One open clock a subject, with deadlines over the months to come. */
const openClocks = (count, table) => {
  const random = randomFrom(3)
  const state = Sla.createState(table)
  const from = Date.UTC(2026, 2, 2, 6)
  const out = []
  for (let i = 0; i < count; i++) {
    const facts = { days: Math.ceil(random() ** 2 * 60) }
    Sla.step(
      table,
      state,
      { subject: `S${i}`, at: from + Math.floor((i / count) * 5) * MINUTE, event: 'created', facts },
      out,
    )
    out.length = 0
  }
  return state
}
const openPolicy = (holidays) =>
  Sla.compileOrThrow({
    calendars: { desk: { ...DESK, holidays } },
    clocks: [
      {
        id: 'term',
        calendar: 'desk',
        start: created,
        targets: Array.from({ length: 60 }, (_, i) => ({
          when: { fact: 'days', eq: i + 1 },
          within: `PT${(i + 1) * 8}H`,
        })),
      },
    ],
  })

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const timedMs = (play) => {
  const start = cpuMs()
  play()
  return cpuMs() - start
}

/** An edit of one day, back and forth, in milliseconds of CPU; and which share of the clocks it touches. */
const editFigures = (date, count) => {
  const [plain, edited] = [openPolicy(DESK.holidays), openPolicy([...DESK.holidays, date])]
  const state = openClocks(count, plain)
  // checked: the deadlines after the edit are those of a desk that had the holiday from the start
  const { table, plan } = Sla.migrate(state, plain, edited, { mode: 'prospective' })
  const fresh = openClocks(Math.min(count, 20_000), edited)
  const expected = new Map(Sla.upcoming(fresh, 1_000_000).map(({ subject, at }) => [subject, at]))
  if (count <= 20_000) {
    for (const { subject, at } of Sla.upcoming(state, 1_000_000)) {
      if (expected.get(subject) !== at)
        throw new Error(`the edited deadline of ${subject} is not that of a fresh desk`)
    }
  }
  const spent = []
  let [current, next] = [table, plain]
  for (let i = 0; i < 7; i++) {
    let moved
    spent.push(
      timedMs(() => {
        moved = Sla.migrate(state, current, next, { mode: 'prospective' })
      }),
    )
    current = moved.table
    next = next === plain ? edited : plain
  }
  return { ms: median(spent), touched: plan.touched }
}

const dueContestants = () => {
  const rows = 1_000_000
  const random = randomFrom(5)
  const dues = Sla.createDueIndex(rows)
  for (let row = 0; row < rows; row++) Sla.schedule(dues, row, Math.floor(random() * 1e9))
  const places = Int32Array.from({ length: rows }, () => Math.floor(random() * rows))
  const ats = Float64Array.from({ length: rows }, () => Math.floor(random() * 1e9))
  let turn = 0
  return {
    name: 'reschedules among a million',
    operations: rows,
    play: () => {
      turn++
      for (let i = 0; i < rows; i++) Sla.schedule(dues, places[i], ats[(i + turn) % rows])
    },
  }
}

export const run = async () => {
  const table = Sla.compileOrThrow(POLICY)
  Calendar.warm(Calendar.compileOrThrow(DESK), ...YEAR)
  const log = logOf(TICKETS)
  const out = Sla.standingsOf(table, log)
  const first = timedMs(() => Sla.evaluateInto(table, log, NOW, out))
  checkBulk(table, out)
  editFigures('2026-03-25', 20_000)
  const [near, far] = [editFigures('2026-03-04', 1_000_000), editFigures('2026-05-25', 1_000_000)]

  const small = linesOf('T0', randomFrom(7))
  const sample = logOf(20_000)
  const moments = [...Sla.replay(table, sample)].length
  const evaluated = {
    name: 'clocks × lines, whole log into columns',
    operations: TICKETS * 24,
    play: () => Sla.evaluateInto(table, log, NOW, out),
  }
  const groups = [
    { title: 'one million tickets, four clocks, six lines each', contestants: [evaluated] },
    { title: 'the due index', contestants: [dueContestants()] },
    {
      title: 'one ticket at a time',
      contestants: [
        { name: 'evaluate six lines', operations: 1, play: () => Sla.evaluate(table, small, NOW) },
        {
          name: 'explain one clock of six lines',
          operations: 1,
          play: () => Sla.explain(table, small, 'resolution', NOW),
        },
      ],
    },
    {
      title: 'replay of 20,000 tickets, a line at a time',
      contestants: [
        {
          name: 'lines',
          operations: 120_000,
          play: () => {
            let count = 0
            for (const _ of Sla.replay(table, sample)) count++
            return count
          },
        },
      ],
    },
  ]
  const raced = groups.map(({ title, contestants }) => ({ title, results: race(contestants) }))
  for (const group of raced) printGroup(group)
  raced[2].benny = await bennySuite(groups[2].title, groups[2].contestants)

  const sampleOut = Sla.standingsOf(table, sample)
  const one = latencies(() => Sla.evaluate(table, small, NOW), 20_000)
  const whole = (TICKETS * 24 * 1000) / raced[0].results[0].rate
  const figures = {
    [`milliseconds to re-evaluate ${TICKETS} tickets of 4 clocks and 6 lines`]: Math.round(whole),
    'milliseconds of the first time, laying the log out': Math.round(first),
    'milliseconds for a holiday this week over a million open clocks': near.ms,
    'clocks that it touches': near.touched,
    'milliseconds for a holiday in twelve weeks over a million open clocks': far.ms,
    'clocks that this touches': far.touched,
    'moments a ticket in the replay': moments / 20_000,
    'bytes allocated a ticket by evaluateInto': allocated(
      () => Sla.evaluateInto(table, sample, NOW, sampleOut),
      20_000,
    ),
    'one call of evaluate with the clock around it, ns': `p50 ${one.p50}, p99 ${one.p99}, p99.9 ${one.p999}`,
  }
  for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${value}`)
  return { suite: 'sla', groups: raced, figures }
}
