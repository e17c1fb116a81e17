// What a migration goes by: streams carry their names; exemptions that begin are named here by what begins and ends them.

import type { ExemptTable, Table } from '../table.js'

/** Exemptions that hold from a touch on, by their number. */
export const grantsOf = ({ exempt }: Table): readonly ExemptTable[] =>
  exempt.filter(({ grant }) => grant >= 0)

/** Names of grants by number: equal names were begun and ended by the same touches. */
export const grantNames = ({ definition }: Table): readonly string[] =>
  (definition.exempt ?? [])
    .filter(({ since }) => since !== undefined)
    .map(({ since, until, per }) => JSON.stringify([since, until ?? null, per ?? ['recipient']]))

/** What leaves touches uncounted by itself. */
export const uncountedBy = ({ definition }: Table): string =>
  JSON.stringify(
    (definition.exempt ?? [])
      .filter(({ since, uncounted }) => since === undefined && uncounted === true)
      .map(({ when }) => when ?? null),
  )
