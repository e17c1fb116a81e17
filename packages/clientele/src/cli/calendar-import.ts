// `clientele calendar import`: hours and holidays kept elsewhere, as our JSON. What the other format says and ours cannot
// is told on standard error, so nothing is lost in silence.

import * as Calendar from '@clientele/calendar'
import {
  type ImporterName,
  type ImportIssue,
  type ImportNote,
  type ImportOptions,
  importers,
  importMessage,
} from '@clientele/calendar/import'
import { type Either, isLeft, left, right } from '@clientele/core'
import { readText } from './file.js'
import { complain, type Io, OK, REFUSED } from './io.js'
import { openSink } from './sink.js'
import { type FreeVerb, told } from './verb.js'

const NAMES = Object.keys(importers) as readonly ImporterName[]

/** One line of JSON on standard error. */
interface Told {
  readonly code: string
  readonly path: string
  readonly message: string
}

const tell = (issue: ImportIssue | ImportNote): Told & { readonly given: string } => ({
  code: issue.code,
  path: issue.path,
  given: issue.given,
  message: importMessage(issue),
})

const YEARS = /^(\d{4})-(\d{4})$/

const optionsOf = (values: { readonly [name: string]: string | undefined }): Either<Told, ImportOptions> => {
  const { zone, as, years } = values
  const span = years === undefined ? undefined : YEARS.exec(years)
  if (span === null) {
    const message = `--years is "${years}", expected a span such as 2024-2030`
    return left({ code: 'bad-value', path: '--years', message })
  }
  return right({
    ...(zone === undefined ? {} : { timeZone: zone }),
    ...(as === undefined ? {} : { as: as as 'holidays' | 'hours' }),
    ...(span === undefined ? {} : { years: [Number(span[1]), Number(span[2])] as const }),
  })
}

const run = async (
  args: readonly string[],
  values: { readonly [name: string]: string | undefined },
  io: Io,
): Promise<number> => {
  const refuse = (issues: readonly object[]): number => {
    for (const issue of issues) complain(io, JSON.stringify(issue))
    return REFUSED
  }
  const options = optionsOf(values)
  if (isLeft(options)) return refuse([options.left])
  const source = await readText(io, args[0] ?? values['in'])
  if (isLeft(source)) return refuse([source.left])
  const imported = importers[values['from'] as ImporterName](source.right, options.right)
  if (isLeft(imported)) return refuse(imported.left.map(tell))
  const { definition, notes } = imported.right
  const compiled = Calendar.compile(definition)
  if (isLeft(compiled)) return refuse(told(compiled.left, Calendar.message))
  for (const note of notes) complain(io, JSON.stringify(tell(note)))
  const sink = await openSink(io, values['out'])
  if (isLeft(sink)) return refuse([sink.left])
  const indent = values['format'] === 'ndjson' ? undefined : 2
  await sink.right.write(`${JSON.stringify(definition, undefined, indent)}\n`)
  await sink.right.close()
  return OK
}

/** Hours of other programs as our JSON. */
export const CALENDAR_IMPORT: FreeVerb = {
  kind: 'free',
  name: 'import',
  about:
    'print the hours and holidays of another format as our JSON; what it cannot say goes to standard error',
  arguments: '[file]',
  options: [
    { flags: '--from <format>', about: 'what the file is', choices: NAMES, need: 'required' },
    { flags: '--in <file>', about: 'the same as naming the file; standard input without either' },
    { flags: '--out <file>', about: 'write to a file instead of standard output' },
    { flags: '--zone <zone>', about: 'the time zone, where the file names none (default: UTC, with a note)' },
    {
      flags: '--as <meaning>',
      about: 'whether events of an iCalendar close or open',
      choices: ['holidays', 'hours'],
    },
    {
      flags: '--years <span>',
      about: 'in which yearly dates are written out where they must be, e.g. 2024-2030',
    },
    { flags: '--format <format>', about: 'json (default) or ndjson, one line', choices: ['json', 'ndjson'] },
  ],
  example: {
    files: { 'hours.txt': 'Mo-Fr 09:00-18:00; Sa 10:00-14:00' },
    command: 'calendar import --from osm --zone Europe/Moscow --format ndjson hours.txt',
    prints: [
      '{"timeZone":"Europe/Moscow","week":{"mon":["09:00-18:00"],"tue":["09:00-18:00"],"wed":["09:00-18:00"],"thu":["09:00-18:00"],"fri":["09:00-18:00"],"sat":["10:00-14:00"]}}',
    ],
  },
  run,
}
