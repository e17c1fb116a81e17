// `clientele <package> test definition.json cases.ndjson`: cases kept beside a definition, checked like code.

import { isLeft, type UnknownRecord } from '@clientele/core'
import { type Difference, differences } from './compare.js'
import { openSource } from './file.js'
import { type Answer, asPrinted, type Format, formatter } from './format.js'
import { complain, type Io, OK, REFUSED, SOME_FAILED } from './io.js'
import { type Line, splitter } from './lines.js'
import { parseLine } from './run-lines.js'
import { openSink } from './sink.js'
import { type LineVerb, lineError, type Opened } from './verb.js'

/** A case that reads as it should. */
interface Case {
  readonly label: unknown
  readonly lines: readonly UnknownRecord[]
  readonly expect: unknown
  readonly values: { readonly [name: string]: string | undefined }
}

const isRecord = (value: unknown): value is UnknownRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const toCase = (line: UnknownRecord): Case | ReturnType<typeof lineError> => {
  const { given, expect, label, ...rest } = line
  if (expect === undefined) return lineError('missing-key', 'the key "expect" is missing', 'expect')
  const strings = Object.entries(line).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const values = given === undefined ? {} : Object.fromEntries(strings)
  if (given === undefined) return { label, lines: [rest], expect, values }
  if (!Array.isArray(given) || !given.every(isRecord)) {
    return lineError('wrong-type', 'expected a list of input lines', 'given')
  }
  return { label, lines: given, expect, values }
}

const explained = { explain: true } as const
const plain = { explain: false } as const

const answersOf = (
  opened: Opened,
  { lines, values }: Case,
  how: { readonly explain: boolean },
): readonly Answer[] => {
  const session = opened.start({ ...how, values })
  return [...lines.flatMap((line) => [...session.answer(line)]), ...session.end()]
}

/** A list is the whole of what was said; an object is the last answer, or of a replay the moment it fits best. */
const compare = (
  verb: LineVerb,
  expect: unknown,
  answers: readonly Answer[],
): { readonly found: readonly Difference[]; readonly about: readonly Answer[] } => {
  if (Array.isArray(expect)) return { found: differences(expect, answers.map(asPrinted)), about: answers }
  if (verb.speaks === 'by-line' || answers.length === 0) {
    const last = answers.at(-1)
    return last === undefined
      ? { found: differences(expect, undefined), about: [] }
      : { found: differences(expect, asPrinted(last)), about: [last] }
  }
  const tried = answers.map((answer) => ({ found: differences(expect, asPrinted(answer)), about: [answer] }))
  return tried.reduce((best, next) => (next.found.length < best.found.length ? next : best))
}

/** The report of one case, `undefined` when it passes. */
const runCase = (verb: LineVerb, opened: Opened, line: Line): Answer | undefined => {
  const parsed = parseLine(line)
  if ('error' in parsed) return { line: line.number, ...parsed }
  const read = toCase(parsed.value)
  if ('error' in read) return { line: line.number, ...read }
  const asksLedger = isRecord(read.expect) && 'ledger' in read.expect
  const { found } = compare(verb, read.expect, answersOf(opened, read, asksLedger ? explained : plain))
  if (found.length === 0) return undefined
  // only a difference is worth an explanation
  const { about } = compare(verb, read.expect, answersOf(opened, read, explained))
  const ledgers = about.flatMap((answer) => (answer['ledger'] === undefined ? [] : [answer['ledger']]))
  return {
    line: line.number,
    ...(read.label === undefined ? {} : { label: read.label }),
    differences: found,
    answer: about.length === 1 ? withoutLedger(about[0]!) : about.map(withoutLedger),
    ...(ledgers.length === 0 ? {} : { ledger: ledgers.length === 1 ? ledgers[0] : ledgers }),
  }
}

const withoutLedger = ({ ledger: _, ...rest }: Answer): Answer => rest

/** Runs all cases; prints what differs, then `{"passed","failed"}`. */
export const runTest = async (
  verb: LineVerb,
  files: {
    readonly definition: unknown
    readonly cases: string | undefined
    readonly out: string | undefined
  },
  format: Format,
  io: Io,
): Promise<number> => {
  const opened = await verb.open(files.definition, {}, io)
  if (isLeft(opened)) {
    for (const issue of opened.left) complain(io, JSON.stringify(issue))
    return REFUSED
  }
  const source = await openSource(io, files.cases)
  if (isLeft(source)) {
    complain(io, JSON.stringify(source.left))
    return REFUSED
  }
  const sink = await openSink(io, files.out)
  if (isLeft(sink)) {
    complain(io, JSON.stringify(sink.left))
    return REFUSED
  }
  const text = formatter(format)
  const split = splitter()
  let passed = 0
  let failed = 0
  const run = (lines: readonly Line[]): string =>
    lines
      .map((line) => {
        const report = runCase(verb, opened.right, line)
        if (report === undefined) passed += 1
        else failed += 1
        return report === undefined ? '' : text.add(report)
      })
      .join('')
  try {
    for await (const chunk of source.right.stream as AsyncIterable<Uint8Array | string>) {
      io.signal.throwIfAborted()
      const piece = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      await sink.right.write(run(split.push(piece)))
    }
    const rest = run(split.end())
    await sink.right.write(rest + text.add({ passed, failed }) + text.end())
    await sink.right.close()
  } catch (error) {
    await sink.right.abandon()
    throw error
  }
  return failed === 0 && passed > 0 ? OK : SOME_FAILED
}
