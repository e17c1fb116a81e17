// Resolves our own packages to their sources for every test run, by the `paths` of the root tsconfig.json.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root: string = fileURLToPath(new URL('..', import.meta.url))

const { paths } = JSON.parse(readFileSync(`${root}/tsconfig.json`, 'utf8')).compilerOptions as {
  paths: Record<string, string[]>
}

/** The source file behind a package name or subpath; undefined when `paths` does not name it. */
export function sourceOf(specifier: string): string | undefined {
  for (const [pattern, targets] of Object.entries(paths)) {
    const [head = '', tail] = pattern.split('*')
    const exact = tail === undefined
    if (exact ? specifier !== pattern : !(specifier.startsWith(head) && specifier.endsWith(tail))) continue
    const rest = exact ? '' : specifier.slice(head.length, specifier.length - tail.length)
    const found = targets
      .map((target) => root + target.slice(2).replace('*', rest))
      .find((path) => existsSync(path))
    if (found !== undefined) return found
  }
  return undefined
}

/** A Vite plugin over `sourceOf`. */
export const sources: { name: string; enforce: 'pre'; resolveId: (specifier: string) => string | undefined } =
  {
    name: 'clientele-sources',
    enforce: 'pre',
    resolveId: sourceOf,
  }
