// After an answer the desk would like to ask how it was. Whether it may, and when, is not for the desk to feel.

import * as Contact from '@clientele/contact'
import { formatInstant } from '@clientele/core'
import type { Engine } from './interaction.js'

/** Asks the policy before each survey; one that may go out counts from then on. */
export const messagesEngine = (definition: Contact.Definition): Engine => {
  const table = Contact.compileOrThrow(definition)
  const state = Contact.createState(table)
  return ({ id, at, customer, subject, channel, event, facts }) => {
    if (event !== 'replied') return []
    const ask: Contact.Command = {
      op: 'attempt',
      recipient: customer,
      at,
      facts: { ...facts, channel, category: 'survey' },
      touchId: id,
    }
    const told = Contact.explainCommand(table, state, ask)
    Contact.step(table, state, ask, [])
    if ('error' in told) return []
    const { rules, verdict, nextAllowedAt: next } = told.verdict
    return [
      {
        at,
        engine: 'messages',
        subject,
        decision: `survey ${verdict}`,
        facts: { rules, nextAllowedAt: next === null ? null : formatInstant(next) },
        ledger: told.ledger,
      },
    ]
  }
}
