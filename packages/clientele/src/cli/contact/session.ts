// One run of a contact policy over lines: each command is answered at once, with its ledger when somebody asks why.

import * as Contact from '@clientele/contact'
import {
  type Either,
  formatInstant,
  type Instant,
  type Ledger,
  left,
  type NonEmptyArray,
  parseInstant,
  right,
  type UnknownRecord,
} from '@clientele/core'
import type { Answer } from '../format.js'
import { LineReader } from '../read-line.js'
import { lineError, type Session, type SessionOptions, type ToldIssue } from '../verb.js'
import { inWords, printedFacts } from './ledger.js'

/** An answer as it is printed: instants in ISO 8601. */
const printed = (effect: Contact.Effect): Answer =>
  'nextAllowedAt' in effect
    ? { ...effect, nextAllowedAt: effect.nextAllowedAt === null ? null : formatInstant(effect.nextAllowedAt) }
    : { ...effect }

/** The same words for a bad instant as every other verb has; and no line from after the moment we stand at. */
export const wrongInstant = (line: UnknownRecord, asOf: Instant | undefined): Answer | undefined => {
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

/** Whom a line is about that the engine has taken: a plain id or a reference. */
const idOf = (recipient: unknown): string => {
  if (typeof recipient === 'string') return recipient
  const { type, id } = recipient as { readonly type?: string | null; readonly id: string }
  return type === undefined || type === null ? id : `${type}\u0000${id}`
}

/** Ledgers by touch id: a repeated touch is answered as it was, so it is explained as it was. */
class KeptLedgers {
  readonly #kept = new Map<unknown, { readonly whose: string; readonly ledger: Ledger }>()

  of(line: UnknownRecord): Ledger | undefined {
    return line['op'] === 'check' ? undefined : this.#kept.get(line['touchId'])?.ledger
  }

  /** Remembers what was answered, and forgets with those who are erased. */
  after(line: UnknownRecord, ledger: Ledger | undefined): void {
    const { op, touchId, recipient } = line
    if (op === 'erase') {
      for (const [id, { whose }] of this.#kept) if (whose === idOf(recipient)) this.#kept.delete(id)
    } else if (ledger !== undefined && op !== 'check' && typeof touchId === 'string') {
      this.#kept.set(touchId, { whose: idOf(recipient), ledger })
    }
  }
}

/** A session whose state forgets nothing, so that lines may come in any order. */
export const sessionOf = (
  table: Contact.Table,
  asOf: Instant | undefined,
  { explain, values }: SessionOptions,
): Session => {
  const state = Contact.createState(table, { lateness: Number.POSITIVE_INFINITY })
  const kept = new KeptLedgers()
  const told = values['format'] === 'table' ? inWords : printedFacts
  return {
    answer: (line) => {
      const wrong = wrongInstant(line, asOf)
      if (wrong !== undefined) return [wrong]
      // the engine reads lines as hostile, so a wrong one comes back as an error
      const command = line as unknown as Contact.Command
      const ledger =
        explain && ASKS.has(line['op']) ? (kept.of(line) ?? ledgerOf(table, state, command)) : undefined
      const out: Contact.Effect[] = []
      Contact.step(table, state, command, out)
      return out.map((effect) => {
        if ('error' in effect) return printed(effect)
        kept.after(line, ledger)
        if (ledger === undefined) return printed(effect)
        return { ...printed(effect), ledger: told(ledger) }
      })
    },
    end: () => [],
  }
}

/** The instant of `--as-of`, where one is given. */
export const asOfOf = (
  values: SessionOptions['values'],
): Either<NonEmptyArray<ToldIssue>, Instant | undefined> => {
  const text = values['asOf']
  const asOf = text === undefined ? undefined : parseInstant(text)
  if (text === undefined || asOf !== undefined) return right(asOf)
  const message = `--as-of is "${text}", expected an instant such as "2026-03-02T09:00:00Z"`
  return left([{ code: 'bad-value', path: '--as-of', message }])
}
