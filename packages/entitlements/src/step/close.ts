// What becomes of a reservation: committed, released, or too late.

import type { Instant } from '@clientele/core'
import { addUnits } from '../book/meters.js'
import { balanceBeside } from '../book/quota.js'
import { openListsOf, withdraw } from '../book/reservations.js'
import { rowOfEntry } from '../book/rhythm.js'
import type { Entry, Question, State } from '../book.js'
import { ALLOW, BILL } from '../evaluate/codes.js'
import { type Line, packageFilter } from '../line/index.js'
import type { Effect, Verdict } from '../model.js'
import { NONE, type Table } from '../table.js'
import { decide } from '../verdict.js'
import { count, fail, take } from './take.js'

/** The reservation that a line without an id means: the customer's oldest open one of the channel, with as many units. */
const oldestOpen = (table: Table, state: State, customer: number, line: Line): Entry | undefined => {
  let found: Entry | undefined
  if (customer === NONE) return found
  for (const list of openListsOf(table, state, customer)) {
    for (const entry of list) {
      if (entry.customer !== customer || entry.channel !== line.channel) continue
      if (line.says.units && entry.units !== line.units) continue
      if (found === undefined || entry.at < found.at) found = entry
    }
  }
  return found
}

const entryFor = (table: Table, state: State, line: Line): Entry | Effect => {
  const customer = state.roster.numbers.get(line.who.key) ?? NONE
  if (line.id === undefined) {
    return (
      oldestOpen(table, state, customer, line) ??
      fail('unknown-reservation', '', `the customer has no open reservation of "${line.channel}" like this`)
    )
  }
  const entry = state.ids.get(line.id)
  if (entry === undefined || entry.status === 'refused')
    return fail('unknown-reservation', 'id', `nothing was reserved or taken by the id "${line.id}"`)
  const differs =
    entry.customer !== customer ||
    (line.says.channel && entry.channel !== line.channel) ||
    (line.says.units && entry.units !== line.units)
  return differs ? fail('id-reused', 'id', `the id "${line.id}" was given to another line`) : entry
}

/** A verdict of what is left where an entry was counted. */
const standing = (table: Table, state: State, entry: Entry, at: Instant): Verdict => {
  const { verdict, contract, meter } = entry
  if (contract === NONE || meter === NONE) return { ...verdict, remaining: null }
  const row = rowOfEntry(table, state, entry.contract, entry.channel)
  balanceBeside(table, state, row, entry, at, undefined)
  return { ...verdict, remaining: state.balance.left }
}

/** Whether what was reserved is still to be had: lines that came late may have taken it. */
const hasRoom = (table: Table, state: State, entry: Entry, at: Instant): boolean => {
  if (entry.meter === NONE) return true
  const row = rowOfEntry(table, state, entry.contract, entry.channel)
  balanceBeside(table, state, row, entry, at, entry)
  const { left, billable } = state.balance
  return entry.used <= left && entry.billed <= billable
}

const commit = (table: Table, state: State, entry: Entry, line: Line): Effect => {
  if (entry.status === 'taken') return standing(table, state, entry, line.at)
  if (entry.status === 'released')
    return fail('already-released', 'id', 'what was reserved has been given back; reserve again')
  if (line.at < entry.lapsesAt && hasRoom(table, state, entry, line.at)) {
    withdraw(state, entry)
    entry.status = 'taken'
    if (entry.meter !== NONE)
      count(table, state, rowOfEntry(table, state, entry.contract, entry.channel), entry, line.at)
    return standing(table, state, entry, line.at)
  }
  // its time is out, so it is a request like any other
  withdraw(state, entry)
  const question: Question = {
    customer: entry.customer,
    account: state.account.data[entry.customer]!,
    filter: packageFilter(table, entry.package),
    channel: table.channelNumbers.get(entry.channel) ?? NONE,
    units: entry.units,
  }
  const decision = decide(table, state, question, line.at, 'units')
  entry.contract = NONE
  entry.meter = NONE
  entry.status = 'released'
  if (decision.code === ALLOW || decision.code === BILL) {
    entry.status = 'taken'
    take(table, state, decision, question, line.at, entry)
  }
  return decision.verdict
}

const release = (table: Table, state: State, entry: Entry, line: Line): Effect => {
  if (entry.status === 'open') withdraw(state, entry)
  else if (entry.status === 'taken' && entry.meter !== NONE)
    addUnits(state.meters, entry.meter, entry.day, -entry.used, -entry.billed)
  entry.status = 'released'
  return standing(table, state, entry, line.at)
}

/** Commits or releases what a line means. */
export const close = (table: Table, state: State, line: Line): Effect => {
  const entry = entryFor(table, state, line)
  if (!('status' in entry)) return entry
  const op = line.op === 'commit' ? 'commit' : 'release'
  if (entry.closed?.op === op) return entry.closed.verdict
  const effect = op === 'commit' ? commit(table, state, entry, line) : release(table, state, entry, line)
  if ('verdict' in effect) entry.closed = { op, verdict: effect }
  return effect
}
