// `clientele calendar`: business time, one query a line.

import * as Calendar from '@clientele/calendar'
import { toBytes } from '@clientele/calendar/bytes'
import {
  formatInstant,
  type Instant,
  isLeft,
  type Ledger,
  left,
  right,
  type UnknownRecord,
} from '@clientele/core'
import { explainBetween, explainBusinessDays, explainOpen } from './calendar-explain.js'
import { CALENDAR_IMPORT } from './calendar-import.js'
import type { Answer } from './format.js'
import { LineReader } from './read-line.js'
import { type Engine, type LineVerb, lineError, told } from './verb.js'

type Query = (table: Calendar.Table, line: LineReader, explain: { readonly explain: boolean }) => Answer

const MAX_PAUSES = 100_000
const MAX_BUSINESS_DAYS = 100_000

const noOpenTime = (what: string): Answer =>
  lineError('no-open-time', `the calendar has no open time for ${what}`)

const withLedger = (answer: Answer, ledger: Ledger | undefined): Answer =>
  ledger === undefined ? answer : { ...answer, ledger }

const add: Query = (table, line, { explain }) => {
  const at = line.instant('at')
  const by = line.duration('by')
  const pauses = line.spans('pauses', MAX_PAUSES)
  if (at === undefined || by === undefined || line.failure !== undefined) return line.failure ?? {}
  const due = pauses.length === 0 ? Calendar.add(table, at, by) : Calendar.addPaused(table, at, by, pauses)
  if (Calendar.isNever(due)) return noOpenTime('this duration before 2101')
  return withLedger(
    { at: formatInstant(due) },
    explain ? Calendar.explainAdd(table, at, by, pauses).ledger : undefined,
  )
}

const elapsed: Query = (table, line, { explain }) => {
  const from = line.instant('from')
  const to = line.instant('to')
  const pauses = line.spans('pauses', MAX_PAUSES)
  if (from === undefined || to === undefined || line.failure !== undefined) return line.failure ?? {}
  const ms =
    pauses.length === 0 ? Calendar.elapsed(table, from, to) : Calendar.elapsedPaused(table, from, to, pauses)
  return withLedger({ ms }, explain ? Calendar.explainElapsed(table, from, to, pauses).ledger : undefined)
}

const isOpen: Query = (table, line, { explain }) => {
  const at = line.instant('at')
  if (at === undefined) return line.failure ?? {}
  const open = Calendar.isOpen(table, at)
  return withLedger({ open }, explain ? explainOpen(table, at) : undefined)
}

/** A query from one instant to another. */
const toInstant =
  (find: (table: Calendar.Table, at: Instant) => Instant): Query =>
  (table, line, { explain }) => {
    const at = line.instant('at')
    if (at === undefined) return line.failure ?? {}
    const found = find(table, at)
    if (Calendar.isNever(found)) return { at: null }
    return withLedger({ at: formatInstant(found) }, explain ? explainBetween(table, at, found) : undefined)
  }

const periods: Query = (table, line, { explain }) => {
  const from = line.instant('from')
  const to = line.instant('to')
  if (from === undefined || to === undefined) return line.failure ?? {}
  const found = Calendar.periods(table, from, to)
  const told = found.map(([start, end]) => [formatInstant(start), formatInstant(end)])
  return withLedger({ periods: told }, explain ? explainBetween(table, from, to) : undefined)
}

const addBusinessDays: Query = (table, line, { explain }) => {
  const at = line.instant('at')
  const days = line.integer('days', -MAX_BUSINESS_DAYS, MAX_BUSINESS_DAYS)
  if (at === undefined || days === undefined) return line.failure ?? {}
  const moved = Calendar.addBusinessDays(table, at, days)
  if (Calendar.isNever(moved)) return noOpenTime('so many business days')
  return withLedger({ at: formatInstant(moved) }, explain ? explainBusinessDays(table, at, days) : undefined)
}

const QUERIES = {
  add,
  elapsed,
  isOpen,
  nextOpen: toInstant(Calendar.nextOpen),
  nextClose: toInstant(Calendar.nextClose),
  prevOpen: toInstant(Calendar.prevOpen),
  periods,
  addBusinessDays,
} as const

const OPS = Object.keys(QUERIES) as readonly (keyof typeof QUERIES)[]

const answer = (table: Calendar.Table, record: UnknownRecord, how: { readonly explain: boolean }): Answer => {
  const line = new LineReader(record)
  const op = line.word('op', OPS)
  return op === undefined ? (line.failure ?? {}) : QUERIES[op](table, line, how)
}

const WEEK = {
  mon: ['09:00-18:00'],
  tue: ['09:00-18:00'],
  wed: ['09:00-18:00'],
  thu: ['09:00-18:00'],
  fri: ['09:00-18:00'],
}
const EXAMPLE_CALENDAR = { timeZone: 'Europe/Moscow', week: WEEK }

const evaluate: LineVerb = {
  kind: 'lines',
  name: 'eval',
  about: `answer questions of business time, one a line: ${OPS.join(', ')}`,
  definition: { name: 'calendar.json', need: 'required' },
  options: [],
  example: {
    files: { 'calendar.json': EXAMPLE_CALENDAR },
    command: 'calendar eval calendar.json',
    input: [
      '{"op":"add","at":"2026-03-06T14:00:00Z","by":"PT8H"}',
      '{"op":"isOpen","at":"2026-03-07T09:00:00Z"}',
    ],
    prints: ['{"at":"2026-03-09T13:00:00Z"}', '{"open":false}'],
  },
  speaks: 'by-line',
  open: async (definition) => {
    const compiled = Calendar.compile(definition)
    if (isLeft(compiled)) return left(told(compiled.left, Calendar.message))
    const table = compiled.right
    return right({
      bytes: toBytes(table).length,
      start: (how) => ({ answer: (line) => [answer(table, line, how)], end: () => [] }),
    })
  },
}

/** The calendar's verbs. */
export const CALENDAR: Engine = {
  name: 'calendar',
  about: 'business time: open hours, holidays, deadlines, elapsed time',
  verbs: [evaluate, CALENDAR_IMPORT],
  main: evaluate,
  testExample: {
    files: {
      'calendar.json': EXAMPLE_CALENDAR,
      'cases.ndjson': '{"op":"isOpen","at":"2026-03-07T09:00:00Z","expect":{"open":false}}',
    },
    command: 'calendar test calendar.json cases.ndjson',
    prints: ['{"passed":1,"failed":0}'],
  },
}
