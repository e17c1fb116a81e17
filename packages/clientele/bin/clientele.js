#!/usr/bin/env node
// Committed so that npm links the command at install time, before anything is built.
import { existsSync } from 'node:fs'

const cli = new URL('../dist/cli.js', import.meta.url)
if (existsSync(cli)) {
  const { main, processIo } = await import(cli.href)
  process.exitCode = await main(process.argv.slice(2), processIo())
} else {
  console.error(
    'clientele is not built here yet: run `npm run build:js` in its folder, or `npm start` in the repository.',
  )
  process.exitCode = 1
}
