// A lock is complete when it names every optional package that some package in it wants: npm itself may write one
// that lacks other platforms' binaries, and then `npm ci` fails there, or worse, passes without the binary.
import { readFileSync } from 'node:fs'

let failed = 0
for (const file of process.argv.length > 2 ? process.argv.slice(2) : ['package-lock.json']) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  const names = new Set(Object.keys(packages).map((key) => key.slice(key.lastIndexOf('node_modules/') + 13)))
  const missing = Object.entries(packages).flatMap(([at, entry]) =>
    entry.link
      ? []
      : Object.keys(entry.optionalDependencies ?? {})
          .filter((name) => !names.has(name))
          .map((name) => `${at} wants ${name}`),
  )
  const foreign = Object.entries(packages).flatMap(([at, { resolved, link }]) =>
    resolved && !link && !resolved.startsWith('https://registry.npmjs.org/')
      ? [`${at} comes from ${resolved}`]
      : [],
  )
  const scripts = Object.entries(packages).flatMap(([at, entry]) =>
    entry.hasInstallScript ? [`${at} ${entry.version}`] : [],
  )
  for (const line of [...missing, ...foreign]) console.error(`${file}: ${line}`)
  console.log(
    `${file}: ${Object.keys(packages).length} packages, install scripts: ${scripts.join(', ') || 'none'}`,
  )
  failed += missing.length + foreign.length
}
process.exitCode = failed > 0 ? 1 : 0
