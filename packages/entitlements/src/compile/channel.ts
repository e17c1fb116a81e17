// Reads one channel of a package.

import { memberPath, type Reader, type UnknownRecord } from '@clientele/core'
import type { Issue } from '../issue.js'
import type { Anchor, Per } from '../model.js'
import { NONE, PER_CONTRACT, PERS } from '../table.js'

export type EntitlementsReader = Reader<Issue>

const CHANNEL_KEYS = [
  'label',
  'meta',
  'hours',
  'quota',
  'per',
  'anchor',
  'carryOver',
  'overage',
  'overageLimit',
  'sla',
] as const
export const ANCHORS: readonly Anchor[] = ['calendar', 'contract']
/** Keys that say something of a quota, and mean nothing without one. */
const OF_A_QUOTA = ['per', 'anchor', 'carryOver', 'overage', 'overageLimit'] as const
const ALWAYS_OPEN = '24/7'
/** Sums of units stay exact whole numbers. */
const MOST_UNITS = 1_000_000_000
const MOST_PERIODS = 1_000

/** A channel as it is written; what it takes from its package is not known yet. */
export interface ReadChannel {
  readonly channel: string
  readonly path: string
  readonly label: string
  readonly hours: number
  readonly quota: number
  readonly per: number
  readonly anchor: Anchor | undefined
  readonly carry: number
  readonly expires: number
  readonly overage: number
  readonly sla: string | undefined
}

/** A member read by `read` where there is one. */
export const optional = <A>(
  reader: EntitlementsReader,
  record: UnknownRecord,
  path: string,
  key: string,
  read: (value: unknown, path: string) => A | undefined,
): A | undefined => {
  const value = reader.member(record, key)
  return value === undefined ? undefined : read(value, memberPath(path, key))
}

const readHours = (
  reader: EntitlementsReader,
  calendars: readonly string[],
  value: unknown,
  path: string,
): number => {
  const name = reader.text(value, path)
  if (name === undefined || name === ALWAYS_OPEN) return NONE
  const row = calendars.indexOf(name)
  if (row >= 0) return row
  const near = reader.suggest(name, [...calendars, ALWAYS_OPEN])
  reader.report({ code: 'unknown-calendar', path, given: name.slice(0, 80), nearest: near })
  return NONE
}

const readCarryOver = (
  reader: EntitlementsReader,
  value: unknown,
  path: string,
  per: number,
): { readonly carry: number; readonly expires: number } => {
  const record = reader.object(value, path, ['max', 'expires'])
  if (record === undefined) return { carry: NONE, expires: 0 }
  if (per === PER_CONTRACT) reader.report({ code: 'no-next-period', path })
  const max = optional(reader, record, path, 'max', (given, at) => reader.integer(given, at, 0, MOST_UNITS))
  const expires = optional(reader, record, path, 'expires', (given, at) =>
    reader.integer(given, at, 1, MOST_PERIODS),
  )
  return { carry: max ?? Number.POSITIVE_INFINITY, expires: expires ?? 0 }
}

/** Reads a channel; what is wrong with it is reported. */
export const readChannel = (
  reader: EntitlementsReader,
  calendars: readonly string[],
  channel: string,
  value: unknown,
  path: string,
): ReadChannel | undefined => {
  const record = reader.object(value, path, CHANNEL_KEYS)
  if (record === undefined) return undefined
  const own = <A>(
    key: (typeof CHANNEL_KEYS)[number],
    read: (given: unknown, at: string) => A | undefined,
  ): A | undefined => optional(reader, record, path, key, read)
  const text = (given: unknown, at: string): string | undefined => reader.text(given, at)
  const quota = own('quota', (given, at) => reader.integer(given, at, 0, MOST_UNITS))
  const per = own('per', (given, at) => reader.word<Per>(given, at, PERS))
  const hasQuota = reader.member(record, 'quota') !== undefined
  if (hasQuota) reader.required(record, 'per', path)
  else if (OF_A_QUOTA.some((key) => reader.member(record, key) !== undefined))
    reader.report({ code: 'missing-key', path, key: 'quota' })
  const place = per === undefined ? 0 : PERS.indexOf(per)
  const carried = own('carryOver', (given, at) => readCarryOver(reader, given, at, place))
  const overage = own('overage', (given, at) => reader.word(given, at, ['deny', 'bill']))
  const limit = own('overageLimit', (given, at) => reader.integer(given, at, 0, MOST_UNITS))
  if (reader.member(record, 'overageLimit') !== undefined && overage !== 'bill')
    reader.report({ code: 'nothing-billed', path: memberPath(path, 'overageLimit') })
  return {
    channel,
    path,
    label: own('label', text) ?? channel,
    hours: own('hours', (given, at) => readHours(reader, calendars, given, at)) ?? NONE,
    quota: quota ?? NONE,
    per: place,
    anchor: own('anchor', (given, at) => reader.word(given, at, ANCHORS)),
    carry: carried?.carry ?? NONE,
    expires: carried?.expires ?? 0,
    overage: overage === 'bill' ? (limit ?? Number.POSITIVE_INFINITY) : 0,
    sla: own('sla', text),
  }
}
