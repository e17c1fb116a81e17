// The touch ledger as obviously as can be: a list of all touches ever named or admitted, read through from the beginning
// for every question. What adapters are compared with.

import type {
  CountDemand,
  Freeing,
  PeriodUnits,
  RecentDemand,
  TouchAnswer,
  TouchDemand,
  TouchFinding,
  TouchOperation,
} from '@clientele/core'

type Asking = Extract<TouchOperation, { readonly kind: 'take' | 'reserve' | 'record' }>

/** A touch; instants in seconds. */
interface Touch {
  readonly operation: Asking
  readonly answer: TouchAnswer
  readonly until: number
  at: number
  state: 'refused' | 'open' | 'settled' | 'released' | 'lapsed'
}

interface Account {
  readonly touches: Touch[]
  /** Before what each slot has forgotten, by kind and name. */
  readonly forgotten: Map<string, number>
  /** Before what touches are forgotten. */
  touchesForgotten: number
}

const second = (instant: number): number => Math.floor(instant / 1000)
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
const nameOf = ({ kind, slot }: TouchDemand): string => `${kind} ${slot}`
const forgottenOf = (account: Account, demand: TouchDemand): number =>
  account.forgotten.get(nameOf(demand)) ?? Number.NEGATIVE_INFINITY

/** What a touch takes of the slot, and of the period, that a demand speaks of. */
const takenBy = ({ operation }: Touch, demand: TouchDemand): number =>
  sum(
    operation.demands
      .filter((each) => nameOf(each) === nameOf(demand))
      .filter((each) => each.kind === 'recent' || each.period === (demand as CountDemand).period)
      .map(({ takes }) => takes),
  )

/** Of places that go, those of one instant as one, the first `over` of them. */
const firstOf = (places: readonly Freeing[], over: number): readonly Freeing[] => {
  const told: Freeing[] = []
  let rest = over
  for (const each of places) {
    const taken = Math.min(each.places, rest)
    rest -= taken
    const last = told.at(-1)
    if (taken === 0) continue
    if (last?.at !== each.at || last.until !== each.until) told.push({ ...each, places: taken })
    else told.splice(-1, 1, { ...last, places: last.places + taken })
  }
  return told
}

const reservedPlaces = (account: Account, demand: TouchDemand, now: number): readonly Freeing[] =>
  account.touches
    .filter(({ state, until }) => state === 'open' && until > now)
    .filter(
      ({ at }) => demand.kind === 'count' || (at >= second(demand.heldSince) && at <= second(demand.through)),
    )
    .sort((a, b) => a.until - b.until || a.at - b.at)
    .map((touch) => ({
      at: touch.at * 1000,
      until: touch.until * 1000,
      places: takenBy(touch, demand),
    }))

const settledPlaces = (account: Account, demand: RecentDemand): readonly Freeing[] =>
  account.touches
    .filter(({ state, at }) => state === 'settled' && at >= forgottenOf(account, demand))
    .filter(({ at }) => at >= second(demand.since) && at <= second(demand.through))
    .sort((a, b) => a.at - b.at)
    .map((touch) => ({ at: touch.at * 1000, places: takenBy(touch, demand) }))

const settledUnits = (account: Account, demand: CountDemand): number =>
  demand.period < forgottenOf(account, demand)
    ? 0
    : sum(account.touches.filter(({ state }) => state === 'settled').map((touch) => takenBy(touch, demand)))

const find = (account: Account, demand: TouchDemand, now: number): TouchFinding => {
  const reserved = reservedPlaces(account, demand, now)
  const settled = demand.kind === 'recent' ? settledPlaces(account, demand) : []
  const units = demand.kind === 'count' ? settledUnits(account, demand) : 0
  const used = units + sum([...settled, ...reserved].map(({ places }) => places))
  const over = demand.asks === 0 ? 0 : Math.max(0, used + demand.asks - demand.limit)
  if (over === 0) return { used, over, frees: [] }
  const told = demand.kind === 'recent' ? Number.POSITIVE_INFINITY : over
  return { used, over, frees: [...firstOf(settled, over), ...firstOf(reserved, told)] }
}

const ask = (
  account: Account,
  kind: TouchOperation['kind'],
  demands: readonly TouchDemand[],
  now: number,
): TouchAnswer => {
  const said: (PeriodUnits & { readonly slot: string })[] = []
  const found: (PeriodUnits & { readonly slot: string })[] = []
  for (const demand of demands) {
    for (const { period, units } of demand.kind === 'count' ? demand.earlier : []) {
      const { slot } = demand
      said.push({ slot, period, units })
      found.push({ slot, period, units: find(account, { ...(demand as CountDemand), period }, now).used })
    }
  }
  const stale = said.some(({ units }, i) => units !== found[i]?.units)
  if (stale && kind !== 'record') return { status: 'stale', earlier: found }
  const findings = demands.map((demand) => find(account, demand, now))
  const passes = kind === 'record' || findings.every(({ over }) => over === 0)
  return { status: passes ? 'admitted' : 'refused', demands: findings }
}

const known = (account: Account, id: string): Touch | undefined =>
  account.touches.find(
    ({ operation, state, at }) =>
      operation.touch?.id === id && (state === 'open' || at >= account.touchesForgotten),
  )

const take = (account: Account, operation: Asking): TouchAnswer => {
  const { kind, demands, touch: name } = operation
  const before = name && known(account, name.id)
  if (before !== undefined) {
    const same = before.operation.kind === kind && before.operation.touch?.content === name?.content
    if (!same) return { status: 'id-reused' }
    return before.state === 'released' || before.state === 'lapsed' ? { status: 'gone' } : before.answer
  }
  const at = second(operation.at)
  const answer = ask(account, kind, demands, at)
  if (answer.status === 'stale') return answer
  const admitted = answer.status === 'admitted'
  const state = !admitted ? 'refused' : kind === 'reserve' ? 'open' : 'settled'
  account.touches.push({
    operation,
    answer,
    until: kind === 'reserve' ? second(operation.until) : 0,
    at,
    state,
  })
  for (const demand of admitted ? demands : []) {
    const before = demand.kind === 'recent' ? second(demand.keep) : demand.keep
    account.forgotten.set(nameOf(demand), Math.max(forgottenOf(account, demand), before))
  }
  if (name !== undefined) account.touchesForgotten = Math.max(account.touchesForgotten, second(name.keep))
  return answer
}

const step = (accounts: Map<string, Account>, operation: TouchOperation): TouchAnswer => {
  const { kind, key } = operation
  if (kind === 'erase') {
    accounts.delete(key)
    return { status: 'erased' }
  }
  const account = accounts.get(key) ?? {
    touches: [],
    forgotten: new Map(),
    touchesForgotten: Number.NEGATIVE_INFINITY,
  }
  accounts.set(key, account)
  const now = second(operation.at)
  if (kind === 'check') return ask(account, kind, operation.demands, now)
  for (const touch of account.touches)
    if (touch.state === 'open' && touch.until <= now) touch.state = 'lapsed'
  if (kind !== 'commit' && kind !== 'release') return take(account, operation)
  const touch = known(account, operation.id)
  if (touch === undefined) return { status: 'gone' }
  if (kind === 'commit') {
    if (touch.state === 'open') {
      touch.state = 'settled'
      touch.at = Math.max(touch.at, now)
    }
    return touch.state === 'settled' ? { status: 'committed', at: touch.at * 1000 } : { status: 'gone' }
  }
  if (touch.state === 'open' || touch.state === 'settled') touch.state = 'released'
  return { status: touch.state === 'released' ? 'released' : 'gone' }
}

/** The answers that operations must get one after another, of ledgers that are empty at first. */
export const touchLedgerModel = (): ((operation: TouchOperation) => TouchAnswer) => {
  const accounts = new Map<string, Account>()
  return (operation) => step(accounts, operation)
}
