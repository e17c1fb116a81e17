// A policy changes while its state lives: what is kept, what begins anew, and from when on the answers are exact.

import { formatInstant, type Instant, SECOND } from '@clientele/core'
import type { State } from '../book.js'
import type { Table } from '../table.js'
import { carry } from './carry.js'
import type { Exactness, MigrateOptions, Migration, Plan } from './model.js'
import { survey } from './survey.js'

const secondOf = (at: Instant): number => {
  const second = Math.floor(at / SECOND)
  if (Number.isSafeInteger(second) && second >= 0) return second
  throw new RangeError(`the moment of the change is ${at}, expected epoch milliseconds`)
}

/**
 * Puts a state under a changed policy and tells what that does. Limits that count the same touches by the same keys (by
 * `counts` or `when`, `per`, `weights` and `tags`; of cool-downs, `after` and `per`) keep them, whatever their ids, limits
 * and windows; so do exemptions with the same `since`, `until` and `per`. Who is known, consents, preferences, tags,
 * touches by id and reservations are carried over. The state changes in place and belongs to the new table from then on;
 * with `dryRun` nothing changes. Messages are to be prepared again.
 *
 * The plan says from when on each rule answers as if it had always been there. Rows of instants forget what the old policy
 * had no more use for; a longer window may ask for it. Recipients are taken to stay in the zone in which they are now.
 *
 * Cost: proportional to what is held; some 50 ns for a recipient where rows keep their length.
 *
 * @example
 * import { attempt, compileOrThrow, createState, describePlan, handle, messageOf, migrate } from '@clientele/contact'
 * const within = (rolling: string) =>
 *   compileOrThrow({ caps: [{ id: 'few', label: 'Two a while', limit: 2, window: { rolling } }] })
 * const [before, after] = [within('PT1H'), within('PT24H')]
 * const state = createState(before)
 * const anna = handle(state, 'anna')
 * for (const hour of [0, 1, 2]) attempt(state, anna, messageOf(before, {}), hour * 3_600_000)
 * describePlan(migrate(state, after, { at: 7_200_000 }).plan) // => ['few (Two a while): kept, exact from now on']
 *
 * @category state
 */
export const migrate = (state: State, table: Table, { at, dryRun }: MigrateOptions): Migration => {
  const { plan, lost } = survey(state, table, secondOf(at))
  if (dryRun === true) return { state, plan }
  carry(state, table)
  state.lost = lost
  return { state, plan }
}

const whenExact = ({ exact, exactFrom }: Exactness): string => {
  if (exact === 'now') return 'exact from now on'
  return exact === 'never' ? 'never quite exact' : `exact from ${formatInstant(exactFrom!)}`
}

const WHAT = { kept: 'kept', reset: 'starts anew', dropped: 'dropped' } as const

/**
 * A plan in words, a line for each rule.
 *
 * @example
 * import { compileOrThrow, createState, describePlan, migrate } from '@clientele/contact'
 * const policy = compileOrThrow({ caps: [{ id: 'day', label: 'One a day', limit: 1, window: { rolling: 'PT24H' } }] })
 * const { plan } = migrate(createState(policy), compileOrThrow({}), { at: 0, dryRun: true })
 * describePlan(plan) // => ['day (One a day): dropped']
 *
 * @category state
 */
export const describePlan = ({ rules }: Plan): readonly string[] =>
  rules.map(({ rule, label, what, ...when }) => {
    const words = what === 'dropped' ? WHAT[what] : `${WHAT[what]}, ${whenExact(when)}`
    return `${rule}${label === rule ? '' : ` (${label})`}: ${words}`
  })
