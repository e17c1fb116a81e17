// Help everywhere, with examples that work; misspelt words meet the nearest one.

import { expect, test } from 'vitest'
import { DEMO } from '../src/cli/demo/index.js'
import { BENCH_EXAMPLE, ENGINES } from '../src/cli/main.js'
import type { Example } from '../src/cli/verb.js'
import { folder, run } from './run.js'

const verbs = ENGINES.flatMap((engine) =>
  engine.verbs.map((verb) => ({ name: `${engine.name} ${verb.name}`, verb })),
)
const examples: readonly (readonly [name: string, example: Example])[] = [
  ...verbs.map(({ name, verb }) => [name, verb.example] as const),
  ...ENGINES.map((engine) => [`${engine.name} test`, engine.testExample] as const),
  ['bench', BENCH_EXAMPLE],
  ['demo', DEMO.example],
]

test.each(examples)(
  'the example of %s prints what its help says',
  async (_, { files, command, input, prints, warns = [] }) => {
    const ran = await run(command, { cwd: folder(files), ...(input === undefined ? {} : { input }) })
    expect(ran.stderr.split('\n').slice(0, -1)).toEqual(warns)
    if (prints !== undefined) expect(ran.lines).toEqual(prints)
    expect(ran.code).toBe(0)
  },
)

test.each(examples)('%s --help shows its example', async (name, { command, prints = [] }) => {
  const { stdout, code } = await run(`${name} --help`)
  expect(code).toBe(0)
  expect(stdout).toContain(`clientele ${command}`)
  for (const line of prints) expect(stdout).toContain(line)
})

test.each(['', ...ENGINES.map(({ name }) => name), 'bench', 'demo'])('clientele %s --help', async (name) => {
  const { stdout, code } = await run(`${name} --help`)
  expect(code).toBe(0)
  expect(stdout).toContain('Usage: clientele')
  expect(stdout).toMatch(/\nExample\n/)
})

test('--version', async () => {
  expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.each<[command: string, hint: string]>([
  ['calender eval', 'calendar'],
  ['calendar evil', 'eval'],
  ['sla repaly policy.json', 'replay'],
  ['calendar eval calendar.json --explian', '--explain'],
  ['bench calender --in x', 'calendar'],
  ['demmo', 'demo'],
])('clientele %s is refused and suggests %s', async (command, hint) => {
  const { code, stderr, stdout } = await run(command)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(hint)
})

test.each(['', 'calendar', 'calendar eval', 'sla replay', 'calendar test calendar.json', 'bench calendar'])(
  'clientele %s lacks something, says so on standard error and exits 2',
  async (command) => {
    const { code, stderr, stdout } = await run(command)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).not.toBe('')
  },
)
