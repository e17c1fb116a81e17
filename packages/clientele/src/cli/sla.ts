// `clientele sla`: a log of events in, every moment of every clock out.

import {
  type Either,
  formatInstant,
  type Instant,
  isLeft,
  LAST_INSTANT,
  left,
  type NonEmptyArray,
  parseInstant,
  right,
  type UnknownRecord,
} from '@clientele/core'
import * as Sla from '@clientele/sla'
import { readJson } from './file.js'
import type { Answer } from './format.js'
import type { Io } from './io.js'
import { LineReader } from './read-line.js'
import {
  type Engine,
  type LineVerb,
  type lineError,
  type Opened,
  type Session,
  type SessionOptions,
  type ToldIssue,
  told,
} from './verb.js'

const printed = (at: Instant | null): string | null => (at === null ? null : formatInstant(at))

const momentLine = ({ subject, clock, at, moment, due, ...rest }: Sla.Moment): Answer => ({
  subject,
  clock,
  at: formatInstant(at),
  moment,
  due: printed(due),
  ...rest,
})

const endingLine = (ending: Sla.Ending | null): Answer | null =>
  ending === null ? null : { ...ending, at: formatInstant(ending.at), due: printed(ending.due) }

/** A clock that would end otherwise: how it ends now, and how under the other policy. */
const flipLine = ({ subject, clock, cycle, from, to }: Sla.Flip): Answer => ({
  subject,
  clock,
  cycle,
  from: endingLine(from),
  to: endingLine(to),
})

const keyOf = (subject: Sla.Subject): string =>
  typeof subject === 'string' ? subject : `${subject.type ?? ''}\u0000${subject.id}`

/** Lines by subject, kept only when somebody asks why. */
const memory = (): {
  readonly keep: (line: UnknownRecord) => void
  readonly of: (subject: Sla.Subject) => Sla.EventLine[]
} => {
  const lines = new Map<string, Sla.EventLine[]>()
  return {
    keep: (line) => {
      const event = line as unknown as Sla.EventLine
      const key = keyOf(event.subject)
      const known = lines.get(key)
      if (known === undefined) lines.set(key, [event])
      else known.push(event)
    },
    of: (subject) => lines.get(keyOf(subject)) ?? [],
  }
}

/** The same words for a bad instant as every other verb has. */
const wrongInstant = (line: UnknownRecord): ReturnType<typeof lineError> | undefined => {
  if (typeof line['at'] !== 'string') return undefined
  const reader = new LineReader(line)
  reader.instant('at')
  return reader.failure
}

/** Takes lines into a log; refuses bad ones in their place. */
const collect = (
  table: Sla.Table,
  until: Instant | undefined,
  options: SessionOptions,
  other: Sla.Table | undefined,
): Session => {
  const log = Sla.createLog()
  const kept = memory()
  const span = until === undefined ? {} : { until }
  return {
    answer: (line) => {
      const wrong = wrongInstant(line)
      if (wrong !== undefined) return [wrong]
      const error = Sla.append(log, line, table.vocabulary)
      if (error !== undefined) return [{ error }]
      if (options.explain) kept.keep(line)
      return []
    },
    end: function* () {
      const why = (policy: Sla.Table, subject: Sla.Subject, clock: string, at: Instant): Answer =>
        options.explain ? { ledger: Sla.explain(policy, kept.of(subject), clock, at).ledger } : {}
      if (other === undefined) {
        for (const moment of Sla.replay(table, log, span)) {
          yield { ...momentLine(moment), ...why(table, moment.subject, moment.clock, moment.at) }
        }
        return
      }
      for (const flip of Sla.whatIf(table, other, log, span)) {
        const { subject, clock, from, to } = flip
        const [policy, at] = to === null ? [table, from?.at ?? 0] : [other, to.at]
        yield { ...flipLine(flip), ...why(policy, subject, clock, at) }
      }
    },
  }
}

const issue = (code: string, message: string, path = ''): NonEmptyArray<ToldIssue> => [
  { code, path, message },
]

const untilOf = (text: string | undefined): Either<NonEmptyArray<ToldIssue>, Instant | undefined> => {
  if (text === undefined) return right(undefined)
  const until = parseInstant(text)
  if (until !== undefined && until >= 0 && until < LAST_INSTANT) return right(until)
  return left(
    issue('bad-value', `--until is "${text}", expected an instant such as "2026-03-02T09:00:00Z"`, '--until'),
  )
}

const compiled = (definition: unknown): Either<NonEmptyArray<ToldIssue>, Sla.Table> => {
  const result = Sla.compile(definition)
  return isLeft(result) ? left(told(result.left, Sla.message)) : result
}

const otherPolicy = async (
  file: string | undefined,
  io: Io,
): Promise<Either<NonEmptyArray<ToldIssue>, Sla.Table | undefined>> => {
  if (file === undefined) return right(undefined)
  const read = await readJson(io, file)
  return isLeft(read) ? left([read.left]) : compiled(read.right)
}

const open: LineVerb['open'] = async (definition, values, io) => {
  const table = compiled(definition)
  if (isLeft(table)) return table
  const until = untilOf(values['until'])
  if (isLeft(until)) return until
  const other = await otherPolicy(values['whatIf'], io)
  if (isLeft(other)) return other
  const opened: Opened = {
    bytes: Sla.toBytes(table.right).length,
    start: (options) => {
      const own = untilOf(options.values['until'])
      return collect(
        table.right,
        isLeft(own) ? until.right : (own.right ?? until.right),
        options,
        other.right,
      )
    },
  }
  return right(opened)
}

const POLICY = {
  clocks: [
    {
      id: 'first-response',
      start: { on: 'created' },
      stop: { on: 'replied' },
      targets: [{ within: 'PT1H' }],
    },
  ],
}

const CREATED = '{"subject":"INC1","at":"2026-03-02T09:00:00Z","event":"created"}'
const REPLIED = '{"subject":"INC1","at":"2026-03-02T09:40:00Z","event":"replied"}'

const replay: LineVerb = {
  kind: 'lines',
  name: 'replay',
  about:
    'replay a log of events: prints every moment of every clock, in order of time; errors of input come first',
  definition: { name: 'policy.json', need: 'required' },
  options: [
    { flags: '--until <instant>', about: 'let time pass beyond the last event, up to this instant' },
    {
      flags: '--what-if <other-policy.json>',
      about: 'print only the clocks that would end otherwise under another policy',
    },
  ],
  example: {
    files: { 'policy.json': POLICY },
    command: 'sla replay policy.json',
    input: [CREATED, REPLIED],
    prints: [
      '{"subject":"INC1","clock":"first-response","at":"2026-03-02T09:00:00Z","moment":"started","due":"2026-03-02T10:00:00Z","elapsedMs":0,"remainingMs":3600000,"target":"targets[0]"}',
      '{"subject":"INC1","clock":"first-response","at":"2026-03-02T09:40:00Z","moment":"met","due":"2026-03-02T10:00:00Z","elapsedMs":2400000,"remainingMs":1200000,"target":"targets[0]"}',
    ],
  },
  speaks: 'at-end',
  open,
}

/** The clocks' verbs. */
export const SLA: Engine = {
  name: 'sla',
  about: 'clocks on business time: targets, pauses, warnings, breaches',
  verbs: [replay],
  main: replay,
  testExample: {
    files: {
      'policy.json': POLICY,
      'cases.ndjson': `{"given":[${CREATED},${REPLIED}],"expect":{"moment":"met","elapsedMs":2400000}}`,
    },
    command: 'sla test policy.json cases.ndjson',
    prints: ['{"passed":1,"failed":0}'],
  },
}
