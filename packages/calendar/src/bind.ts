// A compiled calendar as the port that other engines ask for.

import type { OpenHours } from '@clientele/core'
import { add, elapsed } from './evaluate.js'
import { isOpen, nextOpen } from './queries.js'
import type { Table } from './table.js'

/**
 * The table as {@link OpenHours}, for engines that take hours from the host.
 *
 * @example
 * import { compileOrThrow, openHours } from '@clientele/calendar'
 * const desk = openHours(compileOrThrow({ timeZone: 'UTC', week: '24/7' }))
 * desk.elapsed(0, 1000) // => 1000
 *
 * @category ports
 */
export const openHours = (table: Table): OpenHours => ({
  add: (at, by) => add(table, at, by),
  elapsed: (from, to) => elapsed(table, from, to),
  isOpen: (at) => isOpen(table, at),
  nextOpen: (at) => nextOpen(table, at),
})
