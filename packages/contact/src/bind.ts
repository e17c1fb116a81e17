// The host's own opening hours in place of a policy's calendars.

import type { OpenHours } from '@clientele/core'
import { emptyIndex, type Table } from './table.js'

/**
 * The policy with the host's own hours in place of calendars, by name. A `RangeError` when the policy has no calendar of
 * that name. The dates on which they open are read in the zone of the rule that asks. The bytes of the result hold the
 * policy's calendars, not the host's hours.
 *
 * @example
 * import { bind, compileOrThrow, createState, handle, messageOf, whenMay } from '@clientele/contact'
 * const policy = compileOrThrow({
 *   calendars: { desk: { timeZone: 'UTC', week: '24/7' } },
 *   quiet: [{ id: 'closed', label: 'Outside the hours of the desk', outside: 'desk' }],
 * })
 * const fromNine = { add: (at: number, by: number) => at + by, elapsed: (from: number, to: number) => to - from,
 *   isOpen: (at: number) => at >= 32_400_000, nextOpen: (at: number) => Math.max(at, 32_400_000) }
 * const bound = bind(policy, { desk: fromNine })
 * const state = createState(bound)
 * whenMay(state, handle(state, 'anna'), messageOf(bound, {}), 0) // => 32400000
 *
 * @category ports
 */
export const bind = (table: Table, hosts: { readonly [name: string]: OpenHours }): Table => {
  const known = table.hours.map(({ name }) => name)
  for (const name of Object.keys(hosts)) {
    if (!known.includes(name))
      throw new RangeError(`no calendar "${name}" in the policy, expected one of ${known.join(', ')}`)
  }
  const hours = table.hours.map((each) => {
    const host = Object.hasOwn(hosts, each.name) ? hosts[each.name] : undefined
    return host === undefined ? each : { name: each.name, calendar: undefined, hours: host, zone: undefined }
  })
  // what was remembered of the calendars' dates is forgotten
  return Object.freeze({ ...table, hours, index: emptyIndex(table.holidays) })
}
