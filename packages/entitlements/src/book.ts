// What changes: who is known, their contracts, the counters, the reservations, the answers given to ids. The caller owns
// it and only `step` changes it. How it is laid out is told in the folder beside this file.

import { type CivilDay, Column, type Instant, type Zone } from '@clientele/core'
import { ANY_PACKAGE, type Contracts, createContracts } from './book/contracts.js'
import { createMeters, type Meters } from './book/meters.js'
import { createRoster, type Roster } from './book/roster.js'
import type { Definition, Verdict } from './model.js'
import { NONE } from './table.js'

/** What a line took, while it can still be committed, released, or asked for again by its id. */
export interface Entry {
  readonly id: string | undefined
  /** What the line said; equal texts are the same line. */
  readonly content: string
  /** Whose line it was. */
  readonly customer: number
  readonly package: string | undefined
  readonly channel: string
  readonly units: number
  readonly at: Instant
  readonly verdict: Verdict
  /** The contract that gave the units; none for a refused line, for unlimited channels, and once it is forgotten. */
  contract: number
  /** Where they are counted, and in which period. */
  meter: number
  day: CivilDay
  /** From the quota, and beyond it. */
  used: number
  billed: number
  /** When an open reservation lapses; +∞ for never. */
  lapsesAt: Instant
  status: 'open' | 'taken' | 'released' | 'refused'
  /** What a `commit` or `release` was answered. */
  closed: { readonly op: 'commit' | 'release'; readonly verdict: Verdict } | undefined
}

/** Whose question it is, as numbers: a customer, their account, what is meant by the package, the channel. */
export interface Question {
  customer: number
  account: number
  filter: number
  channel: number
  units: number
}

/** Scratch of the evaluation: how a quota stands. Written by every question, so read it at once. */
export interface Balance {
  /** Of which contract, row and instant it speaks. */
  contract: number
  row: number
  at: Instant
  /** The period, its end exclusive. */
  from: CivilDay
  to: CivilDay
  /** Units of the period itself. */
  grant: number
  /** Units that came over into it. */
  carried: number
  used: number
  reserved: number
  billed: number
  /** What may be had from the quota; +∞ without one. */
  left: number
  /** What may be had beyond it. */
  billable: number
  /** Fewer than the period alone would give, because later periods have used what came over from it. */
  spent: number
}

/** The contracts and counters of many customers. Owned by the caller; only `step` changes it. @category state */
export interface State {
  /** The packages it belongs to. @internal */
  definition: Definition
  /** @internal */
  readonly roster: Roster
  /** By customer, the newest contract. @internal */
  readonly first: Column<Int32Array>
  /** By customer, whose contracts they inherit. @internal */
  readonly account: Column<Int32Array>
  /** Those that contracts were made in. @internal */
  readonly zones: Zone[]
  /** The periods asked for last, by zone and length: from and to, as instants and as dates. @internal */
  readonly recent: Column<Float64Array>
  /** @internal */
  readonly contracts: Contracts
  /** @internal */
  readonly meters: Meters
  /** Open reservations by meter, the last to lapse first. @internal */
  readonly open: Map<number, Entry[]>
  /** @internal */
  readonly ids: Map<string, Entry>
  /** How many contracts have been given. @internal */
  serial: number
  /** @internal */
  readonly balance: Balance
  /** Scratch of `evaluate`. @internal */
  readonly question: Question
}

/** Numbers of a period in `recent`. */
export const RECENT_STRIDE = 4

/** A state without customers. */
export const createBook = (definition: Definition): State => ({
  definition,
  roster: createRoster(),
  first: new Column(Int32Array),
  account: new Column(Int32Array),
  zones: [],
  recent: new Column(Float64Array),
  contracts: createContracts(),
  meters: createMeters(),
  open: new Map(),
  ids: new Map(),
  serial: 0,
  question: { customer: NONE, account: NONE, filter: ANY_PACKAGE, channel: NONE, units: 0 },
  balance: {
    contract: NONE,
    row: NONE,
    at: 0,
    from: 0,
    to: 0,
    grant: 0,
    carried: 0,
    used: 0,
    reserved: 0,
    billed: 0,
    left: 0,
    billable: 0,
    spent: 0,
  },
})
