#!/usr/bin/env node
// Committed so that npm links the command at install time, before anything is built.
import { existsSync } from 'node:fs'

const cli = new URL('../dist/cli.js', import.meta.url)
if (existsSync(cli)) {
  await import(cli.href)
} else {
  console.error(
    'clientele is not built here yet: run `npm run build` (or `npm start`) in the repository root.',
  )
  process.exitCode = 1
}
