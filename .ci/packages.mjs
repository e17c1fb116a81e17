// The packages as a stranger gets them: packed, installed in an empty folder, imported and required in plain Node,
// their types read without ours at hand, and the first block of the README run there in TypeScript and in JavaScript.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { entriesOf } from '../.config/entries.mjs'
import { pack } from './pack.mjs'

const work = mkdtempSync(join(tmpdir(), 'clientele-'))
const home = join(work, 'home')
const results = []

/** One check by name; it fails by throwing, or by answering a text. */
function check(name, run) {
  let problem
  try {
    problem = run()
  } catch (error) {
    problem = error.message
  }
  results.push(problem)
  console.log(problem ? `failed  ${name}\n${problem}` : `ok      ${name}`)
}

/** Runs a command; answers its output when it fails. */
function fails(command, args, cwd = home) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return status === 0 ? undefined : `${command} ${args.join(' ')}\n${stdout}${stderr}`
}

const bin = (name) => resolve('node_modules/.bin', name)
const nodeRuns = (file) => fails(process.execPath, [file])
const packed = pack(join(work, 'tarballs')).map((each) => {
  const manifest = JSON.parse(readFileSync(`packages/${each.folder}/package.json`, 'utf8'))
  const peers = Object.keys(manifest.peerDependenciesMeta ?? {})
  const entries = entriesOf(`packages/${each.folder}`).map((entry) => ({
    ...entry,
    specifier: each.name + entry.subpath.slice(1),
    // an entry named after an optional peer works once that peer is installed
    peer: peers.find((peer) => peer.split('/').pop() === entry.name),
  }))
  return { ...each, manifest, entries }
})

for (const { folder, name, manifest, entries, file } of packed) {
  check(`${name}: every export has a source and a built file`, () => {
    const targets = Object.values(manifest.exports).flatMap(leaves)
    const missing = targets.filter((target) => !existsSync(`packages/${folder}/${target}`))
    const sourceless = entries
      .filter((entry) => entry.source === undefined)
      .map((entry) => `no source for ${entry.subpath}`)
    return [...missing.map((target) => `missing ${target}`), ...sourceless].join('\n')
  })
  check(`${name}: publint`, () => fails(bin('publint'), ['run', file, '--strict'], work))
  check(`${name}: attw`, () => {
    // attw knows no way to say "ESM only" of one entry, and JSON has no types
    const others = Object.keys(manifest.exports).filter(
      (key) => key.endsWith('.json') && key !== './package.json',
    )
    const excluded = [...entries.filter((entry) => !entry.cjs).map((entry) => entry.subpath), ...others]
    return fails(
      bin('attw'),
      [file, ...(excluded.length > 0 ? ['--exclude-entrypoints', ...excluded] : [])],
      work,
    )
  })
}

function leaves(target) {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(leaves)
}

mkdirSync(home)
writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
const install = (packages) =>
  fails('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...packages])
check('the tarballs install in an empty folder', () => install(packed.map(({ file }) => file)))

const entries = packed.flatMap((each) => each.entries)
check('no optional peer came along', () =>
  entries
    .flatMap(({ peer }) => (peer && existsSync(join(home, 'node_modules', peer)) ? [peer] : []))
    .join('\n'),
)
const load = (entry) => {
  writeFileSync(join(home, 'load.mjs'), loader(`await import('${entry.specifier}')`))
  writeFileSync(join(home, 'load.cjs'), loader(`require('${entry.specifier}')`))
  if (entry.name !== 'cli') check(`import ${entry.specifier}`, () => nodeRuns('load.mjs'))
  if (entry.cjs) check(`require ${entry.specifier}`, () => nodeRuns('load.cjs'))
}
const loader = (load) =>
  `const loaded = ${load}\nif (Object.keys(loaded).length === 0) throw new Error('it exports nothing')\n`
for (const entry of entries.filter((each) => each.peer === undefined)) load(entry)
check('clientele --help', () =>
  fails(process.execPath, ['node_modules/clientele/bin/clientele.js', '--help']),
)

const peers = [...new Set(packed.flatMap(({ manifest }) => Object.keys(manifest.peerDependenciesMeta ?? {})))]
const versionOf = (peer) =>
  packed.map(({ manifest }) => manifest.devDependencies?.[peer]).find(Boolean) ?? 'latest'
check(`optional peers install: ${peers.join(', ')}`, () =>
  install(peers.map((peer) => `${peer}@${versionOf(peer)}`)),
)
for (const entry of entries.filter((each) => each.peer !== undefined)) load(entry)

const compilerOptions = {
  strict: true,
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  noEmit: true,
  types: [],
}
const typechecks = (file, options = {}) => {
  writeFileSync(
    join(home, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, files: [file] }),
  )
  return fails(bin('tsc'), ['-p', '.'])
}
/** What the compiler has against the types of some entries; what it has against those of others is not ours. */
const faultsOf = (some, options) => {
  const lines = some.map(({ specifier }, i) => `export * as e${i} from '${specifier}'`)
  writeFileSync(join(home, 'types.mts'), lines.join('\n'))
  return (typechecks('types.mts', { skipLibCheck: false, ...options }) ?? '')
    .split('\n')
    .filter((line) => /^(types\.mts|node_modules\/(@clientele|clientele)\/)/.test(line))
    .join('\n')
}
check('the types stand alone, whatever is not installed', () => faultsOf(entries.filter((each) => each.cjs)))
check('the types of what runs in Node alone need no more than those of Node', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  return (
    install([`@types/node@${devDependencies['@types/node']}`]) ??
    faultsOf(
      entries.filter((each) => !each.cjs),
      { types: ['node'] },
    )
  )
})

const readme = [...readFileSync('README.md', 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(
  (block) => block[1],
)
const first = readme.find((block) => /from '(@clientele\/|clientele)/.test(block))
check('the README opens with a block that runs', () =>
  first === undefined ? 'no ```ts block imports a package' : undefined,
)
if (first !== undefined) {
  writeFileSync(join(home, 'readme.mts'), first)
  const { outputText } = ts.transpileModule(first, {
    compilerOptions: { target: 'ES2022', module: 'ESNext' },
  })
  writeFileSync(join(home, 'readme.mjs'), outputText)
  check('that block type-checks there', () => typechecks('readme.mts', { skipLibCheck: true, types: [] }))
  check('that block runs there as JavaScript', () => nodeRuns('readme.mjs'))
}

rmSync(work, { recursive: true, force: true })
const failed = results.filter(Boolean).length
mkdirSync('node_modules/.cache/reports', { recursive: true })
const report = { numPassedTests: results.length - failed, numFailedTests: failed, success: failed === 0 }
writeFileSync('node_modules/.cache/reports/packages.json', JSON.stringify(report))
process.exitCode = failed > 0 ? 1 : 0
