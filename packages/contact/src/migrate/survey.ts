// What a migration would do, found without changing anything: for each rule, what it keeps, and from when on its answers
// are those of a state that had the new policy from the start.

import { LAST_INSTANT, SECOND, type Second, windowFrees, windowSince, type Zone } from '@clientele/core'
import type { State } from '../book.js'
import type { StreamState } from '../places/stream.js'
import type { LimitTable, Table, ZonedWindow } from '../table.js'
import { type Missing, NOTHING, noteForgotten } from './forgotten.js'
import type { Exactness, Plan, RulePlan } from './model.js'
import { grantNames, grantsOf, uncountedBy } from './names.js'

const EVER = Number.POSITIVE_INFINITY

/** What is needed to say when windows have passed over what is missing. */
interface Survey {
  readonly state: State
  readonly table: Table
  readonly at: Second
  /** The zones of recipients under the new policy, by row of areas. */
  readonly zones: readonly (Zone | undefined)[]
  /** Until when touches may be missing, by name. */
  readonly lost: Map<string, Second>
}

const surveyOf = (state: State, table: Table, at: Second): Survey => {
  const standIn = typeof table.missingZone === 'string' ? undefined : table.missingZone
  const zones = state.areas.map(({ window }, area) => (area === 0 ? standIn : window))
  return { state, table, at, zones, lost: new Map() }
}

/** The first second from which on a window in a zone holds no touch as late as this; 0 when it holds none already. */
const freesIn = ({ window }: ZonedWindow, zone: Zone | undefined, at: Second, latest: Second): Second => {
  if (latest < windowSince(window, zone, at)) return 0
  return windowFrees(window, zone, at, latest)
}

/** The same wherever a recipient may be. */
const freesAnywhere = ({ zones }: Survey, zoned: ZonedWindow, at: Second, latest: Second): Second => {
  if (latest < 0) return 0
  const own = zoned.local ? zones.filter((zone) => zone !== undefined) : [zoned.zone]
  return Math.max(0, ...own.map((zone) => freesIn(zoned, zone, at, latest)))
}

const streamOf = ({ state, table }: Survey, limit: LimitTable): StreamState | undefined =>
  state.streams.find((each) => each.table.name === table.streams[limit.stream]!.name)

/** Whether nobody was ever told of. */
const isNew = ({ seq, ids }: State): boolean => seq === 0 && ids.capacity === 0

/** What streams may have forgotten, by limit of the new policy. */
const forgottenBy = (survey: Survey): ReadonlyMap<LimitTable, Missing> => {
  const { state, table, at } = survey
  const missing = table.limits.map((limit): Missing => ({ limit, latest: new Map() }))
  for (const { name, row } of table.streams.map(({ name }, row) => ({ name, row }))) {
    const from = state.streams.find((each) => each.table.name === name)
    const own = missing.filter(({ limit }) => limit.stream === row)
    if (from !== undefined) noteForgotten(state, from, at, own)
  }
  return new Map(missing.map((each) => [each.limit, each]))
}

/** Until when touches may be missing in the streams and exemptions of the new policy, less what full rows forgot. */
const noteLost = (survey: Survey): void => {
  const { state, table, at, lost } = survey
  const [before, after] = [grantNames(state.table), grantNames(table)]
  for (const name of after) {
    if (before.includes(name)) lost.set(name, state.lost.get(name) ?? NOTHING)
    else lost.set(name, isNew(state) ? NOTHING : at)
  }
  const sameUncounted = uncountedBy(state.table) === uncountedBy(table)
  for (const { name, all, whole } of table.streams) {
    const from = state.streams.find((each) => each.table.name === name)
    // which of the instants in rows would not have counted is not known
    const unsure = from === undefined || (!all && !sameUncounted) || (whole && !from.table.whole)
    lost.set(name, Math.max(state.lost.get(name) ?? NOTHING, unsure && !isNew(state) ? at : NOTHING))
  }
}

/** When an exemption that may have begun unseen has ended. */
const grantsFree = (survey: Survey, kind: number, counts: ZonedWindow | undefined): Second => {
  let last = 0
  grantsOf(survey.table).forEach(({ zoned, from, uncounted }, grant) => {
    const name = grantNames(survey.table)[grant]!
    const ends = freesAnywhere(survey, zoned, survey.at, survey.lost.get(name)!)
    if ((from & kind) !== 0) last = Math.max(last, ends)
    // touches until then may count or not, for as long as they are in the window
    if (uncounted && counts !== undefined && ends > 0) {
      last = Math.max(last, ends === EVER ? EVER : freesAnywhere(survey, counts, ends, ends))
    }
  })
  return last
}

const limitFrees = (survey: Survey, limit: LimitTable, { latest }: Missing): Second => {
  const { table, at, zones, lost } = survey
  const { name, all } = table.streams[limit.stream]!
  let last = freesAnywhere(survey, limit, at, lost.get(name)!)
  for (const [area, second] of latest) {
    const zone = limit.local ? zones[area] : limit.zone
    if (limit.local && zone === undefined) continue
    last = Math.max(last, freesIn(limit, zone, at, second))
  }
  return Math.max(last, grantsFree(survey, limit.kind, all ? undefined : limit))
}

const exactness = (from: Second, at: Second): Exactness => {
  if (from <= at) return { exact: 'now', exactFrom: null }
  if (from >= LAST_INSTANT / SECOND) return { exact: 'never', exactFrom: null }
  return { exact: 'from', exactFrom: from * SECOND }
}

/** The plan, and until when touches may be missing in what the state will be. */
export const survey = (
  state: State,
  table: Table,
  at: Second,
): { readonly plan: Plan; readonly lost: Map<string, Second> } => {
  const all = surveyOf(state, table, at)
  noteLost(all)
  const forgotten = forgottenBy(all)
  let latest = 0
  const told = (from: Second): Exactness => {
    latest = Math.max(latest, from)
    return exactness(from, at)
  }
  const rules = table.rules.map((rule): RulePlan => {
    const { id, label, kind } = rule
    const limit = table.limits.find(({ index }) => index === rule.index)
    if (limit === undefined)
      return { rule: id, label, what: 'kept', ...told(grantsFree(all, kind, undefined)) }
    const what = streamOf(all, limit) === undefined ? 'reset' : 'kept'
    return { rule: id, label, what, ...told(limitFrees(all, limit, forgotten.get(limit)!)) }
  })
  const before = grantNames(state.table)
  const grants = grantsOf(table).map(({ id, label, zoned }, grant): RulePlan => {
    const name = grantNames(table)[grant]!
    const what = before.includes(name) ? 'kept' : 'reset'
    return { rule: id, label, what, ...told(freesAnywhere(all, zoned, at, all.lost.get(name)!)) }
  })
  const named = new Set([...rules, ...grants].map(({ rule }) => rule))
  const dropped = [...state.table.rules, ...grantsOf(state.table)]
    .filter(({ id }) => !named.has(id))
    .map(({ id, label }): RulePlan => ({ rule: id, label, what: 'dropped', exact: 'now', exactFrom: null }))
  for (const [limit, { latest: seconds }] of forgotten) {
    const { name } = table.streams[limit.stream]!
    all.lost.set(name, Math.max(all.lost.get(name)!, ...seconds.values()))
  }
  return {
    plan: { at: at * SECOND, ...told(latest), rules: [...rules, ...grants, ...dropped] },
    lost: all.lost,
  }
}
