// What a verb is. Each engine describes its verbs in one file; the command line, the help, `test` and `bench` are made
// from the descriptions.

import type { Either, Issue, NonEmptyArray, UnknownRecord } from '@clientele/core'
import type { Answer } from './format.js'
import type { Io } from './io.js'

/** What is wrong with one input line; printed in place of its answer. */
export interface LineError {
  readonly code: string
  readonly message: string
  /** Where in the line, e.g. `pauses[0][1]`; the empty string is the whole of it. */
  readonly path: string
}

/** The answer to a bad line. */
export const lineError = (code: string, message: string, path = ''): { readonly error: LineError } => ({
  error: { code, message, path },
})

/** An issue with its sentence, as it is printed on standard error. */
export type ToldIssue = Issue & { readonly message: string }

/** Issues with their sentences. */
export const told = <I extends Issue>(
  issues: NonEmptyArray<I>,
  message: (issue: I) => string,
): NonEmptyArray<ToldIssue> => {
  const [first, ...rest] = issues
  const tell = (issue: I): ToldIssue => ({ ...issue, message: message(issue) })
  return [tell(first), ...rest.map(tell)]
}

/** What the answers should carry. */
export interface SessionOptions {
  readonly explain: boolean
  /** Values of the verb's own options, by their long names in camel case. */
  readonly values: { readonly [name: string]: string | undefined }
}

/** One run over one input. Stateless verbs answer each line at once, replays speak at the end. */
export interface Session {
  /** The answers this line completes; most verbs give exactly one. */
  readonly answer: (line: UnknownRecord) => readonly Answer[]
  /** What remains to be said when the input ends. */
  readonly end: () => Iterable<Answer>
}

/** A definition ready to run. */
export interface Opened {
  readonly start: (options: SessionOptions) => Session
  /** The size of the compiled table; `undefined` when the verb has none. */
  readonly bytes: number | undefined
}

/** An option of one verb. */
export interface VerbOption {
  readonly flags: string
  readonly about: string
  readonly choices?: readonly string[]
  readonly need?: 'required'
}

/** A run that shows the verb at work: printed by `--help`, executed by the tests. */
export interface Example {
  readonly files?: { readonly [name: string]: unknown }
  readonly command: string
  readonly input?: readonly string[]
  /** What it prints; absent where that differs from machine to machine. */
  readonly prints?: readonly string[]
  /** What it tells on standard error; nothing when absent. */
  readonly warns?: readonly string[]
}

/** A verb that reads lines and prints answers. */
export interface LineVerb {
  readonly kind: 'lines'
  readonly name: string
  readonly about: string
  /** Whether the verb takes a definition, and what kind. */
  readonly definition: { readonly name: string; readonly need: 'required' | 'optional' } | undefined
  readonly options: readonly VerbOption[]
  readonly example: Example
  /** Compiles the definition; `values` are the verb's own options. */
  readonly open: (
    definition: unknown,
    values: SessionOptions['values'],
    io: Io,
  ) => Promise<Either<NonEmptyArray<ToldIssue>, Opened>>
  /** How a test case's answers are compared: with the answer to its last line, or with everything it said. */
  readonly speaks: 'by-line' | 'at-end'
}

/** A verb that does its work in its own way. */
export interface FreeVerb {
  readonly kind: 'free'
  readonly name: string
  readonly about: string
  readonly arguments: string
  readonly options: readonly VerbOption[]
  readonly example: Example
  readonly run: (args: readonly string[], values: SessionOptions['values'], io: Io) => Promise<number>
}

export type Verb = LineVerb | FreeVerb

/** An engine as the command line sees it. */
export interface Engine {
  readonly name: string
  readonly about: string
  readonly verbs: readonly Verb[]
  /** The verb behind `test` and `bench`. */
  readonly main: LineVerb
  /** A case file that passes, shown by the help of `test`. */
  readonly testExample: Example
}
