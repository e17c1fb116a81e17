// Runs every stage, whatever the ones before it said, and ends with one line: `N passed, M failed`. A stage that
// leaves reports of its own (the test runners, the package checks) counts what they say; any other counts as one.
//   .ci/run                            all of it
//   .ci/run --without=install,services
//   .ci/run --only=lint,typecheck
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'

const reports = 'node_modules/.cache/reports'
const locks = ['package-lock.json', 'docs/package-lock.json', 'bench/package-lock.json']

const stages = [
  { name: 'install', command: ['npm', 'ci'] },
  { name: 'locks', command: ['node', '.ci/check-lock.mjs', ...locks] },
  { name: 'test', command: ['npm', 'test'], counted: testReports },
  { name: 'lint', command: ['npm', 'run', 'lint'] },
  { name: 'typecheck', command: ['npm', 'run', 'typecheck'] },
  { name: 'build', command: ['npm', 'run', 'build'] },
  { name: 'hostile', command: ['node', '.ci/hostile.mjs'] },
  { name: 'packages', command: ['node', '.ci/packages.mjs'], counted: () => [`${reports}/packages.json`] },
  { name: 'size', command: ['npm', 'run', 'size'] },
  { name: 'docs', command: ['npm', 'run', 'docs'] },
  {
    name: 'services',
    command: ['bash', '.ci/services.sh'],
    counted: () => [`${reports}/pages.json`].filter(existsSync),
  },
]

/** The reports the test stage must leave: one for each suite, one for each zone where there are zones. */
function testReports() {
  const found = existsSync(reports) ? readdirSync(reports) : []
  const suites = [...readdirSync('packages'), 'examples', 'repo']
  return suites.flatMap((suite) => {
    const own = found.filter((file) => file === `${suite}.json` || file.startsWith(`${suite}-`))
    return (own.length > 0 ? own : [`${suite}.json`]).map((file) => `${reports}/${file}`)
  })
}

/** Passed and failed by a runner's report; a missing report is one failure, and so is a file that did not load. */
function countsOf(report) {
  if (!existsSync(report)) {
    console.error(`no report at ${report}`)
    return { passed: 0, failed: 1 }
  }
  const { numPassedTests, numFailedTests, testResults = [] } = JSON.parse(readFileSync(report, 'utf8'))
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

function run({ name, command: [program, ...args], counted }) {
  console.log(`\n== ${name}: ${[program, ...args].join(' ')}`)
  const start = performance.now()
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env })
  const counts = (counted?.() ?? []).map(countsOf)
  const failed = counts.reduce((sum, each) => sum + each.failed, 0)
  const passed = counts.reduce((sum, each) => sum + each.passed, 0)
  // a stage without reports is one check; one that fails though its reports do not say so has failed once
  const own = counts.length === 0 || (status !== 0 && failed === 0)
  const result = {
    name,
    passed: passed + (own && status === 0 ? 1 : 0),
    failed: failed + (own && status !== 0 ? 1 : 0),
    seconds: (performance.now() - start) / 1000,
  }
  console.log(`== ${line(result)}`)
  return result
}

const line = ({ name, passed, failed, seconds }) =>
  `${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed`

const listed = (flag) =>
  process.argv
    .find((arg) => arg.startsWith(`--${flag}=`))
    ?.split('=')[1]
    .split(',')
const only = listed('only')
const without = listed('without') ?? []
const env = {
  ...process.env,
  CI: 'true',
  NO_COLOR: '1',
  FC_RUNS: process.env.FC_RUNS ?? '10',
  DO_NOT_TRACK: '1',
}

const chosen = stages.filter(({ name }) => (only?.includes(name) ?? true) && !without.includes(name))
const results = chosen.map((stage) => {
  if (stage.name === 'test') {
    rmSync(reports, { recursive: true, force: true })
    mkdirSync(reports, { recursive: true })
  }
  return run(stage)
})

console.log(`\n${results.map(line).join('\n')}`)
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') > 0 ? 1 : 0
