// What is written down: who is where, the touches of each stream, reservations, consents, tags. How it comes about is in
// `state.ts` and `step.ts`.

import type { Column, IdIndex, Second } from '@clientele/core'
import type { Message } from './message.js'
import type { Basis, Effect } from './model.js'
import type { Area } from './places/area.js'
import type { StreamState } from './places/stream.js'
import type { Line } from './places/timeline.js'
import type { Table } from './table.js'

/** A consent that was told. */
export interface ConsentRecord {
  readonly at: Second
  readonly seq: number
  readonly channel: string | undefined
  readonly category: string | undefined
  readonly basis: Basis
  /** Exclusive; +∞ when it does not end. */
  readonly until: Second
  readonly evidence: string | undefined
}

/** What is known of a touch by its id. */
export interface Touch {
  /** What it was told with, as text: another content under the same id is refused. */
  readonly content: string
  /** What it was answered. */
  readonly answer: Effect
  readonly recipient: number
  readonly message: Message
  status: 'held' | 'counted' | 'gone'
  /** Where it counts now. */
  at: Second
  /** When a reservation lapses. */
  until: Second
  /** Its place among all that was told. */
  seq: number
}

/** The state of a policy's engine. @category state */
export interface State {
  /** @internal */
  table: Table
  /** In seconds. @internal */
  readonly lateness: Second
  /** Recipients by id; their handles are rows. @internal */
  readonly ids: IdIndex
  /** Row of `areas`, by recipient. @internal */
  readonly areaOf: Column<Uint16Array>
  /** The first is the place of those of whom no zone is known. @internal */
  areas: Area[]
  /** Their notes, by row: what the hot path reads. @internal */
  notes: Float64Array[]
  /** @internal */
  areaKeys: Map<string, number>
  /** @internal */
  streams: StreamState[]
  /** By grant, then by recipient and key. @internal */
  marks: Map<string, Line[]>[]
  /** @internal */
  readonly consents: Map<number, ConsentRecord[]>
  /** Preferred channels, first choice first. @internal */
  readonly preferences: Map<number, readonly string[]>
  /** The tags a campaign bears now. @internal */
  readonly tags: Map<string, readonly string[]>
  /** @internal */
  readonly touches: Map<string, Touch>
  /** Since a migration: until when touches may be missing, by the name of a stream or of what begins an exemption. @internal */
  lost: Map<string, Second>
  /** Reservations that have not been seen to lapse. @internal */
  held: number
  /** So many are held when the lapsed are next swept out. @internal */
  sweepAt: number
  /** How many commands were told. @internal */
  seq: number
  /** Messages by their facts, as text; a memory of a pure function. @internal */
  readonly messages: Map<string, Message>
}
