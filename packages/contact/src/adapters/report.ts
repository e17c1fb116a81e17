// Reads the hostile settings of other programs: what is wrong is an issue, what is not carried over is a note. Keys that
// nobody here knows are noted, not refused: they are the other program's.

import {
  type Either,
  left,
  memberPath,
  type NonEmptyArray,
  Reader,
  right,
  type ShapeIssue,
  type UnknownRecord,
} from '@clientele/core'
import type { Definition } from '../model.js'

/** A policy, with what it does not say as its source does. @category definitions */
export interface Adapted {
  /** The policy. */
  readonly definition: Definition
  /** What was not carried over, or was approximated, in sentences. */
  readonly notes: readonly string[]
}

/** What an adapter answers; `shapeMessage` of core makes sentences of the issues. @category compile */
export type AdapterResult = Either<NonEmptyArray<ShapeIssue>, Adapted>

/** Reads the settings of another program, as parsed JSON. @category compile */
export type Adapter = (source: unknown) => AdapterResult

/** Most rules that are read; the products allow fewer. */
export const MOST_RULES = 200
const MOST_NOTES = 200
/** Most rules of a policy, and most calendars. */
const MOST_IN_POLICY = 1_000
const MOST_CALENDARS = 100
/** The greatest limit that is read. */
export const MOST_TOUCHES = 1_000_000

/** Collects issues and notes while settings are read. */
export class Source extends Reader {
  readonly notes: string[] = []
  readonly #taken = new Map<string, string>()

  /** An id that no other rule has. */
  claim(id: string, path: string): string {
    const first = this.#taken.get(id)
    if (first !== undefined) this.report({ code: 'duplicate-id', path, id: id.slice(0, 80), first })
    this.#taken.set(id, path)
    return id
  }

  /** Says what is not carried over; the same sentence once. */
  note(path: string, sentence: string): undefined {
    const text = path === '' ? sentence : `${path}: ${sentence}`
    if (this.notes.length < MOST_NOTES && !this.notes.includes(text)) this.notes.push(text)
    return undefined
  }

  /** An object of another program; keys that are not known are noted. */
  settings(value: unknown, path: string, known: readonly string[]): UnknownRecord | undefined {
    const own = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
    for (const key of own.slice(0, MOST_NOTES)) {
      if (!known.includes(key)) this.note(memberPath(path, key), 'is not read')
    }
    return this.object(value, path, own)
  }

  /** An own member that is a text, `undefined` when absent. */
  textAt(record: UnknownRecord, key: string, path: string): string | undefined {
    const value = this.member(record, key)
    return value === undefined ? undefined : this.text(value, memberPath(path, key))
  }

  /** An own member that is one of some words; the first when absent. */
  wordAt<W extends string>(
    record: UnknownRecord,
    key: string,
    path: string,
    words: readonly [W, ...W[]],
  ): W | undefined {
    const value = this.member(record, key)
    return value === undefined ? words[0] : this.word(value, memberPath(path, key), words)
  }

  /** Reads an own member that must be there. */
  needed<T>(
    record: UnknownRecord,
    key: string,
    path: string,
    read: (value: unknown, at: string) => T | undefined,
  ): T | undefined {
    const value = this.required(record, key, path)
    return value === undefined ? undefined : read(value, memberPath(path, key))
  }

  /** An own member that must be one of some words. */
  neededWord<W extends string>(
    record: UnknownRecord,
    key: string,
    path: string,
    words: readonly W[],
  ): W | undefined {
    return this.needed(record, key, path, (value, at) => this.word(value, at, words))
  }

  /** An own member that must be a whole number. */
  countAt(record: UnknownRecord, key: string, path: string, from: number, to: number): number | undefined {
    return this.needed(record, key, path, (value, at) => this.integer(value, at, from, to))
  }

  /** An own member that must be a list of words, at least one. */
  wordsAt<W extends string>(
    record: UnknownRecord,
    key: string,
    path: string,
    words: readonly W[],
  ): readonly W[] {
    const at = memberPath(path, key)
    const value = this.required(record, key, path)
    if (value === undefined) return []
    const given = this.list(value, at, MOST_RULES)
    if (Array.isArray(value) && value.length === 0)
      this.badValue(value, at, `at least one of ${words.join(', ')}`)
    const found = given.map((each, i) => this.word(each, memberPath(at, i), words))
    return [...new Set(found.filter((word) => word !== undefined))]
  }

  /** The outcome: the issues if there are any. */
  result(definition: Definition): AdapterResult {
    const { caps = [], quiet = [], calendars = {} } = definition
    const tooLarge = (what: string, count: number, limit: number): void => {
      if (count > limit) this.report({ code: 'too-large', path: '', what, limit })
    }
    tooLarge('rules', caps.length + quiet.length, MOST_IN_POLICY)
    tooLarge('quiet periods on dates', Object.keys(calendars).length, MOST_CALENDARS)
    const [first, ...rest] = this.issues
    return first === undefined ? right({ definition, notes: this.notes }) : left([first, ...rest])
  }
}
