// `clientele entitlements`: contracts and requests in, verdicts out.

import { formatInstant, isLeft, left, right, type UnknownRecord } from '@clientele/core'
import * as Entitlements from '@clientele/entitlements'
import type { Answer } from './format.js'
import { type Engine, type LineVerb, type Session, type SessionOptions, told } from './verb.js'

/** A verdict as it is printed: what is billed, and the SLA target, only where there is one. */
const verdictLine = (verdict: Entitlements.Verdict): Answer => ({
  verdict: verdict.verdict,
  remaining: verdict.remaining,
  reason: verdict.reason,
  nextAllowedAt: verdict.nextAllowedAt === null ? null : formatInstant(verdict.nextAllowedAt),
  ...(verdict.billed === 0 ? {} : { billed: verdict.billed }),
  ...(verdict.sla === null ? {} : { sla: verdict.sla }),
})

const printed = (effect: Entitlements.Effect): Answer =>
  'verdict' in effect ? verdictLine(effect) : { ...effect }

/** Lines are hostile until `step` has read them. */
const commandOf = (line: UnknownRecord): Entitlements.Command => line as unknown as Entitlements.Command

const sessionOf = (table: Entitlements.Table, { explain }: SessionOptions): Session => {
  const state = Entitlements.createState(table)
  const answer = (line: UnknownRecord): Answer => {
    const out: Entitlements.Effect[] = []
    Entitlements.step(table, state, commandOf(line), out)
    return printed(out[0]!)
  }
  const explained = (line: UnknownRecord): Answer => {
    const { effect, ledger } = Entitlements.stepExplained(table, state, commandOf(line))
    const whose = 'verdict' in effect ? { package: effect.package } : {}
    return { ...printed(effect), ...whose, ...(ledger === undefined ? {} : { ledger }) }
  }
  return { answer: (line) => [explain ? explained(line) : answer(line)], end: () => [] }
}

const PACKAGES = {
  timeZone: 'Europe/Moscow',
  packages: {
    standard: {
      channels: { phone: { hours: 'desk' }, visit: { quota: 2, per: 'month' } },
    },
  },
  calendars: { desk: { timeZone: 'Europe/Moscow', week: { mon: ['09:00-18:00'], tue: ['09:00-18:00'] } } },
}
const CONTRACT = '{"op":"contract","customer":"c1","package":"standard","from":"2026-01-01"}'

const run: LineVerb = {
  kind: 'lines',
  name: 'run',
  about:
    'what customers may ask of us, one command a line: contract, consume, reserve, commit, release, status, account, erase, forget',
  definition: { name: 'packages.json', need: 'required' },
  options: [],
  example: {
    files: { 'packages.json': PACKAGES },
    command: 'entitlements run packages.json',
    input: [
      CONTRACT,
      '{"op":"consume","customer":"c1","channel":"visit","at":"2026-03-02T09:00:00Z","units":2}',
      '{"op":"consume","customer":"c1","channel":"visit","at":"2026-03-03T09:00:00Z"}',
      '{"op":"status","customer":"c1","channel":"phone","at":"2026-03-03T16:00:00Z"}',
    ],
    prints: [
      '{"ok":true}',
      '{"verdict":"allow","remaining":0,"reason":null,"nextAllowedAt":null}',
      '{"verdict":"deny","remaining":0,"reason":"quota","nextAllowedAt":"2026-03-31T21:00:00Z"}',
      '{"verdict":"deny","remaining":null,"reason":"hours","nextAllowedAt":"2026-03-09T06:00:00Z"}',
    ],
  },
  speaks: 'by-line',
  open: async (definition) => {
    const compiled = Entitlements.compile(definition)
    if (isLeft(compiled)) return left(told(compiled.left, Entitlements.message))
    const table = compiled.right
    return right({
      bytes: Entitlements.toBytes(table).length,
      start: (options) => sessionOf(table, options),
    })
  },
}

/** The verbs of service packages. */
export const ENTITLEMENTS: Engine = {
  name: 'entitlements',
  about: 'what the customer may ask of us: service packages, quotas, coverage',
  verbs: [run],
  main: run,
  testExample: {
    files: {
      'packages.json': PACKAGES,
      'cases.ndjson': `{"given":[${CONTRACT},{"op":"consume","customer":"c1","channel":"visit","at":"2026-03-02T09:00:00Z"}],"expect":{"verdict":"allow","remaining":1}}`,
    },
    command: 'entitlements test packages.json cases.ndjson',
    prints: ['{"passed":1,"failed":0}'],
  },
}
