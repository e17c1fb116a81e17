// The one test configuration: packages resolve to their sources, every run leaves a JSON report for CI to count.
import { mkdirSync } from 'node:fs'
import { basename } from 'node:path'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { root, sources } from './paths.js'
import { factor } from './runs.js'

export const reports: string = `${root}node_modules/.cache/reports`

/** Tests under `directory`, reported as its base name and, when `REPORT_SUFFIX` says so, the host zone. */
export function suite(
  directory: string,
  include: string[] = ['test/**/*.test.ts'],
  name = basename(directory),
): ViteUserConfig {
  mkdirSync(reports, { recursive: true })
  const report = `${reports}/${name}${process.env['REPORT_SUFFIX'] ?? ''}.json`
  return defineConfig({
    root: directory,
    plugins: [sources],
    test: {
      name,
      include,
      setupFiles: [`${root}.config/vitest.setup.ts`],
      passWithNoTests: true,
      testTimeout: 30_000 * Math.max(1, factor),
      hookTimeout: 30_000 * Math.max(1, factor),
      reporters: ['default', 'json'],
      outputFile: { json: report },
    },
  })
}
