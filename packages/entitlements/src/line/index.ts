// Reads an input line: hostile JSON to a command of numbers and strings, or why not.

import {
  type CivilDay,
  describeValue,
  type Instant,
  type Millis,
  nearest,
  type UnknownRecord,
  type Zone,
} from '@clientele/core'
import { checkFacts, message as factMessage } from '@clientele/core/condition'
import { ANY_PACKAGE, anyVersion } from '../book/contracts.js'
import type { InputError } from '../model.js'
import type { Table } from '../table.js'
import { Members, type Person } from './members.js'

/** What lines may do. */
export const OPS = [
  'contract',
  'consume',
  'reserve',
  'commit',
  'release',
  'status',
  'account',
  'erase',
  'forget',
] as const
export type Op = (typeof OPS)[number]

/** A line that was read. */
export interface Line {
  readonly op: Op
  readonly id: string | undefined
  readonly at: Instant
  readonly who: Person
  /** `null` ends an inheritance. */
  readonly account: string | null | undefined
  /** As it is named. */
  readonly package: string | undefined
  readonly channel: string
  readonly units: number
  /** Of a `commit` or `release`: whether the line says it. */
  readonly says: { readonly channel: boolean; readonly units: boolean }
  readonly ttl: Millis
  readonly contract: ContractTerms | undefined
}

/** What a contract line says. */
export interface ContractTerms {
  /** As the line names it; the version is worked out below. */
  readonly asked: string
  readonly pack: number
  readonly from: CivilDay
  readonly to: CivilDay | undefined
  readonly anchor: CivilDay | undefined
  readonly zone: Zone | undefined
  readonly change: number
}

interface Refused {
  readonly error: InputError
}

/** What is meant by the name of a package: a version, or any; all packages for none and for one that is gone. */
export const packageFilter = (table: Table, name: string | undefined): number => {
  if (name === undefined) return ANY_PACKAGE
  const family = table.families.findIndex((each) => each.name === name)
  if (family >= 0) return anyVersion(family)
  return table.packages.findIndex((each) => each.name === name)
}

const checkPackage = (members: Members, table: Table, name: string): number => {
  const filter = packageFilter(table, name)
  if (filter !== ANY_PACKAGE) return filter
  const families = table.families.map((each) => each.name)
  const near = nearest(name, [...families, ...table.packages.map((each) => each.name)])
  const hint =
    near === undefined ? `there are ${families.slice(0, 20).join(', ')}` : `did you mean "${near}"?`
  members.fail('unknown-package', 'package', `there is no package ${describeValue(name)}; ${hint}`)
  return ANY_PACKAGE
}

const termsOf = (members: Members, table: Table, who: Person | undefined): ContractTerms | undefined => {
  const name = members.text('package')
  if (name === undefined) return undefined
  const version = members.get('version')
  const asked = version === undefined ? name : `${name}@${String(members.whole('version', 1))}`
  const filter = checkPackage(members, table, asked)
  const from = members.date('from')
  const to = members.optionalDate('to')
  const anchor = members.optionalDate('anchor')
  const zone = members.zone(members.get('zone'), 'zone') ?? who?.zone
  if (from === undefined || filter === ANY_PACKAGE) return undefined
  if (to !== undefined && to < from)
    return members.fail(
      'bad-value',
      'to',
      `expected a last day not before ${describeValue(members.get('from'))}, given ${describeValue(members.get('to'))}`,
    )
  const pack = filter >= 0 ? filter : table.families[-2 - filter]!.newest
  return { asked, pack, from, to, anchor, zone, change: members.change() }
}

const opOf = (members: Members): Op | undefined => {
  const value = members.get('op')
  const op = OPS.find((word) => word === value)
  if (op !== undefined) return op
  if (value === undefined) return members.wrong('op', '', undefined)
  const near = typeof value === 'string' ? nearest(value, OPS) : undefined
  const hint = near === undefined ? `; expected one of ${OPS.join(', ')}` : `; did you mean "${near}"?`
  return members.fail('unknown-op', 'op', `there is no ${describeValue(value)}${hint}`)
}

const checkFactsOf = (members: Members, table: Table): void => {
  const facts = members.get('facts')
  if (facts === undefined) return
  if (typeof facts !== 'object' || Array.isArray(facts)) {
    members.wrong('facts', 'an object', facts, 'wrong-type')
    return
  }
  const wrong =
    table.vocabulary === undefined ? undefined : checkFacts(table.vocabulary, facts as UnknownRecord)[0]
  if (wrong !== undefined) members.fail(wrong.code, wrong.path, factMessage(wrong))
}

/** Reads an input line. */
export const readLine = (table: Table, value: unknown): Line | Refused => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return {
      error: { code: 'wrong-type', message: `expected an object, given ${describeValue(value)}`, path: '' },
    }
  const members = new Members(value as UnknownRecord)
  const op = opOf(members)
  if (op === undefined) return { error: members.error! }
  const isRequest = op === 'consume' || op === 'reserve' || op === 'status'
  const isClosing = op === 'commit' || op === 'release'
  const timed = isRequest || isClosing || op === 'forget'
  const at = timed || members.get('at') !== undefined ? members.instant() : 0
  const mayBeAccount = op === 'contract' || op === 'erase'
  const isAccount =
    mayBeAccount && members.get('customer') === undefined && members.get('account') !== undefined
  const key = isAccount ? 'account' : 'customer'
  const who = op === 'forget' ? undefined : members.person(members.get(key), key)
  const other = key === 'account' ? undefined : members.get('account')
  const account = other === undefined ? undefined : members.person(other, 'account')?.key
  const ends = op === 'account' && account === undefined
  if (ends && !Object.hasOwn(members.line, 'account')) members.wrong('account', '', undefined)
  const named = isRequest ? members.optionalText('package') : undefined
  const line: Line = {
    op,
    id: members.optionalText('id'),
    at,
    who: who ?? { key: '', zone: undefined, account: undefined },
    account: ends ? null : (account ?? who?.account),
    package: named,
    channel:
      (isRequest ? members.text('channel') : isClosing ? members.optionalText('channel') : undefined) ?? '',
    units: isRequest || isClosing ? members.whole('units', 1) : 0,
    says: { channel: members.get('channel') !== undefined, units: members.get('units') !== undefined },
    ttl: op === 'reserve' ? members.ttl() : Number.POSITIVE_INFINITY,
    contract: op === 'contract' ? termsOf(members, table, who) : undefined,
  }
  if (named !== undefined) checkPackage(members, table, named)
  if (isRequest) checkFactsOf(members, table)
  if (isClosing && line.id === undefined && !line.says.channel) members.wrong('id', '', undefined)
  return members.error === undefined ? line : { error: members.error }
}

/** What a line says, without its id; equal texts are the same line. */
export const contentOf = (line: Line): string => {
  const { op, who, channel, units, at, ttl, contract } = line
  if (contract === undefined)
    return JSON.stringify([
      op,
      who.key,
      line.package ?? null,
      channel,
      units,
      at,
      Number.isFinite(ttl) ? ttl : null,
    ])
  const { asked, from, to, anchor, zone, change } = contract
  return JSON.stringify([op, who.key, asked, from, to ?? null, anchor ?? null, zone?.name ?? null, change])
}
