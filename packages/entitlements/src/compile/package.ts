// Reads packages and works their inheritance out.

import { memberPath, type UnknownRecord } from '@clientele/core'
import type { Anchor } from '../model.js'
import type { ChannelRow } from '../table.js'
import { ANCHORS, type EntitlementsReader, optional, type ReadChannel, readChannel } from './channel.js'

const PACKAGE_KEYS = ['label', 'meta', 'extends', 'without', 'sla', 'anchor', 'channels']
const MOST_PACKAGES = 1_000
const MOST_CHANNELS = 1_000
/** Inherited channels count in each package that has them. */
const MOST_ROWS = 10_000
const VERSIONED = /^(.+)@(\d{1,9})$/s

/** A package as it is written. */
export interface ReadPackage {
  readonly key: string
  readonly family: string
  readonly version: number
  readonly path: string
  readonly label: string | undefined
  readonly parent: string | undefined
  readonly without: readonly string[]
  readonly sla: string | undefined
  readonly anchor: Anchor | undefined
  readonly channels: readonly ReadChannel[]
}

/** A name and its version: `standard@2` is version 2 of `standard`, and `standard` is version 1. */
export const versionOf = (name: string): { readonly family: string; readonly version: number } => {
  const match = VERSIONED.exec(name)
  return match === null ? { family: name, version: 1 } : { family: match[1]!, version: Number(match[2]) }
}

const readPackage = (
  reader: EntitlementsReader,
  calendars: readonly string[],
  key: string,
  value: unknown,
): ReadPackage | undefined => {
  const path = memberPath('packages', key)
  if (key === '') reader.badValue(key, path, 'a name of at least one character')
  const { family, version } = versionOf(key)
  if (version === 0) reader.badValue(key, path, 'a version from 1 on, such as "standard@2"')
  const record = reader.object(value, path, PACKAGE_KEYS)
  if (record === undefined) return undefined
  const own = <A>(name: string, read: (given: unknown, at: string) => A | undefined): A | undefined =>
    optional(reader, record, path, name, read)
  const text = (given: unknown, at: string): string | undefined => reader.text(given, at)
  const parent = own('extends', text)
  if (reader.member(record, 'extends') === undefined) {
    if (reader.member(record, 'without') !== undefined)
      reader.report({ code: 'missing-key', path, key: 'extends' })
    reader.required(record, 'channels', path)
  }
  const without = own('without', (given, at) =>
    reader.list(given, at, MOST_CHANNELS).map((name, i) => reader.text(name, memberPath(at, i))),
  )
  const channels = own('channels', (given, at) =>
    reader
      .entries(given, at, MOST_CHANNELS)
      .map(([name, channel]) => readChannel(reader, calendars, name, channel, memberPath(at, name))),
  )
  return {
    key,
    family,
    version,
    path,
    label: own('label', text),
    parent,
    without: (without ?? []).filter((name) => name !== undefined),
    sla: own('sla', text),
    anchor: own('anchor', (given, at) => reader.word(given, at, ANCHORS)),
    channels: (channels ?? []).filter((channel) => channel !== undefined),
  }
}

/** Reads all packages in the order they are written. */
export const readPackages = (
  reader: EntitlementsReader,
  calendars: readonly string[],
  definition: UnknownRecord,
): readonly ReadPackage[] => {
  const value = reader.required(definition, 'packages', '')
  if (value === undefined) return []
  const entries = reader.entries(value, 'packages', MOST_PACKAGES)
  const found = entries.flatMap(([key, each]) => readPackage(reader, calendars, key, each) ?? [])
  if (entries.length === 0 && reader.issues.length === 0)
    reader.badValue(value, 'packages', 'at least one package')
  const seen = new Map<string, string>()
  for (const { key, family, version, path } of found) {
    const name = `${family}@${version}`
    const first = seen.get(name)
    if (first !== undefined) reader.report({ code: 'same-version', path, given: key.slice(0, 80), first })
    seen.set(name, key)
  }
  return found
}

/** Packages by their exact names, and where there is none of a name, by the newest version of it. */
const byName = (packages: readonly ReadPackage[]): ReadonlyMap<string, ReadPackage> => {
  const found = new Map<string, ReadPackage>()
  for (const each of packages) {
    const known = found.get(each.family)
    if (known === undefined || each.version > known.version) found.set(each.family, each)
  }
  for (const each of packages) found.set(each.key, each)
  return found
}

/** What a package has once inheritance is worked out. */
interface Whole {
  readonly channels: ReadonlyMap<string, ReadChannel>
  readonly sla: string | undefined
  readonly anchor: Anchor | undefined
}

const NOTHING: Whole = { channels: new Map(), sla: undefined, anchor: undefined }

/** Works inheritance out: the rows of each package, in the order of the packages. */
export const inherit = (
  reader: EntitlementsReader,
  packages: readonly ReadPackage[],
): readonly (readonly ChannelRow[])[] => {
  const done = new Map<ReadPackage, Whole>()
  const named = byName(packages)
  const trail = new Set<ReadPackage>()
  let room = MOST_ROWS

  const parentOf = (child: ReadPackage): Whole => {
    if (child.parent === undefined) return NOTHING
    const path = memberPath(child.path, 'extends')
    const parent = named.get(child.parent)
    if (parent === undefined) {
      const near = reader.suggest(
        child.parent,
        packages.map(({ key }) => key),
      )
      reader.report({ code: 'unknown-package', path, given: child.parent.slice(0, 80), nearest: near })
      return NOTHING
    }
    if (!trail.has(parent)) return wholeOf(parent)
    const through = [...trail].slice(0, 20).map(({ key }) => key)
    reader.report({ code: 'circular-extends', path, through })
    return NOTHING
  }

  const wholeOf = (each: ReadPackage): Whole => {
    const known = done.get(each)
    if (known !== undefined) return known
    trail.add(each)
    const parent = parentOf(each)
    trail.delete(each)
    const channels = new Map(parent.channels)
    each.without.forEach((name, i) => {
      if (channels.delete(name)) return
      const path = memberPath(memberPath(each.path, 'without'), i)
      const near = reader.suggest(name, parent.channels.keys())
      reader.report({ code: 'unknown-channel', path, given: name.slice(0, 80), nearest: near })
    })
    for (const channel of each.channels) channels.set(channel.channel, channel)
    room -= channels.size
    if (room < 0) channels.clear()
    const whole = { channels, sla: each.sla ?? parent.sla, anchor: each.anchor ?? parent.anchor }
    done.set(each, whole)
    return whole
  }

  const rows = packages.map((each) => {
    const { channels, sla, anchor } = wholeOf(each)
    return [...channels.values()].map(
      (channel): ChannelRow => ({
        ...channel,
        anchored: (channel.anchor ?? anchor) === 'contract' ? 1 : 0,
        sla: channel.sla ?? sla ?? null,
      }),
    )
  })
  if (room < 0)
    reader.report({ code: 'too-large', path: 'packages', what: 'channels in all', limit: MOST_ROWS })
  return rows
}
