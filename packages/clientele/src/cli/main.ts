// The command `clientele`: options and help, made from the descriptions of the engines.

import { isLeft, nearest } from '@clientele/core'
import { Command, CommanderError, Option } from 'commander'
import about from '../../package.json' with { type: 'json' }
import { runBench } from './bench-verb.js'
import { CALENDAR } from './calendar.js'
import { CONDITION } from './condition.js'
import { CONTACT } from './contact.js'
import { DEMO } from './demo/index.js'
import { ENTITLEMENTS } from './entitlements.js'
import { readJson } from './file.js'
import { FORMATS, type Format } from './format.js'
import { showExample } from './help.js'
import { complain, INTERRUPTED, type Io, OK, REFUSED } from './io.js'
import { runLines } from './run-lines.js'
import { ReaderGone } from './sink.js'
import { SLA } from './sla.js'
import { runTest } from './test-verb.js'
import type { Engine, Example, FreeVerb, LineVerb, SessionOptions } from './verb.js'

/** The engines the command knows; a new engine adds its line here. */
export const ENGINES: readonly Engine[] = [CONDITION, CALENDAR, SLA, CONTACT, ENTITLEMENTS]

type Values = SessionOptions['values'] & { readonly explain?: string }

interface Shared {
  readonly in?: string
  readonly out?: string
  readonly explain?: true
  readonly format?: Format
}

const DEFAULTS = { format: 'ndjson' } as const

const addOptions = (command: Command, verb: LineVerb | FreeVerb): Command => {
  for (const { flags, about, choices, need } of verb.options) {
    const option = new Option(flags, about)
    if (choices !== undefined) option.choices([...choices])
    if (need === 'required') option.makeOptionMandatory()
    command.addOption(option)
  }
  return command
}

const sharedOptions = (command: Command): Command =>
  command
    .option('--in <file>', 'read lines from a file instead of standard input')
    .option('--out <file>', 'write to a file instead of standard output; it appears when whole')
    .option('--explain', 'add the ledger, which says why')
    .addOption(
      new Option('--format <format>', 'how answers are printed')
        .choices([...FORMATS])
        .default(DEFAULTS.format),
    )

/** Reads and compiles the definition of a verb; prints what is wrong with it. */
const definitionOf = async (
  file: string | undefined,
  io: Io,
): Promise<{ readonly value: unknown } | undefined> => {
  if (file === undefined) return { value: undefined }
  const read = await readJson(io, file)
  if (!isLeft(read)) return { value: read.right }
  complain(io, JSON.stringify(read.left))
  return undefined
}

const runLineVerb = async (
  verb: LineVerb,
  file: string | undefined,
  options: Shared & Values,
  io: Io,
): Promise<number> => {
  const definition = await definitionOf(file, io)
  if (definition === undefined) return REFUSED
  const opened = await verb.open(definition.value, options, io)
  if (isLeft(opened)) {
    for (const issue of opened.left) complain(io, JSON.stringify(issue))
    return REFUSED
  }
  const session = opened.right.start({ explain: options.explain === true, values: options })
  return runLines(
    session,
    { in: options.in, out: options.out, format: options.format ?? DEFAULTS.format },
    io,
  )
}

const argumentOf = (verb: LineVerb): string =>
  verb.definition === undefined
    ? ''
    : verb.definition.need === 'required'
      ? ` <${verb.definition.name}>`
      : ` [${verb.definition.name}]`

/** Runs the command line and gives the exit code; never throws for bad data. */
export const main = async (argv: readonly string[], io: Io): Promise<number> => {
  let code = OK
  const program = new Command('clientele')
  const style = (command: Command): Command =>
    command
      .exitOverride()
      .showHelpAfterError('(add --help for a working example)')
      .allowExcessArguments(false)
      .configureOutput({
        writeOut: (text) => io.stdout.write(text),
        writeErr: (text) => io.stderr.write(text),
        getOutHelpWidth: () => io.stdout.columns ?? 100,
        getErrHelpWidth: () => io.stderr.columns ?? 100,
      })
  style(program)
    .description(
      'The rules of good customer service, from the command line: NDJSON in, answers with their reasons out.',
    )
    .usage('<package> <verb> [definition.json] [--in FILE] [--out FILE] [--explain]')
    .version(about.version, '-V, --version', 'print the version')
    .addHelpText('after', () => `${showExample(CALENDAR.main.example)}\n${HOW}`)

  const addLineVerb = (parent: Command, verb: LineVerb): void => {
    const command = style(parent.command(`${verb.name}${argumentOf(verb)}`)).description(verb.about)
    addOptions(sharedOptions(command), verb).addHelpText('after', () => showExample(verb.example))
    command.action(async (...given: unknown[]) => {
      const file = verb.definition === undefined ? undefined : (given[0] as string | undefined)
      code = await runLineVerb(verb, file, command.opts<Shared & Values>(), io)
    })
  }
  const addFreeVerb = (parent: Command, verb: FreeVerb): void => {
    const name = verb.arguments === '' ? verb.name : `${verb.name} ${verb.arguments}`
    const command = addOptions(style(parent.command(name)).description(verb.about), verb)
    command.addHelpText('after', () => showExample(verb.example))
    command.action(async () => {
      code = await verb.run(command.args, command.opts<Values>(), io)
    })
  }
  for (const engine of ENGINES) {
    const group = style(program.command(engine.name)).description(engine.about)
    group.addHelpText('after', () => showExample(engine.main.example))
    for (const verb of engine.verbs)
      verb.kind === 'lines' ? addLineVerb(group, verb) : addFreeVerb(group, verb)
    addTest(style(group.command('test')), engine, io, (result) => {
      code = result
    })
  }
  addBench(style(program.command('bench')), io, (result) => {
    code = result
  })
  addFreeVerb(program, DEMO)
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return io.signal.aborted ? INTERRUPTED : code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? OK : REFUSED
    if (io.signal.aborted) return INTERRUPTED
    if (error instanceof ReaderGone) return code
    complain(io, `clientele: ${error instanceof Error ? error.message : String(error)}`)
    return REFUSED
  }
}

const HOW = `Input and output are NDJSON: one line out for each line in, in order. Exit code 0: all good;
1: some lines were bad, or a test differed; 2: a definition did not compile, or a file could not be used.
Blank lines are passed over.

Start with \`clientele demo\`; every verb has --help with an example that works.
`

const addTest = (command: Command, engine: Engine, io: Io, done: (code: number) => void): void => {
  const { main: verb } = engine
  const needs = verb.definition?.need === 'required'
  command
    .description(
      `check cases against a ${verb.definition?.name ?? 'definition.json'}; prints what differs, with the ledger`,
    )
    .argument('<files...>', needs ? 'definition.json cases.ndjson' : '[definition.json] cases.ndjson')
    .option('--out <file>', 'write the report to a file')
    .addOption(
      new Option('--format <format>', 'how it is printed').choices([...FORMATS]).default(DEFAULTS.format),
    )
    .addHelpText('after', () => showExample(engine.testExample))
    .action(async (files: readonly string[]) => {
      const options = command.opts<Shared>()
      const [first, second] = files
      if (files.length > 2 || (needs && second === undefined)) {
        command.error(
          `error: expected ${needs ? 'definition.json and cases.ndjson' : '[definition.json] cases.ndjson'}`,
        )
      }
      const definition = await definitionOf(second === undefined ? undefined : first, io)
      if (definition === undefined) return done(REFUSED)
      const files_ = { definition: definition.value, cases: second ?? first, out: options.out }
      done(await runTest(verb, files_, options.format ?? DEFAULTS.format, io))
    })
}

export const BENCH_EXAMPLE: Example = {
  files: {
    'calendar.json': { timeZone: 'Europe/Moscow', week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'] } },
    'queries.ndjson': '{"op":"add","at":"2026-03-02T09:00:00Z","by":"PT8H"}',
  },
  command: 'bench calendar calendar.json --in queries.ndjson --out before.json',
}

const addBench = (command: Command, io: Io, done: (code: number) => void): void => {
  command
    .description('time your own definition on your own lines: rate, p50, p99, bytes, hash of the answers')
    .argument('<package>', `one of ${ENGINES.map((engine) => engine.name).join(', ')}`)
    .argument('[definition.json]')
    .requiredOption('--in <file>', 'the lines to answer')
    .option('--out <file>', 'save the figures as JSON')
    .option('--against <saved.json>', 'compare with figures saved before; exit 1 when answers changed')
    .addHelpText('after', () => showExample(BENCH_EXAMPLE))
    .action(async (name: string, file: string | undefined) => {
      const options = command.opts<{ in: string; out?: string; against?: string }>()
      const engine = ENGINES.find((one) => one.name === name)
      if (engine === undefined) {
        const names = ENGINES.map((one) => one.name)
        const near = nearest(name, names)
        const hint = near === undefined ? `there are ${names.join(', ')}` : `did you mean '${near}'?`
        return void command.error(`error: unknown package '${name}'; ${hint}`)
      }
      const { definition: needed } = engine.main
      if (file === undefined && needed?.need === 'required')
        return void command.error(`error: missing required argument '${needed.name}'`)
      const definition = await definitionOf(file, io)
      if (definition === undefined) return done(REFUSED)
      const files = {
        definition: definition.value,
        in: options.in,
        out: options.out,
        against: options.against,
      }
      done(await runBench(engine.main, files, io))
    })
}
