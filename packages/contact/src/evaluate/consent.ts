// Consent: the latest word that is still in force decides.

import type { Second } from '@clientele/core'
import type { ConsentRecord, State } from '../book.js'
import type { Message } from '../message.js'
import type { ConsentTable } from '../table.js'

const speaksOf = ({ channel, category }: ConsentRecord, { facts }: Message): boolean =>
  (channel === undefined || channel === facts['channel']) &&
  (category === undefined || category === facts['category'])

/** When a record is void by then. */
const endOf = ({ until, at }: ConsentRecord, { maxAge }: ConsentTable): Second =>
  Math.min(until, at + maxAge + 1)

/** The record that decides for a message at a second; `undefined` when nothing was said. */
export const consentAt = (
  state: State,
  rule: ConsentTable,
  message: Message,
  recipient: number,
  at: Second,
): ConsentRecord | undefined => {
  const records = state.consents.get(recipient) ?? []
  for (let i = records.length - 1; i >= 0; i--) {
    const record = records[i]!
    if (record.at <= at && endOf(record, rule) > at && speaksOf(record, message)) return record
  }
  return undefined
}

const satisfies = (record: ConsentRecord | undefined, { requires }: ConsentTable): boolean => {
  if (requires === 'no-opt-out') return record?.basis !== 'opt-out'
  if (record === undefined || record.basis === 'opt-out') return false
  return record.basis === 'opt-in' || requires === 'soft-opt-in'
}

/** `at` when the rule passes then, else the first second at which a record known begins or ends; +∞ when none does. */
export const consentFrees = (
  state: State,
  rule: ConsentTable,
  message: Message,
  recipient: number,
  at: Second,
): Second => {
  if (satisfies(consentAt(state, rule, message, recipient, at), rule)) return at
  let next = Number.POSITIVE_INFINITY
  for (const record of state.consents.get(recipient) ?? []) {
    if (record.at > at) next = Math.min(next, record.at)
    else if (endOf(record, rule) > at) next = Math.min(next, endOf(record, rule))
  }
  return next
}
