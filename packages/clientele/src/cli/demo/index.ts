// `clientele demo`, the main job: a desk through the engines, and what its manager would want to see.

import { join } from 'node:path'
import { formatInstant, isLeft, nearestZone, type Zone, zoneOf } from '@clientele/core'
import * as Sla from '@clientele/sla'
import { makeFolder, readJson, writeWhole } from '../file.js'
import { printedLedger } from '../format.js'
import { complain, INTERRUPTED, type Io, OK, REFUSED } from '../io.js'
import { progress } from '../progress.js'
import { type FreeVerb, told } from '../verb.js'
import { pairsOf } from './agreement.js'
import { sendMessages } from './contact-run.js'
import { messagesPart } from './contact-section.js'
import { imagineDesk, type Log } from './desk.js'
import { deskReport, deskSummary } from './desk-report.js'
import { DESK_POLICY } from './desk-policy.js'
import { ASSUMED, incidentLog, incidentPolicy } from './incident-log.js'
import { study } from './incident-study.js'
import { incidentsReport, incidentsSummary } from './incidents-report.js'
import { readIncidents } from './incidents.js'
import { DESK_PHASES, INCIDENT_PHASES } from './phases.js'
import { type Breach, breachesOf, type Replayed, replayLog } from './replayed.js'

type Values = { readonly [name: string]: string | undefined }

/** Why a run cannot begin: lines of JSON on standard error. */
class Refused {
  readonly issues: readonly object[]
  constructor(issues: readonly object[]) {
    this.issues = issues
  }
}

const refused = (code: string, option: string, message: string): Refused =>
  new Refused([{ code, path: option, message }])

const integer = (text: string, name: string, from: number, to: number): number | Refused => {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (value >= from && value <= to) return value
  return refused('bad-value', name, `${name} is "${text}", expected a whole number from ${from} to ${to}`)
}

const zoneNamed = (name: string): Zone | Refused => {
  const zone = zoneOf(name)
  if (zone !== undefined) return zone
  const near = nearestZone(name)
  const hint = near === undefined ? '' : `; did you mean "${near}"?`
  return refused('unknown-zone', '--zone', `"${name}" is not a known IANA time zone${hint}`)
}

interface Policy {
  readonly definition: Sla.Definition
  readonly table: Sla.Table
}

const policyOf = async (
  io: Io,
  file: string | undefined,
  fallback: Sla.Definition,
): Promise<Policy | Refused> => {
  const read = file === undefined ? undefined : await readJson(io, file)
  if (read !== undefined && isLeft(read)) return new Refused([read.left])
  const definition = read === undefined ? fallback : (read.right as Sla.Definition)
  const compiled = Sla.compile(definition)
  return isLeft(compiled)
    ? new Refused(told(compiled.left, Sla.message))
    : { definition, table: compiled.right }
}

const asLines = (items: readonly object[]): string =>
  items.map((item) => `${JSON.stringify(item)}\n`).join('')

const momentLines = ({ moments }: Replayed): string =>
  asLines(
    moments.map((moment) => ({
      ...moment,
      at: formatInstant(moment.at),
      due: moment.due === null ? null : formatInstant(moment.due),
    })),
  )

const breachLines = (breaches: readonly Breach[]): string =>
  asLines(
    breaches.map(({ outcome, reason, ledger }) => ({
      subject: outcome.subject,
      clock: outcome.clock,
      ending: outcome.ending,
      due: outcome.due === null ? null : formatInstant(outcome.due),
      elapsedMs: outcome.elapsedMs,
      overMs: 0 - outcome.remainingMs,
      reason,
      ledger: printedLedger(ledger),
    })),
  )

/** Everything a run leaves in its folder. */
const save = async (
  io: Io,
  folder: string,
  files: { readonly [name: string]: string },
): Promise<Refused | undefined> => {
  const made = await makeFolder(io, folder)
  if (isLeft(made)) return new Refused([made.left])
  for (const [name, text] of Object.entries(files)) {
    io.signal.throwIfAborted()
    const written = await writeWhole(io, join(folder, name), text)
    if (isLeft(written)) return new Refused([written.left])
  }
  return undefined
}

const common = (replayed: Replayed, policy: Policy, log: Log, breaches: readonly Breach[]) => ({
  'policy.json': `${JSON.stringify(policy.definition, undefined, 2)}\n`,
  'events.ndjson': asLines(log.events),
  'moments.ndjson': momentLines(replayed),
  'breaches.ndjson': breachLines(breaches),
})

/** The work between reading and writing, in three steps; between them Ctrl-C is heard. */
const steps = (io: Io): (() => Promise<void>) => {
  const bar = progress(io, 'working', 3)
  let done = 0
  return async () => {
    bar.advance(1)
    if (++done === 3) bar.stop()
    await new Promise<void>((resolve) => setImmediate(resolve))
    if (io.signal.aborted) bar.stop()
    io.signal.throwIfAborted()
  }
}

const runDesk = async (io: Io, values: Values): Promise<string | Refused> => {
  const seed = integer(values['seed'] ?? '1', '--seed', 0, 4_294_967_295)
  const tickets = integer(values['tickets'] ?? '4000', '--tickets', 1, 200_000)
  const zone = zoneNamed(values['zone'] ?? 'Europe/Moscow')
  const policy = await policyOf(io, values['policy'], DESK_POLICY)
  if (seed instanceof Refused) return seed
  if (tickets instanceof Refused) return tickets
  if (zone instanceof Refused) return zone
  if (policy instanceof Refused) return policy
  const step = steps(io)
  const log = imagineDesk({ seed, tickets })
  await step()
  const replayed = replayLog(policy.table, policy.definition, log, { phases: DESK_PHASES, zone })
  await step()
  const breaches = breachesOf(policy.table, replayed)
  await step()
  const folder = values['out'] ?? 'out/demo'
  const parts = [messagesPart(sendMessages(log, seed))]
  const report = deskReport(replayed, breaches, { seed, policyFile: values['policy'], parts })
  const files = Object.assign({}, ...parts.map((part) => part.files)) as { readonly [name: string]: string }
  const failed = await save(io, folder, {
    ...common(replayed, policy, log, breaches),
    ...files,
    'report.html': report,
  })
  const summaries = [deskSummary(replayed, breaches), ...parts.map(({ summary }) => summary)]
  const written = ['moments.ndjson', 'breaches.ndjson', 'events.ndjson', 'policy.json', ...Object.keys(files)]
  return failed ?? `${summaries.join('\n\n')}\n\nWritten to ${folder}: report.html, ${written.join(', ')}`
}

const runIncidents = async (io: Io, file: string, values: Values): Promise<string | Refused> => {
  const zone = zoneNamed(values['zone'] ?? 'UTC')
  if (zone instanceof Refused) return zone
  const read = await readIncidents(io, file, zone)
  if (isLeft(read)) return new Refused(read.left)
  const policy = await policyOf(io, values['policy'], incidentPolicy(ASSUMED, zone.name))
  if (policy instanceof Refused) return policy
  const incidents = read.right
  const step = steps(io)
  const log = incidentLog(incidents)
  await step()
  const replayed = replayLog(policy.table, policy.definition, log, { phases: INCIDENT_PHASES, zone })
  await step()
  const breaches = breachesOf(policy.table, replayed)
  await step()
  const run = {
    replayed,
    incidents,
    pairs: pairsOf(
      incidents,
      replayed.outcomes.filter(({ clock }) => clock === replayed.clocks[0]?.id),
    ),
    variants: study(incidents, log, zone.name),
    breaches,
    zone: { name: zone.name, from: values['zone'] === undefined ? 'assumed' : 'given' } as const,
    policyFile: values['policy'],
  }
  const folder = values['out'] ?? 'out/incidents'
  const comparison = run.pairs.map(({ incident, outcome, kept, flag }) => ({
    incident: incident.id,
    priority: incident.updates.at(-1)?.priority,
    kept,
    madeSla: flag,
    elapsedMs: outcome.elapsedMs,
    remainingMs: outcome.remainingMs,
  }))
  const files = {
    ...common(replayed, policy, log, breaches),
    'comparison.ndjson': asLines(comparison),
    'report.html': incidentsReport(run),
  }
  const failed = await save(io, folder, files)
  return (
    failed ??
    `${incidentsSummary(run)}\n\nWritten to ${folder}: report.html, comparison.ndjson, moments.ndjson, breaches.ndjson, events.ndjson, policy.json`
  )
}

const run: FreeVerb['run'] = async (_, values, io) => {
  const incidents = values['incidents']
  const result =
    incidents === undefined ? await runDesk(io, values) : await runIncidents(io, incidents, values)
  if (io.signal.aborted) return INTERRUPTED
  if (result instanceof Refused) {
    for (const issue of result.issues) complain(io, JSON.stringify(issue))
    return REFUSED
  }
  io.stdout.write(`${result}\n`)
  return OK
}

/** The main job. */
export const DEMO: FreeVerb = {
  kind: 'free',
  name: 'demo',
  about: 'replay a service desk, imagined or your own log, and report how it kept its promises',
  arguments: '',
  options: [
    { flags: '--incidents <file.csv>', about: 'a ServiceNow export instead of the imagined desk' },
    { flags: '--out <folder>', about: 'where the report goes (default: out/demo or out/incidents)' },
    { flags: '--seed <number>', about: 'of the imagined desk (default: 1)' },
    { flags: '--tickets <number>', about: 'of the imagined desk (default: 4000)' },
    {
      flags: '--zone <zone>',
      about: 'the wall clock of the log and the report (default: UTC for a log, Europe/Moscow for the desk)',
    },
    { flags: '--policy <file.json>', about: 'your own SLA policy instead of the built-in one' },
  ],
  example: { command: 'demo --tickets 400 --seed 2 --out out/small' },
  run,
}
