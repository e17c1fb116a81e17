// What to tell a customer who writes while nobody is there: when somebody will be.

import * as Calendar from '@clientele/calendar'
import { formatInstant, parseInstant } from '@clientele/core'
import type { Engine } from './interaction.js'

/** Announces the next opening to whoever comes while the desk is closed. */
export const hoursEngine = (definition: Calendar.Definition): Engine => {
  const table = Calendar.compileOrThrow(definition)
  return ({ at, subject, event }) => {
    const instant = parseInstant(at)
    if (event !== 'created' || instant === undefined || Calendar.isOpen(table, instant)) return []
    const opens = Calendar.nextOpen(table, instant)
    if (Calendar.isNever(opens)) return []
    // the closed time between then and now is the reason
    const { ledger } = Calendar.explainElapsed(table, instant, opens)
    const facts = { opens: formatInstant(opens) }
    return [{ at, engine: 'hours', subject, decision: 'announce-opening', facts, ledger }]
  }
}
