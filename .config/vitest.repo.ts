// Tests of the repository itself: the import rules and every example in the sources, READMEs and guides.
import type { ViteUserConfig } from 'vitest/config'
import { examples } from './doctest.js'
import { suite } from './vitest.js'

const config: ViteUserConfig = suite(import.meta.dirname, ['test/**/*.test.ts'], 'repo')

const withExamples: ViteUserConfig = { ...config, plugins: [examples, ...(config.plugins ?? [])] }
export default withExamples
