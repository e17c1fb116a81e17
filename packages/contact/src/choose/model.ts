// The shapes of a choice: what is given, what is the same for every recipient, what is the same for every one of a place.

import type { Instant, Second } from '@clientele/core'
import type { Ask, Message } from '../message.js'
import type { Area } from '../places/area.js'
import type { Table } from '../table.js'

/** One of several things that could be sent, made ready. @category evaluate */
export interface Offer {
  /** Decides last where all else is equal, by code point; offers without one keep the order of their list. */
  readonly id?: string
  /** When it would be sent. */
  readonly at: Instant
  /** The greater goes first; 0 when absent. */
  readonly priority?: number
  /** What sending it is worth; 0 when absent. */
  readonly value?: number
  /** What would be sent. */
  readonly message: Message
}

/** What a choice is after. @category evaluate */
export interface SlateOptions {
  /**
   * `priority`, unless told: each is taken in its turn when it passes beside those taken before. `value`: the greatest sum
   * of values; what is worth nothing is not sent.
   */
  readonly objective?: 'priority' | 'value'
}

/** An offer in its place by time. */
export interface Entry {
  /** Its place in the list that was given. */
  readonly place: number
  readonly at: Second
  readonly value: number
  readonly message: Message
}

/** Candidates made ready for many recipients. @category evaluate */
export interface Slate {
  /** The policy they are judged by. @internal */
  readonly table: Table
  /** How many there are: the length of a row of answers. */
  readonly length: number
  /** What the choice is after. */
  readonly objective: 'priority' | 'value'
  /** By time, those of one second as they were listed: nobody stands in the way of one before. @internal */
  readonly entries: readonly Entry[]
  /** Rows of `entries`, the first in rank first. @internal */
  readonly ranked: Int32Array
  /** Whether each takes so many places whatever else is sent, and begins and ends no exemption. @internal */
  readonly additive: boolean
  /** What follows from a place; a memory of a pure function. @internal */
  readonly spots: WeakMap<Area, Spot>
}

/** The constraints of a slate at a place, by column; those of one candidate stand together. */
export interface Spot {
  readonly area: Area
  /** By candidate: its first constraint; one more for the end. */
  readonly first: Int32Array
  /** Whose it is. */
  readonly owner: Int32Array
  readonly asks: readonly (Ask | undefined)[]
  /** The kind of rule: exemptions pass over kinds. */
  readonly kinds: Uint8Array
  /** Row of the state's streams; less than 0 where it refuses always. */
  readonly streams: Int32Array
  /** Places others may take; less than 0 where it refuses always. */
  readonly pasts: Int32Array
  /** Touches from this second on lie in the window. */
  readonly sinces: Float64Array
  /** Constraints of one group count the same touches. */
  readonly groups: Int32Array
  /** By candidate: no constraint from this one on has it in its window. */
  readonly reach: Int32Array
  /** By candidate: in which groups it counts, and how much. */
  readonly takes: readonly (readonly (readonly [group: number, weight: number])[])[]
  /** By candidate: 1 where only an exemption from quiet hours would let it pass. */
  readonly quiet: Uint8Array
  /** Whether consent, control groups or exemptions in force have a say, which are each recipient's own. */
  readonly personal: boolean
  /** How many bits the greatest weight has; 0 where there are too many candidates for {@link masks}. */
  readonly planes: number
  /** By bit of the weight, then by constraint: the candidates in its window whose weight has that bit. */
  readonly masks: Int32Array
  /** By candidate: later ones that have it in a window. */
  readonly later: Int32Array
  /** Room left by what is known, by constraint: of the recipient that was looked at last. */
  readonly rooms: Int32Array
  /** 1 for candidates that pass by themselves: of the same recipient. */
  readonly alive: Uint8Array
}

/** One question: a slate for a recipient, as seen from where they are. */
export interface Asked {
  readonly slate: Slate
  readonly spot: Spot
  /** Less than 0 for somebody of whom nothing is known. */
  readonly recipient: number
  /** The id where the handle does not tell it. */
  readonly id: string | undefined
}
