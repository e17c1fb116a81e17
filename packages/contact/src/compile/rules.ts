// Reads the rules of a policy other than quiet hours: caps, cool-downs, consent, control groups, exemptions.

import { memberPath, type UnknownRecord } from '@clientele/core'
import type { Table as ConditionTable } from '@clientele/core/condition'
import {
  CAPS,
  CONSENT,
  CONTROL,
  COOL_DOWNS,
  type ConsentTable,
  type ControlTable,
  type ExemptTable,
  type KeyPart,
  QUIET,
  type RuleTable,
  type ZonedWindow,
} from '../table.js'
import { conditionText } from './text.js'
import { readCondition, readPer, readWindow, type Work } from './work.js'

/** What a rule is before it has its place. */
export type Unplaced<R extends RuleTable> = Omit<R, 'index'>

const RULE_KEYS = ['id', 'label', 'when', 'meta'] as const
const MOST_LIMIT = 10_000_000
const MOST_WEIGHT = 1_000
const MOST_WEIGHTS = 100

/** What every rule has: `undefined` when it is no object. */
export const readRule = (
  work: Work,
  value: unknown,
  path: string,
  kind: number,
  keys: readonly string[],
):
  | {
      readonly record: UnknownRecord
      readonly rule: Unplaced<RuleTable>
      readonly when: ConditionTable | undefined
    }
  | undefined => {
  const { reader } = work
  const record = reader.object(value, path, [...RULE_KEYS, ...keys])
  if (record === undefined) return undefined
  const given = reader.required(record, 'id', path)
  const id = given === undefined ? undefined : reader.text(given, memberPath(path, 'id'))
  const words = reader.member(record, 'label')
  const label = words === undefined ? id : reader.text(words, memberPath(path, 'label'))
  const presumed = reader.member(record, 'presumption')
  if (presumed !== undefined && typeof presumed !== 'boolean')
    reader.wrongType(presumed, memberPath(path, 'presumption'), 'true or false')
  const when = readCondition(work, reader.member(record, 'when'), memberPath(path, 'when'))
  return {
    record,
    rule: { id: id ?? '', label: label ?? '', path, kind, presumption: presumed === true },
    when,
  }
}

/** What a limit counts, before limits that count the same find each other. */
export interface UnplacedStream {
  readonly name: string
  readonly counts: ConditionTable | undefined
  readonly per: readonly KeyPart[]
  readonly weights: readonly { readonly when: ConditionTable | undefined; readonly weight: number }[]
  readonly all: boolean
  readonly currentTags: boolean
}

/** A cap or a cool-down that was read. */
export interface UnplacedLimit extends Unplaced<RuleTable>, ZonedWindow {
  readonly when: ConditionTable | undefined
  readonly limit: number
  readonly counted: UnplacedStream
}

/** The weights with their text. */
interface Weights {
  readonly list: UnplacedStream['weights']
  readonly text: string
}

const readWeights = (work: Work, value: unknown, path: string): Weights => {
  if (value === undefined) return { list: [], text: '' }
  const { reader } = work
  const texts: string[] = []
  const list = reader.list(value, path, MOST_WEIGHTS).flatMap((each, i) => {
    const at = memberPath(path, i)
    const record = reader.object(each, at, ['label', 'when', 'weight', 'meta'])
    if (record === undefined) return []
    const given = reader.required(record, 'weight', at)
    const weight =
      given === undefined ? undefined : reader.integer(given, memberPath(at, 'weight'), 1, MOST_WEIGHT)
    const when = readCondition(work, reader.member(record, 'when'), memberPath(at, 'when'))
    texts.push(`${conditionText(reader.member(record, 'when'), when)} ${weight}`)
    return weight === undefined ? [] : [{ when, weight }]
  })
  return { list, text: texts.join() }
}

const windowOf = (work: Work, record: UnknownRecord, path: string): ZonedWindow => {
  const value = work.reader.required(record, 'window', path)
  return readWindow(work, value, memberPath(path, 'window'))
}

/** Reads a cap. */
export const readCap = (work: Work, value: unknown, path: string): UnplacedLimit | undefined => {
  const keys = ['counts', 'limit', 'window', 'per', 'tags', 'weights', 'presumption']
  const read = readRule(work, value, path, CAPS, keys)
  if (read === undefined) return undefined
  const { reader } = work
  const { record, rule, when } = read
  const own = (key: string): unknown => reader.member(record, key)
  const counts = readCondition(work, own('counts'), memberPath(path, 'counts'))
  const given = reader.required(record, 'limit', path)
  const limit = given === undefined ? 0 : reader.integer(given, memberPath(path, 'limit'), 0, MOST_LIMIT)
  const per = readPer(work, own('per'), memberPath(path, 'per'))
  const tags =
    own('tags') === undefined
      ? 'sent'
      : reader.word(own('tags'), memberPath(path, 'tags'), ['sent', 'current'])
  const weights = readWeights(work, own('weights'), memberPath(path, 'weights'))
  const asked =
    own('counts') === undefined ? conditionText(own('when'), when) : conditionText(own('counts'), counts)
  const counted: UnplacedStream = {
    name: JSON.stringify(['touches', asked, per, weights.text, tags ?? 'sent']),
    counts: own('counts') === undefined ? when : counts,
    per,
    weights: weights.list,
    all: false,
    currentTags: tags === 'current',
  }
  return { ...rule, ...windowOf(work, record, path), when, limit: limit ?? 0, counted }
}

/** Reads a cool-down: a cap of one, on what starts it. */
export const readCoolDown = (work: Work, value: unknown, path: string): UnplacedLimit | undefined => {
  const read = readRule(work, value, path, COOL_DOWNS, ['after', 'blocks', 'window', 'per', 'presumption'])
  if (read === undefined) return undefined
  const { reader } = work
  const { record, rule } = read
  if (reader.member(record, 'when') !== undefined) {
    reader.report({ code: 'unknown-key', path, key: 'when', nearest: 'blocks', known: ['after', 'blocks'] })
  }
  const after = reader.required(record, 'after', path)
  const counts = readCondition(work, after, memberPath(path, 'after'))
  const per = readPer(work, reader.member(record, 'per'), memberPath(path, 'per'))
  const counted: UnplacedStream = {
    name: JSON.stringify(['all', conditionText(after, counts), per]),
    counts,
    per,
    weights: [],
    all: true,
    currentTags: false,
  }
  const when = readCondition(work, reader.member(record, 'blocks'), memberPath(path, 'blocks'))
  return { ...rule, ...windowOf(work, record, path), when, limit: 1, counted }
}

const REQUIRES = ['opt-in', 'soft-opt-in', 'no-opt-out'] as const

/** Reads a consent rule. */
export const readConsent = (work: Work, value: unknown, path: string): Unplaced<ConsentTable> | undefined => {
  const read = readRule(work, value, path, CONSENT, ['requires', 'maxAge'])
  if (read === undefined) return undefined
  const { reader } = work
  const given = reader.required(read.record, 'requires', path)
  const requires =
    given === undefined ? undefined : reader.word(given, memberPath(path, 'requires'), REQUIRES)
  const age = reader.member(read.record, 'maxAge')
  const millis =
    age === undefined ? Number.POSITIVE_INFINITY : reader.duration(age, memberPath(path, 'maxAge'))
  if (millis !== undefined && millis < 1_000)
    reader.badValue(age, memberPath(path, 'maxAge'), 'a second or more')
  const maxAge = Math.floor((millis ?? 0) / 1_000)
  return { ...read.rule, when: read.when, requires: requires ?? ('opt-in' as const), maxAge }
}

/** Reads a control group. */
export const readControl = (work: Work, value: unknown, path: string): Unplaced<ControlTable> | undefined => {
  const read = readRule(work, value, path, CONTROL, ['share', 'salt', 'per'])
  if (read === undefined) return undefined
  const { reader } = work
  const share = reader.required(read.record, 'share', path)
  const fits = typeof share === 'number' && share >= 0 && share <= 1
  if (share !== undefined && !fits) reader.badValue(share, memberPath(path, 'share'), 'a share from 0 to 1')
  const salt = reader.member(read.record, 'salt')
  const given = salt === undefined ? read.rule.id : reader.text(salt, memberPath(path, 'salt'))
  const per = readPer(work, reader.member(read.record, 'per'), memberPath(path, 'per'))
  return { ...read.rule, when: read.when, share: fits ? share : 0, salt: given ?? '', per }
}

const KINDS = { caps: CAPS, coolDowns: COOL_DOWNS, quiet: QUIET, consent: CONSENT } as const
const EXEMPT_KEYS = ['id', 'label', 'when', 'since', 'window', 'until', 'per', 'from', 'uncounted', 'meta']

/** Reads an exemption; its place among the grants comes later. */
export const readExemption = (
  work: Work,
  value: unknown,
  path: string,
): Omit<ExemptTable, 'grant'> | undefined => {
  const { reader } = work
  const record = reader.object(value, path, EXEMPT_KEYS)
  if (record === undefined) return undefined
  const own = (key: string): unknown => reader.member(record, key)
  const text = (key: string): string | undefined =>
    own(key) === undefined ? undefined : reader.text(own(key), memberPath(path, key))
  const condition = (key: string): ConditionTable | undefined =>
    readCondition(work, own(key), memberPath(path, key))
  const names = Object.keys(KINDS) as (keyof typeof KINDS)[]
  const given =
    own('from') === undefined ? [] : reader.list(own('from'), memberPath(path, 'from'), names.length)
  let from = 0
  given.forEach((each, i) => {
    const kind = reader.word(each, memberPath(memberPath(path, 'from'), i), names)
    if (kind !== undefined) from |= KINDS[kind]
  })
  const uncounted = own('uncounted')
  if (uncounted !== undefined && typeof uncounted !== 'boolean')
    reader.wrongType(uncounted, memberPath(path, 'uncounted'), 'true or false')
  if (from === 0 && uncounted !== true && given.length === 0) reader.report({ code: 'nothing-exempt', path })
  if (own('since') === undefined) {
    for (const key of ['window', 'until']) {
      if (own(key) !== undefined) reader.report({ code: 'nothing-to-end', path: memberPath(path, key), key })
    }
  }
  const id = text('id') ?? path
  return {
    id,
    label: text('label') ?? id,
    path,
    when: condition('when'),
    since: condition('since'),
    until: condition('until'),
    zoned: readWindow(work, own('window'), memberPath(path, 'window')),
    per: readPer(work, own('per'), memberPath(path, 'per')),
    from,
    uncounted: uncounted === true,
  }
}
