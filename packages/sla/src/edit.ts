// Edits of a policy's definition as data: each gives the new definition with the patches that lead to it and back. The
// patches are the audit trail. What an edit does to running clocks is `migrate`'s to say.

import type { Definition as CalendarDefinition, Hours } from '@clientele/calendar'
import { addHoliday as addToCalendar } from '@clientele/calendar/edit'
import { type Draft, enablePatches, produceWithPatches } from 'immer'
import type { Definition } from './model.js'

/**
 * One step of an edit: JSON Patch (RFC 6902) with the path as a list of keys.
 *
 * @category state
 */
export interface Patch {
  readonly op: 'replace' | 'remove' | 'add'
  readonly path: readonly (string | number)[]
  readonly value?: unknown
}

/** An edited definition, and the ways there and back. @category state */
export interface Edited {
  readonly definition: Definition
  /** From the old definition to the new one. */
  readonly patches: readonly Patch[]
  /** From the new definition back to the old one, exactly. */
  readonly inverse: readonly Patch[]
}

/**
 * Edits a policy by changing a draft of it; the policy itself stays as it is. Nothing is checked but the types: compile
 * the result. Cost: by what is changed, not by the size of the policy.
 *
 * @example
 * import { edit } from '@clientele/sla/edit'
 * const policy = { clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT4H' }] }] }
 * edit(policy, (draft) => { for (const clock of draft.clocks) clock.targets = [{ within: 'PT2H' }] }).patches
 * // => [{ op: 'replace', path: ['clocks', 0, 'targets'], value: [{ within: 'PT2H' }] }]
 *
 * @category state
 */
export const edit = <D extends Definition>(definition: D, recipe: (draft: Draft<D>) => void): Edited => {
  enablePatches()
  const [next, patches, inverse] = produceWithPatches(definition, (draft: Draft<D>) => {
    recipe(draft)
  })
  return { definition: next, patches, inverse }
}

/**
 * Puts a calendar into a policy under a name and gives it to every clock that has none.
 *
 * @example
 * import { withCalendar } from '@clientele/sla/edit'
 * const policy = { clocks: [{ id: 'reply', start: { on: 'created' }, targets: [{ within: 'PT4H' }] }] }
 * withCalendar(policy, 'desk', { timeZone: 'UTC', week: '24/7' }).definition.clocks[0]?.calendar // => 'desk'
 *
 * @category state
 */
export const withCalendar = (policy: Definition, name: string, calendar: CalendarDefinition): Edited =>
  edit(policy, (draft) => {
    draft.calendars = { ...draft.calendars, [name]: calendar as Draft<CalendarDefinition> }
    for (const clock of draft.clocks) clock.calendar ??= name
  })

/**
 * Adds a holiday to one of a policy's calendars. A `RangeError` when the policy has no calendar of that name, or a
 * combination of calendars under it: name the part to edit in that one yourself, with {@link edit}.
 *
 * @example
 * import { addHoliday } from '@clientele/sla/edit'
 * const policy = {
 *   calendars: { desk: { timeZone: 'UTC', week: '24/7' as const } },
 *   clocks: [{ id: 'reply', calendar: 'desk', start: { on: 'created' }, targets: [{ within: 'PT4H' }] }],
 * }
 * addHoliday(policy, 'desk', '2026-05-01').definition.calendars?.['desk']
 * // => { timeZone: 'UTC', week: '24/7', holidays: ['2026-05-01'] }
 *
 * @category state
 */
export const addHoliday = (policy: Definition, calendar: string, date: string, name?: string): Edited => {
  const hours =
    policy.calendars !== undefined && Object.hasOwn(policy.calendars, calendar)
      ? policy.calendars[calendar]
      : undefined
  if (hours === undefined || !('timeZone' in hours)) {
    const known = Object.keys(policy.calendars ?? {}).join(', ')
    throw new RangeError(`no calendar of one zone named "${calendar}", expected one of ${known || 'none'}`)
  }
  const edited: Hours = addToCalendar(hours, date, name).definition
  return edit(policy, (draft) => {
    draft.calendars = { ...draft.calendars, [calendar]: edited as Draft<Hours> }
  })
}
