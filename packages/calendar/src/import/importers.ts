// The importers by the names that the command line gives them, each from text.

import { fromBiz } from './biz.js'
import { fromICalendar } from './ical/read.js'
import { fromOsm } from './osm/read.js'
import { type ImportOptions, type ImportResult, LONGEST_SOURCE, refused } from './report.js'
import { fromSalesforce } from './salesforce.js'
import { fromSchemaOrg } from './schema-org.js'
import { fromZendesk } from './zendesk.js'

/** Reads the text of a source. @category compile */
export type Importer = (text: string, options?: ImportOptions) => ImportResult

/** Parses JSON first. What is no JSON is an issue, without the words of the host's parser: they differ. */
const json =
  (read: (value: unknown, options?: ImportOptions) => ImportResult): Importer =>
  (text, options) => {
    if (text.length > LONGEST_SOURCE)
      return refused('too-large', '', text, `it is longer than ${LONGEST_SOURCE} characters`)
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return refused('bad-syntax', '', text, 'it is no JSON')
    }
    return read(value, options)
  }

/**
 * The importers by name, each from text; those of JSON formats parse it first.
 *
 * @example
 * import { importers } from '@clientele/calendar/import'
 * Object.keys(importers) // => ['ical', 'schema.org', 'osm', 'biz', 'zendesk', 'salesforce']
 *
 * @category compile
 */
export const importers: { readonly [name in ImporterName]: Importer } = {
  ical: fromICalendar,
  'schema.org': json(fromSchemaOrg),
  osm: (text, options) => fromOsm(text.trim(), options),
  biz: json(fromBiz),
  zendesk: json(fromZendesk),
  salesforce: json(fromSalesforce),
}

/** The names of the formats that are read. @category compile */
export type ImporterName = 'ical' | 'schema.org' | 'osm' | 'biz' | 'zendesk' | 'salesforce'
