// What a migration goes by: streams carry their names; exemptions that begin are named here by what begins and ends them.

import { conditionText } from '../compile/text.js'
import type { ExemptTable, Table } from '../table.js'

/** Exemptions that hold from a touch on, by their number. */
export const grantsOf = ({ exempt }: Table): readonly ExemptTable[] =>
  exempt.filter(({ grant }) => grant >= 0)

/** Names of grants by number: equal names were begun and ended by the same touches. */
export const grantNames = (table: Table): readonly string[] => {
  const given = (table.definition.exempt ?? []).filter(({ since }) => since !== undefined)
  return grantsOf(table).map(({ since, until, per }, grant) => {
    const told = given[grant]!
    return JSON.stringify([conditionText(told.since, since), conditionText(told.until, until), per])
  })
}

/** What leaves touches uncounted by itself. */
export const uncountedBy = ({ definition, exempt }: Table): string => {
  const rules = exempt.map((each, i) => ({ ...each, told: definition.exempt![i]! }))
  return rules
    .filter(({ grant, uncounted }) => grant < 0 && uncounted)
    .map(({ told, when }) => conditionText(told.when, when))
    .join()
}
