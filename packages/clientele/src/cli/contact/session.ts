// One run of a contact policy over lines: each command is answered at once, with its ledger when somebody asks why.

import * as Contact from '@clientele/contact'
import { formatInstant, type Instant, type Ledger, parseInstant, type UnknownRecord } from '@clientele/core'
import type { Answer } from '../format.js'
import { LineReader } from '../read-line.js'
import { lineError, type Session, type SessionOptions } from '../verb.js'
import { inWords, printedFacts } from './ledger.js'

/** An answer as it is printed: instants in ISO 8601. */
const printed = (effect: Contact.Effect): Answer =>
  'nextAllowedAt' in effect
    ? { ...effect, nextAllowedAt: effect.nextAllowedAt === null ? null : formatInstant(effect.nextAllowedAt) }
    : { ...effect }

/** The same words for a bad instant as every other verb has; and no line from after the moment we stand at. */
const wrongInstant = (line: UnknownRecord, asOf: Instant | undefined): Answer | undefined => {
  const { at } = line
  const reader = new LineReader(line)
  const instant = typeof at === 'string' ? reader.instant('at') : at
  if (reader.failure !== undefined) return reader.failure
  if (asOf === undefined || typeof instant !== 'number' || instant <= asOf) return undefined
  const when = typeof at === 'string' ? at : formatInstant(instant)
  return lineError('from-the-future', `${when} lies after ${formatInstant(asOf)}, given by --as-of`, 'at')
}

const ASKS = new Set<unknown>(['check', 'attempt', 'reserve'])

/** Why a command that asks would be answered as it will be; `undefined` for one that is refused. */
const ledgerOf = (
  table: Contact.Table,
  state: Contact.State,
  command: Contact.Command,
): Ledger | undefined => {
  const explained = Contact.explainCommand(table, state, command)
  return 'error' in explained ? undefined : explained.ledger
}

/** A session whose state forgets nothing, so that lines may come in any order. */
export const sessionOf = (
  table: Contact.Table,
  asOf: Instant | undefined,
  { explain, values }: SessionOptions,
): Session => {
  const state = Contact.createState(table, { lateness: Number.POSITIVE_INFINITY })
  // a repeated touch is answered as it was, so its ledger is kept too
  const kept = new Map<unknown, Ledger>()
  const told = values['format'] === 'table' ? inWords : printedFacts
  return {
    answer: (line) => {
      const wrong = wrongInstant(line, asOf)
      if (wrong !== undefined) return [wrong]
      // the engine reads lines as hostile, so a wrong one comes back as an error
      const command = line as unknown as Contact.Command
      const asks = explain && ASKS.has(line['op'])
      const id = asks && line['op'] !== 'check' ? line['touchId'] : undefined
      const ledger = asks ? (kept.get(id) ?? ledgerOf(table, state, command)) : undefined
      const out: Contact.Effect[] = []
      Contact.step(table, state, command, out)
      return out.map((effect) => {
        if (ledger === undefined || 'error' in effect) return printed(effect)
        if (id !== undefined) kept.set(id, ledger)
        return { ...printed(effect), ledger: told(ledger) }
      })
    },
    end: () => [],
  }
}

/** The instant of `--as-of`; `null` when the text is none. */
export const asOfFrom = (text: string | undefined): Instant | undefined | null =>
  text === undefined ? undefined : (parseInstant(text) ?? null)
