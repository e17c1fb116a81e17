// Unused files, exports and dependencies, seen from what each package exports.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sourcesOf } from './entries.mjs'

const packages = fileURLToPath(new URL('../packages/', import.meta.url))

export default {
  ignoreExportsUsedInFile: true,
  // called by path from .ci/packages.mjs; the testkit is reached by its source, and as a dependency it would close a circle
  ignoreDependencies: ['@arethetypeswrong/cli', 'publint', '@clientele/testkit'],
  workspaces: {
    '.': {
      // reached by name only: a declaration beside its module, and what every example's module imports
      entry: ['.ci/*.mjs', '.config/test/*.test.ts', '.config/entries.d.mts', '.config/expect.ts'],
      project: ['.ci/**', '.config/**'],
    },
    ...Object.fromEntries(
      readdirSync(packages).map((folder) => [
        `packages/${folder}`,
        {
          entry: Object.values(sourcesOf(packages + folder)),
          project: ['src/**/*.ts', 'test/**/*.ts'],
        },
      ]),
    ),
    examples: { entry: ['**/*.{ts,mjs,js}'] },
  },
}
