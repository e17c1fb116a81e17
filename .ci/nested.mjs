// Installs a folder that stands outside the workspaces (docs, bench) when its modules are missing or older than its lock.
//   node .ci/nested.mjs docs
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

for (const folder of process.argv.slice(2)) {
  const installed = `${folder}/node_modules/.package-lock.json`
  const lock = `${folder}/package-lock.json`
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) continue
  const { status } = spawnSync('npm', ['ci', '--prefix', folder, '--no-fund', '--no-audit'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}
