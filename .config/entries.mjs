// One list of entries: what a package exports decides what is built, documented and checked.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The code entries of a package's `exports`: `{ subpath, name, source, cjs }`, `source` relative to the package or
 * undefined when no file holds it. `.ci/packages.mjs` fails on such an entry; a build leaves it out.
 */
export function entriesOf(directory) {
  const { exports } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  return Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target === 'string') return []
    const built = target.import?.default ?? target.default
    const name = built.replace(/^\.\/dist\//, '').replace(/\.js$/, '')
    const source = [`src/${name}.ts`, `src/${name}/index.ts`].find((path) =>
      existsSync(join(directory, path)),
    )
    return [{ subpath, name, source, cjs: 'require' in target }]
  })
}

/** Entry name to source file, of the entries whose source exists. */
export function sourcesOf(directory, keep = () => true) {
  const present = entriesOf(directory).filter((entry) => entry.source !== undefined && keep(entry))
  return Object.fromEntries(present.map((entry) => [entry.name, entry.source]))
}
