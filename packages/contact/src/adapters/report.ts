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
/** The greatest limit that is read. */
export const MOST_TOUCHES = 1_000_000

/** Collects issues and notes while settings are read. */
export class Source extends Reader {
  readonly notes: string[] = []

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

  /** An own member that must be a whole number. */
  countAt(record: UnknownRecord, key: string, path: string, from: number, to: number): number | undefined {
    const value = this.required(record, key, path)
    return value === undefined ? undefined : this.integer(value, memberPath(path, key), from, to)
  }

  /** An own member that must be a list of words, at least one. */
  wordsAt<W extends string>(
    record: UnknownRecord,
    key: string,
    path: string,
    words: readonly W[],
  ): readonly W[] {
    const at = memberPath(path, key)
    const given = this.list(this.required(record, key, path) ?? [], at, MOST_RULES)
    const found = given.map((each, i) => this.word(each, memberPath(at, i), words))
    return [...new Set(found.filter((word) => word !== undefined))]
  }

  /** The outcome: the issues if there are any. */
  result(definition: Definition): AdapterResult {
    const [first, ...rest] = this.issues
    return first === undefined ? right({ definition, notes: this.notes }) : left([first, ...rest])
  }
}
