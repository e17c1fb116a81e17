// Edits of a calendar's definition as data: each gives the new definition with the patches that lead to it and back. The
// patches are the audit trail; a stored trail is replayed with `applyEdits`.

import { describeValue, type Either, left, parseDate, right } from '@clientele/core'
import { applyPatches, type Draft, enablePatches, produceWithPatches } from 'immer'
import type { Definition, Holiday, Hours, Interval, Week } from './model.js'

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
export interface Edited<D extends Definition = Definition> {
  readonly definition: D
  /** From the old definition to the new one. */
  readonly patches: readonly Patch[]
  /** From the new definition back to the old one, exactly. */
  readonly inverse: readonly Patch[]
}

/** Why patches do not apply. @category state */
export interface EditIssue {
  readonly code: 'bad-patch'
  /** Where in the list of patches: `[2].path`. */
  readonly path: string
  readonly given: string
  readonly reason: string
}

/** Keys that lead out of the data into the machinery of objects. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype']
const MOST_PATCHES = 100_000
const DEEPEST = 64

/**
 * Edits a definition by changing a draft of it; the definition itself stays as it is. Nothing is checked but the types:
 * compile the result. Cost: by what is changed, not by the size of the definition.
 *
 * @example
 * import { edit } from '@clientele/calendar/edit'
 * const desk = { timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } }
 * const edited = edit(desk, (draft) => { draft.timeZone = 'Europe/Berlin' })
 * edited.definition.timeZone // => 'Europe/Berlin'
 * edited.inverse // => [{ op: 'replace', path: ['timeZone'], value: 'Europe/Paris' }]
 *
 * @category state
 */
export const edit = <D extends Definition>(definition: D, recipe: (draft: Draft<D>) => void): Edited<D> => {
  enablePatches()
  const [next, patches, inverse] = produceWithPatches(definition, (draft: Draft<D>) => {
    recipe(draft)
  })
  return { definition: next, patches, inverse }
}

const fault = (patch: unknown, index: number): EditIssue | undefined => {
  const issue = (path: string, given: unknown, reason: string): EditIssue => ({
    code: 'bad-patch',
    path: `[${index}]${path}`,
    given: typeof given === 'string' ? given.slice(0, 60) : describeValue(given),
    reason,
  })
  if (typeof patch !== 'object' || patch === null) return issue('', patch, 'a patch is an object')
  const { op, path } = patch as { op?: unknown; path?: unknown }
  if (op !== 'replace' && op !== 'remove' && op !== 'add')
    return issue('.op', op, 'an operation is add, replace or remove')
  if (!Array.isArray(path) || path.length > DEEPEST) return issue('.path', path, 'a path is a list of keys')
  const bad: unknown = path.find((key: unknown) => typeof key !== 'string' && !Number.isInteger(key))
  if (bad !== undefined) return issue('.path', bad, 'a key is a text or a whole number')
  const forbidden: unknown = path.find((key: unknown) => FORBIDDEN.includes(String(key)))
  return forbidden === undefined ? undefined : issue('.path', forbidden, 'this key is refused')
}

/**
 * Applies stored patches, those of an edit or its inverse. Patches are hostile: forbidden keys, paths that lead nowhere and
 * malformed operations are refused, and then nothing is applied.
 *
 * @example
 * import { applyEdits, edit } from '@clientele/calendar/edit'
 * const desk = { timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } }
 * const edited = edit(desk, (draft) => { draft.timeZone = 'Europe/Berlin' })
 * const back = applyEdits(edited.definition, edited.inverse)
 * if (back._tag === 'Right') back.right // => { timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } }
 *
 * @category state
 */
export const applyEdits = <D extends Definition>(
  definition: D,
  patches: readonly Patch[],
): Either<EditIssue, D> => {
  enablePatches()
  if (patches.length > MOST_PATCHES) {
    return left({
      code: 'bad-patch',
      path: '',
      given: `${patches.length}`,
      reason: `more than ${MOST_PATCHES} patches`,
    })
  }
  const found = patches.map(fault).find((issue) => issue !== undefined)
  if (found !== undefined) return left(found)
  try {
    return right(
      applyPatches(
        definition,
        patches.map((patch) => ({ ...patch, path: [...patch.path] })),
      ),
    )
  } catch {
    return left({
      code: 'bad-patch',
      path: '',
      given: 'patches',
      reason: 'a path leads to nothing in this definition',
    })
  }
}

/** The date, or a `RangeError`: ready-made edits are called by programs. */
const dated = (date: string): string => {
  if (parseDate(date) !== undefined) return date
  throw new RangeError(`expected a date such as "2026-12-25", given ${describeValue(date)}`)
}

const dateOf = (holiday: Holiday | Draft<Holiday>): string | undefined =>
  typeof holiday === 'string' ? holiday : 'date' in holiday ? holiday.date : undefined

/**
 * Adds a holiday on a date; a date that is one already gets the name.
 *
 * @example
 * import { addHoliday } from '@clientele/calendar/edit'
 * addHoliday({ timeZone: 'Europe/Paris', week: '24/7' }, '2026-05-01').definition.holidays // => ['2026-05-01']
 *
 * @category state
 */
export const addHoliday = (hours: Hours, date: string, name?: string): Edited<Hours> =>
  edit(hours, (draft) => {
    const holiday = name === undefined ? dated(date) : { date: dated(date), name }
    draft.holidays ??= []
    const index = draft.holidays.findIndex((each) => dateOf(each) === date)
    if (index < 0) draft.holidays.push(holiday)
    else if (name !== undefined) draft.holidays[index] = holiday
  })

/**
 * Removes the holidays written with a date. A recurring one stays: to open on one of its dates, give the date hours of its
 * own with {@link setDate}.
 *
 * @example
 * import { removeHoliday } from '@clientele/calendar/edit'
 * const desk = { timeZone: 'Europe/Paris', week: '24/7', holidays: ['2026-05-01', '2026-05-08'] } as const
 * removeHoliday(desk, '2026-05-01').definition.holidays // => ['2026-05-08']
 *
 * @category state
 */
export const removeHoliday = (hours: Hours, date: string): Edited<Hours> =>
  edit(hours, (draft) => {
    if (draft.holidays === undefined) return
    const kept = draft.holidays.filter((each) => dateOf(each) !== dated(date))
    if (kept.length < draft.holidays.length) draft.holidays = kept
  })

/**
 * Gives a date hours of its own (none: closed), or takes them away with `undefined`.
 *
 * @example
 * import { setDate } from '@clientele/calendar/edit'
 * const desk = { timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } }
 * setDate(desk, '2026-12-24', ['09:00-12:00']).definition.dates // => { '2026-12-24': ['09:00-12:00'] }
 *
 * @category state
 */
export const setDate = (
  hours: Hours,
  date: string,
  intervals: readonly Interval[] | undefined,
): Edited<Hours> =>
  edit(hours, (draft) => {
    const key = dated(date)
    draft.dates ??= {}
    if (intervals === undefined) delete draft.dates[key]
    else draft.dates[key] = [...intervals]
  })

/**
 * Replaces the week from a date on; weeks that begin later stay.
 *
 * @example
 * import { setWeek } from '@clientele/calendar/edit'
 * const desk = { timeZone: 'Europe/Paris', week: { mon: ['09:00-17:00'] } }
 * setWeek(desk, '2026-07-01', { mon: ['08:00-16:00'] }).definition.effective
 * // => [{ from: '2026-07-01', week: { mon: ['08:00-16:00'] } }]
 *
 * @category state
 */
export const setWeek = (hours: Hours, from: string, week: Week): Edited<Hours> =>
  edit(hours, (draft) => {
    const date = dated(from)
    const others = (draft.effective ?? []).filter((each) => each.from !== date)
    const entry = { from: date, week } as Draft<{ from: string; week: Week }>
    draft.effective = [...others, entry].sort((a, b) => (a.from < b.from ? -1 : 1))
  })
