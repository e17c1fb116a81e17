// Runs a command once per host zone: an answer must not depend on where the process stands.
//   node .ci/zones.mjs vitest run
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const zones = ['UTC', 'Europe/Moscow', 'America/New_York', 'Asia/Kathmandu']
const [command, ...args] = process.argv.slice(2)
const reports = fileURLToPath(new URL('../node_modules/.cache/reports', import.meta.url))

const lines = zones.map((zone) => {
  const suffix = `-${zone.replace('/', '-')}`
  const report = `${reports}/${basename(process.cwd())}${suffix}.json`
  rmSync(report, { force: true })
  const start = performance.now()
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    // the number of cases is of all zones together
    env: { ...process.env, TZ: zone, REPORT_SUFFIX: suffix, FC_SHARE: String(1 / zones.length) },
  })
  if (status !== 0) process.exitCode = 1
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  return `${zone.padEnd(18)} ${countsOf(report)}, ${seconds} s`
})
console.log(lines.join('\n'))

function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    return `${numPassedTests} passed, ${numFailedTests} failed`
  } catch {
    return 'no report'
  }
}
