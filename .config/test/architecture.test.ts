// The sources keep the import rules, and every rule can be broken: one planted breach each.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Breach, breachesOf, type Rule, rules, type Source } from '../architecture.js'
import { entriesOf } from '../entries.mjs'
import { root } from '../paths.js'

const packages = readdirSync(`${root}packages`)

/** `@clientele/core/memory` to `packages/core/src/memory.ts`, for every export that has a source. */
const entries = new Map(
  packages.flatMap((folder) => {
    const { name } = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, 'utf8')) as {
      name: string
    }
    return entriesOf(`${root}packages/${folder}`).flatMap(({ subpath, source }): [string, string][] =>
      source === undefined ? [] : [[name + subpath.slice(1), `packages/${folder}/${source}`]],
    )
  }),
)

const read = (folder: string): Source[] =>
  existsSync(root + folder)
    ? readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
        .filter(
          (path) =>
            /\.(ts|mjs|js)$/.test(path) &&
            !/(^|\/)(node_modules|dist)\//.test(path) &&
            !path.endsWith('.d.ts'),
        )
        .map((path) => `${folder}/${path}`)
        .filter((path) => !/vitest\.config\.ts$/.test(path))
        .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }))
    : []

const render = ({ file, line, rule, what }: Breach): string =>
  `${file}:${line}: ${what} (${rule}: ${rules[rule]})`

test('the sources keep every rule', () => {
  const sources = [...packages.map((name) => `packages/${name}/src`), 'examples', 'bench'].flatMap(read)
  expect(sources.length).toBeGreaterThan(10)
  expect(breachesOf(sources, entries).map(render)).toEqual([])
})

/** A small clean tree; every planted breach is one file laid over it. */
const clean: Record<string, string> = {
  'packages/core/src/index.ts': "export { now } from './time.js'\n",
  'packages/core/src/time.ts': 'export const now = (at: Date): number => at.getTime()\n',
  'packages/core/src/memory.ts': 'export const clock = { now: (): number => Date.now() }\n',
  'packages/core/src/zone.ts': "export const zones = (): string[] => Intl.supportedValuesOf('timeZone')\n",
  'packages/calendar/src/index.ts':
    "export { add } from './evaluate.js'\nexport { compile } from './compile.js'\n",
  'packages/calendar/src/open.ts': 'export const start = 1\n',
  'packages/calendar/src/model.ts': 'export type Definition = { readonly version: 1 }\n',
  'packages/calendar/src/table.ts':
    "import type { Definition } from './model.js'\nexport type Table = Definition\n",
  'packages/calendar/src/evaluate.ts':
    "import type { Table } from './table.js'\nexport const add = (table: Table): number => table.version\n",
  'packages/calendar/src/compile.ts':
    "import { now } from '@clientele/core'\nimport type { Table } from './table.js'\nexport const compile = (): Table => ({ version: now(new Date(0)) as 1 })\n",
  'packages/calendar/src/date-holidays.ts':
    "import Holidays from 'date-holidays'\nexport const source = Holidays\n",
  'packages/sla/src/index.ts': "export { compile } from '@clientele/calendar'\n",
  'packages/sla/src/edit.ts': "import { produce } from 'immer'\nexport const edit = produce\n",
  'packages/clientele/src/index.ts': "export * as Sla from '@clientele/sla'\n",
  'packages/clientele/src/cli/index.ts':
    "import { argv } from 'node:process'\nimport * as E from 'fp-ts/lib/Either.js'\nexport const run = (): unknown => [argv, E, process.env, Date.now()]\n",
  'examples/desk.ts': "import { Sla } from 'clientele'\nexport const desk = Sla\n",
}

const planted: readonly [Rule, path: string, text: string][] = [
  [
    'core-alone',
    'packages/core/src/time.ts',
    "import { add } from '@clientele/calendar'\nexport const now = add\n",
  ],
  [
    'ground-floor',
    'packages/calendar/src/model.ts',
    "import { compile } from '@clientele/sla'\nexport type Definition = typeof compile\n",
  ],
  [
    'ground-floor',
    'packages/routing/src/model.ts',
    "import { compile } from '@clientele/sla'\nexport type Definition = typeof compile\n",
  ],
  [
    'ground-floor',
    'packages/testkit/src/index.ts',
    "import { add } from '@clientele/calendar'\nexport const suite = add\n",
  ],
  [
    'front-door',
    'packages/sla/src/presets.ts',
    "import { Sla } from 'clientele'\nexport const presets = Sla\n",
  ],
  ['by-name', 'packages/sla/src/presets.ts', "export { add } from '../../calendar/src/evaluate.js'\n"],
  ['by-name', 'packages/sla/src/presets.ts', "export { add } from '@clientele/calendar/evaluate'\n"],
  [
    'by-name',
    'examples/desk.ts',
    "import { add } from '../packages/calendar/src/evaluate.js'\nexport const desk = add\n",
  ],
  ['by-name', 'bench/calendar.mjs', "import { add } from '../packages/calendar/dist/index.js'\nadd()\n"],
  [
    'rooms',
    'packages/calendar/src/model.ts',
    "import type { Table } from './table.js'\nexport type Definition = Table\n",
  ],
  ['rooms', 'packages/calendar/src/evaluate.ts', "export { compile as add } from './compile.js'\n"],
  ['rooms', 'packages/calendar/src/week.ts', "export { start } from './open.js'\n"],
  [
    'intl',
    'packages/calendar/src/evaluate.ts',
    'export const add = (): unknown => new Intl.DateTimeFormat()\n',
  ],
  ['luxon', 'packages/sla/src/presets.ts', "export { DateTime } from 'luxon'\n"],
  ['rrule', 'packages/calendar/src/format.ts', "export { RRule } from 'rrule'\n"],
  ['immer', 'packages/calendar/src/week.ts', "export { produce } from 'immer'\n"],
  [
    'fp-ts',
    'packages/calendar/src/evaluate.ts',
    "import * as E from 'fp-ts/lib/Either.js'\nexport const add = E\n",
  ],
  [
    'fp-ts',
    'packages/clientele/src/cli/index.ts',
    "import * as E from 'fp-ts/Either'\nexport const run = E\n",
  ],
  ['node', 'packages/core/src/memory.ts', "export { readFileSync } from 'node:fs'\n"],
  ['node', 'packages/core/src/memory.ts', "export { readFileSync } from 'fs'\n"],
  [
    'peer',
    'packages/calendar/src/import/index.ts',
    "export type { default as Holidays } from 'date-holidays'\n",
  ],
  ['light', 'packages/sla/src/index.ts', "export { edit } from './edit.js'\n"],
  ['light', 'packages/calendar/src/index.ts', "export { source } from './date-holidays.js'\n"],
  ['command', 'packages/clientele/src/desk.ts', "export { Command } from 'commander'\n"],
  [
    'copies',
    'packages/core/src/time.ts',
    'export class Zone {}\nexport const now = (zone: unknown): boolean => zone instanceof Zone\n',
  ],
  ['copies', 'packages/core/src/time.ts', 'let calls = 0\nexport const now = (): number => ++calls\n'],
  ['copies', 'packages/sla/src/edit.ts', "import { enablePatches } from 'immer'\nenablePatches()\n"],
  ['pure', 'packages/core/src/time.ts', 'export const now = (): number => Date.now()\n'],
  ['pure', 'packages/core/src/time.ts', 'export const now = (): Date => new Date()\n'],
  ['pure', 'packages/core/src/time.ts', 'export const now = (): number => Math.random()\n'],
  ['pure', 'packages/core/src/time.ts', 'export const now = process.env\n'],
  ['pure', 'packages/core/src/time.ts', 'export const now = (): unknown => setTimeout(now, 1)\n'],
  ['safe', 'packages/core/src/time.ts', "export const now = (): unknown => import('./memory.js')\n"],
  ['safe', 'packages/core/src/time.ts', "export const now = new Function('return 1')\n"],
  ['named', 'packages/core/src/index.ts', "export * from './time.js'\n"],
  ['named', 'packages/core/src/index.ts', "export * as Time from './time.js'\n"],
  ['named', 'packages/core/src/time.ts', 'export default 1\n'],
  ['named', 'packages/core/src/time.ts', 'export default function now(): void {}\n'],
  ['enum', 'packages/core/src/time.ts', 'export enum Unit { Ms }\n'],
  ['cycle', 'packages/core/src/time.ts', "export { now } from './index.js'\n"],
  ['length', 'packages/core/src/time.ts', 'export const now = 1\n'.padEnd(430, '\n')],
  ['drawer', 'packages/core/src/utils.ts', 'export const now = 1\n'],
]

const plantedEntries = new Map([
  ['@clientele/core', 'packages/core/src/index.ts'],
  ['@clientele/core/memory', 'packages/core/src/memory.ts'],
  ['@clientele/calendar', 'packages/calendar/src/index.ts'],
  ['@clientele/sla', 'packages/sla/src/index.ts'],
  ['clientele', 'packages/clientele/src/index.ts'],
])

const check = (files: Record<string, string>): Breach[] =>
  breachesOf(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    plantedEntries,
  )

describe('the rules', () => {
  test('pass a clean tree', () => expect(check(clean)).toEqual([]))

  test.each(planted)('%s is seen in %s: %j', (rule, path, text) => {
    const found = check({ ...clean, [path]: text })
    expect(
      found
        .filter((breach) => breach.rule === rule)
        .map(render)
        .join('\n'),
    ).toContain(path)
  })

  test('each have a planted breach', () => {
    expect(Object.keys(rules).filter((rule) => !planted.some(([named]) => named === rule))).toEqual([])
  })
})
