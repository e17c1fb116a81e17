// Reads a ServiceNow export: one row an update, in the columns of the public incident log of the UCI repository
// (Amaral, Fantinato, Peres, 2018, CC BY 4.0). Streams; refuses a file it does not understand, naming line and column.

import {
  type Either,
  type Instant,
  left,
  nearest,
  parseLocal,
  right,
  toInstant,
  type Zone,
} from '@clientele/core'
import Papa from 'papaparse'
import { type FileIssue, openSource } from '../file.js'
import type { Io } from '../io.js'
import { progress } from '../progress.js'

/** One row of the log, less what is not used. */
export interface Update {
  readonly at: Instant
  readonly order: number
  readonly state: string
  readonly priority: string
  readonly group: string
  readonly reassignments: number
  readonly reopens: number
}

/** One incident, its updates in order of time. */
export interface Incident {
  readonly id: string
  readonly openedAt: Instant
  readonly updates: Update[]
  /** The desk's own word on its promise, as it stood last; `undefined` when the log has none. */
  madeSla: boolean | undefined
  /** Whether the log names an instant of resolution. */
  resolvedAt: Instant | undefined
}

const REQUIRED = ['number', 'incident_state', 'opened_at', 'sys_updated_at', 'priority'] as const
const USED = [
  ...REQUIRED,
  'made_sla',
  'sys_mod_count',
  'reassignment_count',
  'reopen_count',
  'assignment_group',
  'resolved_at',
] as const
type Column = (typeof USED)[number]

const MISSING = new Set(['', '?'])
const LOCAL = /^(\d{1,2})-(\d{1,2})-(\d{4}) (\d{1,2}):(\d{2})$/
/** After so many faults the rest of the file is not looked at. */
const MOST_ISSUES = 20

/** `29-02-2016 01:16` on the wall clock of a zone. */
const instantOf = (text: string, zone: Zone): Instant | undefined => {
  const match = LOCAL.exec(text)
  if (match === null) return undefined
  const [, day, month, year, hour, minute] = match
  const two = (part: string | undefined): string => String(part).padStart(2, '0')
  const local = parseLocal(`${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`)
  return local === undefined ? undefined : toInstant(zone, local)
}

/** Collects rows into incidents; each row either lands or leaves an issue. */
class Collector {
  readonly incidents = new Map<string, Incident>()
  readonly issues: FileIssue[] = []
  readonly #file: string
  readonly #zone: Zone
  #columns: { readonly [column in Column]?: number } | undefined
  #width = 0
  #line = 1

  constructor(file: string, zone: Zone) {
    this.#file = file
    this.#zone = zone
  }

  #report(message: string, column?: number): undefined {
    const where = `${this.#file}, line ${this.#line}${column === undefined ? '' : `, column ${column}`}`
    const at = column === undefined ? { line: this.#line } : { line: this.#line, column }
    this.issues.push({ code: 'bad-csv', path: '', file: this.#file, message: `${where}: ${message}`, ...at })
    return undefined
  }

  fault(message: string): void {
    this.#report(message)
  }

  take(row: readonly string[]): void {
    if (row.length === 1 && row[0]!.trim() === '') this.#line += 1
    else {
      if (this.#columns === undefined) this.#header(row)
      else this.#row(row)
      // a quoted field may hold line breaks
      this.#line += 1 + row.reduce((sum, field) => sum + field.split('\n').length - 1, 0)
    }
  }

  #header(row: readonly string[]): void {
    const names = row.map((name, i) => (i === 0 ? name.replace(/^\uFEFF/, '') : name).trim().toLowerCase())
    this.#columns = Object.fromEntries(
      USED.map((name) => [name, names.indexOf(name)]).filter(([, at]) => at !== -1),
    )
    this.#width = row.length
    for (const name of REQUIRED) {
      if (names.includes(name)) continue
      const near = nearest(name, names)
      const hint =
        near === undefined
          ? `the columns are ${names.slice(0, 8).join(', ').slice(0, 200)}`
          : `is it "${near}"?`
      this.#report(`there is no column "${name}"; ${hint}`)
    }
  }

  #field(row: readonly string[], column: Column): string {
    const at = this.#columns?.[column]
    const text = at === undefined ? '' : (row[at] ?? '').trim()
    return MISSING.has(text) ? '' : text
  }

  #instant(row: readonly string[], column: Column, need: 'required' | 'optional'): Instant | undefined {
    const text = this.#field(row, column)
    if (text === '' && need === 'optional') return undefined
    const instant = instantOf(text, this.#zone)
    const given = JSON.stringify(text.slice(0, 40))
    return (
      instant ??
      this.#report(`${column} is ${given}, expected DD-MM-YYYY HH:MM`, (this.#columns?.[column] ?? 0) + 1)
    )
  }

  #count(row: readonly string[], column: Column): number {
    const text = this.#field(row, column)
    if (text === '') return 0
    const given = JSON.stringify(text.slice(0, 40))
    if (/^\d{1,9}$/.test(text)) return Number(text)
    this.#report(`${column} is ${given}, expected a whole number`, (this.#columns?.[column] ?? 0) + 1)
    return 0
  }

  #row(row: readonly string[]): undefined {
    if (row.length !== this.#width) return this.#report(`${row.length} fields, expected ${this.#width}`)
    const id = this.#field(row, 'number')
    if (id === '') return this.#report('the incident has no number', (this.#columns?.number ?? 0) + 1)
    const openedAt = this.#instant(row, 'opened_at', 'required')
    const at = this.#instant(row, 'sys_updated_at', 'required')
    const resolvedAt = this.#instant(row, 'resolved_at', 'optional')
    const update = {
      order: this.#count(row, 'sys_mod_count'),
      state: this.#field(row, 'incident_state'),
      priority: this.#field(row, 'priority'),
      group: this.#field(row, 'assignment_group'),
      reassignments: this.#count(row, 'reassignment_count'),
      reopens: this.#count(row, 'reopen_count'),
    }
    if (openedAt === undefined || at === undefined) return undefined
    const known = this.incidents.get(id)
    const incident = known ?? { id, openedAt, updates: [], madeSla: undefined, resolvedAt: undefined }
    if (known === undefined) this.incidents.set(id, incident)
    incident.updates.push({ at, ...update })
    const flag = this.#field(row, 'made_sla').toUpperCase()
    if (flag === 'TRUE' || flag === 'FALSE') incident.madeSla = flag === 'TRUE'
    if (resolvedAt !== undefined) incident.resolvedAt = resolvedAt
    return undefined
  }
}

const finish = (
  { incidents, issues }: Collector,
  file: string,
): Either<readonly FileIssue[], readonly Incident[]> => {
  if (issues.length > 0) return left(issues)
  if (incidents.size === 0)
    return left([{ code: 'empty-file', path: '', file, message: `${file} holds no incidents` }])
  for (const { updates } of incidents.values()) updates.sort((a, b) => a.at - b.at || a.order - b.order)
  return right([...incidents.values()])
}

/** The incidents of a file, in the order of their first rows. Times are read on the wall clock of `zone`. */
export const readIncidents = async (
  io: Io,
  file: string,
  zone: Zone,
): Promise<Either<readonly FileIssue[], readonly Incident[]>> => {
  const source = await openSource(io, file)
  if (source._tag === 'Left') return left([source.left])
  const { stream, bytes } = source.right
  const bar = progress(io, 'reading', bytes)
  stream.on('data', (chunk: Buffer | string) => bar.advance(chunk.length))
  const collector = new Collector(file, zone)
  await new Promise<void>((resolve) => {
    let done = false
    const end = (): void => {
      done = true
      bar.stop()
      stream.destroy()
      resolve()
    }
    stream.on('close', () => done || end())
    io.signal.addEventListener('abort', end, { once: true })
    Papa.parse<string[]>(stream, {
      delimitersToGuess: [',', ';', '\t', '|'],
      step: ({ data, errors }, parser) => {
        for (const error of errors)
          if (error.type === 'Quotes') collector.fault(`a field in quotes: ${error.message}`)
        if (collector.issues.length === 0 || errors.length === 0) collector.take(data)
        if (collector.issues.length >= MOST_ISSUES) parser.abort()
      },
      complete: end,
      error: (error) => {
        collector.fault(error.message)
        end()
      },
    })
  })
  io.signal.throwIfAborted()
  return finish(collector, file)
}
