// The naive reading: a list of what was taken, counted anew for every question, unit by unit and day by day. It shares no
// code with the engine. Zones have one offset, all hours are those of one desk in UTC.
import type { Channel, Definition } from '@clientele/entitlements'

export const DAY = 86_400_000
export const HOUR = 3_600_000
export const OFFSETS: { readonly [zone: string]: number } = { UTC: 0, 'Etc/GMT-5': 5, 'Etc/GMT+7': -7 }
/** Monday to Friday, 09:00 to 13:00. */
export const isDeskOpen = (at: number): boolean => {
  const weekday = new Date(at).getUTCDay()
  const hour = new Date(at).getUTCHours()
  return weekday >= 1 && weekday <= 5 && hour >= 9 && hour < 13
}

export interface Contract {
  readonly holder: string
  readonly package: string
  readonly from: number
  readonly to: number
  readonly zone: string
  readonly anchor: number
  readonly change: string
  readonly order: number
}
export interface Taken {
  readonly id: string | undefined
  readonly customer: string
  readonly channel: string
  readonly asked: number
  readonly at: number
  contract: Contract | undefined
  /** Any day of the period it counts in. */
  day: number
  units: number
  billed: number
  lapsesAt: number
  status: 'open' | 'taken' | 'released'
}
export interface Answer {
  readonly verdict: 'allow' | 'bill' | 'deny'
  readonly reason: string | null
  readonly remaining: number | null
  readonly contract?: Contract
}

const dateOf = (day: number): Date => new Date(day * DAY)
const clamped = (year: number, month: number, date: number): number => {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date, last)) / DAY
}
const MONTHS: { readonly [per: string]: number } = { month: 1, quarter: 3, year: 12 }

/** The period of a day, found by going from one to the next. */
export const periodOf = (channel: Channel, contract: Contract, day: number): readonly [number, number] => {
  const per = channel.per!
  if (per === 'contract') return [contract.from, contract.to + 1]
  const anchored = channel.anchor === 'contract'
  if (per === 'day') return [day, day + 1]
  if (per === 'week') {
    // 1970-01-05 was a Monday
    let from = anchored ? contract.anchor : 4
    while (from > day) from -= 7
    while (from + 7 <= day) from += 7
    return [from, from + 7]
  }
  const first = anchored ? dateOf(contract.anchor) : new Date(Date.UTC(2020, 0, 1))
  const start = (i: number): number =>
    clamped(first.getUTCFullYear(), first.getUTCMonth() + i * MONTHS[per]!, first.getUTCDate())
  let i = 0
  while (start(i) > day) i--
  while (start(i + 1) <= day) i++
  return [start(i), start(i + 1)]
}

export class Oracle {
  readonly contracts: Contract[] = []
  readonly taken: Taken[] = []
  readonly accounts = new Map<string, string>()
  readonly definition: Definition

  constructor(definition: Definition) {
    this.definition = definition
  }

  dayOf(contract: Contract, at: number): number {
    return Math.floor((at + OFFSETS[contract.zone]! * HOUR) / DAY)
  }

  inForce(contract: Contract, at: number): boolean {
    const day = this.dayOf(contract, at)
    return contract.from <= day && day <= contract.to
  }

  channelOf(contract: Contract, channel: string): Channel | undefined {
    return this.definition.packages[contract.package]?.channels?.[channel]
  }

  /** Those that are asked, in their order. */
  asked(customer: string, only: string | undefined, at: number): Contract[] {
    const account = this.accounts.get(customer)
    const holders = account === undefined || account === customer ? [customer] : [customer, account]
    return holders.flatMap((holder) => {
      const own = this.contracts
        .filter((each) => each.holder === holder && (only === undefined || each.package === only))
        .filter((each) => this.inForce(each, at))
        .sort((a, b) => b.from - a.from || b.order - a.order)
      return [
        ...own.filter((each) => each.change !== 'add').slice(0, 1),
        ...own.filter((each) => each.change === 'add'),
      ]
    })
  }

  /** The contract that another takes the place of. */
  before(contract: Contract): Contract | undefined {
    if (contract.change !== 'keep' && contract.change !== 'prorate') return undefined
    return this.contracts
      .filter((each) => each.holder === contract.holder && each !== contract && each.change !== 'add')
      .filter((each) => each.from <= contract.from - 1 && contract.from - 1 <= each.to)
      .sort((a, b) => b.from - a.from || b.order - a.order)[0]
  }

  /** The contract before, where it counts the channel in the same period. */
  sharing(contract: Contract, name: string, period: readonly [number, number]): Contract | undefined {
    const before = this.before(contract)
    const channel = before === undefined ? undefined : this.channelOf(before, name)
    if (before === undefined || channel?.quota === undefined || channel.per === 'contract') return undefined
    const its = periodOf(channel, before, contract.from)
    return its[0] === period[0] && its[1] === period[1] ? before : undefined
  }

  counting(contract: Contract, name: string, at: number, without: Taken | undefined): Taken[] {
    return this.taken.filter(
      (each) =>
        each !== without &&
        each.contract === contract &&
        each.channel === name &&
        (each.status === 'taken' || (each.status === 'open' && at < each.lapsesAt)),
    )
  }

  usedIn(
    contract: Contract,
    name: string,
    [from, to]: readonly [number, number],
    at: number,
    without: Taken | undefined,
  ): number {
    return this.counting(contract, name, at, without)
      .filter((each) => from <= each.day && each.day < to)
      .reduce((sum, each) => sum + each.units, 0)
  }

  /** What a contract gives in a period, and what was taken in it before. */
  opening(
    contract: Contract,
    name: string,
    period: readonly [number, number],
    at: number,
    without: Taken | undefined,
  ): { readonly grant: number; readonly used: number; readonly carried: number } {
    const quota = this.channelOf(contract, name)!.quota!
    const isFirst = period[0] <= contract.from && contract.from < period[1]
    const looks = contract.change === 'keep' || contract.change === 'prorate'
    if (!isFirst || !looks) return { grant: quota, used: 0, carried: 0 }
    const before = this.sharing(contract, name, period)
    let [used, carried] = [0, 0]
    if (before !== undefined) {
      used =
        this.usedIn(before, name, period, at, without) + this.opening(before, name, period, at, without).used
      carried = this.carriedInto(before, name, period, at, without)
    }
    if (contract.change === 'keep') return { grant: quota, used, carried }
    let earned = 0
    for (let day = period[0]; day < period[1]; day++) {
      let whose: Contract | undefined = contract
      while (whose !== undefined && day < whose.from) {
        const earlier = this.sharing(whose, name, period)
        // one that was not prorated itself gave its quota for the whole period
        if (whose.change !== 'prorate') break
        whose = earlier
      }
      earned += whose === undefined ? 0 : this.channelOf(whose, name)!.quota!
    }
    return { grant: Math.floor(earned / (period[1] - period[0])), used, carried }
  }

  /** Goes through all periods with every unit in hand: its number is the period it was given in. */
  live(
    contract: Contract,
    name: string,
    target: readonly [number, number],
    at: number,
    without: Taken | undefined,
    extra: number,
  ): { readonly grant: number; readonly carried: number; readonly short: number } {
    const channel = this.channelOf(contract, name)!
    const { max = Number.POSITIVE_INFINITY, expires = Number.POSITIVE_INFINITY } = channel.carryOver ?? {
      max: 0,
    }
    const days = this.counting(contract, name, at, without).map(({ day }) => day)
    const last = Math.max(target[0], ...days)
    let period = periodOf(channel, contract, contract.from)
    let number = 0
    let short = 0
    let found = { grant: 0, carried: 0 }
    let units: number[] = []
    while (period[0] <= last) {
      const { grant, used, carried } = this.opening(contract, name, period, at, without)
      if (number === 0) units = Array.from({ length: Math.min(max, carried) }, () => -1)
      units = units.filter((born) => number - born <= expires)
      if (period[0] === target[0]) found = { grant, carried: units.length }
      const given = [...units, ...Array.from({ length: grant }, () => number)]
      const taken =
        used + this.usedIn(contract, name, period, at, without) + (period[0] === target[0] ? extra : 0)
      if (period[0] > target[0]) short += Math.max(0, taken - given.length)
      const left = given.slice(taken).filter((born) => number + 1 - born <= expires)
      units = max === Number.POSITIVE_INFINITY ? left : max === 0 ? [] : left.slice(-max)
      period = periodOf(channel, contract, period[1])
      number++
    }
    return { ...found, short }
  }

  carriedInto(
    contract: Contract,
    name: string,
    period: readonly [number, number],
    at: number,
    without: Taken | undefined,
  ): number {
    return this.live(contract, name, period, at, without, 0).carried
  }

  /** What may be had from the quota in the period of a day, and beyond it. */
  left(
    contract: Contract,
    name: string,
    day: number,
    at: number,
    without?: Taken,
  ): { readonly left: number; readonly billable: number } {
    const channel = this.channelOf(contract, name)!
    const period = periodOf(channel, contract, day)
    const used = this.usedIn(contract, name, period, at, without)
    const billed = this.counting(contract, name, at, without)
      .filter((each) => period[0] <= each.day && each.day < period[1])
      .reduce((sum, each) => sum + each.billed, 0)
    const most = channel.overage === 'bill' ? (channel.overageLimit ?? Number.POSITIVE_INFINITY) : 0
    const billable = Math.max(0, most - billed)
    if (channel.per === 'contract') return { left: Math.max(0, channel.quota! - used), billable }
    const { used: earlier } = this.opening(contract, name, period, at, without)
    const { grant, carried, short } = this.live(contract, name, period, at, without, 0)
    const own = Math.max(0, grant + carried - used - earlier)
    let left = 0
    while (left < own && this.live(contract, name, period, at, without, left + 1).short === short) left++
    return { left, billable }
  }

  judge(contract: Contract, name: string, at: number, units: number): Answer {
    const channel = this.channelOf(contract, name)!
    const quota =
      channel.quota === undefined ? undefined : this.left(contract, name, this.dayOf(contract, at), at)
    if (channel.hours === 'desk' && !isDeskOpen(at))
      return { verdict: 'deny', reason: 'hours', remaining: quota?.left ?? null, contract }
    if (quota === undefined) return { verdict: 'allow', reason: null, remaining: null, contract }
    const { left, billable } = quota
    if (units <= left) return { verdict: 'allow', reason: null, remaining: left - units, contract }
    if (units - left <= billable) return { verdict: 'bill', reason: 'quota', remaining: 0, contract }
    return { verdict: 'deny', reason: 'quota', remaining: left, contract }
  }

  answer(customer: string, only: string | undefined, name: string, at: number, units: number): Answer {
    const able = this.asked(customer, only, at).filter((each) => this.channelOf(each, name) !== undefined)
    const answers = able.map((each) => this.judge(each, name, at, units))
    const best =
      answers.find(({ verdict }) => verdict === 'allow') ??
      answers.find(({ verdict }) => verdict === 'bill') ??
      answers[0]
    if (best !== undefined) return best
    const account = this.accounts.get(customer)
    const all = this.contracts.filter(
      (each) =>
        (each.holder === customer || each.holder === account) &&
        (only === undefined || each.package === only),
    )
    const having = all.filter((each) => this.channelOf(each, name) !== undefined)
    const nobody = (reason: string): Answer => ({ verdict: 'deny', reason, remaining: null })
    if (all.some((each) => this.inForce(each, at)) || having.length === 0) return nobody('not-covered')
    return nobody(having.some((each) => each.to < this.dayOf(each, at)) ? 'expired' : 'not-started')
  }

  take(answer: Answer, entry: Omit<Taken, 'contract' | 'day' | 'units' | 'billed'>): Taken | undefined {
    if (answer.verdict === 'deny') return undefined
    const { contract } = answer
    const channel = this.channelOf(contract!, entry.channel)!
    const day = this.dayOf(contract!, entry.at)
    const left =
      channel.quota === undefined ? entry.asked : this.left(contract!, entry.channel, day, entry.at).left
    const units = Math.min(entry.asked, left)
    const counted = channel.quota !== undefined
    const taken: Taken = {
      ...entry,
      contract: counted ? contract : undefined,
      day,
      units,
      billed: entry.asked - units,
    }
    this.taken.push(taken)
    return taken
  }

  /** The first of some instants at which a request would pass. */
  next(
    customer: string,
    only: string | undefined,
    name: string,
    units: number,
    candidates: readonly number[],
  ): number | null {
    return candidates.find((at) => this.answer(customer, only, name, at, units).verdict !== 'deny') ?? null
  }
}
