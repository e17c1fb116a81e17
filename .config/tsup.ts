// The one build configuration: ESM and CJS with types, entries taken from the package's `exports`.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Options } from 'tsup'
import { type Entry, sourcesOf } from './entries.mjs'
import { root } from './paths.js'

type Config = ReturnType<typeof defineConfig>

function options(directory: string, format: ('esm' | 'cjs')[], keep: (entry: Entry) => boolean): Options[] {
  const entry = sourcesOf(directory, keep)
  if (Object.keys(entry).length === 0) return []
  // tsup sets a base of its own, and the `paths` of the root would be read from there
  const dts = { compilerOptions: { baseUrl: root, ignoreDeprecations: '6.0' } }
  return [
    {
      entry,
      format,
      target: 'es2022',
      dts,
      splitting: true,
      sourcemap: true,
      removeNodeProtocol: false,
      // puts a file's own whole-number constants where they are used: a fifth of a kernel's speed
      esbuildOptions(esbuild) {
        esbuild.minifySyntax = true
      },
      silent: true,
    },
  ]
}

/** Entries with a `require` condition are built in both formats, the rest as ESM alone. */
export function library(directory: string): Config {
  // tsup's own `clean` would run once per configuration, and they run in parallel
  rmSync(join(directory, 'dist'), { recursive: true, force: true })
  return defineConfig([
    ...options(directory, ['esm', 'cjs'], (entry) => entry.cjs),
    ...options(directory, ['esm'], (entry) => !entry.cjs),
  ])
}
