// Promises as they run: each moment of a clock is a decision somebody may have to act on.

import { formatInstant } from '@clientele/core'
import * as Sla from '@clientele/sla'
import type { Engine } from './interaction.js'

/** Moves the clocks of a policy; tells what falls due, also for tickets other than the one that spoke. */
export const promisesEngine = (definition: Sla.Definition): Engine => {
  const table = Sla.compileOrThrow(definition)
  const state = Sla.createState(table)
  const lines = new Map<string, Sla.EventLine[]>()
  return ({ id, at, subject, channel, event, facts }) => {
    const line: Sla.EventLine = { id, at, subject, event, facts: { channel, ...facts } }
    lines.set(subject, [...(lines.get(subject) ?? []), line])
    const effects: Sla.Effect[] = []
    Sla.step(table, state, line, effects)
    return effects.flatMap((effect) => {
      if ('error' in effect) return []
      const whose = String(effect.subject)
      const { ledger } = Sla.explain(table, lines.get(whose) ?? [], effect.clock, effect.at)
      const due = effect.due === null ? null : formatInstant(effect.due)
      return [
        {
          at: formatInstant(effect.at),
          engine: 'promises',
          subject: whose,
          decision: `${effect.clock} ${effect.moment}`,
          facts: { due, remainingMs: effect.remainingMs },
          ledger,
        },
      ]
    })
  }
}
