// What an engine adds to the run of the imagined desk: a section of the report, a part of the terminal's page, files.

import type { Section } from '../report/page.js'

export interface Part {
  readonly section: Section
  readonly summary: string
  /** By name. */
  readonly files: { readonly [name: string]: string }
}
