// Reads an input line: hostile JSON to a command of numbers and strings, or why not.

import {
  type CivilDay,
  describeValue,
  FIRST_INSTANT,
  type Instant,
  LAST_INSTANT,
  type Millis,
  nearest,
  nearestZone,
  parseDate,
  parseDuration,
  parseInstant,
  type UnknownRecord,
  type Zone,
  zoneOf,
} from '@clientele/core'
import { checkFacts, message as factMessage } from '@clientele/core/condition'
import { ANY_PACKAGE, anyVersion, CHANGES } from './book/contracts.js'
import type { InputError } from './model.js'
import type { Table } from './table.js'

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
] as const
export type Op = (typeof OPS)[number]

/** Whom a line is about; equal keys are the same. */
export interface Person {
  readonly key: string
  readonly zone: Zone | undefined
  /** `undefined` when the line says nothing of it. */
  readonly account: string | undefined
}

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

const MOST_UNITS = 1_000_000_000
const AN_INSTANT = 'an instant such as "2026-03-02T09:00:00Z"'
const A_DATE = 'a date such as "2026-12-25"'

/** Reads the members of a line; the first thing that is wrong is kept. */
class Members {
  error: InputError | undefined
  readonly line: UnknownRecord

  constructor(line: UnknownRecord) {
    this.line = line
  }

  fail(code: string, path: string, message: string): undefined {
    this.error ??= { code, message, path }
    return undefined
  }

  /** `null` counts as missing. */
  get(key: string): unknown {
    const value = Object.hasOwn(this.line, key) ? this.line[key] : undefined
    return value === null ? undefined : value
  }

  wrong(path: string, expected: string, value: unknown, code = 'bad-value'): undefined {
    return value === undefined
      ? this.fail('missing-key', path, `the key "${path}" is missing`)
      : this.fail(code, path, `expected ${expected}, given ${describeValue(value)}`)
  }

  text(key: string): string | undefined {
    const value = this.get(key)
    if (typeof value === 'string' && value !== '') return value
    return this.wrong(
      key,
      'a text of at least one character',
      value,
      typeof value === 'string' ? 'bad-value' : 'wrong-type',
    )
  }

  optionalText(key: string): string | undefined {
    return this.get(key) === undefined ? undefined : this.text(key)
  }

  instant(): Instant {
    const value = this.get('at')
    const at = typeof value === 'string' ? parseInstant(value) : value
    if (typeof at !== 'number' || !Number.isInteger(at)) {
      this.wrong('at', AN_INSTANT, value)
      return Number.NaN
    }
    if (at >= FIRST_INSTANT && at < LAST_INSTANT) return at
    this.fail('out-of-range', 'at', `${describeValue(value)} lies outside the years 1970 to 2100`)
    return Number.NaN
  }

  date(key: string): CivilDay | undefined {
    const value = this.get(key)
    const day = typeof value === 'string' ? parseDate(value) : undefined
    return day ?? this.wrong(key, A_DATE, value)
  }

  optionalDate(key: string): CivilDay | undefined {
    return this.get(key) === undefined ? undefined : this.date(key)
  }

  zone(value: unknown, path: string): Zone | undefined {
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string') return this.wrong(path, 'the name of a time zone', value, 'wrong-type')
    const zone = zoneOf(value)
    if (zone !== undefined) return zone
    const near = nearestZone(value)
    const hint = near === undefined ? '' : `; did you mean "${near}"?`
    return this.fail('unknown-zone', path, `${describeValue(value)} is not a known IANA time zone${hint}`)
  }

  whole(key: string, otherwise: number): number {
    const value = this.get(key)
    if (value === undefined) return otherwise
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_UNITS)
      return value
    this.wrong(
      key,
      `a whole number from 1 to ${MOST_UNITS}`,
      value,
      typeof value === 'number' ? 'bad-value' : 'wrong-type',
    )
    return otherwise
  }

  ttl(): Millis {
    const value = this.get('ttl')
    if (value === undefined) return Number.POSITIVE_INFINITY
    const millis = typeof value === 'string' ? parseDuration(value) : value
    if (typeof millis === 'number' && Number.isSafeInteger(millis) && millis > 0) return millis
    this.wrong('ttl', 'a duration of more than nothing, such as "PT15M"', value)
    return Number.POSITIVE_INFINITY
  }

  /** A plain id, or a reference; ids of different types are different. */
  person(value: unknown, path: string): Person | undefined {
    if (typeof value === 'string' && value !== '') return { key: value, zone: undefined, account: undefined }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return this.wrong(
        path,
        'an id, or { "type", "id" }',
        value,
        typeof value === 'string' ? 'bad-value' : 'wrong-type',
      )
    const record = value as UnknownRecord
    const own = (key: string): unknown =>
      Object.hasOwn(record, key) && record[key] !== null ? record[key] : undefined
    const [id, type] = [own('id'), own('type')]
    if (typeof id !== 'string' || id === '')
      return this.wrong(`${path}.id`, 'a text of at least one character', id)
    if (type !== undefined && typeof type !== 'string')
      return this.wrong(`${path}.type`, 'a text', type, 'wrong-type')
    const account = own('account') === undefined ? undefined : this.person(own('account'), `${path}.account`)
    return {
      key: type === undefined ? id : `${type}\u0000${id}`,
      zone: this.zone(own('zone'), `${path}.zone`),
      account: account?.key,
    }
  }

  change(): number {
    const value = this.get('change')
    if (value === undefined) return 0
    const place = (CHANGES as readonly unknown[]).indexOf(value)
    if (place >= 0) return place
    const near = typeof value === 'string' ? nearest(value, CHANGES) : undefined
    const hint = near === undefined ? '' : `; did you mean "${near}"?`
    this.fail(
      'bad-value',
      'change',
      `expected one of ${CHANGES.join(', ')}, given ${describeValue(value)}${hint}`,
    )
    return 0
  }
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
  const timed = isRequest || isClosing
  const at = timed || members.get('at') !== undefined ? members.instant() : 0
  const key =
    op === 'contract' && members.get('customer') === undefined && members.get('account') !== undefined
      ? 'account'
      : 'customer'
  const who = members.person(members.get(key), key)
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
    units: timed ? members.whole('units', 1) : 0,
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
