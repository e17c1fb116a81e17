// A package's API pages: every entry it exports.
import { sourcesOf } from './entries.mjs'

/** The typedoc options of one package. */
export function pages(directory) {
  return { entryPoints: Object.values(sourcesOf(directory)), readme: 'none' }
}
