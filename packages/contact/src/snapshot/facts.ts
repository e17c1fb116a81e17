// Facts in bytes: the same facts are written once, and asked of the policy once when they are read.

import { Interner } from '@clientele/core'
import { type Message, messageOf } from '../message.js'
import { bareMessage, isBare } from '../migrate/bare.js'
import type { Facts } from '../model.js'
import type { Line } from '../places/timeline.js'
import type { Table } from '../table.js'

/** In place of a row of facts: only the instant is known. */
const NO_FACTS = 0xffff_ffff

/** Gives facts rows. */
export class FactsWriter {
  readonly #rows = new Map<Message, number>()
  readonly #texts = new Interner()

  row(message: Message): number {
    let row = this.#rows.get(message)
    if (row === undefined) {
      row = this.#texts.handle(JSON.stringify(message.facts))
      this.#rows.set(message, row)
    }
    return row
  }

  rowOfLine(line: Line): number {
    return isBare(line) ? NO_FACTS : this.row(line.message)
  }

  /** All facts as one JSON text. */
  text(): string {
    return `[${this.#texts.names().join()}]`
  }
}

/** Reads them back as messages. */
export class FactsReader {
  readonly #table: Table
  readonly #messages: readonly Message[]

  constructor(table: Table, text: string) {
    this.#table = table
    this.#messages = (JSON.parse(text) as readonly Facts[]).map((facts) => messageOf(table, facts))
  }

  message(row: number): Message {
    return this.#messages[row]!
  }

  /** The message of a line of a stream. */
  messageIn(row: number, stream: number): Message {
    return row === NO_FACTS ? bareMessage(this.#table, stream) : this.#messages[row]!
  }
}
